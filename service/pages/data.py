"""``/data``: what the data are as files, under which licence, how to cite them, and how to take them up elsewhere.

Snippets are files of ``service/pages/snippets``; a test runs each against a real server, so that what is shown works.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final

from fastapi import APIRouter, Request, Response

from service import language
from service.pages.render import PageRoute, page
from service.settings import Settings

router = APIRouter(route_class=PageRoute)

#: The snippets that are shown, in order: file, key of its title among the texts.
SNIPPETS: Final = (
    ("total-by-beneficiary.py", "data-python"),
    ("sparql.py", "data-python-sparql"),
    ("network.py", "data-python-network"),
    ("download.sh", "data-curl"),
)


@functools.cache
def snippet(name: str) -> str:
    """The text of a snippet, with ``{base}`` where the address of the service goes."""
    return resources.files("service.pages").joinpath("snippets", name).read_text(encoding="utf-8")


@router.get("/data")
def data(request: Request) -> Response:
    """The page. Raises NoReleaseError."""
    settings: Settings = request.app.state.settings
    live = request.app.state.reader.live()
    return page(
        request,
        "data.html",
        language=language.of(request),
        bilingual=True,
        release=live.id,
        base=settings.base,
        snippets=[(title, snippet(name).replace("{base}", settings.base)) for name, title in SNIPPETS],
    )
