"""VoID: how much of what there is, whom it links to, where to get it (W3C Interest Group Note, 2011)."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from service.catalogue.statistics import Counts, Partitions
from service.catalogue.terms import A, term
from service.linked_data.described import LICENCE, dataset
from service.negotiation import GRAPHS

_FORMATS: Final = "http://www.w3.org/ns/formats/"
#: Unique URIs of the formats of resources.
_FEATURES: Final = ("Turtle", "JSON-LD", "RDF_XML", "N-Triples")
#: Files that are the whole dataset in RDF.
_RDF: Final = re.compile(rf"delibgraph\.({'|'.join(offer.suffix for offer in GRAPHS)})(\.gz)?")


@functools.cache
def targets() -> tuple[dict[str, str], ...]:
    """The datasets that ours links to: ``start`` of their IRIs, ``iri``, ``title`` (targets.toml)."""
    text = resources.files("service.catalogue").joinpath("targets.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["target"])


def describe(base: str, counts: Counts, parts: Partitions, files: list[str]) -> list[Triple]:
    """The dataset with its counts, partitions and linksets; ``files``: names of the files on offer."""
    node = dataset(base)
    found = [
        Triple(node, A, term("void:Dataset")),
        Triple(node, term("dct:title"), Literal("delibgraph", language="fr")),
        Triple(node, term("dct:license"), LICENCE),
        Triple(node, term("dct:publisher"), NamedNode(f"{base}/catalog#publisher")),
        Triple(node, term("owl:versionInfo"), Literal(counts.release)),
        Triple(node, term("dct:hasVersion"), NamedNode(f"{base}/id/release/{counts.release}")),
        Triple(node, term("foaf:homepage"), NamedNode(f"{base}/")),
        Triple(node, term("void:sparqlEndpoint"), NamedNode(f"{base}/sparql")),
        Triple(node, term("void:uriSpace"), Literal(f"{base}/id/")),
        Triple(node, term("void:triples"), Literal(counts.triples)),
        Triple(node, term("void:distinctSubjects"), Literal(counts.subjects)),
        Triple(node, term("void:distinctObjects"), Literal(counts.objects)),
        Triple(node, term("void:properties"), Literal(counts.properties)),
        Triple(node, term("void:classes"), Literal(len(counts.classes))),
        Triple(NamedNode(f"{base}/.well-known/void"), A, term("void:DatasetDescription")),
        Triple(NamedNode(f"{base}/.well-known/void"), term("foaf:primaryTopic"), node),
    ]
    found += [Triple(node, term("void:feature"), NamedNode(_FORMATS + name)) for name in _FEATURES]
    found += [
        Triple(node, term("void:dataDump"), NamedNode(f"{base}/dump/{name}")) for name in files if _RDF.fullmatch(name)
    ]
    found += _partitions(node, counts, parts)
    found += _linksets(base, node, parts)
    return found


def _partitions(node: NamedNode, counts: Counts, parts: Partitions) -> Iterator[Triple]:
    namespaces = {re.sub(r"[^/#]*$", "", iri) for iri in (*counts.classes, *(part.iri for part in parts.properties))}
    for namespace in sorted(namespaces):
        yield Triple(node, term("void:vocabulary"), NamedNode(namespace))
    for iri, entities in counts.classes.items():
        part = BlankNode()
        yield Triple(node, term("void:classPartition"), part)
        yield Triple(part, term("void:class"), NamedNode(iri))
        yield Triple(part, term("void:entities"), Literal(entities))
    for found in parts.properties:
        part = BlankNode()
        yield Triple(node, term("void:propertyPartition"), part)
        yield Triple(part, term("void:property"), NamedNode(found.iri))
        yield Triple(part, term("void:triples"), Literal(found.triples))
        yield Triple(part, term("void:distinctSubjects"), Literal(found.subjects))
        yield Triple(part, term("void:distinctObjects"), Literal(found.objects))


def _linksets(base: str, node: NamedNode, parts: Partitions) -> Iterator[Triple]:
    for target in targets():
        counted: dict[str, int] = {}
        for links in parts.links:
            if links.site.startswith(target["start"]):
                counted[links.property] = counted.get(links.property, 0) + links.triples
        if counted:
            other = NamedNode(target["iri"])
            yield Triple(other, A, term("void:Dataset"))
            yield Triple(other, term("dct:title"), Literal(target["title"], language="fr"))
            yield Triple(other, term("void:uriSpace"), Literal(target["start"]))
        for property_iri, triples in sorted(counted.items()):
            name = re.sub(r".*[/#]", "", property_iri)
            key = re.sub(r"\W+", "-", re.sub(r"^https?://", "", target["start"])).strip("-")
            linkset = NamedNode(f"{base}/.well-known/void#links-{name}-{key}")
            yield Triple(node, term("void:subset"), linkset)
            yield Triple(linkset, A, term("void:Linkset"))
            yield Triple(linkset, term("void:subjectsTarget"), node)
            yield Triple(linkset, term("void:objectsTarget"), other)
            yield Triple(linkset, term("void:linkPredicate"), NamedNode(property_iri))
            yield Triple(linkset, term("void:triples"), Literal(triples))
