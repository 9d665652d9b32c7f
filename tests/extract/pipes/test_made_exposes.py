"""Acts of one to three grants in prose (``made_exposes``): what they decide is read back, and nothing beside it."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import Source
from graph.mapping.context import PUBLISH_THRESHOLD
from tests.extract.pipes.made_articles import HEAD
from tests.extract.pipes.made_exposes import made_exposes
from tests.extract.pipes.test_made_articles import FORMULA, awards
from tests.extract.pipes.test_made_prose import fits
from tests.extract.pipes.test_made_tables import names

_SEEDS, _LEAST_READ = 40, 0.97


def flows(act: ActFacts) -> list[tuple[set[str], set[str], int]]:
    """Who pays, who receives and the sum of each award that is published and no part of another."""
    told = {o.id: names(o) for o in act.organisations}
    return [
        (told.get(f.funder or "", set()), told.get(f.beneficiary or "", set()), int(f.amount or 0))
        for f in act.fundings
        if f.status == "awarded" and f.kind in ("subsidy", "contribution") and f.part_of is None
        if f.confidence >= PUBLISH_THRESHOLD
    ]


def test_acts_in_prose_are_read_back_and_nothing_beside_their_grants() -> None:
    told, missed, wrong = 0, 0, []
    for seed in range(_SEEDS):
        made = made_exposes(Random(seed))
        wanted = Counter(made.flows)
        told += wanted.total()
        facts = extract_source(Source("acte.txt", "0" * 64, "text/plain", made.text))
        for payers, receivers, amount in (flow for act in facts.acts for flow in flows(act)):
            hit = next((w for w in wanted if wanted[w] and fits(w, payers, receivers, amount)), None)
            if hit is None:
                wrong.append((seed, amount, made.traits))
            else:
                wanted -= Counter([hit])
        missed += wanted.total()
    assert not wrong, wrong
    assert missed <= (1 - _LEAST_READ) * told


@pytest.mark.parametrize(
    "tail",
    [
        ", aux côtés de la Région Val-de-Saône (31 100 €)",
        ", les autres financeurs apportant 10 800 €",
        ", pour une dépense subventionnable de 86 150 €",
        ", contre 4 000 € en 2023",
    ],
)
def test_what_stands_behind_a_grant_is_no_grant(tail: str) -> None:
    assert awards(f"Article 1 : Attribue à l'Amicale laïque une subvention de 4 500 €{tail}.") == {
        "amicale laique": 4500
    }


@pytest.mark.parametrize(
    "said",
    [
        "Mme Noiraud rappelle que le Rugby club des Marnes reçoit 34 750 € chaque année.",
        "Mme Noiraud indique que l'association verse 10 150 € au Rugby club des Marnes pour la location du matériel.",
        "La commune a soutenu le foyer à hauteur de 6 650 € en 2022 et de 7 000 € en 2023.",
    ],
)
def test_what_members_tell_is_no_grant_of_the_act(said: str) -> None:
    told = f"L'association Horizon anime la fête. Il est proposé d'attribuer 900 € à l'association Horizon. {said}"
    assert awards("Article 1 : Approuve le versement des subventions ci-dessus.", told) == {"horizon": 900}


def test_the_association_is_the_one_that_the_act_is_about() -> None:
    told = (
        "Depuis 1998, l'association Horizon accompagne les familles. L'association Horizon emploie trois salariés.\n"
        "M. Tessier demande pourquoi l'association Vivre ici ne reçoit rien."
    )
    assert awards("Article 1 : Attribue à l'association une subvention de 900 €.", told) == {"horizon": 900}


def test_what_another_body_promises_and_the_decision_accepts_is_paid_by_it() -> None:
    told = "La Région Val-de-Saône a décidé d'attribuer à la commune une subvention de 67 250 € pour ce projet."
    text = HEAD.format(title="Halle") + f"{told}\n\n{FORMULA}Article 1 : Accepte le concours financier de la Région.\n"
    (act,) = extract_source(Source("acte.txt", "0" * 64, "text/plain", text)).acts
    assert [("region val de saone" in payers, value) for payers, _, value in flows(act)] == [(True, 67250)]


@pytest.mark.parametrize(
    "article",
    [
        "Attribue à l'Amicale laïque, dont le budget s'élève à 69 450 €, une subvention de 4 500 €.",
        "Attribue à l'Amicale laïque une aide complémentaire de 4 500 €, portant ainsi le total annuel à 9 000 €.",
        "Attribue à l'Amicale laïque une subvention de 4 500 €, après déduction d'un trop-perçu de 1 150 €.",
        "Augmente de 1 300 € la subvention attribuée à l'Amicale laïque, qui est ainsi portée à 4 500 €.",
        "Approuve l'avenant n° 1 à la convention avec l'Amicale laïque, portant la subvention de 3 000 € à 4 500 €.",
        "Approuve la convention avec l'Amicale laïque, qui prévoit une aide de 4 500 € et la mise à disposition "
        "de locaux évaluée à 8 000 €.",
    ],
)
def test_of_two_sums_of_a_point_the_grant_alone_is_one(article: str) -> None:
    assert awards(f"Article 1 : {article}") == {"amicale laique": 4500}


@pytest.mark.parametrize(
    "article",
    [
        "Attribue à l'Amicale laïque, qui avait sollicité 9 000 €, une subvention de 4 500 €.",
        "Attribue à l'Amicale laïque une aide de 4 500 € et rejette l'amendement tendant à la porter à 9 000 €.",
        "Attribue à l'Amicale laïque une aide de 4 500 €. Fixe à 620 € l'indemnité mensuelle de l'agent recenseur.",
        "Approuve la convention avec l'Amicale laïque et le versement à ce titre d'une aide de 4 500 €, pour un budget "
        "prévisionnel de 54 850 €.",
        "Attribue à l'Amicale laïque une aide de 4 500 € et de garantir son emprunt de 90 000 € à hauteur de 50 %.",
    ],
)
def test_what_is_asked_paid_or_guaranteed_beside_a_grant_is_none(article: str) -> None:
    told = "L'Amicale laïque reversera 2 100 € au Moto club du Plateau. Chaque lauréat recevra un prix de 150 €."
    assert awards(f"Article 1 : {article}", told) == {"amicale laique": 4500}
