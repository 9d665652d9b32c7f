"""What one release says and another does not, fact by fact, read from the graphs that differ and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias

import pyoxigraph as ox

from graph.release.contents import Changes, Contents, changes, read
from graph.release.layout import Release
from ontology.terms import RDF

State: TypeAlias = Choice["added", "removed", "changed"]
#: What is stated of one thing: values by property.
Statements: TypeAlias = Mapping[str, frozenset[ox.NamedNode | ox.Literal]]
_TYPE = ox.NamedNode(str(RDF.type))
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that differs. ``before`` and ``after`` hold the properties that differ, with their values.

    ``classes`` are those of the release that has the thing, of the later one where both do.
    """

    iri: str
    state: State
    classes: frozenset[str]
    before: Statements
    after: Statements


@dataclass(frozen=True, slots=True)
class Difference:
    """From one release to another: ``documents`` by key, ``things`` by IRI, ``quads`` taken out and put in.

    Things of reports and other nodes without a name are among the quads alone.
    """

    documents: Changes
    things: tuple[Thing, ...]
    removed: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]

    def patch(self) -> Iterator[str]:
        """The lines of an RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html) that makes one of the other."""
        yield "TX ."
        for letter, found in (("D", self.removed), ("A", self.added)):
            for quad in found:
                graph = "" if quad.graph_name == _DEFAULT else f" {quad.graph_name}"
                yield f"{letter} {quad.subject} {quad.predicate} {quad.object}{graph} ."
        yield "TC ."


def difference(one: Release, other: Release) -> Difference:
    """What differs from ``one`` to ``other``. Raises ReleaseError."""
    before, after = one.store(), other.store()
    told = (read(one.path), read(other.path))
    removed, added = _quads(before, after, _graphs(before, after, told))
    things = sorted(_things(before, after, removed, added), key=lambda thing: thing.iri)
    documents = Changes() if None in told else changes(*(each.texts for each in told if each is not None))
    return Difference(documents, tuple(things), tuple(sorted(removed, key=str)), tuple(sorted(added, key=str)))


def _graphs(before: ox.Store, after: ox.Store, told: tuple[Contents | None, Contents | None]) -> Iterable[ox.NamedNode]:
    """The named graphs that may differ; all, where a release does not say what it is made of."""
    one, other = told
    if one is None or other is None:
        return {graph for store in (before, after) for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    differ = changes(one.graphs, other.graphs)
    return [ox.NamedNode(name) for name in (*differ.added, *differ.removed, *differ.changed)]


def _quads(before: ox.Store, after: ox.Store, graphs: Iterable[ox.NamedNode]) -> tuple[set[ox.Quad], set[ox.Quad]]:
    removed: set[ox.Quad] = set()
    added: set[ox.Quad] = set()
    for graph in graphs:
        old = set(before.quads_for_pattern(None, None, None, graph))
        new = set(after.quads_for_pattern(None, None, None, graph))
        removed |= old - new
        added |= new - old
    return removed, added


def _things(before: ox.Store, after: ox.Store, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> Iterator[Thing]:
    """Things of which the whole of a release says otherwise: what only moved to another graph is no difference."""
    lost, won = _stated(removed, after), _stated(added, before)
    for node in lost.keys() | won.keys():
        state: State = "changed"
        if next(before.quads_for_pattern(node, None, None, _DEFAULT), None) is None:
            state = "added"
        elif next(after.quads_for_pattern(node, None, None, _DEFAULT), None) is None:
            state = "removed"
        holder = before if state == "removed" else after
        types = holder.quads_for_pattern(node, _TYPE, None, _DEFAULT)
        yield Thing(
            iri=node.value,
            state=state,
            classes=frozenset(quad.object.value for quad in types if isinstance(quad.object, ox.NamedNode)),
            before=lost.get(node, {}),
            after=won.get(node, {}),
        )


def _stated(quads: Iterable[ox.Quad], elsewhere: ox.Store) -> dict[ox.NamedNode, Statements]:
    """What quads say of each thing, but for what the other release says too."""
    found: dict[ox.NamedNode, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        if next(elsewhere.quads_for_pattern(subject, quad.predicate, value, _DEFAULT), None) is None:
            found[subject][quad.predicate.value].add(value)
    return {node: {name: frozenset(values) for name, values in said.items()} for node, said in found.items()}
