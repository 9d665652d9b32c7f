"""The portraits of a programme (contrat de ville, CTAI …), of a strand and of an action."""

from __future__ import annotations

from pyoxigraph import NamedNode

from graph.ledger import Account
from service.pages import french
from service.pages.entity import money
from service.pages.entity.acts import acts
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.organisation import actions, agreements, names


def portray(desk: Desk, node: NamedNode) -> None:
    """All blocks of a programme."""
    facts = desk.facts
    names(desk, node)
    _dates(desk, node)
    desk.told("family", *(Cell(desk.term(each.value)) for each in facts.nodes(node, "dg:family")))
    desk.told("territory", *map(desk.link, facts.nodes(node, "dg:territory")))
    desk.told("signatories", *map(desk.link, facts.nodes(node, "dg:signatory")))
    desk.told("legal-basis", *map(Cell, facts.texts(node, "dg:legalBasis")))
    desk.told("steered", *map(Cell, facts.texts(node, "dg:steeredBy")))
    _lineage(desk, node)
    with money.account(desk, "programme", node) as its:
        money.selections(desk, node, [("programme", its)])
        _money(desk, its)
    agreements(desk, "dg:underProgramme", node)
    strands = [part for part in _within(desk, node) if facts.is_a(part, "dg:Strand")]
    desk.table("strands", [("name", "text")], strands, lambda strand: [desk.link(strand)])
    actions(desk, _within(desk, node))
    acts(desk, "dg:mentions", node)


def portray_action(desk: Desk, node: NamedNode) -> None:
    """All blocks of an action or a strand."""
    facts = desk.facts
    names(desk, node)
    desk.told("part-of", *map(desk.link, facts.nodes(node, "dct:isPartOf")))
    desk.told("carried-by", *map(desk.link, facts.nodes(node, "dg:carriedBy")))
    desk.told("legal-basis", *map(Cell, facts.texts(node, "dg:legalBasis")))
    desk.told("steered", *map(Cell, facts.texts(node, "dg:steeredBy")))
    with money.account_of_action(desk, node) as its:
        _money(desk, its)
    actions(desk, _within(desk, node))
    acts(desk, "dg:mentions", node)
    desk.quoted = True


def _dates(desk: Desk, node: NamedNode) -> None:
    start, end, until = (desk.facts.text(node, f"dg:{name}")[:4] for name in ("startYear", "endYear", "extendedTo"))
    desk.told(
        "period", Cell(french.years(start, end) if end else desk.say("since").format(year=start) if start else "")
    )
    desk.told("extended", Cell(until))


def _money(desk: Desk, its: Account) -> None:
    """What was told of it, budget beside award, then who gives, who receives, and each funding."""
    series = [(status.lower(), its, status) for status in money.STATUSES]
    money.years_table(desk, series, desk.say("counting-programme"))
    money.parties_table(desk, "funders", "funder", its)
    money.parties_table(desk, "beneficiaries", "beneficiary", its)
    money.list_table(desk, "fundings", its, "funder", "beneficiary")


def _within(desk: Desk, node: NamedNode) -> list[NamedNode]:
    """All that it contains, however deep."""
    found: dict[NamedNode, None] = {}
    waiting = [node]
    while waiting:
        for part in sorted(desk.facts.pointing("dct:isPartOf", waiting.pop()), key=str):
            if part != node and part not in found:
                found[part] = None
                waiting.append(part)
    return list(found)


def _chain(desk: Desk, node: NamedNode, *, forward: bool) -> list[NamedNode]:
    """What came before it (what it replaces, and so on), or after it, nearest first."""
    found: list[NamedNode] = []
    waiting = [node]
    while waiting:
        here = waiting.pop(0)
        near = desk.facts.pointing("dct:replaces", here) if forward else desk.facts.nodes(here, "dct:replaces")
        for other in near:
            if other != node and other not in found:
                found.append(other)
                waiting.append(other)
    return found


def _lineage(desk: Desk, node: NamedNode) -> None:
    """What it follows, contains, is part of and what follows it."""
    before, after = (_chain(desk, node, forward=forward) for forward in (False, True))
    parts = [part for part in desk.facts.pointing("dct:isPartOf", node) if desk.facts.is_a(part, "dg:Programme")]
    found = [
        *(("replaces", other) for other in before),
        *(("replaced-by", other) for other in after),
        *(("part-of", other) for other in desk.facts.nodes(node, "dct:isPartOf")),
        *(("contains", other) for other in sorted(parts, key=str)),
    ]

    def row(told: tuple[str, NamedNode]) -> list[Cell]:
        relation, other = told
        start, end = (desk.facts.text(other, f"dg:{name}")[:4] for name in ("startYear", "endYear"))
        return [Cell(desk.say(relation)), desk.link(other), Cell(french.years(start, end), None, "year")]

    desk.table("lineage", [("relation", "text"), ("programme", "text"), ("period", "year")], found, row)
