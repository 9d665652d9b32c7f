"""The terms of a vocabulary as their page shows them, made from its Turtle files."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology.terms import PREFIXES
from service.labels import compact
from service.language import Language

_TYPE: Final = PREFIXES["rdf"] + "type"
_LABELS: Final = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel")
_COMMENTS: Final = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("rdfs", "comment"), ("skos", "definition"), ("skos", "scopeNote"), ("sh", "message"))
)
_SELECT: Final = PREFIXES["sh"] + "select"


@dataclass(frozen=True)
class Vocabulary:
    """A namespace of ours: the package whose Turtle files define it, the path it is served under."""

    package: str
    namespace: str
    path: str


ONTOLOGY: Final = Vocabulary("ontology", PREFIXES["dg"], "/ns")
SHAPES: Final = Vocabulary("shapes", PREFIXES["dgs"], "/shapes")


@dataclass(frozen=True)
class Relation:
    """A relation with the terms at its other end, each as text and address."""

    label: str
    ends: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Term:
    """One term: ``label`` and ``comments`` in the language of the page, ``queries`` the SPARQL of a rule."""

    iri: str
    anchor: str
    name: str
    label: str
    comments: tuple[str, ...]
    relations: tuple[Relation, ...]
    queries: tuple[str, ...]


@functools.cache
def triples(package: str) -> tuple[Triple, ...]:
    """All Turtle files of a package as one graph, each triple once, in the order of the files."""
    found: dict[Triple, None] = {}
    for file in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ttl"):
            for quad in parse(file.read_bytes(), RdfFormat.TURTLE, rename_blank_nodes=True):
                found[quad.triple] = None
    return tuple(found)


def about(vocabulary: Vocabulary, name: str) -> list[Triple] | None:
    """What a vocabulary says of one of its terms, with what its blank nodes say, and of what it is the object."""
    node = NamedNode(vocabulary.namespace + name)
    by_subject = _by_subject(vocabulary.package)
    if node not in by_subject:
        return None
    found: dict[Triple, None] = {}
    waiting: list[NamedNode | BlankNode] = [node]
    while waiting:
        for triple in by_subject.get(waiting.pop(), ()):
            if triple not in found:
                found[triple] = None
                if isinstance(triple.object, BlankNode):
                    waiting.append(triple.object)
    for triple in triples(vocabulary.package):
        if triple.object == node:
            found[triple] = None
    return list(found)


@functools.cache
def _by_subject(package: str) -> Mapping[object, list[Triple]]:
    found: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples(package):
        found[triple.subject].append(triple)
    return dict(found)


@functools.cache
def _told() -> Mapping[str, list[dict[str, Any]]]:
    text = resources.files("service.vocabulary").joinpath("relations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@functools.cache
def sections(vocabulary: Vocabulary, language: Language) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """The terms of a namespace by kind, each kind in alphabetical order; empty kinds are left out."""
    said: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples(vocabulary.package):
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(vocabulary.namespace):
            said[triple.subject.value].append(triple)
    inverse = _inverse(vocabulary, said)
    grouped: dict[str, list[Term]] = defaultdict(list)
    for iri, found in said.items():
        term = _term(vocabulary, iri, found, inverse.get(iri, {}), language)
        grouped[_kind(found, language)].append(term)
    order = [kind[language] for kind in _told()["kind"]]
    return tuple((title, tuple(sorted(grouped[title], key=lambda t: t.name))) for title in order if grouped[title])


def _kind(found: list[Triple], language: Language) -> str:
    types = {t.object.value for t in found if t.predicate.value == _TYPE and isinstance(t.object, NamedNode)}
    kinds = _told()["kind"]
    return str(next((k for k in kinds if types.intersection(map(_iri, k["classes"]))), kinds[-1])[language])


def _inverse(vocabulary: Vocabulary, said: Mapping[str, list[Triple]]) -> Mapping[str, Mapping[str, list[str]]]:
    """For each term: by predicate, the terms that point to it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for iri, triples_of in said.items():
        for triple in triples_of:
            if isinstance(triple.object, NamedNode) and triple.object.value.startswith(vocabulary.namespace):
                found[triple.object.value][triple.predicate.value].append(iri)
    return found


def _term(
    vocabulary: Vocabulary,
    iri: str,
    found: list[Triple],
    pointing: Mapping[str, list[str]],
    language: Language,
) -> Term:
    return Term(
        iri=iri,
        anchor=iri.removeprefix(vocabulary.namespace),
        name=compact(iri),
        label=next(iter(_texts(found, _LABELS, language)), ""),
        comments=_texts(found, _COMMENTS, language),
        relations=tuple(_relations(vocabulary, found, pointing, language)),
        queries=tuple(_selects(vocabulary, iri)),
    )


def _selects(vocabulary: Vocabulary, iri: str) -> Iterator[str]:
    """The SPARQL of a rule: its own, or that of a blank node of it."""
    for triple in about(vocabulary, iri.removeprefix(vocabulary.namespace)) or ():
        if triple.predicate.value == _SELECT and isinstance(triple.object, Literal):
            yield triple.object.value


def _relations(
    vocabulary: Vocabulary, found: list[Triple], pointing: Mapping[str, list[str]], language: Language
) -> Iterator[Relation]:
    for told in _told()["relation"]:
        predicates = [_iri(name) for name in told["properties"]]
        ends = {t.object.value for t in found if t.predicate.value in predicates and isinstance(t.object, NamedNode)}
        shown = [_end(vocabulary, end) for end in sorted(ends) if not _is_kind(end)]
        if shown:
            yield Relation(told[language], tuple(shown))
        others = sorted({iri for predicate in predicates for iri in pointing.get(predicate, ())})
        if others and (label := told.get(f"inverse_{language}")):
            yield Relation(label, tuple(_end(vocabulary, other) for other in others))
    for told in _told()["value"]:
        predicate = _iri(told["property"])
        texts = [t.object.value for t in found if t.predicate.value == predicate and isinstance(t.object, Literal)]
        if texts:
            yield Relation(told[language], tuple((text, "") for text in sorted(texts)))


def _is_kind(iri: str) -> bool:
    """Whether an IRI is one of those that say only which section a term is in."""
    return iri.startswith((PREFIXES["owl"], PREFIXES["sh"] + "NodeShape", PREFIXES["sh"] + "PropertyShape")) or iri in (
        PREFIXES["skos"] + "Concept",
        PREFIXES["skos"] + "ConceptScheme",
    )


def _end(vocabulary: Vocabulary, iri: str) -> tuple[str, str]:
    for own in (vocabulary, ONTOLOGY, SHAPES):
        if iri.startswith(own.namespace):
            page = "" if own is vocabulary else own.path
            return compact(iri), f"{page}#{iri.removeprefix(own.namespace)}"
    return compact(iri), iri if re.match(r"https?://", iri) else ""


def _texts(found: list[Triple], predicates: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """In the language asked for; where there is none, in the other."""
    told = [t.object for t in found if t.predicate.value in predicates and isinstance(t.object, Literal)]
    own = [text.value for text in told if text.language == language]
    return tuple(own or [text.value for text in told if text.language])
