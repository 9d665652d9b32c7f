"""Tables of grants that real acts disturb are read back: page heads, heads told again, missing and refused sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.made_disturbed_tables import made_disturbed_table
from tests.extract.pipes.test_made_tables import granted, read

_SEEDS = 30
_LEAST_READ, _MOST_WRONG = 0.95, 0.02
#: What is less sure is not published as a flow.
_PUBLISHED = 0.65
LEAD = "Il est proposé d'attribuer les subventions suivantes :"
ABOVE = "- d'attribuer les subventions ci-dessus ;"


def test_what_disturbs_a_table_takes_little_from_it(act: Callable[..., ActFacts]) -> None:
    """Most of what is wrong is a name cut where its column ends; the sum and the row are right."""
    told = 0
    missed: Counter[tuple[str, int]] = Counter()
    wrong: Counter[tuple[str, int]] = Counter()
    for seed in range(_SEEDS):
        made = made_disturbed_table(Random(seed))
        invented, left = read(act, made, _PUBLISHED)
        told += len(made.granted)
        missed += left
        wrong += invented
    assert sum(missed.values()) <= (1 - _LEAST_READ) * told, missed
    assert sum(wrong.values()) <= _MOST_WRONG * told, wrong


PAGE_HEADS = (
    "Commune de Montclair – séance du 15 février 2024 – 2/4", "Conseil municipal du 15 février 2024",
    "Mairie de Montclair – CM du 15/02/2024 – 2/3", "Page 2 sur 3", "- 3 -",
    "M. Durand, président du club, ne prend pas part au vote.", "Mme Lemaire quitte la salle.",
)  # fmt: skip
HEAD = ["Association", "Demandé", "Voté"]
ROWS = [["Judo Club", "500 €", "300 €"], ["Tennis de table", "200 €", "150 €"], ["Foyer rural", "900 €", "650 €"]]
ALL = {"Judo Club": 300, "Tennis de table": 150, "Foyer rural": 650}


@pytest.mark.parametrize("between", PAGE_HEADS)
@pytest.mark.parametrize("joint", ["\t", "\n", "   "])
def test_a_page_head_and_the_heads_told_again_are_no_row(
    act: Callable[..., ActFacts], between: str, joint: str
) -> None:
    lines = [joint.join(cells) for cells in (HEAD, *ROWS[:2])]
    lines += [between, joint.join(HEAD), joint.join(ROWS[2])]
    assert granted(act(ABOVE, body=f"{LEAD}\n\n" + "\n".join(lines))) == ALL


@pytest.mark.parametrize("put_off", ["ajourné", "reporté", "ajournée", "en attente"])
@pytest.mark.parametrize("joint", ["\t", "\n", "   ", " | "])
def test_a_row_put_off_puts_off_no_other(act: Callable[..., ActFacts], put_off: str, joint: str) -> None:
    cells = (HEAD, *ROWS[:2], ["Moto Club", "400 €", put_off], ROWS[2])
    table = "\n".join(joint.join(row) for row in cells)
    facts = act(f"- d'attribuer les subventions suivantes :\n\n{table}\n")
    assert granted(facts) == ALL
    assert facts.vote is not None
    assert facts.vote.outcome == "adopted"


def test_a_point_put_off_in_a_list_of_points_still_is(minutes: Callable[[str], ActFacts]) -> None:
    facts = minutes("SUBVENTION AU JUDO CLUB\n\nIl est proposé d'accorder 500 € au Judo Club.\n\nAjourné.\n")
    assert granted(facts) == {}


def test_a_sum_that_may_stand_in_two_columns_is_not_published(act: Callable[..., ActFacts]) -> None:
    """One cell a line, and a row with one sum of two: asked for, or granted?"""
    table = "\n".join(cell for row in (HEAD, *ROWS, ["Moto Club", "400 €"]) for cell in row)
    facts = act(ABOVE, body=f"{LEAD}\n\n{table}")
    unsure = [f for f in facts.fundings if f.amount == 400 and f.status == "awarded"]
    assert all(f.confidence < _PUBLISHED for f in unsure)
    assert all(f.confidence >= _PUBLISHED for f in facts.fundings if f.amount in ALL.values())


def test_the_total_tells_in_which_column_a_sum_stands(act: Callable[..., ActFacts]) -> None:
    rows = (HEAD, *ROWS, ["Moto Club", "400 €"], ["Total", "1 600 €", "1 500 €"])
    facts = act(ABOVE, body=f"{LEAD}\n\n" + "\n".join(cell for row in rows for cell in row))
    assert [f.confidence >= _PUBLISHED for f in facts.fundings if f.amount == 400] == [True]


@pytest.mark.parametrize("year_below", ["Subvention\n2024", "Montant voté\n2024"])
def test_a_head_with_its_year_in_the_next_line_is_one_column(act: Callable[..., ActFacts], year_below: str) -> None:
    rows = "\n".join(f"{name}\n{value + 5} €\n{value + 90} €\n{value} €" for name, value in ALL.items())
    facts = act(ABOVE, body=f"{LEAD}\n\nAssociation\nN-1\nSollicité\n{year_below}\n{rows}")
    assert granted(facts) == ALL


def test_the_mark_of_a_note_is_no_sum(act: Callable[..., ActFacts]) -> None:
    table = "Nom\nVoté\nRemarques\nJudo Club\n300 €\n(1)\nTennis de table\n150 €\n(1)\nFoyer rural\n650 €\n(2)"
    assert granted(act(ABOVE, body=f"{LEAD}\n\n{table}")) == ALL


def test_words_that_may_be_a_name_or_a_project_give_nobody_the_sum_above(act: Callable[..., ActFacts]) -> None:
    """One cell a line, and a row with one cell of words of two: another body, or another action of the one above?"""
    rows = ["Association\nAction\nDemandé\nVoté", "Judo Club\nTournoi\n500 €\n300 €"]
    rows += ["Foyer rural\nStages\n900 €\n650 €", "Tennis de table\nFête\n200 €\n150 €", "Cap Sud\n450 €\n400 €"]
    facts = act(ABOVE, body=f"{LEAD}\n\n" + "\n".join(rows))
    names = {o.id: o.name for o in facts.organisations}
    sure = [f for f in facts.fundings if f.amount == 400 and f.status == "awarded" and f.confidence >= _PUBLISHED]
    assert all(names.get(f.beneficiary or "") == "Cap Sud" for f in sure)


def test_remarks_that_most_rows_lack_begin_no_name(act: Callable[..., ActFacts]) -> None:
    table = (
        "Tiers\nProposition\nRemarques\nJudo Club\n300 €\nTennis de table\n150 €\nsous réserve du bilan\n"
        "Foyer rural\n650 €\nBilan à fournir"
    )
    assert granted(act(ABOVE, body=f"{LEAD}\n\n{table}")) == ALL


@pytest.mark.parametrize("joint", ["\t", "   "])
def test_a_wrapped_name_below_the_heading_of_a_part_is_whole(act: Callable[..., ActFacts], joint: str) -> None:
    cells = (
        ("Association", "Demandé", "Voté"), ("Sport",), ("Football Club", "900 €", "800 €"), ("Valmorin",),
        ("Judo Club", "500 €", "300 €"), ("Tennis de table", "200 €", "150 €"),
    )  # fmt: skip
    lines = [joint.join(c.ljust(18) if joint == "   " else c for c in row).rstrip() for row in cells]
    wanted = {"Football Club Valmorin": 800, "Judo Club": 300, "Tennis de table": 150}
    assert granted(act(ABOVE, body=f"{LEAD}\n\n" + "\n".join(lines))) == wanted
