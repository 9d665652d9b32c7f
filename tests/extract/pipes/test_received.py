"""Sums that the body takes: it receives, and who pays is the other party of the convention."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from graph.mapping.context import PUBLISH_THRESHOLD

Act = Callable[..., ActFacts]
CITY, COMPANY = "VILLE DE MONTCLAIR", "Société des eaux du Val"
GIVES = f"La {COMPANY} versera à la commune une participation pour l'accueil du public."


def flows(facts: ActFacts, least: float = PUBLISH_THRESHOLD) -> list[tuple[str, str, int]]:
    """Payer, receiver and sum of each award that is sure enough."""
    told = {o.id: o.name for o in facts.organisations}
    return [
        (told.get(f.funder or "", "?"), told.get(f.beneficiary or "", "?"), int(f.amount or 0))
        for f in facts.fundings
        if f.status == "awarded" and f.confidence >= least
    ]


@pytest.mark.parametrize(
    ("point", "body"),
    [
        (
            f"d'approuver la convention avec la {COMPANY} et de percevoir la participation de 900 € qu'elle prévoit ;",
            "",
        ),
        (f"APPROUVE la convention avec la {COMPANY} et ACCEPTE la participation de 900 € qu'elle prévoit ;", GIVES),
        (
            f"d'approuver la convention avec la {COMPANY} ;\n- d'encaisser les 900 € prévus par la convention ;",
            "",
        ),
        (
            "d'approuver la convention avec la "
            f"{COMPANY}, et d'accepter le versement par celle-ci d'une aide de 900 € à la commune ;",
            "",
        ),
        (f"AUTORISE le Maire à encaisser la somme de 900 € versée par la {COMPANY} ;", ""),
    ],
)
def test_what_the_body_takes_is_paid_by_the_other_party(act: Act, point: str, body: str) -> None:
    assert flows(act(f"- {point}", title="Accueil du public", body=body)) == [(COMPANY, CITY, 900)]


def test_what_may_be_taken_or_given_awaits_review(act: Act) -> None:
    point = f"- APPROUVE la convention avec la {COMPANY} et ACCEPTE la participation de 900 € qu'elle prévoit ;"
    found = act(point, title="Accueil du public")
    assert flows(found) == []
    assert flows(found, 0) == [(COMPANY, CITY, 900)]


@pytest.mark.parametrize(
    "point",
    [
        "ACCEPTE la participation de 900 € au fonctionnement du Judo Club ;",
        "ACCEPTE de verser 900 € au Judo Club ;",
        "ACCEPTE la subvention de 900 € sollicitée par le Judo Club ;",
    ],
)
def test_who_accepts_to_give_takes_nothing(act: Act, point: str) -> None:
    assert CITY not in {receiver for _, receiver, _ in flows(act(f"- {point}"), 0)}


def test_the_decision_says_whose_grants_a_table_tells(act: Act) -> None:
    body = (
        "Les montants arrêtés pour 2024 sont les suivants :\n\n"
        "Équipement\tGestionnaire\tBonus 2024\n"
        "Halte-garderie Les Lapins\tVille de Montclair\t9 000 €\n"
        "Accueil du mercredi\tAssociation Horizon\t650 €\n"
    )
    point = "- d'approuver le versement par l'État des bonus récapitulés dans le tableau ci-dessus ;"
    assert flows(act(point, title="Accueil du jeune enfant", body=body)) == [
        ("État", CITY, 9000),
        ("État", "Horizon", 650),
    ]


def test_what_the_decision_approves_above_is_paid_by_whom_it_names(act: Act) -> None:
    body = (
        "L'Agence régionale de santé (ARS) s'engage à cofinancer le poste à hauteur de 900 €, pris en charge en 2024."
    )
    point = "- d'approuver les concours financiers de l'ARS, dans les conditions mentionnées ci-dessus ;"
    assert flows(act(point, title="Contrat local de santé", body=body)) == [("Agence régionale de santé", CITY, 900)]


def test_a_town_that_a_festival_reaches_is_given_nothing(act: Act) -> None:
    body = (
        "La Ville accompagne le festival Les Embruns, organisé par l'association La Forge aux Images.\n\nIl est "
        "proposé de porter son concours à 9 000 €, afin de tenir compte de l'extension du festival à la commune de "
        "Rochebelle."
    )
    found = act(
        "- d'approuver la convention avec l'association La Forge aux Images ;\n\n"
        "- d'autoriser le versement à cette association d'une subvention de 9 000 € au titre de 2024 ;",
        title="Festival Les Embruns et compagnies",
        body=f"{body}\n\nLe Théâtre des Halles, le Collectif Hors-Champ et l'association Danse en Val sont aidés.",
    )
    names = {o.id: o.name for o in found.organisations}
    assert [(f.amount, names.get(f.beneficiary or "")) for f in found.fundings if f.status == "awarded"] == [
        (9000, "La Forge aux Images")
    ]


def test_this_association_is_the_one_that_the_item_before_names(act: Act) -> None:
    found = act(
        "- d'approuver l'avenant à la convention conclue avec l'association Horizon Solidaire ;\n\n"
        "- de porter le montant de la subvention 2024 à cette association de 44 000 € à 62 000 € ;",
        body="L'association Les Peuples Unis et l'association Horizon Solidaire agissent à l'étranger.",
    )
    names = {o.id: o.name for o in found.organisations}
    assert [(f.amount, names.get(f.beneficiary or "")) for f in found.fundings if f.status == "awarded"] == [
        (62000, "Horizon Solidaire")
    ]


def test_what_a_body_is_asked_to_do_is_no_part_of_its_name(act: Act) -> None:
    found = act(
        "- d'allouer à l'association Horizon Solidaire une subvention complémentaire de 18 000 € ;",
        body="Afin de permettre à l'association d'engager sans attendre les réparations, il est proposé d'augmenter de "
        "18 000 € le concours de la Ville. La subvention annuelle a été portée à 44 000 € en 2023 par un avenant.",
    )
    names = {o.id: o.name for o in found.organisations}
    assert [(f.amount, names.get(f.beneficiary or "")) for f in found.fundings if f.status == "awarded"] == [
        (18000, "Horizon Solidaire")
    ]
    assert not [name for name in names.values() if "engager" in name]


def test_a_name_goes_on_as_it_stands_in_guillemets(act: Act) -> None:
    found = act(
        "- d'attribuer à l'association La Chambre à air une subvention de 7 500 € ;",
        title="Soutien à l'atelier participatif « La Chambre à air »",
    )
    assert "La Chambre à air" in {o.name for o in found.organisations}
