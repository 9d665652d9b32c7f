"""Words that name nobody, though a capital or a place in the sentence makes them look like a receiver."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]
LIST = "Les montants suivants sont proposés :\n\nJudo Club ........ 500 €\nFoyer rural de Brize ........ 300 €\n"


def test_an_adverb_that_opens_a_sentence_names_nobody(act: Act) -> None:
    body = (
        "L'ensemble Les Cordes d'Ambre est en résidence. Conformément à la convention, la participation de la Ville "
        "s'élève à 9 000 €, dont 6 000 € versés en janvier et 3 000 € en juin."
    )
    found = act("- d'attribuer 9 000 € à l'ensemble Les Cordes d'Ambre ;", title="Musique", body=body)
    assert "Conformément" not in {o.name for o in found.organisations}


def test_the_verb_of_the_next_point_names_nobody(act: Act) -> None:
    found = act(
        "- AUTORISE le versement de 5 120 € à SIEL BLANC et de 3 600 € à L'ATELIER DES CÔTES,\n\nFIXE à 38 000 € la "
        "participation versée à la MUTUALITÉ DU VAL,",
        title="Prévention",
    )
    assert granted(found) == {"SIEL BLANC": 5120, "L'ATELIER DES CÔTES": 3600, "MUTUALITÉ DU VAL": 38000}


def test_the_signature_of_a_convention_receives_nothing(act: Act) -> None:
    found = act("- de mandater un acompte de 18 000 € à la signature de la convention ;", title="Échelonnement")
    assert "signature de la convention" not in granted(found)


def test_a_sentence_below_rows_is_no_row(act: Act) -> None:
    told = LIST + "\nElle précise que le club Les Hérons, à qui 600 euros\navaient été attribués, n'a rien demandé."
    found = act("- d'attribuer les subventions proposées ci-dessus ;", title="Subventions", body=told)
    assert granted(found) == {"Judo Club": 500, "Foyer rural de Brize": 300}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("à la Chambre d'agriculture interdépartementale", "Chambre d'agriculture interdépartementale"),
        ("au Comité des fêtes pour le cinquantenaire du corso fleuri", "Comité des fêtes"),
        ("à la coopérative scolaire de l'école « Les Cigales »", "coopérative scolaire de l'école « Les Cigales »"),
        (
            "à la coopérative scolaire de l'école intercommunale de Pont-Rouge",
            "coopérative scolaire de l'école intercommunale de Pont-Rouge",
        ),
    ],
)
def test_where_the_name_of_a_receiver_ends(act: Act, told: str, name: str) -> None:
    assert granted(act(f"- d'allouer une subvention de 500 € {told}.", title="Subvention")) == {name: 500}


def test_what_was_only_asked_and_not_repeated_by_the_decision_is_left_to_review(act: Act) -> None:
    asked = (
        "Trois associations ont sollicité le concours de la Ville :\n\n- le Judo Club : 2 000 € ;\n- l'association Un "
        "Toit : 7 500 € ;\n- la Banque alimentaire du Val : 3 000 €.\n\nLa demande de la Banque alimentaire sera "
        "réexaminée en décembre. Deux aides individuelles figurent ci-dessus."
    )
    grants = "- d'accorder les aides figurant ci-dessus ;\n- d'attribuer 2 000 € au Judo Club et 7 500 € à Un Toit ;"
    assert granted(act(grants, title="Aides", body=asked)) == {"Judo Club": 2000, "Un Toit": 7500}


@pytest.mark.parametrize(
    "told",
    [
        "La subvention au Judo Club, de 2 400 € l'an dernier, sera examinée avec le budget primitif.",
        "La Ville participe au fonctionnement du Judo Club, à hauteur de 2 400 €, dans le cadre d'une convention "
        "distincte.",
        "Un acompte de 2 400 € lui a été versé en mai.",
    ],
)
def test_what_another_sitting_decides_is_none_of_this_one(minutes: Minutes, told: str) -> None:
    act = minutes(f"Judo\n\nLe Judo Club de Brize refait son tatami. {told} Le conseil lui accorde 900 €. Adopté.\n")
    assert granted(act) == {"Judo Club de Brize": 900}
