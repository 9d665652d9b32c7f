"""What the gate said of graphs it has seen: the same graph under the same shapes is not judged again.

::

    cache/verdicts.sqlite   a row a graph: a hash of what the verdict depends on; the findings; a hash of these

Nothing depends on the file: it may be deleted, and one that is damaged is made anew.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
from rdflib import Graph

from graph.rdf import sorted_lines
from service.ingest.cache import opened
from shapes.engine import Document
from shapes.gate import Report, Result, check_all, report
from shapes.version import gate_version

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS verdict (key BLOB PRIMARY KEY, findings BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE asked (key BLOB PRIMARY KEY) WITHOUT ROWID;
"""
#: The graph of what is said of the identities that a document names; it is never published.
_IDENTITIES: Final = "urn:delibgraph:checked"


@dataclass(frozen=True)
class Pair:
    """The graph of a document, that of the identities it names, and the name of the first."""

    graph: Graph
    identities: Graph
    name: str


@dataclass(frozen=True)
class Verdict:
    """What was found; the key under which it is remembered, empty where it is not; the graph's lines under its name."""

    key: bytes
    report: Report
    lines: bytes | None


@dataclass(frozen=True)
class _Asked:
    """A pair on its way: its key and lines; the report where it is remembered."""

    key: bytes
    lines: bytes | None
    known: Report | None

    def answered(self, found: Report) -> Verdict:
        return Verdict(self.key, found, self.lines)


@dataclass(frozen=True)
class Question:
    """What the gate is to judge; ``lines`` are those of both graphs, None where one has a term RDF does not allow."""

    graph: Graph
    identities: Graph
    lines: tuple[bytes, bytes] | None


#: Documents judged at a time, and bytes of their lines above which fewer are.
_TOGETHER: Final = 16
_MOST: Final = 4 << 20


#: A gate: the reports, in the order of the questions. It may look ahead at some more questions than it has answered.
Gate = Callable[[Iterable[Question]], Iterator[Report]]


def judged_here(questions: Iterable[Question]) -> Iterator[Report]:
    """The gate in this process, some documents at a time."""
    some: list[Document] = []
    size = 0
    for question in questions:
        lines = question.lines or ()
        some.append(Document((question.graph, question.identities), lines))
        size += sum(map(len, lines))
        if len(some) == _TOGETHER or size > _MOST:
            yield from check_all(some)
            some, size = [], 0
    yield from check_all(some)


class Verdicts:
    """The gate, with what it remembers. Writers hold the lock of the data directory."""

    def __init__(self, db: sqlite3.Connection, ask: Gate) -> None:
        """``db`` has the schema of this module; ``ask`` judges what is not remembered."""
        self._db, self._ask = db, ask

    def judge(self, pairs: Iterable[Pair]) -> Iterator[Verdict]:
        """What :func:`shapes.gate.check` says of each pair, in their order: remembered, or asked now."""
        looked_up: deque[_Asked] = deque()
        for report_on in self._ask(self._unknown(pairs, looked_up)):
            yield from _remembered(looked_up)
            asked = looked_up.popleft()
            self._keep(asked.key, report_on)
            yield asked.answered(report_on)
        yield from _remembered(looked_up)

    def still(self, key: bytes) -> None:
        """A verdict that nobody needed to ask for is of use yet: its graph is published."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute("INSERT OR IGNORE INTO asked VALUES (?)", (key,))

    def _unknown(self, pairs: Iterable[Pair], looked_up: deque[_Asked]) -> Iterator[Question]:
        """What has to be asked; notes for each pair its key, and the report where it is remembered."""
        for pair in pairs:
            try:
                lines = _lines(pair.graph, pair.name), _lines(pair.identities, _IDENTITIES)
            except ValueError:  # a term that RDF does not allow: the gate tells
                looked_up.append(_Asked(b"", None, None))
                yield Question(pair.graph, pair.identities, None)
                continue
            key = _key(*lines)
            looked_up.append(_Asked(key, lines[0], known := self._known(key)))
            if known is None:
                yield Question(pair.graph, pair.identities, lines)

    def _known(self, key: bytes) -> Report | None:
        with suppress(sqlite3.DatabaseError):  # damaged, or the disk is full: asked again, that is all
            self._db.execute("INSERT OR IGNORE INTO asked VALUES (?)", (key,))
            row = self._db.execute("SELECT findings, sum FROM verdict WHERE key = ?", (key,)).fetchone()
            if row is not None and sha256(row[0]).digest() == row[1]:
                return report(Result(*each) for each in orjson.loads(row[0]))
        return None

    def _keep(self, key: bytes, found: Report) -> None:
        if not key:
            return
        told = orjson.dumps([astuple(result) for result in found.results])
        with suppress(sqlite3.DatabaseError):
            self._db.execute("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)", (key, told, sha256(told).digest()))

    def forget(self) -> None:
        """Drop the verdicts on graphs that were not asked about since this was opened."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute("DELETE FROM verdict WHERE key NOT IN (SELECT key FROM asked)")


@contextmanager
def verdicts(data: Path, ask: Gate = judged_here) -> Iterator[Verdicts]:
    """The gate of a data directory. What it says is kept when the block ends, and when it is killed, up to there."""
    with closing(opened(data / "cache" / "verdicts.sqlite", _SCHEMA)) as db:
        yield Verdicts(db, ask)


def _remembered(looked_up: deque[_Asked]) -> Iterator[Verdict]:
    """Those at the head that nobody is asked about."""
    while looked_up and (known := looked_up[0].known) is not None:
        yield looked_up.popleft().answered(known)


def _lines(graph: Graph, name: str) -> bytes:
    return b"".join(sorted_lines(graph, name))


def _key(graph: bytes, identities: bytes) -> bytes:
    digest = sha256(gate_version().encode())
    for each in (graph, identities):
        digest.update(each + b"\0")
    return digest.digest()
