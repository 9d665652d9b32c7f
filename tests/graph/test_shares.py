"""Who is who goes into the search index share by share: all that a graph tells, one share at a time."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef

from graph.search import Told
from ontology.terms import DG, RDF, SKOS


def organisations(count: int) -> Graph:
    graph = Graph()
    for number in range(count):
        node = URIRef(f"http://localhost:8000/id/organisation/{number}")
        graph.add((node, RDF.type, DG.Organisation))
        graph.add((node, SKOS.prefLabel, Literal(f"Les Amis {number}", lang="fr")))
        graph.add((node, SKOS.notation, Literal(f"A{number}")))
    return graph


@pytest.mark.parametrize("count", [300, 900])
def test_the_shares_together_tell_all_and_each_little(count: int) -> None:
    whole, shares = Told.of(organisations(count)), list(Told.shares(organisations(count)))
    assert sorted(row for share in shares for row in share.rows) == list(whole.rows)
    assert sorted(kind for share in shares for kind in share.kinds) == list(whole.kinds)
    assert max(len(share.rows) for share in shares) < len(whole.rows) / 10


def test_one_thing_more_changes_one_share() -> None:
    before, after = list(Told.shares(organisations(300))), list(Told.shares(organisations(301)))
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
