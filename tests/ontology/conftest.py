"""The vocabulary and the example dataset, parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from ontology import data_path

VOCABULARY = ("delibgraph", "funding-kinds", "roles", "actes-matters", "programme-families")


@pytest.fixture(scope="session")
def ontology() -> Graph:
    graph = Graph()
    for name in VOCABULARY:
        graph.parse(data=data_path(f"{name}.ttl").read_text("utf-8"), format="turtle")
    return graph


@pytest.fixture(scope="session")
def example() -> Graph:
    dataset = Dataset()
    dataset.parse(Path(__file__).with_name("example.trig"), format="trig")
    union = Graph()
    for subject, predicate, value, _graph in dataset.quads():
        union.add((subject, predicate, value))
    return union
