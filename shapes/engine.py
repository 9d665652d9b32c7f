"""pySHACL on a document's graph: on the shapes that may have something to say there, which are few.

The screen (core constraints) and the SPARQL targets tell which; an act in order costs pySHACL nothing, nor does a node
that a target selects for a shape that accepts none. Core constraints run on an index of the rdflib triples (Oxigraph
behind pySHACL is super-linear there). A test holds the results to be those of pySHACL alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyshacl.graph_abstraction import RdfLibDataGraph
from pyshacl.validator import Validator
from rdflib import Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from shapes import library, screen, targets
from shapes.index import Index
from shapes.targets import InvalidTermError, Row, Rows
from shapes.together import answers as answers_together
from shapes.unordered import UnorderedValueError, unordered

__all__ = [
    "Document",
    "DocumentGraph",
    "InvalidTermError",
    "Row",
    "Rows",
    "UnorderedValueError",
    "answered",
    "broken",
    "validate",
]

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


@dataclass(frozen=True)
class Document:
    """A document to validate: the union of ``graphs``; ``lines`` are the N-Quads of each, where they are known."""

    graphs: Sequence[Graph]
    lines: Sequence[bytes] = ()

    @cached_property
    def index(self) -> Index:
        """Its triples."""
        return Index(*self.graphs)


def answered(documents: Sequence[Document]) -> list[dict[str, Rows] | None]:
    """The solutions of the SPARQL targets of each document, by query, asked together; None: to be asked alone."""
    are_of_use = [targets.of_use(each.lines) for each in documents]
    if sum(are_of_use) <= 1:
        return [None] * len(documents)
    together = [(each.index, each.lines) for each, is_of_use in zip(documents, are_of_use, strict=True) if is_of_use]
    found = iter(answers_together(together))
    return [next(found) if is_of_use else None for is_of_use in are_of_use]


def validate(document: Document, answers: dict[str, Rows] | None = None) -> tuple[Graph, dict[str, Rows]]:
    """pySHACL's report on a document, and the solutions of the SPARQL targets by query; ``answers``: where known.

    Not in the report: nodes that break a shape by being selected (:func:`broken`).
    Nothing is fetched (no owl:imports, no inference) and the graphs are left as they are.
    Raises :class:`InvalidTermError` for a graph that no store would take, :class:`UnorderedValueError` for one with
    values that cannot be compared: pySHACL would end in an error on them, and tell nothing.
    """
    index = document.index
    if answers is None:
        answers = targets.answers(index, document.lines)
    if found := unordered(index):
        raise UnorderedValueError(found)
    selecting = [target.shape for target in targets.targets() if target.query in answers and not target.is_broken]
    shapes = sorted({*selecting, *screen.suspects(index)})
    return (_report(DocumentGraph(index, answers), shapes) if shapes else Graph()), answers


def broken(answers: dict[str, Rows]) -> Iterator[tuple[str, Node, Rows]]:
    """What pySHACL need not be asked: shapes that accept no node, with each that their query selects and its rows."""
    for target in targets.targets():
        if target.is_broken and (found := answers.get(target.query)):
            for focus in dict.fromkeys(row["this"] for row in found if "this" in row):
                yield target.shape, focus, Rows(row for row in found if row.get("this") == focus)


def _report(document: DocumentGraph, shapes: Sequence[str]) -> Graph:
    prepared = library.prepared()
    validator = Validator(document, shacl_graph=prepared.graph, options={**_OPTIONS, "use_shapes": list(shapes)})
    validator.shacl_graph = prepared
    report: Graph = validator.run()[1]  # type: ignore[no-untyped-call]
    return report
