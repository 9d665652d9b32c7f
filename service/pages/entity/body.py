"""The portraits of a governing body, of a subject, and of a text that acts cite."""

from __future__ import annotations

from pyoxigraph import NamedNode

from service.pages.entity.acts import acts
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.organisation import names


def portray(desk: Desk, node: NamedNode) -> None:
    """A council, a bureau: whose it is, its sessions, its members."""
    facts = desk.facts
    names(desk, node)
    desk.told("part-of", *map(desk.link, facts.nodes(node, "org:unitOf")))
    _sessions(desk, [each for each in facts.pointing("dg:governingBody", node) if facts.is_a(each, "dg:Session")])
    _members(desk, facts.pointing("org:organization", node))


def portray_subject(desk: Desk, node: NamedNode) -> None:
    """A theme or a matter of the nomenclature: the acts about it."""
    acts(desk, "eli:is_about", node, "acts-about")


def portray_cited(desk: Desk, node: NamedNode) -> None:
    """A law, a decree, another act: who cites it."""
    desk.told("act-number", *map(Cell, desk.facts.texts(node, "eli:id_local")))
    desk.told("held-on", desk.figure("date", desk.facts.text(node, "eli:date_document")))
    acts(desk, "eli:cites", node, "acts-citing")
    desk.quoted = True


def _sessions(desk: Desk, found: list[NamedNode]) -> None:
    """Latest first; what another document tells of the same séance stands behind its page."""
    facts = desk.facts
    own = [each for each in found if not facts.nodes(each, "dct:isVersionOf")]
    ordered = sorted(own, key=lambda each: (facts.text(each, "dct:date"), each.value), reverse=True)

    def row(session: NamedNode) -> list[Cell]:
        day = desk.figure("date", facts.text(session, "dct:date"))
        decided = [act for act in facts.pointing("dg:session", session) if facts.is_a(act, "dg:Deliberation")]
        return [
            desk.link(session, day.text, "date"),
            desk.link(chair) if (chair := facts.one(session, "dg:president")) else Cell(""),
            desk.figure("number", facts.text(session, "dg:presentCount")),
            desk.figure("number", len(decided)),
        ]

    headings = [("date", "date"), ("chair", "text"), ("present", "number"), ("deliberations", "number")]
    desk.table("sessions", headings, ordered, row)


def _members(desk: Desk, found: list[NamedNode]) -> None:
    facts = desk.facts
    kept = [each for each in found if facts.is_a(each, "org:Membership") and facts.nodes(each, "org:member")]

    def seen(membership: NamedNode, end: str) -> str:
        return facts.text(facts.one(membership, f"dg:{end}Session"), "dct:date")

    def row(membership: NamedNode) -> list[Cell]:
        roles = [desk.term(role.value) for role in facts.nodes(membership, "org:role")]
        days = [desk.figure("date", seen(membership, end)) for end in ("first", "last")]
        return [desk.link(facts.one(membership, "org:member")), Cell(" ; ".join(roles)), *days]

    # who sat last first, by name among them
    ordered = sorted(sorted(kept, key=lambda each: each.value), key=lambda each: seen(each, "last"), reverse=True)
    headings = [("name", "text"), ("office", "text"), ("first-seen", "date"), ("last-seen", "date")]
    desk.table("members-seen", headings, ordered, row, note=desk.say("mandates-note"))
