"""What the exposé lists and the decision repeats is one flow; what is only alike stays two."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import read_file
from tests.extract.pipes.conftest import ACT

Act = Callable[..., ActFacts]
BODIES = [
    "Le Fournil des Possibles",
    "Cap Sud",
    "Les Jardins de Courlanne",
    "Judo Club du Val",
    "Foyer rural de Lesse",
    "Vélo Pour Tous",
]
EXPOSED = {
    "for": "- l'association {name}, pour son projet de l'année : {sum} € ;",
    "plain": "- {name} : {sum} €",
    "dots": "• {name} ........ {sum} €",
}
DECIDED = {
    "first": ("- d'attribuer les subventions suivantes :\n{rows}", "{sum} € à {name}", ",\n"),
    "lines": ("- d'attribuer les subventions suivantes :\n{rows}", "  - {name} : {sum} €", "\n"),
    "prose": ("- d'attribuer {rows}.", "une subvention de {sum} € à l'association {name}", ", "),
}


def _flows(act: ActFacts) -> list[tuple[str | None, Decimal | None, int | None]]:
    names = {o.id: o.name for o in act.organisations}
    awarded = [f for f in act.fundings if f.status == "awarded"]
    return sorted((names.get(f.beneficiary or ""), f.amount, f.start_year) for f in awarded)


@given(
    names=st.lists(st.sampled_from(BODIES), min_size=2, max_size=5, unique=True),
    sums=st.lists(st.integers(3, 60).map(lambda n: n * 250), min_size=5, max_size=5),
    exposed=st.sampled_from(sorted(EXPOSED)),
    decided=st.sampled_from(sorted(DECIDED)),
    order=st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=25)
def test_a_list_repeated_gives_each_grant_once(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[str],
    sums: list[int],
    exposed: str,
    decided: str,
    order: object,
) -> None:
    grants = list(zip(names, sums, strict=False))
    body = "Le jury a retenu les lauréats suivants, auxquels il est proposé d'attribuer une aide :\n\n" + "\n".join(
        EXPOSED[exposed].format(name=n, sum=s) for n, s in grants
    )
    order.shuffle(again := list(grants))  # type: ignore[attr-defined]
    lead, row, joint = DECIDED[decided]
    point = lead.format(rows=joint.join(row.format(name=n, sum=s) for n, s in again))
    path: Path = tmp_path_factory.mktemp("acts") / "acte.txt"
    path.write_text(ACT.format(title="Subventions 2024", body=body, decisions=point + " ;"), encoding="utf-8")
    act = extract_source(read_file(path)).acts[0]
    assert sorted((n, int(s or 0)) for n, s, _ in _flows(act)) == sorted(grants)


def test_the_decision_has_the_last_word_on_the_year(act: Act) -> None:
    body = "Au vu du bilan 2022, il est proposé de leur allouer :\n\n- Cap Sud : 5 400 € pour 36 mesures,\n" + (
        "- Vélo Pour Tous : 2 250 € pour 15 mesures."
    )
    found = act(
        "- d'attribuer une subvention de 5 400 € à l'association Cap Sud et de 2 250 € à Vélo Pour Tous, au titre de "
        "2024 ;",
        body=body,
    )
    assert _flows(found) == [("Cap Sud", 5400, 2024), ("Vélo Pour Tous", 2250, 2024)]


def test_the_long_name_and_its_sigle_are_one(act: Act) -> None:
    body = (
        "Sont proposés les lauréats suivants, pour une subvention :\n\n- Cap Sud : 5 400 € ;\n- Vélo Pour Tous : "
        + ("800 € ;\n- le Groupement d'employeurs pour l'insertion (GEI) Bois du Val : 2 250 €.")
    )
    found = act(
        "- d'attribuer les subventions suivantes :\n5 400 € à Cap Sud,\n800 € à Vélo Pour Tous,\n"
        "2 250 € au GEI Bois du Val ;",
        body=body,
    )
    assert sorted(s or 0 for _, s, _ in _flows(found)) == [800, 2250, 5400]


@pytest.mark.parametrize(
    "point",
    [
        "- d'attribuer les subventions de fonctionnement suivantes :\n- Cap Sud : 5 000 €\n- Vélo Pour Tous : 800 €\n"
        "- d'attribuer les subventions d'investissement suivantes :\n- Cap Sud : 5 000 €\n- Vélo Pour Tous : 700 €",
    ],
)
def test_two_grants_of_one_sum_stay_two(act: Act, point: str) -> None:
    assert [s for n, s, _ in _flows(act(point)) if n == "Cap Sud"] == [5000, 5000]


def test_two_lists_told_twice_stay_two_each(act: Act) -> None:
    lists = (
        "{}subventions de fonctionnement suivantes :\n- Cap Sud : 5 000 €\n- Vélo Pour Tous : 800 €\n\n"
        "{}subventions d'investissement suivantes :\n- Cap Sud : 5 000 €\n- Vélo Pour Tous : 700 €\n"
    )
    found = act(
        lists.format("- d'attribuer les ", "- d'attribuer les "),
        body=lists.format("Il est proposé d'attribuer les ", "Il est proposé d'attribuer les "),
    )
    assert sorted(s or 0 for _, s, _ in _flows(found)) == [700, 800, 5000, 5000]


GUESSED = (
    "L'association Cap Sud anime le dispositif. Compte tenu de son extension à la commune de Lesse, il est envisagé de "
    "fixer la participation 2024 à 9 000 €, ainsi répartis :\n\n- 7 000 € pour l'animation ;\n- 2 000 € pour le suivi."
)


def test_the_decision_says_who_gets_a_sum_whose_receiver_was_guessed_from_the_expose(act: Act) -> None:
    found = act("- de verser à l'association Cap Sud une subvention de 9 000 € ;", body=GUESSED)
    assert {name for name, _, _ in _flows(found)} == {"Cap Sud"}
    assert sorted(f.amount or 0 for f in found.fundings if f.status == "awarded" and not f.part_of) == [9000]


def test_two_bodies_that_the_decision_names_keep_a_sum_each(act: Act) -> None:
    found = act(
        "- de verser à l'association Cap Sud une subvention de 9 000 € et d'associer la commune de Lesse ;",
        body=GUESSED,
    )
    assert "Cap Sud" in {name for name, _, _ in _flows(found)}


def test_a_row_that_the_decision_passes_over_waits_for_review(act: Callable[..., ActFacts]) -> None:
    rows = "- Judo Club : 500 €\n- Foyer rural : 900 €\n- Cap Sud : 300 €\n- Amis du Lavoir : 200 €"
    told = f"La commission propose d'attribuer les subventions suivantes :\n\n{rows}"
    each = "d'attribuer 500 € au Judo Club, 900 € au Foyer rural et 300 € à Cap Sud"
    sure = {f.amount: f.confidence >= 0.65 for f in act(f"- {each} ;", body=told).fundings if f.status == "awarded"}
    assert sure == {500: True, 900: True, 300: True, 200: False}
    whole = act("- d'attribuer les subventions détaillées ci-dessus ;", body=told)
    assert all(f.confidence >= 0.65 for f in whole.fundings if f.status == "awarded")
