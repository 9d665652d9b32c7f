"""The local authorities that the data name → linked data from the reference tables: codes, and where each lies.

Each authority named, and the département, region and group of communes it lies in. An authority is the organisation of
the data where there is one, else ``/id/authority/{kind}-{code}``. A graph of its own, with source and licence: what the
tables say is never mixed with what acts say. Source: ontology/reference/README.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from rdflib import Graph, Literal, URIRef

from graph.iri import Iris
from graph.mapping.context import register_page
from graph.resolve.resolution import OrganisationEntity, Resolution
from graph.triples import TripleGraph
from ontology import authorities
from ontology.authorities import Authority
from ontology.terms import DCT, DG, RDF, RDFS, SKOS, XSD

#: As in ontology/reference/README.md.
SOURCE: Final = "Etalab, INSEE, DGCL : découpage administratif, millésime 2026"
LICENCE: Final = URIRef("https://www.etalab.gouv.fr/wp-content/uploads/2018/11/open-licence.pdf")
VINTAGE: Final = "2026-03-09"


def map_reference(resolution: Resolution, named: Collection[str], base: str) -> Graph:
    """The graph of the authorities among the organisations ``named`` (keys), empty where there is none."""
    iris, graph = Iris(base), TripleGraph()
    nodes = {
        authority: iris.thing("organisation", key)
        for key in sorted(named)
        if (authority := authority_of(resolution.organisations[key])) is not None
    }
    for authority in _with_what_holds_them(nodes):
        node = nodes.get(authority) or _minted(authority, iris)
        graph.found.update(_described(node, authority, named=authority in nodes))
        for wider in _holders(authority):
            graph.found.add((node, DCT.isPartOf, nodes.get(wider) or _minted(wider, iris)))
    if graph.found:
        about = iris.graph("reference")
        graph.found.add((about, DCT.source, Literal(SOURCE, lang="fr")))
        graph.found.add((about, DCT.license, LICENCE))
        graph.found.add((about, DCT.issued, Literal(VINTAGE, datatype=XSD.date)))
    return graph


def authority_of(entity: OrganisationEntity) -> Authority | None:
    """The authority that an organisation is, by its SIREN, else by its INSEE code; None where it is none."""
    if entity.kind != "local_authority":
        return None
    if entity.siren and (found := authorities.by_siren(entity.siren)):
        return found
    if entity.insee is None:
        return None
    for signature in entity.signatures:
        kind, _, code = signature.partition(":")
        if kind in ("departement", "region") and code == entity.insee:
            return _area(kind, code)
    return authorities.by_insee(entity.insee)


def _with_what_holds_them(named: Collection[Authority]) -> list[Authority]:
    """The authorities, and all that they lie in, in the order of kind and code."""
    found: set[Authority] = set()
    left = list(named)
    while left:
        authority = left.pop()
        if authority not in found:
            found.add(authority)
            left += _holders(authority)
    return sorted(found, key=_code)


def _holders(authority: Authority) -> list[Authority]:
    """What an authority lies in directly: its group of communes and département, or its region."""
    group = authorities.by_siren(authority.epci_siren) if authority.kind == "commune" and authority.epci_siren else None
    area = None
    if authority.kind != "departement" and authority.department:
        area = _area("departement", authority.department)
    elif authority.kind == "departement" and authority.region:
        area = _area("region", authority.region)
    return [each for each in (group, area) if each is not None]


def _area(kind: str, code: str) -> Authority | None:
    return _areas().get((kind, code))


@cache
def _areas() -> dict[tuple[str, str | None], Authority]:
    """The départements and régions by kind and code."""
    return {(a.kind, a.insee): a for a in authorities.everything() if a.kind in ("departement", "region")}


def _described(node: URIRef, authority: Authority, *, named: bool) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
    """One that no act names is a local authority, yet no organisation of the data: lists of those leave it out."""
    yield node, RDF.type, DG.LocalAuthority
    yield node, SKOS.altLabel if named else SKOS.prefLabel, Literal(authority.name, lang="fr")
    if authority.insee:
        yield node, DG.inseeCode, Literal(authority.insee)
    if authority.siren:
        yield node, DG.siren, Literal(authority.siren)
        yield node, RDFS.seeAlso, register_page(authority.siren)


def _minted(authority: Authority, iris: Iris) -> URIRef:
    return iris.thing("authority", _code(authority))


def _code(authority: Authority) -> str:
    return f"{authority.kind}-{authority.insee or authority.siren}"
