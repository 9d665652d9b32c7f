"""The SPARQL targets of the shapes, answered by an in-memory Oxigraph: which nodes of a document do they select?

rdflib takes some twenty milliseconds to parse and evaluate such a query, Oxigraph a fifteenth of one, most of it to
parse. So a query is asked only where the document has every predicate and class it cannot do without, and of the
triples whose predicates any query names. Tests hold both to change no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from shapes import library
from shapes.index import Index, same

#: One solution of a SPARQL target: its variables, by name.
Row = dict[str, Node]

#: A comment of SPARQL, or a text in quotes.
COMMENT_OR_TEXT = re.compile(r"""(?<![<\w])\#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
_TYPE = same(RDF.type)
#: Datatypes that a term is allowed to have whatever its text.
_PLAIN = frozenset({None, XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.date, XSD.dateTime, XSD.anyURI})
#: What a shape says beside what it asks.
_BESIDE = library.FOR_READERS | {SH.target, SH.severity}
_NESTED = re.compile(r"\{[^{}]*\}|\([^()]*\)")
_NAME = r"[A-Za-z][\w-]*:[\w-]+"
#: A class that is no name: of such a query, every class may be asked for.
_ANY_CLASS = re.compile(rf"(?<![\w?$:-])a(?![\w:-])(?!\s+{_NAME})|\ba(?:\s+{_NAME}\s*,)+\s*[?$<]|\brdf:type\b")
#: A predicate alone, followed by its object: of a path of several steps or alternatives, nothing is required.
_PREDICATE = re.compile(rf"(?:\?\w+|;)\s+({_NAME})(?=\s+(?:\?\w|[^\s|*/^?+]))")
_CLASSES = re.compile(rf"\ba\s+({_NAME}(?:\s*,\s*{_NAME})*)(?=\s*[;.}}]|\s*$)")


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


@dataclass(frozen=True, slots=True)
class Target:
    """The SPARQL target of one shape: its query, and the predicates and classes without which it selects nothing.

    ``is_broken``: each node that it selects breaks the shape, whose only constraint accepts nothing (``sh:in ()``).
    """

    shape: str
    query: str
    predicates: frozenset[Node]
    classes: frozenset[Node]
    is_broken: bool

    def may_select(self, predicates: set[Node], classes: set[Node]) -> bool:
        """Whether a document with these predicates and classes may have what the query selects."""
        return self.predicates <= predicates and self.classes <= classes


@cache
def targets() -> tuple[Target, ...]:
    """The SPARQL targets of all shapes that are not deactivated."""
    return tuple(_target(shape, text.select) for shape, text in sorted(library.texts().items()) if text.select)


def answers(index: Index, lines: Sequence[bytes] = ()) -> dict[str, Rows]:
    """The solutions of the targets that select something of the document, by query.

    ``lines`` are the document's N-Quads, where somebody has written them: Oxigraph reads them in half the time that
    it takes to hand it term by term. With a blank node they are of no use: written, it has another name.
    Raises :class:`InvalidTermError` for a graph that no store would take, whatever the queries look at.
    """
    store = ox.Store()
    if of_use(lines):
        predicates, classes = told(index)
        load(store, lines)
    else:
        predicates, classes = _load(index, store)
    found: dict[str, Rows] = {}
    for target in targets():
        if target.may_select(predicates, classes):
            solutions = cast(ox.QuerySolutions, store.query(target.query))
            if selected := Rows(rows(solutions)):
                found[target.query] = selected
    return found


def of_use(lines: Sequence[bytes]) -> bool:
    """Whether the N-Quads of a document can be read in its place: there are some, without a blank node."""
    return bool(lines) and not any(map(_is_blank_in, lines))


def _is_blank_in(lines: bytes) -> bool:
    """Whether ``_:`` stands anywhere; its first byte is rare, and to look for that alone costs a twentieth."""
    at = lines.find(b"_")
    while at >= 0 and lines[at + 1 : at + 2] != b":":
        at = lines.find(b"_", at + 1)
    return at >= 0


def load(store: ox.Store, lines: Sequence[bytes], to_graph: ox.NamedNode | None = None) -> None:
    """Put what queries ask for of a document's N-Quads into a graph of the store."""
    # Written from terms that RDF allows: nothing to validate.
    text = b"".join(map(_asked_of, lines))
    store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=to_graph, lenient=True)


def told(index: Index) -> tuple[set[Node], set[Node]]:
    """The predicates and classes of the document."""
    return index.predicates, set(index.by_class)


def _asked_of(lines: bytes) -> bytes:
    """Of sorted N-Quads of one graph, those that any query asks for, without the name of their graph.

    Told by their predicates, and of rdf:type by the class.
    """
    if not lines:
        return b""
    end = lines[lines.rfind(b" <") :]  # of the last line, and of every other
    asked = _written()
    kept = [
        line
        for line in lines.split(end)[:-1]
        if (link := line.split(b" ", 2))[1] in asked and ((wanted := asked[link[1]]) is None or link[2] in wanted)
    ]
    return b" .\n".join((*kept, b""))


@cache
def _written() -> dict[bytes, frozenset[bytes] | None]:
    """Every predicate that a query names, as N-Quads have it, with the objects that are asked for: None is all."""
    asked = {f"<{name}>".encode() for name in _asked()}
    texts = (COMMENT_OR_TEXT.sub(" ", target.query.removeprefix(library.prefixes())) for target in targets())
    classes = None if any(map(_ANY_CLASS.search, texts)) else frozenset(asked)
    return {name: classes if name == f"<{RDF.type}>".encode() else None for name in asked}


def _load(index: Index, store: ox.Store) -> tuple[set[Node], set[Node]]:
    """Fill the store with what queries ask for; gives the predicates and classes of the document."""
    asked = _asked()
    predicates, classes = told(index)
    quads: list[ox.Quad] = []
    for subject, properties in index.objects.items():
        node = cast(Any, _to_oxigraph(subject))
        for predicate, values in properties.items():
            if predicate in asked:
                link = cast(Any, _to_oxigraph(predicate))
                quads += [ox.Quad(node, link, _to_oxigraph(value)) for value in values]
            else:
                for value in values:
                    _allowed(value)
    for predicate in predicates:
        _to_oxigraph(predicate)
    store.extend(quads)
    return predicates, classes


@cache
def _asked() -> frozenset[Node]:
    """Every predicate that a query names; ``a`` is rdf:type."""
    queries = (COMMENT_OR_TEXT.sub(" ", target.query) for target in targets())
    return frozenset({_TYPE, *(_iri(name) for query in queries for name in re.findall(_NAME, query))})


def _target(shape: str, query: str) -> Target:
    """A target with what its outermost group asks for outside every nested group, path of alternatives and filter."""
    _head, _, text = COMMENT_OR_TEXT.sub(" ", query.removeprefix(library.prefixes())).partition("{")
    text = text.rpartition("}")[0]
    while _NESTED.search(text):
        text = _NESTED.sub(" | ", text)
    classes = (name for names in _CLASSES.findall(text) for name in re.findall(_NAME, names))
    predicates = frozenset(map(_iri, _PREDICATE.findall(text)))
    return Target(shape, query, predicates, frozenset(map(_iri, classes)), _accepts_nothing(URIRef(shape)))


def _accepts_nothing(shape: URIRef) -> bool:
    """Whether ``sh:in ()`` is all that a shape asks of the nodes that its SPARQL target selects."""
    graph = library.load()
    asked = {(link, value) for link, value in graph.predicate_objects(shape) if link not in _BESIDE}
    return asked == {(RDF.type, SH.NodeShape), (SH["in"], RDF.nil)} and len(set(graph.objects(shape, SH.target))) == 1


def _iri(name: str) -> Node:
    prefix, _, local = name.partition(":")
    return same(URIRef(library.namespaces().get(prefix, f"{prefix}:") + local))


def rows(solutions: ox.QuerySolutions) -> Iterable[Row]:
    """The solutions in terms of rdflib, unbound variables absent."""
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: _rdflib(solution[name]) for name in names if solution[name] is not None}


@lru_cache(maxsize=4096)
def _named(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def _allowed(term: Node) -> None:
    """As :func:`_to_oxigraph`, of a term that nothing asks for: raises where RDF does not allow it."""
    if type(term) is Literal and term.language is None and term.datatype in _PLAIN:
        with suppress(UnicodeEncodeError):
            term.encode()
            return
    _to_oxigraph(term)


def _to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    try:
        if isinstance(term, URIRef):
            return _named(term)
        if isinstance(term, BNode):
            return ox.BlankNode(str(term))
        if isinstance(term, Literal) and term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = term.datatype if isinstance(term, Literal) else None
        return ox.Literal(str(term), datatype=_named(datatype)) if datatype else ox.Literal(str(term))
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
