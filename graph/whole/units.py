"""The lines of the graphs of the whole, unit by unit, and what differs from the graphs as they were before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from graph.rdf import lines_by_subject
from graph.release import Piece, Since
from graph.triples import Triple

#: Lines that may differ, and it is cheaper to compare the graphs.
_MOST: Final = 100_000


class Unit(NamedTuple):
    """A thing, or the memberships of an organ ("organ"): what it is made from, hashed; what it tells the search index.

    ``graphs``: its triples in each graph of the whole.
    """

    kind: str
    key: str
    stamp: bytes
    told: bytes
    graphs: Sequence[Iterable[Triple]]
    is_authority: bool = False


class Units:
    """The tables ``unit``, ``line`` and ``made``."""

    def __init__(self, db: sqlite3.Connection, names: Sequence[str]) -> None:
        """Inside a transaction; ``names``: the IRIs of the graphs."""
        self._db, self._names = db, names
        self._before: dict[int, str] = dict(db.execute("SELECT graph, digest FROM made"))
        self._differs: dict[int, _Differs] = {number: _Differs() for number in self._before}

    def stamps(self, kind: str, after: str, last: str | None) -> dict[str, bytes]:
        """The stamps of the units of a kind with a key above ``after`` and up to ``last``, by key."""
        return dict(
            self._db.execute(
                "SELECT key, stamp FROM unit WHERE kind = ? AND key > ? AND (? IS NULL OR key <= ?)",
                (kind, after, last, last),
            )
        )

    def put(self, unit: Unit) -> None:
        """Put a unit in the place of what there was."""
        name = unit.kind, unit.key
        new = {
            (number, subject): lines
            for number, triples in enumerate(unit.graphs)
            for subject, lines in lines_by_subject(triples, self._names[number])
        }
        self._db.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?, ?)", (*name, *unit[2:4], unit.is_authority))
        self._replace(name, new)

    def drop(self, kind: str, key: str) -> None:
        """Take a unit out."""
        self._db.execute("DELETE FROM unit WHERE kind = ? AND key = ?", (kind, key))
        self._replace((kind, key), {})

    def piece(self, number: int) -> Piece:
        """A graph, and what differs from what it was at the last one asked for."""
        made = Piece.of_parts(self._lines(number))
        self._db.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (number, made.digest))
        found, digest = self._differs.pop(number, None), self._before.get(number)
        if found is None or digest is None or found.is_much:
            return made
        return replace(made, since=Since(digest, *found.net(lambda subject: self._stated(number, subject))))

    def told(self) -> Iterator[tuple[str, bytes]]:
        """What each unit tells the search index, by its name."""
        for kind, key, told in self._db.execute("SELECT kind, key, told FROM unit ORDER BY kind, key"):
            yield f"{kind}/{key}", told

    def authorities(self) -> list[str]:
        """The keys of the local authorities."""
        return [key for (key,) in self._db.execute("SELECT key FROM unit WHERE authority ORDER BY key")]

    def _replace(self, name: tuple[str, str], new: dict[tuple[int, str], bytes]) -> None:
        rows = self._db.execute("SELECT graph, subject, lines FROM line WHERE kind = ? AND key = ?", name)
        old: dict[tuple[int, str], bytes] = {(number, subject): lines for number, subject, lines in rows}
        gone = [(*place, *name) for place in old if place not in new]
        self._db.executemany("DELETE FROM line WHERE graph = ? AND subject = ? AND kind = ? AND key = ?", gone)
        differ = [place for place, lines in new.items() if old.get(place) != lines]
        self._db.executemany(
            "INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?, ?)", ((*place, *name, new[place]) for place in differ)
        )
        for place in {*differ, *(each for each in old if each not in new)}:
            if (found := self._differs.get(place[0])) is not None:
                found.add(place[1], old.get(place, b""), new.get(place, b""))

    def _lines(self, number: int) -> Iterator[bytes]:
        """The lines of each subject, in order; what two units say of one is told once."""
        last, together = "", b""
        rows = self._db.execute("SELECT subject, lines FROM line WHERE graph = ? ORDER BY subject", (number,))
        for subject, lines in rows:
            if subject == last:
                together = b"".join(sorted({*together.splitlines(keepends=True), *lines.splitlines(keepends=True)}))
                continue
            yield together
            last, together = subject, lines
        yield together

    def _stated(self, number: int, subject: str) -> set[bytes]:
        """The lines of a subject."""
        rows = self._db.execute("SELECT lines FROM line WHERE graph = ? AND subject = ?", (number, subject))
        return {line for (lines,) in rows for line in lines.splitlines(keepends=True)}


class _Differs:
    """The lines that came and went, by subject."""

    def __init__(self) -> None:
        self._came: dict[str, set[bytes]] = {}
        self._went: dict[str, set[bytes]] = {}
        self._lines = 0

    @property
    def is_much(self) -> bool:
        return self._lines > _MOST

    def add(self, subject: str, old: bytes, new: bytes) -> None:
        """The lines of a subject in a unit differ."""
        if self.is_much:
            self._came, self._went = {}, {}
            return
        before, after = set(old.splitlines(keepends=True)), set(new.splitlines(keepends=True))
        self._went.setdefault(subject, set()).update(before - after)
        self._came.setdefault(subject, set()).update(after - before)
        self._lines += len(before ^ after)

    def net(self, stated: Callable[[str], set[bytes]]) -> tuple[bytes, bytes]:
        """Lines that are gone and lines that may be new; ``stated``: those of a subject as they stand."""
        gone: list[bytes] = []
        new: list[bytes] = []
        for subject in sorted(self._came.keys() | self._went.keys()):
            went, came, now = self._went[subject], self._came[subject], stated(subject)
            gone += sorted(went - now)
            new += sorted((came & now) - went)
        return b"".join(gone), b"".join(new)
