"""Lines of N-Quads written from rdflib's terms are those that pyoxigraph writes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Graph, Literal, URIRef

from graph.rdf import in_union, parts_of_lines, quads, read_foreign, sorted_lines, with_union
from graph.release.piece import Piece

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


subjects = st.sampled_from("abcd").map(lambda end: URIRef(f"http://localhost/a{'/-!é'['abcd'.index(end)]}{end}"))


@given(st.lists(st.tuples(subjects | iris, iris, literals | iris)), st.booleans())
def test_parts_are_the_lines_in_their_order_a_subject_each(triples, has_blank):
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    if has_blank:
        graph.add((BNode(), URIRef("http://localhost/a"), BNode()))
    lines, parts = sorted_lines(graph, NAME, "x"), list(parts_of_lines(graph, NAME, "x"))
    assert b"".join(parts) == b"".join(lines)
    assert len(parts) == (1 if has_blank else len(set(graph.subjects())))
    assert Piece.of(graph, NAME, "x") == Piece.of_lines(b"".join(lines))


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


RDFXML = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='http://x.test/'>"
    "<rdf:Description rdf:about='http://x.test/a'><x:p>{}</x:p></rdf:Description></rdf:RDF>"
)
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def doctype(entities, text):
    return f"<!DOCTYPE x [{entities}]>{RDFXML.format(text)}"


FOREIGN = {
    "a remote context": (".jsonld", '{"@context": "http://127.0.0.1:9/c", "http://x.test/p": 1}', "context"),
    "a context of this machine": (".json", '{"@context": "file:///etc/passwd", "http://x.test/p": 1}', "context"),
    "entities in entities": (".rdf", doctype(f'<!ENTITY e0 "ha">{LAUGHS}', "&e11;"), "entit"),
    "a few entities in entities": (".rdf", doctype('<!ENTITY a "b"><!ENTITY c "&a;">', ""), "« c »"),
    "a file of this machine": (".rdf", doctype('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"), "« e »"),
    "elements in elements": (".owl", RDFXML.format("<x:q>" * 50_000), "depth"),
    "lists in lists": (".ttl", "<a:a> <b:b> " + "(" * 200_000, "line 1"),
    "objects in objects": (".jsonld", "[" * 200_000, "line 1"),
    "an address with spaces": (".ttl", "<a:b c> <b:b> 1 .", "line 1"),
    "no text": (".nt", "\ud800", "line 1"),
}  # fmt: skip


@pytest.mark.parametrize("attack", FOREIGN)
def test_hostile_rdf_is_refused(attack):
    suffix, text, told = FOREIGN[attack]
    with pytest.raises(ValueError, match=told):
        read_foreign(text.encode("utf-8", "surrogatepass"), suffix, "file:///graphe")


def test_rdf_of_others_is_read_whatever_it_is_written_in():
    triple = (URIRef("http://x.test/a"), URIRef("http://x.test/p"), Literal("trois", datatype=XSD.integer))
    dtd = '<!DOCTYPE rdf:RDF [<!ENTITY x "http://x.test/">]>'
    typed = f"rdf:about='&x;a'><x:p rdf:datatype='{XSD.integer}'>trois"
    for suffix, text in {
        ".owl": dtd + RDFXML.format("trois").replace("rdf:about='http://x.test/a'><x:p>trois", typed),
        ".turtle": f'<a> <p> "trois"^^<{XSD.integer}> .',
        ".trig": f'<g> {{ <a> <p> "trois"^^<{XSD.integer}> . }} <h> {{ <a> <p> "trois"^^<{XSD.integer}> . }}',
        ".JSONLD": f'{{"@id": "http://x.test/a", "http://x.test/p": {{"@value": "trois", "@type": "{XSD.integer}"}}}}',
        "": f'<a> <p> "trois"^^<{XSD.integer}> .',
    }.items():
        assert set(read_foreign(text.encode(), suffix, "http://x.test/")) == {triple}


@given(st.lists(st.tuples(iris, iris, literals | iris)))
def test_the_union_of_a_graph_whose_name_is_known_is_that_of_any_graph(triples):
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    lines = b"".join(sorted_lines(graph, NAME))
    assert in_union(lines, NAME) == with_union(lines)
