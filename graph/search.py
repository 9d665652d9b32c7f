"""The full-text index of a release: titles, names and passages, accents folded (SQLite FTS5)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import Graph, URIRef
from rdflib.term import Node

from graph.normal import words
from ontology.terms import DG, ELI, FOAF, RDF, SKOS

_SCHEMA = (Path(__file__).parent / "data" / "search.sql").read_text(encoding="utf-8")
_CLASSES: Final = (
    DG.Deliberation,
    DG.Organisation,
    DG.Person,
    DG.Programme,
    DG.Action,
    DG.Strand,
    DG.GoverningBody,
)
_LABELS: Final = (ELI.title, FOAF.name, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, ELI.id_local)
_RANKS: Final[dict[Node, int]] = {predicate: rank for rank, predicate in enumerate(_LABELS)}
_TYPE: Final = frozenset({RDF.type})
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
PASSAGE: Final = "Passage"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``label`` is the name or title; ``snippet`` the matching text, hits between \\x02 and \\x03.

    For a passage, ``iri`` is that of its document, ``start`` and ``end`` are offsets in the published text.
    """

    iri: str
    kind: str
    label: str
    snippet: str
    document: str | None = None
    start: int | None = None
    end: int | None = None


class IndexWriter:
    """Writes the index of a release under way."""

    def __init__(self, path: Path) -> None:
        """Creates the file at ``path``."""
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._seen: set[tuple[str, str]] = set()

    def names(self, graph: Graph) -> None:
        """Index everything of ``graph`` that has a class to be searched and a name or title."""
        by_class: dict[Node, set[URIRef]] = {each: set() for each in _CLASSES}
        labels: dict[Node, list[tuple[int, str]]] = {}
        for node, predicate, value in graph:
            if predicate in _RANKS:
                labels.setdefault(node, []).append((_RANKS[predicate], str(value)))
            elif predicate in _TYPE and value in by_class and isinstance(node, URIRef):
                by_class[value].add(node)
        for each, nodes in by_class.items():
            kind = str(each).removeprefix(str(DG))
            for node in sorted(nodes & labels.keys()):
                if (node, kind) not in self._seen:
                    self._seen.add((node, kind))
                    first, *others = (label for _rank, label in sorted(labels[node]))
                    self._add(first, " \n".join(others), str(node), kind)

    def passages(self, document: str, key: str, text: str) -> None:
        """Index the paragraphs of a published text; ``document`` is the IRI, ``key`` the key of the document."""
        for found in _PARAGRAPH.finditer(text):
            self._add("", found[0], document, PASSAGE, key, *found.span())

    def close(self) -> None:
        """Complete the file."""
        self._db.execute("INSERT INTO entry (entry) VALUES ('optimize')")
        self._db.execute("COMMIT")
        self._db.close()

    def _add(
        self,
        label: str,
        body: str,
        iri: str,
        kind: str,
        document: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> None:
        self._db.execute(
            "INSERT INTO entry (label, body, iri, kind, document, start, finish) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (label.translate(_LIGATURES), body.translate(_LIGATURES), iri, kind, document, start, end),
        )


def search(index: Path, text: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> list[Hit]:
    """What ``index`` holds of the words of ``text`` (all of them, the last one a prefix), names before passages.

    ``kind`` is the last part of a class ("Organisation") or "Passage". A text without a word finds nothing.
    """
    return list(_hits(index, text, kind, limit, offset))


def count(index: Path, text: str, *, kind: str | None = None) -> int:
    """How many entries :func:`search` would find without a limit."""
    expression = _expression(text)
    if expression is None:
        return 0
    with _open(index) as db:
        row = db.execute(
            "SELECT count(*) FROM entry WHERE entry MATCH ? AND (? IS NULL OR kind = ?)", (expression, kind, kind)
        ).fetchone()
    return int(row[0])


def _hits(index: Path, text: str, kind: str | None, limit: int, offset: int) -> Iterator[Hit]:
    expression = _expression(text)
    if expression is None:
        return
    with _open(index) as db:
        rows = db.execute(
            "SELECT iri, kind, label, snippet(entry, -1, char(2), char(3), '…', 24), document, start, finish"
            " FROM entry WHERE entry MATCH ? AND (? IS NULL OR kind = ?)"
            " ORDER BY kind = 'Passage', bm25(entry, 8.0, 1.0), iri, start LIMIT ? OFFSET ?",
            (expression, kind, kind, limit, offset),
        ).fetchall()
    for row in rows:
        yield Hit(*row)


def _expression(text: str) -> str | None:
    """The words of ``text`` as an FTS5 expression: quoted, so that no character of the user's is an operator."""
    found = words(text)
    return " ".join(f'"{word}"' for word in found) + " *" if found else None


@contextmanager
def _open(index: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection, closed on leaving; a release never changes, so no lock is taken."""
    with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        yield db
