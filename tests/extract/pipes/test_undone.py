"""What a report proposes and the body refuses or puts off as a whole is no grant; what it refuses beside one, is."""

from __future__ import annotations

import pytest

from tests.extract.pipes.minutes import BOTH, Minutes, granted

ONE = "Subvention au Judo Club\n\nM. le Maire propose de verser une subvention de 500 € au Judo Club.\n\n{outcome}\n"
LIST = "Subventions aux associations\n\n{lead}\n- Judo Club : 500 €\n- Foyer rural de Courlanne : 300 €\n\n{outcome}\n"
NO = [
    "Le conseil municipal refuse cette proposition.",
    "Le conseil municipal, par 12 voix contre et 3 pour, rejette la proposition.",
    "La proposition n'est pas retenue.",
    "Le conseil n'approuve pas cette proposition.",
    "Ce point est ajourné.",
    "Le dossier est retiré de l'ordre du jour.",
    "Faute d'éléments, la décision est reportée au prochain conseil.",
    "Après débat, le conseil souhaite reporter sa décision.",
    "Le conseil préfère attendre les comptes avant de se prononcer.",
    "Le conseil décide de surseoir à statuer.",
]


@pytest.mark.parametrize("outcome", NO)
def test_a_proposal_that_is_refused_or_put_off_is_no_grant(minutes: Minutes, outcome: str) -> None:
    assert granted(minutes(ONE.format(outcome=outcome))) == {}


@pytest.mark.parametrize("outcome", NO)
@pytest.mark.parametrize("lead", ["Il est proposé :", "La commission propose les subventions suivantes :"])
def test_nor_is_a_list_of_them(minutes: Minutes, lead: str, outcome: str) -> None:
    assert granted(minutes(LIST.format(lead=lead, outcome=outcome))) == {}


@pytest.mark.parametrize(
    "outcome",
    [
        "Le conseil, après en avoir délibéré, approuve ces propositions.",
        "Adopté à l'unanimité.",
        "M. Roux propose de porter l'aide du Judo Club à 800 €. Cette proposition est rejetée. Le conseil adopte les "
        "propositions de la commission.",
        "Le conseil adopte ces propositions. La demande de l'ACCA est reportée à la prochaine séance.",
        "Le conseil suit cet avis. Le dossier de l'ACCA, qui demande 200 €, est ajourné.",
    ],
)
def test_what_is_adopted_is_granted_whatever_is_refused_beside_it(minutes: Minutes, outcome: str) -> None:
    assert (
        granted(minutes(LIST.format(lead="La commission propose les subventions suivantes :", outcome=outcome))) == BOTH
    )


def test_only_the_proposal_that_is_refused_is_no_grant(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nIl est proposé d'attribuer 500 € au Judo Club. Le conseil adopte. Il est proposé d'attribuer "
        "300 € à l'association Cap Sud. Le conseil n'approuve pas cette proposition."
    )
    assert granted(act) == {"Judo Club": 500}


@pytest.mark.parametrize(
    "apart",
    [
        "Le dossier de l'ACCA est ajourné.",
        "La demande des Petits Mécanos, dont le dossier est incomplet, est reportée : le dossier est renvoyé en mai.",
    ],
)
@pytest.mark.parametrize("item", ["- d'approuver la première tranche", "- d'attribuer aux porteurs les subventions"])
def test_what_is_put_off_beside_what_is_decided_leaves_it_granted(minutes: Minutes, apart: str, item: str) -> None:
    act = minutes(
        "Subventions aux associations\n\nLes propositions sont les suivantes :\n\nStructure\tProposition 2025\n"
        f"Judo Club\t500 €\nFoyer rural de Courlanne\t300 €\n\n{apart}\n\n"
        f"Le conseil, après en avoir délibéré, décide :\n\n{item} pour un total de 800 €.\n"
    )
    assert granted(act) == BOTH


def test_the_file_of_one_that_is_put_off_is_that_of_one(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nIl est proposé de verser 500 € au Judo Club et 300 € au Foyer rural de Courlanne.\n\n"
        "Le dossier du Judo Club est ajourné.\n\nAdopté à l'unanimité pour le reste.\n"
    )
    assert "Judo Club" not in granted(act)
