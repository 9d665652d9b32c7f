"""Small graphs for the gate: one act that conforms, and ways to vary it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from ontology.terms import PREFIXES

HERE = Path(__file__).parent
BASE = "http://localhost:8000/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())

Vary = Callable[..., Graph]


def read(turtle: str) -> Graph:
    """``turtle`` with the house's prefixes and base."""
    return Graph().parse(data=HEAD + turtle, format="turtle")


def varied(drop: Sequence[str] = (), add: str = "") -> Graph:
    """The conforming act without triples of ``drop`` ("vote/a dg:votesFor", or a subject) and with ``add``."""
    graph = Graph().parse(HERE / "conforming.ttl", format="turtle")
    for place in drop:
        subject, _, predicate = place.partition(" ")
        prefix, _, name = predicate.partition(":")
        graph.remove((URIRef(BASE + subject), URIRef(PREFIXES[prefix] + name) if predicate else None, None))
    for triple in read(add):
        graph.add(triple)
    return graph


@pytest.fixture
def turtle() -> Callable[[str], Graph]:
    return read


@pytest.fixture
def vary() -> Vary:
    return varied
