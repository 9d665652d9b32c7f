"""What the gate spares pySHACL and Oxigraph changes no finding: with and without the screen, results are the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.paths import NegatedPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node, Variable

from graph.rdf import sorted_lines
from ontology.terms import DG, DGS
from shapes import gate, library, screen, targets, together
from shapes.engine import Document
from tests.examples import examples

from .conftest import BASE, varied

CASES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
CONFORMING = sorted(varied())
ASKED = frozenset({RDF.type, DG.Vote})
#: Values that break constraints in many ways, some of which Python or rdflib take for another thing than SHACL does.
ODD = [
    Literal(-1),
    Literal(0),
    Literal(10**30),
    Literal("NaN", datatype=XSD.decimal),
    Literal("Infinity", datatype=XSD.decimal),
    Literal("sNaN", datatype=XSD.decimal),
    Literal("NaN", datatype=XSD.double),
    Literal("0.5", datatype=XSD.decimal),
    Literal("3", datatype=XSD.double),
    Literal("douze", datatype=XSD.integer),
    Literal("2023-02-30", datatype=XSD.date),
    Literal("2023-01-25", datatype=XSD.date),
    Literal("2023-01-25T10:00:00Z", datatype=XSD.dateTime),
    Literal("P1Y", datatype=XSD.duration),
    Literal("true", datatype=XSD.boolean),
    Literal("2022", datatype=XSD.gYear),
    Literal(""),
    Literal("texte"),
    Literal("texte", datatype=XSD.string),
    Literal("texte", lang="fr"),
    URIRef(f"{BASE}person/p1"),
    URIRef(f"{BASE}person/private-0123456789"),
    DG.Awarded,
    DG.Adopted,
    DG.PrivatePerson,
    DG.FundingToReview,
    BNode("b"),
]


class _Everything:
    def __contains__(self, _item: object) -> bool:
        return True


def unscreened(graph: Graph) -> gate.Report:
    """The report of pySHACL on every shape, each query asked of every triple."""
    everything = {"predicates": frozenset(), "classes": frozenset(), "is_broken": False}
    everywhere = tuple(replace(t, **everything) for t in targets.targets())
    shapes = [shape for shape in library.texts() if shape not in gate.BEFORE_ALL]
    with (
        mock.patch.object(screen, "suspects", return_value=shapes),
        mock.patch.object(targets, "targets", return_value=everywhere),
        mock.patch.object(targets, "_asked", _Everything),
    ):
        return gate.check(graph)


@pytest.mark.parametrize("shape", CASES)
def test_the_screen_hides_no_finding_of_a_broken_act(shape):
    case = CASES[shape]
    graph = varied(case.get("drop", ()), case.get("add", ""))
    found = gate.check(graph)
    assert found.results == unscreened(graph).results
    assert gate.check(graph, lines=[b"".join(sorted_lines(graph, "urn:graph"))]) == found


def test_documents_judged_together_are_told_what_each_is_told_alone():
    graphs = [varied(case.get("drop", ()), case.get("add", "")) for case in CASES.values()]
    written = [[b"".join(sorted_lines(graph, "urn:graph"))] for graph in graphs]
    documents = [Document([graph], lines) for graph, lines in zip(graphs, written, strict=True)]
    alone = [gate.check(graph) for graph in graphs]
    assert list(gate.check_all(documents)) == alone
    with mock.patch.object(together, "of_every_graph", return_value=None):
        together._questions.cache_clear()
        assert list(gate.check_all(documents)) == alone
    together._questions.cache_clear()


def test_every_target_can_be_asked_of_many_documents_at_once():
    assert [target.shape for target, query in together._questions() if query is None] == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?this WHERE { ?this a dg:Vote } LIMIT 1",
        "SELECT ?this WHERE { { SELECT ?this WHERE { ?this a dg:Vote } LIMIT 1 } }",
        "SELECT ?this WHERE { { SELECT (COUNT(?this) AS ?votes) WHERE { ?this a dg:Vote } } }",
        "SELECT ?this WHERE { { SELECT * WHERE { ?this a dg:Vote } } }",
        "SELECT ?this WHERE { GRAPH ?any { ?this a dg:Vote } }",
        "SELECT ?this WHERE { ?this dg:text ?graph }",
        "SELECT (SAMPLE(?act) AS ?this) WHERE { ?act a dg:Vote }",
        'SELECT ?this WHERE { ?this dg:text "GROUP BY" . { SELECT ?this WHERE { ?this a dg:Vote } } }',
    ],
)
def test_what_is_of_a_whole_query_is_asked_of_each_document_alone(query):
    assert together.of_every_graph(library.prefixes() + query) is None


def test_what_two_graphs_tell_alike_is_told_once():
    whole, beside = varied(add="<vote/a> dg:votesFor 900 ."), Graph()
    for triple in sorted(whole)[::3]:
        beside.add(triple)
    assert gate.check(whole, beside) == gate.check(whole)
    assert gate.check(whole).results


@st.composite
def changed(draw: st.DrawFn) -> Graph:
    """The conforming act with some triples taken out, some given another value, some given one more."""
    triples: set[tuple[Node, Node, Node]] = set(CONFORMING)
    for subject, predicate, value in draw(st.lists(st.sampled_from(CONFORMING), max_size=6)):
        how = draw(st.sampled_from(["drop", "replace", "add", "move"]))
        if how in ("drop", "replace"):
            triples.discard((subject, predicate, value))
        if how in ("replace", "add"):
            triples.add((subject, predicate, draw(st.sampled_from(ODD))))
        if how == "move":
            triples.add((draw(st.sampled_from(CONFORMING))[0], predicate, value))
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


@settings(max_examples=examples(30), deadline=None)
@given(changed())
def test_the_screen_hides_no_finding_whatever_the_values(graph):
    assert gate.check(graph).results == unscreened(graph).results


def test_a_subclass_stated_in_the_data_is_left_to_pyshacl(vary):
    graph = vary()
    graph.add((DG.Avis, RDFS.subClassOf, DG.Decision))
    graph.add((URIRef(f"{BASE}decision/avis"), RDF.type, DG.Avis))
    assert {result.shape for result in gate.check(graph).results} == {
        str(DGS["decision-text"]),
        str(DGS["decision-number"]),
    }


def test_an_act_in_order_is_not_sent_through_pyshacl(vary):
    graph = vary()
    graph.remove((None, RDF.type, DG.PrivatePerson))  # whose shape is closed, which the screen leaves to pySHACL
    with mock.patch("shapes.engine.Validator", side_effect=AssertionError("pySHACL was asked")):
        assert gate.check(graph).results == ()


@pytest.mark.parametrize("target", targets.targets(), ids=lambda target: target.shape.removeprefix(str(DGS)))
def test_a_query_names_the_predicates_it_follows(target):
    """Only triples with a predicate that some query names are given to the queries."""
    for _subject, predicate, _value in _patterns(translateQuery(parseQuery(target.query)).algebra):
        assert set(_steps(predicate)) <= targets._asked()


def _patterns(part: Any) -> Iterator[tuple[Node, Any, Node]]:
    if isinstance(part, dict):
        rows = part["triples"] if "triples" in part else ()  # noqa: SIM401 - rdflib's get() is another
        for row in rows:  # one triple, or several in a row
            yield from zip(row[::3], row[1::3], row[2::3], strict=True)
        part = [value for key, value in part.items() if key != "triples"]
    if isinstance(part, (list, tuple, set)):
        for each in part:
            yield from _patterns(each)


def _steps(predicate: Any) -> Iterator[URIRef]:
    assert not isinstance(predicate, (Variable, NegatedPath)), "any predicate may match: shapes/targets.py must be told"
    if isinstance(predicate, URIRef):
        yield predicate
        return
    inner = predicate.args if hasattr(predicate, "args") else [getattr(predicate, "path", None) or predicate.arg]
    for each in inner:
        yield from _steps(each)


@pytest.mark.parametrize(
    ("query", "is_any"),
    [
        ("?this a dg:Vote", False),
        ("?this a dg:Vote , dg:Funding . ?a dg:text ?this", False),
        ("?this a ?class", True),
        ("?this a dg:Vote , ?class", True),
        ("?this a <urn:class>", True),
        ("?this a/rdfs:subClassOf* dg:Vote", True),
        ("?this rdf:type ?class", True),
    ],
)
def test_where_a_query_asks_for_any_class_all_are_given(query, is_any):
    some = [replace(targets.targets()[0], query=f"{library.prefixes()}SELECT ?this WHERE {{ {query} }}")]
    targets._written.cache_clear()
    with (
        mock.patch.object(targets, "targets", return_value=some),
        mock.patch.object(targets, "_asked", return_value=ASKED),
    ):
        wanted = targets._written()[f"<{RDF.type}>".encode()]
    targets._written.cache_clear()
    assert (wanted is None) == is_any
