"""Things of the index with all that tells them from their namesakes, and those that a name may mean."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.search.reading import opened
from graph.search.words import Wanted
from graph.search.writer import PASSAGE

#: Candidates that a name finds, at most: all those called just so, then by shared words, then by shared letters.
EXACT: Final = 100
BY_WORDS: Final = 40
BY_LETTERS: Final = 20
_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing: names, best first; details by name ("class", "siren", "rna", "sigle" …); where and when it is named.

    ``authorities`` are the IRIs of those whose acts name it, ``years`` those of their séances; ``weight`` counts the
    documents.
    """

    iri: str
    kind: str
    names: tuple[str, ...]
    details: Mapping[str, tuple[str, ...]]
    authorities: tuple[str, ...]
    years: tuple[str, ...]
    weight: int

    @property
    def label(self) -> str:
        """Its preferred name."""
        return self.names[0]

    @property
    def classes(self) -> tuple[str, ...]:
        """Last parts of its classes."""
        return self.details.get("class", ())

    def detail(self, name: str) -> str | None:
        """The only value of a detail; None where there is none, or several."""
        values = self.details.get(name, ())
        return values[0] if len(values) == 1 else None


def find(index: Path, iris: Sequence[str]) -> tuple[Entity, ...]:
    """The things with these IRIs, as far as there are any, in their order. Raises SearchIndexError."""
    with opened(index) as db:
        found = {iri: item for iri in iris if (item := _item(db, iri)) is not None}
        return tuple(_entity(db, found[iri]) for iri in iris if iri in found)


def numbered(index: Path, detail: str, value: str) -> tuple[Entity, ...]:
    """The things that have a detail, a number say. Raises SearchIndexError."""
    with opened(index) as db:
        rows = db.execute(
            "SELECT d.item FROM detail d JOIN item i ON i.id = d.item WHERE d.detail = ? AND d.value = ?"
            " ORDER BY i.iri LIMIT ?",
            (detail, value, EXACT),
        )
        return tuple(_entity(db, item) for (item,) in rows.fetchall())


def candidates(index: Path, name: str, kinds: Sequence[str]) -> tuple[Entity, ...]:
    """The things of some kinds that ``name`` may mean, the likeliest first, a few dozen. Raises SearchIndexError."""
    wanted = Wanted.of(name)
    if not wanted:
        return ()
    among = json.dumps(list(kinds))
    with opened(index) as db:
        exact = db.execute(
            "SELECT DISTINCT n.item FROM name n JOIN item i ON i.id = n.item"
            " WHERE n.folded = ? AND i.kind IN (SELECT value FROM json_each(?)) ORDER BY i.weight DESC, i.iri LIMIT ?",
            (wanted.name, among, EXACT),
        ).fetchall()
        words = db.execute(
            "SELECT i.id FROM entry JOIN item i ON i.id = entry.rowid WHERE entry MATCH ? AND i.kind <> ?"
            " AND i.kind IN (SELECT value FROM json_each(?)) ORDER BY bm25(entry), i.weight DESC, i.iri LIMIT ?",
            (wanted.any_word(), PASSAGE, among, BY_WORDS),
        ).fetchall()
        runs = " OR ".join(f'"{run}"' for run in dict.fromkeys(_runs(wanted.name)))
        letters = db.execute(
            "SELECT i.id FROM letters JOIN item i ON i.id = letters.rowid WHERE letters MATCH ?"
            " AND i.kind IN (SELECT value FROM json_each(?)) ORDER BY bm25(letters), i.iri LIMIT ?",
            (runs, among, BY_LETTERS),
        ).fetchall() if runs else []  # fmt: skip
        items = dict.fromkeys(item for (item,) in (*exact, *words, *letters))
        return tuple(_entity(db, item) for item in items)


def years(index: Path) -> tuple[str, ...]:
    """The years of the séances of all acts, latest first. Raises SearchIndexError."""
    with opened(index) as db:
        rows = db.execute("SELECT DISTINCT value FROM facet WHERE facet = 'year' ORDER BY value DESC")
        return tuple(year for (year,) in rows)


def _runs(name: str) -> Iterable[str]:
    """The runs of three letters of the words of a name."""
    for word in name.split():
        yield from (word[start : start + _LETTERS] for start in range(len(word) - _LETTERS + 1))


def _item(db: sqlite3.Connection, iri: str) -> int | None:
    row = db.execute("SELECT id FROM item WHERE iri = ? AND kind <> 'Passage'", (iri,)).fetchone()
    return int(row[0]) if row else None


def _entity(db: sqlite3.Connection, item: int) -> Entity:
    iri, kind, weight = db.execute("SELECT iri, kind, weight FROM item WHERE id = ?", (item,)).fetchone()
    names = tuple(text for (text,) in db.execute("SELECT text FROM name WHERE item = ? ORDER BY rank", (item,)))
    details: dict[str, tuple[str, ...]] = {}
    for detail, value in db.execute("SELECT detail, value FROM detail WHERE item = ?", (item,)):
        details[detail] = (*details.get(detail, ()), value)
    facets: dict[str, list[str]] = {"authority": [], "year": []}
    for facet, value in db.execute("SELECT facet, value FROM facet WHERE item = ? ORDER BY value", (item,)):
        facets.setdefault(facet, []).append(value)
    return Entity(iri, kind, names, details, tuple(facets["authority"]), tuple(facets["year"]), weight)
