"""``/``: what this is, how much of it there is, the latest acts, and the way to the three first questions."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

import queries
from service.catalogue import structured
from service.pages import ask, money, tables
from service.pages.render import PageRoute, page

router = APIRouter(route_class=PageRoute)

LATEST = 8


@router.get("/")
def home(request: Request) -> Response:
    """The home page. The euros are those of :mod:`service.pages.money`: awarded, top level."""
    (counts,) = ask.page_rows(request, "counts")
    awarded = money.flows(request, {"status": "Awarded"})
    acts = queries.find("acts")
    columns = [
        column for column in acts.columns if column.name in ("date", "body", "act", "act_iri", "file", "file_iri")
    ]
    live = ask.reader(request).live()
    coverage = request.app.state.statistics.coverage()
    return page(
        request,
        "home.html",
        structured=structured.home(ask.settings(request), live.id, coverage),
        counts=counts,
        total=money.total(awarded),
        untold=sum(1 for flow in awarded if flow.amount is None),
        by_year=money.by_year(awarded),
        latest=tables.html(columns, ask.rows(request, acts)[:LATEST], ask.settings(request).base),
        release=live.id,
    )
