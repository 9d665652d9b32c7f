"""``/funding/embed``: the drawing of a selection in a page of its own, the one page that other sites may frame."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from service import language as languages
from service.headers import COMMON_HEADERS
from service.pages.funding import asked as asking
from service.pages.funding import views
from service.pages.funding.page import figure
from service.pages.render import PageRoute, page

router = APIRouter(route_class=PageRoute)

_POLICY: Final = COMMON_HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")


@router.get("/funding/embed")
def embed(request: Request) -> Response:
    """The drawing, its sum, and the way to the whole page."""
    asked = asking.read(request)
    basics = views.basics(request, asked.criteria)
    answer = page(
        request,
        "funding/embed.html",
        language=asked.spoken,
        asked=asked,
        shown=asked.shown,
        basics=basics,
        view=figure(asked, basics),
    )
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Vary"] = languages.VARY
    return answer
