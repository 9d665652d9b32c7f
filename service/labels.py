"""How IRIs and terms are shown: compact names, labels of resources, French labels of the vocabulary."""

import functools
from collections.abc import Iterable
from importlib import resources
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from ontology.terms import PREFIXES

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


def of_resource(store: Store, node: NamedNode) -> str | None:
    """The name of a resource in the graph: its first label in order of `_NAMING`; None where it has none."""
    for predicate in _NAMING:
        found = sorted(
            quad.object.value
            for quad in store.quads_for_pattern(node, predicate, None, None)
            if isinstance(quad.object, Literal)
        )
        if found:
            return str(found[0])
    return None


@functools.cache
def vocabulary() -> dict[str, str]:
    """French label of each term of our vocabulary, by IRI; English where there is no French."""
    labels: dict[str, dict[str, str]] = {}
    for triple in _ontology_labels():
        labels.setdefault(triple[0], {})[triple[1]] = triple[2]
    return {iri: by_language.get("fr") or by_language.get("en") or "" for iri, by_language in labels.items()}


def of_term(iri: str) -> str:
    """French label of a property or class of ours; for other vocabularies, the compact name."""
    return vocabulary().get(iri) or compact(iri)


def _ontology_labels() -> Iterable[tuple[str, str, str]]:
    for file in resources.files("ontology").iterdir():
        if not file.name.endswith(".ttl"):
            continue
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
            named = isinstance(quad.subject, NamedNode) and quad.predicate.value in (_LABEL, _PREF)
            if named and isinstance(quad.object, Literal):
                yield str(quad.subject.value), quad.object.language or "", str(quad.object.value)
