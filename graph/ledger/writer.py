"""Writing the ledger of a release, from what SPARQL says of its fundings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Final, TypeAlias

from graph.delta import Delta
from graph.flows import PRIVATE_LABEL
from graph.ledger import totals
from graph.ledger.kept import Kept
from graph.ledger.layout import AMOUNT_UNITS, CONFIDENCE_UNITS, VERSION
from graph.ledger.reading import Ledger
from graph.ledger.selection import Criteria
from graph.normal import fold
from graph.question import TOGETHER, Question, batched, reached
from ontology.terms import DG

#: Rows of a SELECT as text, unbound variables absent.
Rows: TypeAlias = Iterable[Mapping[str, str]]
Select: TypeAlias = Callable[[str], Rows]

#: What the query behind a selection folds (service/pages/sparql/selection.rq.j2): both find a name, or neither.
_AS_ASKED: Final = str.maketrans(
    dict.fromkeys("àáâäã", "a") | dict.fromkeys("éèêë", "e") | dict.fromkeys("ìíîï", "i") | dict.fromkeys("òóôöõ", "o")
    | dict.fromkeys("ùúûü", "u") | dict.fromkeys("ÿý", "y") | dict.fromkeys("’'‘‐‑–-", " ")
    | {"ç": "c", "ñ": "n", "œ": "oe", "æ": "ae"}
)  # fmt: skip
_HERE: Final = Path(__file__).parent
_NAMESPACE: Final = str(DG)
_PROPERTIES: Final = frozenset(
    ("status", "kind", "funder", "beneficiary", "underProgramme", "amount", "per", "startYear", "endYear", "partOf")
) | {"decidedBy", "confidence"}


def write(path: Path, select: Select, kept: Kept | None = None) -> None:
    """Make the ledger at ``path``, which must not exist, from the store that ``select`` asks.

    With ``kept`` only what it does not know is asked; the outcome is the same, byte for byte.
    """
    try:
        _write(path, select, kept)
    except sqlite3.DatabaseError:
        if kept is None:
            raise
        for each in (path, kept.path):  # what is kept may be what is damaged, or have filled the disk
            each.unlink(missing_ok=True)
        _write(path, select, None)
    made = Ledger(path)
    totals.keep(path, {status: made.totals(Criteria(status)) for status in made.statuses()})


def _write(path: Path, select: Select, kept: Kept | None) -> None:
    delta = None if kept is None else kept.known()
    if kept is not None:
        kept.path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = OFF; PRAGMA temp_store = FILE;")
        db.execute("ATTACH ? AS kept", ("" if kept is None else str(kept.path),))
        db.execute("PRAGMA kept.secure_delete = ON")  # what a document said must not stay where it was
        db.create_function("fold", 1, fold, deterministic=True)
        db.create_function("as_asked", 1, as_asked, deterministic=True)
        db.create_function("unnamed", 1, _unnamed, deterministic=True)
        db.executescript(f"PRAGMA user_version = {VERSION};{_text('ledger.sql')}{_text('kept.sql')}")
        db.execute("BEGIN")
        _ask(db, select, delta)
        if kept is not None:
            kept.settle(db)
        db.execute("COMMIT")
        db.executescript(f"BEGIN;{_text('finish.sql')}COMMIT;ANALYZE main;")


def _ask(db: sqlite3.Connection, select: Select, delta: Delta | None) -> None:
    """Bring what is kept up to what the store says."""
    for name, told in _TOLD.items():
        question = Question.of(_text(f"{name}.rq"))
        texts: Iterable[str] = (_text(f"{told.whole or name}.rq"),)
        if delta is not None:
            things = reached(question, delta)
            for table, column in told.kept.items():
                asked = f"DELETE FROM kept.{table} WHERE {column} = ?"
                db.executemany(asked, ((thing.value,) for thing in things))
            texts = map(question.about, batched(things, TOGETHER))
        for text in texts:
            _insert(db, told.table, told.read(select(text)))
    for statement in _text("state.sql").split(";\n"):
        db.execute(statement)


def as_asked(name: str) -> str:
    """A name as the query behind a selection folds it."""
    return name.lower().translate(_AS_ASKED)


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _fundings(rows: Rows) -> Iterator[tuple[object, ...]]:
    """(funding, property, value) of what a line is made of."""
    for row in rows:
        prefix, _, name = row["property"].partition(_NAMESPACE)
        if not prefix and name in _PROPERTIES:
            yield row["funding"], name, _value(name, row["value"])


def _names(rows: Rows) -> Iterator[tuple[object, ...]]:
    """(thing, text, whether it is its preferred name, class)."""
    for row in rows:
        preferred = "preferred" in row and row["language"] != "en"
        yield row["thing"], row["text"], preferred, _local(row.get("class")) or ""


def _columns(*names: str) -> Callable[[Rows], Iterator[tuple[object, ...]]]:
    return lambda rows: (tuple(row.get(name, "") for name in names) for row in rows)


@dataclass(frozen=True)
class _Told:
    """The rows of a query: where they are put, what is made of each, and by which columns what is ``kept`` is found.

    ``whole`` is another query that gives the same rows, quicker where all are asked for.
    """

    table: str
    read: Callable[[Rows], Iterator[tuple[object, ...]]]
    kept: Mapping[str, str]
    whole: str = ""


_TOLD: Final = {
    "fundings": _Told("temp.told", _fundings, {"stated": "iri", "part_of": "part"}),
    "names": _Told("kept.named", _names, {"named": "iri"}, "all_names"),
    "acts": _Told("kept.dated", _columns("act", "title", "date"), {"dated": "act"}),
    "subjects": _Told("kept.about", _columns("act", "subject"), {"about": "act"}),
    "figures": _Told("kept.counted", _columns("thing", "sort", "year"), {"counted": "iri"}),
    "passages": _Told("kept.seen", _columns("funding", "evidence"), {"seen": "funding"}),
}


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    first = next(rows, None)
    if first is None:
        return
    statement = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(first))})"
    db.execute(statement, first)
    db.executemany(statement, rows)


def _value(name: str, value: str) -> str | int:
    """What a property of a funding says, in the units of the ledger."""
    if name == "amount":
        return _units(value, AMOUNT_UNITS, ROUND_HALF_EVEN)
    if name == "confidence":
        return _units(value, CONFIDENCE_UNITS, ROUND_FLOOR)
    if name in ("startYear", "endYear"):
        return int(value[:4])
    return _local(value) or "" if name in ("status", "kind", "per") else value


def _units(value: str, units: int, rounding: str) -> int:
    return int((Decimal(value) * units).to_integral_value(rounding))


def _local(iri: str | None) -> str | None:
    return None if iri is None else iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _unnamed(iri: str) -> str:
    """What to call a thing that the graph does not name."""
    if "/person/private-" in iri:
        return PRIVATE_LABEL
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].replace("-", " ")
