"""The fundings that one party, programme or action stands in, and what they add up to, as the ledger counts.

Subsidies and contributions; a part is not counted beside a total that answers to the same party; an amount "par an"
counts each year of its period, fifteen at most, any other once, in its first year (:mod:`graph.ledger`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal, TypeAlias, overload
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from graph.ledger import Criteria, Entry
from service import labels
from service.pages import french, links
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import term

Role: TypeAlias = Literal["funder", "programme", "beneficiary"]
#: In the order that pages show them.
STATUSES: Final = ("Awarded", "Requested", "Budgeted", "Rejected")


def lines(desk: Desk, role: Role, node: NamedNode) -> list[Entry]:
    """The fundings that have ``node`` in a role, one line a funding and year, of every status."""
    known = desk.money.ids.get(node.value)
    if known is None:
        return []
    ids, found = frozenset({known}), []
    for status in STATUSES:
        wanted = Criteria(
            status=status,
            funder=ids if role == "funder" else None,
            programme=ids if role == "programme" else None,
            beneficiary=ids if role == "beneficiary" else None,
        )
        with desk.money.ledger.choose(wanted, once=True) as chosen:
            found += chosen.entries()
    return found


def selections(desk: Desk, node: NamedNode, found: Iterable[tuple[Role, Sequence[Entry]]]) -> None:
    """A way to the same money on /funding, where it is drawn, narrowed and taken home, for each role that has some."""
    path = labels.local_path(node.value, desk.base)
    desk.told(
        "in-funding",
        *(
            Cell(desk.say(f"in-funding-{role}"), f"/funding?{urlencode([(role, path)])}")
            for role, its in found
            if its and path
        ),
    )


def lines_of_action(desk: Desk, action: NamedNode) -> list[Entry]:
    """The fundings of an action; one that is part of another of them is not told beside it."""
    found = set(desk.facts.pointing("dg:supportsAction", action))
    tops = [funding.value for funding in found if not found.intersection(desk.facts.nodes(funding, "dg:partOf"))]
    return desk.money.ledger.of(tops)


def awarded(found: Iterable[Entry]) -> list[Entry]:
    """Those that a body decided to grant."""
    return [line for line in found if line.status == "Awarded"]


def by_year(found: Iterable[Entry]) -> dict[int, Decimal]:
    """Sums of the stated amounts by year."""
    sums: dict[int, Decimal] = {}
    for line in found:
        if line.amount is not None:
            sums[line.year] = sums.get(line.year, Decimal(0)) + line.amount
    return sums


def years_table(desk: Desk, series: Sequence[tuple[str, Sequence[Entry]]], note: str = "") -> None:
    """Money by year, a column a series (key of its heading, its lines), with its total and a bar."""
    shown = [(key, told) for key, found in series if (told := by_year(found))]
    years = sorted({year for _, told in shown for year in told}, reverse=True)
    if not years:
        return
    largest = max(amount for _, told in shown for amount in told.values()) or Decimal(1)

    def row(year: int) -> list[Cell]:
        cells = [Cell(str(year), None, "year")]
        for _, told in shown:
            amount = told.get(year)
            cells.append(desk.figure("euros", amount, None if amount is None else float(100 * amount / largest)))
        return cells

    totals = [desk.figure("euros", sum(told.values(), Decimal(0))) for _, told in shown]
    untold = len({line.funding for _, found in series for line in found if line.amount is None})
    notes = (note, desk.say("untold").format(count=untold) if untold else "")
    desk.table(
        "years",
        [("year", "year"), *((key, "euros") for key, _ in shown)],
        years,
        row,
        note=" ".join(each for each in notes if each),
        total=(Cell(desk.say("total")), *totals),
        whole=True,
    )


def parties_table(desk: Desk, key: str, role: Role, found: Iterable[Entry]) -> None:
    """Who stands at the other end, in ``role``, with what it comes to, largest first."""
    groups: dict[int | None, list[Entry]] = {}
    for line in found:
        groups.setdefault(getattr(line, role), []).append(line)
    sums = {
        party: sum((line.amount for line in its if line.amount is not None), Decimal(0))
        for party, its in groups.items()
    }

    def row(party: int | None) -> list[Cell]:
        its = groups[party]
        told = any(line.amount is not None for line in its)
        return [
            _party(desk, party),
            desk.figure("euros", sums[party] if told else None),
            desk.figure("number", len({line.funding for line in its})),
            Cell(french.years(min(line.year for line in its), max(line.year for line in its)), None, "year"),
        ]

    ranked = sorted(groups, key=lambda party: (-sums[party], party is None, party or 0))
    desk.table(key, [("name", "text"), ("awarded", "euros"), ("fundings", "number"), ("years", "year")], ranked, row)


class _Listed(Sequence[Entry]):
    """Fundings in order, with the sheets of those that a page shows."""

    def __init__(self, desk: Desk, ordered: Sequence[Entry]) -> None:
        self._desk, self._ordered = desk, ordered
        self.sheets: dict[int, tuple[str, str | None]] = {}
        """IRI and passage of each that was given, by its id."""

    def __len__(self) -> int:
        return len(self._ordered)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        found = self._ordered[place]
        shown = [found] if isinstance(found, Entry) else found
        self.sheets |= self._desk.money.ledger.sheets({line.funding for line in shown})
        return found


def list_table(desk: Desk, key: str, found: Sequence[Entry], *ends: Role) -> None:
    """The fundings one by one, latest first; ``ends`` are the parties to show."""
    yearly = {line.funding for line in found if line.year > line.first}
    single = {line.funding: line for line in sorted(found, key=lambda line: -line.year)}

    def row(line: Entry) -> list[Cell]:
        amount = desk.figure("euros", line.amount)
        if line.funding in yearly and amount.text:
            amount = Cell(f"{amount.text} {desk.say('per-year')}", None, "euros")
        iri, evidence = listed.sheets[line.funding]
        sentence = links.sentence(evidence)
        return [
            Cell(french.years(line.first, line.last), None, "year"),
            *(_party(desk, getattr(line, end), named=end != "programme") for end in ends),
            amount if amount.text else Cell(desk.say("no-amount"), None, "euros unknown"),
            Cell(desk.term(term(f"dg:{line.status}").value), None, "status"),
            Cell(desk.say("funding"), labels.local_path(iri, desk.base) or iri),
            Cell(desk.say("sentence"), sentence) if sentence else Cell(""),
        ]

    headings = [("period", "year"), *((end, "text") for end in ends)]
    headings += [("amount", "euros"), ("status", "status"), ("sheet", "text"), ("proof", "text")]
    ordered = sorted(single.values(), key=lambda line: (-line.first, -(line.amount or 0), line.funding))
    listed = _Listed(desk, ordered)
    desk.table(key, headings, listed, row)


def _party(desk: Desk, party: int | None, *, named: bool = True) -> Cell:
    """A party; one that is not there is said to be unnamed unless most fundings have none."""
    if party is None and not named:
        return Cell("")
    return desk.link(NamedNode(desk.money.things[party].iri) if party is not None else None)
