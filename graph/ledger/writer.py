"""Writing the ledger of a release, from what SPARQL says of its fundings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Final, TypeAlias

from graph.flows import PRIVATE_LABEL
from graph.ledger import totals
from graph.ledger.layout import AMOUNT_UNITS, CONFIDENCE_UNITS, VERSION
from graph.ledger.reading import Ledger
from graph.ledger.selection import Criteria
from graph.normal import fold
from ontology.terms import DG

#: Rows of a SELECT as text, unbound variables absent.
Select: TypeAlias = Callable[[str], Iterable[Mapping[str, str]]]

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


def write(path: Path, select: Select) -> None:
    """Make the ledger at ``path``, which must not exist, from the store that ``select`` asks."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        db.create_function("fold", 1, fold, deterministic=True)
        db.create_function("as_asked", 1, as_asked, deterministic=True)
        db.create_function("unnamed", 1, _unnamed, deterministic=True)
        db.executescript(f"PRAGMA user_version = {VERSION};{_text('ledger.sql')}")
        db.execute("BEGIN")
        for table, rows in _told(select):
            _insert(db, table, rows)
        db.execute("COMMIT")
        db.executescript(f"BEGIN;{_text('finish.sql')}COMMIT;ANALYZE;")
    finally:
        db.close()
    made = Ledger(path)
    totals.keep(path, {status: made.totals(Criteria(status)) for status in made.statuses()})


def as_asked(name: str) -> str:
    """A name as the query behind a selection folds it."""
    return name.lower().translate(_AS_ASKED)


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _told(select: Select) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    """The rows of each table of what is told."""
    yield "told", _fundings(select)
    yield (
        "named",
        (
            (row["thing"], row["text"], "preferred" in row and row["language"] != "en", _local(row.get("class")))
            for row in select(_text("names.rq"))
        ),
    )
    yield "dated", ((row["act"], row.get("title"), row["date"]) for row in select(_text("acts.rq")))
    yield "about", ((row["act"], row["subject"]) for row in select(_text("subjects.rq")))
    yield "seen", ((row["funding"], row["evidence"]) for row in select(_text("passages.rq")))
    for row in select(_text("figures.rq")):
        yield "figure", ((name, int(value)) for name, value in row.items())


def _fundings(select: Select) -> Iterator[tuple[object, ...]]:
    """(funding, property, value) of what a line is made of."""
    for row in select(_text("fundings.rq")):
        prefix, _, name = row["property"].partition(_NAMESPACE)
        if not prefix and name in _PROPERTIES:
            yield row["funding"], name, _value(name, row["value"])


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    first = next(rows, None)
    if first is None:
        return
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
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
