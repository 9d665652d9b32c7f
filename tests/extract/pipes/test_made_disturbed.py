"""Lists that real minutes disturb are read back: an idle row, a remark or a page head do not undo them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.made_disturbed import made_disturbed
from tests.extract.pipes.test_made_tables import granted, read

_SEEDS = 60
_LEAST_READ = 0.95
TITLE = "Subventions aux associations 2024"
LEAD = "Il est proposé d'attribuer les subventions suivantes :"
ALL = {"Judo Club": 300, "Tennis de table": 150, "Foyer rural": 650}


def test_what_disturbs_a_list_takes_little_from_it_and_adds_nothing(act: Callable[..., ActFacts]) -> None:
    told = 0
    missed: Counter[tuple[str, int]] = Counter()
    wrong: list[tuple[int, Counter[tuple[str, int]], list[str]]] = []
    for seed in range(_SEEDS):
        made = made_disturbed(Random(seed))
        invented, left = read(act, made)
        told += len(made.granted)
        missed += left
        if invented:
            wrong.append((seed, invented, made.traits))
    assert not wrong, wrong
    assert sum(missed.values()) <= (1 - _LEAST_READ) * told, missed


@pytest.mark.parametrize(
    "form", ["{n} : {s}", "- {n} – {s}", "{n} ........ {s}", "{n}\t{s}", "{n}      {s}", "| {n} | {s} |"]
)
def test_sums_without_a_unit_are_read_where_grants_introduce_them(act: Callable[..., ActFacts], form: str) -> None:
    listed = "\n".join(form.format(n=name, s=value) for name, value in ALL.items())
    assert granted(act("- d'attribuer les subventions ci-dessus", body=f"{LEAD}\n\n{listed}", title=TITLE)) == ALL


@pytest.mark.parametrize(
    ("title", "lead", "rows"),
    [
        ("Effectifs scolaires", "Les effectifs sont les suivants :", "Jules-Ferry : 120\nPasteur : 98\nZola : 143"),
        (TITLE, LEAD, "Membres présents : 123\nPouvoirs : 115\nVotants : 138"),
        (TITLE, "On compte les associations suivantes :", "Judo Club : 2019\nTennis : 2021\nFoyer rural : 2022"),
        ("Cession de parcelles", "Les parcelles cédées sont :", "Section A : 1 250\nSection B : 980\nSection D : 460"),
    ],
)  # fmt: skip
def test_figures_that_are_no_grants_are_not_sums(
    act: Callable[..., ActFacts], title: str, lead: str, rows: str
) -> None:
    assert granted(act("- d'approuver ce qui précède", body=f"{lead}\n\n{rows}", title=title)) == {}


@pytest.mark.parametrize(
    "excepted",
    [
        ", à l'exception de celle du Moto Club, dont l'examen est reporté",
        ", hormis la demande de Radio Valmore, dont l'examen est reporté",
    ],
)
def test_one_request_put_off_leaves_the_others_granted(act: Callable[..., ActFacts], excepted: str) -> None:
    listed = "\n".join(f"{name} : {value} €" for name, value in ALL.items())
    facts = act(f"- d'accorder les subventions ci-dessus{excepted}", body=f"{LEAD}\n\n{listed}", title=TITLE)
    assert granted(facts) == ALL
    assert facts.vote is not None
    assert facts.vote.outcome == "adopted"


def test_a_question_put_off_as_a_whole_grants_nothing(act: Callable[..., ActFacts]) -> None:
    listed = "\n".join(f"{name} : {value} €" for name, value in ALL.items())
    assert (
        granted(act("La question est reportée à la prochaine réunion.", body=f"{LEAD}\n\n{listed}", title=TITLE)) == {}
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0,50 € par habitant, soit 164 €", 164), ("450 € (contre 400 € en 2023)", 450), ("450 € (1)", 450),
        ("450 €, dont 50 € pour le tournoi", 450), ("450 € sous réserve de la production du bilan", 450),
        ("450 € *", 450),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{n} : {s}", "{n}\t{s}", "| {n} | {s} |"])
def test_a_remark_behind_a_sum_is_none_of_it(act: Callable[..., ActFacts], form: str, written: str, value: int) -> None:
    rows = {**{name: f"{sum_} €" for name, sum_ in ALL.items()}, "Comice agricole": written}
    listed = "\n".join(form.format(n=name, s=told) for name, told in rows.items())
    facts = act("- d'attribuer les subventions ci-dessus", body=f"{LEAD}\n\n{listed}", title=TITLE)
    assert granted(facts) == {**ALL, "Comice agricole": value}


def test_requests_put_off_beside_grants_put_off_no_grant(minutes: Callable[[str], ActFacts]) -> None:
    facts = minutes(
        "SOUTIEN AUX MANIFESTATIONS\n\nLe Conseil, après en avoir délibéré, à l'unanimité,\n"
        "ALLOUE les subventions suivantes : 500 € à l'association Horizon ; 120 € au Judo Club ;\n"
        "AJOURNE l'examen des demandes du Vélo-club (140 €) et de l'Académie de danse, dans l'attente des pièces.\n"
    )
    assert sorted(granted(facts).values()) == [120, 500]
