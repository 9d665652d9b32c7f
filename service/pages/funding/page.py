"""The page of /funding: filters, sums, the view asked for, what may be taken home, and the table of the same lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request, Response

import queries
from graph.ledger import Criteria, Line, Totals
from graph.ledger.selection import ROLES, Role
from service.pages import french, links, money, review
from service.pages.funding import asked as asking
from service.pages.funding import behind, network, timeline, views
from service.pages.funding import selection as selections
from service.pages.funding.asked import Asked
from service.pages.render import PageRoute, page

router = APIRouter(route_class=PageRoute)

#: Names that a form suggests for each role.
SUGGESTED: Final = 100
#: Things that a name may stand for, told apart below the form.
TOLD_APART: Final = 8


@dataclass(frozen=True)
class Chip:
    """A filter that is in force: what it is, what it says, the address without it, and what a name may stand for."""

    name: str
    text: str
    without: str
    exact: bool
    stands_for: tuple[tuple[str, str], ...] = ()
    more: int = 0


@router.get("/funding")
def funding(request: Request) -> Response:
    """The page."""
    asked = asking.read(request)
    return page(request, "funding.html", language=asked.spoken, bilingual=True, **_context(asked))


def _context(asked: Asked) -> dict[str, Any]:
    request, shown, criteria = asked.request, asked.shown, asked.criteria
    basics = views.basics(request, criteria)
    every = views.basics(request, Criteria(status=criteria.status))
    start = (shown.number - 1) * views.PAGE_ROWS
    return {
        "asked": asked,
        "shown": shown,
        "selection": shown.selection,
        "basics": basics,
        "view": figure(asked, basics),
        "chips": _chips(asked),
        "years": sorted(every.by_year, reverse=True),
        "suggested": {role: _suggested(asked, every, role) for role in ROLES},
        "themes": [(asked.path(theme), asked.things[theme].label) for theme in money.of(request).ledger.themes()],
        "statuses": {status: asked.text("status", status) for status in queries.loader.STATUSES},
        "levels": [(int(float(floor) * 100), key) for key, floor in french.confidence_levels() if float(floor)],
        "rows": [(line, links.sentence(line.evidence)) for line in _lines(asked, start)],
        "start": start,
        "pages": -(-basics.sums.lines // views.PAGE_ROWS),
        "sparql": links.sparql(behind.query(shown.selection, asked.base, language=asked.spoken)),
        "sparql_sum": links.sparql(behind.query(shown.selection, asked.base, summed=True, language=asked.spoken)),
        "to_review": review.awaiting(request).count if shown.selection.status == "Awarded" else 0,
        "embed": str(request.url.replace(path="/funding/embed", query=shown.address())),
    }


def _lines(asked: Asked, start: int) -> list[Line]:
    return views.lines(asked.request, asked.criteria, asked.shown.order, start, views.PAGE_ROWS)


def _suggested(asked: Asked, every: Totals, role: Role) -> list[str]:
    found = (asked.things[party] for party in every.largest[role] if party is not None)
    return sorted({thing.label for thing in found if "/private-" not in thing.iri})[:SUGGESTED]


def _chips(asked: Asked) -> list[Chip]:
    """The parties and themes asked for: exact ones by their label, names with what they may stand for."""
    found = []
    for name in selections.NAMED:
        value = getattr(asked.selection, name)
        if not value:
            continue
        wanted = getattr(asked.criteria, name) or frozenset()
        ids = [thing for thing in asked.things if thing in wanted]
        exact = selections.is_path(value)
        text = asked.things[ids[0]].label if exact and ids else value
        others = tuple(
            (asked.things[one].label, asked.shown.href(selection=asked.selection.with_(**{name: asked.path(one)})))
            for one in (() if exact else ids[:TOLD_APART])
        )
        without = asked.shown.href(selection=asked.selection.with_(**{name: ""}))
        found.append(Chip(name, text, without, exact, others, max(0, len(ids) - TOLD_APART)))
    return found


def figure(asked: Asked, basics: Totals) -> dict[str, Any]:
    """What the template of the view draws."""
    request, shown, criteria = asked.request, asked.shown, asked.criteria
    if shown.view == "network":
        ego = money.of(request).ids.get(selections.iri(shown.ego, asked.base)) if shown.ego else None
        found = views.bodies(request, criteria, ego)
        return {"bodies": found, "drawing": network.layout(found.payments), "ego": ego}
    if shown.view == "years":
        return {"drawing": timeline.layout({year: sums.amount for year, sums in basics.by_year.items()})}
    if shown.view == "matrix":
        return {"matrix": views.matrix(request, criteria)}
    if shown.view == "compare":
        years = shown.selection.years
        if len(years) < 2:
            return {"changes": [], "years": years}
        changes = views.compared(request, criteria, shown.by, years[0], years[-1])  # type: ignore[arg-type]
        return {"changes": changes, "years": years}
    flows = views.flows(request, criteria, shown)
    return {"flows": flows, "drawing": views.diagram(flows, asked.name), "both": _both(flows)}


def _both(flows: views.Flows) -> set[str]:
    """Keys of the bodies that stand in both outer columns: they pay and are paid."""
    payers = {parties[0] for parties in flows.sums} & {parties[-1] for parties in flows.sums}
    return {views.key_of(party) for party in payers if party}
