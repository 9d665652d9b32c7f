"""The year of a grant where its sentence and the title tell none: the budget that pays, the exposé that told it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
GRANT = "- d'attribuer une subvention de 4 000 € à l'association Le Foyer des Ormes ;"


def years(facts: ActFacts) -> set[tuple[int | None, int | None]]:
    return {(f.start_year, f.end_year) for f in facts.fundings if f.status == "awarded" and f.amount == 4000}


@pytest.mark.parametrize(
    "credit",
    [
        "L'enveloppe ouverte au budget 2024 est de 150 000 €.",
        "Une enveloppe de 40 000 € a été inscrite à ce titre au budget 2024.",
        "Les crédits ouverts au budget 2024 pour ces aides s'élèvent à 40 000 €.",
        "Vu la délibération adoptant le budget primitif 2024 et ouvrant à ce titre un crédit de 40 000 € ;",
    ],
)
def test_the_budget_that_opens_the_credits_tells_the_year(act: Act, credit: str) -> None:
    assert years(act(GRANT, title="Soutien à la vie associative", body=credit)) == {(2024, 2024)}


def test_a_budget_that_is_over_tells_no_year(act: Act) -> None:
    body = "L'enveloppe ouverte au budget 2023 était de 150 000 €."
    assert years(act(GRANT, title="Soutien à la vie associative", body=body)) == {(None, None)}


def test_a_budget_that_opens_no_credit_tells_no_year(act: Act) -> None:
    body = "Le budget 2024 de la commune a été voté en mars."
    assert years(act(GRANT, title="Soutien à la vie associative", body=body)) == {(None, None)}


def test_the_expose_tells_the_year_of_the_sum_that_is_granted(act: Act) -> None:
    body = "Le Foyer des Ormes demande 40 € par enfant pour l'année 2023-2024, soit 4 000 €."
    assert years(act(GRANT, title="Participation aux frais d'accueil", body=body)) == {(2023, 2024)}


@pytest.mark.parametrize("told", ["en 2019, le Foyer avait reçu 4 000 €", "un projet de 2019 avait coûté 4 000 €"])
def test_the_same_sum_of_a_year_that_is_over_tells_nothing(act: Act, told: str) -> None:
    body = f"Le Foyer des Ormes anime le quartier : {told}."
    assert years(act(GRANT, title="Participation aux frais d'accueil", body=body)) == {(None, None)}


@pytest.mark.parametrize("beside", ["identique à celle de 2019", "supérieure à celle versée en 2019"])
def test_the_year_of_a_sum_that_is_compared_is_not_that_of_the_grant(act: Act, beside: str) -> None:
    decision = f"- d'attribuer à l'association Le Foyer des Ormes une subvention de 4 000 €, {beside} ;"
    assert years(act(decision, title="Attribution de subventions 2024", body="Une demande est reçue.")) == {
        (2024, 2024)
    }


@pytest.mark.parametrize(
    "head", ["Association / Aide 2023 / Demande 2024 / Proposition", "Club | Versé 2023 | Demandé 2024 | Vote"]
)
def test_the_head_of_the_requests_tells_the_year_of_a_list(act: Act, head: str) -> None:
    sign = "|" if "|" in head else "/"
    rows = [["Foyer des Ormes", "3 500 €", "5 000 €", "4 000 €"], ["Club de voile", "150 €", "200 €", "200 €"]]
    table = "\n".join([head, *(f" {sign} ".join(row) for row in rows)])
    decision = "- d'attribuer les aides ci-dessus ;"
    assert years(act(decision, title="Soutien à la vie associative", body=table)) == {(2024, 2024)}


def test_a_school_year_is_that_of_the_money_and_not_of_the_contract(act: Act) -> None:
    title = "Participation aux écoles sous contrat d'association - Année scolaire 2023-2024"
    assert years(act(GRANT, title=title, body="La ville participe aux dépenses.")) == {(2023, 2024)}
