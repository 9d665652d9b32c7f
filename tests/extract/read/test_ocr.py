"""Scans and images: what tesseract recognises, in lines and columns; what is said where it is missing."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.read import ReadError, ocr, read_bytes

installed = pytest.mark.skipif(not ocr.is_available(), reason="tesseract and its French model are not installed")

ACT = [
    "VILLE DE SAULT - CONSEIL MUNICIPAL DU 16 MARS 2023",
    "Le conseil municipal, après en avoir délibéré, décide d'attribuer",
    "une subvention de 1 500 € au club nautique de la baie.",
]
ROSTER = [("Madame Carla NOIR", "Monsieur Paul ROYER"), ("Monsieur Marc PONTET", "Madame Aline DUVAL")]


def printed() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.setFont("Helvetica", 12)
    for row, text in enumerate(ACT):
        canvas.drawString(60, 760 - 18 * row, text)
    for row, (left, right) in enumerate(ROSTER):
        canvas.drawString(60, 660 - 18 * row, left)
        canvas.drawString(330, 660 - 18 * row, right)
    canvas.save()
    return made.getvalue()


def scanned(turn: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(printed()) as pdf:
        image = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    return image.rotate(turn, expand=True)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def scanned_pdf(*, stamp: str = "") -> bytes:
    """A sheet as an image on a page, perhaps with a stamp typed on it."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.drawImage(ImageReader(scanned()), 0, 0, *A4)
    if stamp:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(380, 820, stamp)
    canvas.showPage()
    canvas.setFont("Helvetica", 11)
    for row in range(12):
        canvas.drawString(60, 760 - 18 * row, f"Annexe {row} : le texte de cette page est imprimé")
    canvas.save()
    return made.getvalue()


def spent() -> float:
    """Seconds of processor of this process and of those that it ran: what else the machine does is not in it."""
    return sum(os.times()[:4])


EXPECTED = [*ACT, *("\t".join(pair) for pair in ROSTER)]


@installed
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_an_image_is_read_line_by_line_and_column_by_column(form: str) -> None:
    source = read_bytes("scan", saved(scanned(), form))
    assert [line for line in source.text.split("\n") if line] == EXPECTED
    assert source.media_type == f"image/{form.lower()}"
    assert any("vérifiez les noms et les montants" in notice for notice in source.notices)


@installed
def test_a_sheet_scanned_sideways_is_turned() -> None:
    assert ACT[1] in read_bytes("scan.png", saved(scanned(90), "PNG")).text


@installed
def test_a_tiff_of_several_pages_keeps_them() -> None:
    data = saved(scanned(), "TIFF", save_all=True, append_images=[scanned()])
    source = read_bytes("scan.tif", data)
    assert [source.text.count(ACT[0]), len(source.pages)] == [2, 2]


@installed
def test_a_page_that_is_an_image_is_recognised_and_the_others_are_read() -> None:
    stamp = "Reçu en préfecture le 20/03/2023"
    source = read_bytes("acte.pdf", scanned_pdf(stamp=stamp))
    assert ACT[2] in source.text[source.pages[0].start : source.pages[0].end]
    assert "Annexe 3 : le texte de cette page est imprimé" in source.text[source.pages[1].start :]
    assert any("page 1" in notice and "tesseract" in notice for notice in source.notices)


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[None]:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr._missing.cache_clear()
    yield
    ocr._missing.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_scan_is_refused_with_the_remedy() -> None:
    blank = io.BytesIO()
    canvas = Canvas(blank, pagesize=A4)
    canvas.drawImage(ImageReader(scanned()), 0, 0, *A4)
    canvas.save()
    for name, data in (("scan.png", saved(scanned(), "PNG")), ("scan.pdf", blank.getvalue())):
        with pytest.raises(ReadError, match="tesseract, qui reconnaît les caractères, n'est pas installé") as refusal:
            read_bytes(name, data)
        assert "apt-get install tesseract-ocr tesseract-ocr-fra" in refusal.value.remedy


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_the_printed_pages_are_read_and_the_others_told() -> None:
    source = read_bytes("acte.pdf", scanned_pdf())
    assert "Annexe 3" in source.text
    assert any("pages 1" in notice and "apt-get install" in notice for notice in source.notices)


def test_the_french_model_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: "/usr/bin/tesseract")
    listed = subprocess.CompletedProcess([], 0, b"List of available languages (1):\neng\n", b"")
    monkeypatch.setattr(ocr.subprocess, "run", lambda *_, **__: listed)
    ocr._missing.cache_clear()
    with pytest.raises(ReadError, match="le modèle français"):
        ocr.check("scan.png")
    ocr._missing.cache_clear()


@installed
def test_pages_past_the_time_of_a_document_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_DOCUMENT_SECONDS", 0.0)
    source = read_bytes("acte.pdf", scanned_pdf())
    assert any("Non lu" in notice and "page 1" in notice for notice in source.notices)


@installed
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "endommagée"),
        (lambda: b"\xff\xd8\xff\xe0" + bytes(50), "endommagée"),
        (lambda: b"II*\0" + bytes(50), "endommagée"),
        (lambda: saved(Image.new("1", (30_000, 20_000)), "PNG"), "démesurée"),
        (lambda: saved(scanned(), "PNG")[:5000], "endommagée"),
        (lambda: saved(Image.new("L", (900, 1200), 255), "PNG"), "aucun texte"),
    ],
    ids=["png", "jpeg", "tiff", "huge", "cut", "blank"],
)
def test_images_that_cannot_be_read_are_refused_at_once(make: Callable[[], bytes], reason: str) -> None:
    data, started = make(), spent()
    with pytest.raises(ReadError, match=reason) as refusal:
        read_bytes("scan", data)
    assert refusal.value.remedy
    assert spent() - started < 60
