"""The generated corpus: the same seed writes the same bytes, and the gold says what the text says."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus.act import Document, document, documents
from benchmarks.corpus.language import SUMS
from benchmarks.corpus.paper import printed
from benchmarks.corpus.world import LAYOUTS, authority
from extract.read import read_bytes
from service.evaluation import read_gold

_ACTS = 400


@pytest.fixture(scope="module")
def made() -> list[Document]:
    return list(documents(_ACTS, 5))


def _written(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.corpus", *arguments], check=True, capture_output=True)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        _written(str(tmp_path / name), "--acts", "30", "--seed", "9", "--pdf", "0.3")
    found = [
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 60
    assert {path.suffix for path in found[0]} == {".txt", ".pdf", ".json"}


def test_a_document_depends_on_its_number_alone(made: list[Document]) -> None:
    assert document(137, 5) == made[137]
    assert list(islice(documents(10**9, 5), 3)) == made[:3]
    assert document(137, 6) != made[137]


def test_the_gold_is_one_the_evaluation_reads(made: list[Document], tmp_path: Path) -> None:
    _written(str(tmp_path), "--acts", "60", "--seed", "5")
    for path in (tmp_path / "gold").iterdir():
        gold = read_gold(path)
        assert gold.presents
        assert gold.financements is not None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()).casefold()


def test_what_the_gold_tells_stands_in_the_text(made: list[Document]) -> None:
    for number, act in enumerate(made):
        text = _plain(act.text)
        way = authority(5, number // 12).sums
        for row in act.gold["financements"]:
            value = row["montant"]
            forms = [_plain(SUMS[name](int(value))) for name in (way, "spaced")] if value == int(value) else []
            assert any(form in text for form in [*forms, f"{value:.2f}".replace(".", ",")]), (act.name, row)
        for organisation in act.gold["organisations"]:
            assert _plain(organisation["nom"].removeprefix("Commune de ").removeprefix("Ville de ")) in text, act.name
        for person in (*act.gold["presents"], *act.gold["absents"], *(giver for giver, _ in act.gold["pouvoirs"])):
            assert all(_plain(word) in text for word in person.split()), (act.name, person)


def test_awards_have_both_ends_and_are_told_once(made: list[Document]) -> None:
    for act in made:
        rows = [row for row in act.gold["financements"] if row["statut"] == "attribue"]
        assert all("financeur" in row and "beneficiaire" in row for row in rows), act.name
        sums = [row["montant"] for row in rows]
        assert len(sums) == len(set(sums)), act.name


def test_nothing_of_the_data_is_left_unfilled(made: list[Document]) -> None:
    for act in made:
        assert not set("{}<>@") & set(act.text), act.name
        assert "  ," not in act.text


def test_every_layout_and_every_kind_of_act_comes(made: list[Document]) -> None:
    layouts = {authority(seed, number).layout["key"] for seed in (1, 2, 3) for number in range(60)}
    assert layouts == {layout["key"] for layout in LAYOUTS["layout"]}
    statuses = {row["statut"] for act in made for row in act.gold["financements"]}
    assert statuses == {"attribue", "autre", "sollicite", "refuse", "budget"}


def test_a_printed_act_reads_as_its_text(made: list[Document]) -> None:
    act = next(each for each in made if authority(5, int(each.name[:6]) // 12).layout["key"] == "modern")
    source = read_bytes(f"{act.name}.pdf", printed(act.text), max_bytes=10**7)
    assert act.gold["objet"].split()[0] in source.text
    missing = set(_plain(act.text).split()) - set(_plain(source.text).split())
    assert len(missing) <= 4, missing  # words cut at the end of a line
