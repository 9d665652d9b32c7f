"""The triples of a document as its checks look them up: the objects of a subject, and the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from rdflib import Graph
from rdflib.namespace import RDF
from rdflib.store import Store
from rdflib.term import Node

#: The terms of the shapes, each as one object: to tell that two are equal rdflib needs a call, that one is itself none.
_SAME: dict[Node, Node] = {}
_TYPE: Final = _SAME.setdefault(RDF.type, RDF.type)
Triple = tuple[Node, Node, Node]
#: Values by predicate, of one subject.
Properties = dict[Node, list[Node]]


def same(term: Node) -> Node:
    """A term of the shapes as the one object that an :class:`Index` has for it among its predicates."""
    return _SAME.setdefault(term, term)


class Index(Store):
    """Triples for reading, each one once, in the two look-ups that core constraints live on.

    rdflib's own stores keep a third one, and go through several generators for an answer.
    """

    context_aware = graph_aware = True  # as pySHACL expects of any store; there is but one graph

    def __init__(self, *graphs: Iterable[Triple]) -> None:
        """The union of ``graphs``, each of them without repetition."""
        super().__init__()
        self._size = 0
        self.graph = Graph(store=self, bind_namespaces="none")
        self.objects: dict[Node, Properties] = {}
        self._back: dict[Node, dict[Node, list[Node]]] = {}
        for number, graph in enumerate(graphs):
            self._add(list(self._new(graph)) if number else graph)

    def _add(self, triples: Iterable[Triple]) -> None:
        objects, size = self.objects, self._size
        known: dict[int, tuple[Node, Node]] = {}  # by identity: the few predicates of a graph are few objects
        for subject, predicate, value in triples:
            pair = known.get(id(predicate))
            if pair is None:
                pair = known[id(predicate)] = (predicate, _SAME.get(predicate, predicate))
            properties = objects.get(subject)
            if properties is None:
                properties = objects[subject] = {}
            values = properties.get(pair[1])
            if values is None:
                properties[pair[1]] = [value]
            else:
                values.append(value)
            size += 1
        self._size = size

    def _new(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """Those of some triples that are not here yet: few subjects are told of in two graphs."""
        here: dict[tuple[Node, Node], set[Node]] = {}
        for subject, predicate, value in triples:
            values = self.objects.get(subject, {}).get(predicate)
            if values is not None:
                if (subject, predicate) not in here:
                    here[subject, predicate] = set(values)
                if value in here[subject, predicate]:
                    continue
            yield subject, predicate, value

    @cached_property
    def by_class(self) -> dict[Node, list[tuple[Node, Properties]]]:
        """Subjects, each with its properties, by their classes."""
        found: dict[Node, list[tuple[Node, Properties]]] = {}
        for pair in self.objects.items():
            for each in pair[1].get(_TYPE, ()):
                found.setdefault(each, []).append(pair)
        return found

    @cached_property
    def predicates(self) -> set[Node]:
        """Every predicate."""
        return set().union(*self.objects.values())

    def back(self, predicate: Node) -> dict[Node, list[Node]]:
        """Subjects of one predicate (as :func:`same` has it) by its objects."""
        found = self._back.get(predicate)
        if found is None:
            found = self._back[predicate] = {}
            for subject, properties in self.objects.items():
                for value in properties.get(predicate, ()):
                    found.setdefault(value, []).append(subject)
        return found

    @cached_property
    def subjects(self) -> dict[Node, dict[Node, list[Node]]]:
        """Subjects by predicate and object; built when first asked for, since most documents never need it."""
        found: dict[Node, dict[Node, list[Node]]] = {}
        for subject, properties in self.objects.items():
            for predicate, values in properties.items():
                by_value = found.setdefault(predicate, {})
                for value in values:
                    by_value.setdefault(value, []).append(subject)
        return found

    def __len__(self, context: Any = None) -> int:
        """How many triples."""
        return self._size

    def triples(self, pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ARG002 - one graph only
        """The triples of a pattern, as rdflib asks a store for them."""
        subject, predicate, value = pattern
        if subject is None and predicate is not None:
            found = self.subjects.get(predicate, {})
            pairs = ((s, o) for o in (found if value is None else (value,)) for s in found.get(o, ()))
            yield from (((s, predicate, o), iter((self.graph,))) for s, o in pairs)
            return
        for s in self.objects if subject is None else (subject,):
            outgoing = self.objects.get(s, {})
            for p in outgoing if predicate is None else (predicate,):
                yield from (
                    ((s, p, o), iter((self.graph,))) for o in outgoing.get(p, ()) if value is None or o == value
                )
