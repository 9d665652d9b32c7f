"""What is read of a ledger: things, and fundings by year, with amounts in euros."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from graph.ledger.layout import AMOUNT_UNITS, CONFIDENCE_UNITS


class Thing(NamedTuple):
    """An organisation, a person without a name, a programme or a theme. ``kind``: its class, "" where it has none."""

    id: int
    iri: str
    label: str
    kind: str


class Line(NamedTuple):
    """One funding in one year, as it is listed. Parties are ids of things, ``funding`` and ``act`` are IRIs."""

    funding: str
    status: str
    kind: str
    year: int
    first: int
    last: int
    funder: int | None
    programme: int | None
    beneficiary: int | None
    amount: Decimal | None
    confidence: Decimal | None
    act: str
    title: str
    date: str
    evidence: str | None


#: Place of the amount in a line; the confidence follows it.
_AMOUNT = 9


def line(row: tuple[Any, ...]) -> Line:
    """A line from a row that has numbers in the units of the ledger."""
    values = list(row)
    values[_AMOUNT], values[_AMOUNT + 1] = told(row[_AMOUNT]), _confidence(row[_AMOUNT + 1])
    return Line(*values)


def told(units: int | None) -> Decimal | None:
    """An amount in euros, None where none is stated."""
    return None if units is None else euros(units)


def euros(units: int) -> Decimal:
    """An amount in euros."""
    return Decimal(units) / AMOUNT_UNITS


def _confidence(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units) / CONFIDENCE_UNITS
