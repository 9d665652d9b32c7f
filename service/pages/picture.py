"""``/document/{key}/page/{number}.png``: a page of the document as its author laid it out.

Only the text of a document can be masked: where anything of it is, its pages are not shown. A page is drawn by a
process of its own, for it comes from a file that anyone may have made; what was drawn is kept in memory.
"""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from extract.facts import DocumentFacts
from graph.privacy import MASK
from service.ingest import pool
from service.ingest.documents import DocumentRecord
from service.pages import ask
from service.pages.published import Key, Text, read_text
from service.pages.render import PageRoute, missing
from service.problems import Problem

router = APIRouter(route_class=PageRoute)

#: Formats that have pages to show (extract.read.pictures), known here without loading the readers.
PICTURED = ("application/pdf", "image/png", "image/jpeg", "image/tiff")
#: Pixels across a page, bytes of pictures kept, seconds that one may take, and that a request waits for its turn.
_WIDTH, _KEPT_BYTES, _SECONDS, _PATIENCE = 1_100, 32_000_000, 20.0, 20.0


@dataclass(frozen=True)
class _Drawing:
    """A page to draw; the document's bytes are at ``raw``."""

    raw: FilePath
    name: str
    media_type: str
    number: int


class _Pictures:
    """The pictures drawn last, of at most ``_KEPT_BYTES`` in all; drawn one at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def get(self, drawing: _Drawing) -> bytes:
        """The picture of a page. Raises Problem: none can be drawn, or not now."""
        key = (drawing.raw.name, drawing.number)
        if (known := self._known(key)) is not None:
            return known
        if not self._turn.acquire(timeout=_PATIENCE):
            raise Problem.of_status(503, "Trop de pages sont demandées à la fois.", {"Retry-After": "10"})
        try:
            known = self._known(key) or _drawn(drawing)
        finally:
            self._turn.release()
        with self._lock:
            self._kept[key] = known
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _KEPT_BYTES:
                self._kept.popitem(last=False)
        return known

    def _known(self, key: tuple[str, int]) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)


@functools.cache
def _pictures() -> _Pictures:
    return _Pictures()


def draw(drawing: _Drawing) -> bytes:
    """Draw a page; raises DocumentError. Runs in a process of its own."""
    from extract.read.pictures import page_picture

    return page_picture(drawing.name, drawing.media_type, drawing.raw.read_bytes(), drawing.number, _WIDTH)


def _drawn(drawing: _Drawing) -> bytes:
    (outcome,) = pool.run(draw, [drawing], workers=1, timeout=_SECONDS)
    if isinstance(outcome, pool.Done):
        return outcome.value
    if isinstance(outcome, pool.Refused):
        raise missing(str(outcome.error), "")
    raise missing(f"La page {drawing.number} ne peut pas être dessinée", "Lisez le texte du document.")


def is_shown(request: Request, key: str, text: Text) -> bool:
    """Whether the pages of a document may be shown: it has some, its bytes are here, and nothing of it is masked."""
    return text.media_type in PICTURED and MASK not in text.text + text.file_name and _raw(request, key) is not None


def _raw(request: Request, key: str) -> FilePath | None:
    """The bytes of a document of which nothing is private; None where they or its facts are missing."""
    data = ask.settings(request).data
    for record_path in (data / "documents").glob(f"{key}*.json"):
        record = DocumentRecord.model_validate_json(record_path.read_bytes())
        raw, facts_path = data / "documents" / record.sha256, data / "facts" / f"{record.sha256}.json"
        if record.key != key or not raw.exists() or not facts_path.exists():
            continue
        facts = DocumentFacts.model_validate_json(facts_path.read_bytes())
        private = any(funding.private or funding.private_name for act in facts.acts for funding in act.fundings)
        return None if facts.redactions or private else raw
    return None


@router.get("/document/{key}/page/{number}.png")
def page_png(request: Request, key: Key, number: Annotated[int, Path(ge=1, le=100_000)]) -> Response:
    """A page of a document as PNG; 404 where the document has none to show."""
    text = read_text(ask.reader(request).live().path, key)
    if text is None:
        raise missing(f"Document {key} : il n’est pas dans la version publiée", "Voir la liste des documents.")
    if text.media_type not in PICTURED:
        raise missing("Ce document n’a pas de pages à montrer", "Son texte est sur sa page.")
    raw = _raw(request, key) if is_shown(request, key, text) else None
    if raw is None:
        raise missing(
            "Les pages de ce document ne sont pas montrées : il y a des particuliers que seul le texte peut masquer",
            "Son texte est sur sa page.",
        )
    picture = _pictures().get(_Drawing(raw, text.file_name, text.media_type, number))
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})
