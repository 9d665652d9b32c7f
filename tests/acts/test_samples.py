"""The PDF samples are what samples/make_pdf.py prints today, and they say what their text says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pdfplumber
import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
SCRIPT = runpy.run_path(str(SAMPLES / "make_pdf.py"), run_name="make_pdf")
HEADER_BOTTOM, NUMBER_TOP = 50, 795  # points from the top: between them stands the act, outside the page furniture


@pytest.mark.parametrize("stem", SCRIPT["PRINTED"])
def test_pdf_is_reproducible(stem: str, tmp_path: Path) -> None:
    SCRIPT["print_act"](SAMPLES / f"{stem}.txt", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (SAMPLES / f"{stem}.pdf").read_bytes()


@pytest.mark.parametrize("stem", SCRIPT["PRINTED"])
def test_pdf_carries_the_words_of_the_text(stem: str) -> None:
    text = (SAMPLES / f"{stem}.txt").read_text(encoding="utf-8").replace("**", "")
    with pdfplumber.open(SAMPLES / f"{stem}.pdf") as pdf:
        assert len(pdf.pages) >= 2
        words = [
            word["text"]
            for page in pdf.pages
            for word in page.extract_words()
            if HEADER_BOTTOM < word["top"] < NUMBER_TOP
        ]
    assert words == re.findall(r"\S+", text)
