"""The documents of an update under way: the last ones looked at are in memory, the others in a file without a name."""

from __future__ import annotations

import io
import pickle
import sqlite3
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from extract.facts import DocumentFacts
from graph.resolve.incremental.identities import Reading

#: Documents that stay in memory, more than are looked up together: what changes from one day to the next, and no more
#: of a first ingest of any size.
HELD = 500
#: Where a reading names facts: of the whole, of a header, of an act.
_Place = tuple[str, int]


class UnderWay:
    """Readings by digest, in the order in which they came. One may be changed until :data:`HELD` others were looked up.

    A first ingest has as many as there are documents, some 100 kB each in memory: all but the last :data:`HELD` looked
    at lie in a file that has no name, so that nothing is left of it whatever ends the process, and without their
    facts, which are read again.
    """

    def __init__(self, facts: Callable[[str], DocumentFacts], folder: Path | None) -> None:
        """``facts`` reads those of a document; ``folder`` is where the file may be, None for the usual one."""
        self._facts = facts
        self._folder = folder
        self._limit = HELD
        self._order: dict[str, None] = {}
        self._held: OrderedDict[str, Reading] = OrderedDict()
        self._file: sqlite3.Connection | None = None

    def __setitem__(self, digest: str, reading: Reading) -> None:
        """Take a document in."""
        self._order[digest] = None
        self._hold(digest, reading)

    def __getitem__(self, digest: str) -> Reading:
        """A document taken in. Raises KeyError."""
        if digest in self._held:
            self._held.move_to_end(digest)
            return self._held[digest]
        if digest not in self._order:
            raise KeyError(digest)
        (content,) = self._away().execute("SELECT content FROM reading WHERE digest = ?", (digest,)).fetchone()
        reading: Reading = _Unpickler(content, self._facts(digest)).load()
        self._hold(digest, reading)
        return reading

    def digests(self) -> AbstractSet[str]:
        """All digests."""
        return self._order.keys()

    def __iter__(self) -> Iterator[tuple[str, Reading]]:
        """The documents taken in so far, with their digests."""
        for digest in list(self._order):
            yield digest, self[digest]

    def _hold(self, digest: str, reading: Reading) -> None:
        self._held[digest] = reading
        self._held.move_to_end(digest)
        while len(self._held) > self._limit:
            former, put_away = self._held.popitem(last=False)
            content = io.BytesIO()
            _Pickler(content, put_away.facts).dump(put_away)
            row = (former, content.getvalue())
            self._away().execute("INSERT OR REPLACE INTO reading (digest, content) VALUES (?, ?)", row)

    def _away(self) -> sqlite3.Connection:
        """The file, made when it is first needed."""
        if self._file is None:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix="readings-") as named:
                self._file = sqlite3.connect(named.name, isolation_level=None)
                self._file.execute("PRAGMA journal_mode = OFF")  # nothing in it outlasts the process
                self._file.execute("PRAGMA synchronous = OFF")
                self._file.execute("CREATE TABLE reading (digest TEXT PRIMARY KEY, content BLOB NOT NULL)")
        return self._file


class _Pickler(pickle.Pickler):
    """Writes a reading with the places of its facts, in their place."""

    def __init__(self, file: io.BytesIO, facts: DocumentFacts) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._places = {id(each): place for place, each in _places(facts).items()}

    def persistent_id(self, obj: object) -> _Place | None:
        return self._places.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """Reads what this very process wrote."""

    def __init__(self, content: bytes, facts: DocumentFacts) -> None:
        super().__init__(io.BytesIO(content))
        self._facts = _places(facts)

    def persistent_load(self, pid: _Place) -> Any:
        return self._facts[pid]


def _places(facts: DocumentFacts) -> Mapping[_Place, object]:
    found: dict[_Place, object] = {("document", 0): facts}
    found |= {("session", index): each for index, each in enumerate(facts.sessions)}
    return found | {("act", index): each for index, each in enumerate(facts.acts)}
