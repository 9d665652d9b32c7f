"""The annotated sentences parse, use the tags of the README and write the amounts that they claim."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [ET.fromstring(line) for line in LINES if line.startswith("<phrase")]
STATUSES = {"awarded", "requested", "budgeted", "rejected", "none"}
README = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
TAG_TABLE = README[README.index("| tag | attributes |") :]
TAGS = {tag for row in re.findall(r"(?m)^\| ([\w, ]+) \|", TAG_TABLE) for tag in row.split(", ")}
UNITS = {"k€": 1e3, "M€": 1e6, "million d'euros": 1e6}


def written_value(text: str) -> set[float]:
    """Every number of ``text``, in euros."""
    scale = next((factor for unit, factor in UNITS.items() if unit in text), 1.0)
    numbers = re.findall(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text)
    return {float(re.sub(r"[ .\u00a0\u202f]", "", number).replace(",", ".")) * scale for number in numbers}


def test_identifiers_are_unique_and_enough() -> None:
    assert len({sentence.attrib["id"] for sentence in SENTENCES}) == len(SENTENCES) >= 120


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.attrib["id"])
def test_sentence_follows_the_readme(sentence: ET.Element) -> None:
    assert sentence.attrib["statut"] in STATUSES
    tags = list(sentence)
    assert {tag.tag for tag in tags} <= TAGS
    for amount in (tag for tag in tags if tag.tag == "montant"):
        assert amount.get("statut", "none") in STATUSES
        assert float(amount.attrib["valeur"]) in written_value(amount.text or ""), amount.attrib
    if sentence.attrib["statut"] == "awarded":
        assert any(tag.get("statut", "awarded") == "awarded" for tag in tags if tag.tag == "montant")


FURTHER = [
    ET.fromstring(line)
    for path in sorted((Path(__file__).parent / "sentences").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.startswith("<phrase")
]


def test_sentences_of_further_authors_follow_the_readme() -> None:
    identifiers = [sentence.attrib["id"] for sentence in FURTHER]
    assert len(set(identifiers)) == len(identifiers) >= 1500
    assert {sentence.attrib["statut"] for sentence in FURTHER} <= STATUSES
    assert {tag.tag for sentence in FURTHER for tag in sentence} <= TAGS
    amounts = [tag for sentence in FURTHER for tag in sentence.iter("montant")]
    assert all(tag.get("statut", "none") in STATUSES for tag in amounts)
    wrong = [a.attrib for a in amounts if any(c.isdigit() for c in a.text or "") and not written_value(a.text or "")]
    assert wrong == []
