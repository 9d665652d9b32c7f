"""pySHACL on a document's graph, with the SPARQL targets answered by an in-memory Oxigraph.

Core constraints run on an index of the rdflib graph (Oxigraph behind pySHACL is super-linear there). The SELECT of
a SPARQL target runs on a copy of the triples in Oxigraph: rdflib takes some twenty milliseconds to parse and
evaluate such a query, Oxigraph a fifth of one. A test holds the results to be those of pySHACL alone.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, cast

import pyoxigraph as ox
from pyshacl.graph_abstraction import RdfLibDataGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.store import Store
from rdflib.term import IdentifiedNode, Node

from shapes import library

#: One solution of a SPARQL target: its variables, by name.
Row = dict[str, Node]
Triple = tuple[Node, Node, Node]

_LOGGER = logging.getLogger(__name__)
_OPTIONS = {"advanced": True, "inference": "none", "inplace": True, "logger": _LOGGER}


class InvalidTermError(ValueError):
    """A term of the graph that RDF does not allow, so that no store would take it. ``term`` is its text."""

    def __init__(self, term: str, cause: ValueError) -> None:
        super().__init__(f"{term} : {cause}")
        self.term = term


class Rows(list[Row]):
    """The solutions of a query, as pySHACL looks at them."""

    @property
    def bindings(self) -> list[Row]:
        """The solutions again, under the name that rdflib gives them."""
        return self


class _Index(Store):
    """Triples for reading, in the two look-ups that core constraints live on: objects of a subject, and the reverse.

    rdflib's own stores keep a third one, and go through several generators for an answer.
    """

    context_aware = graph_aware = True  # as pySHACL expects of any store; there is but one graph

    def __init__(self, triples: Collection[Triple]) -> None:
        super().__init__()
        self._size = len(triples)
        self.graph = Graph(store=self, bind_namespaces="none")
        self.objects: dict[Node, dict[Node, list[Node]]] = {}
        self.subjects: dict[Node, dict[Node, list[Node]]] = {}
        for subject, predicate, value in triples:
            self.objects.setdefault(subject, {}).setdefault(predicate, []).append(value)
            self.subjects.setdefault(predicate, {}).setdefault(value, []).append(subject)

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


class DocumentGraph(RdfLibDataGraph):
    """A document's graph as pySHACL sees it. ``answers`` keeps the solutions of each SPARQL target by its query.

    The overrides serve pySHACL's own calls only, hence narrower than what rdflib declares.
    """

    def __init__(self, graphs: Sequence[Graph]) -> None:
        self.answers: dict[str, Rows] = {}
        triples = set(chain.from_iterable(graphs))
        self._index = _Index(triples)
        self._oxigraph = ox.Store()
        self._oxigraph.extend(ox.Quad(*cast(Any, map(_to_oxigraph, triple))) for triple in triples)
        super().__init__(self._index, self._index.graph)

    def objects(self, subject: Any, predicate: Any, unique: bool = False) -> Iterable[Node]:  # type: ignore[override]
        """As in rdflib; from the index where both ends are one node."""
        if isinstance(subject, IdentifiedNode) and isinstance(predicate, URIRef):
            return self._index.objects.get(subject, {}).get(predicate, ())
        found: Iterable[Node] = super().objects(subject, predicate, unique)
        return found

    def subjects(self, predicate: Any, object_: Any, unique: bool = False) -> Iterable[Node]:  # type: ignore[override]
        """As in rdflib; from the index where both ends are one node."""
        if isinstance(predicate, URIRef) and isinstance(object_, Node):
            return self._index.subjects.get(predicate, {}).get(object_, ())
        found: Iterable[Node] = super().subjects(predicate, object_, unique)
        return found

    def query(self, query_object: str, **_options: Any) -> Rows:  # type: ignore[override]
        """Answer the query of a SPARQL target. pySHACL puts prefixes of its own before it: they are dropped."""
        query = query_object[query_object.index("PREFIX dct:") :]
        solutions = cast(ox.QuerySolutions, self._oxigraph.query(query))
        names = [variable.value for variable in solutions.variables]
        rows = Rows(
            {name: _rdflib(solution[name]) for name in names if solution[name] is not None} for solution in solutions
        )
        self.answers[query] = rows
        return rows


def validate(*graphs: Graph) -> tuple[Graph, dict[str, Rows]]:
    """pySHACL's report on the union of ``graphs``, and the solutions of the SPARQL targets by query.

    Nothing is fetched (no owl:imports, no inference) and ``graphs`` are left as they are.
    Raises :class:`InvalidTermError` for a graph that no store would take.
    """
    document = DocumentGraph(graphs)
    shapes = library.prepared()
    validator = Validator(document, shacl_graph=shapes.graph, options=dict(_OPTIONS))
    validator.shacl_graph = shapes
    _conforms, report, _text = validator.run()  # type: ignore[no-untyped-call]
    return report, document.answers


@lru_cache(maxsize=65536)
def _to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    try:
        if isinstance(term, URIRef):
            return ox.NamedNode(str(term))
        if isinstance(term, BNode):
            return ox.BlankNode(str(term))
        if isinstance(term, Literal) and term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = term.datatype if isinstance(term, Literal) else None
        return ox.Literal(str(term), datatype=ox.NamedNode(str(datatype)) if datatype else None)
    except ValueError as error:
        raise InvalidTermError(str(term), error) from error


def _rdflib(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value))
