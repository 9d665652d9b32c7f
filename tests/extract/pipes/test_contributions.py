"""What members pay their syndicat is never read as the syndicat's grants to them, however it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import read_file

SYNDICAT = "Syndicat intercommunal des eaux du Haut-Linon"
ACT = """\
SYNDICAT INTERCOMMUNAL DES EAUX DU HAUT-LINON

EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU COMITÉ SYNDICAL

Séance du 15 février 2024

Président : Monsieur Alain PERRIN

Membres présents : M. Alain PERRIN - Mme Claire NOEL

OBJET : {title}

{body}

Le Comité syndical, après en avoir délibéré, décide :

{decisions}

SCRUTIN : POUR : 2 CONTRE : 0 ABSTENTION : 0
"""
AS_TABLE = "- d'approuver la répartition ci-dessus ;"
STACKED = """\
Les contributions budgétaires s'établissent ainsi :

Collectivités
Population
Contribution 2024
Lasserre
1 204
21 240 €
Pouy
860
10 620 €
CC du Val d'Oust
3 000
42 000 €
TOTAL
5 064
73 860 €"""
TABS = """\
Les cotisations des membres sont réparties comme suit :

Membre\tHabitants\tMontant
Lasserre\t1 204\t21 240 €
Pouy\t860\t10 620 €"""
SPACES = """\
          COMMUNES          NOMBRE D'ELEVES      PARTICIPATION 2024
          Lasserre                18                 21 240,00
          Pouy                     9                 10 620,00
          TOTAL                   27                 31 860,00"""


@pytest.fixture
def syndicat(tmp_path: Path) -> Callable[..., ActFacts]:
    """The facts of an act of a syndicat."""

    def read(decisions: str, *, title: str = "Participations 2024", body: str = "Le Président expose.") -> ActFacts:
        path = tmp_path / "acte.txt"
        path.write_text(ACT.format(title=title, body=body, decisions=decisions), encoding="utf-8")
        return extract_source(read_file(path)).acts[0]

    return read


def flows(act: ActFacts) -> set[tuple[str, str, int, str]]:
    """Payer, receiver, sum and kind of what is awarded; places without the kind of body."""
    names = {o.id: o.name.split("Commune de ")[-1].split("Ville de ")[-1] for o in act.organisations}
    return {
        (names.get(f.funder or "", ""), names.get(f.beneficiary or "", ""), int(f.amount or 0), f.kind)
        for f in act.fundings
        if f.status == "awarded"
    }


@pytest.mark.parametrize(
    ("decisions", "title", "body"),
    [
        (AS_TABLE, "Participations 2024", STACKED),
        (AS_TABLE, "Appel des cotisations 2024", TABS),
        ("- FIXE les participations selon le tableau ci-dessus,", "Participations des communes membres", SPACES),
        ("- d'arrêter les contributions statutaires 2024 comme suit :\n- Lasserre : 21 240 €\n- Pouy : 10 620 €",
         "Budget 2024", "Le Président expose."),
        ("- d'arrêter les participations des communes membres :\n- Commune de Lasserre : 21 240 €\n- Commune de Pouy : "
         "10 620 €", "Participations 2024", "Le Président expose."),
        ("- fixe la participation de la commune de Lasserre à 21 240 € et celle de la commune de Pouy à 10 620 € ;",
         "Participations 2024", "Le Président expose."),
        (AS_TABLE, "Exercice 2024", "La part à financer par les membres s'établit à 31 860 €, répartie ainsi :\n\n"
         "Commune de Lasserre : 21 240 €\nCommune de Pouy : 10 620 €"),
    ],
)  # fmt: skip
def test_members_pay(syndicat: Callable[..., ActFacts], decisions: str, title: str, body: str) -> None:
    found = flows(syndicat(decisions, title=title, body=body))
    name = SYNDICAT.upper()
    assert {("Lasserre", name, 21240, "membership"), ("Pouy", name, 10620, "membership")} <= found
    assert all(receiver == name for _, receiver, _, _ in found)


def test_grants_to_members_stay_grants(syndicat: Callable[..., ActFacts]) -> None:
    body = "Aides aux travaux des communes membres :\n\nCommune\tTravaux\tSubvention\nLasserre\tRéseau\t2 000 €\n"
    act = syndicat(
        "- d'accorder les subventions figurant au tableau ci-dessus ;",
        title="Subventions aux communes 2024",
        body=body + "Pouy\tCompteurs\t1 000 €",
    )
    name = SYNDICAT.upper()
    assert flows(act) == {(name, "Lasserre", 2000, "subsidy"), (name, "Pouy", 1000, "subsidy")}


def test_what_a_member_is_charged_with_is_no_grant(syndicat: Callable[..., ActFacts]) -> None:
    act = syndicat("- de répartir les travaux : 21 240 € à la charge de la commune de Lasserre ;", title="Travaux")
    assert flows(act) == set()


@pytest.mark.parametrize(
    "given",
    [
        "- d'allouer à la commune de Lasserre une participation de 2 000 € aux travaux du moulin ;",
        "- DÉCIDE d'accorder une participation de 2 000 € à la commune de Lasserre pour le moulin ;",
        "- ATTRIBUE à la commune de Lasserre, pour le moulin, une participation de 2 000 € ;",
    ],
)
def test_what_is_given_to_a_member_is_a_grant_though_the_title_tells_of_dues(
    syndicat: Callable[..., ActFacts], given: str
) -> None:
    act = syndicat(given, title="Participation du syndicat aux travaux et contributions des membres pour 2024")
    assert {(payer, receiver, value) for payer, receiver, value, _ in flows(act)} == {
        (SYNDICAT.upper(), "Lasserre", 2000)
    }


@pytest.mark.parametrize(
    "lead", ["Elles se répartiraient ainsi :", "Ces montants s'établissent comme suit :", "Celles-ci seraient :"]
)
def test_a_pronoun_that_means_the_dues(syndicat: Callable[..., ActFacts], lead: str) -> None:
    rows = "- Communauté de communes de Lasserre : 18 420 habitants x 1,15 € = 21 183,00 €\n- Communauté de communes "
    body = f"Les contributions statutaires des membres se calculent par habitant. {lead}\n\n{rows}de Pouy : 9 600 €"
    found = flows(syndicat("- d'arrêter les contributions des membres aux montants ci-dessus ;", body=body))
    assert found
    assert all(receiver == SYNDICAT.upper() and kind == "membership" for _, receiver, _, kind in found)


@pytest.mark.parametrize("body", ["Le Président expose.", "L'association Les Nivéoles anime, soit 3 960 € par an."])
def test_an_association_is_no_member_though_the_title_tells_of_dues(
    syndicat: Callable[..., ActFacts], body: str
) -> None:
    act = syndicat(
        "- APPROUVE la participation de 3 960 € à l'association Les Nivéoles ;",
        title="Contributions statutaires des membres et partenariats",
        body=body,
    )
    assert {flow[:3] for flow in flows(act)} == {(SYNDICAT.upper(), "Les Nivéoles", 3960)}
