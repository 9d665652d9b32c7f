"""pySHACL on a document's graph, with the SPARQL targets answered by an in-memory Oxigraph.

Core constraints run on an index of the rdflib graph (Oxigraph behind pySHACL is super-linear there). The SELECT of
a SPARQL target runs on a copy of the triples in Oxigraph: rdflib takes some twenty milliseconds to parse and
evaluate such a query, Oxigraph a fifth of one. A test holds the results to be those of pySHACL alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any, cast

import pyoxigraph as ox
from pyshacl.graph_abstraction import RdfLibDataGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from shapes import library

#: One solution of a SPARQL target: its variables, by name.
Row = dict[str, Node]

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


class DocumentGraph(RdfLibDataGraph):
    """A document's graph as pySHACL sees it. ``answers`` keeps the solutions of each SPARQL target by its query.

    The overrides serve pySHACL's own calls only, hence narrower than what rdflib declares.
    """

    def __init__(self, graph: Graph) -> None:
        self.answers: dict[str, Rows] = {}
        self._oxigraph = ox.Store()
        self._objects: dict[tuple[Node, Node], list[Node]] = {}
        self._subjects: dict[tuple[Node, Node], list[Node]] = {}
        self._oxigraph.extend(self._index(graph))
        super().__init__(graph.store, graph)

    def _index(self, graph: Graph) -> Iterator[ox.Quad]:
        """Index the triples for the two look-ups that core constraints live on, and give them to Oxigraph."""
        terms: dict[Node, Any] = {}
        for subject, predicate, value in graph:
            self._objects.setdefault((subject, predicate), []).append(value)
            self._subjects.setdefault((predicate, value), []).append(subject)
            for term in (subject, predicate, value):
                if term not in terms:
                    terms[term] = _to_oxigraph(term)
            yield ox.Quad(terms[subject], terms[predicate], terms[value])

    def objects(self, subject: Any, predicate: Any, unique: bool = False) -> Iterable[Node]:  # type: ignore[override]
        """As in rdflib; from the index where both ends are one node."""
        if isinstance(subject, IdentifiedNode) and isinstance(predicate, URIRef):
            return self._objects.get((subject, predicate), ())
        found: Iterable[Node] = super().objects(subject, predicate, unique)
        return found

    def subjects(self, predicate: Any, object_: Any, unique: bool = False) -> Iterable[Node]:  # type: ignore[override]
        """As in rdflib; from the index where both ends are one node."""
        if isinstance(predicate, URIRef) and isinstance(object_, Node):
            return self._subjects.get((predicate, object_), ())
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


def validate(graph: Graph) -> tuple[Graph, dict[str, Rows]]:
    """pySHACL's report on ``graph``, and the solutions of the SPARQL targets by query.

    Nothing is fetched (no owl:imports, no inference) and ``graph`` is left as it is.
    Raises :class:`InvalidTermError` for a graph that no store would take.
    """
    document = DocumentGraph(graph)
    shapes = library.prepared()
    validator = Validator(document, shacl_graph=shapes.graph, options=dict(_OPTIONS))
    validator.shacl_graph = shapes
    _conforms, report, _text = validator.run()  # type: ignore[no-untyped-call]
    return report, document.answers


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
