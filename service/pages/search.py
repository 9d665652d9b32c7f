"""``/search?q=``: names of organisations, persons and programmes, and titles of acts."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from queries import ValueRefusedError, find, fold
from service.pages import ask, links
from service.pages.render import PageRoute, json, page

router = APIRouter(route_class=PageRoute)

SHOWN = 50


def _found(request: Request, words: str) -> dict[str, list[dict[str, str]]]:
    """Hits by kind (names, acts); each with ``title``, ``href`` and ``excerpt``."""
    base = ask.settings(request).base
    names = ask.rows(request, find("names"), {"name": words})
    programmes = ask.rows(request, find("programme-lineage"), {"programme": words})
    acts = ask.rows(request, find("acts"), {"about": words})
    return {
        "names": [
            {"title": r["name"], "href": links.local(r["name_iri"], base), "excerpt": r.get("others", "")}
            for r in names[:SHOWN]
        ]
        + [
            {"title": r["programme"], "href": links.local(r["programme_iri"], base), "excerpt": "dispositif"}
            for r in programmes[:SHOWN]
        ],
        "acts": [
            {"title": r.get("act", r["file"]), "href": links.document(r["file_iri"]), "excerpt": r["date"]}
            for r in acts[:SHOWN]
        ],
    }


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """The search page."""
    words = q.strip()
    problem = ""
    found: dict[str, list[dict[str, str]]] = {"names": [], "acts": []}
    if fold(words):
        try:
            found = _found(request, words)
        except ValueRefusedError:
            problem = "La recherche est trop longue : quelques mots suffisent."
    return page(request, "search.html", status=400 if problem else 200, q=words, found=found, problem=problem)


@router.get("/search.json")
def search_json(request: Request, q: str = "") -> Response:
    """The same as data."""
    return json({"q": q, "results": _found(request, q) if fold(q) else {}})
