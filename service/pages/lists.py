"""``/organisation``, ``/person``, ``/programme``, ``/session``, ``/document``: lists, also as CSV and JSON."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from queries import fold
from service.pages import ask, tables
from service.pages.render import PageRoute, csv_file, json, page

router = APIRouter(route_class=PageRoute)

#: Path of a list → its query.
LISTS = {
    "organisation": "list-organisation",
    "person": "list-person",
    "programme": "list-programme",
    "session": "list-session",
    "document": "documents",
}
PAGE_ROWS = 300


def _found(request: Request, name: str) -> list[ask.Record]:
    """The rows of a list that hold the text of the address's ``filter``, whatever its accents and case."""
    wanted = fold(request.query_params.get("filter", ""))
    rows = ask.page_rows(request, LISTS[name])
    return [row for row in rows if wanted in fold(" ".join(row.values()))] if wanted else rows


def _list(request: Request) -> Response:
    name, _, form = request.url.path.strip("/").partition(".")
    query, rows = ask.page_query(LISTS[name]), _found(request, name)
    if form == "csv":
        return csv_file(tables.to_csv(query.columns, rows), name)
    if form == "json":
        return json(tables.to_json(query.columns, rows))
    wanted = request.query_params.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < len(wanted) < 9 else 1
    start = (max(1, number) - 1) * PAGE_ROWS
    return page(
        request,
        "list.html",
        name=name,
        query=query,
        filter=request.query_params.get("filter", ""),
        count=len(rows),
        table=tables.html(query.columns, rows[start : start + PAGE_ROWS], ask.settings(request).base),
        number=max(1, number),
        pages=-(-len(rows) // PAGE_ROWS),
    )


for _name in LISTS:
    for _form in ("", ".csv", ".json"):
        router.add_api_route(f"/{_name}{_form}", _list, methods=["GET"], response_class=Response)
