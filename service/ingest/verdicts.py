"""What the gate said of graphs it has seen: the same graph under the same shapes is not judged again.

::

    cache/verdicts.sqlite   a row a graph: a hash of what the verdict depends on; the findings; a hash of these

Nothing depends on the file: it may be deleted, and one that is damaged is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
from rdflib import Graph

from graph.rdf import sorted_lines
from service.ingest.cache import opened
from shapes.gate import Report, Result, check, report
from shapes.version import gate_version

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS verdict (key BLOB PRIMARY KEY, findings BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE asked (key BLOB PRIMARY KEY) WITHOUT ROWID;
"""


class Verdicts:
    """The gate, with what it remembers. Writers hold the lock of the data directory."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """``db`` has the schema of this module."""
        self._db = db

    def check(self, graph: Graph, identities: Graph) -> Report:
        """What :func:`shapes.gate.check` says of the two together, remembered or asked now."""
        try:
            key = _key(graph, identities)
        except ValueError:  # a term that RDF does not allow: the gate tells
            return check(graph, identities)
        known = self._known(key)
        if known is not None:
            return known
        found = check(graph, identities)
        self._keep(key, found)
        return found

    def _known(self, key: bytes) -> Report | None:
        with suppress(sqlite3.DatabaseError):  # damaged, or the disk is full: asked again, that is all
            self._db.execute("INSERT OR IGNORE INTO asked VALUES (?)", (key,))
            row = self._db.execute("SELECT findings, sum FROM verdict WHERE key = ?", (key,)).fetchone()
            if row is not None and sha256(row[0]).digest() == row[1]:
                return report(Result(*each) for each in orjson.loads(row[0]))
        return None

    def _keep(self, key: bytes, found: Report) -> None:
        told = orjson.dumps([astuple(result) for result in found.results])
        with suppress(sqlite3.DatabaseError):
            self._db.execute("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)", (key, told, sha256(told).digest()))

    def forget(self) -> None:
        """Drop the verdicts on graphs that were not asked about since this was opened."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute("DELETE FROM verdict WHERE key NOT IN (SELECT key FROM asked)")


@contextmanager
def verdicts(data: Path) -> Iterator[Verdicts]:
    """The gate of a data directory. What it says is kept when the block ends, and when it is killed, up to there."""
    with closing(opened(data / "cache" / "verdicts.sqlite", _SCHEMA)) as db:
        yield Verdicts(db)


def _key(graph: Graph, identities: Graph) -> bytes:
    digest = sha256(gate_version().encode())
    for each in (graph, identities):
        digest.update(b"".join(sorted_lines(each, "urn:delibgraph:checked")) + b"\0")
    return digest.digest()
