"""Writing the index of a release under way: one document at a time, what is not done yet kept on disk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from graph.normal import fold, words
from graph.search.telling import KINDS, Facet, Quote, Told
from graph.search.words import stems

_SCHEMA = (Path(__file__).parent / "search.sql").read_text(encoding="utf-8")
_FINISH = (Path(__file__).parent / "finish.sql").read_text(encoding="utf-8")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
#: Version of the schema and of what is put in it: another one makes a new release of the same documents.
VERSION: Final = 2
#: Kind of a paragraph of a published text.
PASSAGE: Final = "Passage"


class IndexWriter:
    """Writes the index of a release under way. Memory does not grow with the number of documents."""

    def __init__(self, path: Path) -> None:
        """Creates the file at ``path``."""
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def document(self, told: Told, iri: str, key: str, text: str) -> None:
        """Take in a document: what its graph tells, and the paragraphs of its published text.

        ``iri`` is that of the document, ``key`` its key.
        """
        self._things(told, weight=1)
        self._passages(iri, key, text, frozenset(told.where), told.quotes)

    def things(self, told: Told) -> None:
        """Take in what a graph tells that is no document's: who is who."""
        self._things(told, weight=0)

    def close(self) -> None:
        """Complete the file."""
        self._write_things()
        self._db.execute("DROP TABLE node")
        self._db.execute("DROP TABLE told")
        self._db.execute("COMMIT")
        self._db.executescript(_FINISH)
        self._db.close()

    def _things(self, told: Told, weight: int) -> None:
        ids = {iri: self._node(iri, kind, weight) for iri, kind in told.kinds}
        for iri, *_ in told.rows:
            if iri not in ids:
                ids[iri] = self._node(iri, None, 0)
        rows = ((ids[iri], sort, key, value) for iri, sort, key, value in told.rows)
        self._db.executemany("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?)", rows)

    def _node(self, iri: str, kind: int | None, weight: int) -> int:
        row = self._db.execute(
            "INSERT INTO node (iri, kind, weight) VALUES (?, ?, ?) ON CONFLICT (iri) DO UPDATE SET"
            " kind = min(coalesce(kind, excluded.kind), coalesce(excluded.kind, kind)),"
            " weight = weight + excluded.weight RETURNING id",
            (iri, kind, weight),
        ).fetchone()
        return int(row[0])

    def _passages(self, iri: str, key: str, text: str, where: frozenset[Facet], quotes: Sequence[Quote]) -> None:
        first = 0
        for found in _PARAGRAPH.finditer(text):
            start, end = found.span()
            while first < len(quotes) and quotes[first].end <= start:
                first += 1
            inside = [q for q in quotes[first : first + 64] if q.start < end and q.end > start]
            quote = inside[0] if inside else None
            cursor = self._db.execute(
                "INSERT INTO item (kind, iri, label, body, document, start, finish, quote_start, quote_end)"
                " VALUES (?, ?, '', ?, ?, ?, ?, ?, ?)",
                (PASSAGE, iri, found[0], key, start, end, quote and quote.start, quote and quote.end),
            )
            facets = where.union(*(quote.facets for quote in inside))
            self._entry(cursor.lastrowid, "", "", found[0])
            self._facets(cursor.lastrowid, PASSAGE, facets)

    def _write_things(self) -> None:
        """The things that have a kind and a name, in the order of their IRIs."""
        nodes = self._db.execute("SELECT id, iri, kind, weight FROM node WHERE kind IS NOT NULL ORDER BY iri")
        for node, iri, kind, weight in nodes:
            told = self._db.execute("SELECT sort, key, value FROM told WHERE node = ?", (node,)).fetchall()
            names = list(dict.fromkeys(v for _, v in sorted((int(k), v) for sort, k, v in told if sort == "name")))
            if names:
                self._write_thing(iri, KINDS[kind], weight, names, told)

    def _write_thing(
        self, iri: str, kind: str, weight: int, names: list[str], told: Iterable[tuple[str, str, str]]
    ) -> None:
        label, *others = names
        cursor = self._db.execute(
            "INSERT INTO item (kind, iri, label, weight) VALUES (?, ?, ?, ?)", (kind, iri, label, weight)
        )
        item = cursor.lastrowid
        self._entry(item, label, " \n".join(others), "")
        self._db.execute("INSERT INTO letters (rowid, names) VALUES (?, ?)", (item, fold(" \n".join(names))))
        self._db.executemany(
            "INSERT INTO name (item, rank, text, folded) VALUES (?, ?, ?, ?)",
            [(item, rank, name, " ".join(words(name))) for rank, name in enumerate(names)],
        )
        self._facets(item, kind, frozenset((key, value) for sort, key, value in told if sort == "facet"))
        self._db.executemany(
            "INSERT INTO detail (item, detail, value) VALUES (?, ?, ?)",
            [(item, key, value) for sort, key, value in told if sort == "detail"],
        )

    def _entry(self, item: int | None, label: str, names: str, body: str) -> None:
        self._db.execute(
            "INSERT INTO entry (rowid, label, names, body, stems) VALUES (?, ?, ?, ?, ?)",
            (item, fold(label), fold(names), fold(body), stems(f"{label} {names} {body}")),
        )

    def _facets(self, item: int | None, kind: str, facets: Iterable[Facet]) -> None:
        self._db.executemany(
            "INSERT INTO facet (facet, value, item) VALUES (?, ?, ?)",
            [(facet, value, item) for facet, value in (("kind", kind), *facets)],
        )
