"""Aids that one sum adds up, and sums that look like a grant of the body but are given to it or put on a line of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]


def sums(act: ActFacts) -> list[float]:
    return sorted(float(f.amount or 0) for f in act.fundings if f.status == "awarded")


def test_aids_told_one_by_one_are_granted_one_by_one(act: Act) -> None:
    body = (
        "La commission a examiné trois situations : dossier n° 117, aide au paiement d'une facture pour 310 € ; "
        "dossier n° 121, aide aux frais d'obsèques pour 600 € ; dossier n° 124, secours d'urgence de 150 €."
    )
    found = act("- d'accorder les trois aides individuelles proposées, soit 1 060 € ;", title="Aides", body=body)
    assert sums(found) == [150, 310, 600]


def test_aids_that_do_not_add_up_stay_one_sum(act: Act) -> None:
    body = "La commission a examiné deux situations : une facture pour 310 € ; des frais d'obsèques pour 600 €."
    found = act("- d'accorder les trois aides individuelles proposées, soit 1 060 € ;", title="Aides", body=body)
    assert sums(found) == [1060]


def test_the_first_year_of_a_grant_of_every_year_is_granted_once(act: Act) -> None:
    body = (
        "Il convient de conclure avec l'association Le Fil une convention pour les années 2024 à 2026, aux termes de "
        "laquelle la Ville s'engage à lui verser une subvention annuelle de 45 000 €."
    )
    grant = "- d'attribuer à l'association Le Fil une subvention de 45 000 € au titre de l'année 2024 ;"
    assert sums(act(grant, title="Le Fil – Convention", body=body)) == [45000]


@pytest.mark.parametrize(
    "told",
    [
        "L'association Le Four du Haut, qui réunit les habitants, fait un don de 2 000 € à la commune.",
        "La commission propose d'affecter un montant de 2 000 € sur l'autorisation d'engagement « Création ».",
    ],
)
def test_what_is_given_to_the_body_or_put_on_its_budget_is_no_grant(minutes: Minutes, told: str) -> None:
    act = minutes(f"Four\n\nLe conseil alloue 500 € au Foyer rural de Brize. {told} Adopté à l'unanimité.\n")
    assert granted(act) == {"Foyer rural de Brize": 500}


def test_common_nouns_mean_the_body_of_the_row(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLe maire propose de reconduire les montants, à l'exception de la subvention versée à la "
        "société de chasse, portée de 100 € à 150 €.\nLe conseil décide d'allouer :\n- Foyer rural de Brize ....... "
        "400 €\n"
        "- Société de chasse « La Bécasse » ......... 150 €\n- Vie Libre ......... 50 €\n"
    )
    assert sums(act) == [50, 150, 400]


def test_what_is_left_of_the_grant_of_a_commune_is_paid_to_it(act: Act) -> None:
    body = (
        "La commune de Rhuis-les-Bois a obtenu en 2022 un fonds de concours de 8 000 €. Le solde à verser est ramené à "
        "2 650 €."
    )
    found = act(
        "- fixe à 2 650 € le solde du fonds de concours de la commune de Rhuis-les-Bois ;", title="T", body=body
    )
    names = {o.id: o.name for o in found.organisations}
    told = [(names.get(f.funder or ""), f.part_of) for f in found.fundings if f.status == "awarded"]
    assert told == [("VILLE DE MONTCLAIR", None)]
