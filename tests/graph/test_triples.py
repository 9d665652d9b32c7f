"""The graph that mapping writes answers as any rdflib graph does, at whatever moment it is asked."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from graph.triples import TripleGraph

NODES = [URIRef(f"http://localhost/{letter}") for letter in "abc"]
VALUES = [*NODES, Literal(1), Literal("1"), Literal("un", lang="fr")]
triples = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(VALUES))
patterns = st.tuples(
    st.none() | st.sampled_from(NODES), st.none() | st.sampled_from(NODES), st.none() | st.sampled_from(VALUES)
)
steps = st.lists(
    st.tuples(st.just("add"), triples) | st.tuples(st.just("remove"), patterns) | st.tuples(st.just("ask"), patterns)
)


@given(st.sets(triples), steps, st.sampled_from([0, 1, 8]))
def test_it_adds_removes_and_answers_as_rdflib_does(written, steps, scans):
    with mock.patch("graph.triples._SCANS", scans):
        _compare(written, steps)


def _compare(written, steps):
    ours, theirs = TripleGraph(), Graph()
    for triple in written:
        ours.found.add(triple)
        theirs.add(triple)
    for action, pattern in steps:
        if action == "ask":
            assert set(ours.triples(pattern)) == set(theirs.triples(pattern))
        else:
            getattr(ours, action)(pattern)
            getattr(theirs, action)(pattern)
    assert set(ours) == set(theirs)
    assert len(ours) == len(theirs)
