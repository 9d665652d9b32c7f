"""The texts keep to what the engine plans well; why, and what it costs otherwise: README of queries/, "Plans".

No clock: the two shapes that made a query take a hundred times longer, on some runs or on all, are looked for in its
algebra.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rdflib.paths import Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

import queries

TESTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


def parts(node: Any) -> Iterator[CompValue]:
    """Every node of an algebra."""
    if isinstance(node, CompValue):
        yield node
        node = list(dict.values(node))
    if isinstance(node, (list, tuple, set)):
        for each in node:
            yield from parts(each)


def steps(group: Any) -> int:
    """How many patterns a group joins, apart from those of the EXISTS within; a sequence of steps is as many."""
    found = 0
    if isinstance(group, CompValue):
        if group.name in TESTS:
            return 0
        if group.name == "BGP":
            return sum(len(p.args) if isinstance(p, SequencePath) else 1 for _, p, _ in group.triples)
        group = list(dict.values(group))
    if isinstance(group, (list, tuple, set)) and not isinstance(group, Path):
        found = sum(map(steps, group))
    return found


@pytest.fixture(scope="module", params=queries.catalogue())
def algebra(request: pytest.FixtureRequest) -> Any:
    return translateQuery(parseQuery(queries.find(request.param).text)).algebra


def test_no_test_on_the_graph_is_an_operand_of_or(algebra):
    """Which operand the engine looks at first is drawn anew in each process: IF has an order."""
    chains = [node for node in parts(algebra) if node.name == "ConditionalOrExpression"]
    assert not [node for chain in chains for node in parts(chain) if node.name in TESTS]


def test_within_exists_there_is_one_pattern(algebra):
    """Two would be joined without a key, each row of one with each of the other: the second gets its own EXISTS."""
    for node in parts(algebra):
        if node.name in TESTS:
            assert steps(node.graph) <= 1
