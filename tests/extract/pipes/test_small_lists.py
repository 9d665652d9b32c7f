"""Small lists of a decision: rows that tell the cost first, ranks, files, persons, what a sum is for between commas."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from graph.mapping.context import PUBLISH_THRESHOLD

Act = Callable[..., ActFacts]


def published(facts: ActFacts) -> list[tuple[str, int]]:
    """Receiver ("?" for nobody with a name) and sum of each award that is sure enough to be published."""
    told = {o.id: o.name for o in facts.organisations}
    return [
        (told.get(f.beneficiary or "", "?"), int(f.amount or 0))
        for f in facts.fundings
        if f.status == "awarded" and f.confidence >= PUBLISH_THRESHOLD
    ]


@pytest.mark.parametrize(
    ("lead", "rows", "told"),
    [
        (
            "Attribue les aides suivantes :",
            "> Le Fournil d'Odile (boulangerie, Lamure) – four – dépenses 23 000 € HT – aide CC 4 600 €\n"
            "> Garage du Parc – pont élévateur – dépenses 8 450 € HT – aide CC 1 690 €",
            [("Le Fournil d'Odile", 4600), ("Garage du Parc", 1690)],
        ),
        (
            "Décide d'accorder :",
            "Mme R., à Lamure : travaux 8 900 € ; aide Anah 4 450 € ; aide CC 500 €\n"
            "SCI Le Pigeonnier, à Brion : travaux 61 200 € ; aide Anah 21 420 € ; aide CC 3 000 €",
            [("?", 500), ("SCI Le Pigeonnier", 3000)],
        ),
        (
            "Décide d'attribuer les prix suivants :",
            "1er prix : 2 500 € - Junior association Vague\n2e prix : 1 500 € - Foyer des lycéens de Brion\n"
            "Coup de cœur du jury : 500 € - Léo W., 19 ans",
            [("Junior association Vague", 2500), ("Foyer des lycéens de Brion", 1500), ("?", 500)],
        ),
        (
            "Sont attribuées les subventions suivantes :",
            "EARL Les Maraîchers du Gué, création d'une légumerie, 9 000 € ;\nSCOP Ô Local, conserverie, 8 200 €.",
            [("EARL Les Maraîchers du Gué", 9000), ("SCOP Ô Local", 8200)],
        ),
        (
            "Accorde les secours suivants :",
            "Dossier n° 2022-07 : 150 € (facture d'énergie)\nDossier n° 2022-08 : 80 € (aide alimentaire)",
            [("?", 150), ("?", 80)],
        ),
        (
            "Le Conseil répartit l'enveloppe comme suit :",
            "école Les Capucines 740 € / école Jules-Verne 1 460 € / école du Bourg 1 000 €",
            [("école Les Capucines", 740), ("école Jules-Verne", 1460), ("école du Bourg", 1000)],
        ),
    ],
)
def test_rows_of_a_small_list_are_grants(act: Act, lead: str, rows: str, told: list[tuple[str, int]]) -> None:
    assert published(act(f"{lead}\n{rows}", title="Aides et soutiens")) == told


def test_the_number_of_a_file_where_no_persons_are_helped_names_nobody(act: Act) -> None:
    rows = "Attribue les subventions suivantes :\nDossier n° 12 : 1 500 €\nDossier n° 13 : 800 €"
    assert published(act(rows, title="Aides aux commerces")) == []


@pytest.mark.parametrize(
    ("point", "told"),
    [
        (
            "fixer la participation de la commune aux travaux à 23 000 € et d'autoriser M. le Maire à verser cette "
            "somme dans la caisse du receveur du SIEG de la Brenne ;",
            [("SIEG de la Brenne", 23000)],
        ),
        (
            "verser au Bagad Ar Mor, en sus de la subvention de 3 000 € votée le 15 décembre, un complément de 800 € ;",
            [("Bagad Ar Mor", 800)],
        ),
        ("cofinancer le programme de la LPO Brenne pour 4 400 € (20 %) ;", [("Brenne", 4400)]),
        ("porter celle des JSP de la Brenne de 200 à 300 € ;", [("JSP de la Brenne", 300)]),
        ("accepter le reversement au Département de la somme de 3 600 € ;", []),
        ("attribuer à l'ikastola Ametza une aide à l'investissement de 6 500 € ;", [("Ikastola Ametza", 6500)]),
        (
            "attribuer à la Société d'études et d'histoire du Bressan une aide de 1 150 € ;",
            [("Société d'études et d'histoire du Bressan", 1150)],
        ),
        ("accorder à CDC Habitat Littoral une subvention de 42 000 € ;", [("CDC Habitat Littoral", 42000)]),
    ],
)
def test_further_points(act: Act, point: str, told: list[tuple[str, int]]) -> None:
    link = "d'" if point[0] in "aeiou" else "de "
    found = published(act(f"- {link}{point}", title="Vie locale"))
    assert [value for _, value in found] == [value for _, value in told]
    assert all(want in name for (name, _), (want, _) in zip(found, told, strict=True))


def test_items_of_what_a_sum_is_for_go_to_whom_their_lead_gives(act: Act) -> None:
    points = (
        "APPROUVE le versement au centre social La Passerelle, pour 2023, de :\n- 11 000 € pour le fonctionnement,\n"
        "- 2 500 € pour le secteur jeunes."
    )
    found = published(act(points, title="Convention avec le centre social La Passerelle"))
    assert [value for _, value in found] == [11000, 2500]
    assert all("La Passerelle" in name for name, _ in found)


def test_who_carries_an_action_of_a_list_is_given_its_sum(act: Act) -> None:
    points = (
        "DÉCIDE de participer au financement des actions suivantes :\n"
        "Action 3.1 « Bouge ta santé » portée par le CODES : 5 000 €\n"
        "Action 4.2 « Premiers secours » portée par l'UNAFAM : 3 800 €"
    )
    found = published(act(points, title="Contrat local de santé"))
    assert [value for _, value in found] == [5000, 3800]
    assert "CODES" in found[0][0]


def test_attributions_de_compensation_are_no_grants(act: Act) -> None:
    points = "- arrête le montant des attributions de compensation 2024 : Brion 120 400 € ; Lamure 88 000 € ;"
    assert published(act(points, title="Attributions de compensation")) == []
