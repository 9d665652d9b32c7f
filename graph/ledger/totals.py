"""What every look at a selection is under. That of all lines of a status is kept with the ledger: most readers begin
there, and the first of them would wait for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.ledger.layout import AMOUNT_UNITS
from graph.ledger.lines import euros, told
from graph.ledger.selection import ROLES, Role

if TYPE_CHECKING:
    from graph.ledger.reading import Chosen

#: Parties of each role that are named among the largest.
LARGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Sums:
    """What lines add up to: ``amount`` in euros, None where none states one; ``untold``: lines without amount."""

    amount: Decimal | None
    lines: int
    untold: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a selection, those by year, the money that goes both ways, and the largest parties of each role.

    ``returns``: (one, other, what one pays, what it gets back), largest first; ``parties``: how many there are in each
    role, one that is not named among them; ``largest``: ``LARGEST`` of them, None for one that is not named.
    """

    sums: Sums
    by_year: Mapping[int, Sums]
    returns: Sequence[tuple[int, int, Decimal, Decimal]]
    parties: Mapping[Role, int]
    largest: Mapping[Role, Sequence[int | None]]

    def named(self, role: Role, limit: int) -> Sequence[int | None]:
        """The largest parties of a role, ``limit`` of them; one more than the limit is not left out alone.

        Gathering a single party would hide it for nothing. ``limit`` is less than ``LARGEST``.
        """
        return self.largest[role][: limit + 1 if self.parties[role] == limit + 1 else limit]


def of(chosen: Chosen) -> Totals:
    """The totals of lines put aside."""
    ranked = {role: [party for party, _ in chosen.ranked(role)] for role in ROLES}
    counts = {role: len(found) for role, found in ranked.items()}
    largest = {role: found[:LARGEST] for role, found in ranked.items()}
    return Totals(chosen.sums(), chosen.by_year(), chosen.returns(), counts, largest)


def keep(path: Path, found: Mapping[str, Totals]) -> None:
    """Put the totals of each status in the ledger at ``path``."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany("INSERT INTO total VALUES (?, ?)", ((status, _text(totals)) for status, totals in found.items()))


def kept(db: sqlite3.Connection, status: str) -> Totals | None:
    """The totals of all lines of a status, None where the ledger has no such line."""
    row = db.execute("SELECT told FROM total WHERE status = ?", (status,)).fetchone()
    return None if row is None else _read(json.loads(row[0]))


def _text(totals: Totals) -> str:
    told = {
        "sums": _told(totals.sums),
        "by_year": [[year, *_told(sums)] for year, sums in totals.by_year.items()],
        "returns": [[one, other, _units(paid), _units(got)] for one, other, paid, got in totals.returns],
        "parties": totals.parties,
        "largest": totals.largest,
    }
    return json.dumps(told, separators=(",", ":"))


def _read(kept: Mapping[str, Any]) -> Totals:
    return Totals(
        _sums(*kept["sums"]),
        {year: _sums(*sums) for year, *sums in kept["by_year"]},
        [(one, other, euros(paid), euros(got)) for one, other, paid, got in kept["returns"]],
        kept["parties"],
        kept["largest"],
    )


def _told(sums: Sums) -> list[int | None]:
    return [None if sums.amount is None else _units(sums.amount), sums.lines, sums.untold]


def _sums(amount: int | None, lines: int, untold: int) -> Sums:
    return Sums(told(amount), lines, untold)


def _units(amount: Decimal) -> int:
    return int(amount * AMOUNT_UNITS)
