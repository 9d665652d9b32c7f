"""What the graphs of a release say together of a node, through the indexes of its store."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from ontology.terms import PREFIXES
from service.store import Quads

#: The union of the named graphs, kept as a set (graph.rdf.with_union).
_UNION: Final = DefaultGraph()
#: Property, compact ("dg:funder") → its values, sorted.
Told: TypeAlias = Mapping[str, tuple[NamedNode | Literal, ...]]


def term(compact: str) -> NamedNode:
    """``dg:funder`` → its IRI."""
    prefix, _, name = compact.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


_PREFIX_OF: Final = sorted(((space, prefix) for prefix, space in PREFIXES.items()), key=lambda e: -len(e[0]))


@functools.cache
def _compact(iri: str) -> str:
    """A property of the vocabularies in use, of which there are few."""
    return next((f"{prefix}:{iri.removeprefix(space)}" for space, prefix in _PREFIX_OF if iri.startswith(space)), iri)


class Facts:
    """Nodes of one store; what was read of a node is kept for the time of a page."""

    def __init__(self, store: Quads) -> None:
        """Nothing is read yet."""
        self.store = store
        self._told: dict[NamedNode, Told] = {}

    def told(self, node: NamedNode) -> Told:
        """All that is said of a node."""
        if node not in self._told:
            self.know(node, (quad.triple for quad in self.store.quads_for_pattern(node, None, None, _UNION)))
        return self._told[node]

    def know(self, node: NamedNode, triples: Iterable[Triple]) -> None:
        """Take over all that is said of a node, as it was read."""
        found: dict[str, list[NamedNode | Literal]] = {}
        for triple in triples:
            if isinstance(triple.object, (NamedNode, Literal)):
                found.setdefault(_compact(triple.predicate.value), []).append(triple.object)
        self._told[node] = {name: tuple(sorted(values, key=str)) for name, values in found.items()}

    def nodes(self, node: NamedNode, name: str) -> list[NamedNode]:
        """The resources that a property of a node leads to."""
        return [value for value in self.told(node).get(name, ()) if isinstance(value, NamedNode)]

    def one(self, node: NamedNode, name: str) -> NamedNode | None:
        """The first of them, None where there is none."""
        return next(iter(self.nodes(node, name)), None)

    def texts(self, node: NamedNode, name: str) -> list[str]:
        """The literals of a property of a node."""
        return [value.value for value in self.told(node).get(name, ()) if isinstance(value, Literal)]

    def text(self, node: NamedNode | None, name: str) -> str:
        """The first of them, empty where there is none."""
        return next(iter(self.texts(node, name)), "") if node is not None else ""

    def pointing(self, name: str, node: NamedNode) -> list[NamedNode]:
        """The resources that have a node for a property."""
        quads = self.store.quads_for_pattern(None, term(name), node, _UNION)
        return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]

    def leads(self, node: NamedNode, name: str, to: NamedNode) -> bool:
        """Whether a property of a node leads to another, without reading all of the node."""
        return next(self.store.quads_for_pattern(node, term(name), to, _UNION), None) is not None

    def is_a(self, node: NamedNode, kind: str) -> bool:
        """Whether a node is of a class."""
        return term(kind) in self.told(node).get("rdf:type", ())

    def day(self, act: NamedNode) -> str:
        """The date of the session of an act, ISO; empty where it has none."""
        return self.text(self.one(act, "dg:session"), "dct:date")
