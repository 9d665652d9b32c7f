"""``/``: what this is, how much of it there is, the latest acts, and where to begin."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

import queries
from graph.ledger import Criteria
from service import language as languages
from service.catalogue import structured
from service.language import Language
from service.pages import ask, money, tables
from service.pages.funding import views
from service.pages.render import PageRoute, page

router = APIRouter(route_class=PageRoute)

_SHOWN = ("date", "body", "act", "act_iri", "file", "file_iri")


@router.get("/")
def home(request: Request) -> Response:
    """The home page. The euros are those of /funding without filters: awarded, top level."""
    spoken = languages.of(request)
    live = ask.reader(request).live()
    awarded = views.basics(request, Criteria())
    return page(
        request,
        "home.html",
        language=spoken,
        bilingual=True,
        structured=structured.home(ask.settings(request), live.id, request.app.state.statistics.coverage()),
        counts=money.of(request).figures,
        total=awarded.sums.amount,
        untold=awarded.sums.untold,
        by_year={year: sums.amount for year, sums in sorted(awarded.by_year.items(), reverse=True)},
        latest=_latest(request, spoken),
        release=live.id,
        text=lambda kind, value: tables.shown(kind, "" if value is None else str(value), spoken),
    )


def _latest(request: Request, spoken: Language) -> tables.Table:
    columns = [column for column in queries.find("acts").columns if column.name in _SHOWN]
    return tables.html(columns, ask.page_rows(request, "latest-acts"), ask.settings(request).base, spoken)
