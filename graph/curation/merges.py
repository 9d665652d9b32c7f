"""Why several names are one thing → RDF: the matches that the resolution followed, with their scores and reasons."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from graph.iri import Iris, short_hash
from graph.mapping.context import decimal, plain
from graph.resolve.match import Match
from graph.resolve.resolution import Entity
from graph.triples import Triple
from ontology.terms import DG, RDF


def merges_of(kind: str, entity: Entity, iris: Iris) -> Iterator[Triple]:
    """The matches within one thing.

    One node for two names and what is said of them: matches that only differ by term of office or authority are told
    once, the least sure of them.
    """
    thing = iris.thing(kind, entity.key)
    for told in _told(entity):
        yield from _triples(iris.thing("match", short_hash(kind, entity.key, *told[:2])), thing, *told)


def _told(entity: Entity) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Match]]:
    """The names, the reasons and the least sure match of each pair of names."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Match] = {}
    for match in entity.merges:
        names = tuple(sorted({entity.forms[match.left], entity.forms[match.right]}))
        reasons = tuple(sorted({reason.text for reason in match.reasons}))
        known = found.get((names, reasons))
        if known is None or match.score < known.score:
            found[names, reasons] = match
    for (names, reasons), match in sorted(found.items()):
        yield names, reasons, match


def _triples(
    node: URIRef, thing: URIRef, names: tuple[str, ...], reasons: tuple[str, ...], match: Match
) -> Iterator[Triple]:
    yield node, RDF.type, DG.Match
    yield node, DG.explains, thing
    for name in names:
        yield node, DG.matchedName, plain(name)
    score = decimal(match.score)
    if score is not None:
        yield node, DG.confidence, score
    for reason in reasons:
        yield node, DG.matchReason, Literal(reason, lang="fr")
