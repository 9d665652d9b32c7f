"""Programme families: editable as TOML, published as SKOS, told apart where they share a sigle."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from ontology import build_families, data_path, families
from ontology.families import FamiliesError, _family
from ontology.terms import DCT, DG

FAMILIES = families.load()


def test_the_generated_file_is_up_to_date():
    generated = data_path("programme-families.ttl").read_text("utf-8")
    assert generated == build_families.render(), "run: python -m ontology.build_families"


def test_the_keys_that_other_rooms_use_are_there():
    keys = {
        *("contrat-de-ville", "cucs", "ctai", "ctair", "cls-solidarites", "cls-sante", "clspd", "pre", "plie"),
        *("pacte-solidarites", "logement-d-abord", "ctg", "cej", "fsl", "fse", "cites-educatives", "cir"),
        *("territoire-zero-non-recours", "convention-pauvrete"),
    }
    assert keys <= families.by_key().keys()
    assert len(FAMILIES) >= 60


def test_a_sigle_with_several_meanings_gives_them_all():
    assert [family.key for family in families.by_notation("CLS")] == [
        "cls-solidarites",
        "cls-sante",
        "cls-securite",
    ]
    assert [family.key for family in families.by_notation("cej")] == ["cej", "cej-engagement-jeune"]
    assert [family.key for family in families.by_notation("CTAI")] == ["ctai"]
    assert families.by_notation("XYZ") == ()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Programmes de Réussite Éducative", "pre"),
        ("Projets de Réussite Éducative", "pre"),
        ("Contrat Territorial d'Accueil et d'Intégration des Réfugiés", "ctair"),
        ("Contrat Territorial d'Accueil et d'Intégration", "ctai"),
        ("Contrat d'intégration républicaine", "cir"),
        ("Plan Local pour l'Insertion et l'Emploi", "plie"),
        ("Campus des Métiers et des Qualifications", "campus-metiers"),
        ("Territoire Zéro Non-Recours", "territoire-zero-non-recours"),
        ("Le logement d'Abord", "logement-d-abord"),
        ("convention d'appui à la lutte contre la pauvreté", "convention-pauvrete"),
        ("PRODIJ", "prodij"),
    ],
)
def test_the_way_acts_write_a_programme_is_known(written, key):
    found = {f.key for f in FAMILIES if written.casefold() in {form.casefold() for form in f.written_forms}}
    assert found == {key}


def test_no_long_form_belongs_to_two_families():
    seen: dict[str, str] = {}
    for family in FAMILIES:
        for form in {form.casefold() for form in family.written_forms}:
            assert seen.setdefault(form, family.key) == family.key, form


def test_succession_is_told():
    by_key = families.by_key()
    assert by_key["ctai"].replaces == ("ctair",)
    assert by_key["contrat-de-ville"].replaces == ("cucs",)
    for family in FAMILIES:
        for older in map(by_key.__getitem__, family.replaces):
            assert older.start_year <= family.start_year, family.key


def test_years_and_sources_are_plausible():
    for family in FAMILIES:
        assert family.source, family.key
        assert 1950 <= family.start_year <= 2026, family.key
        assert family.end_year is None or family.end_year >= family.start_year, family.key


def test_the_published_concept_says_what_the_file_says():
    graph = Graph().parse(data=build_families.render(), format="turtle")
    for family in FAMILIES:
        concept = URIRef(family.iri)
        assert concept == DG[f"family-{family.key}"]
        assert Literal(family.pref_label, lang="fr") in set(graph.objects(concept, SKOS.prefLabel))
        assert {str(n) for n in graph.objects(concept, SKOS.notation)} == set(family.notations)
        assert {str(o) for o in graph.objects(concept, DCT.replaces)} == {
            families.by_key()[key].iri for key in family.replaces
        }


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[x]\nlabel = "X"\nen = "X"\nsource = "loi"\nsigle = ["X"]', "sigle"),
        ('[x]\nlabel = "X"\nen = "X"', "source"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(toml, said):
    ((key, table),) = tomllib.loads(toml).items()
    with pytest.raises(FamiliesError, match=rf"\[x\].*{said}"):
        _family(key, table)


def test_the_families_are_read_once_and_without_an_rdf_library():
    assert families.load() is families.load()
    code = "import sys; from ontology import families; families.load(); print('rdflib' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
