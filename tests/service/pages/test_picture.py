"""Pages of documents as pictures: drawn from the bytes kept, never where anything is masked."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from extract.facts import DocumentFacts, Evidence
from service.app import create_app
from service.ingest.documents import DocumentRecord
from service.settings import Settings

PDF = "application/pdf"
REGISTER = Path(__file__).parents[2] / "queries" / "register"


def pdf(pages: int) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    for number in range(pages):
        canvas.drawString(60, 700, f"Page {number} de l'acte")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def shown(tmp_path: Path, publish: Callable[[Path, bytes, list[Path]], Path]) -> Callable[..., tuple[TestClient, str]]:
    """shown(raw, …) → a client over a release that holds this document, and its key."""

    def shown(
        raw: bytes,
        *,
        text: str = "Un acte.",
        media_type: str = "application/pdf",
        redactions: tuple[Evidence, ...] = (),
    ) -> tuple[TestClient, str]:
        sha256 = hashlib.sha256(raw).hexdigest()
        key = sha256[:16]
        record = DocumentRecord(sha256=sha256, names=("acte.pdf",), media_type=media_type, size=len(raw), first_seen="")
        facts = DocumentFacts(
            extractor="t", file_name="acte.pdf", sha256=sha256, media_type=media_type, text=text, redactions=redactions
        )
        told: dict[str, Any] = {"file_name": "acte.pdf", "media_type": media_type, "text": text, "pages": []}
        for path, content in (
            (tmp_path / "documents" / sha256, raw),
            (tmp_path / "documents" / f"{sha256}.json", record.model_dump_json().encode()),
            (tmp_path / "facts" / f"{sha256}.json", facts.model_dump_json().encode()),
            (tmp_path / "text.json", json.dumps(told).encode()),
        ):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        (tmp_path / f"{key}.json").write_bytes((tmp_path / "text.json").read_bytes())
        publish(tmp_path, (REGISTER / "register.trig").read_bytes(), [tmp_path / f"{key}.json"])
        return TestClient(create_app(Settings(data=tmp_path))), key

    return shown


Shown = Callable[..., tuple[TestClient, str]]


def test_a_page_is_drawn_and_linked_from_the_document(shown: Shown) -> None:
    client, key = shown(pdf(2))
    with client:
        answer = client.get(f"/document/{key}/page/2.png")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        with Image.open(io.BytesIO(answer.content)) as image:
            assert image.width == 1100
        assert f"/document/{key}/page/1.png" in client.get(f"/document/{key}", headers={"Accept": "text/html"}).text
        assert client.get(f"/document/{key}/page/3.png").status_code == 404
        assert client.get(f"/document/{key}/page/0.png").status_code in (400, 404, 422)


@pytest.mark.parametrize(
    "hidden",
    [{"redactions": (Evidence(start=0, end=2),)}, {"text": "Aide à ███████ : 300 €"}, {"media_type": "text/plain"}],
    ids=["redacted", "masked", "text"],
)
def test_pages_are_not_shown_where_something_is_masked_or_there_are_none(shown: Shown, hidden: dict[str, Any]) -> None:
    client, key = shown(pdf(1), **hidden)
    with client:
        answer = client.get(f"/document/{key}/page/1.png")
        assert answer.status_code == 404
        assert "texte" in answer.text
        assert "/page/1.png" not in client.get(f"/document/{key}", headers={"Accept": "text/html"}).text


def test_a_document_that_is_not_published_shows_nothing(shown: Shown) -> None:
    client, _ = shown(pdf(1))
    with client:
        assert client.get("/document/0123456789abcdef/page/1.png").status_code == 404


def test_a_damaged_document_is_told(shown: Shown) -> None:
    client, key = shown(b"%PDF-1.4 rien")
    with client:
        answer = client.get(f"/document/{key}/page/1.png")
        assert answer.status_code == 404
        assert "endommagé" in answer.text
