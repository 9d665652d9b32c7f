"""How IRIs and terms are shown: compact names, labels of resources and of the vocabulary in the reader's language."""

import functools
from collections.abc import Iterable
from importlib import resources
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, parse

from ontology.terms import PREFIXES
from service.language import Language
from service.store import Quads

#: The union of the named graphs, kept as a set (graph.rdf.with_union).
_UNION: Final = DefaultGraph()
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_PREF: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
# What names a resource, best first.
_NAMING: Final = tuple(
    NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("skos", "prefLabel"), ("foaf", "name"), ("eli", "title"), ("dg", "fileName"), ("dg", "text"),
        ("dg", "quote"), ("dg", "amountAsWritten"), ("dct", "date"),
    )
)  # fmt: skip


def local_path(iri: str, base: str) -> str | None:
    """Path on this host of an IRI of ours, percent-encoded where a key has odd characters; None for others'."""
    if not iri.startswith(base + "/"):
        return None
    return quote(unquote(iri.removeprefix(base)), safe="/")


def compact(iri: str, base: str = "") -> str:
    """An IRI as a reader may bear it: `dg:funder`, `/id/person/x`, else in full."""
    if base and iri.startswith(base + "/"):
        return iri.removeprefix(base)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def of_resource(store: Quads, node: NamedNode, language: Language = "fr") -> str | None:
    """The name of a resource in the graph: its first label in order of `_NAMING`; None where it has none.

    Of several, one in the language asked for, else one without language, else any.
    """
    for predicate in _NAMING:
        found = [
            quad.object
            for quad in store.quads_for_pattern(node, predicate, None, _UNION)
            if isinstance(quad.object, Literal)
        ]
        if found:
            return str(min(found, key=lambda label: (_distance(label, language), label.value)).value)
    return None


def _distance(label: Literal, language: Language) -> int:
    """How far a label is from the language asked for."""
    if label.language is None:
        return 1
    return 0 if label.language.partition("-")[0] == language else 2


@functools.cache
def vocabulary(language: Language = "fr") -> dict[str, str]:
    """Label of each term of our vocabulary, by IRI; in the other language where there is none in this one."""
    labels: dict[str, dict[str, str]] = {}
    for iri, tag, text in _ontology_labels():
        labels.setdefault(iri, {})[tag] = text
    order = (language, "fr", "en")
    return {iri: next((told[tag] for tag in order if tag in told), "") for iri, told in labels.items()}


def of_term(iri: str, language: Language = "fr") -> str:
    """Label of a property or class of ours; for other vocabularies, the compact name."""
    return vocabulary(language).get(iri) or compact(iri)


def _ontology_labels() -> Iterable[tuple[str, str, str]]:
    for file in resources.files("ontology").iterdir():
        if not file.name.endswith(".ttl"):
            continue
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
            named = isinstance(quad.subject, NamedNode) and quad.predicate.value in (_LABEL, _PREF)
            if named and isinstance(quad.object, Literal):
                yield str(quad.subject.value), quad.object.language or "", str(quad.object.value)
