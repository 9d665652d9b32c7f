"""Names are asked for in two ways, of everything and of a few things: both give the same rows."""

from __future__ import annotations

from importlib.resources import files

import pyoxigraph as ox

from graph.question import Question, rows_of

ACTS = """
@prefix dg: <https://w3id.org/delibgraph/ns#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:act> a dg:Deliberation ; eli:is_about <urn:theme> .
<urn:theme> skos:prefLabel "Culture"@fr , "Culture"@en .
<urn:f1> dg:status dg:Awarded ; dg:funder <urn:town> ; dg:beneficiary <urn:club> , <urn:somebody> .
<urn:f2> dg:status dg:Requested ; dg:funder <urn:state> ; dg:underProgramme <urn:plan> .
<urn:f3> dg:beneficiary <urn:unread> .
<urn:town> a dg:Organisation , dg:LocalAuthority ; skos:prefLabel "Ville"@fr .
<urn:town> skos:altLabel "Ville"@fr , "la Ville"@fr .
<urn:club> a dg:Association ; skos:prefLabel "Club"@fr ; skos:notation "C" , "Club" .
<urn:state> a dg:State ; skos:altLabel "État"@fr .
<urn:somebody> a dg:Person ; foaf:name "Luc PETIT" ; skos:altLabel "PETIT Luc" .
<urn:plan> a dg:Programme ; skos:prefLabel "Contrat de ville"@fr .
<urn:unread> a dg:Association ; skos:prefLabel "Non lue"@fr .
<urn:beside> a dg:Person ; foaf:name "Ève BRUN" .
"""


def test_all_names_are_those_of_each_thing() -> None:
    store = ox.Store()
    store.load(ACTS.encode(), format=ox.RdfFormat.TURTLE)
    few, every = (files("graph.ledger").joinpath(f"{name}.rq").read_text("utf-8") for name in ("names", "all_names"))
    rows = sorted(map(repr, rows_of(store, every)))
    assert rows == sorted(map(repr, rows_of(store, few)))
    told = {
        name for name in ("town", "club", "state", "somebody", "plan", "theme", "unread") if f"urn:{name}>" in str(rows)
    }
    assert told == {"town", "club", "state", "somebody", "plan", "theme"}
    each = [row for thing in ("town", "club", "state", "somebody", "plan", "theme", "unread", "beside")
            for row in rows_of(store, Question.of(few).about([ox.NamedNode(f"urn:{thing}")]))]  # fmt: skip
    assert sorted(map(repr, each)) == rows
