"""``/search?q=``: names, titles and passages, from the full-text index of the release (:mod:`graph.search`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from graph import search as index
from service.pages import ask, links
from service.pages.render import PageRoute, json, page

router = APIRouter(route_class=PageRoute)

SHOWN = 50
MAX_WORDS = 200  # characters
_MARKS = re.compile("[\x02\x03]")


@dataclass(frozen=True)
class Hit:
    """One result: what it is called, where it is, and its text in pieces, searched words told apart."""

    kind: str
    title: str
    href: str
    pieces: tuple[tuple[str, bool], ...]


def find(request: Request, words: str, *, passages: bool) -> list[Hit]:
    """The first ``SHOWN`` hits, passages only or everything else. Raises service.store.NoReleaseError."""
    path = ask.reader(request).live().path / "search.sqlite"
    base = ask.settings(request).base
    if passages:
        found = index.search(path, words, kind=index.PASSAGE, limit=SHOWN)
    else:
        found = [h for h in index.search(path, words, limit=2 * SHOWN) if h.kind != index.PASSAGE][:SHOWN]
    names = {row["file_iri"]: row["file"] for row in ask.page_rows(request, "documents")} if passages else {}
    return [_hit(hit, names, base) for hit in found]


def _hit(hit: index.Hit, names: dict[str, str], base: str) -> Hit:
    # the snippet marks what was searched between \x02 and \x03, so odd pieces are marked
    pieces = tuple((text, bool(n % 2)) for n, text in enumerate(_MARKS.split(hit.snippet)) if text)
    if hit.kind == index.PASSAGE:
        return Hit(hit.kind, names.get(hit.iri, hit.iri), f"{links.document(hit.iri)}#texte", pieces)
    new = () if "".join(text for text, _ in pieces) == hit.label else pieces
    return Hit(hit.kind, hit.label, links.local(hit.iri, base), new)


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """The search page."""
    words = q.strip()
    problem = "La recherche est trop longue : quelques mots suffisent." if len(words) > MAX_WORDS else ""
    wanted = "" if problem else words
    return page(
        request,
        "search.html",
        status=400 if problem else 200,
        q=words,
        problem=problem,
        names=find(request, wanted, passages=False),
        passages=find(request, wanted, passages=True),
    )


@router.get("/search.json")
def search_json(request: Request, q: str = "") -> Response:
    """The same as data."""
    found = [*find(request, q[:MAX_WORDS], passages=False), *find(request, q[:MAX_WORDS], passages=True)]
    rows = [{"kind": h.kind, "title": h.title, "href": h.href, "text": "".join(t for t, _ in h.pieces)} for h in found]
    return json({"q": q, "results": rows})
