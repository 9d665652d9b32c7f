"""Tables of grants and plans de financement, lists, totals, instalments and shares."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
ASKED_AND_GRANTED = """\
Subventions :

Association\tSubvention demandée\tSubvention accordée
Cap Sud\t4 000 €\t3 200 €
Horizon\t2 500 €\t2 500 €"""
ONE_CELL_A_LINE = """\
Répartition des subventions :

Association

Montant

Cap Sud

1 500 €

Horizon

2 000 €

TOTAL

3 500 €

La commission est favorable."""
PRICES = """\
Grille des tarifs :

Entrée\tPrix
Adulte\t5 €
Enfant\t3 €"""
PLAN = """\
Plan de financement :

Financeurs\tMontant
État - DETR (sollicité)\t40 000 €
Région Normandie\t20 000 €
Autofinancement\t30 000 €
TOTAL\t90 000 €"""
TABS = """\
Bénéficiaires des subventions :

Association\tMontant proposé
Cap Sud\t1 500 €
Horizon\t2 000 €
TOTAL\t3 500 €"""
BY_YEAR = """\
Subventions :

Association\tDemande\t2024\t2025\t2026
Cap Sud\t9 000 €\t1 000 €\t1 500 €\t1 600 €
Horizon\t4 000 €\t1 800 €\t2 000 €\t2 100 €
TOTAL\t13 000 €\t2 800 €\t3 500 €\t3 700 €"""
AS_TABLE = "- d'attribuer les subventions figurant au tableau ci-dessus ;"


def awarded(act: ActFacts) -> dict[str, int]:
    """Name of the receiver → sum, of what is awarded and no part of a sum."""
    names = {o.id: o.name for o in act.organisations}
    return {
        names.get(f.beneficiary or "", f.private_name or ""): int(f.amount or 0)
        for f in act.fundings
        if f.status == "awarded" and f.part_of is None
    }


def test_rows_of_tabs_and_their_total(act: Act) -> None:
    facts = act(
        AS_TABLE,
        body=TABS,
    )
    assert awarded(facts) == {"Cap Sud": 1500, "Horizon": 2000}
    (table,) = facts.tables
    assert (len(table.rows), table.stated_total) == (2, Decimal(3500))
    assert {f.rule for f in facts.fundings} == {"table_row/row"}


def test_asked_and_granted_columns(act: Act) -> None:
    facts = act(
        AS_TABLE,
        body=ASKED_AND_GRANTED,
    )
    assert awarded(facts) == {"Cap Sud": 3200, "Horizon": 2500}
    assert sorted(int(f.amount or 0) for f in facts.fundings if f.status == "requested") == [2500, 4000]


@pytest.mark.parametrize("told", ["le comité de pilotage a retenu", "la commission des pilotes a retenu"])
def test_words_within_other_words_do_not_make_a_table_of_prices(act: Act, told: str) -> None:
    """ "pilotage" has "lot" in it."""
    table = "Porteur\tAction\tMontant\nCap Sud\tBal\t700 €\nHorizon\tFoire\t900 €"
    body = f"Sur cette base, {told} la programmation suivante :\n\n{table}"
    assert awarded(act(AS_TABLE, body=body)) == {"Cap Sud": 700, "Horizon": 900}


def test_columns_of_years(act: Act) -> None:
    """The years that the decision names are granted; their total is theirs, and what was asked is told once a row."""
    facts = act("- d'attribuer les subventions figurant au tableau ci-dessus pour 2025 et 2026 ;", body=BY_YEAR)
    granted = [f for f in facts.fundings if f.status == "awarded"]
    assert [(f.start_year, int(f.amount or 0)) for f in granted] == [
        (2025, 1500), (2026, 1600), (2025, 2000), (2026, 2100),
    ]  # fmt: skip
    assert [int(f.amount or 0) for f in facts.fundings if f.status == "requested"] == [9000, 4000]
    (table,) = facts.tables
    assert table.stated_total == Decimal(7200)


def test_cells_one_a_line(act: Act) -> None:
    facts = act(
        AS_TABLE,
        body=ONE_CELL_A_LINE,
    )
    assert awarded(facts) == {"Cap Sud": 1500, "Horizon": 2000}


def test_headings_of_parts_are_passed_over(act: Act) -> None:
    body = "Subventions :\n\nAssociation\tMontant\nSport\nCap Sud\t1 500 €\nCulture\nHorizon\t2 000 €\nArpège\t800 €"
    assert awarded(act(AS_TABLE, body=body)) == {"Cap Sud": 1500, "Horizon": 2000, "Arpège": 800}


@pytest.mark.parametrize("mark", [" : ", " ; ", " - ", " ............ ", " = "])
def test_lists(act: Act, mark: str) -> None:
    facts = act(f"- d'attribuer les subventions suivantes :\n- Cap Sud{mark}1 500 €\n- Horizon{mark}2 000 €")
    assert awarded(facts) == {"Cap Sud": 1500, "Horizon": 2000}


def test_tables_that_tell_no_grant(act: Act) -> None:
    facts = act(
        "- de fixer les tarifs ci-dessus ;",
        title="Tarifs 2024",
        body=PRICES,
    )
    assert awarded(facts) == {}


def test_a_plan_de_financement_has_its_own_funders(act: Act) -> None:
    body = PLAN
    facts = act("- d'approuver le plan de financement ;", title="Rénovation de l'école", body=body)
    names = {o.id: o.name for o in facts.organisations}
    lines = {(names.get(f.funder or ""), f.status, int(f.amount or 0)) for f in facts.fundings}
    assert {("État", "requested", 40000), ("Région Normandie", "budgeted", 20000)} <= lines
    assert ("VILLE DE MONTCLAIR", "budgeted", 30000) in lines
    assert "awarded" not in {status for _, status, _ in lines}


def test_instalments_are_parts_of_their_total(act: Act) -> None:
    facts = act(
        "- d'attribuer à l'association Horizon une subvention de 20 000 €, versée en deux fois : un acompte de "
        "16 000 € à la signature et un solde de 4 000 € au vu du bilan ;"
    )
    (total,) = [f for f in facts.fundings if f.part_of is None]
    assert (total.amount, awarded(facts)) == (Decimal(20000), {"Horizon": 20000})
    assert sorted(f.amount for f in facts.fundings if f.part_of == total.id) == [4000, 16000]


def test_instalments_of_a_sum_told_before_them(act: Act) -> None:
    facts = act(
        "- de fixer la participation de la ville à 612 € x 14 élèves, soit 8 568 € ;\n"
        "- que cette somme sera versée à l'association Horizon, en trois fois : 2 856 € en décembre, 2 856 € en mars "
        "et 2 856 € en juin ;"
    )
    (total,) = [f for f in facts.fundings if f.part_of is None and f.status == "awarded"]
    assert (total.amount, awarded(facts)) == (Decimal(8568), {"Horizon": 8568})
    assert [f.amount for f in facts.fundings if f.part_of == total.id] == [2856] * 3


def test_shares_are_parts_of_their_total(act: Act) -> None:
    facts = act("- d'attribuer à l'association Horizon une subvention de 10 000 €, dont 2 000 € pour son festival ;")
    assert awarded(facts) == {"Horizon": 10000}
    assert [f.amount for f in facts.fundings if f.part_of] == [2000]


def test_a_sum_told_twice_is_one_funding_with_two_passages(act: Act) -> None:
    body = "Il est proposé d'attribuer une subvention de 500 € à l'association Horizon."
    facts = act("- d'attribuer à l'association Horizon une subvention de 500 € ;", body=body)
    (funding,) = facts.fundings
    assert len(funding.evidence) == 2


def test_sums_and_parties_told_respectively(act: Act) -> None:
    facts = act("- d'attribuer une subvention de respectivement 5 000 € et 7 500 € à l'ADIL et au CIDFF ;")
    assert awarded(facts) == {
        "Agence départementale d'information sur le logement": 5000,
        "Centre d'information sur les droits des femmes et des familles": 7500,
    }


def test_a_column_of_what_the_authority_gives_is_no_plan(act):
    body = """Deux opérations ont fait l'objet d'une décision de financement et peuvent être retenues :

Bailleur\tOpération\tLogements\tParticipation de la ville
Brenne Habitat\t« Les Alisiers », Saint-Mesnac\t24\t144 000 €
Foncière d'Aubépine\t« Résidence Rameau », Montclair\t7\t45 500 €"""
    found = act("- d'attribuer aux bailleurs les participations figurant au tableau ci-dessus ;", body=body)
    names = {o.id: o.name for o in found.organisations}
    told = [(f.status, names[f.funder], names[f.beneficiary], int(f.amount)) for f in found.fundings]
    assert told == [
        ("awarded", "VILLE DE MONTCLAIR", "Brenne Habitat", 144000),
        ("awarded", "VILLE DE MONTCLAIR", "Foncière d'Aubépine", 45500),
    ]
