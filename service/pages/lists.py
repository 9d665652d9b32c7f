"""``/organisation``, ``/person``, ``/programme``, ``/session``, ``/document``: lists, also as CSV and JSON."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from graph.normal import words
from graph.release import answers
from service import language, prepared
from service.pages import ask, english, tables
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
PAGE_ROWS = 100


def _found(request: Request, name: str, start: int = 0, size: int = -1) -> tuple[list[ask.Record], int]:
    """Rows of a list that hold the text of the address's ``filter``, whatever its accents and case; how many there are.

    ``size`` of them from ``start``, all where it is negative.
    """
    wanted = " ".join(words(request.query_params.get("filter", "")))
    if kept := ask.answer(request, prepared.page_query(LISTS[name])):
        return kept.rows(wanted, start, size), kept.count(wanted)
    rows = [row for row in ask.page_rows(request, LISTS[name]) if wanted in answers.searched(row)]
    return rows[start : len(rows) if size < 0 else start + size], len(rows)


def count(request: Request, name: str) -> int:
    """How many things a list has."""
    kept = ask.answer(request, prepared.page_query(LISTS[name]))
    return kept.count() if kept else len(ask.page_rows(request, LISTS[name]))


def _list(request: Request) -> Response:
    name, _, form = request.url.path.strip("/").partition(".")
    query = prepared.page_query(LISTS[name])
    if form == "csv":
        return csv_file(tables.to_csv(query.columns, _found(request, name)[0]), name)
    if form == "json":
        return json(tables.to_json(query.columns, _found(request, name)[0]))
    wanted = request.query_params.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < len(wanted) < 9 else 1
    rows, count = _found(request, name, (max(1, number) - 1) * PAGE_ROWS, PAGE_ROWS)
    spoken = language.of(request)
    if spoken == "en":
        rows = [row | {"type": english.word("type", row["type"])} if "type" in row else row for row in rows]
    return page(
        request,
        "list.html",
        language=spoken,
        bilingual=True,
        name=name,
        query=query,
        filter=request.query_params.get("filter", ""),
        count=count,
        table=tables.html(query.columns, rows, ask.settings(request).base, spoken),
        number=max(1, number),
        pages=-(-count // PAGE_ROWS),
    )


for _name in LISTS:
    for _form in ("", ".csv", ".json"):
        router.add_api_route(f"/{_name}{_form}", _list, methods=["GET"], response_class=Response)
