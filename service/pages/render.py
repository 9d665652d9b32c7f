"""The Jinja environment that all HTML pages share, and answers in HTML, CSV and JSON."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import Any

import jinja2
import orjson
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from queries import QueryError, UnknownQueryError
from service.pages import french
from service.problems import Problem
from service.store import NoReleaseError


@functools.cache
def environment() -> jinja2.Environment:
    """Templates of ``service/templates``: autoescaped, undefined names are errors, French filters included.

    Filters: ``euros``, ``number``, ``date_fr``, ``confidence``, and ``word(group)`` for vocabulary values.
    """
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("service", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        euros=french.euros,
        number=french.number,
        date_fr=french.date_fr,
        confidence=french.confidence,
        word=lambda key, group: french.word(group, key),
    )
    env.globals["years"] = french.years
    return env


def page(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """Answer with a page. ``template`` is a file of ``service/templates``; ``context`` its variables."""
    html = environment().get_template(template).render(request=request, **context)
    return HTMLResponse(html, status_code=status)


def csv_file(content: bytes, name: str) -> Response:
    """Answer with a CSV file to save as ``name``.csv."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def json(content: object) -> Response:
    """Answer with JSON, indented for the eye."""
    return Response(orjson.dumps(content, option=orjson.OPT_INDENT_2), media_type="application/json")


class PageRoute(APIRoute):
    """A route whose own errors are told in French: refused value 400, unknown query 404, no release yet 503."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the errors of queries turned into problems, and a welcome before the first release."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except UnknownQueryError as error:
                raise Problem(404, "unknown-query", "Requête inconnue", str(error)) from error
            except QueryError as error:
                raise Problem(400, "value-refused", "Valeur refusée", str(error)) from error
            except NoReleaseError:
                if request.url.path.endswith((".csv", ".json")):
                    raise
                return page(request, "empty.html", status=503)

        return handled


def missing(what: str, remedy: str) -> Problem:
    """The problem of a page that is not there; both in French."""
    return Problem(404, "not-found", "Introuvable", f"{what}. {remedy}")
