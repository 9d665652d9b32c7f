"""Where the names of rows and of bodies end, what only says what they are, and what a decision takes up from above."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from extract.pipes.roles import is_person
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]


def test_a_bracket_that_says_what_a_name_is_carries_nothing(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLe conseil accorde :\n* Souvenir français : 50 €\n* Les P'tits Loups (association de parents "
        "d'élèves du RPI) : 250 €\n* Amicale des donneurs de sang : 80 €\n"
    )
    assert granted(act) == {"Souvenir français": 50, "Les P'tits Loups": 250, "Amicale des donneurs de sang": 80}


def test_the_total_below_rows_ends_no_name(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLe conseil vote les subventions suivantes :\n\nADMR du canton .............. 180 €\nFNACA "
        "section de Brize ........ 60 €\nFamilles rurales (piscine) .... 300 €\nsoit un total de 540 €\n"
    )
    assert set(granted(act).values()) == {180, 60, 300}
    assert not any("total" in (o.name or "") for o in act.organisations)


def test_an_activity_behind_a_comma_is_no_part_of_a_name(act: Act) -> None:
    rows = (
        "Club vosgien de Brize\t180,- €\nAssociation sportive de l'école élémentaire Les Merles, classe verte au "
        "Bonhomme, 22 élèves à 30,- €\t660,- €\n"
    )
    found = act(f"- d'attribuer les subventions suivantes :\n\n{rows}", title="Subventions")
    assert granted(found).get("Association sportive de l'école élémentaire Les Merles") == 660


@pytest.mark.parametrize(("name", "person"), [("Valmorin VTT", False), ("Enzo MARCHAND", True), ("Lucie LY", True)])
def test_capitals_without_a_vowel_are_no_family(name: str, person: bool) -> None:
    assert is_person(name) is person


@pytest.mark.parametrize("told", ["l'association de chasse La Diane du Val", "la coopérative La Diane du Val"])
def test_a_name_stands_behind_the_trade_that_is_told_with_it(act: Act, told: str) -> None:
    found = act(f"- d'attribuer une subvention de 500 € à {told} ;", title="Subvention")
    (body,) = [o for o in found.organisations if "Diane" in o.name]
    assert "La Diane du Val" in (body.name, *body.aliases)


@pytest.mark.parametrize("taken", ["Le conseil, à l'unanimité, approuve cette participation.", "Le conseil approuve."])
def test_what_the_decision_takes_up_from_right_above_is_decided(minutes: Minutes, taken: str) -> None:
    act = minutes(
        "SIVOS du Bois Vert\n\nLa participation de la commune aux charges du SIVOS du Bois Vert s'élève pour 2019 à "
        f"31 265 €. Elle était de 29 870 € en 2018. {taken}\n"
    )
    assert granted(act) == {"SIVOS du Bois Vert": 31265}
    assert all(f.confidence >= 0.65 for f in act.fundings if f.status == "awarded")


def test_a_total_goes_to_whom_its_payments_are_made(minutes: Minutes) -> None:
    act = minutes(
        "Écoles\n\nLe syndicat scolaire des Trois Moulins a arrêté la participation des communes à 1 120 € par élève. "
        "Pour les 14 élèves de Montclair, la participation s'élève à 15 680 €. Elle sera versée au syndicat scolaire "
        "en deux fois (7 840 € en décembre, 7 840 € en avril). Le conseil approuve à l'unanimité.\n"
    )
    names = {o.id: o.name for o in act.organisations}
    told = [(names.get(f.beneficiary or ""), int(f.amount or 0), f.part_of is not None) for f in act.fundings]
    body = "Syndicat scolaire des Trois Moulins"
    assert sorted(told, key=str) == sorted([(body, 15680, False), (body, 7840, True), (body, 7840, True)], key=str)
