"""The pairs that the resolution left open → RDF, for a person to judge: one node a pair of things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from graph.iri import Iris, short_hash
from graph.mapping.context import decimal
from graph.mapping.identities import IsPublished
from graph.resolve.match import Candidate
from graph.resolve.resolution import Resolution
from graph.triples import TripleGraph
from ontology.terms import DG, RDF, RDFS

_CLASSES = {"person": DG.Person, "organisation": DG.Organisation, "programme": DG.Programme}


def map_matches(
    resolution: Resolution, is_published: IsPublished, worth: Callable[[str, str], Decimal], base: str
) -> Graph:
    """The graph of matches to review between things that are published; ``worth``: the euros that hang on a thing.

    Of the candidates between one pair of things the surest speaks for all.
    """
    iris, graph = Iris(base), TripleGraph()
    for (kind, *keys), candidate in _pairs(resolution).items():
        if all(is_published(kind, key) for key in keys):
            ends = iris.thing(kind, keys[0]), iris.thing(kind, keys[1])
            node = iris.thing("review", short_hash(kind, *keys))
            money = sum((worth(kind, key) for key in keys), Decimal())
            graph.found.update(_triples(node, ends, candidate, money))
    return graph


def _pairs(resolution: Resolution) -> dict[tuple[str, str, str], Candidate]:
    """(type, key, key) → its surest candidate; the keys in order."""
    named: dict[str, set[str]] = defaultdict(set)
    for each in resolution.candidates:
        named[each.kind] |= {each.match.left, each.match.right}
    homes = {kind: resolution.homes(kind, sorted(named[kind])) for kind in named.keys() & _CLASSES.keys()}
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
