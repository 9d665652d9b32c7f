"""Between rdflib, in which graphs are mapped and checked, and pyoxigraph, in which they are stored.

Lines of N-Quads are written here, as canonical N-Quads has them (RDFC-1.0): through objects of pyoxigraph each term
would be made and walked through three times. A test holds them to be what pyoxigraph writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.remembered import remembered
from graph.triples import Triple, TripleGraph

#: The graph of a line of N-Quads, as sorted_lines writes it.
_GRAPH = re.compile(rb" <[^<>\n]*> \.$", re.MULTILINE)
#: Suffixes that pyoxigraph does not know, or takes for another format ("txt" is N-Triples to it).
_FOREIGN = {"owl": ox.RdfFormat.RDF_XML, "turtle": ox.RdfFormat.TURTLE, "txt": ox.RdfFormat.TURTLE}
#: Characters of an entity of RDF/XML: that of a namespace, as ontologies declare them.
_LONGEST_ENTITY = 300
#: What a literal cannot hold as it is.
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_BLANK = re.compile(rb"_:(?=c14n\d)")


class _BlankNode(Exception):
    """A graph has one: its label depends on the whole of it."""


def quads(graph: Graph, name: str) -> Iterator[ox.Quad]:
    """The triples of ``graph`` as quads of the named graph ``name``."""
    named = ox.NamedNode(name)
    for subject, predicate, value in graph:
        yield ox.Quad(_resource(subject), _iri(str(predicate)), _term(value), named)


def sorted_lines(graph: Graph, name: str, blank: str = "") -> list[bytes]:
    """The N-Quads lines of ``graph``, sorted; blank nodes are labelled canonically (RDFC-1.0), ``blank`` before.

    The same graph gives the same lines on every run, whatever its blank nodes were called. Raises ValueError for a
    term that RDF does not allow.
    """
    triples = list(graph)
    try:
        return _lines_of(triples, f" {_written_iri(name)} .\n", {})
    except _BlankNode:
        return _canonical_lines(graph, name, blank)


def parts_of_lines(graph: Graph, name: str, blank: str = "") -> Iterator[bytes]:
    """The same lines in their order, those of one subject at a time, so that not all are in memory.

    All together where there are blank nodes. Raises ValueError.
    """
    if any(isinstance(subject, BNode) or isinstance(value, BNode) for subject, _, value in graph):
        yield b"".join(sorted_lines(graph, name, blank))
        return
    yield from (lines for _, lines in lines_by_subject(graph, name))


def lines_by_subject(triples: Iterable[Triple], name: str) -> Iterator[tuple[str, bytes]]:
    """The lines of the graph ``name`` by subject, as it is written there, in the order of the lines.

    There may be no blank nodes. Raises ValueError.
    """
    end, links = f" {_written_iri(name)} .\n", dict[int, str]()
    told: dict[Node, list[Triple]] = {}
    for triple in triples:
        told.setdefault(triple[0], []).append(triple)
    # No written subject begins as another one is written: each ends with the only ">" it has.
    for written, node in sorted((_written(node), node) for node in told):
        yield written, b"".join(_lines_of(told[node], end, links))


def _lines_of(triples: list[Triple], end: str, links: dict[int, str]) -> list[bytes]:
    """The lines of some triples, sorted. Raises _BlankNode.

    By identity: the mapping makes one object of what comes back, and to hash one costs. ``triples`` keep them, so that
    no two have one identity, and whoever gives ``links``, the predicates as written, keeps those.
    """
    found, known = set[bytes](), dict[int, str]()
    for subject, predicate, value in triples:
        if (first := known.get(id(subject))) is None:
            first = known[id(subject)] = _written(subject)
        if (link := links.get(id(predicate))) is None:
            link = links[id(predicate)] = _written(predicate)
        if (last := known.get(id(value))) is None:
            last = known[id(value)] = _written(value)
        found.add(f"{first} {link} {last}{end}".encode())
    return sorted(found)


def read_lines(lines: bytes) -> Graph:
    """The graph that :func:`sorted_lines` wrote, whatever its name."""
    graph = TripleGraph()
    for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
        graph.found.add((_read(quad.subject), URIRef(quad.predicate.value), _read(quad.object)))
    return graph


def read_foreign(data: bytes, suffix: str, base: str) -> Graph:
    """The triples of an RDF file of others, of all its graphs; ``suffix`` tells the format, Turtle where it is unknown.

    pyoxigraph reads it: it fetches nothing, and refuses a remote JSON-LD context. Raises ValueError, with the place
    where the parser tells one.
    """
    known = suffix.removeprefix(".").lower()
    form = _FOREIGN.get(known) or ox.RdfFormat.from_extension(known) or ox.RdfFormat.TURTLE
    graph = TripleGraph()
    try:
        if form == ox.RdfFormat.RDF_XML:
            _check_xml(data)
        for quad in ox.parse(data, format=form, base_iri=base):
            graph.found.add((_read(quad.subject), URIRef(quad.predicate.value), _read(quad.object)))
    except (SyntaxError, TypeError, OSError) as error:
        raise ValueError(str(error)) from error
    return graph


def _check_xml(data: bytes) -> None:
    """pyoxigraph expands every entity, in time and memory without bound, and takes quadratic time for elements within
    elements. Entities that stand for a namespace are common, and let through. Raises ValueError, SyntaxError."""
    from lxml import etree

    # huge_tree: elements nested more deeply than some hundreds are refused
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    kind = etree.fromstring(data, parser).getroottree().docinfo.internalDTD
    for entity in kind.iterentities() if kind is not None else ():
        if entity.content is None or "&" in entity.content or len(entity.content) > _LONGEST_ENTITY:
            raise ValueError(f"l'entité XML « {entity.name} » est externe, imbriquée ou longue, comme dans une attaque")


def _read(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"{term} is no term of RDF 1.1")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value) if datatype == _STRING else Literal(term.value, datatype=URIRef(datatype))


def _canonical_lines(graph: Graph, name: str, blank: str) -> list[bytes]:
    found = ox.Dataset(quads(graph, name))
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


def in_union(lines: bytes, name: str) -> bytes:
    """The same of lines that :func:`sorted_lines` wrote of one graph, whose name is known."""
    return lines + lines.replace(f" {_written_iri(name)} .\n".encode(), b" .\n")


def union(found: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples of quads, without their graphs."""
    return (quad.triple for quad in found)


def _written(node: Node) -> str:
    """A term as N-Quads has it. Raises _BlankNode for one that has no name but in its graph."""
    if type(node) is URIRef:  # isinstance of another class goes through the metaclass of rdflib's terms
        return _written_iri(node)
    if not isinstance(node, Literal):
        if isinstance(node, URIRef):
            return _written_iri(node)
        if isinstance(node, BNode):
            raise _BlankNode
        raise TypeError(f"{node!r} is neither an IRI nor a literal")
    text = str(node)
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    if node.language:
        return f'"{text}"{_written_language(node.language)}'
    return f'"{text}"{_written_datatype(node.datatype)}' if node.datatype else f'"{text}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


@remembered(4096)
def _written_iri(text: str) -> str:
    return str(ox.NamedNode(text))


@remembered(256)
def _written_language(tag: str) -> str:
    return f"@{ox.Literal('', language=tag).language}"


@remembered(256)
def _written_datatype(datatype: str) -> str:
    return str(ox.Literal("", datatype=_iri(str(datatype)))).removeprefix('""')


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


@remembered(4096)
def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)
