"""The catalogue in DCAT-AP 3: catalogue.ttl with what depends on the settings and on the live release."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

import queries
from ontology.terms import PREFIXES
from service.catalogue.statistics import Coverage
from service.catalogue.terms import A, term, typed
from service.linked_data import described
from service.linked_data.described import LICENCE, dataset
from service.settings import Settings

_LANGUAGES: Final = ("fr", "en")


@dataclass(frozen=True)
class File:
    """A file on offer: its name, the export that makes it, its media type, what it is in French.

    ``size``: bytes, None before it is made.
    """

    name: str
    format: str
    media: str
    title: str
    size: int | None


@functools.cache
def _formats() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("service.catalogue").joinpath("formats.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def describe(settings: Settings, release: str, created: str, coverage: Coverage, files: list[File]) -> list[Triple]:
    """The catalogue; ``created``: when the release was made, ISO, empty where it is not known."""
    base = settings.base
    source = resources.files("service.catalogue").joinpath("catalogue.ttl").read_bytes()
    found = [quad.triple for quad in parse(source, RdfFormat.TURTLE, base_iri=f"{base}/")]
    found += _who(settings)
    found += _version(base, release, created)
    found += _coverage(base, coverage)
    for file in files:
        found += _distribution(base, file, created)
    for prefix, namespace in PREFIXES.items():
        declared = BlankNode()
        found += [
            Triple(NamedNode(f"{base}/catalog#prefixes"), term("sh:declare"), declared),
            Triple(declared, term("sh:prefix"), Literal(prefix)),
            Triple(declared, term("sh:namespace"), typed(namespace, "anyURI")),
        ]
    for query in queries.catalogue().values():
        found += described.query(base, query)
        prefixes = NamedNode(f"{base}/catalog#prefixes")
        found.append(Triple(described.query_iri(base, query.name), term("sh:prefixes"), prefixes))
    return found


def _who(settings: Settings) -> Iterator[Triple]:
    publisher, contact = NamedNode(f"{settings.base}/catalog#publisher"), NamedNode(f"{settings.base}/catalog#contact")
    yield Triple(publisher, A, term("foaf:Agent"))
    yield Triple(publisher, term("foaf:name"), Literal(settings.publisher, language="fr"))
    if settings.publisher_url:
        home = NamedNode(settings.publisher_url)
        yield Triple(publisher, term("foaf:homepage"), home)
        yield Triple(home, A, term("foaf:Document"))
    yield Triple(contact, A, term("vcard:Kind"))
    yield Triple(contact, term("vcard:fn"), Literal(settings.publisher))
    if settings.contact:
        yield Triple(contact, term("vcard:hasEmail"), NamedNode(f"mailto:{settings.contact}"))
    else:
        yield Triple(contact, term("vcard:hasURL"), NamedNode(f"{settings.base}/"))


def _version(base: str, release: str, created: str) -> Iterator[Triple]:
    node, version = dataset(base), NamedNode(f"{base}/id/release/{release}")
    yield Triple(node, term("dct:identifier"), Literal(node.value))
    yield Triple(node, term("dcat:version"), Literal(release))
    yield Triple(node, term("dcat:hasCurrentVersion"), version)
    if created:
        for told in (node, NamedNode(f"{base}/catalog#catalog")):
            yield Triple(told, term("dct:modified"), typed(created, "dateTime"))


def _coverage(base: str, coverage: Coverage) -> Iterator[Triple]:
    node = dataset(base)
    if coverage.period is not None:
        period = NamedNode(f"{base}/catalog#period")
        yield Triple(node, term("dct:temporal"), period)
        yield Triple(period, A, term("dct:PeriodOfTime"))
        for name, day in zip(("dcat:startDate", "dcat:endDate"), coverage.period, strict=True):
            yield Triple(period, term(name), typed(day, "date"))
    for place in coverage.places:
        area = NamedNode(f"{base}/catalog#area-{place.iri.rsplit('/', 1)[-1]}")
        yield Triple(node, term("dct:spatial"), area)
        yield Triple(area, A, term("dct:Location"))
        yield Triple(area, term("skos:prefLabel"), Literal(place.name, language="fr"))
        yield Triple(area, term("rdfs:seeAlso"), NamedNode(place.iri))
        if place.code:
            yield Triple(area, term("dct:identifier"), Literal(place.code))


def _distribution(base: str, file: File, created: str) -> Iterator[Triple]:
    node, address = NamedNode(f"{base}/catalog#file-{file.name}"), NamedNode(f"{base}/dump/{file.name}")
    form = _formats().get(file.format, {})
    media = form.get("media", file.media.partition(";")[0])
    yield Triple(dataset(base), term("dcat:distribution"), node)
    yield Triple(node, A, term("dcat:Distribution"))
    yield Triple(node, term("dct:title"), Literal(file.name))
    yield Triple(node, term("dct:description"), Literal(file.title, language="fr"))
    yield Triple(node, term("dcat:accessURL"), address)
    yield Triple(node, term("dcat:downloadURL"), address)
    yield Triple(node, term("dct:license"), LICENCE)
    yield Triple(node, term("dcatap:availability"), _STABLE)
    yield Triple(node, term("dcat:mediaType"), term(f"iana:{media}"))
    yield Triple(term(f"iana:{media}"), A, term("dct:MediaType"))
    if kind := form.get("file_type"):
        yield Triple(node, term("dct:format"), term(f"file:{kind}"))
        yield Triple(term(f"file:{kind}"), A, term("dct:MediaTypeOrExtent"))
    if packed := form.get("compressed"):
        yield Triple(node, term("dcat:compressFormat"), term(f"iana:{packed}"))
        yield Triple(term(f"iana:{packed}"), A, term("dct:MediaType"))
    if standard := form.get("conforms_to"):
        yield Triple(node, term("dct:conformsTo"), NamedNode(standard))
        yield Triple(NamedNode(standard), A, term("dct:Standard"))
    if created:
        yield Triple(node, term("dct:modified"), typed(created, "dateTime"))
    if file.size is not None:
        yield Triple(node, term("dcat:byteSize"), typed(file.size, "nonNegativeInteger"))


_STABLE: Final = NamedNode("http://publications.europa.eu/resource/authority/planned-availability/STABLE")
