"""The graph that mapping writes and a release reads: a set of triples, indexed only where something is looked up."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from rdflib import Graph
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

Triple = tuple[Node, Node, Node]


class _LazyMemory(SimpleMemory):
    """rdflib's store in memory, whose three indices are built at the first look-up: most graphs never have one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[Triple] = set()
        self._indexed = False
        self._nowhere = Graph(store=self, bind_namespaces="none")  # there is but one graph; the store ignores it

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        """Add a triple."""
        self.found.add(triple)
        if self._indexed:
            super().add(triple, context, quoted)

    def remove(self, triple_pattern: Any, context: Any = None) -> None:
        """Remove all triples of a pattern."""
        self._index()
        self.found.difference_update([triple for triple, _ in super().triples(triple_pattern)])
        super().remove(triple_pattern, context)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """All triples of a pattern."""
        self._index()
        return super().triples(triple_pattern, context)

    def __len__(self, context: Any = None) -> int:
        """How many triples."""
        return len(self.found)

    def _index(self) -> None:
        if not self._indexed:
            self._indexed = True
            for triple in self.found:
                super().add(triple, self._nowhere)


class TripleGraph(Graph):
    """An rdflib graph that is quick to fill (through ``found``) and to go through."""

    def __init__(self) -> None:
        """An empty graph without prefixes."""
        store = _LazyMemory()
        super().__init__(store=store, bind_namespaces="none")
        #: The triples. To be written to until the graph is given away.
        self.found: set[Triple] = store.found

    def __iter__(self) -> Generator[Triple, None, None]:
        """All triples, in no order."""
        yield from self.found
