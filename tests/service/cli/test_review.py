"""What awaits review, as a person and a program read it. The register is that of tests/queries."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.rdf import with_union
from service.cli.ingest import summarise
from service.ingest.report import IngestReport

Command = Callable[..., Any]
REGISTER = Path(__file__).parents[2] / "queries" / "register" / "register.trig"
QUOTE = "Elle pourrait recevoir 4 000 €, et une habitante 250 €."


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the three acts of the register published."""
    data = tmp_path_factory.mktemp("register")
    path = data / "releases" / "r1"
    path.mkdir(parents=True)
    quads = ox.serialize(ox.parse(REGISTER.read_bytes(), format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    store = ox.Store(str(path / "store"))
    store.bulk_load(with_union(quads), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    (path / "manifest.json").write_text(json.dumps({"id": "r1"}), encoding="utf-8")
    (data / "current").symlink_to("releases/r1")
    return data


def test_the_table_shows_the_reading_beside_its_sentence(delibgraph: Command, register: Path) -> None:
    told = delibgraph("review", "--data", register)
    assert told.code == 0
    plain = told.out.replace("\u202f", " ").replace("\u00a0", " ")
    for words in ("0.31", "4 000,00 €", "Dijon métropole → Mission locale", "12 septembre 2024", "page 1"):
        assert words in plain
    assert "Elle pourrait recevoir" in plain
    assert "Particulier (nom non publié)" in plain
    assert plain.index("0.31") < plain.index("0.4 ")
    assert told.err == "2 lectures à revoir ; aucune n'est comptée.\n"


@pytest.mark.parametrize("arguments", [("mission",), ("--act", "pluriannuelle", "Mission locale")])
def test_it_is_narrowed_to_an_organisation_or_an_act(
    delibgraph: Command, register: Path, arguments: tuple[str]
) -> None:
    told = delibgraph("review", *arguments, "--data", register)
    assert "Mission locale" in told.out
    assert told.err == "1 lecture à revoir ; aucune n'est comptée.\n"


def test_nothing_to_review_is_said(delibgraph: Command, register: Path) -> None:
    told = delibgraph("review", "aucun nom pareil", "--data", register)
    nothing = "Aucune lecture incertaine à revoir.\nAucun rapprochement incertain à revoir.\n"
    assert (told.code, told.out) == (0, nothing)


def test_a_program_reads_it_as_csv_and_json(delibgraph: Command, register: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(delibgraph("review", "-f", "csv", "--data", register).out)))
    assert [(row["confidence"], row["amount"], row["quote"]) for row in rows] == [
        ("0.31", "4000", QUOTE),
        ("0.4", "250", QUOTE),
    ]
    answer = json.loads(delibgraph("review", "--json", "--data", register).out)
    assert [row["quote"]["value"] for row in answer["results"]["bindings"]] == [QUOTE, QUOTE]
    assert not [name for name in answer["head"]["vars"] if name.startswith("_")]


@pytest.mark.parametrize(
    ("waiting", "told"),
    [(0, None), (1, "1 lecture incertaine à revoir"), (12, "12 lectures incertaines à revoir")],
)
def test_an_ingest_tells_in_one_line_what_awaits_review(
    capsys: pytest.CaptureFixture[str], waiting: int, told: str | None
) -> None:
    summarise(IngestReport(release="r1", to_review=waiting))
    lines = [line for line in capsys.readouterr().out.splitlines() if "à revoir" in line]
    assert lines == ([f"{told} : delibgraph review"] if told else [])
