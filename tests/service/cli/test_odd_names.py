"""Names that would steer a terminal, run as a formula, or be taken for the marks of a table."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from service.cli.console import visible
from service.cli.doubts import _rows
from service.curation import Doubt
from service.curation.waiting import Side
from service.ingest import ingest
from service.settings import Settings
from tests.service.cli.conftest import Command
from tests.service.conftest import Plant

NAME = '=HYPERLINK("x") [/b] ;=1+1 [red] \u0645'


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


def test_a_name_is_shown_as_it_is_and_is_no_formula(delibgraph: Command, odd: Path, plant: Plant) -> None:
    plant(odd, "acte.txt", to=NAME)
    assert ingest([], Settings(data=odd)).exit_code == 0
    table = delibgraph("query", "money-to", "name=hyperlink", "--data", odd)
    assert table.code == 0, table.err
    assert "[/b] ;=1+1 [red]" in table.out
    told = delibgraph("query", "money-to", "name=hyperlink", "--format", "csv", "--data", odd).out
    (row,) = csv.DictReader(io.StringIO(told))
    assert row["beneficiary"] == '\'=HYPERLINK("x") [/b] ; =1+1 [red] \u0645'
    assert row["amount"] == "1000"
    exact = delibgraph("query", "money-to", "name=hyperlink", "--format", "json", "--data", odd).out
    assert ";=1+1" in exact


def test_doubts_for_a_spreadsheet_are_no_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    side = Side(iri="http://x.test/", ref="organisation/x", names=("=1+1", "@b"), authorities=(), acts=())
    sure, worth = Decimal("0.5"), Decimal(7)
    _rows([Doubt("http://x.test/", "organisation", worth, sure, "-1", (), (side, side))], ",")
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["left_names"], row["why"], row["score"]) == ("'=1+1 ; @b", "'-1", "0.5")


@pytest.mark.parametrize("odd_sign", ["\x1b[2J", "\x9b2J", "\r", "\x08", "\u202e", "\u2066", "\udcff", "\0"])
def test_a_file_name_steers_no_terminal(delibgraph: Command, tmp_path: Path, odd_sign: str) -> None:
    assert odd_sign not in visible(f"acte{odd_sign}.pdf")
    outcome = delibgraph("extract", tmp_path / f"acte{odd_sign}.pdf".replace("\0", ""))
    assert outcome.code != 0
    assert odd_sign == "\0" or odd_sign not in outcome.err
    assert "Traceback" not in outcome.err


def test_what_is_seen_stays() -> None:
    assert visible("l’été\u00a0: 1\u202f500 €\n\tعربي 🎪") == "l’été\u00a0: 1\u202f500 €\n\tعربي 🎪"
