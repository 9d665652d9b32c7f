"""The trained models: what they decide that rules alone do not, and that what they say of themselves can be trusted."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.confidence import learned
from extract.facts import Rules
from extract.linear import Bag, Linear, Seen, load, pack, total, unpack
from extract.pipeline import read_act
from extract.pipes.model import ActContext
from extract.pipes.money.draft import Draft
from extract.pipes.names import name_end

#: What a model holds: three decimals.
WEIGHTS = st.decimals(-5, 5, places=3)


def decide(point: str, before: str = "") -> list[Draft]:
    """What is read of an exposé and one decided point of the Ville de Montclair."""
    head = f"{before}\n\n" if before else ""
    lead = "Le Conseil décide :\n\n- "
    text = head + lead + point
    start = len(head) + len(lead)
    context = ActContext(
        "Ville de Montclair", "Conseil municipal", dt.date(2024, 2, 15), None, ((1, start, len(text)),), start - 2
    )
    return read_act(text, context).fundings


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Club des poètes disparus, conformément au souhait de la commission", "Club des poètes disparus"),
        ("Ligue contre le cancer pour son action", "Ligue contre le cancer"),
        ("Rugby club vernois et 2 700 € à l'Entente", "Rugby club vernois"),
        ("Association pour la sauvegarde du moulin, dont le siège", "Association pour la sauvegarde du moulin"),
        ("Maison des jeunes et de la culture une subvention", "Maison des jeunes et de la culture"),
        ("Mission locale du Haut-Val au titre de 2024", "Mission locale du Haut-Val"),
    ],
)
def test_a_name_goes_on_in_lower_case(text: str, name: str) -> None:
    assert text[: name_end(text, 0)] == name


@pytest.mark.parametrize(
    ("point", "beneficiary"),
    [
        ("de gratifier les Brodeuses du marais d'une dotation de 750 € ;", "Brodeuses du marais"),
        ("d'aider Le Refuge à hauteur de 3 600 € ;", "Le Refuge"),
        ("de faire bénéficier la ludothèque Le Pion Perdu d'un concours financier de 2 150 € ;", "Le Pion Perdu"),
    ],
)
def test_verbs_and_names_that_no_rule_lists_still_make_a_grant(point: str, beneficiary: str) -> None:
    (funding,) = decide(point)
    assert funding.status == "awarded"
    assert funding.funder is not None
    assert funding.funder.name == "Ville de Montclair"
    assert funding.beneficiary is not None
    assert beneficiary in {funding.beneficiary.name, *funding.beneficiary.names.values()}


def test_a_pronoun_is_the_organisation_named_before() -> None:
    fundings = decide(
        "de verser au même office une subvention de 95 000 € ;",
        "L'Office de tourisme du Val-Perdu a présenté son budget.",
    )
    assert [f.beneficiary.name for f in fundings if f.beneficiary] == ["Office de tourisme du Val-Perdu"]


def test_what_is_asked_for_is_no_grant() -> None:
    fundings = decide("de solliciter de l'État une aide de 41 000 € pour la réfection de la toiture ;")
    assert [f.status for f in fundings] == ["requested"]


@pytest.mark.parametrize("name", ["status", "beneficiary", "funder", "name_end"])
def test_models_are_whole(name: str) -> None:
    model = load(name)
    assert len(model.weights) > 1_000
    assert all(any(unpack(weights, len(model.classes))) for weights in model.weights.values())


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=5))
def test_probabilities_add_up(bias: list[float]) -> None:
    model = Linear.of(map(str, range(len(bias))), bias, {})
    assert math.isclose(sum(model.probabilities(Seen([], [])).values()), 1.0)


@given(
    st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(WEIGHTS, min_size=n, max_size=n), min_size=1, max_size=40))
)
def test_packed_weights_add_up_class_by_class(lines: list[list[Decimal]]) -> None:
    packed = sum(pack([float(weight) for weight in line]) for line in lines)
    sums = [float(sum(column)) for column in zip(*lines, strict=True)]
    assert unpack(packed, len(sums)) == pytest.approx(sums, abs=1e-9)


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.lists(st.sampled_from("abcdef")), max_size=4))
def test_shared_features_count_as_often_as_they_are_told(own: list[str], shared: list[list[str]]) -> None:
    weights = {letter: 2**number for number, letter in enumerate("abcde")}
    seen = Seen(own, [Bag(each) for each in shared])
    assert seen.total(weights) == seen.total(weights) == total(weights, seen.names())


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["agreed", "silent", "opposed"]))
def test_being_surer_is_never_less_often_right(one: float, other: float, rules: Rules) -> None:
    low, high = sorted((one, other))
    assert learned(low, rules) <= learned(high, rules) + 1e-9
    assert 0 <= learned(low, rules) <= 1


def test_works_of_a_budget_are_no_receiver() -> None:
    fundings = decide("d'inscrire les restes à réaliser suivants : Rénovation Éclairage Public : 50 000 € ;")
    assert [f.beneficiary.name for f in fundings if f.beneficiary is not None and f.status == "awarded"] == []
