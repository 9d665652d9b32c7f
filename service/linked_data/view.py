"""A resource as its HTML page shows it: labels in the reader's language, links to the pages of this host."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ontology.terms import PREFIXES
from service import labels
from service.language import Language
from service.linked_data.resource import Resource, sentences
from service.pages import english, french, links
from service.store import Quads

_TYPE = PREFIXES["rdf"] + "type"
_TITLE = PREFIXES["dct"] + "title"
_SENTENCES = 20
#: Values of a property that the page shows, and as many where a portrait tells what matters above them.
MANY: Final = 60
FEW: Final = 20
# Datatype → how a French reader expects it; a malformed value, which the gate refuses, never gets here.
_FRENCH: Final[dict[str, Callable[[str], str]]] = {
    "xsd:date": french.date_fr,
    "xsd:decimal": french.number,
    "xsd:integer": french.number,
    "xsd:boolean": lambda value: "oui" if value == "true" else "non",
}


# The same for an English one; dates stay as they are.
_ENGLISH: Final[dict[str, Callable[[str], str]]] = {
    "xsd:decimal": lambda value: english.shown("number", value),
    "xsd:integer": lambda value: english.shown("number", value),
    "xsd:boolean": lambda value: "yes" if value == "true" else "no",
}
_WRITERS: Final = {"fr": _FRENCH, "en": _ENGLISH}


@dataclass(frozen=True)
class Value:
    """A term: its text, where it leads (None: nowhere), its language where it is not the reader's (empty: none)."""

    text: str
    href: str | None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A property with its values, or with the resources that point here by it."""

    iri: str
    label: str
    values: tuple[Value, ...]
    more: int = 0
    """How many others there are, which the files have."""


@dataclass(frozen=True)
class View:
    """All that resource.html needs."""

    iri: str
    title: str
    types: tuple[str, ...]
    outgoing: tuple[Row, ...]
    incoming: tuple[Row, ...]
    sentences: tuple[tuple[str, str], ...]
    """Quote, and the address of the passage in its document."""
    document: str | None
    """The page of the text, where the resource is a document."""


def view(store: Quads, resource: Resource, base: str, language: Language = "fr", most: int = MANY) -> View:
    """The view of a resource with ``most`` values a property; labels are looked up for what is shown, and only once."""
    names: dict[NamedNode, Value] = {}

    def value(term: object) -> Value:
        if isinstance(term, NamedNode):
            if term not in names:
                names[term] = _link(store, term, base, language)
            return names[term]
        return _literal(term, language) if isinstance(term, Literal) else Value(f"[{term}]", None)

    iri = resource.node.value
    types = {labels.of_term(kind, language) for kind in map(_type, resource.outgoing) if kind is not None}
    return View(
        iri=iri,
        title=_title(store, resource, language),
        types=tuple(sorted(types)),
        outgoing=_rows(((t.predicate, t.object) for t in resource.outgoing if _type(t) is None), value, language, most),
        incoming=_rows(((t.predicate, t.subject) for t in resource.incoming), value, language, most),
        sentences=tuple(
            (sentence.quote, links.sentence(sentence.evidence) or links.local(sentence.evidence, base))
            for sentence in sentences(store, resource.node, _SENTENCES)
        ),
        document=links.document(iri) if iri.startswith(f"{base}/id/document/") else None,
    )


def _title(store: Quads, resource: Resource, language: Language) -> str:
    """Its name in the graph, else the title it states of itself (what is ours is in no graph), else its key."""
    stated = [
        triple.object
        for triple in resource.outgoing
        if triple.predicate.value == _TITLE and isinstance(triple.object, Literal)
    ]
    told = [literal.value for literal in stated if literal.language == language]
    named = labels.of_resource(store, resource.node, language)
    return named or next(iter(told), "") or links.fallback_label(resource.node.value, language)


def _type(triple: Triple) -> str | None:
    """The class a triple states, None where it states something else."""
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        return str(triple.object.value)
    return None


def _rows(
    pairs: Iterable[tuple[NamedNode, object]], value: Callable[[object], Value], language: Language, most: int
) -> tuple[Row, ...]:
    grouped: dict[str, list[object]] = {}
    for predicate, term in pairs:
        grouped.setdefault(predicate.value, []).append(term)
    rows = (
        Row(
            iri,
            labels.of_term(iri, language),
            tuple(sorted(map(value, terms[:most]), key=lambda v: v.text)),
            max(0, len(terms) - most),
        )
        for iri, terms in grouped.items()
    )
    return tuple(sorted(rows, key=lambda row: row.label.casefold()))


def _link(store: Quads, node: NamedNode, base: str, language: Language) -> Value:
    path = labels.local_path(node.value, base)
    if path is not None:
        return Value(labels.of_resource(store, node, language) or links.fallback_label(node.value, language), path)
    text = labels.of_resource(store, node, language) or labels.of_term(node.value, language)
    vocabulary = PREFIXES["dg"]
    for namespace, page in ((vocabulary, "/ns#"), (PREFIXES["dgs"], "/shapes#")):
        if node.value.startswith(namespace):
            return Value(text, page + node.value.removeprefix(namespace))
    return Value(text, node.value if node.value.startswith(("http://", "https://")) else None)


def _literal(literal: Literal, language: Language) -> Value:
    if literal.language:
        return Value(literal.value, None, "" if literal.language == language else literal.language)
    write = _WRITERS[language].get(labels.compact(literal.datatype.value), str)
    return Value(write(literal.value), None)
