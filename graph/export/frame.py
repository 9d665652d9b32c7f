"""JSON-LD with a frame: each funding a tree with its ends, its act and its sentences, under a context of its own.

``data/fundings.frame.jsonld`` is a JSON-LD 1.1 frame like any other; what is written here is what a JSON-LD processor
makes of the release and the frame (a test holds pyld to it). Processors take the whole graph in memory, several
times over; this walks the store, for frames as plain as ours: explicit, embedding always or never, no defaults.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from graph.release.layout import Release
from ontology.terms import RDF

FRAME_FILE: Final = "fundings.frame.jsonld"
_DEFAULT: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode(str(RDF.type))
_PLAIN: Final = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


def frame() -> dict[str, Any]:
    """The frame, its context included."""
    text = resources.files("graph.export").joinpath("data", FRAME_FILE).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def write_framed(release: Release, out: Path) -> None:
    """Write the fundings of the release as the frame shapes them, in a stream."""
    store, shape = release.store(), frame()
    framer = _Framer(store, _Context(shape["@context"]))
    with out.open("w", encoding="utf-8") as stream:
        stream.write(f'{{"@context": {json.dumps(shape["@context"], ensure_ascii=False)},\n"@graph": [')
        for number, tree in enumerate(framer.trees(shape)):
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(tree, ensure_ascii=False))
        stream.write("\n]}\n")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the context: its IRI, what its values are coerced to, whether it is read backwards."""

    iri: str
    coerced: str | None
    language: str | None
    backwards: bool


class _Context:
    """As much of a JSON-LD context as ours uses: @vocab, prefixes, coercion, @reverse."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._context = context
        self.vocab = str(context["@vocab"])

    def iri(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return f"{self._context[prefix]}{rest}" if colon and prefix in self._context else self.vocab + name

    def term(self, name: str) -> _Term:
        told = self._context[name]
        coerced = told.get("@type")
        return _Term(
            iri=self.iri(told.get("@reverse") or told["@id"]),
            coerced=self.iri(coerced) if coerced and not coerced.startswith("@") else coerced,
            language=told.get("@language"),
            backwards="@reverse" in told,
        )

    def short(self, iri: str) -> str:
        """A class or another term of a vocabulary, as the context shortens it."""
        if iri.startswith(self.vocab):
            return iri.removeprefix(self.vocab)
        for prefix, start in self._context.items():
            if isinstance(start, str) and prefix[0] != "@" and iri.startswith(start):
                return f"{prefix}:{iri.removeprefix(start)}"
        return iri


class _Framer:
    def __init__(self, store: ox.Store, context: _Context) -> None:
        self._store = store
        self._context = context

    def trees(self, shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """A tree for each node of the frame's class, in the order of their IRIs."""
        wanted = ox.NamedNode(self._context.iri(shape["@type"]))
        found = self._store.quads_for_pattern(None, _TYPE, wanted, _DEFAULT)
        for iri in sorted(str(getattr(quad.subject, "value", "")) for quad in found):
            yield self._node(ox.NamedNode(iri), shape)

    def _node(self, node: ox.NamedNode | ox.BlankNode, shape: dict[str, Any]) -> dict[str, Any]:
        tree: dict[str, Any] = {"id": node.value}
        types = sorted(self._context.short(str(getattr(t, "value", t))) for t in self._objects(node, _TYPE))
        if types:
            tree["type"] = types[0] if len(types) == 1 else types
        for name, inner in shape.items():
            if name[0] == "@":
                continue
            term = self._context.term(name)
            predicate = ox.NamedNode(term.iri)
            ends = self._subjects(predicate, node) if term.backwards else self._objects(node, predicate)
            values = sorted((self._value(end, term, inner) for end in ends), key=_order)
            if values:
                tree[name] = values[0] if len(values) == 1 else values
        return tree

    def _value(self, end: object, term: _Term, inner: dict[str, Any]) -> Any:
        if isinstance(end, ox.Literal):
            return _literal(end, term)
        if not isinstance(end, (ox.NamedNode, ox.BlankNode)):
            raise TypeError(f"{end} is no term of RDF 1.1")
        if inner.get("@embed") != "@never":
            return self._node(end, inner)
        if term.coerced == "@vocab":
            return self._context.short(end.value)
        return end.value if term.coerced == "@id" else {"id": end.value}

    def _objects(self, node: ox.NamedNode | ox.BlankNode, predicate: ox.NamedNode) -> Iterator[object]:
        return (quad.object for quad in self._store.quads_for_pattern(node, predicate, None, _DEFAULT))

    def _subjects(self, predicate: ox.NamedNode, node: ox.NamedNode | ox.BlankNode) -> Iterator[object]:
        return (quad.subject for quad in self._store.quads_for_pattern(None, predicate, node, _DEFAULT))


def _literal(value: ox.Literal, term: _Term) -> Any:
    """A literal, bare where the term coerces to what it is, else with its type or language."""
    if value.language:
        return value.value if value.language == term.language else {"@language": value.language, "@value": value.value}
    datatype = value.datatype.value
    if datatype == term.coerced or (datatype in _PLAIN and term.coerced is None and term.language is None):
        return value.value
    return {"@value": value.value} if datatype in _PLAIN else {"@type": datatype, "@value": value.value}


def _order(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
