"""An example of each term of the ontology, from the live release: a resource of a class, a triple of a property."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ontology.terms import PREFIXES
from service.labels import compact, local_path
from service.store import Quads

_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_TRIED: Final = 50
_LONGEST: Final = 80


@dataclass(frozen=True)
class Example:
    """A resource of ours and, for a property, the value it has; ``href`` where the value leads, empty for a text."""

    subject: str
    path: str
    value: str = ""
    href: str = ""


def of(store: Quads, base: str, iri: str) -> Example | None:
    """An example of a class or property; None where none of its first few is a resource of ours."""
    node = NamedNode(iri)
    for quad in islice(store.quads_for_pattern(None, _TYPE, node, None), _TRIED):
        if found := _subject(quad, base):
            return Example(*found)
    for quad in islice(store.quads_for_pattern(None, node, None, None), _TRIED):
        if found := _subject(quad, base):
            return Example(*found, *_value(quad.object, base))
    return None


def _subject(quad: Quad, base: str) -> tuple[str, str] | None:
    """Text and address of what is spoken of, None where it is no resource of ours."""
    subject = quad.subject
    path = local_path(subject.value, base) if isinstance(subject, NamedNode) else None
    return (compact(subject.value, base), path) if isinstance(subject, NamedNode) and path else None


def _value(term: object, base: str) -> tuple[str, str]:
    if isinstance(term, NamedNode):
        return compact(term.value, base), local_path(term.value, base) or ""
    if isinstance(term, Literal):
        text = term.value
        return f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”", ""
    return ("[…]" if isinstance(term, BlankNode) else str(term)), ""
