"""The scores of small datasets, worked out by hand: what is right, wrong, missed, and what is excused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ontology.terms import PREFIXES
from service.evaluation import Evaluation, evaluate
from service.evaluation.names import normal, person, same

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "@prefix : <http://x/> .\n"
DATA = """
:doc dg:fileName "acte.pdf" .
:act a dg:Deliberation ; dct:source :doc ; eli:title "Soutien au Cercle" ; dg:session :s ; dg:vote :v ;
  dg:decision :d1 ; dg:mentions :city, :club .
:s dct:date "2024-05-02"^^xsd:date ; dg:presentCount 2 ; dg:president :anne ; dg:governingBody :body .
:body skos:prefLabel "Conseil municipal de Fontvieille" ; org:unitOf :city .
:v dg:votesFor 2 ; dg:votesAgainst 0 .
:anne foaf:name "Anne DURAND" . :luc foaf:name "Luc NOIR" ; skos:altLabel "NOIR Luc" . :zoe foaf:name "Zoé BLANC" .
:a1 a dg:Attendance ; dg:session :s ; dg:member :anne ; dg:status dg:Present .
:a2 a dg:Attendance ; dg:session :s ; dg:member :luc ; dg:status dg:Represented ; dg:proxyHolder :anne .
:a3 a dg:Attendance ; dg:session :s ; dg:member :zoe ; dg:status dg:Absent .
:city a dg:LocalAuthority, dg:Organisation ; skos:prefLabel "Ville de Fontvieille"@fr .
:club a dg:Association, dg:Organisation ; skos:prefLabel "Cercle nautique"@fr ; skos:notation "CN" .
:f a dg:Funding ; dg:decidedBy :act ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:funder :city ;
  dg:beneficiary :club ; dg:amount 1500.0 ; dg:startYear "2024"^^xsd:gYear ; dg:endYear "2026"^^xsd:gYear .
"""
GOLD: dict[str, Any] = {
    "date_seance": "2024-05-02",
    "organe": "Conseil municipal",
    "collectivite": "Fontvieille",
    "president": "Madame Anne DURAND",
    "effectif": {"presents": 2},
    "objet": "Soutien au cercle",
    "presents": ["Anne DURAND"],
    "absents": ["Zoe BLANC"],
    "pouvoirs": [["Luc NOIR", "Anne DURAND"]],
    "votes": {"pour": 2, "contre": 0},
    "organisations": [
        {"nom": "Fontvieille", "type": "collectivite"},
        {"nom": "CN", "aussi": ["Cercle nautique"], "type": "association"},
    ],
    "financements": [
        {"statut": "attribue", "financeur": "Fontvieille", "beneficiaire": "CN", "montant": 1500, "annee": 2025}
    ],
    "decisions": ["de soutenir"],
}

Score = Callable[..., Evaluation]


@pytest.fixture
def score(tmp_path: Path) -> Score:
    """score(extra triples, **changes of the gold) → the evaluation."""

    def scored(add: str = "", drop: str = "", whole: bool = False, **gold: Any) -> Evaluation:
        store = ox.Store()
        store.load((HEAD + DATA.replace(drop, "") + add).encode(), format=ox.RdfFormat.TURTLE)
        (tmp_path / "acte.json").write_text(json.dumps({**GOLD, **gold}))
        return evaluate(store, tmp_path, whole=whole)

    return scored


def counts(evaluation: Evaluation, field: str) -> tuple[int, int, int]:
    found = evaluation.tally.score(field)
    return found.right, found.wrong, found.missed


def test_a_perfect_reading_scores_one_everywhere(score: Score) -> None:
    evaluation = score()
    assert {s.f1 for s in evaluation.by_field().values()} == {1.0}
    assert evaluation.tally.misses == []
    assert counts(evaluation, "séance") == (5, 0, 0)


@pytest.mark.parametrize(
    ("field", "change", "expected"),
    [
        ("séance", {"date_seance": "2024-05-03"}, (4, 1, 1)),
        ("scrutin", {"votes": {"pour": 3, "abstention": 0}}, (0, 1, 2)),
        ("présents", {"presents": ["Anne DURAND", "Max VERT"]}, (1, 0, 1)),
        ("absents", {"absents": []}, (0, 1, 0)),
        ("pouvoirs", {"pouvoirs": [["Luc NOIR", "Zoe BLANC"]]}, (0, 1, 1)),
        ("pouvoirs", {"pouvoirs": [], "procurations_sans_mandataire": ["Luc NOIR"]}, (0, 1, 1)),
        ("organisations", {"organisations": []}, (0, 2, 0)),
        ("organisations", {"organisations": [], "organisations_neutres": ["Fontvieille"]}, (0, 1, 0)),
        ("organisations", {"organisations": [], "organisations_partielles": True}, (0, 0, 0)),
        ("type d'organisation", {"organisations": [{"nom": "CN", "type": "entreprise"}]}, (0, 1, 1)),
        ("décisions", {"decisions": 2}, (0, 1, 1)),
        ("conventions", {"conventions": [{"parties": ["CN"]}]}, (0, 0, 1)),
    ],
)
def test_each_fault_falls_in_its_field(score: Score, field: str, change: dict[str, Any], expected: Any) -> None:
    assert counts(score(**change), field) == expected


def funding(**values: Any) -> dict[str, Any]:
    return {"statut": "attribue", "financeur": "Fontvieille", "beneficiaire": "CN", "montant": 1500, **values}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (funding(montant=1501), (0, 1, 1)),
        (funding(financeur="CN"), (0, 1, 1)),
        (funding(statut="sollicite"), (0, 1, 0)),
        (funding(partie_de=3000), (0, 1, 1)),
        (funding(montant=None), (0, 1, 1)),
        (funding(montant=9, facultatif=True), (0, 1, 0)),
        (funding(beneficiaire=None), (1, 0, 0)),
    ],
)
def test_a_flow_must_agree_in_everything(score: Score, row: dict[str, Any], expected: Any) -> None:
    assert counts(score(financements=[row]), "financements attribués") == expected


def test_year_is_scored_on_the_flows_found(score: Score) -> None:
    assert counts(score(financements=[funding(annee="2026")]), "année d'un financement") == (1, 0, 0)
    assert counts(score(financements=[funding(debut=2027)]), "année d'un financement") == (0, 1, 1)


def test_guarantee_told_as_other_is_no_false_grant_but_a_subsidy_is(score: Score) -> None:
    other = [funding(), {"statut": "autre", "montant": 90000}]
    extra = ":g a dg:Funding ; dg:decidedBy :act ; dg:status dg:Awarded ; dg:amount 90000.0 ; dg:kind dg:"
    assert counts(score(f"{extra}guarantee .", financements=other), "financements attribués") == (1, 0, 0)
    assert counts(score(f"{extra}subsidy .", financements=other), "financements attribués") == (1, 1, 0)


@pytest.mark.parametrize(
    "told", [{"points": [{"objet": "Soutien au Cercle"}]}, {"objet": "Procès-verbal du 2 mai 2024"}]
)
def test_minutes_are_scored_over_all_their_deliberations_on_request(score: Score, told: dict[str, Any]) -> None:
    two = ":two a dg:Deliberation ; dct:source :doc ; eli:title 'Tarifs' ; dg:session :s ; dg:mentions :two_club .\n"
    club = ":two_club a dg:Association, dg:Organisation ; skos:prefLabel 'Club des Ormes' ."
    gold = {"organisations": [{"nom": "CN"}, {"nom": "Fontvieille"}, {"nom": "Club des Ormes"}], **told}
    assert counts(score(two + club, **gold), "organisations") == (2, 0, 1)
    assert counts(score(two + club, whole=True, **gold), "organisations") == (3, 0, 0)


def test_document_that_was_not_read_is_missed_in_every_field(score: Score) -> None:
    evaluation = score(drop=':doc dg:fileName "acte.pdf" .')
    assert evaluation.tally.total().right == 0
    assert counts(evaluation, "document") == (0, 1, 1)
    assert counts(evaluation, "financements attribués") == (0, 0, 1)


def test_of_several_deliberations_the_one_of_the_title_is_scored(score: Score) -> None:
    other = ':other a dg:Deliberation ; dct:source :doc ; eli:title "Tarifs de la piscine" .'
    assert {s.f1 for s in score(other).by_field().values()} == {1.0}


def test_normal_forms() -> None:
    assert normal("L'association « Cercle d’Études »") == "cercle etudes"
    assert normal("La Ville") == "la ville"
    assert person("Mme Océane CHARRET-GODARD") == person("CHARRET - GODARD Oceane")
    assert same("Cercle nautique", "cercle  Nautiques")
    assert not same("CCAS de Dijon", "CCAS de Talant")
