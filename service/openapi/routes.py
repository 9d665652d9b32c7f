"""Routes of /openapi.json and /api."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service import language
from service.openapi.document import describe
from service.pages.render import json, page

router = APIRouter()


@router.get("/openapi.json")
def document(request: Request) -> Response:
    """The addresses of the service in OpenAPI 3.1."""
    answer = json(describe(language.of(request)))
    answer.headers["Vary"] = "Accept-Language"
    return answer


@router.get("/api")
def people(request: Request) -> Response:
    """The same as a page, without scripts."""
    spoken = language.of(request)
    return page(request, "api.html", language=spoken, bilingual=True, document=describe(spoken))
