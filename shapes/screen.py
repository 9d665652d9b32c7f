"""Which core shapes can have something to say on a document: the others are spared pySHACL, which tells all findings.

pySHACL takes some ten milliseconds to find that an act is in order, most of it before it looks at a node. The screen
looks at the same nodes and values with the few constraints our shapes are made of, and passes a shape only where
each value surely satisfies it. What it does not know (another constraint, another path, a value of an unexpected
type, subclasses in the data) it leaves to pySHACL. A test holds the verdicts to be those of pySHACL alone.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from shapes import library
from shapes.index import Index, Properties, same

#: The values of a shape's path at one focus node, and the properties of that node.
Check = Callable[[Sequence[Node], Properties], bool]
_PYTHON: dict[Node, type] = {
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: dt.date,
    XSD.string: str,
}
_TEXTS = frozenset({None, XSD.string})
_TYPE = same(RDF.type)
_INTEGER, _DECIMAL = XSD.integer, XSD.decimal
_TARGETS = frozenset({SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode})
#: What a shape says beside its constraints.
_NO_CONSTRAINT = _TARGETS | library.FOR_READERS | {RDF.type, SH.target, SH.path, SH.severity, SH.deactivated}
#: Constraints on how many values there are.
_COUNTS = frozenset({SH.minCount, SH.maxCount})


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape, prepared: its targets, the predicates it follows (none: the focus node itself) and its checks.

    ``inverse`` follows the one predicate back; ``least`` and ``most`` say how many values are allowed. ``checks`` None
    stands for a shape that only pySHACL understands, ``everywhere`` for one whose targets only pySHACL understands.
    """

    shape: str
    everywhere: bool
    classes: tuple[Node, ...]
    subjects_of: tuple[Node, ...]
    predicates: tuple[Node, ...]
    inverse: bool
    least: int
    most: float
    checks: tuple[Check, ...] | None


def suspects(index: Index) -> Iterator[str]:
    """IRIs of the shapes that pySHACL must run on the document: all those with a core target not surely satisfied."""
    subclasses = RDFS.subClassOf in index.predicates
    for rule in rules():
        if subclasses or rule.everywhere or not _satisfied(rule, index):
            yield rule.shape


def _satisfied(rule: Rule, index: Index) -> bool:
    nodes = [node for each in rule.classes for node in index.by_class.get(each, ())]
    for predicate in rule.subjects_of:
        if predicate in index.predicates:
            nodes += [node for node, properties in index.objects.items() if predicate in properties]
    if not nodes:
        return True
    if (checks := rule.checks) is None:
        return False
    least, most = rule.least, rule.most
    back = index.back(rule.predicates[0]) if rule.inverse else None
    only = rule.predicates[0] if back is None and len(rule.predicates) == 1 else None
    for node in nodes:
        properties = index.objects.get(node, {})
        if only is not None:
            values: Sequence[Node] = properties.get(only, ())
        else:
            values = _values(rule, node, properties) if back is None else back.get(node, ())
        if not least <= len(values) <= most:
            return False
        for check in checks:
            if not check(values, properties):
                return False
    return True


def _values(rule: Rule, node: Node, properties: Properties) -> Sequence[Node]:
    if not rule.predicates:
        return (node,)
    return tuple({value for predicate in rule.predicates for value in properties.get(predicate, ())})


@cache
def rules() -> tuple[Rule, ...]:
    """Every shape with a core target, prepared."""
    graph = library.load()
    shapes = {shape for target in _TARGETS for shape in graph.subjects(target) if isinstance(shape, URIRef)}
    return tuple(_rule(graph, shape) for shape in sorted(shapes) if not _deactivated(graph, shape))


def _deactivated(graph: Graph, shape: URIRef) -> bool:
    return any(isinstance(value, Literal) and value.value for value in graph.objects(shape, SH.deactivated))


def _rule(graph: Graph, shape: URIRef) -> Rule:
    path = graph.value(shape, SH.path)
    back = graph.value(path, SH.inversePath) if path is not None else None
    choice = graph.value(path, SH.alternativePath) if path is not None else None
    predicates = (
        tuple(graph.items(choice)) if choice is not None else tuple(p for p in (back or path,) if p is not None)
    )
    return Rule(
        str(shape),
        _everywhere(graph, shape),
        tuple(graph.objects(shape, SH.targetClass)),
        tuple(map(same, graph.objects(shape, SH.targetSubjectsOf))),
        tuple(map(same, predicates)),
        back is not None,
        max(map(_integer, graph.objects(shape, SH.minCount)), default=0),
        min(map(_integer, graph.objects(shape, SH.maxCount)), default=math.inf),
        _checks(graph, shape) if all(isinstance(predicate, URIRef) for predicate in predicates) else None,
    )


def _everywhere(graph: Graph, shape: URIRef) -> bool:
    """Whether a shape has targets beside those that the screen looks up; a shape that is a class targets itself."""
    return (
        (shape, SH.targetNode, None) in graph
        or (shape, SH.targetObjectsOf, None) in graph
        or not set(graph.objects(shape, RDF.type)) <= {SH.NodeShape, SH.PropertyShape}
    )


def _checks(graph: Graph, shape: URIRef) -> tuple[Check, ...] | None:
    """The constraints of a shape, but how many values, as checks, None where one of them is not known here."""
    found: list[Check] = []
    for predicate, value in graph.predicate_objects(shape):
        if predicate in _NO_CONSTRAINT | _COUNTS:
            continue
        make = _CONSTRAINTS.get(predicate)
        if make is None:
            return None
        found.append(make(graph, value))
    return tuple(found)


def _integer(value: Node) -> int:
    return int(str(value))


def _datatype(_graph: Graph, value: Node) -> Check:
    python = _PYTHON.get(value)

    def fits(node: Node) -> bool:
        if not isinstance(node, Literal) or node.ill_typed:
            return False
        typed = node.datatype == value or (value == XSD.string and node.datatype is None and node.language is None)
        return typed and (python is None or isinstance(node.value, python))

    return _each(fits)


def _in(graph: Graph, value: Node) -> Check:
    allowed = frozenset(graph.items(value))
    return _each(lambda node: node in allowed)


def _node_kind(_graph: Graph, value: Node) -> Check:
    is_iri = value == SH.IRI
    return _each(lambda node: is_iri and (type(node) is URIRef or isinstance(node, URIRef)))


def _min_length(_graph: Graph, value: Node) -> Check:
    least = _integer(value)
    return _each(lambda node: _is_text(node) and len(str(node)) >= least)


def _pattern(_graph: Graph, value: Node) -> Check:
    search = re.compile(str(value)).search
    return _each(lambda node: _is_text(node) and search(str(node)) is not None)


def _min_inclusive(_graph: Graph, value: Node) -> Check:
    least = Decimal(str(value))
    return _each(lambda node: (number := _number(node)) is not None and number >= least)


def _max_inclusive(_graph: Graph, value: Node) -> Check:
    most = Decimal(str(value))
    return _each(lambda node: (number := _number(node)) is not None and number <= most)


def _disjoint(_graph: Graph, value: Node) -> Check:
    other = same(value)
    return lambda values, properties: not values or set(values).isdisjoint(properties.get(other, ()))


def _less_than(_graph: Graph, value: Node) -> Check:
    other = same(value)

    def fits(values: Sequence[Node], properties: Properties) -> bool:
        for high in map(_number, properties.get(other, ())):
            for low in map(_number, values):
                if low is None or high is None or not low < high:
                    return False
        return True

    return fits


def _each(fits: Callable[[Node], bool]) -> Check:
    def all_fit(values: Iterable[Node], _properties: Properties) -> bool:
        return all(map(fits, values))

    return all_fit


def _number(node: Node) -> int | Decimal | None:
    """The value of a well-formed integer or decimal; None for all else (Python takes "NaN" for a decimal)."""
    if not isinstance(node, Literal) or node.ill_typed:
        return None
    value = node.value
    if node.datatype == _INTEGER and isinstance(value, int):
        return value
    return value if node.datatype == _DECIMAL and isinstance(value, Decimal) and value.is_finite() else None


def _is_text(node: Node) -> bool:
    return isinstance(node, URIRef) or (isinstance(node, Literal) and node.datatype in _TEXTS)


_CONSTRAINTS: dict[Node, Callable[[Graph, Node], Check]] = {
    SH.datatype: _datatype,
    SH["in"]: _in,
    SH.nodeKind: _node_kind,
    SH.minLength: _min_length,
    SH.pattern: _pattern,
    SH.minInclusive: _min_inclusive,
    SH.maxInclusive: _max_inclusive,
    SH.disjoint: _disjoint,
    SH.lessThan: _less_than,
}
