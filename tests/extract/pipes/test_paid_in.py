"""Lists of what partners pay the authority: their names pay, and receive nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
ROWS = "- EDF : 38 000 €\n- Engie : 9 500 €\n- SA HLM Le Foyer du Val : 7 350 €\n"
APPROVED = "- d'approuver le versement par ceux-ci des participations mentionnées ci-dessus ;"


def _awarded(act: ActFacts) -> list[tuple[str | None, str | None]]:
    names = {o.id: o.name for o in act.organisations}
    return [(names.get(f.funder or ""), names.get(f.beneficiary or "")) for f in act.fundings if f.status == "awarded"]


@pytest.mark.parametrize(
    "lead",
    [
        "Pour 2024, les contributions suivantes seront versées à la Ville :",
        "Les participations ci-après sont dues à la commune :",
        "La Ville percevra les participations suivantes :",
        "Les participations volontaires des partenaires s'établissent comme suit :",
        "Les contributions versées par les bailleurs et fournisseurs sont les suivantes :",
        "Les partenaires contribuent au fonds à hauteur de :",
        "Les participations perçues par la collectivité sont les suivantes :",
    ],
)
def test_whom_a_list_of_contributions_names_pays(act: Act, lead: str) -> None:
    found = _awarded(act(APPROVED, title="Fonds de solidarité", body=f"{lead}\n\n{ROWS}"))
    assert len(found) == 3
    assert {payer for payer, _ in found} >= {"EDF", "SA HLM Le Foyer du Val"}
    assert {(receiver or "")[-9:].upper() for _, receiver in found} == {"MONTCLAIR"}


MEMBERS = "- Saint-Aubin : 12 350 €\n- Le Mesnil : 7 120,50 €\n- Vaudreuil-les-Forges : 5 140 €\n"


@pytest.mark.parametrize(
    ("above", "lead"),
    [
        (
            "Les communes où un site est implanté participent à son fonctionnement.",
            "Les conventions à passer avec chacune d'elles retiennent les participations suivantes :",
        ),
        (
            "L'école est financée pour moitié par les communes.",
            "Pour 2025, les contributions sont arrêtées comme suit :",
        ),
    ],
)
def test_dues_are_paid_by_whom_the_expose_told_before(act: Act, above: str, lead: str) -> None:
    approved = "- d'approuver les conventions à intervenir avec les communes et les participations qui y figurent ;"
    found = _awarded(
        act(approved, title="École de musique", body=f"{above}\n\nElle compte 300 élèves.\n\n{lead}\n\n{MEMBERS}")
    )
    assert [payer for payer, _ in found] == ["Saint-Aubin", "Le Mesnil", "Vaudreuil-les-Forges"]
    assert {(receiver or "")[-9:].upper() for _, receiver in found} == {"MONTCLAIR"}


def test_dues_are_paid_by_whom_the_decision_says(act: Act) -> None:
    approved = (
        "- d'approuver les conventions par lesquelles EDF et Engie contribuent au fonds, pour les montants ci-dessus ;"
    )
    found = _awarded(
        act(approved, title="Fonds logement", body=f"Les contributions annoncées sont les suivantes :\n\n{ROWS}")
    )
    assert len(found) == 3
    assert {(receiver or "")[-9:].upper() for _, receiver in found} == {"MONTCLAIR"}


def test_dues_of_the_authority_are_given(act: Act) -> None:
    body = f"Les communes participent au dispositif.\n\nLes participations de la Ville sont les suivantes :\n\n{ROWS}"
    found = _awarded(act("- d'attribuer les participations figurant ci-dessus ;", title="Participations", body=body))
    assert {(payer or "")[-9:].upper() for payer, _ in found} == {"MONTCLAIR"}


@pytest.mark.parametrize(
    "lead",
    [
        "Pour mémoire, les contributions suivantes avaient été versées à la Ville :",
        "Les participations attendues des partenaires sont les suivantes :",
        "Les contributions des partenaires pourraient être les suivantes :",
    ],
)
def test_what_is_recalled_or_hoped_for_is_no_flow(act: Act, lead: str) -> None:
    assert _awarded(act(APPROVED, title="Fonds de solidarité", body=f"{lead}\n\n{ROWS}")) == []


@pytest.mark.parametrize(
    "lead",
    [
        "d'attribuer les subventions suivantes aux partenaires de la Ville :",
        "de verser les participations suivantes aux partenaires :",
        "de fixer la participation de la Ville aux projets des partenaires associatifs :",
    ],
)
def test_partners_who_are_given_receive(act: Act, lead: str) -> None:
    found = _awarded(act(f"- {lead}\n  - Judo Club : 500 €\n  - Cap Sud : 300 € ;"))
    assert {(payer or "")[-9:].upper() for payer, _ in found} == {"MONTCLAIR"}
    assert {receiver for _, receiver in found} == {"Judo Club", "Cap Sud"}
