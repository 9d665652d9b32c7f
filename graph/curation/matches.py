"""The pairs that the resolution left open → RDF, for a person to judge: one node a pair of things."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from graph.curation.stakes import Stakes
from graph.iri import Iris, short_hash
from graph.mapping.context import decimal
from graph.resolve.match import Candidate
from graph.resolve.resolution import Entity, Resolution
from graph.triples import TripleGraph
from ontology.terms import DG, RDF, RDFS

_CLASSES = {"person": DG.Person, "organisation": DG.Organisation, "programme": DG.Programme}


def map_matches(resolution: Resolution, identities: Graph, money: Stakes, base: str) -> Graph:
    """The graph of matches to review between things of ``identities`` (what is published).

    Of the candidates between one pair of things the surest speaks for all.
    """
    iris, graph = Iris(base), TripleGraph()
    for (kind, one, other), candidate in _pairs(resolution).items():
        ends = iris.thing(kind, one), iris.thing(kind, other)
        if not all((end, RDF.type, _CLASSES[kind]) in identities for end in ends):
            continue
        node = iris.thing("review", short_hash(kind, one, other))
        worth = sum((money.get((kind, key), Decimal()) for key in (one, other)), Decimal())
        graph.found.update(_triples(node, ends, candidate, worth))
    return graph


def _pairs(resolution: Resolution) -> dict[tuple[str, str, str], Candidate]:
    """(type, key, key) → its surest candidate; the keys in order."""
    homes = {
        "person": _homes(resolution.persons.values()),
        "organisation": _homes(resolution.organisations.values()),
        "programme": _homes(resolution.programmes.values()),
    }
    found: dict[tuple[str, str, str], Candidate] = {}
    for candidate in resolution.candidates:
        home = homes.get(candidate.kind, {})
        keys = sorted(key for s in (candidate.match.left, candidate.match.right) if (key := home.get(s)))
        if len(set(keys)) < 2:
            continue
        pair = (candidate.kind, keys[0], keys[1])
        known = found.get(pair)
        if known is None or candidate.match.score > known.match.score:
            found[pair] = candidate
    return found


def _homes(entities: Iterable[Entity]) -> dict[str, str]:
    return {signature: entity.key for entity in entities for signature in entity.signatures}


def _triples(
    node: URIRef, ends: tuple[URIRef, URIRef], candidate: Candidate, worth: Decimal
) -> Iterable[tuple[URIRef, URIRef, URIRef | Literal]]:
    yield node, RDF.type, DG.MatchToReview
    for end in ends:
        yield node, DG.candidate, end
    for predicate, number in ((DG.confidence, candidate.match.score), (DG.moneyAtStake, worth)):
        literal = decimal(number)
        if literal is not None:
            yield node, predicate, literal
    yield node, RDFS.comment, Literal(candidate.why, lang="fr")
    for reason in candidate.match.reasons:
        yield node, DG.matchReason, Literal(reason.text, lang="fr")
