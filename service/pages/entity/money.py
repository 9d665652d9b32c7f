"""The fundings that one party, programme or action stands in, and what they add up to, as DESIGN §5 counts.

Subsidies and contributions; a part is not counted beside a total that answers to the same party; an amount "par an"
counts each year of its period, fifteen at most, any other once, in its first year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from service.pages import french, links
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import Facts, term

_COUNTED: Final = frozenset({term("dg:subsidy"), term("dg:contribution")})
_MOST_YEARS: Final = 15
#: In the order that pages show them.
STATUSES: Final = ("Awarded", "Requested", "Budgeted", "Rejected")


@dataclass(frozen=True, slots=True)
class Line:
    """One funding. ``first`` and ``last`` are the years it spans, 0 where nothing dates it; ``amount`` in euros."""

    funding: NamedNode
    status: str
    amount: Decimal | None
    first: int
    last: int
    yearly: bool
    funder: NamedNode | None
    beneficiary: NamedNode | None
    programme: NamedNode | None
    act: NamedNode | None

    @property
    def years(self) -> range:
        """The years it counts in."""
        last = min(self.last, self.first + _MOST_YEARS - 1) if self.yearly else self.first
        return range(self.first, max(self.first, last) + 1)

    @property
    def whole(self) -> Decimal:
        """Its amount over all its years, zero where none is stated."""
        return (self.amount or Decimal(0)) * len(self.years)


def lines(facts: Facts, role: str, node: NamedNode) -> list[Line]:
    """The fundings that have ``node`` in a role ("dg:funder"), latest first."""
    found = [_line(facts, funding) for funding in _counted(facts, role, node)]
    return sorted(found, key=lambda line: (-line.first, -line.whole, line.funding.value))


def _counted(facts: Facts, role: str, node: NamedNode) -> list[NamedNode]:
    return [
        funding
        for funding in facts.pointing(role, node)
        if facts.is_a(funding, "dg:Funding")
        if facts.one(funding, "dg:kind") in (None, *_COUNTED)
        if not any(node in facts.nodes(whole, role) for whole in _wholes(facts, funding))
    ]


def _wholes(facts: Facts, funding: NamedNode) -> set[NamedNode]:
    """The totals that a funding is part of, however far above."""
    found: set[NamedNode] = set()
    waiting = facts.nodes(funding, "dg:partOf")
    while waiting:
        if (whole := waiting.pop()) not in found:
            found.add(whole)
            waiting += facts.nodes(whole, "dg:partOf")
    return found


def _line(facts: Facts, funding: NamedNode) -> Line:
    act = facts.one(funding, "dg:decidedBy")
    start, end = (facts.text(funding, name)[:4] for name in ("dg:startYear", "dg:endYear"))
    decided = facts.day(act)[:4] if act else ""
    status = facts.one(funding, "dg:status")
    amount = facts.text(funding, "dg:amount")
    return Line(
        funding=funding,
        status=status.value.rsplit("#", 1)[-1] if status else "",
        amount=Decimal(amount) if amount else None,
        first=int(start or end or decided or 0),
        last=int(end or start or decided or 0),
        yearly=bool(facts.nodes(funding, "dg:per")),
        funder=facts.one(funding, "dg:funder"),
        beneficiary=facts.one(funding, "dg:beneficiary"),
        programme=facts.one(funding, "dg:underProgramme"),
        act=act,
    )


def by_year(found: Iterable[Line]) -> dict[int, Decimal]:
    """Sums of the stated amounts by year."""
    sums: dict[int, Decimal] = {}
    for line in found:
        if line.amount is not None:
            for year in line.years:
                sums[year] = sums.get(year, Decimal(0)) + line.amount
    return sums


def awarded(found: Iterable[Line]) -> list[Line]:
    """Those that a body decided to grant."""
    return [line for line in found if line.status == "Awarded"]


def years_table(desk: Desk, series: Sequence[tuple[str, Sequence[Line]]], note: str = "") -> None:
    """Money by year, a column a series (key of its heading, its lines), with its total and a bar."""
    sums = [(key, by_year(found)) for key, found in series]
    shown = [(key, told) for key, told in sums if told]
    years = sorted({year for _, told in shown for year in told}, reverse=True)
    if not years:
        return
    largest = max(amount for _, told in shown for amount in told.values()) or Decimal(1)

    def row(year: int) -> list[Cell]:
        cells = [Cell(str(year) if year else desk.say("undated"), None, "year")]
        for _, told in shown:
            amount = told.get(year)
            cells.append(desk.figure("euros", amount, None if amount is None else float(100 * amount / largest)))
        return cells

    totals = [desk.figure("euros", sum(told.values(), Decimal(0))) for _, told in shown]
    untold = sum(line.amount is None for _, found in series for line in found)
    notes = [note, desk.say("untold").format(count=untold) if untold else ""]
    desk.table(
        "years",
        [("year", "year"), *((key, "euros") for key, _ in shown)],
        years,
        row,
        note=" ".join(each for each in notes if each),
        total=(Cell(desk.say("total")), *totals),
        whole=True,
    )


def parties_table(desk: Desk, key: str, role: str, found: Iterable[Line]) -> None:
    """Who stands at the other end (``role``: the attribute of a line), with what it comes to, largest first."""
    groups: dict[NamedNode | None, list[Line]] = {}
    for line in found:
        groups.setdefault(getattr(line, role), []).append(line)
    ranked = sorted(
        groups.items(), key=lambda group: (-sum(line.whole for line in group[1]), group[0] is None, str(group[0]))
    )

    def row(group: tuple[NamedNode | None, list[Line]]) -> list[Cell]:
        party, its = group
        told = [line.whole for line in its if line.amount is not None]
        spans = [year for line in its for year in line.years if year]
        return [
            desk.link(party),
            desk.figure("euros", sum(told, Decimal(0)) if told else None),
            desk.figure("number", len(its)),
            Cell(french.years(min(spans, default=None), max(spans, default=None)), None, "year"),
        ]

    desk.table(key, [("name", "text"), ("awarded", "euros"), ("fundings", "number"), ("years", "year")], ranked, row)


def list_table(desk: Desk, key: str, found: Sequence[Line], *ends: str) -> None:
    """The fundings one by one; ``ends`` are the parties to show (attributes of a line)."""

    def row(line: Line) -> list[Cell]:
        period = french.years(line.first or None, line.last or None)
        amount = desk.figure("euros", line.amount)
        if line.yearly and amount.text:
            amount = Cell(f"{amount.text} {desk.say('per-year')}", None, "euros")
        return [
            Cell(period, None, "year"),
            *(desk.link(getattr(line, end)) for end in ends),
            desk.link(line.programme) if line.programme else Cell(""),
            amount if amount.text else Cell(desk.say("no-amount"), None, "unknown"),
            Cell(desk.term(term(f"dg:{line.status}").value), None, "status"),
            Cell(desk.say("funding"), desk.link(line.funding).href),
            Cell(desk.say("sentence"), sentence) if (sentence := _sentence(desk, line.funding)) else Cell(""),
        ]

    headings = [("period", "year"), *((end, "text") for end in ends)]
    headings += [("programme", "text"), ("amount", "euros"), ("status", "status"), ("sheet", "text"), ("proof", "text")]
    desk.table(key, headings, found, row)


def _sentence(desk: Desk, funding: NamedNode) -> str | None:
    evidence = min((node.value for node in desk.facts.pointing("dg:supports", funding)), default=None)
    return links.sentence(evidence)
