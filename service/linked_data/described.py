"""Resources that are ours and of no release's graph: the named queries (/id/query/…) and the releases (/id/release/…).

Queries are described as the SPARQL examples of SIB are: SHACL executables that say which endpoint they are for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

import queries
from ontology.terms import PREFIXES
from queries import NamedQuery
from service.named.formats import data
from service.store import LiveRelease

_XSD: Final = PREFIXES["xsd"]
_A: Final = NamedNode(PREFIXES["rdf"] + "type")
#: Licence Ouverte 2.0, that of the data.
LICENCE: Final = NamedNode("https://spdx.org/licenses/etalab-2.0")


def _term(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)


_RELEASE: Final = {
    "fr": "Le jeu de données tel que publié à cette date ; les plus anciennes versions sont supprimées.",
    "en": "The dataset as published at this time; the oldest releases are removed.",
}
_REPLACED: Final = _term("dct", "isReplacedBy")


def dataset(base: str) -> NamedNode:
    """The dataset that the service publishes, in VoID and in the catalogue."""
    return NamedNode(f"{base}/.well-known/void#dataset")


def query_iri(base: str, name: str) -> NamedNode:
    """The IRI of a named query."""
    return NamedNode(f"{base}/id/query/{name}")


def query(base: str, named: NamedQuery) -> list[Triple]:
    """A named query with the defaults of its parameters, and the address that answers it with others."""
    node, action, entry = query_iri(base, named.name), BlankNode(), BlankNode()
    select = named.form == "SELECT"
    names = ",".join(p.name for p in named.parameters) + (",limit,offset" if select else "")
    template = f"{base}/queries/{named.name}.{{form}}{{?{names.lstrip(',')}}}" if names else ""
    found = [
        Triple(node, _A, _term("sh", "SPARQLExecutable")),
        Triple(node, _A, _term("sh", "SPARQLSelectExecutable" if select else "SPARQLConstructExecutable")),
        Triple(node, _term("sh", "select" if select else "construct"), Literal(named.standalone({}))),
        Triple(node, _term("schema", "target"), NamedNode(f"{base}/sparql")),
        Triple(node, _term("foaf", "page"), NamedNode(f"{base}/queries/{named.name}")),
        Triple(node, _term("void", "inDataset"), dataset(base)),
        Triple(node, _term("schema", "potentialAction"), action),
        Triple(action, _A, _term("schema", "SearchAction")),
        Triple(action, _term("schema", "target"), entry),
        Triple(entry, _A, _term("schema", "EntryPoint")),
        Triple(entry, _term("schema", "urlTemplate"), Literal(template or f"{base}/queries/{named.name}.{{form}}")),
    ]
    found += [Triple(entry, _term("schema", "contentType"), Literal(offer.media)) for offer in data(named)]
    for predicate, texts in (("label", named.titles), ("comment", named.descriptions)):
        found += [Triple(node, _term("rdfs", predicate), Literal(text, language=tag)) for tag, text in texts.items()]
    for parameter in named.parameters:
        found += _parameter(node, parameter)
    return found


def _parameter(node: NamedNode, parameter: queries.Parameter) -> list[Triple]:
    told = BlankNode()
    found = [
        Triple(node, _term("schema", "instrument"), told),
        Triple(told, _A, _term("schema", "PropertyValueSpecification")),
        Triple(told, _term("schema", "valueName"), Literal(parameter.name)),
        Triple(told, _term("schema", "additionalType"), Literal(parameter.type)),
    ]
    if parameter.default:
        found.append(Triple(told, _term("schema", "defaultValue"), Literal(parameter.default)))
    return found + [
        Triple(told, _term("rdfs", "label"), Literal(t, language=tag)) for tag, t in parameter.labels.items()
    ]


@dataclass(frozen=True)
class Kept:
    """A release that is still kept; ``created`` is an ISO time, empty where its manifest does not say."""

    id: str
    created: str
    counts: Mapping[str, Any]


def kept(live: LiveRelease) -> list[Kept]:
    """The releases that are kept, oldest first; there are later ones than the live one where somebody went back."""
    names = sorted(path.name for path in live.path.parent.iterdir() if not path.name.startswith("."))
    found = (_kept(live.path.parent / name) for name in names)
    return [one for one in found if one is not None]


def _kept(path: Path) -> Kept | None:
    """None for what is no release, or one that is pruned at this moment."""
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Kept(path.name, str(manifest.get("created", "")), manifest.get("counts", {}))


def release(base: str, live: LiveRelease, wanted: str) -> list[Triple] | None:
    """A release that is kept: when it was made, what it holds, which came before; None for another."""
    known = kept(live)
    index = next((i for i, one in enumerate(known) if one.id == wanted), None)
    if index is None:
        return None
    found, node = known[index], NamedNode(f"{base}/id/release/{wanted}")
    triples = [
        Triple(node, _A, _term("prov", "Entity")),
        Triple(node, _A, _term("dcat", "Dataset")),
        Triple(node, _term("dct", "title"), Literal(f"delibgraph, version {wanted}", language="fr")),
        Triple(node, _term("dct", "title"), Literal(f"delibgraph, release {wanted}", language="en")),
        Triple(node, _term("dct", "description"), Literal(_RELEASE["fr"], language="fr")),
        Triple(node, _term("dct", "description"), Literal(_RELEASE["en"], language="en")),
        Triple(node, _term("dct", "identifier"), Literal(wanted)),
        Triple(node, _term("dcat", "version"), Literal(wanted)),
        Triple(node, _term("dcat", "isVersionOf"), dataset(base)),
        Triple(node, _term("dct", "license"), LICENCE),
    ]
    if found.created:
        created = Literal(found.created, datatype=NamedNode(_XSD + "dateTime"))
        triples.append(Triple(node, _term("prov", "generatedAtTime"), created))
    if index:
        before = NamedNode(f"{base}/id/release/{known[index - 1].id}")
        triples += [Triple(node, _term("prov", "wasRevisionOf"), before), Triple(before, _REPLACED, node)]
    if index + 1 < len(known):
        triples.append(Triple(node, _REPLACED, NamedNode(f"{base}/id/release/{known[index + 1].id}")))
    if (documents := found.counts.get("documents")) is not None:
        triples.append(Triple(node, _term("void", "documents"), Literal(int(documents))))
    return triples
