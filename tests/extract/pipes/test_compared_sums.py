"""Sums that a sentence tells beside a grant: last year's, another payer's, what a body no longer gets, a burden."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.test_made_tables import granted

Act = Callable[..., ActFacts]
BODY = "La ville soutient la vie locale."


@pytest.mark.parametrize(
    "beside",
    [
        ", contre 4 500 € en 2023", ", contre une subvention de 4 500 € l'an dernier",
        ", contre 4 500 € attribués précédemment",
    ],
)  # fmt: skip
def test_what_a_grant_is_compared_with_is_no_grant(act: Act, beside: str) -> None:
    facts = act(f"- d'accorder à l'association Horizon une subvention de 5 000 € au titre de l'année 2024{beside} ;")
    assert granted(facts) == {"Horizon": 5000}
    assert [f.start_year for f in facts.fundings if f.status == "awarded"] == [2024]


def test_the_year_of_the_comparison_is_not_the_next_grants(act: Act) -> None:
    facts = act(
        "- d'accorder à l'association Horizon une subvention de 5 000 € au titre de l'année 2024, contre 4 500 € en "
        "2023, et au Judo Club une subvention de 700 € pour la même année ;"
    )
    assert {(int(f.amount or 0), f.start_year) for f in facts.fundings if f.status == "awarded"} == {
        (5000, 2024), (700, 2024),
    }  # fmt: skip


def test_who_no_longer_gets_anything_gets_nothing(act: Act) -> None:
    body = (
        "Il est proposé d'approuver le versement des subventions suivantes :\n\nHorizon : 500 €\nJudo Club : 300 €\n\n"
        "L'association Vélo Loisirs, dissoute, ne perçoit plus de subvention (600 € en 2023)."
    )
    assert granted(act("- APPROUVE les subventions ci-dessus ;", body=body)) == {"Horizon": 500, "Judo Club": 300}


def test_other_payers_in_brackets_are_no_receivers(act: Act) -> None:
    facts = act(
        "- d'attribuer à la commune de Brény une subvention de 12 000 €, soit 30 % d'une dépense de 40 000 € HT, "
        "pour son préau, et à la commune d'Arlan une subvention de 9 000 € pour sa salle (coût : 95 000 € HT ; autres "
        "financements : État 38 000 €, Région 25 000 €) ;"
    )
    assert sorted(granted(facts).values()) == [9000, 12000]


@pytest.mark.parametrize("between", ["", ", au titre du Fonds logement pour 2024,", ", au même titre,"])
def test_a_payment_to_the_body_is_from_who_stands_behind_the_sum(act: Act, between: str) -> None:
    facts = act(f"- d'approuver le versement à la Ville de Montclair{between} d'une contribution de 2 800 € par EDF ;")
    names = {o.id: o.name for o in facts.organisations}
    told = [(names.get(f.funder or ""), names.get(f.beneficiary or "")) for f in facts.fundings]
    assert told == [("EDF", "VILLE DE MONTCLAIR")]


def test_what_the_body_is_paid_in_the_expose_is_paid_once(act: Act) -> None:
    facts = act(
        "- d'approuver le versement par l'Agence régionale de santé d'une participation de 3 500 € à la Ville de "
        "Montclair ;",
        body="L'ARS finance le poste. Sa participation, versée à la Ville de Montclair, s'élève à 3 500 €.",
    )
    names = {o.id: o.name for o in facts.organisations}
    told = {
        (names.get(f.funder or ""), names.get(f.beneficiary or "")) for f in facts.fundings if f.status == "awarded"
    }
    assert told == {("Agence régionale de santé", "VILLE DE MONTCLAIR")}


def test_a_table_behind_a_sentence_of_posts_created_is_one_of_grants(act: Act) -> None:
    table = "Structure\tProjet\tMontant\nHorizon\tAtelier du bois\t1 500 €\nAtout Vélo\tGarage itinérant\t600 €"
    facts = act(
        "- d'attribuer à chacune des structures l'aide indiquée dans le tableau ;",
        title="Appel à projets 2024 – Attribution des aides",
        body=f"Le jury a tenu compte du nombre d'emplois créés. Deux dossiers ont été retenus :\n\n{table}",
    )
    assert granted(facts) == {"Horizon": 1500, "Atout Vélo": 600}


@pytest.mark.parametrize("form", ["{n} {s} €", "- {n} : {s} €"])
def test_two_grants_of_one_body_in_one_row(act: Act, form: str) -> None:
    rows = [form.format(n="Horizon", s="250"), form.format(n="Judo Club", s="400"), form.format(n="Tennis", s="80")]
    rows.insert(2, form.format(n="APE des Tilleuls", s="500") + " + 300 € pour la classe de neige")
    facts = act("- d'attribuer les subventions suivantes :\n\n" + "\n".join(rows))
    names = {o.id: o.name for o in facts.organisations}
    told = {(names.get(f.beneficiary or "", "?").split()[-1], int(f.amount or 0)) for f in facts.fundings}
    assert {("Tilleuls", 500), ("Tilleuls", 300), ("Horizon", 250), ("Tennis", 80)} <= told


def test_the_point_below_tells_who_is_paid_a_sum(act: Act) -> None:
    facts = act(
        "- de fixer à 3 200 € la participation de la commune aux dépenses de fonctionnement de l'école privée "
        "Sainte-Claire pour 2024 ;\n- de verser cette somme à l'OGEC Sainte-Claire en trois fois ;"
    )
    assert granted(facts) == {"OGEC Sainte-Claire": 3200}


def test_a_flat_rate_is_granted_by_what_it_comes_to(act: Act) -> None:
    facts = act(
        "- d'approuver le versement à l'association Horizon d'un forfait de 78 € par enfant pour les 6 enfants de la "
        "commune, soit 468 €, au titre de l'année 2024 ;"
    )
    assert granted(facts)["Horizon"] == 468


def test_our_share_is_set_for_each(act: Act) -> None:
    facts = act(
        "- de fixer la participation de la commune à 1 500 € pour l'association Horizon et à 700 € pour l'association "
        "Terres de Bocage ;"
    )
    assert granted(facts) == {"Horizon": 1500, "Terres de Bocage": 700}


def test_a_payment_by_another_to_the_body(act: Act) -> None:
    facts = act(
        "- d'approuver le versement par l'État à la Ville de Montclair d'une subvention de 24 000 € pour 2024 ;"
    )
    names = {o.id: o.name for o in facts.organisations}
    assert [(names.get(f.funder or ""), names.get(f.beneficiary or "")) for f in facts.fundings] == [
        ("État", "VILLE DE MONTCLAIR")
    ]


def test_what_a_line_of_the_budget_holds_is_no_grant(act: Act) -> None:
    body = (
        "Il est proposé d'attribuer les subventions suivantes :\n\nHorizon : 500 €\nJudo Club : 300 €\n\n"
        "Elles seront imputées à l'article 65748, doté de 21 000 €."
    )
    facts = act("- d'attribuer les subventions ci-dessus ;", body=body)
    assert sorted(int(f.amount or 0) for f in facts.fundings if f.status == "awarded") == [300, 500]
