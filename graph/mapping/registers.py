"""Matches with the national registers → triples of the graph of identities."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from graph.iri import Iris
from graph.mapping.context import register_page
from graph.registers import RegisterMatch
from ontology.terms import DCT, DG, RDF, RDFS


def map_register_matches(matches: Iterable[RegisterMatch], identities: Graph, base: str) -> None:
    """Add the matches of the organisations in ``identities``; a sure one gives the organisation its numbers."""
    iris = Iris(base)
    for match in matches:
        organisation = iris.thing("organisation", match.organisation)
        if (organisation, RDF.type, DG.Organisation) not in identities:
            continue
        node = iris.thing("match", f"{match.organisation}-{match.register}-{match.id}".lower())
        identities.add((node, RDF.type, DG.RegisterMatch))
        identities.add((node, DG.matchOf, organisation))
        identities.add((node, DG.register, Literal(match.register)))
        identities.add((node, DCT.identifier, Literal(match.id)))
        identities.add((node, DG.confidence, Literal(Decimal(str(match.confidence)))))
        identities.add((node, RDFS.comment, Literal(match.reason, lang="fr")))
        if match.sure:
            _numbers(identities, organisation, match)


def _numbers(identities: Graph, organisation: URIRef, match: RegisterMatch) -> None:
    """The numbers of a sure match; no two of one register (:func:`graph.registers.reconcile`)."""
    for predicate, number in ((DG.siren, match.siren), (DG.siret, match.siret), (DG.rna, match.rna)):
        if number is None:
            continue
        identities.add((organisation, predicate, Literal(number)))
        if predicate == DG.siren:
            identities.add((organisation, RDFS.seeAlso, register_page(number)))
