"""Asking the index of a release: search with facets and paging, completion."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph.search.snippet import pieces
from graph.search.words import Wanted
from graph.search.writer import PASSAGE

#: What a search can be narrowed by.
FACETS = ("kind", "authority", "year", "family", "status")


#: Steps of SQLite's machine between two looks at the clock.
_STEPS = 50_000
#: Seconds that a search may take.
SECONDS = 5.0


class SearchIndexError(RuntimeError):
    """The index cannot be read; str() names the file and says what to do, in French."""


class SearchTooLongError(RuntimeError):
    """A search took more time than it may; str() says what to do, in French."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``label`` is the name or title; ``pieces`` the matching text, what was looked for told apart.

    For a passage, ``iri`` is that of its document and ``start`` and ``end`` are offsets in the published text;
    ``quote`` those of the first evidence in it, None where nothing was read from it.
    """

    iri: str
    kind: str
    label: str
    pieces: tuple[tuple[str, bool], ...]
    document: str | None = None
    start: int | None = None
    end: int | None = None
    quote: tuple[int, int] | None = None

    @property
    def snippet(self) -> str:
        """The matching text."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet: how many of the results have it. ``label`` is its name where it is a thing of the index."""

    value: str
    count: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, how many there are in all, and the facets of all of them, most frequent value first."""

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing whose name goes on from what was typed."""

    iri: str
    kind: str
    name: str
    weight: int


def search(
    index: Path, text: str, narrowed: Mapping[str, str] | None = None, *, limit: int = 20, offset: int = 0
) -> Found:
    """What ``index`` holds of the words of ``text``: all of them, the last one a prefix; in quotes, word for word.

    ``narrowed`` gives the wanted value of some facets (:data:`FACETS`). Things called just so come first, then those
    whose name begins so, other things, and passages. A text without a word finds nothing. Raises SearchIndexError.
    """
    wanted = Wanted.of(text)
    if not wanted:
        return Found()
    chosen = json.dumps({facet: value for facet, value in (narrowed or {}).items() if value})
    with opened(index) as db:
        db.execute("CREATE TEMP TABLE hit (item INTEGER PRIMARY KEY, score REAL)")
        db.execute(
            "INSERT INTO hit SELECT rowid, bm25(entry, 10.0, 6.0, 1.0, 1.0) FROM entry WHERE entry MATCH ?"
            " AND NOT EXISTS (SELECT 1 FROM json_each(?) w WHERE NOT EXISTS"
            "  (SELECT 1 FROM facet f WHERE f.item = entry.rowid AND f.facet = w.key AND f.value = w.value))",
            (wanted.expression(), chosen),
        )
        (total,) = db.execute("SELECT count(*) FROM hit").fetchone()
        return Found(total, tuple(_page(db, wanted, limit, offset)), _facets(db))


def _page(db: sqlite3.Connection, wanted: Wanted, limit: int, offset: int) -> Iterator[Hit]:
    begins, beyond = wanted.name, wanted.name + "\U0010ffff"
    rows = db.execute(
        "SELECT i.iri, i.kind, i.label, i.body, i.document, i.start, i.finish, i.quote_start, i.quote_end, i.id,"
        " CASE WHEN i.kind = ? THEN 3"
        "  WHEN EXISTS (SELECT 1 FROM name n WHERE n.item = i.id AND n.folded = ?) THEN 0"
        "  WHEN EXISTS (SELECT 1 FROM name n WHERE n.item = i.id AND n.folded >= ? AND n.folded < ?) THEN 1"
        "  ELSE 2 END AS class"
        " FROM hit JOIN item i ON i.id = hit.item"
        " ORDER BY class, hit.score, i.weight DESC, i.iri, i.start LIMIT ? OFFSET ?",
        (PASSAGE, begins, begins, beyond, limit, offset),
    ).fetchall()
    for iri, kind, label, body, document, start, end, first, last, item, _ in rows:
        shown = body if kind == PASSAGE else _told(db, item, label, wanted)
        quote = (first, last) if first is not None else None
        yield Hit(iri, kind, label, pieces(shown, wanted), document, start, end, quote)


def _told(db: sqlite3.Connection, item: int, label: str, wanted: Wanted) -> str:
    """The name that shows why a thing was found: its label, unless another name has more of the words."""
    names: list[str] = [text for (text,) in db.execute("SELECT text FROM name WHERE item = ? ORDER BY rank", (item,))]
    return max(names or [label], key=lambda name: (len({*wanted.places(name)}), name == label))


def _facets(db: sqlite3.Connection) -> dict[str, tuple[FacetValue, ...]]:
    # CROSS: from what was found to its facets; left to itself SQLite goes through the facets of the whole index
    rows = db.execute(
        "SELECT f.facet, f.value, count(*) AS n, (SELECT label FROM item WHERE iri = f.value AND kind <> ?)"
        " FROM hit CROSS JOIN facet f ON f.item = hit.item GROUP BY f.facet, f.value ORDER BY n DESC, f.value",
        (PASSAGE,),
    )
    found: dict[str, list[FacetValue]] = {facet: [] for facet in FACETS}
    for facet, value, count, label in rows:
        found[facet].append(FacetValue(value, count, label))
    return {facet: tuple(values) for facet, values in found.items()}


def suggest(
    index: Path, typed: str, kinds: Sequence[str] = (), *, limit: int = 10, offset: int = 0
) -> tuple[Suggestion, ...]:
    """Things whose names hold the words of ``typed``, the last one unfinished; those that begin so first.

    ``kinds`` restricts them to some. Raises SearchIndexError.
    """
    wanted = Wanted.of(typed.replace('"', " "))
    if not wanted.words:
        return ()
    among = json.dumps(list(kinds))
    named = f"{{label names stems}} : ({wanted.expression()})"
    beyond = wanted.name + "\U0010ffff"
    with opened(index) as db:
        rows = db.execute(
            "SELECT i.iri, i.kind, i.label, i.weight FROM entry JOIN item i ON i.id = entry.rowid"
            " WHERE entry MATCH ? AND i.kind <> ? AND (? = '[]' OR i.kind IN (SELECT value FROM json_each(?)))"
            " ORDER BY NOT EXISTS (SELECT 1 FROM name n WHERE n.item = i.id AND n.folded = ?),"
            " NOT EXISTS (SELECT 1 FROM name n WHERE n.item = i.id AND n.folded >= ? AND n.folded < ?),"
            " i.weight DESC, i.label, i.iri LIMIT ? OFFSET ?",
            (named, PASSAGE, among, among, wanted.name, wanted.name, beyond, limit, offset),
        ).fetchall()
    return tuple(Suggestion(*row) for row in rows)


def count(index: Path, text: str, kind: str | None = None) -> int:
    """How many entries :func:`search` would find without a limit. Raises SearchIndexError."""
    return search(index, text, {"kind": kind} if kind else None, limit=0).total


@contextmanager
def opened(index: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection, closed on leaving; a release never changes, so no lock is taken.

    Raises SearchIndexError for a file that is missing, damaged or of another version of the index, and
    SearchTooLongError for a search that takes more than SECONDS.
    """
    end = time.monotonic() + SECONDS
    try:
        with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.execute("PRAGMA temp_store = MEMORY")
            db.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            yield db
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise SearchTooLongError("La recherche prend trop de temps : donnez des mots plus rares.") from error
        raise SearchIndexError(
            f"{index} : index de recherche illisible ({error}). Relancez « delibgraph ingest » pour le refaire."
        ) from error
