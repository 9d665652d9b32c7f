"""Routes of /queries: the list, each query's form with its answer, and the answer as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

import queries
from queries import NamedQuery, ValueRefusedError
from service import language, rdf
from service.caching import CACHE_CONTROL, etag, not_modified
from service.named import asked, write
from service.named.asked import Asked
from service.named.formats import data, offers
from service.negotiation import HTML, Choice, Format
from service.pages import ask, english, french, links, money, tables
from service.pages.render import PageRoute, json, page
from service.pages.streaming import streamed
from service.problems import Problem, Told
from service.store import NoReleaseError, Row

router = APIRouter(route_class=PageRoute)

#: Rows of a page of the form, where the address does not say.
SHOWN = 100
#: Acts up to which an answer is waited for, also by a form that nothing was asked of yet: over more, it takes seconds.
WHOLE = 1_000


@router.get("/queries")
def catalogue(request: Request) -> Response:
    """The list of the named queries."""
    spoken = language.of(request)
    return page(request, "queries.html", language=spoken, bilingual=True, queries=list(queries.catalogue().values()))


@router.get("/queries.json")
def catalogue_json() -> Response:
    """The same as data: names, titles, parameters, columns, formats."""
    return json([_told(query) for query in queries.catalogue().values()])


@router.get("/queries/{name}.{form}")
def result(request: Request, name: str, form: str) -> Response:
    """The answer in the format of the suffix. Raises Problem 400 and 406, UnknownQueryError."""
    query = queries.find(name)
    return _answer(request, query, rdf.negotiate(request, offers(query), form))


@router.get("/queries/{name}")
def negotiated(request: Request, name: str) -> Response:
    """The form with the answer below it, or the answer in the format that Accept asks for."""
    query = queries.find(name)
    return _answer(request, query, rdf.negotiate(request, offers(query), None))


def _answer(request: Request, query: NamedQuery, choice: Choice) -> Response:
    if choice.format is HTML:
        return _form(request, query)
    wanted = asked.read(request, query)
    query.bind(wanted.values)  # a refused value is told before anything is said to be unchanged
    release = ask.reader(request).live().id
    parts = (wanted.address, str(wanted.rows), str(wanted.excel))
    tag = etag(release, query.name, query.text, choice.media, *parts)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept"}
    if query.form == "SELECT":
        return _rows(request, wanted, choice, headers)
    headers["Link"] = _described(query)
    body = rdf.write(ask.triples(request, query, wanted.values), choice.format.name)
    return Response(body, headers=headers, media_type=choice.content_type)


def _rows(request: Request, wanted: Asked, choice: Choice, headers: Mapping[str, str]) -> Response:
    query, rows = wanted.query, wanted.rows
    found = ask.solutions(request, query, wanted.values)
    total, path = len(found), f"/queries/{query.name}.{choice.format.suffix}"
    address = "&".join(filter(None, (wanted.address, "excel=1" if wanted.excel else "")))
    around = rows.links(path, address, total)
    link = ", ".join([_described(query), *(f'<{href}>; rel="{rel}"' for rel, href in around.items())])
    end = None if rows.limit is None else rows.offset + rows.limit
    return Response(
        _written(wanted, choice.format, found, total, around, end),
        headers={**headers, "Link": link, **_saved(query, choice.format)},
        media_type=choice.content_type,
    )


def _written(
    wanted: Asked, form: Format, found: list[Row], total: int, around: Mapping[str, str], end: int | None
) -> bytes:
    query, kept = wanted.query, found[wanted.rows.offset : end]
    names = [column.name for column in query.columns]
    if form.name in write.WRITERS:
        return write.WRITERS[form.name](names, kept)
    plain = ask.plain(kept)
    if form.name == "csv":
        return tables.to_csv(query.columns, plain, excel=wanted.excel)
    body = {
        "query": query.name,
        "values": wanted.values,
        "count": total,
        **({"limit": wanted.rows.limit, "offset": wanted.rows.offset} if end is not None else {}),
        **({"next": around["next"]} if "next" in around else {}),
        "rows": tables.to_json(query.columns, plain),
    }
    return bytes(json(body).body)


def _saved(query: NamedQuery, form: Format) -> dict[str, str]:
    """CSV is a file to save; other formats are for programs."""
    return {"Content-Disposition": f'attachment; filename="{query.name}.csv"'} if form.name == "csv" else {}


def _described(query: NamedQuery) -> str:
    return f'</id/query/{query.name}>; rel="describedby"'


@dataclass(frozen=True)
class Found:
    """What a form shows of an answer: a page of rows, or the start of a graph; ``told``: why there is none."""

    count: int = 0
    table: tables.Table = field(default_factory=lambda: tables.Table((), ()))
    graph: str = ""
    around: Mapping[str, str] = field(default_factory=dict)
    first: int = 1
    told: Told | None = None

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.table.body) - 1


def _form(request: Request, query: NamedQuery) -> Response:
    """The form with the answer below it; over many acts, the form first and the answer when it is there."""
    spoken = language.of(request)
    wanted = asked.read(request, query)
    context: dict[str, Any] = {
        "query": query,
        "values": {p.name: wanted.values.get(p.name, p.default) for p in query.parameters},
        "examples": queries.EXAMPLES,
        "statuses": _statuses(spoken),
        "problem": None,
        "told": None,
        "waits": _waits(request, query),
        "address": wanted.address,
        "formats": data(query),
        "text": query.text,
        "bilingual": True,
    }
    try:
        context["text"] = query.standalone(wanted.values)
    except ValueRefusedError as error:
        told = Problem.of_value(str(error), error.parameter, error.expected, error.example).told(spoken)
        context |= {"problem": error, "told": told}
    context["sparql"] = links.sparql(context["text"])
    if context["problem"] is None and not context["waits"]:
        if _many(request) and not ask.remembered(request, query, wanted.values):
            answer = partial(_found_late, request, wanted, spoken)
            return streamed(request, "query.html", spoken, long=True, answer=answer, **context)
        found = _found(request, wanted, spoken)
        return page(request, "query.html", language=spoken, long=False, answer=lambda: found, **context)
    return page(request, "query.html", 400 if context["problem"] else 200, spoken, **context)


def _found_late(request: Request, wanted: Asked, spoken: language.Language) -> Found:
    """The same once the page is under way: what goes wrong is told on it."""
    try:
        return _found(request, wanted, spoken)
    except Problem as problem:
        return Found(told=problem.told(spoken))
    except NoReleaseError as error:
        return Found(told=Problem.of_status(503, str(error)).told(spoken))


def _found(request: Request, wanted: Asked, spoken: language.Language) -> Found:
    """The page of rows that is asked for, or the start of the graph."""
    query = wanted.query
    if query.form != "SELECT":
        triples = ask.triples(request, query, wanted.values)
        return Found(len(triples), graph=rdf.write(triples[:SHOWN], "turtle").decode())
    rows = ask.rows(request, query, wanted.values)
    part = asked.Slice(wanted.rows.limit or SHOWN, wanted.rows.offset)
    around = part.links(f"/queries/{query.name}", _kept(request, wanted), len(rows))
    kept = rows[part.offset : part.offset + (part.limit or SHOWN)]
    shown = tables.html(query.columns, kept, ask.settings(request).base, spoken)
    return Found(len(rows), shown, around=around, first=part.offset + 1)


def _many(request: Request) -> bool:
    """Whether there is so much that a query over all of it takes seconds."""
    return money.of(request).figures["acts"] > WHOLE


def _waits(request: Request, query: NamedQuery) -> bool:
    """Whether the form comes alone: it asks for values, none was given yet, and all rows would take seconds."""
    asked_for = set(request.query_params) - {"lang"}
    return bool(query.parameters) and not asked_for and _many(request)


def _kept(request: Request, wanted: Asked) -> str:
    """The values and the language that the address asks for: what the links to other pages of rows repeat."""
    spoken = language.explicit(request)
    return urlencode({**wanted.values, **({"lang": spoken} if spoken else {})})


def _statuses(spoken: language.Language) -> dict[str, str]:
    known = french.words("status")
    return known if spoken == "fr" else {key: english.term(key) for key in known}


def _told(query: NamedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "form": query.form,
        "title": query.titles,
        "description": query.descriptions,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "default": p.default,
                "label": p.labels,
                "example": queries.EXAMPLES[p.type],
            }
            for p in query.parameters
        ],
        "columns": [{"name": c.name, "kind": c.kind, "label": c.labels} for c in query.columns],
        "formats": {offer.suffix: offer.media for offer in data(query)},
    }
