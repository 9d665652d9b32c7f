"""The named graphs of a release beside its documents and identities: vocabulary, judgements, what awaits review, why
names are one, and the reference data of the authorities named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rdflib import Graph

from graph.curation import Finding, map_judgements, map_matches, map_merges, stakes
from graph.iri import Iris
from graph.mapping.reference import map_reference
from graph.rdf import read_foreign
from graph.release import Piece
from graph.resolve.judgement import Judgements
from graph.triples import TripleGraph
from ontology import data_path
from ontology.terms import DG, ONTOLOGY_IRI, RDF
from service.ingest.settle import Settled, Terms

#: The vocabulary published beside the data, so that a query finds the words for what it returns.
_VOCABULARY = ("delibgraph.ttl", "funding-kinds.ttl", "programme-families.ttl", "roles.ttl", "actes-matters.ttl")


def further_graphs(
    settled: Settled, judgements: Judgements, findings: Sequence[Finding], identities: Graph, terms: Terms
) -> dict[str, Graph]:
    """Those but the vocabulary, by IRI; what would be empty is left out. ``findings``: judgements without effect."""
    iris, resolution = Iris(terms.base), settled.resolution
    money = stakes(award for gated in settled.passed for award in gated.whole.told.awards)
    found = {
        str(iris.graph("curation")): map_judgements(judgements, resolution, terms.base, findings),
        str(iris.graph("matches")): map_merges(resolution, identities, terms.base),
        str(iris.graph("reference")): map_reference(resolution, _organisations(identities, iris), terms.base),
        str(iris.graph("review")): map_matches(resolution, identities, money, terms.base),
    }
    return {iri: graph for iri, graph in found.items() if len(graph)}


def _organisations(identities: Graph, iris: Iris) -> list[str]:
    """Keys of the organisations published."""
    start = str(iris.thing("organisation", ""))
    return [str(node).removeprefix(start) for node in identities.subjects(RDF.type, DG.Organisation)]


@cache
def vocabulary() -> Piece:
    """The piece of the vocabulary, whose graph is ``ontology.terms.ONTOLOGY_IRI``: the same in every release."""
    graph = TripleGraph()
    for name in _VOCABULARY:
        graph.found.update(read_foreign(data_path(name).read_bytes(), ".ttl", ONTOLOGY_IRI))
    return Piece.beside(graph, ONTOLOGY_IRI)
