"""The report: deterministic, harmless, and deaf to the network."""

from __future__ import annotations

import socket
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, SH, XSD

from ontology.terms import DG, DGS
from shapes import gate
from shapes.wording import fill, written
from tests.examples import examples


def test_nothing_is_fetched_even_when_the_graph_asks(vary, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the gate opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    graph = vary()
    ontology = URIRef("http://localhost:9/ontology")
    graph.add((ontology, RDF.type, OWL.Ontology))
    graph.add((ontology, OWL.imports, URIRef("http://localhost:9/other.ttl")))
    assert gate.check(graph).conforms


def test_the_graph_is_left_as_it_was(vary):
    graph = vary(add="<vote/a> dg:unanimous true .")
    before = set(graph)
    gate.check(graph)
    assert set(graph) == before


def test_the_same_findings_make_the_same_report(vary):
    graph = vary(["deliberation/a eli:title"], "<vote/a> dg:unanimous true .")
    shuffled = Graph()
    for triple in sorted(graph, reverse=True):
        shuffled.add(triple)
    first, second = gate.check(graph), gate.check(shuffled)
    assert first.results == second.results
    assert set(first.graph) == set(second.graph)


def test_violations_come_first_and_alone_make_the_act_fail(vary):
    report = gate.check(vary(["deliberation/a eli:title"], "<vote/a> dg:unanimous true ."))
    assert [result.severity for result in report.results] == ["violation", "warning"]
    assert not report.conforms
    assert gate.check(vary(add="<vote/a> dg:unanimous true .")).conforms


def test_a_result_tells_the_property_it_is_about(vary):
    (result,) = gate.check(vary(add="<vote/a> dg:unanimous true .")).results
    assert result.path == str(DG.unanimous)
    assert result.focus == "http://localhost:8000/id/vote/a"
    assert result.message_en == "The vote is called unanimous and counts 1 votes against."


def test_the_report_graph_carries_both_messages(vary):
    report = gate.check(vary(add="<vote/a> dg:unanimous true ."))
    (node,) = report.graph.objects(None, SH.result)
    assert {message.language for message in report.graph.objects(node, SH.resultMessage)} == {"fr", "en"}
    assert report.graph.value(node, SH.sourceShape) == DGS["vote-unanimous-against"]
    assert report.graph.value(node, SH.resultSeverity) == SH.Warning
    assert isomorphic(Graph().parse(data=report.graph.serialize(format="nt"), format="nt"), report.graph)


@pytest.mark.parametrize(
    ("triple", "message"),
    [
        ('<funding/club> dg:amount "NaN"^^xsd:decimal .', "amount vaut « NaN », qui n'est pas un nombre"),
        ('<funding/club> dg:amount "-Infinity"^^xsd:decimal .', "amount vaut « -Infinity », qui n'est pas un nombre"),
        ('<funding/club> dg:confidence "sNaN"^^xsd:decimal .', "confidence vaut « sNaN », qui n'est pas un nombre"),
        ("<evidence/d-10-20> dg:start [] .", "start vaut « [] », qui n'est pas un nombre"),
        ("<evidence/d-10-20> dg:end [] .", "end vaut « [] », qui n'est pas un nombre"),
    ],
)
def test_what_cannot_be_compared_is_a_violation_that_says_where(vary, triple, message):
    report = gate.check(vary(add=triple))
    (found,) = report.results
    assert found.severity == "violation"
    assert found.focus == f"http://localhost:8000/id/{triple.partition('>')[0][1:]}"
    assert message in found.message_fr
    assert isomorphic(Graph().parse(data=report.graph.serialize(format="nt"), format="nt"), report.graph)


def test_a_term_no_store_would_take_is_a_violation_not_a_crash(vary):
    graph = vary()
    graph.add((URIRef("http://localhost:8000/id/funding/x y"), RDF.type, DG.Funding))
    report = gate.check(graph)
    assert not report.conforms
    assert "funding/x y" in report.results[0].message_fr
    report.graph.serialize(format="nt")


def test_blank_nodes_are_checked_like_any_other(vary):
    graph = vary()
    graph.add((BNode(), RDF.type, DG.Decision))
    assert {result.shape.removeprefix(str(DGS)) for result in gate.check(graph).results} == {
        "decision-text",
        "decision-number",
    }


def test_several_holders_of_two_proxies_are_all_named(turtle):
    rows = "\n".join(
        f"<attendance/{n}> a dg:Attendance ; dg:session <session/s> ; dg:member <person/{n}> ;"
        f" dg:status dg:Represented ; dg:proxyHolder <person/{'ab'[n % 2]}> ."
        for n in range(4)
    )
    report = gate.check(
        turtle(f"""
        <session/s> a dg:Session ; dct:date "2023-01-01"^^xsd:date .
        <person/a> foaf:name "Anne" . <person/b> foaf:name "Bruno" .
        {rows}""")
    )
    (message,) = [r.message_fr for r in report.results if r.shape == str(DGS["attendance-holder-two-proxies"])]
    assert "Anne porte 2 pouvoirs" in message
    assert "Bruno porte 2 pouvoirs" in message


def test_a_message_without_its_figures_falls_back_on_the_plain_one():
    assert fill("{name} est absent", [{}], "fr") is None
    assert fill("{name} est absent", [], "fr") is None


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("37900.0", "37\u00a0900", "37,900"),
        ("1450.5", "1\u00a0450,50", "1,450.50"),
        ("12", "12", "12"),
        ("-0.5", "-0,50", "-0.50"),
    ],
)
def test_amounts_are_written_as_each_language_does(text, french, english):
    amount = Literal(text, datatype=XSD.decimal)
    assert written(amount, "fr") == french
    assert written(amount, "en") == english


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_as_written_reads_back_to_itself(amount):
    french = written(Literal(str(amount), datatype=XSD.decimal), "fr")
    assert Decimal(french.replace("\u00a0", "").replace(",", ".")) == amount


@settings(max_examples=examples(9), deadline=None)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 12))
def test_the_roster_warns_exactly_when_its_sum_is_not_the_members_in_office(present, represented, absent, office):
    statuses = ["Present"] * present + ["Represented"] * represented + ["Absent"] * absent
    graph = Graph()
    session = URIRef("http://localhost:8000/id/session/s")
    graph.add((session, RDF.type, DG.Session))
    graph.add((session, DG.membersInOffice, Literal(office)))
    for number, status in enumerate(statuses):
        row = URIRef(f"http://localhost:8000/id/attendance/{number}")
        graph.add((row, RDF.type, DG.Attendance))
        graph.add((row, DG.session, session))
        graph.add((row, DG.status, DG[status]))
    warned = any(result.shape == str(DGS["session-roster-sum"]) for result in gate.check(graph).results)
    listed = len(statuses)
    assert warned == (listed > max(office, 0) or (listed < office and absent > 0))
