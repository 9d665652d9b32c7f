"""Programming tables in every order of their columns, with notes, themes, "dont" rows and blank cells, are read back.

Before their rules 8 of 100 grants were missed and 1.6 wrong: tables whose rows are numbered "1.1" were cut into points.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.made_programming import made_programming
from tests.extract.pipes.test_made_tables import granted, read_all

#: What is less sure is not published as a flow.
_PUBLISHED = 0.65
_SEEDS, _LEAST_READ, _MOST_WRONG = 20, 0.99, 0.005
ABOVE = "- d'attribuer les subventions figurant au tableau ci-dessus ;"
LEAD = "Il est proposé d'attribuer les subventions suivantes :"


def test_programming_tables_are_read_back(act: Callable[..., ActFacts]) -> None:
    told, missed, wrong = read_all(act, made_programming, _SEEDS, _PUBLISHED)
    assert len(missed) <= (1 - _LEAST_READ) * told, missed
    assert len(wrong) <= _MOST_WRONG * told, wrong


ROWS = {"Judo Club": 300, "Foyer rural": 650, "Les Amis du Lavoir": 1450}


@pytest.mark.parametrize("note", ["* association nouvelle", "(1) sous réserve du bilan", "(2) Versement en deux fois."])
@pytest.mark.parametrize("joint", ["\t", "    ", " | "])
def test_a_note_below_a_table_is_no_piece_of_its_last_name(act: Callable[..., ActFacts], note: str, joint: str) -> None:
    table = "\n".join(joint.join(row) for row in [("Association", "Voté"), *((n, f"{v} €") for n, v in ROWS.items())])
    found = granted(act(ABOVE, body=f"{LEAD}\n\n{table}\n\n{note}"))
    assert {name.removeprefix("Les ") for name in found} == {name.removeprefix("Les ") for name in ROWS}


@pytest.mark.parametrize("joint", ["\t", "     "])
def test_rows_that_are_numbered_as_points_are_no_points(act: Callable[..., ActFacts], joint: str) -> None:
    rows = [("N°", "Bénéficiaire", "Demandé", "Attribué", "Avis")]
    rows += [(f"1.{at}", n, f"{v + 1000} €", f"{v} €", "Favorable") for at, (n, v) in enumerate(ROWS.items(), 1)]
    found = granted(act(ABOVE, body=f"{LEAD}\n\n" + "\n".join(joint.join(row) for row in rows)))
    assert {name.removeprefix("Les "): value for name, value in found.items()} == {
        name.removeprefix("Les "): value for name, value in ROWS.items()
    }


def test_a_cell_left_blank_shifts_no_other(act: Callable[..., ActFacts]) -> None:
    table = """Quartier	Association	Rappel 2023	Proposition	Demande	Remarques
Lilas	Judo Club	250 €	300 €	400 €	sous réserve
	Foyer rural	620 €	650 €	700 €
	dont fonctionnement		300 €
Centre	Les Amis du Lavoir	1 400 €	1 450 €	1 500 €"""
    found = granted(act(ABOVE, body=f"{LEAD}\n\n{table}"))
    assert {name.removeprefix("Les "): value for name, value in found.items()} == {
        name.removeprefix("Les "): value for name, value in ROWS.items()
    }
