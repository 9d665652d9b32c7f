"""/ns and /shapes: the ontology and the shapes, as RDF and as pages that people can read."""

import functools
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import Final

from fastapi import APIRouter, Request, Response
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ontology.terms import ONTOLOGY_IRI, PREFIXES
from service import rdf
from service.caching import CACHE_CONTROL
from service.labels import compact
from service.negotiation import HTML, TRIPLES
from service.pages.render import page

router = APIRouter()

_OFFERS: Final = (*TRIPLES, HTML)
_RDFS: Final = PREFIXES["rdfs"]
_SKOS: Final = PREFIXES["skos"]
_SH: Final = PREFIXES["sh"]
_RDF_TYPE: Final = PREFIXES["rdf"] + "type"
_LABELS: Final = (_RDFS + "label", _SKOS + "prefLabel")
_COMMENTS: Final = (_RDFS + "comment", _SKOS + "definition", _SKOS + "scopeNote", _SH + "message")
_RELATED: Final = {
    _RDFS + "subClassOf": "sorte de",
    _RDFS + "subPropertyOf": "cas particulier de",
    _RDFS + "domain": "se dit de",
    _RDFS + "range": "a pour valeur",
    _SKOS + "closeMatch": "proche de",
    _SKOS + "broader": "relève de",
    _SH + "targetClass": "porte sur",
    _SH + "path": "propriété",
    _SH + "severity": "gravité",
}
_KINDS: Final = (
    ("Classes", (PREFIXES["owl"] + "Class", _RDFS + "Class")),
    ("Propriétés", (PREFIXES["owl"] + "ObjectProperty", PREFIXES["owl"] + "DatatypeProperty")),
    ("Propriétés d'annotation", (PREFIXES["owl"] + "AnnotationProperty",)),
    ("Schémas de concepts", (_SKOS + "ConceptScheme",)),
    ("Formes", (_SH + "NodeShape", _SH + "PropertyShape")),
)
_OTHERS: Final = "Valeurs et concepts"


@dataclass(frozen=True)
class Term:
    """One term as its page shows it; `related` pairs a relation with the terms at its other end (text, href)."""

    anchor: str
    name: str
    label: str
    comments: tuple[str, ...]
    related: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@functools.cache
def _triples(package: str) -> tuple[Triple, ...]:
    """All Turtle files of a package as one graph, each triple once, in the order of the files."""
    found: dict[Triple, None] = {}
    for file in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ttl"):
            for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
                found[quad.triple] = None
    return tuple(found)


@router.get("/ns")
@router.get("/ns.{suffix}")
def ontology(request: Request, suffix: str = "") -> Response:
    """The vocabulary with its concept schemes."""
    return _answer(request, "ontology", ONTOLOGY_IRI + "#", "/ns", suffix)


@router.get("/shapes")
@router.get("/shapes.{suffix}")
def shapes(request: Request, suffix: str = "") -> Response:
    """The SHACL shapes that every published document satisfies, or is told to fail."""
    return _answer(request, "shapes", PREFIXES["dgs"], "/shapes", suffix)


def _answer(request: Request, package: str, namespace: str, path: str, suffix: str) -> Response:
    choice = rdf.negotiate(request, _OFFERS, suffix or request.query_params.get("format"))
    links = ", ".join(f'<{path}.{offer.suffix}>; rel="alternate"; type="{offer.media}"' for offer in _OFFERS)
    headers = {"Link": links, "Vary": "Accept", "Cache-Control": CACHE_CONTROL}
    if choice.format is HTML:
        response: Response = page(
            request,
            "vocabulary.html",
            sections=sections(package, namespace, path),
            path=path,
            namespace=namespace,
            formats=[(offer, f"{path}.{offer.suffix}") for offer in TRIPLES],
        )
        response.headers.update(headers)
        return response
    return Response(rdf.write(_triples(package), choice.format.name), headers=headers, media_type=choice.content_type)


@functools.cache
def sections(package: str, namespace: str, path: str) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """The terms of a namespace by kind, each kind in alphabetical order; empty kinds are left out."""
    about: dict[str, list[Triple]] = defaultdict(list)
    for triple in _triples(package):
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(namespace):
            about[triple.subject.value].append(triple)
    grouped: dict[str, list[Term]] = defaultdict(list)
    for iri, triples in about.items():
        grouped[_kind(triples)].append(_term(iri, triples, namespace, path))
    order = [title for title, _ in _KINDS] + [_OTHERS]
    return tuple((title, tuple(sorted(grouped[title], key=lambda t: t.name))) for title in order if grouped[title])


def _kind(triples: list[Triple]) -> str:
    types = {t.object.value for t in triples if t.predicate.value == _RDF_TYPE and isinstance(t.object, NamedNode)}
    return next((title for title, kinds in _KINDS if types.intersection(kinds)), _OTHERS)


def _term(iri: str, triples: list[Triple], namespace: str, path: str) -> Term:
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in triples:
        relation = _RELATED.get(triple.predicate.value)
        if relation is not None and isinstance(triple.object, NamedNode):
            target = triple.object.value
            address = path + "#" + target.removeprefix(namespace) if target.startswith(namespace) else target
            related[relation].append((compact(target), address))
    return Term(
        anchor=iri.removeprefix(namespace),
        name=compact(iri),
        label=next(iter(_french(triples, _LABELS)), ""),
        comments=_french(triples, _COMMENTS),
        related=tuple((relation, tuple(sorted(ends))) for relation, ends in related.items()),
    )


def _french(triples: list[Triple], predicates: tuple[str, ...]) -> tuple[str, ...]:
    texts = [
        triple.object.value
        for triple in triples
        if triple.predicate.value in predicates
        and isinstance(triple.object, Literal)
        and triple.object.language == "fr"
    ]
    return tuple(texts)
