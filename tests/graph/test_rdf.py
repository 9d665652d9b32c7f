"""Lines of N-Quads written from rdflib's terms are those that pyoxigraph writes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Graph, Literal, URIRef

from graph.rdf import quads, sorted_lines

NAME = "http://localhost/graph/é"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
literals = st.builds(Literal, texts) | st.builds(lambda text: Literal(text, datatype=XSD.string), texts)
literals |= st.builds(lambda text, tag: Literal(text, lang=tag), texts, st.sampled_from(["fr", "en-GB", "FR"]))
literals |= st.sampled_from([Literal(7), Literal("1.50", datatype=XSD.decimal), Literal("2022", datatype=XSD.gYear)])
iris = st.sampled_from([URIRef("http://localhost/a"), URIRef("http://localhost/œuvre")])


@given(st.lists(st.tuples(iris, iris, literals | iris)))
def test_lines_are_those_of_pyoxigraph(triples):
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    text = ox.serialize(set(quads(graph, NAME)), format=ox.RdfFormat.N_QUADS) or b""
    assert sorted_lines(graph, NAME) == sorted(line + b"\n" for line in text.split(b"\n") if line)


@given(st.lists(st.tuples(iris, iris, literals)))
def test_lines_read_back_to_the_graph(triples):
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    read = ox.parse(b"".join(sorted_lines(graph, NAME)), format=ox.RdfFormat.N_QUADS)
    assert set(read) == set(quads(graph, NAME))


@pytest.mark.parametrize("iri", ["http://localhost/a b", "http://localhost/a> <b", "pas une iri"])
def test_a_term_that_rdf_does_not_allow_is_refused(iri):
    graph = Graph()
    graph.add((URIRef(iri), URIRef("http://localhost/a"), Literal("texte")))
    with pytest.raises(ValueError, match="IRI"):
        sorted_lines(graph, NAME)
