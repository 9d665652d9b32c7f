"""``/document/{key}``: the published text, its evidence marked, and beside it the facts."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Request, Response

from service import language as languages
from service.linked_data import removed
from service.pages import ask, completeness, facts, links, picture
from service.pages import sheet as sheets
from service.pages.passages import Passage, cut
from service.pages.published import Key, read_text
from service.pages.render import PageRoute, json, missing, page

router = APIRouter(route_class=PageRoute)


def passages(request: Request, key: str) -> list[Passage]:
    """The passages of a document, each with the anchors of its facts, the most telling fact first."""
    base = ask.settings(request).base
    found: dict[tuple[int, int], list[str]] = {}
    for row in ask.page_rows(request, "document-evidence", document=f"{base}/id/document/{key}"):
        found.setdefault((int(row["start"]), int(row["end"])), []).append(row["fact_iri"])
    return [
        Passage(start, end, tuple(links.anchor(iri) for iri in sorted(iris, key=sheets.rank)))
        for (start, end), iris in found.items()
    ]


def _printed(found: Iterable[Passage], page_starts: Sequence[int]) -> dict[str, int]:
    """The page on which each passage begins, by its anchor; none for a text without pages."""
    return {p.anchor: 1 + bisect.bisect_right(page_starts, p.start) for p in found} if page_starts else {}


@router.get("/document/{key}.json")
def document_json(request: Request, key: Key) -> Response:
    """The published text and its passages, each with the anchors of the facts it supports."""
    text = read_text(ask.reader(request).live().path, key)
    if text is None:
        removed.check(ask.reader(request).live().path, f"/id/document/{key}")
        raise missing(f"Document {key} : il n’est pas dans la version publiée", "Voir la liste des documents.")
    told = [{"start": p.start, "end": p.end, "facts": p.facts} for p in passages(request, key)]
    return json({"file_name": text.file_name, "media_type": text.media_type, "text": text.text, "passages": told})


@router.get("/document/{key}")
def document(request: Request, key: Key) -> Response:
    """The page of a document."""
    text = read_text(ask.reader(request).live().path, key)
    found = passages(request, key)
    if text is None and not found:
        removed.check(ask.reader(request).live().path, f"/id/document/{key}")
        raise missing(f"Document {key} : il n’est pas dans la version publiée", "Voir la liste des documents.")
    spoken = languages.of(request)
    sheet = facts.read(request, key, found, spoken)
    # a passage is a link only where its fact is on the page
    shown = [Passage(p.start, p.end, tuple(a for a in p.facts if a in sheet.anchors)) for p in found]
    return page(
        request,
        "document.html",
        language=spoken,
        bilingual=True,
        key=key,
        text=text,
        pieces=cut(text.text, shown, text.page_starts) if text else [],
        sheet=sheet,
        grade=completeness.of_document(request, key, text.text) if text else None,
        printed=_printed(shown, text.page_starts) if text else {},
        pages=1 + len(text.page_starts) if text else 0,
        pictured=text is not None and picture.is_shown(request, key, text),
        iri=f"/id/document/{key}",
    )
