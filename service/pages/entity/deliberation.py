"""The portrait of a deliberation: when and by whom, the vote, what is decided, the money, what it names, who sat."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from service.pages import links
from service.pages.entity import funding, session
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import term
from service.pages.entity.organisation import actions

_VOTERS: Final = (("against", "dg:votedAgainstBy"), ("abstained", "dg:abstainedBy"), ("not-voting", "dg:notVotingBy"))
_MATTER: Final = term("dg:matter-").value


def portray(desk: Desk, node: NamedNode) -> None:
    """All blocks of a deliberation."""
    facts = desk.facts
    sitting = facts.one(node, "dg:session")
    _heading(desk, node, sitting)
    money = facts.pointing("dg:decidedBy", node)
    agreements = facts.pointing("dg:approvedBy", node)
    _checks(desk, [node, *filter(None, (sitting, facts.one(node, "dg:vote"))), *money, *agreements])
    _decisions(desk, node)
    fundings = [each for each in money if facts.is_a(each, "dg:Funding") or facts.is_a(each, "dg:FundingToReview")]
    funding.table(desk, "money", fundings, note=_sum(desk, node))
    _agreements(desk, agreements)
    named = facts.nodes(node, "dg:mentions")
    _programmes(desk, [each for each in named if facts.is_a(each, "dg:Programme")])
    actions(desk, named)
    organisations = sorted((each for each in named if facts.is_a(each, "dg:Organisation")), key=desk.name)
    desk.table("named-organisations", [("name", "text"), ("class", "text")], organisations, lambda n: _called(desk, n))
    cited = sorted(facts.nodes(node, "eli:cites"), key=desk.name)
    desk.table("cited", [("name", "text")], cited, lambda each: [desk.link(each)])
    if sitting is not None:
        session.roster(desk, sitting)


def _heading(desk: Desk, node: NamedNode, sitting: NamedNode | None) -> None:
    facts = desk.facts
    for document in facts.nodes(node, "dct:source"):
        desk.told("read-in", Cell(desk.name(document), f"{links.document(document.value)}#{links.anchor(node.value)}"))
    if sitting is not None:
        date = desk.figure("date", facts.text(sitting, "dct:date"))
        desk.told("sitting", desk.link(sitting, date.text))
        desk.told("body", *map(desk.link, facts.nodes(sitting, "dg:governingBody")))
        desk.told("president", *map(desk.link, facts.nodes(sitting, "dg:president")))
    desk.told("act-number", *map(Cell, facts.texts(node, "eli:id_local")))
    desk.told("theme", *(Cell(desk.name(each)) for each in _themes(desk, node)))
    vote = facts.one(node, "dg:vote")
    if vote is not None:
        sentence = funding.first_sentence(desk, vote)
        desk.told("vote", Cell(session.vote_told(desk, vote) or desk.say("vote-untold"), sentence or None))
        for key, name in _VOTERS:
            desk.told(f"{key}-by", *map(desk.link, facts.nodes(vote, name)))


def _themes(desk: Desk, node: NamedNode) -> list[NamedNode]:
    """What it is about, the authority's own words before the matters of the national nomenclature."""
    return sorted(desk.facts.nodes(node, "eli:is_about"), key=lambda each: (each.value.startswith(_MATTER), each.value))


def _checks(desk: Desk, nodes: list[NamedNode]) -> None:
    """What the gate remarked of the act, its session, its vote and its money."""
    store, found = desk.facts.store, dict[str, NamedNode]()
    for node in nodes:
        for quad in store.quads_for_pattern(None, term("sh:focusNode"), node, None):
            for message in store.quads_for_pattern(quad.subject, term("sh:resultMessage"), None, None):
                if isinstance(message.object, Literal) and message.object.language in (desk.language, None):
                    found[message.object.value] = node

    def row(told: tuple[str, NamedNode]) -> list[Cell]:
        sentence = funding.first_sentence(desk, told[1])
        return [Cell(told[0], None, "long"), Cell(desk.say("sentence"), sentence) if sentence else Cell("")]

    desk.table("checks", [("check", "text"), ("proof", "text")], sorted(found.items()), row, whole=True)


def _decisions(desk: Desk, node: NamedNode) -> None:
    facts = desk.facts

    def place(decision: NamedNode) -> tuple[int, str]:
        number = facts.text(decision, "eli:number")
        return int(number) if number.isascii() and number.isdigit() else 0, decision.value

    def row(decision: NamedNode) -> list[Cell]:
        sentence = funding.first_sentence(desk, decision)
        return [
            Cell(facts.text(decision, "eli:number"), None, "year"),
            Cell(facts.text(decision, "dg:text"), None, "long"),
            Cell(desk.say("sentence"), sentence) if sentence else Cell(""),
        ]

    headings = [("point", "year"), ("decided", "long"), ("proof", "text")]
    desk.table("decisions", headings, sorted(facts.nodes(node, "dg:decision"), key=place), row)


def _sum(desk: Desk, node: NamedNode) -> str:
    """What it awards in all; nothing to say where it states no amount."""
    granted = session.granted(desk, node)
    return desk.say("act-awards").format(amount=desk.figure("euros", granted).text) if granted is not None else ""


def _agreements(desk: Desk, found: list[NamedNode]) -> None:
    facts = desk.facts

    def row(agreement: NamedNode) -> list[Cell]:
        sentence = funding.first_sentence(desk, agreement)
        return [
            desk.link(agreement, facts.text(agreement, "dg:agreementType") or desk.say("agreement")),
            Cell(" ; ".join(map(desk.name, facts.nodes(agreement, "dg:party")))),
            funding.period(desk, agreement),
            Cell(desk.say("sentence"), sentence) if sentence else Cell(""),
        ]

    headings = [("agreement", "text"), ("parties", "text"), ("period", "year"), ("proof", "text")]
    desk.table("agreements", headings, sorted(found, key=str), row)


def _programmes(desk: Desk, found: list[NamedNode]) -> None:
    headings = [("programme", "text"), ("period", "year")]
    ordered = sorted(found, key=lambda each: each.value)
    desk.table("programmes", headings, ordered, lambda each: [desk.link(each), funding.period(desk, each)])


def _called(desk: Desk, organisation: NamedNode) -> list[Cell]:
    """An organisation and what it is, by the narrowest of its classes."""
    kinds = [kind for kind in desk.facts.nodes(organisation, "rdf:type") if kind != term("dg:Organisation")]
    ours = [desk.term(kind.value) for kind in kinds if kind.value.startswith(term("dg:").value)]
    return [desk.link(organisation), Cell(", ".join(ours))]
