"""The portraits of a funding, of an award read too unsurely to be published, and of an agreement."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from service.pages import french, links
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import term

#: In the order that pages show them.
_STATUSES: Final = ("Awarded", "Requested", "Budgeted", "Rejected")


def portray(desk: Desk, node: NamedNode) -> None:
    """All that is told of one funding; an unsure reading says what it would be, and that it counts nowhere."""
    facts = desk.facts
    unsure = facts.is_a(node, "dg:FundingToReview")
    if unsure:
        desk.told("unsure", Cell(desk.say("unsure-note"), None, "unknown"))
    ends = [party for key in ("funder", "beneficiary") for party in [next(iter(parties(desk, node, key)), None)]]
    desk.title = amount(desk, node).text
    if any(ends):
        desk.title += " : " if desk.language == "fr" else ": "
        desk.title += " → ".join(desk.name(end) if end else desk.say("unnamed") for end in ends)
    desk.told("amount", amount(desk, node))
    desk.told("written", *map(Cell, facts.texts(node, "dg:amountAsWritten")))
    for key in ("funder", "beneficiary"):
        desk.told(key, *map(desk.link, parties(desk, node, key)))
    if not unsure:
        desk.told("status", status(desk, node))
    desk.told("kind", *map(desk.link, facts.nodes(node, "dg:kind")))
    desk.told("period", period(desk, node))
    desk.told("purpose", *map(Cell, facts.texts(node, "dg:purpose")))
    desk.told("programme", *map(desk.link, facts.nodes(node, "dg:underProgramme")))
    desk.told("action", *map(desk.link, facts.nodes(node, "dg:supportsAction")))
    if facts.text(node, "dg:conditional") == "true":
        desk.told("conditional", Cell(desk.say("yes")))
    _decided(desk, node, "dg:decidedBy")
    wholes = facts.nodes(node, "dg:partOf") + facts.nodes(node, "dg:proposedPartOf")
    desk.told("whole", *(desk.link(each, amount(desk, each).text) for each in wholes))
    if sure := facts.text(node, "dg:confidence"):
        percent = f"{round(100 * float(sure))}\u00a0%" if desk.language == "fr" else f"{round(100 * float(sure))}%"
        desk.told("confidence", Cell(percent, "/quality#surete"))
    desk.told("accepted", *map(desk.link, facts.nodes(node, "dg:acceptedBy")))
    parts = [*facts.pointing("dg:partOf", node), *facts.pointing("dg:proposedPartOf", node)]
    table(desk, "parts", parts, note=desk.say("parts-note"))
    desk.quoted = True


def portray_agreement(desk: Desk, node: NamedNode) -> None:
    """All that is told of one agreement."""
    facts = desk.facts
    desk.title = facts.text(node, "dg:agreementType") or desk.say("agreement")
    desk.title = desk.title[:1].upper() + desk.title[1:]
    if named := [desk.name(party) for party in facts.nodes(node, "dg:party")]:
        desk.title += " : " if desk.language == "fr" else ": "
        desk.title += ", ".join(named[:3]) + (" …" if len(named) > 3 else "")
    desk.told("agreement-type", *map(Cell, facts.texts(node, "dg:agreementType")))
    desk.told("parties", *map(desk.link, facts.nodes(node, "dg:party")))
    desk.told("period", period(desk, node))
    desk.told("programme", *map(desk.link, facts.nodes(node, "dg:underProgramme")))
    _decided(desk, node, "dg:approvedBy")
    desk.quoted = True


def _decided(desk: Desk, node: NamedNode, by: str) -> None:
    found = desk.facts.nodes(node, by)
    desk.told("act", *map(desk.link, found))
    desk.told("held-on", *(desk.figure("date", desk.days([act]).get(act.value, "")) for act in found[:1]))


def table(desk: Desk, key: str, found: Iterable[NamedNode], *, note: str = "") -> None:
    """Fundings one by one, awarded ones first, a part under its total."""
    facts = desk.facts

    def rank(node: NamedNode) -> tuple[int, str, bool, str]:
        local = _status(desk, node)
        whole = facts.one(node, "dg:partOf") or facts.one(node, "dg:proposedPartOf")
        place = _STATUSES.index(local) if local in _STATUSES else len(_STATUSES)
        return place, (whole or node).value, whole is not None, node.value

    def row(node: NamedNode) -> list[Cell]:
        part = bool(facts.nodes(node, "dg:partOf"))
        sentence = first_sentence(desk, node)
        purposes = facts.nodes(node, "dg:supportsAction") or facts.nodes(node, "dg:underProgramme")
        purpose = desk.link(purposes[0]) if purposes else Cell(facts.text(node, "dg:purpose"))
        return [
            *(desk.link(next(iter(parties(desk, node, role)), None)) for role in ("funder", "beneficiary")),
            dataclasses.replace(amount(desk, node), href=desk.link(node).href),
            Cell(desk.say("part") if part else "", None, "fine"),
            status(desk, node),
            Cell(", ".join(desk.term(kind.value) for kind in facts.nodes(node, "dg:kind"))),
            period(desk, node),
            purpose,
            Cell(desk.say("sentence"), sentence) if sentence else Cell(""),
        ]

    headings = [
        ("funder", "text"),
        ("beneficiary", "text"),
        ("amount", "euros"),
        ("part", "text"),
        ("status", "status"),
    ]
    headings += [("kind", "text"), ("period", "year"), ("purpose", "text"), ("proof", "text")]
    desk.table(key, headings, sorted(set(found), key=rank), row, note=note)


def parties(desk: Desk, node: NamedNode, role: str) -> list[NamedNode]:
    """Who pays (``funder``) or receives (``beneficiary``), or would by a reading to review."""
    return desk.facts.nodes(node, f"dg:{role}") or desk.facts.nodes(node, f"dg:proposed{role.capitalize()}")


def amount(desk: Desk, node: NamedNode) -> Cell:
    """The amount, "a year" where it is; "not stated" where the act states none."""
    facts = desk.facts
    cell = desk.figure("euros", facts.text(node, "dg:amount") or facts.text(node, "dg:proposedAmount"))
    if not cell.text:
        return Cell(desk.say("no-amount"), None, "euros unknown")
    yearly = term("dg:Year") in facts.nodes(node, "dg:per")
    return Cell(f"{cell.text} {desk.say('per-year')}", None, "euros") if yearly else cell


def status(desk: Desk, node: NamedNode) -> Cell:
    """Its status in the reader's language; that of a reading to review is that it is one."""
    local = _status(desk, node)
    return Cell(desk.term(term(f"dg:{local}").value) if local else desk.say("unsure"), None, "status")


def period(desk: Desk, node: NamedNode) -> Cell:
    """Its years."""
    start, end = (desk.facts.text(node, f"dg:{name}")[:4] for name in ("startYear", "endYear"))
    return Cell(french.years(start, end), None, "year")


def first_sentence(desk: Desk, node: NamedNode) -> str:
    """The address of the first passage that says it, empty where there is none."""
    found = desk.facts.pointing("dg:supports", node)
    first = min(found, key=lambda passage: int(desk.facts.text(passage, "dg:start") or 0), default=None)
    return links.sentence(first.value if first else None) or ""


def _status(desk: Desk, node: NamedNode) -> str:
    found = desk.facts.one(node, "dg:status")
    return found.value.rsplit("#", 1)[-1] if found else ""
