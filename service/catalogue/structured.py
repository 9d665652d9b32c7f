"""Pages described in schema.org (schema-org.toml): the catalogue on the home page, a thing on its own."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from service import labels
from service.catalogue.statistics import Coverage
from service.catalogue.terms import term
from service.linked_data.exports import offers
from service.linked_data.resource import Resource
from service.settings import Settings
from service.store import Quads

Block: TypeAlias = dict[str, Any]
_CONTEXT: Final = "https://schema.org"
_LICENCE: Final = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
_TYPE: Final = term("rdf:type")


@functools.cache
def _terms() -> dict[str, Any]:
    text = resources.files("service.catalogue").joinpath("schema-org.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def home(settings: Settings, release: str, coverage: Coverage) -> Block:
    """The catalogue with its dataset, for the home page."""
    base = settings.base
    publisher = {"@type": "Organization", "name": settings.publisher, "url": settings.publisher_url or f"{base}/"}
    data: Block = {
        "@type": "Dataset",
        "@id": f"{base}/.well-known/void#dataset",
        "name": "Délibérations et financements des collectivités",
        "description": (
            "Qui a siégé et voté, qui finance qui, pour combien, au titre de quel dispositif, et quelle phrase de "
            "quelle délibération le dit."
        ),
        "url": f"{base}/",
        "inLanguage": "fr",
        "license": _LICENCE,
        "isAccessibleForFree": True,
        "version": release,
        "publisher": publisher,
        "creator": publisher,
        "keywords": ["délibérations", "subventions", "collectivités territoriales", "votes"],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{base}/dump/{offer.name}",
                "encodingFormat": offer.media.partition(";")[0],
                "description": offer.title,
            }
            for offer in offers().values()
        ],
    }
    if coverage.period is not None:
        data["temporalCoverage"] = "/".join(coverage.period)
    if coverage.places:
        data["spatialCoverage"] = [{"@type": "Place", "name": place.name} for place in coverage.places]
    return {
        "@context": _CONTEXT,
        "@type": "DataCatalog",
        "@id": f"{base}/catalog#catalog",
        "name": "delibgraph",
        "url": f"{base}/",
        "license": _LICENCE,
        "publisher": publisher,
        "dataset": data,
    }


def thing(store: Quads, resource: Resource) -> Block | None:
    """A resource as schema.org has it; None where it has no such class, no name, or is a private person."""
    terms = _terms()
    types = {t.object.value for t in resource.outgoing if t.predicate == _TYPE and isinstance(t.object, NamedNode)}
    if types & {term(name).value for name in terms["never"]["classes"]}:
        return None
    kind = next((kind for name, kind in terms["class"].items() if term(name).value in types), None)
    if kind is None:
        return None
    block: Block = {"@context": _CONTEXT, "@type": kind, "@id": resource.node.value, "url": resource.node.value}
    for rule in terms["property"]:
        for told in _told(store, resource.node, rule):
            _add(block, rule["name"], told)
    return block if "name" in block else None


def _told(store: Quads, node: NamedNode, rule: dict[str, str]) -> Iterator[str | Block]:
    for value in _ends(store, node, [term(name) for name in rule["path"].split("/")]):
        match rule["as"], value:
            case "text", Literal():
                yield value.value
            case "iri", NamedNode():
                yield value.value
            case "identifier", Literal():
                yield {"@type": "PropertyValue", "propertyID": rule["scheme"], "value": value.value}
            case "name", NamedNode():
                if name := labels.of_resource(store, value):
                    yield {"@type": rule["type"], "@id": value.value, "name": name}
            case _:
                continue


def _ends(store: Quads, node: NamedNode, path: list[NamedNode]) -> list[NamedNode | Literal]:
    """What the path leads to, in a fixed order."""
    ends: set[NamedNode | Literal] = {node}
    for step in path:
        starts = [start for start in ends if isinstance(start, NamedNode)]
        ends = {
            quad.object
            for start in starts
            for quad in store.quads_for_pattern(start, step, None, None)
            if isinstance(quad.object, NamedNode | Literal)
        }
    return sorted(ends, key=str)


def _add(block: Block, name: str, value: str | Block) -> None:
    """One value as it is, several as a list; a second name is another name."""
    if name == "name" and name in block:
        name = "alternateName"
    known = block.get(name)
    if known is None:
        block[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        block[name] = [known, value]
