"""What each view of a selection draws, in ids of the ledger: made once a release and selection, then remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from fastapi import Request

from graph.ledger import Chosen, Criteria, Line, Order, Totals
from graph.ledger.selection import Role
from service.pages import ask, money
from service.pages.funding import network
from service.pages.funding.sankey import REST, Diagram, Link, layout
from service.pages.funding.shown import Shown

#: Parties a column of the diagram before the smallest are gathered, and where the column is unfolded.
NAMED: Final = 12
UNFOLDED: Final = 30
#: Rows and columns of the matrix.
MATRIX: Final[Mapping[Role, int]] = {"funder": 10, "beneficiary": 20}
#: Bodies of the network, and of the list beside it.
BODIES: Final = 32
#: Rows of the comparison.
COMPARED: Final = 25
#: What a gathered party is, in the sums of the ledger.
GATHERED: Final = 0
PAGE_ROWS: Final = 50

T = TypeVar("T")

#: How a party is called: by its id (None: the act names none) and role.
Namer = Callable[[int | None, str], str]


@dataclass(frozen=True)
class Flows:
    """The diagram's sums: by parties of each column; how many are gathered in each."""

    roles: tuple[Role, ...]
    sums: Mapping[tuple[int | None, ...], Decimal]
    gathered: Mapping[Role, int]


@dataclass(frozen=True)
class Matrix:
    """Sums by funder (rows) and beneficiary (columns), those gathered last."""

    rows: Sequence[int | None]
    columns: Sequence[int | None]
    sums: Mapping[tuple[int | None, ...], Decimal]
    gathered: Mapping[Role, int]

    def total(self, place: int, party: int | None) -> Decimal:
        """The sum of a row (place 0) or of a column (place 1)."""
        return sum((amount for pair, amount in self.sums.items() if pair[place] == party), Decimal(0))

    def shade(self, amount: Decimal) -> int:
        """From 1 to 5, by the share of the largest cell."""
        share = float(amount / max(self.sums.values()))
        return next(level for level, floor in ((5, 0.5), (4, 0.2), (3, 0.05), (2, 0.01), (1, 0)) if share >= floor)


@dataclass(frozen=True)
class Change:
    """What a party has in one year and in another, in euros."""

    party: int | None
    before: Decimal
    after: Decimal

    @property
    def gap(self) -> Decimal:
        """How much more."""
        return self.after - self.before


@dataclass(frozen=True)
class Bodies:
    """The network: payments among the bodies drawn; how many bodies and what sum are not."""

    payments: Mapping[tuple[int, int], Decimal]
    listed: Sequence[tuple[int, Decimal, Decimal]]
    left_out: int
    unnamed: Decimal


def basics(request: Request, criteria: Criteria) -> Totals:
    """What every view needs."""
    return ask.remember(request, ("funding", criteria), lambda: money.of(request).ledger.totals(criteria))


def lines(request: Request, criteria: Criteria, order: Order, start: int, size: int) -> list[Line]:
    """Lines of the table."""
    with money.of(request).ledger.choose(criteria, once=True) as chosen:
        return chosen.lines(order, start, size)


def flows(request: Request, criteria: Criteria, shown: Shown) -> Flows:
    """The sums of the diagram."""
    found = basics(request, criteria)
    # a column that says « no programme » alone says nothing
    none = shown.direct or list(found.largest["programme"]) == [None]
    roles: tuple[Role, ...] = ("funder", "beneficiary") if none else ("funder", "programme", "beneficiary")

    def made(chosen: Chosen) -> Flows:
        kept = {role: found.named(role, UNFOLDED if role == shown.opened else NAMED) for role in roles}
        gathered = {role: found.parties[role] - len(kept[role]) for role in roles}
        return Flows(roles, chosen.flows(roles, kept), gathered)

    return _remembered(request, criteria, ("flows", shown.direct, shown.opened), made)


def diagram(found: Flows, name: Namer) -> Diagram | None:
    """The diagram of these sums, each node with its key: an id, "none" or REST."""
    return layout(
        [
            Link(
                tuple(key_of(party) for party in parties),
                tuple(name(party, role) for party, role in zip(parties, found.roles, strict=True)),
                amount,
            )
            for parties, amount in found.sums.items()
        ]
    )


def key_of(party: int | None) -> str:
    """The key of a party in the diagram."""
    return "none" if party is None else REST if party == GATHERED else str(party)


def matrix(request: Request, criteria: Criteria) -> Matrix | None:
    """The matrix, None where no amount is told."""

    found = basics(request, criteria)

    def made(chosen: Chosen) -> Matrix | None:
        kept = {role: found.named(role, limit) for role, limit in MATRIX.items()}
        gathered = {role: found.parties[role] - len(kept[role]) for role in MATRIX}
        sums = chosen.flows(("funder", "beneficiary"), kept)
        if not sums:
            return None
        rows, columns = ([*kept[role], *([GATHERED] if gathered[role] else [])] for role in MATRIX)
        return Matrix(rows, columns, sums, gathered)

    return _remembered(request, criteria, "matrix", made)


def bodies(request: Request, criteria: Criteria, ego: int | None) -> Bodies:
    """The network of the largest bodies, or of those around ``ego``."""
    if ego is None:
        return _remembered(request, criteria, "bodies", _largest)
    payments, unnamed = _remembered(request, criteria, "payments", _payments)
    totals: dict[int, list[Decimal]] = {}
    for (payer, receiver), amount in payments.items():
        totals.setdefault(payer, [Decimal(0), Decimal(0)])[0] += amount
        totals.setdefault(receiver, [Decimal(0), Decimal(0)])[1] += amount
    drawn = network.around(payments, ego, 2, BODIES)
    kept = {pair: amount for pair, amount in payments.items() if pair[0] in drawn and pair[1] in drawn}
    listed = sorted(
        ((body, totals[body][0], totals[body][1]) for body in drawn if body in totals),
        key=lambda row: (row[0] != ego, -(row[1] + row[2]), row[0]),
    )
    return Bodies(kept, listed, len(totals) - len(listed), unnamed)


def _largest(chosen: Chosen) -> Bodies:
    """The largest bodies with what they pay each other."""
    listed, count = chosen.largest(BODIES)
    payments = chosen.among({body for body, _, _ in listed})
    return Bodies(payments, listed, count - len(listed), chosen.unnamed())


def _payments(chosen: Chosen) -> tuple[dict[tuple[int, int], Decimal], Decimal]:
    """Sums by payer and receiver, both named, and what has an end that is not named."""
    found, unnamed = {}, Decimal(0)
    for (payer, receiver), amount in chosen.pairs().items():
        if payer is None or receiver is None:
            unnamed += amount
        else:
            found[payer, receiver] = amount
    return found, unnamed


def compared(request: Request, criteria: Criteria, role: Role, before: int, after: int) -> list[Change]:
    """Parties by how much what they have changed between two years, most first."""
    found = _remembered(request, criteria, ("by year", role), lambda chosen: chosen.by_party_and_year(role))
    none = Decimal(0)
    changes = [Change(party, sums.get(before, none), sums.get(after, none)) for party, sums in found.items()]
    told = [change for change in changes if change.before or change.after]
    return sorted(told, key=lambda change: (-abs(change.gap), -change.after, change.party or 0))


def _remembered(request: Request, criteria: Criteria, what: object, make: Callable[[Chosen], T]) -> T:
    """What ``make`` gives of a selection."""

    def run() -> T:
        with money.of(request).ledger.choose(criteria, once=True) as chosen:
            return make(chosen)

    return ask.remember(request, ("funding", criteria, what), run)
