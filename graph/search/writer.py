"""Writing the index of a release under way: one document at a time, what is not done yet kept on disk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

import orjson

from graph.normal import fold, folded, words, words_of
from graph.question import batched
from graph.search.kept import Kept
from graph.search.telling import KINDS, Facet, Quote, Told
from graph.search.words import stem

_HERE: Final = Path(__file__).parent
_SCHEMA, _TOLD, _FINISH = ((_HERE / f"{name}.sql").read_text(encoding="utf-8") for name in ("search", "told", "finish"))
_PRAGMAS: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
#: Version of the schema and of what is put in it: another one makes a new release of the same documents.
VERSION: Final = 3
#: Kind of a paragraph of a published text.
PASSAGE: Final = "Passage"
#: Indices that are made from the one before, one after the other, before one is made anew.
INCREMENTS: Final = 20
#: Statements that are written together.
_ROWS: Final = 5_000
#: Begins the keys of the parts of what is no document's; a document's key is hexadecimal.
_IDENTITIES: Final = "="
#: Things whose numbers are asked for at once.
_TOGETHER: Final = 5000
_ENTRY: Final = "INSERT INTO entry (rowid, label, names, body, stems) VALUES (?, ?, ?, ?, ?)"
_FACET: Final = "INSERT INTO facet (facet, value, item) VALUES (?, ?, ?)"
_Row: TypeAlias = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The published text of a document: the IRI and the key of this, what changes with the text, and how to read it."""

    iri: str
    key: str
    digest: str
    text: Callable[[], str]


class IndexWriter:
    """Writes the index of a release under way. Memory does not grow with the number of documents.

    With ``kept`` and the index ``before``, it is a copy of that one in which only what changed is replaced: of
    documents by their stamp, of things by what is told of them. The outcome is the same but for the numbers of items.
    """

    def __init__(self, path: Path, kept: Kept | None = None, before: Path | None = None) -> None:
        """Creates the file at ``path``; ``kept``: where to keep what it is made from."""
        self._path, self._kept = path, kept
        self._told = None if kept is None else path.with_name("indexed.sqlite")
        taken = None
        if kept is not None and before is not None and self._told is not None:
            taken = kept.take_over(before, path, self._told, INCREMENTS)
        self._is_new = taken is None
        self._kept = kept if taken is None else taken
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_PRAGMAS)
        self._db.execute("ATTACH ? AS told", (str(self._told or ""),))
        self._db.executescript("PRAGMA told.journal_mode = OFF; PRAGMA told.synchronous = OFF;")
        # What a passage said must not stay where it was.
        self._db.executescript("PRAGMA secure_delete = ON; PRAGMA told.secure_delete = ON;")
        if self._is_new:
            self._db.executescript(_SCHEMA + _TOLD)
        self._db.execute("CREATE TEMP TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.execute("CREATE TEMP TABLE touched (node INTEGER PRIMARY KEY)")
        self._db.execute("BEGIN")
        #: Statements that are told no more, or newly, and not written yet.
        self._less: list[_Row] = []
        self._more: list[_Row] = []

    def document(self, packed: bytes, shown: Shown) -> None:
        """Take in a document: what its graph tells (:meth:`Told.pack`), and the paragraphs of its published text."""
        stamp, key = sha256(packed + shown.digest.encode()).digest(), shown.key
        self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,))
        known = self._source(key)
        if known is not None and known[0] == stamp:
            return
        told = Told.unpack(packed)
        self._change(None if known is None else Told.unpack(known[1]), told, weight=1)
        if known is not None:
            self._drop_passages(key)
        self._passages(shown.iri, key, shown.text(), frozenset(told.where), told.quotes)
        self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (key, stamp, packed))

    def things(self, told: Iterable[tuple[str, bytes]]) -> None:
        """Take in what a graph tells that is no document's, who is who, part by part: a name, :meth:`Told.pack`.

        A part that bears the name of one known before takes its place.
        """
        for name, packed in told:
            key, stamp = f"{_IDENTITIES}{name}", sha256(packed).digest()
            self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,))
            known = self._source(key)
            if known is not None and known[0] == stamp:
                continue
            self._change(None if known is None else Told.unpack(known[1]), Told.unpack(packed), weight=0)
            self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (key, stamp, packed))

    def close(self) -> None:
        """Complete the file."""
        gone = self._db.execute("SELECT key, packed FROM source WHERE key NOT IN (SELECT key FROM seen)").fetchall()
        for key, packed in gone:
            self._change(Told.unpack(packed), None, weight=int(not key.startswith(_IDENTITIES)))
            self._drop_passages(key)
            self._db.execute("DELETE FROM source WHERE key = ?", (key,))
        self._write_changes()
        self._write_things()
        self._db.execute("DELETE FROM told.told WHERE n = 0")
        self._db.execute("COMMIT")
        if self._is_new:
            self._db.executescript(_FINISH)
        self._db.close()
        if self._kept is not None and self._told is not None:
            self._kept.keep(self._path, self._told)

    def _source(self, key: str) -> tuple[bytes, bytes] | None:
        found: tuple[bytes, bytes] | None = self._db.execute(
            "SELECT stamp, packed FROM source WHERE key = ?", (key,)
        ).fetchone()
        return found

    def _change(self, before: Told | None, after: Told | None, weight: int) -> None:
        """A source tells otherwise than before: written for many together, a thing tells little."""
        old, new = _rows(before, weight), _rows(after, weight)
        self._less += old - new
        self._more += new - old
        if len(self._less) + len(self._more) > _ROWS:
            self._write_changes()

    def _write_changes(self) -> None:
        less, more = self._less, self._more
        self._less, self._more = [], []
        ids = self._nodes({row[0] for row in (*less, *more)})
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", ((node,) for node in ids.values()))
        self._db.executemany(
            "INSERT INTO told.told VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
            ((ids[iri], *rest) for iri, *rest in more),
        )
        self._db.executemany(
            "UPDATE told.told SET n = n - 1 WHERE node = ? AND sort = ? AND key = ? AND value = ?",
            ((ids[iri], *rest) for iri, *rest in less),
        )

    def _nodes(self, iris: Collection[str]) -> dict[str, int]:
        """The number of each, a new one where it has none yet."""
        known: dict[str, int] = {}
        for some in batched(sorted(iris), _TOGETHER):
            told = (orjson.dumps(some).decode(),)
            self._db.execute("INSERT OR IGNORE INTO told.node (iri) SELECT value FROM json_each(?)", told)
            known.update(
                self._db.execute("SELECT iri, node.id FROM json_each(?) CROSS JOIN told.node ON iri = value", told)
            )
        return known

    def _passages(self, iri: str, key: str, text: str, where: frozenset[Facet], quotes: Sequence[Quote]) -> None:
        first = 0
        items: list[tuple[object, ...]] = []
        entries: list[tuple[object, ...]] = []
        facets: list[tuple[str, str, int]] = []
        (last,) = self._db.execute("SELECT max(id) FROM item").fetchone()
        for item, found in enumerate(_PARAGRAPH.finditer(text), start=(last or 0) + 1):
            start, end = found.span()
            while first < len(quotes) and quotes[first].end <= start:
                first += 1
            inside = [q for q in quotes[first : first + 64] if q.start < end and q.end > start]
            quote = inside[0] if inside else None
            place = (key, start, end, quote and quote.start, quote and quote.end)
            items.append((item, PASSAGE, iri, "", found[0], *place))
            entries.append((item, *_searched("", "", found[0])))
            told = where.union(*(quote.facets for quote in inside)) if inside else where
            facets += [(facet, value, item) for facet, value in (("kind", PASSAGE), *told)]
        self._db.executemany(
            "INSERT INTO item (id, kind, iri, label, body, document, start, finish, quote_start, quote_end)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            items,
        )
        self._db.executemany(_ENTRY, entries)
        self._db.executemany(_FACET, facets)

    def _drop_passages(self, key: str) -> None:
        for item, body in self._db.execute("SELECT id, body FROM item WHERE document = ?", (key,)).fetchall():
            self._drop(item, "", "", body)

    def _write_things(self) -> None:
        """The things touched that have a kind and a name, in the order of their IRIs."""
        nodes = self._db.execute("SELECT id, iri FROM node JOIN touched ON node = id ORDER BY iri")
        for node, iri in nodes.fetchall() if not self._is_new else nodes:
            if not self._is_new:
                self._drop_thing(iri)
            rows = self._db.execute("SELECT sort, key, value, n FROM told.told WHERE node = ? AND n > 0", (node,))
            told = rows.fetchall()
            names = list(dict.fromkeys(v for _, v in sorted((int(k), v) for sort, k, v, _ in told if sort == "name")))
            kinds = [int(key) for sort, key, _, _ in told if sort == "kind"]
            weight = sum(n for sort, _, _, n in told if sort == "weight")
            if names and kinds:
                self._write_thing(iri, KINDS[min(kinds)], weight, names, told)

    def _write_thing(
        self, iri: str, kind: str, weight: int, names: list[str], told: Iterable[tuple[str, str, str, int]]
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
        self._facets(item, kind, frozenset((key, value) for sort, key, value, _ in told if sort == "facet"))
        self._db.executemany(
            "INSERT INTO detail (item, detail, value) VALUES (?, ?, ?)",
            [(item, key, value) for sort, key, value, _ in told if sort == "detail"],
        )

    def _drop_thing(self, iri: str) -> None:
        row = self._db.execute("SELECT id FROM item WHERE iri = ? AND kind <> 'Passage'", (iri,)).fetchone()
        if row is None:
            return
        found = self._db.execute("SELECT text FROM name WHERE item = ? ORDER BY rank", row)
        names = [text for (text,) in found]
        self._db.execute(
            "INSERT INTO letters (letters, rowid, names) VALUES ('delete', ?, ?)", (row[0], fold(" \n".join(names)))
        )
        self._drop(row[0], names[0], " \n".join(names[1:]), "")

    def _drop(self, item: int, label: str, names: str, body: str) -> None:
        """Take out an item; the full-text index has to be told what it held."""
        self._db.execute(
            "INSERT INTO entry (entry, rowid, label, names, body, stems) VALUES ('delete', ?, ?, ?, ?, ?)",
            (item, *_searched(label, names, body)),
        )
        self._db.execute("DELETE FROM item WHERE id = ?", (item,))
        for table in ("name", "facet", "detail"):
            self._db.execute(f"DELETE FROM {table} WHERE item = ?", (item,))  # noqa: S608 (names of our own schema)

    def _entry(self, item: int | None, label: str, names: str, body: str) -> None:
        self._db.execute(_ENTRY, (item, *_searched(label, names, body)))

    def _facets(self, item: int | None, kind: str, facets: Iterable[Facet]) -> None:
        self._db.executemany(
            _FACET,
            [(facet, value, item) for facet, value in (("kind", kind), *facets)],
        )


def _searched(label: str, names: str, body: str) -> tuple[str, str, str, str]:
    parts = fold(label), fold(names), folded(body)
    return *parts, " ".join(map(stem, words_of(" ".join(parts))))


def _rows(told: Told | None, weight: int) -> set[_Row]:
    """All that a source tells, a row a statement."""
    if told is None:
        return set()
    kinds = {(iri, "kind", str(kind), "") for iri, kind in told.kinds}
    weights = {(iri, "weight", "", "") for iri, _ in told.kinds} if weight else set()
    return {*told.rows, *kinds, *weights}
