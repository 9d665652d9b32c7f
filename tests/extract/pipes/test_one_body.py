"""One body under two names is one, and its advance is part of its grant; points may stand behind a lone stop."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.facts import FundingFact
from extract.read import read_bytes
from tests.extract.pipes.made_articles import HEAD

DECIDES = "Le conseil municipal, après en avoir délibéré, à l'unanimité,\n\nDÉCIDE\n\n"


def awarded(decision: str, told: str = "La commune soutient la vie locale.") -> list[tuple[str, FundingFact]]:
    """Who receives each sum that a decision grants."""
    text = HEAD.format(title="Vie locale – soutien de l'année 2024") + f"{told}\n\n{decision}\n"
    (act,) = extract_source(read_bytes("acte.txt", text.encode())).acts
    named = {o.id: o.name for o in act.organisations}
    return [(named.get(f.beneficiary or "", ""), f) for f in act.fundings if f.status == "awarded"]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("à l'harmonie La Lyre", "à La Lyre"),
        ("à la Mission locale du Haut Val", "à la Mission locale"),
        ("au club d'escrime La Fine Lame", "à La Fine Lame"),
        ("à la compagnie Les Funambules", "aux Funambules"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_the_advance_of_a_body_named_by_half_is_part_of_its_grant(long: str, short: str, first: bool) -> None:
    one, other = (long, short) if first else (short, long)
    found = awarded(
        f"{DECIDES}- d'attribuer {one} une subvention de 6 000 € pour 2024,\n"
        f"- de verser {other} une avance de 2 500 € dès la signature de la convention."
    )
    assert len({name for name, _ in found}) == 1
    assert [f.amount for _, f in found if f.part_of is None] == [6000]


def test_an_advance_alone_is_a_grant() -> None:
    found = awarded(f"{DECIDES}- de verser à l'Amicale laïque une avance de 5 000 € sur la subvention de 2025.")
    assert [(name, int(f.amount or 0), f.part_of or "") for name, f in found] == [("Amicale laïque", 5000, "")]


def test_two_bodies_of_one_kind_stay_two() -> None:
    found = awarded(
        f"{DECIDES}- d'attribuer à la Mission locale du Haut Val une subvention de 6 000 €,\n"
        "- d'attribuer à la Mission locale de Courlanne une subvention de 4 000 €,\n"
        "- d'attribuer à la Croix-Rouge française 300 €."
    )
    assert len({name for name, _ in found}) == 3


@pytest.mark.parametrize("mark", [". ", ".\t"])
def test_points_behind_a_stop_are_points(mark: str) -> None:
    found = awarded(
        f"Le conseil décide, à l'unanimité,\n{mark}d'attribuer à l'Amicale laïque une subvention de 450 €\n"
        f"{mark}d'approuver la convention avec le Foyer rural des Prés et de lui verser 300 €\n"
        f"{mark}d'autoriser le maire à la signer"
    )
    assert [(name, int(f.amount or 0)) for name, f in found] == [("Amicale laïque", 450), ("Foyer rural des Prés", 300)]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("à l'école Sainte-Marthe 300 €", "école Sainte-Marthe"),
        ("au collège privé Saint-Joseph 300 €", "collège privé Saint-Joseph"),
        ("à l'école élémentaire Jean-Moulin 300 €", "école élémentaire Jean-Moulin"),
    ],
)
def test_a_school_keeps_the_word_that_says_what_it_is(given: str, named: str) -> None:
    told = f"La directrice présente le projet de l'{named} ; la classe part en mai."
    assert {name for name, _ in awarded(f"{DECIDES}- d'attribuer {given}.", told)} == {named}


def test_points_that_give_are_no_rows_of_a_list() -> None:
    found = awarded(
        f"{DECIDES}- de verser au lycée Bonaparte 300 € ;\n- de verser à l'école maternelle Les Lutins 200 €."
    )
    assert [(name.lower(), int(f.amount or 0)) for name, f in found] == [
        ("lycée bonaparte", 300),
        ("école maternelle les lutins", 200),
    ]


def test_each_of_several_agreements_has_its_sum() -> None:
    found = awarded(
        f"{DECIDES}- d'approuver les conventions à conclure avec les associations Horizon, Les Genêts d'Or et Cap Sud, "
        "fixant respectivement la subvention de la commune à 3 000 €, 4 500 € et 2 200 €."
    )
    assert [(name, int(f.amount or 0)) for name, f in found] == [
        ("Horizon", 3000),
        ("Les Genêts d'Or", 4500),
        ("Cap Sud", 2200),
    ]


def test_a_contribution_by_head_is_the_product_and_not_the_rate() -> None:
    found = awarded(
        f"{DECIDES}- d'approuver la convention avec le Syndicat mixte du Haut Val ;\n"
        "- de fixer sa contribution à 1,55 € par habitant, soit 61 225 € pour l'année 2024.",
        "Le Syndicat mixte du Haut Val anime le schéma de cohérence territoriale.",
    )
    assert [(name, int(f.amount or 0)) for name, f in found] == [("Syndicat mixte du Haut Val", 61225)]


@pytest.mark.parametrize(
    ("decision", "paid"),
    [
        ("Le conseil accepte de payer cette somme, par 7 voix pour et 2 abstentions.", [("Ville de Brény", 7920)]),
        ("Le conseil prend acte de cette demande.", []),
        ("Le conseil refuse de payer cette somme.", []),
    ],
)
def test_a_sum_that_is_asked_is_given_where_the_next_sentence_pays_it(
    decision: str, paid: list[tuple[str, int]]
) -> None:
    asked = (
        "La participation demandée par la commune de Brény pour les 11 enfants est de 720 € par élève, soit 7 920 €."
    )
    assert [(name, int(f.amount or 0)) for name, f in awarded(f"{asked} {decision}")] == paid


def test_the_first_year_of_a_budget_is_no_grant_beside_the_yearly_one() -> None:
    rows = "Produits\tMontant\nRecettes propres\t118 000\nCommune de Valmore\t180 000\nÉtat\t75 000\nTotal\t373 000"
    found = awarded(
        f"{DECIDES}- d'approuver la convention 2025-2027 avec l'association Le Relais ;\n"
        "- d'allouer à ladite association une subvention de 180 000 € par an pour les années 2025, 2026 et 2027.",
        f"Le budget prévisionnel de l'association Le Relais pour 2025 s'établit comme suit :\n\n{rows}",
    )
    assert [(name, int(f.amount or 0), f.start_year, f.end_year) for name, f in found] == [
        ("Le Relais", 180000, 2025, 2027)
    ]
