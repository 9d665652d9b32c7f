"""The Jinja environment that all HTML pages share, and one function to answer with a page."""

from __future__ import annotations

import functools

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from service.pages import french


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
