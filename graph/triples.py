"""The graph that mapping writes and a release reads: a set of triples, indexed only where something is looked up."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any, Final

from rdflib import Graph
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

Triple = tuple[Node, Node, Node]


#: Look-ups that go through all triples before indices are worth what they take: three times the memory of the triples.
_SCANS: Final = 8


class _LazyMemory(SimpleMemory):
    """rdflib's store in memory, whose three indices are built where much is looked up: most graphs never have one.

    Whether a triple is there is no look-up; the first few are answered by going through all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: set[Triple] = set()
        self._indexed = False
        self._scans = 0
        self._nowhere = Graph(store=self, bind_namespaces="none")  # there is but one graph; the store ignores it

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        """Add a triple."""
        self.found.add(triple)
        if self._indexed:
            super().add(triple, context, quoted)

    def remove(self, triple_pattern: Any, context: Any = None) -> None:
        """Remove all triples of a pattern."""
        gone = [triple for triple, _ in self.triples(triple_pattern)]
        self.found.difference_update(gone)
        if self._indexed:
            super().remove(triple_pattern, context)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """All triples of a pattern."""
        if None not in triple_pattern:
            return iter([(triple_pattern, self._contexts())] if triple_pattern in self.found else [])
        if not self._indexed and self._scans < _SCANS:
            self._scans += 1
            return iter([(triple, self._contexts()) for triple in _fitting(self.found, triple_pattern)])
        self._index()
        return super().triples(triple_pattern, context)

    def _contexts(self) -> Iterator[Graph]:
        return iter((self._nowhere,))

    def __len__(self, context: Any = None) -> int:
        """How many triples."""
        return len(self.found)

    def _index(self) -> None:
        if not self._indexed:
            self._indexed = True
            for triple in self.found:
                super().add(triple, self._nowhere)


def _fitting(triples: Iterable[Triple], pattern: Any) -> Iterable[Triple]:
    """The triples of a pattern, told by the predicate first: that two IRIs differ their hashes tell at once."""
    for place in (1, 0, 2):
        if (asked := pattern[place]) is not None:
            number = hash(asked)
            triples = [each for each in triples if hash(each[place]) == number and each[place] == asked]
    return triples


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
