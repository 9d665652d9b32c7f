"""Between rdflib, in which graphs are mapped and checked, and pyoxigraph, in which they are stored."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

#: The graph of a line of N-Quads, as sorted_lines writes it.
_GRAPH = re.compile(rb" <[^<>\n]*> \.$", re.MULTILINE)
_BLANK = re.compile(rb"_:(?=c14n\d)")


def quads(graph: Graph, name: str) -> Iterator[ox.Quad]:
    """The triples of ``graph`` as quads of the named graph ``name``."""
    named = ox.NamedNode(name)
    for subject, predicate, value in graph:
        yield ox.Quad(_resource(subject), _iri(str(predicate)), _term(value), named)


def sorted_lines(graph: Graph, name: str, blank: str = "") -> list[bytes]:
    """The N-Quads lines of ``graph``, sorted; blank nodes are labelled canonically (RDFC-1.0), ``blank`` before.

    The same graph gives the same lines on every run, whatever its blank nodes were called.
    """
    found: Collection[ox.Quad] | ox.Dataset = set(quads(graph, name))
    if any(isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode) for quad in found):
        found = ox.Dataset(found)
        found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b""
    if blank:
        text = _BLANK.sub(b"_:" + blank.encode(), text)
    return sorted(line for line in text.splitlines(keepends=True) if line.strip())


def with_union(lines: bytes) -> bytes:
    """N-Quads lines of named graphs, followed by the same triples in the default graph.

    A store loaded with them answers from the union of its graphs as SPARQL means it, a set. The engine's own
    ``use_default_graph_as_union`` gives a triple once for each graph that states it: sums and counts over what two
    documents say come out double, and joins slow down with every repetition (measured: 9 s instead of 0.1 s).
    """
    return lines + _GRAPH.sub(b" .", lines)


def union(found: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples of quads, without their graphs."""
    return (quad.triple for quad in found)


def _term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=_iri(str(node.datatype))) if node.datatype else ox.Literal(str(node))
    return _resource(node)


def _resource(node: Node) -> ox.NamedNode | ox.BlankNode:
    if isinstance(node, URIRef):
        return _iri(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    raise TypeError(f"{node!r} is neither an IRI nor a blank node")


@lru_cache(maxsize=65536)
def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)
