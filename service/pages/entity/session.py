"""The portrait of a séance: when, who presided, who was there, what was decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from service.pages import links
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import term

_COUNTS: Final = (
    ("members", "dg:members"), ("in-office", "dg:membersInOffice"), ("present-count", "dg:presentCount"),
    ("proxy-count", "dg:proxyCount"),
)  # fmt: skip
_ORDER: Final = ("Present", "Represented", "Absent")


def portray(desk: Desk, node: NamedNode) -> None:
    """All blocks of a session."""
    facts = desk.facts
    day, bodies = desk.figure("date", facts.text(node, "dct:date")), facts.nodes(node, "dg:governingBody")
    desk.title = desk.say("session-title").format(day=day.text) if day.text else desk.say("session-undated")
    desk.title += "".join(f", {desk.name(body)}" for body in bodies[:1])
    desk.told("held-on", day)
    desk.told("body", *map(desk.link, bodies))
    desk.told("president", *map(desk.link, facts.nodes(node, "dg:president")))
    desk.told("secretary", *map(desk.link, facts.nodes(node, "dg:secretary")))
    desk.told("convoked", desk.figure("date", facts.text(node, "dg:convocationDate")))
    for key, name in _COUNTS:
        desk.told(key, desk.figure("number", facts.text(node, name)))
    other = [*facts.nodes(node, "dct:isVersionOf"), *facts.pointing("dct:isVersionOf", node)]
    desk.told("versions", *(desk.link(version, desk.say("version")) for version in sorted(set(other), key=str)))
    acts = [act for act in facts.pointing("dg:session", node) if facts.is_a(act, "dg:Deliberation")]
    sources = sorted({source for act in acts for source in facts.nodes(act, "dct:source")}, key=desk.name)
    desk.told("read-in", *(Cell(desk.name(source), links.document(source.value)) for source in sources))
    _acts(desk, acts)
    roster(desk, node)


def _acts(desk: Desk, found: list[NamedNode]) -> None:
    def row(act: NamedNode) -> list[Cell]:
        vote = desk.facts.one(act, "dg:vote")
        return [
            Cell(desk.facts.text(act, "eli:id_local"), None, "code-number"),
            desk.link(act),
            Cell(vote_told(desk, vote) if vote else ""),
            desk.figure("euros", granted(desk, act)),
        ]

    ordered = sorted(found, key=lambda act: (desk.facts.text(act, "eli:id_local"), act.value))
    headings = [("number", "code-number"), ("act", "text"), ("vote", "text"), ("awarded", "euros")]
    desk.table("session-acts", headings, ordered, row, note=desk.say("session-acts-note"))


def vote_told(desk: Desk, vote: NamedNode) -> str:
    """The outcome and the count, as far as the act tells them."""
    facts = desk.facts
    outcome = facts.one(vote, "dg:outcome")
    told = [desk.term(outcome.value) if outcome else ""]
    told.append(desk.say("unanimous") if facts.text(vote, "dg:unanimous") == "true" else "")
    for key, name in (("for", "votesFor"), ("against", "votesAgainst"), ("abstained", "abstentions")):
        if count := facts.text(vote, f"dg:{name}"):
            told.append(f"{desk.say(key)} {count}")
    return ", ".join(each for each in told if each)


def granted(desk: Desk, act: NamedNode) -> Decimal | None:
    """What an act awards, as it is written: totals, without their parts; None where it states no amount."""
    facts = desk.facts
    told = [
        Decimal(amount)
        for funding in facts.pointing("dg:decidedBy", act)
        if facts.is_a(funding, "dg:Funding") and not facts.nodes(funding, "dg:partOf")
        if facts.one(funding, "dg:status") == term("dg:Awarded")
        if facts.one(funding, "dg:kind") in (None, term("dg:subsidy"), term("dg:contribution"))
        if (amount := facts.text(funding, "dg:amount"))
    ]
    return sum(told, Decimal(0)) if told else None


def roster(desk: Desk, node: NamedNode) -> None:
    """Who sat, who gave a proxy to whom, who was away."""
    found: list[tuple[int, str, NamedNode]] = []
    for entry in desk.facts.pointing("dg:session", node):
        status, member = desk.facts.one(entry, "dg:status"), desk.facts.one(entry, "dg:member")
        if status is not None and member is not None and desk.facts.is_a(entry, "dg:Attendance"):
            local = status.value.rsplit("#", 1)[-1]
            found.append((_ORDER.index(local) if local in _ORDER else len(_ORDER), desk.name(member), entry))

    def row(told: tuple[int, str, NamedNode]) -> list[Cell]:
        entry = told[2]
        holder, status = desk.facts.one(entry, "dg:proxyHolder"), desk.facts.one(entry, "dg:status")
        return [
            desk.link(desk.facts.one(entry, "dg:member")),
            Cell(desk.term(status.value) if status else ""),
            desk.link(holder) if holder else Cell(""),
        ]

    headings = [("name", "text"), ("attendance", "text"), ("proxy-to", "text")]
    desk.table("roster", headings, sorted(found, key=lambda told: (told[0], told[1], str(told[2]))), row)
