"""``/queries``: the named queries, their forms and results in HTML, CSV and JSON."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

import queries
from service.pages import ask, french, links, tables
from service.pages.render import PageRoute, csv_file, json, page

router = APIRouter(route_class=PageRoute)

#: Rows shown on the page; CSV and JSON have all of them.
SHOWN = 500
#: Parameters that change the form of the answer and are no values of the query.
FORMS = {"excel"}


def values_of(request: Request) -> dict[str, str]:
    """The values that the address gives, without the empty ones."""
    given = {name: value.strip() for name, value in request.query_params.items() if name not in FORMS}
    return {name: value for name, value in given.items() if value}


@router.get("/queries")
def catalogue(request: Request) -> Response:
    """The list of the named queries."""
    return page(request, "queries.html", queries=list(queries.catalogue().values()))


@router.get("/queries.json")
def catalogue_json() -> Response:
    """The same as data: names, titles, parameters."""
    return json(
        [
            {
                "name": query.name,
                "title": query.titles,
                "description": query.descriptions,
                "parameters": [
                    {"name": p.name, "type": p.type, "default": p.default, "label": p.labels} for p in query.parameters
                ],
            }
            for query in queries.catalogue().values()
        ]
    )


@router.get("/queries/{name}.csv")
def result_csv(request: Request, name: str, excel: bool = False) -> Response:
    """All rows as CSV (``excel=1``: semicolons and decimal commas)."""
    query = queries.find(name)
    rows = ask.rows(request, query, values_of(request))
    return csv_file(tables.to_csv(query.columns, rows, excel=excel), name)


@router.get("/queries/{name}.json")
def result_json(request: Request, name: str) -> Response:
    """All rows as JSON."""
    query, values = queries.find(name), values_of(request)
    rows = tables.to_json(query.columns, ask.rows(request, query, values))
    return json({"query": name, "values": values, "count": len(rows), "rows": rows})


@router.get("/queries/{name}")
def result(request: Request, name: str) -> Response:
    """The form of a query, its result and its text."""
    query, values = queries.find(name), values_of(request)
    problem, rows = "", []
    try:
        rows = ask.rows(request, query, values)
        text = query.standalone(values)
    except queries.ValueRefusedError as error:
        problem, text = str(error), query.text
    return page(
        request,
        "query.html",
        status=400 if problem else 200,
        query=query,
        values={p.name: values.get(p.name, p.default) for p in query.parameters},
        statuses=french.words("status"),
        problem=problem,
        table=tables.html(query.columns, rows[:SHOWN], ask.settings(request).base),
        count=len(rows),
        shown=SHOWN,
        address=urlencode(values),
        text=text,
        sparql=links.sparql(text),
    )
