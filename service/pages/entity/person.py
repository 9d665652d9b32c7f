"""The portrait of an élu: mandates, attendance, proxies, named votes. A private person has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from service.pages.entity import money
from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.organisation import names

_VOTES: Final = (("dg:votedAgainstBy", "against"), ("dg:abstainedBy", "abstained"), ("dg:notVotingBy", "not-voting"))
_ATTENDED: Final = ("Present", "Represented", "Absent")


def portray(desk: Desk, node: NamedNode) -> None:
    """All blocks of a person."""
    names(desk, node)
    for key, role in (("presided", "dg:president"), ("kept-minutes", "dg:secretary")):
        held = len({_sitting(desk, session) for session in desk.facts.pointing(role, node)})
        desk.told(key, desk.figure("number", held or None))
    _mandates(desk, node)
    entries = desk.facts.pointing("dg:member", node)
    _attendance(desk, entries)
    _proxies(desk, "proxies-given", entries, "dg:proxyHolder")
    _proxies(desk, "proxies-held", desk.facts.pointing("dg:proxyHolder", node), "dg:member")
    _votes(desk, node)
    with money.account(desk, "beneficiary", node) as received:
        money.list_table(desk, "fundings-received", received, "funder", "programme")


def _sitting(desk: Desk, session: NamedNode | None) -> NamedNode | None:
    """The séance, whichever of its states a document tells."""
    return (desk.facts.one(session, "dct:isVersionOf") or session) if session else None


def _mandates(desk: Desk, node: NamedNode) -> None:
    found = [
        membership
        for membership in desk.facts.pointing("org:member", node)
        if desk.facts.is_a(membership, "org:Membership")
    ]

    def row(membership: NamedNode) -> list[Cell]:
        facts = desk.facts
        roles = [desk.term(role.value) for role in facts.nodes(membership, "org:role")]
        seen = [facts.text(facts.one(membership, f"dg:{end}Session"), "dct:date") for end in ("first", "last")]
        body = facts.one(membership, "org:organization")
        return [desk.link(body), Cell(" ; ".join(roles)), *(desk.figure("date", day) for day in seen)]

    headings = [("body", "text"), ("office", "text"), ("first-seen", "date"), ("last-seen", "date")]
    desk.table("mandates", headings, sorted(found, key=str), row, note=desk.say("mandates-note"))


def _attendance(desk: Desk, entries: Iterable[NamedNode]) -> None:
    """Séances by year and body, told once for each way they are told: as the query attendance-by-member counts."""
    counted: dict[tuple[str, str], dict[str, set[NamedNode | None]]] = {}
    for entry in entries:
        session, status = desk.facts.one(entry, "dg:session"), desk.facts.one(entry, "dg:status")
        if session is None or status is None:
            continue
        body = desk.facts.one(session, "dg:governingBody")
        key = desk.facts.text(session, "dct:date")[:4], desk.name(body) if body else ""
        counted.setdefault(key, {}).setdefault(status.value.rsplit("#", 1)[-1], set()).add(_sitting(desk, session))
    found = sorted(counted.items(), key=lambda item: item[0], reverse=True)

    def row(item: tuple[tuple[str, str], dict[str, set[NamedNode | None]]]) -> list[Cell]:
        (year, body), told = item
        sessions = len(set().union(*told.values()))
        figures = [len(told.get(status, ())) for status in _ATTENDED]
        return [
            Cell(year or desk.say("undated"), None, "year"),
            Cell(body),
            desk.figure("number", sessions),
            desk.figure("number", figures[0], 100 * figures[0] / sessions),
            *(desk.figure("number", figure) for figure in figures[1:]),
        ]

    headings = [("year", "year"), ("body", "text"), ("sessions", "number")]
    headings += [(status.lower(), "number") for status in _ATTENDED]
    desk.table("attendance", headings, found, row, note=desk.say("attendance-note"), whole=True)


def _proxies(desk: Desk, key: str, entries: Iterable[NamedNode], other: str) -> None:
    """Proxies by the person at the other end, a séance counted once, the most frequent first."""
    counted: dict[NamedNode, set[tuple[str, NamedNode | None]]] = {}
    for entry in entries:
        session = desk.facts.one(entry, "dg:session")
        for person in desk.facts.nodes(entry, other):
            counted.setdefault(person, set()).add((desk.facts.text(session, "dct:date"), _sitting(desk, session)))
    found = sorted(counted.items(), key=lambda item: (-len(item[1]), str(item[0])))

    def row(item: tuple[NamedNode, set[tuple[str, NamedNode | None]]]) -> list[Cell]:
        person, told = item
        latest = max(day for day, _ in told)
        return [desk.link(person), desk.figure("number", len({s for _, s in told})), desk.figure("date", latest)]

    desk.table(key, [("name", "text"), ("sessions", "number"), ("last-seen", "date")], found, row)


def _votes(desk: Desk, node: NamedNode) -> None:
    told = {
        (act, how)
        for name, how in _VOTES
        for vote in desk.facts.pointing(name, node)
        for act in desk.facts.pointing("dg:vote", vote)
    }
    days = desk.days(act for act, _ in told)
    found = [(days.get(act.value, ""), act, how) for act, how in told]

    def row(told: tuple[str, NamedNode, str]) -> list[Cell]:
        day, act, how = told
        return [desk.figure("date", day), Cell(desk.say(how)), desk.link(act)]

    ordered = sorted(found, key=lambda told: (told[0], str(told[1]), told[2]), reverse=True)
    desk.table(
        "votes", [("date", "date"), ("vote", "text"), ("act", "text")], ordered, row, note=desk.say("votes-note")
    )
