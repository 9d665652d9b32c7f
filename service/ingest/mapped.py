"""What was made of documents the last time: a document of which nothing changed is neither mapped nor judged again.

::

    cache/mapped.sqlite   a row a document: a hash of all that it was made from; what was looked up of who is who;
                          its lines in the dump, the gate's report, what the search index takes; a hash of these

A document is made from its facts, its names, the keys of what it names, who these are, judgements, settings and code.
Nothing depends on the file: it may be deleted, and one that is damaged is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from graph.mapping.footprint import Stamps
from graph.release import Piece, Prepared, ReleaseError
from graph.version import graph_version
from graph.whole import Told
from service.ingest.cache import opened
from service.ingest.made import Made, Origin, Whole
from shapes.gate import Result, report
from shapes.version import gate_version

_SCHEMA: Final = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS mapped (document TEXT, key BLOB, seen BLOB NOT NULL, told BLOB NOT NULL,
  graph BLOB NOT NULL, report BLOB, indexed BLOB NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (document, key));
CREATE TEMP TABLE used (document TEXT, key BLOB, PRIMARY KEY (document, key)) WITHOUT ROWID;
"""
_ROW: Final = "SELECT told, graph, report, indexed"


class Mapped:
    """What is remembered. Writers hold the lock of the data directory."""

    def __init__(self, path: Path, db: sqlite3.Connection, terms: tuple[str, float], *, fresh: bool) -> None:
        """``db`` at ``path`` has the schema of this module; ``terms``: base of the IRIs, threshold.

        ``fresh``: nothing is found.
        """
        self._path, self._db, self._fresh = path, db, fresh
        self._terms = sha256(repr((graph_version(), gate_version(), terms)).encode()).digest()

    def find(self, origin: Origin, stamps: Stamps, *, alone: bool) -> Made | None:
        """What the document came to, None where it has to be made. ``alone``: it is the only one."""
        if self._fresh:
            return None
        with suppress(sqlite3.DatabaseError):  # damaged: made again, that is all
            rows = self._db.execute("SELECT key, seen FROM mapped WHERE document = ?", (origin.sha256,)).fetchall()
            for key, seen in rows:
                if key == self._key(origin, orjson.loads(seen), stamps, alone=alone):
                    return self._read(origin.sha256, key, seen)
        return None

    def keep(
        self, origin: Origin, seen: Sequence[str], made: Made, whole: Whole, stamps: Stamps, *, alone: bool
    ) -> Made:
        """Remember what a document came to that passed; ``seen`` is what was looked up for it.

        Returns the same, which is read from here from now on; as it was given where nothing could be kept.
        """
        key, prepared = self._key(origin, seen, stamps, alone=alone), whole.prepared
        found = [astuple(result) for result in made.report.results]
        sizes = [_sizes(prepared.graph), None if prepared.report is None else _sizes(prepared.report)]
        shown = prepared.text, prepared.extractor
        row = (
            orjson.dumps(list(seen)),
            orjson.dumps([sizes, found, made.readings, made.verdict.hex(), shown, whole.told.plain()]),
            prepared.graph.packed,
            None if prepared.report is None else prepared.report.packed,
            prepared.packed,
        )
        try:
            self._use(origin.sha256, key)
            self._db.execute(
                "INSERT OR REPLACE INTO mapped VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (origin.sha256, key, *row, _sum(row))
            )
        except sqlite3.DatabaseError:
            return made
        told = partial(self._told, origin.sha256, key)
        return replace(made, whole=partial(self._whole, origin.sha256, key), key=key, told=told)

    def forget(self) -> None:
        """Drop what was not found or kept since this was opened."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute("DELETE FROM mapped WHERE (document, key) NOT IN (SELECT document, key FROM used)")

    def _read(self, document: str, key: bytes, seen: bytes) -> Made | None:
        row = self._db.execute(f"{_ROW}, sum FROM mapped WHERE document = ? AND key = ?", (document, key)).fetchone()
        if row is None or _sum((seen, *row[:4])) != row[4]:
            return None
        self._use(document, key)
        _, found, readings, verdict, _, _ = orjson.loads(row[0])
        results = report(Result(*each) for each in found)
        whole, told = partial(self._whole, document, key), partial(self._told, document, key)
        return Made(results, tuple(readings), bytes.fromhex(verdict), whole, key, told)

    def _told(self, document: str, key: bytes) -> Told:
        """What a document that was found or kept says of the whole. Raises ReleaseError."""
        return Told.of_plain(self._row("SELECT told", document, key)[-1])

    def _whole(self, document: str, key: bytes) -> Whole:
        """What is published of a document that was found or kept. Raises ReleaseError."""
        packed, (graph, told), shown, plain = self._row(_ROW, document, key)
        pieces = Piece(packed[0], *graph), None if told is None else Piece(packed[1], *told)
        return Whole(Prepared(*pieces, packed[2], *shown), Told.of_plain(plain))

    def _row(self, asked: str, document: str, key: bytes) -> tuple[Sequence[Any], list[Any], list[str], list[Any]]:
        """The columns that follow ``told``; their sizes, what is shown and what is said. Raises ReleaseError."""
        try:
            row = self._db.execute(f"{asked} FROM mapped WHERE document = ? AND key = ?", (document, key)).fetchone()
            sizes, _, _, _, shown, plain = orjson.loads(row[0])
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            raise ReleaseError(
                f"{self._path} : mémoire de l'ingestion abîmée ({error}). Relancer « ingest »."
            ) from error
        return row[1:], sizes, shown, plain

    def _use(self, document: str, key: bytes) -> None:
        self._db.execute("INSERT OR IGNORE INTO used VALUES (?, ?)", (document, key))

    def _key(self, origin: Origin, seen: Sequence[str], stamps: Stamps, *, alone: bool) -> bytes:
        told = repr((origin.stamp, origin.names, alone, stamps.judged, stamps.document(origin.sha256)))
        return sha256(self._terms + told.encode() + b"\0" + stamps.things(seen)).digest()


@contextmanager
def mapped(data: Path, terms: tuple[str, float], *, fresh: bool = False) -> Iterator[Mapped]:
    """What is remembered for a data directory, and what is kept from now on."""
    path = data / "cache" / "mapped.sqlite"
    with closing(opened(path, _SCHEMA)) as db:
        yield Mapped(path, db, terms, fresh=fresh)


def _sizes(piece: Piece) -> tuple[str, int, int]:
    return piece.digest, piece.quads, piece.size


def _sum(row: tuple[Any, ...]) -> bytes:
    digest = sha256()
    for each in row:
        digest.update(str(-1 if each is None else len(each)).encode() + b"\0" + (each or b""))
    return digest.digest()
