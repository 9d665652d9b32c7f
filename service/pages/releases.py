"""``/releases``: the releases that are kept, and how many documents each changed.

Counts only: what an older release said, and what was removed from it, is no more published here than by the addresses
of its facts.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from graph.release import history
from service import language
from service.pages.render import PageRoute, json, page
from service.settings import Settings

router = APIRouter(route_class=PageRoute)


@router.get("/releases.json")
def releases_json(request: Request) -> Response:
    """The releases, latest first. Sizes in bytes."""
    settings: Settings = request.app.state.settings
    return json([each.as_dict() for each in history(settings.data)])


@router.get("/releases")
def releases(request: Request) -> Response:
    """The page. Raises NoReleaseError."""
    settings: Settings = request.app.state.settings
    live = request.app.state.reader.live()
    return page(
        request,
        "releases.html",
        language=language.of(request),
        bilingual=True,
        release=live.id,
        releases=history(settings.data),
    )
