"""``/static/…``: style sheet, icon and vendored files, with validators so that browsers fetch them once."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.staticfiles import StaticFiles

router = APIRouter()

_files = StaticFiles(packages=[("service", "static")])


@router.get("/static/{path:path}")
async def static(request: Request, path: str) -> Response:
    """One file of ``service/static``; 404 outside it."""
    response = await _files.get_response(path, request.scope)
    response.headers["Cache-Control"] = "max-age=3600"
    return response
