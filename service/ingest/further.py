"""The named graphs of a release beside its documents and identities: vocabulary, judgements, what awaits review, why
names are one, and the reference data of the authorities named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.curation import Finding, map_judgements, map_matches
from graph.iri import Iris
from graph.mapping.reference import map_reference
from graph.rdf import read_foreign
from graph.release import Piece
from graph.resolve import Resolution
from graph.resolve.judgement import Judgements
from graph.triples import TripleGraph
from graph.whole import Whole
from ontology import data_path
from ontology.terms import ONTOLOGY_IRI

#: The vocabulary published beside the data, so that a query finds the words for what it returns.
_VOCABULARY = ("delibgraph.ttl", "funding-kinds.ttl", "programme-families.ttl", "roles.ttl", "actes-matters.ttl")


def further_graphs(
    resolution: Resolution, judgements: Judgements, findings: Sequence[Finding], whole: Whole, base: str
) -> dict[str, Piece]:
    """Those but the vocabulary, by IRI; what would be empty is left out. ``findings``: judgements without effect."""
    iris = Iris(base)
    made = {
        str(iris.graph("curation")): map_judgements(judgements, resolution, base, findings),
        str(iris.graph("reference")): map_reference(resolution, whole.authorities(), base),
        str(iris.graph("review")): map_matches(resolution, whole.is_published, whole.said.worth, base),
    }
    found = {name: Piece.beside(graph, name) for name, graph in made.items() if len(graph)}
    merges = whole.merges()
    return found if merges is None else found | {str(iris.graph("matches")): merges}


@cache
def vocabulary() -> Piece:
    """The piece of the vocabulary, whose graph is ``ontology.terms.ONTOLOGY_IRI``: the same in every release."""
    graph = TripleGraph()
    for name in _VOCABULARY:
        graph.found.update(read_foreign(data_path(name).read_bytes(), ".ttl", ONTOLOGY_IRI))
    return Piece.beside(graph, ONTOLOGY_IRI)
