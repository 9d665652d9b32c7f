"""Values that have no order where a shape compares them; pySHACL ends in an error there instead of telling.

Two kinds, which a test with values of every kind holds to be all: a blank node under sh:lessThan, and "NaN" or
"Infinity" typed xsd:decimal, which XML Schema does not allow and Python takes for a decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from rdflib import BNode, Literal
from rdflib.namespace import SH
from rdflib.term import Node

from shapes import library
from shapes.index import Index, Triple, same


class UnorderedValueError(ValueError):
    """A graph has values that cannot be compared. ``triples`` are those that have them."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        super().__init__(f"{len(triples)} values cannot be compared, the first {triples[0][2]}")
        self.triples = triples


def unordered(index: Index) -> list[Triple]:
    """The triples whose value is no number where shapes compare numbers."""
    pairs, compared = _pairs(), _compared()
    return [
        (subject, predicate, value)
        for subject, properties in index.objects.items()
        for predicate in (() if compared.isdisjoint(properties) else compared & properties.keys())
        for value in properties[predicate]
        if (_no_number(value) if type(value) is Literal else isinstance(value, BNode) and predicate in pairs)
    ]


def _no_number(value: Literal) -> bool:
    number = value.value
    return isinstance(number, Decimal) and not number.is_finite()


@cache
def _pairs() -> frozenset[Node]:
    """The properties on either side of sh:lessThan."""
    graph = library.load()
    sides = ((graph.value(shape, SH.path), other) for shape, other in graph.subject_objects(SH.lessThan))
    return frozenset(same(side) for pair in sides for side in pair if side is not None)


@cache
def _compared() -> frozenset[Node]:
    """Those, and the properties with a bound."""
    graph = library.load()
    bounded = (shape for bound in (SH.minInclusive, SH.maxInclusive) for shape in graph.subjects(bound))
    return _pairs() | {same(path) for shape in bounded if (path := graph.value(shape, SH.path)) is not None}
