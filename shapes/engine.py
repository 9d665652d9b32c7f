"""pySHACL on a document's graph: on the shapes that may have something to say there, which are few.

The screen (core constraints) and the SPARQL targets tell which; an act in order costs pySHACL nothing. Core constraints
run on an index of the rdflib triples (Oxigraph behind pySHACL is super-linear there). A test holds the results to be
those of pySHACL alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from pyshacl.graph_abstraction import RdfLibDataGraph
from pyshacl.validator import Validator
from rdflib import Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from shapes import library, screen, targets
from shapes.index import Index
from shapes.targets import InvalidTermError, Row, Rows
from shapes.unordered import UnorderedValueError, unordered

__all__ = ["DocumentGraph", "InvalidTermError", "Row", "Rows", "UnorderedValueError", "validate"]

_LOGGER = logging.getLogger(__name__)
_OPTIONS = {"advanced": True, "inference": "none", "inplace": True, "logger": _LOGGER}


class DocumentGraph(RdfLibDataGraph):
    """A document's graph as pySHACL sees it. ``answers`` are the solutions of each SPARQL target by its query.

    The overrides serve pySHACL's own calls only, hence narrower than what rdflib declares.
    """

    def __init__(self, index: Index, answers: dict[str, Rows]) -> None:
        self.answers = answers
        self._index = index
        super().__init__(index, index.graph)

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
        """The answer to the query of a SPARQL target. pySHACL puts prefixes of its own before it: they are dropped."""
        return self.answers.get(query_object[query_object.index("PREFIX dct:") :], Rows())


def validate(*graphs: Graph, lines: Sequence[bytes] = ()) -> tuple[Graph, dict[str, Rows]]:
    """pySHACL's report on the union of ``graphs``, and the solutions of the SPARQL targets by query.

    ``lines`` are the N-Quads of each graph, where they are known (:func:`shapes.targets.answers`).

    Nothing is fetched (no owl:imports, no inference) and ``graphs`` are left as they are.
    Raises :class:`InvalidTermError` for a graph that no store would take, :class:`UnorderedValueError` for one with
    values that cannot be compared: pySHACL would end in an error on them, and tell nothing.
    """
    index = Index(*graphs)
    answers = targets.answers(index, lines)
    if found := unordered(index):
        raise UnorderedValueError(found)
    selecting = [target.shape for target in targets.targets() if target.query in answers]
    shapes = sorted({*selecting, *screen.suspects(index)})
    return (_report(DocumentGraph(index, answers), shapes) if shapes else Graph()), answers


def _report(document: DocumentGraph, shapes: Sequence[str]) -> Graph:
    prepared = library.prepared()
    validator = Validator(document, shacl_graph=prepared.graph, options={**_OPTIONS, "use_shapes": list(shapes)})
    validator.shacl_graph = prepared
    report: Graph = validator.run()[1]  # type: ignore[no-untyped-call]
    return report
