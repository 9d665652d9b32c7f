"""``/funding``: who funds whom, as a diagram, a table, CSV and JSON, filtered by the address."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

import queries
from service.pages import ask, french, links, money, review, sankey, tables
from service.pages.render import PageRoute, csv_file, json, page

router = APIRouter(route_class=PageRoute)

PAGE_ROWS = 100
FILTERS = ("year", "programme", "status", "funder", "beneficiary")


def filters_of(request: Request) -> dict[str, str]:
    """The filters that the address gives, without the empty ones."""
    given = {name: request.query_params.get(name, "").strip() for name in FILTERS}
    return {name: value for name, value in given.items() if value}


@router.get("/funding")
def funding(request: Request) -> Response:
    """The page: totals, diagram, unstated amounts, table."""
    filters = filters_of(request)
    found = money.flows(request, filters)
    everything = found if not filters else money.flows(request, {"status": filters.get("status", "")})
    number = max(1, _integer(request.query_params.get("page")))
    start = (number - 1) * PAGE_ROWS
    return page(
        request,
        "funding.html",
        filters=filters,
        flows=found[start : start + PAGE_ROWS],
        count=len(found),
        untold=[flow for flow in found if flow.amount is None],
        total=money.total(found),
        by_year=money.by_year(found),
        diagram=sankey.layout(money.to_draw(found)),
        years=sorted({flow.year for flow in everything}, reverse=True),
        statuses=french.words("status"),
        meaning=french.words("status_meaning"),
        names={role: money.names(everything, role) for role in ("funder", "programme", "beneficiary")},
        base=ask.settings(request).base,
        address=urlencode(filters),
        sparql=links.sparql(queries.find(money.QUERY).standalone(filters)),
        to_review=review.awaiting(request).count,
        number=number,
        pages=-(-len(found) // PAGE_ROWS),
        start=start,
    )


@router.get("/funding.csv")
def funding_csv(request: Request, excel: bool = False) -> Response:
    """What the page shows, all rows, as CSV (``excel=1``: semicolons and decimal commas)."""
    rows = map(money.record, money.flows(request, filters_of(request)))
    return csv_file(tables.to_csv(queries.find(money.QUERY).columns, rows, excel=excel), "financements")


@router.get("/funding.json")
def funding_json(request: Request) -> Response:
    """What the page shows, all rows, as JSON, with the filters and the sum."""
    query, filters = queries.find(money.QUERY), filters_of(request)
    found = money.flows(request, filters)
    total, rows = money.total(found), tables.to_json(query.columns, map(money.record, found))
    told = None if total is None else float(total)
    return json({"query": query.name, "filters": filters, "total": told, "count": len(rows), "rows": rows})


def _integer(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else 1
