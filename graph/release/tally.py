"""How many subjects, properties and objects a release has, counted as its lines go by.

A query counts what differs by holding all of it: 20 kB an act. Here hashes of 64 bits lie in a file without a name.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import pyoxigraph as ox

#: Parts whose hashes are compared one after the other, and hashes of a part that wait in memory.
_PARTS: Final = 64
_HELD: Final = 4096
_MASK: Final = (1 << 64) - 1


class Tally:
    """Of the triples of the default graph, a set; what two graphs state counts once."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where files may lie, which leave no trace."""
        self._subjects, self._objects = _Distinct(folder), _Distinct(folder)
        self._properties: set[bytes] = set()
        #: Literals with a datatype: the store writes some otherwise ("1.5" for "1.50"), and there are few.
        self._typed: set[bytes] = set()

    def add(self, lines: bytes, end: int) -> None:
        """Take in lines of N-Quads of one graph, sorted; ``end``: how many bytes come behind the object in each."""
        subjects, objects = set[bytes](), set[bytes]()
        for line in lines.splitlines():
            subject, predicate, rest = line.split(b" ", 2)
            subjects.add(subject)
            self._properties.add(predicate)
            objects.add(rest[:-end])
        typed = {each for each in objects if each.startswith(b'"') and each.endswith(b">")}
        self._typed |= typed
        self._subjects.add(subjects)
        self._objects.add(objects - typed)

    def counted(self) -> dict[str, int]:
        """``subjects``, ``properties`` and ``objects``."""
        store = ox.Store()
        store.bulk_load(b"".join(b"<urn:x> <urn:x> %b .\n" % each for each in self._typed), ox.RdfFormat.N_TRIPLES)
        objects = self._objects.count() + len(store)
        return {"subjects": self._subjects.count(), "properties": len(self._properties), "objects": objects}


class _Distinct:
    """Counts what differs by hashes: of ten million two are the same by chance once in 300,000 releases."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as this
        #: Hashes by what is left of them when they are divided, and where in the file the earlier ones are.
        self._waiting = [array("Q") for _ in range(_PARTS)]
        self._places: list[list[int]] = [[] for _ in range(_PARTS)]

    def add(self, every: Iterable[bytes]) -> None:
        for each in every:
            number = hash(each) & _MASK
            waiting = self._waiting[number % _PARTS]
            waiting.append(number)
            if len(waiting) == _HELD:
                self._places[number % _PARTS].append(self._file.tell())
                self._file.write(waiting.tobytes())
                del waiting[:]

    def count(self) -> int:
        found = 0
        for waiting, places in zip(self._waiting, self._places, strict=True):
            every = set(waiting)
            for place in places:
                self._file.seek(place)
                every.update(array("Q", self._file.read(_HELD * waiting.itemsize)))
            found += len(every)
        self._file.close()
        return found
