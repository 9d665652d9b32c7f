"""What the money of one body is for, told row by row: parts of its grant, or grants to it, none to a purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
TABLE = "{}\tMontant\nFonctionnement\t9 000 €\nFestival\t5 000 €\nTotal\t14 000 €"
ROWS = "- fonctionnement : 9 000 € ;\n- festival : 5 000 €."


def told(facts: ActFacts) -> set[tuple[str | None, int, bool]]:
    """Who is granted each sum, and whether it is a part of another."""
    names = {o.id: o.name for o in facts.organisations}
    found = [f for f in facts.fundings if f.status == "awarded"]
    return {(names.get(f.beneficiary or ""), int(f.amount or 0), f.part_of is not None) for f in found}


PARTS = {("Horizon", 14000, False), ("Horizon", 9000, True), ("Horizon", 5000, True)}
GRANTS = {("Horizon", 9000, False), ("Horizon", 5000, False)}


@pytest.mark.parametrize(
    ("decision", "body", "wanted"),
    [
        (
            "une subvention de 14 000 €, répartie conformément au tableau ci-dessus ;",
            "Le soutien proposé est le suivant :\n\n" + TABLE.format("Objet"),
            PARTS,
        ),
        ("les subventions suivantes :\n\n" + TABLE.format("Action"), "", GRANTS),
        (
            "une subvention de 14 000 € ;",
            "Cette aide de 14 000 € est ancienne. Elle se décompose ainsi :\n\n" + ROWS,
            PARTS,
        ),
        ("les subventions suivantes :\n\n" + ROWS, "", GRANTS),
        ("une subvention de 14 000 €, décomposée comme suit :\n\n" + ROWS, "", PARTS),
    ],
)
def test_what_money_is_for_receives_nothing(act: Act, decision: str, body: str, wanted: set[object]) -> None:
    facts = act(f"- d'attribuer à l'association Horizon {decision}", body=body or "La ville soutient la vie locale.")
    assert told(facts) == wanted


@pytest.mark.parametrize(
    ("decision", "body"),
    [
        ("- d'approuver le programme suivant :\n\n" + TABLE.format("Action"), "La ville soutient la vie locale."),
        (
            "- d'attribuer à l'association Horizon une subvention de 3 000 € ;",
            "Le budget de l'association est le suivant :\n\n" + TABLE.format("Objet"),
        ),
        (
            "- d'attribuer aux associations Horizon et Le Verger les subventions suivantes :\n\n"
            + TABLE.format("Action"),
            "La ville soutient la vie locale.",
        ),
    ],
)
def test_rows_of_no_one_body_give_nothing(act: Act, decision: str, body: str) -> None:
    assert not {amount for _, amount, _ in told(act(decision, body=body))} & {9000, 5000}


def test_what_others_pay_is_accepted(act: Act) -> None:
    table = (
        "Collectivité\tJour\tParticipation annuelle\nCCAS de Brenac\tlundi\t6 400 €\nCommune de Lisle\tmardi\t4 750 €"
    )
    body = f"Les communes contribueront au service à proportion de leur population :\n\n{table}"
    facts = act("- d'accepter les participations des communes et du CCAS fixées ci-dessus ;", body=body)
    names = {o.id: o.name for o in facts.organisations}
    paid = {(names[f.funder or ""], names[f.beneficiary or ""], int(f.amount or 0)) for f in facts.fundings}
    assert {(b, a) for _, b, a in paid} == {("VILLE DE MONTCLAIR", 6400), ("VILLE DE MONTCLAIR", 4750)}


def test_a_column_of_grants_beside_one_of_guaranteed_loans_holds_grants(act: Act) -> None:
    table = "Bailleur\tOpération\tSubvention\tEmprunt à garantir\nOPH du Val\tLe Lavoir\t192 000 €\t2 150 000 €\n"
    table += "Le Toit Familial\tClos Vert\t84 000 €\t1 040 500 €"
    facts = act(
        "- d'allouer aux bailleurs les subventions inscrites au tableau ;", body=f"Deux opérations :\n\n{table}"
    )
    assert {(int(f.amount or 0), f.kind) for f in facts.fundings if f.status == "awarded"} == {
        (192000, "subsidy"), (84000, "subsidy")
    }  # fmt: skip
