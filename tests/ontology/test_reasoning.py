"""A reasoner finds no contradiction in the ontology and the example, and does find the ones we put there.

owlrl 7.6 never looks at the last member of a list of disjoint classes or different individuals; the pairs below
are chosen accordingly.
"""

from __future__ import annotations

import owlrl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from ontology.terms import DCT, DG, PREFIXES

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
BASE = "http://localhost:8000/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
#: Annotations that entail nothing: left out, the closure is several times faster.
SILENT = (RDFS.label, RDFS.comment, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.closeMatch, DCT.source)


def closure(*graphs: Graph) -> Graph:
    union = Graph()
    for graph in graphs:
        for triple in graph:
            if triple[1] not in SILENT:
                union.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(union)
    return union


def contradictions(graph: Graph) -> list[str]:
    return sorted(str(message) for message in graph.objects(None, ERROR))


@pytest.fixture(scope="module")
def axioms(ontology) -> Graph:
    """The ontology without the instances of its schemes, which the example needs none of."""
    small = Graph()
    for triple in ontology:
        if (triple[0], SKOS.inScheme, None) not in ontology:
            small.add(triple)
    return small


@pytest.fixture(scope="module")
def told(axioms, example) -> Graph:
    """All that the ontology and the example entail; not to be changed."""
    return closure(axioms, example)


def test_the_ontology_and_the_example_hold_together(told):
    assert contradictions(told) == []
    prov_entity = URIRef("http://www.w3.org/ns/prov#Entity")
    document = URIRef(BASE + "document/0a1b2c3d4e5f6071")
    assert prov_entity in set(told.objects(document, RDF.type)), "the closure did infer something"


@pytest.mark.parametrize(
    "wrong",
    [
        "<x> a dg:Association, dg:State .",
        "<x> a dg:PrivatePerson, dg:Person .",
        "<x> a dg:Funding, dg:Programme .",
        "<x> a dg:Funding ; dg:status dg:Awarded, dg:Rejected .",
        "<x> a dg:FundingToReview, dg:Funding .",
        "<x> a dg:FundingToReview ; dg:funder <y> .",
        "<x> a dg:FundingToReview ; dg:amount 10.0 .",
        "<y> a dg:Funding ; dg:partOf <x> . <x> a dg:FundingToReview .",
        "<x> dg:member <y> . <y> a dg:Organisation .",
        "<x> dg:votesFor 3 . <x> a dg:Session .",
        "<x> dg:decidedBy <y> . <y> a dg:Session .",
    ],
)
def test_a_deliberate_contradiction_is_found(axioms, wrong):
    assert contradictions(closure(axioms, Graph().parse(data=HEAD + wrong, format="turtle")))


@pytest.mark.parametrize(
    "right",
    [
        "<x> a dg:LocalAuthority, dg:PublicEstablishment .",
        "<x> a dg:Deliberation, dg:CitedAct .",
        "<x> a dg:Funding ; dg:status dg:Awarded . <y> a dg:Attendance ; dg:status dg:Present .",
        "<x> a dg:Funding ; dg:beneficiary <y> . <y> a dg:PrivatePerson .",
        "<x> a dg:FundingToReview ; dg:proposedBeneficiary <y> ; dg:proposedPartOf <z> . <z> a dg:Funding .",
        "<x> a dg:FundingToReview ; dg:kind dg:subsidy ; dg:purpose 'a' . <t> a dg:GrantTable ; dg:row <x> .",
    ],
)
def test_what_the_graph_does_say_is_no_contradiction(axioms, right):
    assert contradictions(closure(axioms, Graph().parse(data=HEAD + right, format="turtle"))) == []


def test_a_funding_to_review_is_never_inferred_to_fund_anybody(told):
    reading = URIRef(BASE + "reading/mjc")
    assert DG.FundingToReview in set(told.objects(reading, RDF.type))
    assert DG.Funding not in set(told.objects(reading, RDF.type))
    for predicate in (DG.funder, DG.beneficiary, DG.amount, DG.status, DG.partOf, DG.funds):
        assert (reading, predicate, None) not in told


def test_an_association_is_inferred_to_be_an_organisation(axioms):
    closed = closure(axioms, Graph().parse(data=HEAD + "<x> a dg:Association .", format="turtle"))
    assert DG.Organisation in set(closed.objects(URIRef(BASE + "x"), RDF.type))
