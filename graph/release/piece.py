"""What is made of one document for a release: its lines in the dump, and what the search index takes of its graph.

All of it depends on the graphs of the document alone, so that whoever knows that these did not change can hand over
what was made of them before (:class:`Prepared`), and no graph is needed.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256

from rdflib import Graph

from graph.iri import Iris
from graph.rdf import sorted_lines
from graph.search import Told

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A named graph as it stands in the dump: its sorted N-Quads lines, a gzip member of their own (RFC 1952).

    ``digest`` is the SHA-256 of the lines, ``quads`` how many there are, ``size`` their bytes.
    """

    packed: bytes
    digest: str
    quads: int
    size: int

    @classmethod
    def of(cls, graph: Graph, name: str, blank: str = "") -> Piece:
        """The piece of ``graph``, which is named ``name``; labels of blank nodes begin with ``blank``.

        Raises ValueError for a term that RDF does not allow.
        """
        lines = sorted_lines(graph, name, blank)
        joined = b"".join(lines)
        # No time, no name: the same graph gives the same bytes.
        return cls(gzip.compress(joined, _LEVEL, mtime=0), sha256(joined).hexdigest(), len(lines), len(joined))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is made of the graph of a document, and of the gate's report where it has warnings.

    ``packed`` is what the graph tells the search index (:meth:`graph.search.Told.pack`).
    """

    graph: Piece
    report: Piece | None
    packed: bytes

    @property
    def told(self) -> Told:
        """What the graph tells the search index."""
        return Told.unpack(self.packed)

    @classmethod
    def of(cls, graph: Graph, report: Graph | None, key: str, base: str) -> Prepared:
        """Make it; ``key`` is that of the document, ``base`` of the IRIs. Raises ValueError."""
        iris = Iris(base)
        return cls(
            Piece.of(graph, str(iris.graph(key))),
            None if report is None else Piece.of(report, str(iris.report(key)), f"r{key}"),
            Told.of(graph).pack(),
        )
