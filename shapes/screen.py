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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from shapes import library
from shapes.index import Index, Properties, same

#: One value of a shape's path.
Fits = Callable[[Node], bool]
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
_INTEGER, _DECIMAL = str(XSD.integer), str(XSD.decimal)
#: Whether two IRIs are the same, without what rdflib looks at first: it is asked of each number.
_equal = str.__eq__
_TARGETS = frozenset({SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode})
#: What a shape says beside its constraints.
_NO_CONSTRAINT = _TARGETS | library.FOR_READERS | {RDF.type, SH.target, SH.path, SH.severity, SH.deactivated}
#: Constraints on how many values there are.
_COUNTS = frozenset({SH.minCount, SH.maxCount})


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape, prepared: its targets, the predicates it follows (none: the focus node itself) and its checks.

    ``inverse`` follows the one predicate back; ``least`` and ``most`` say how many values are allowed, ``fits`` what
    each must be, ``checks`` what they must be together. ``known`` false stands for a shape that only pySHACL
    understands, ``everywhere`` for one whose targets only pySHACL understands.
    """

    shape: str
    everywhere: bool
    classes: tuple[Node, ...]
    subjects_of: tuple[Node, ...]
    predicates: tuple[Node, ...]
    inverse: bool
    least: int
    most: float
    known: bool
    fits: tuple[Fits, ...]
    checks: tuple[Check, ...]


def suspects(index: Index) -> Iterator[str]:
    """IRIs of the shapes that pySHACL must run on the document: all those with a core target not surely satisfied."""
    subclasses = RDFS.subClassOf in index.predicates
    for rule in rules():
        if subclasses or rule.everywhere or not _satisfied(rule, index):
            yield rule.shape


def _satisfied(rule: Rule, index: Index) -> bool:
    nodes = _focus(rule, index)
    if not (nodes and rule.known):
        return not nodes
    least, most, each_fits, checks = rule.least, rule.most, rule.fits, rule.checks
    back = index.back(rule.predicates[0]) if rule.inverse else None
    only = rule.predicates[0] if back is None and len(rule.predicates) == 1 else None
    for node, properties in nodes:
        if only is not None:
            values: Sequence[Node] = properties.get(only, ())
        else:
            values = _values(rule, node, properties) if back is None else back.get(node, ())
        if not least <= len(values) <= most:
            return False
        for value in values:
            for fits in each_fits:
                if not fits(value):
                    return False
        for check in checks:
            if not check(values, properties):
                return False
    return True


def _focus(rule: Rule, index: Index) -> list[tuple[Node, Properties]]:
    """The focus nodes of a shape, each with its properties."""
    nodes = [found for each in rule.classes for found in index.by_class.get(each, ())]
    for predicate in rule.subjects_of:
        if predicate in index.predicates:
            nodes += [found for found in index.objects.items() if predicate in found[1]]
    return nodes


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
    known = _constraints(graph, shape) if all(isinstance(predicate, URIRef) for predicate in predicates) else None
    return Rule(
        str(shape),
        _everywhere(graph, shape),
        tuple(graph.objects(shape, SH.targetClass)),
        tuple(map(same, graph.objects(shape, SH.targetSubjectsOf))),
        tuple(map(same, predicates)),
        back is not None,
        max(map(_integer, graph.objects(shape, SH.minCount)), default=0),
        min(map(_integer, graph.objects(shape, SH.maxCount)), default=math.inf),
        known is not None,
        *(known or ((), ())),
    )


def _everywhere(graph: Graph, shape: URIRef) -> bool:
    """Whether a shape has targets beside those that the screen looks up; a shape that is a class targets itself."""
    return (
        (shape, SH.targetNode, None) in graph
        or (shape, SH.targetObjectsOf, None) in graph
        or not set(graph.objects(shape, RDF.type)) <= {SH.NodeShape, SH.PropertyShape}
    )


def _constraints(graph: Graph, shape: URIRef) -> tuple[tuple[Fits, ...], tuple[Check, ...]] | None:
    """The constraints of a shape, but how many values, None where one of them is not known here."""
    fits: list[Fits] = []
    checks: list[Check] = []
    for predicate, value in graph.predicate_objects(shape):
        if predicate in _NO_CONSTRAINT | _COUNTS:
            continue
        if (of_each := _OF_EACH.get(predicate)) is not None:
            fits.append(of_each(graph, value))
        elif (of_all := _OF_ALL.get(predicate)) is not None:
            checks.append(of_all(graph, value))
        else:
            return None
    return tuple(fits), tuple(checks)


def _integer(value: Node) -> int:
    return int(str(value))


def _datatype(_graph: Graph, value: Node) -> Fits:
    python = _PYTHON.get(value)
    is_text, name = value == XSD.string, str(value)

    def fits(node: Node) -> bool:
        if not isinstance(node, Literal) or node.ill_typed:
            return False
        datatype = node.datatype
        typed = (is_text and node.language is None) if datatype is None else _equal(datatype, name)
        return typed and (python is None or isinstance(node.value, python))

    return fits


def _in(graph: Graph, value: Node) -> Fits:
    allowed = frozenset(graph.items(value))
    return lambda node: node in allowed


def _node_kind(_graph: Graph, value: Node) -> Fits:
    is_iri = value == SH.IRI
    return lambda node: is_iri and (type(node) is URIRef or isinstance(node, URIRef))


def _min_length(_graph: Graph, value: Node) -> Fits:
    least = _integer(value)
    return lambda node: _is_text(node) and len(str(node)) >= least


def _pattern(_graph: Graph, value: Node) -> Fits:
    search = re.compile(str(value)).search
    return lambda node: _is_text(node) and search(str(node)) is not None


def _min_inclusive(_graph: Graph, value: Node) -> Fits:
    least = Decimal(str(value))
    return lambda node: (number := _number(node)) is not None and number >= least


def _max_inclusive(_graph: Graph, value: Node) -> Fits:
    most = Decimal(str(value))
    return lambda node: (number := _number(node)) is not None and number <= most


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


def _number(node: Node) -> int | Decimal | None:
    """The value of a well-formed integer or decimal; None for all else (Python takes "NaN" for a decimal)."""
    if not isinstance(node, Literal) or node.ill_typed or (datatype := node.datatype) is None:
        return None
    value = node.value
    if isinstance(value, int):
        return value if _equal(datatype, _INTEGER) else None
    return value if isinstance(value, Decimal) and _equal(datatype, _DECIMAL) and value.is_finite() else None


def _is_text(node: Node) -> bool:
    if type(node) is Literal:  # to ask whether it is of another class goes through the metaclass of rdflib's terms
        return node.datatype is None or node.datatype in _TEXTS
    return isinstance(node, URIRef) or (isinstance(node, Literal) and node.datatype in _TEXTS)


_OF_EACH: dict[Node, Callable[[Graph, Node], Fits]] = {
    SH.datatype: _datatype,
    SH["in"]: _in,
    SH.nodeKind: _node_kind,
    SH.minLength: _min_length,
    SH.pattern: _pattern,
    SH.minInclusive: _min_inclusive,
    SH.maxInclusive: _max_inclusive,
}
_OF_ALL: dict[Node, Callable[[Graph, Node], Check]] = {SH.disjoint: _disjoint, SH.lessThan: _less_than}
