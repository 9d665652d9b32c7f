"""The fundings that one party, programme or action stands in, and what they add up to, as the ledger counts.

Subsidies and contributions; a part is not counted beside a total that answers to the same party; an amount "par an"
counts each year of its period, fifteen at most, any other once, in its first year (:mod:`graph.ledger`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Final, Literal, TypeAlias
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from graph.ledger import Account, Listed, Party
from service import labels
from service.pages import french, links
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import term

Role: TypeAlias = Literal["funder", "programme", "beneficiary"]
#: In the order that pages show them.
STATUSES: Final = ("Awarded", "Requested", "Budgeted", "Rejected")


@contextmanager
def account(desk: Desk, role: Role, node: NamedNode) -> Iterator[Account]:
    """The fundings that have ``node`` in a role, of every status."""
    with desk.money.ledger.account(role, node.value) as found:
        yield found


@contextmanager
def account_of_action(desk: Desk, action: NamedNode) -> Iterator[Account]:
    """The fundings of an action; one that is part of another of them is not told beside it."""
    found = set(desk.facts.pointing("dg:supportsAction", action))
    tops = [funding.value for funding in found if not found.intersection(desk.facts.nodes(funding, "dg:partOf"))]
    with desk.money.ledger.account_of(tops) as account:
        yield account


def selections(desk: Desk, node: NamedNode, found: Iterable[tuple[Role, Account]]) -> None:
    """A way to the same money on /funding, where it is drawn, narrowed and taken home, for each role that has some."""
    path = labels.local_path(node.value, desk.base)
    desk.told(
        "in-funding",
        *(
            Cell(desk.say(f"in-funding-{role}"), f"/funding?{urlencode([(role, path)])}")
            for role, its in found
            if path and its.holds("Awarded")
        ),
    )


def years_table(desk: Desk, series: Sequence[tuple[str, Account, str]], note: str = "") -> None:
    """Money by year, a column a series (key of its heading, account, status), with its total and a bar."""
    shown = [(key, told) for key, its, status in series if (told := its.sums(status))]
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
    untold = len({funding for _, its, status in series for funding in its.untold(status)})
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


def parties_table(desk: Desk, key: str, role: Role, its: Account) -> None:
    """Who stands at the other end of what was awarded, in ``role``, with what it comes to, largest first."""

    def row(party: Party) -> list[Cell]:
        return [
            _party(desk, party.iri),
            desk.figure("euros", party.amount),
            desk.figure("number", party.fundings),
            Cell(french.years(party.first, party.last), None, "year"),
        ]

    headings = [("name", "text"), ("awarded", "euros"), ("fundings", "number"), ("years", "year")]
    desk.table(key, headings, its.parties(role, "Awarded"), row)


def list_table(desk: Desk, key: str, its: Account, *ends: Role) -> None:
    """The fundings one by one, latest first; ``ends`` are the parties to show."""

    def row(funding: Listed) -> list[Cell]:
        amount = desk.figure("euros", funding.amount)
        if funding.yearly and amount.text:
            amount = Cell(f"{amount.text} {desk.say('per-year')}", None, "euros")
        sentence = links.sentence(funding.evidence)
        return [
            Cell(french.years(funding.first, funding.last), None, "year"),
            *(_party(desk, getattr(funding, end), named=end != "programme") for end in ends),
            amount if amount.text else Cell(desk.say("no-amount"), None, "euros unknown"),
            Cell(desk.term(term(f"dg:{funding.status}").value), None, "status"),
            Cell(desk.say("funding"), labels.local_path(funding.funding, desk.base) or funding.funding),
            Cell(desk.say("sentence"), sentence) if sentence else Cell(""),
        ]

    headings = [("period", "year"), *((end, "text") for end in ends)]
    headings += [("amount", "euros"), ("status", "status"), ("sheet", "text"), ("proof", "text")]
    desk.table(key, headings, its.fundings(), row)


def _party(desk: Desk, party: str | None, *, named: bool = True) -> Cell:
    """A party by its IRI; one that is not there is said to be unnamed unless most fundings have none."""
    if party is None and not named:
        return Cell("")
    return desk.link(NamedNode(party) if party is not None else None)
