"""Sums that are no grant of the deliberating body: another's money, nothing, a rate; and sums by year under a head."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]
GIVEN = "- d'attribuer une subvention de 4 000 € à l'association Cap Sud ;"


@pytest.mark.parametrize(
    "told",
    [
        "Pour information, l'État (DDETS) finance l'association à hauteur de 641 250 €.",
        "À noter que le Département a versé une aide de 12 000 € à l'association.",
        "Par ailleurs, la Région soutient l'association à hauteur de 9 000 €.",
        "Il est précisé que la CAF participe également au projet pour un montant de 7 500 €.",
        "L'État finance l'association Cap Sud à hauteur de 30 000 €.",
    ],
)
def test_what_another_pays_is_not_the_body_s(act: Act, told: str) -> None:
    found = act(GIVEN, title="Subvention à Cap Sud", body=f"L'association Cap Sud héberge des familles. {told}")
    town = next(o.id for o in found.organisations if "montclair" in o.name.lower())
    assert {f.amount for f in found.fundings if f.status == "awarded" and f.funder == town} == {4000}


@pytest.mark.parametrize(
    "told",
    [
        "RAPPELLE qu'elle verse chaque année 9 000 € au Comité des fêtes ;",
        "CONSTATE que la commune participe à hauteur de 9 000 € au festival du Comité des fêtes ;",
        "PREND NOTE que la Ville apporte 9 000 € au Comité des fêtes ;",
    ],
)
def test_what_a_decision_recalls_is_not_given_by_it(act: Act, told: str) -> None:
    found = act(f"{GIVEN}\n- {told}", title="Subvention à Cap Sud", body="L'association Cap Sud héberge des familles.")
    assert {f.amount for f in found.fundings if f.status == "awarded"} == {4000}


def test_nothing_is_no_grant(minutes: Minutes) -> None:
    act = minutes(
        "Subventions aux associations\n\nLe conseil décide de verser :\n- Judo Club : 500 €\n- CFA du Bâtiment : 0 €\n"
        "- Foyer rural de Courlanne : 300 €\n"
    )
    assert granted(act) == {"Judo Club": 500, "Foyer rural de Courlanne": 300}


@pytest.mark.parametrize(
    "row",
    [
        "15 € par élève x 38 élèves = 570 €",
        "15 € par élève × 38 = 570 €",
        "15 € x 38 élèves, soit 570 €",
        "38 élèves x 15 € = 570 €",
        "38 élèves à 15 €, soit 570 €",
        "15 € par élève (38 élèves), soit 570 €",
        "15 €/élève pour 38 élèves soit un total de 570 €",
    ],
)
def test_the_product_is_the_grant_and_its_rate_is_none(minutes: Minutes, row: str) -> None:
    act = minutes(
        f"Subventions 2019\n\nLe conseil décide de verser :\n- Judo Club : 500 €\n- Coopérative scolaire : {row}\n"
        "- Foyer rural de Courlanne : 300 €\n"
    )
    assert granted(act) == {"Judo Club": 500, "Coopérative scolaire": 570, "Foyer rural de Courlanne": 300}


@pytest.mark.parametrize("head", ["Année\tMontant", "Exercice\tParticipation (€)", "| Année | Montant en euros |"])
@pytest.mark.parametrize(
    "lead",
    [
        "Au regard des contraintes budgétaires, la participation de la Ville est fixée comme suit :",
        "La contribution de la Ville s'établit ainsi :",
        "Il est proposé que la subvention de la Ville soit la suivante :",
    ],
)
def test_sums_by_year_under_a_head(act: Act, lead: str, head: str) -> None:
    rows = "2024\t18 000 €\n2025\t18 600 €\n2026\t19 000 €"
    if head.startswith("|"):
        rows = "\n".join(f"| {row} |" for row in rows.replace("\t", " | ").splitlines())
    body = f"L'association Cap Sud héberge des familles.\n\n{lead}\n\n{head}\n{rows}\n\nsoit un total de 55 600 €."
    found = act(
        "- d'approuver la convention d'objectifs à conclure avec l'association Cap Sud ;",
        title="Cap Sud – Convention d'objectifs 2024-2026",
        body=body,
    )
    awarded = [(f.amount, f.start_year) for f in found.fundings if f.status == "awarded" and f.confidence >= 0.5]
    assert sorted(awarded) == [(18000, 2024), (18600, 2025), (19000, 2026)]


@pytest.mark.parametrize(
    "told",
    [
        "La commune achète des denrées pour les Restos du Cœur. Coût de l'opération : 50 000 €.",
        "L'association Cap Sud occupera la salle rénovée. Montant des travaux : 50 000 €.",
    ],
)
def test_a_cost_by_its_label_is_no_grant(minutes: Minutes, told: str) -> None:
    assert granted(minutes(f"Solidarité\n\nLe conseil décide d'aider les associations. {told}")) == {}


def test_what_several_share_is_not_given_to_one(minutes: Minutes) -> None:
    act = minutes(
        "Dons\n\nLe conseil municipal approuve le versement d'une subvention de 1 200 € répartie à égalité entre trois "
        "associations, à savoir la Croix-Rouge, les Restos du Cœur et le Secours catholique."
    )
    assert all(name is None for name in granted(act))


def test_the_grant_is_the_one_told_above(minutes: Minutes) -> None:
    text = (
        "4 - Toiture\n\nLe Maire propose que la commune, qui avait donné 5 000 € en 2019, accorde une subvention "
        "d'équipement de 7 400 €.\nLe Conseil, par 12 voix contre 1, accorde la subvention à la fédération Sare."
    )
    assert not [f for f in minutes(text).fundings if f.status == "awarded" and f.amount is None]


def test_who_is_asked_is_granted_nothing(act: Act) -> None:
    facts = act(
        "- SOLLICITE l'aide de l'État et du Département du Doubs, et accorde à Monsieur le Maire pouvoir pour déposer "
        "la demande de subvention ;",
        title="Chaudière",
    )
    assert not [f for f in facts.fundings if f.status == "awarded"]
