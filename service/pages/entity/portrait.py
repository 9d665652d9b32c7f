"""Which portrait an entity has, by its class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from fastapi import Request
from pyoxigraph import NamedNode, Triple

from service.language import Language
from service.pages import ask, money
from service.pages.entity import body, deliberation, funding, merges, organisation, person, programme, session
from service.pages.entity.blocks import Desk, Portrait
from service.pages.entity.graph import Facts

_MAKERS: Final[dict[str, Callable[[Desk, NamedNode], None]]] = {
    "dg:PrivatePerson": lambda _desk, _node: None,
    "dg:Organisation": organisation.portray,
    "dg:Person": person.portray,
    "dg:Programme": programme.portray,
    "dg:Action": programme.portray_action,
    "dg:Strand": programme.portray_action,
    "dg:Session": session.portray,
    "dg:Deliberation": deliberation.portray,
    "dg:Funding": funding.portray,
    "dg:FundingToReview": funding.portray,
    "dg:Agreement": funding.portray_agreement,
    "dg:GoverningBody": body.portray,
    "dg:CitedAct": body.portray_cited,
    "skos:Concept": body.portray_subject,
}


def portray(request: Request, node: NamedNode, outgoing: Iterable[Triple], language: Language) -> Portrait | None:
    """The portrait of a node of the live release, of which ``outgoing`` is said; None for what has none.

    Raises NoReleaseError.
    """
    store = ask.reader(request).live().store
    base = ask.settings(request).base
    facts = Facts(store)
    facts.know(node, outgoing)
    make = next((make for kind, make in _MAKERS.items() if facts.is_a(node, kind)), None)
    if make is None:
        return None

    def count(name: NamedNode, pointed: NamedNode) -> int:
        rows = ask.page_rows(request, "pointing", property=name.value, node=pointed.value)
        return int(rows[0]["count"]) if rows else 0

    desk = Desk(facts, base, language, request.query_params, money.of(request), count)
    make(desk, node)
    merges.explain(desk, node)
    return desk.portrait() if desk.lines or desk.blocks else None
