"""``/document/{key}``: the published text, its evidence marked, and beside it the facts."""

from __future__ import annotations

import json as json_reader
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from service.pages import ask, facts, links
from service.pages import sheet as sheets
from service.pages.passages import Passage, cut
from service.pages.render import PageRoute, json, missing, page

router = APIRouter(route_class=PageRoute)

Key = Annotated[str, Path(pattern=r"^[0-9A-Za-z][0-9A-Za-z-]{0,80}$")]


@dataclass(frozen=True)
class Text:
    """The published text of a document: private names masked, offsets those of the evidence."""

    file_name: str
    media_type: str
    text: str
    page_starts: tuple[int, ...]


def read_text(release: FilePath, key: str) -> Text | None:
    """The published text of a document of a release, None where the release has none."""
    path = release / "texts" / f"{key}.json"
    try:
        found: dict[str, Any] = json_reader.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    starts = tuple(int(extent["start"]) for extent in found.get("pages") or ())
    return Text(found["file_name"], found["media_type"], found["text"], starts[1:])


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


@router.get("/document/{key}.json")
def document_json(request: Request, key: Key) -> Response:
    """The published text and its passages, each with the anchors of the facts it supports."""
    text = read_text(ask.reader(request).live().path, key)
    if text is None:
        raise missing(f"Document {key} : il n’est pas dans la version publiée", "Voir la liste des documents.")
    told = [{"start": p.start, "end": p.end, "facts": p.facts} for p in passages(request, key)]
    return json({"file_name": text.file_name, "media_type": text.media_type, "text": text.text, "passages": told})


@router.get("/document/{key}")
def document(request: Request, key: Key) -> Response:
    """The page of a document."""
    text = read_text(ask.reader(request).live().path, key)
    found = passages(request, key)
    if text is None and not found:
        raise missing(f"Document {key} : il n’est pas dans la version publiée", "Voir la liste des documents.")
    sheet = facts.read(request, key, found)
    # a passage is a link only where its fact is on the page
    shown = [Passage(p.start, p.end, tuple(a for a in p.facts if a in sheet.anchors)) for p in found]
    return page(
        request,
        "document.html",
        key=key,
        text=text,
        pieces=cut(text.text, shown, text.page_starts) if text else [],
        sheet=sheet,
        iri=f"/id/document/{key}",
    )
