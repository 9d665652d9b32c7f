"""Every term is defined, labelled and explained in both languages, and the schemes say what the code assumes."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import get_args

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from extract.facts import FundingKind
from ontology.terms import DCT, DG, DGS, PREFIXES, bind_prefixes
from shapes import gate, library


def local(term) -> str:
    return str(term).removeprefix(str(DG))


def in_namespace(term) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(str(DG))


def languages(graph, term, *predicates) -> set[str | None]:
    return {text.language for predicate in predicates for text in graph.objects(term, predicate)}


def test_every_term_of_the_example_is_defined(ontology, example):
    used = {term for triple in example for term in triple if in_namespace(term)}
    assert {local(term) for term in used - set(ontology.subjects())} == set()


def test_every_term_of_the_shapes_is_defined(ontology):
    shapes = library.load()
    used = {term for triple in shapes for term in triple if in_namespace(term)}
    for text in library.texts().values():
        used |= {DG[name] for name in re.findall(r"\bdg:([A-Za-z]\w*)", text.select or "")}
    assert {local(term) for term in used - set(ontology.subjects())} == set()


def test_the_example_uses_every_class_and_property_of_documents(ontology, example):
    used = {term for triple in example for term in triple if in_namespace(term)}
    of_vocabulary_itself = {
        *("ProgrammeFamily", "FundingKind", "Status", "AttendanceStatus", "FundingStatus", "VoteOutcome"),
        *("Frequency", "Verdict", "legalBasis", "steeredBy", "outsideFlows"),
    }
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    defined = {local(term) for kind in kinds for term in ontology.subjects(RDF.type, kind) if in_namespace(term)}
    assert defined - {local(term) for term in used} == of_vocabulary_itself


def test_the_example_passes_the_gate(example):
    report = gate.check(example)
    assert [(r.shape, r.focus) for r in report.results if r.severity != "info"] == []


def test_every_term_is_named_and_explained_in_french_and_english(ontology):
    for term in set(ontology.subjects()):
        if not in_namespace(term) or (term, RDF.type, SKOS.ConceptScheme) in ontology:
            continue
        assert languages(ontology, term, RDFS.label, SKOS.prefLabel) >= {"fr", "en"}, local(term)
        if (term, SKOS.inScheme, None) not in ontology:
            assert languages(ontology, term, RDFS.comment) == {"fr", "en"}, local(term)


def test_every_property_says_what_it_relates(ontology):
    about = (RDFS.domain, URIRef("http://schema.org/domainIncludes"))
    without = {
        local(term)
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
        if not any((term, predicate, None) in ontology for predicate in about)
    }
    assert without == {"confidence"}


def test_the_funding_kinds_are_those_of_the_fact_model(ontology):
    kinds = {local(kind) for kind in ontology.subjects(SKOS.inScheme, DG.FundingKinds)}
    assert kinds == set(get_args(FundingKind))
    for kind in kinds:
        assert languages(ontology, DG[kind], SKOS.definition) == {"fr", "en"}
        assert (DG[kind], DCT.source, None) in ontology


def test_only_subsidies_and_contributions_count_as_flows(ontology):
    counted = {local(kind) for kind in ontology.subjects(DG.outsideFlows, Literal(False))}
    assert counted == {"subsidy", "contribution"}


def test_the_shapes_know_every_kind_and_count_the_same_flows(ontology):
    shapes = library.load()
    accepted = set(shapes.items(shapes.value(DGS["funding-kind"], SH["in"])))
    assert accepted == set(ontology.subjects(SKOS.inScheme, DG.FundingKinds))
    select = library.texts()[str(DGS["flow-without-funding"])].select
    counted = set(re.findall(r"dg:(\w+)", re.search(r"IN \((.*?)\)", select)[1]))
    assert counted == {local(kind) for kind in ontology.subjects(DG.outsideFlows, Literal(False))}


@pytest.mark.parametrize(
    ("code", "label"),
    [("7.5", "subventions"), ("7.10", "divers"), ("8.5", "politique de la ville-habitat-logement")],
)
def test_an_actes_matter_is_found_by_its_code(ontology, code, label):
    (concept,) = ontology.subjects(SKOS.notation, Literal(code))
    assert Literal(label, lang="fr") in set(ontology.objects(concept, SKOS.prefLabel))
    assert concept == DG["matter-" + code.replace(".", "-")]


def test_the_actes_nomenclature_is_complete(ontology):
    codes = {str(ontology.value(c, SKOS.notation)) for c in ontology.subjects(SKOS.inScheme, DG.ActesMatters)}
    sizes = {1: 7, 2: 3, 3: 6, 4: 5, 5: 8, 6: 5, 7: 10, 8: 9, 9: 4}
    expected = {f"{i}.{j}" for i, size in sizes.items() for j in range(1, size + 1)} | {str(i) for i in sizes}
    assert codes == expected


def test_prefixes_are_bound_as_declared():
    graph = bind_prefixes(Graph())
    bound = {prefix: str(iri) for prefix, iri in graph.namespaces()}
    assert PREFIXES.items() <= bound.items()


def test_the_ontology_says_its_version_licence_and_date(ontology):
    iri = URIRef("https://w3id.org/delibgraph/ns")
    for predicate in (OWL.versionInfo, DCT.license, DCT.creator, DCT.created):
        assert (iri, predicate, None) in ontology


def test_reference_data_is_read_without_loading_rdflib():
    code = "import sys, ontology.families, ontology.authorities; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
