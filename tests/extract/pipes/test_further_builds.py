"""Builds of a decision that tell a sum beside another: told anew, held by somebody, fixed where the title names who."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from graph.mapping.context import PUBLISH_THRESHOLD

Act = Callable[..., ActFacts]


def published(facts: ActFacts) -> list[tuple[str, int]]:
    """Receiver and sum of each award that is sure enough to be published, parts of others left out."""
    told = {o.id: o.name for o in facts.organisations}
    return sorted(
        (told.get(f.beneficiary or "", "?"), int(f.amount or 0))
        for f in facts.fundings
        if f.status == "awarded" and f.part_of is None and f.confidence >= PUBLISH_THRESHOLD
    )


@pytest.mark.parametrize(
    ("point", "told"),
    [
        (
            "d'accorder à la CUMA du Bourgneuf (Lamure) une aide de 7 900 € représentant 20 % d'une dépense de "
            "39 500 € HT, et à la CUMA des Trois Clochers (Brion) une aide de 4 300 € représentant 20 % d'une dépense "
            "de 21 500 € HT ;",
            [("CUMA des Trois Clochers", 4300), ("CUMA du Bourgneuf", 7900)],
        ),
        (
            "d'octroyer, pour l'organisation du Grand Prix de la Ville, la somme de 2 000 € au Vélo Club Bressan ;",
            [("Vélo Club Bressan", 2000)],
        ),
        (
            "d'attribuer 50 € par apprenti, soit 100 € pour la MFR de Bresse et 150 € pour le CFA de la Brenne ;",
            [("CFA de la Brenne", 150), ("MFR de Bresse", 100)],
        ),
        (
            "d'approuver l'avenant, qui porte l'aide à la commune d'Arzay à 17 200 € et ramène celle de la commune de "
            "Lamure à 4 200 € ;",
            [("Ville d'Arzay", 17200), ("Ville de Lamure", 4200)],
        ),
        (
            "de réduire, pour exécution partielle, la subvention de 12 000 € attribuée en 2021 au Bagad Ar Mor, et de "
            "la ramener à 7 800 € ;",
            [("Bagad Ar Mor", 7800)],
        ),
        (
            "de participer, pour 300 €, à la fête de l'agriculture organisée par le Bagad Ar Mor ;",
            [("Bagad Ar Mor", 300)],
        ),
        (
            "d'attribuer au Bagad Ar Mor une subvention complémentaire de 2 500 €, portant l'aide communale totale à "
            "30 500 € ;",
            [("Bagad Ar Mor", 2500)],
        ),
        (
            "d'attribuer 300 € à chacun des collèges Jules-Renard, Rosa-Bonheur et La Prairie, soit 900 € ;",
            [("Jules-Renard", 300), ("La Prairie", 300), ("Rosa-Bonheur", 300)],
        ),
        ("- FAIT DON à la Protection civile de 650 € ;", [("Protection civile", 650)]),
        (
            "de verser du budget principal au budget annexe « Camping » une subvention d'équilibre de 18 700 € ;",
            [("budget annexe « Camping »", 18700)],
        ),
    ],
)
def test_a_build_tells_who_receives_which_sum(act: Act, point: str, told: list[tuple[str, int]]) -> None:
    assert published(act(point if point.startswith("-") else f"- {point}", title="Soutien à la vie locale")) == told


@pytest.mark.parametrize(
    ("title", "points", "told"),
    [
        (
            "Participation au SIVU du Vert Coteau",
            "- approuve la participation de la commune d'un montant de 40 100 € ;",
            [("SIVU du Vert Coteau", 40100)],
        ),
        (
            "Avenant n° 2 à la convention d'objectifs avec La Maison des Possibles",
            "- d'approuver l'avenant n° 2 portant la participation communale 2022 de 45 000 € à 52 500 €.",
            [("La Maison des Possibles", 52500)],
        ),
        (
            "Convention pluriannuelle avec la Compagnie des Lucioles",
            "- approuve la convention 2022-2024 : subvention globale de 36 000 €.",
            [("Compagnie des Lucioles", 36000)],
        ),
        (
            "Concession d'aménagement : avenant n° 4",
            "1. Approuve l'avenant n° 4 au traité conclu avec la SPLA Bresse Aménagement ;\n"
            "2. Fixe la participation de la Ville à 715 000 €.",
            [("SPLA Bresse Aménagement", 715000)],
        ),
    ],
)
def test_who_receives_is_told_by_the_title_or_the_point_above(
    act: Act, title: str, points: str, told: list[tuple[str, int]]
) -> None:
    assert published(act(points, title=title)) == told


def test_a_sigle_behind_an_elided_article_has_its_place(act: Act) -> None:
    facts = act("- de verser 650 € à l'ADIL de la Côte-Picarde ;")
    assert [name for name, _ in published(facts)] == [
        "Agence départementale d'information sur le logement de la Côte-Picarde"
    ]


def test_a_number_behind_a_sigle_tells_its_departement(act: Act) -> None:
    facts = act("- de verser 650 € à la CNL 54 et 450 € à l'UDAF 54 ;")
    names = [o.name for o in facts.organisations]
    assert "Union départementale des associations familiales 54" in names
    assert not any("Centre national" in name for name in names)


def test_a_name_in_quotes_tells_which_of_many_is_meant(act: Act) -> None:
    facts = act("- de verser 650 € à l'AAPPMA « La Truite vagabonde » ;")
    assert "La Truite vagabonde" in published(facts)[0][0]
