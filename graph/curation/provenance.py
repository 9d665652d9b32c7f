"""The judgements in force → RDF (PROV): who decided what, when and why, and what became of it.

A merge and a keeping apart influence the things that stand; a rejected fact is invalidated: nothing else of it is
published, and its IRI answers 410 Gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from graph.curation.audit import Finding, judged_homes
from graph.iri import Iris, reference, slug
from graph.resolve.judgement import PAIRS, Judgement, Judgements, Standing
from graph.resolve.resolution import Resolution
from graph.triples import TripleGraph
from ontology.terms import DCT, DG, FOAF, PROV, RDF, XSD

_VERDICTS = {
    "merge": DG.Merged,
    "keep-apart": DG.KeptApart,
    "reject": DG.FactRejected,
    "accept": DG.FactAccepted,
}


def map_judgements(
    judgements: Judgements, resolution: Resolution, base: str, findings: Iterable[Finding] = ()
) -> Graph:
    """The graph of the judgements that nobody took back.

    Those without effect (``findings``) are told to be so, and those on which a later one has the last word.

    Give the :class:`Judgements` over the registry of ``resolution``.
    """
    iris, graph = Iris(base), TripleGraph()
    every = judgements.standing()
    homes = judged_homes(every, resolution)
    for standing in every:
        node = iris.thing("judgement", standing.judgement.id)
        graph.found.update(_decision(node, standing.judgement, iris))
        if standing.judgement.verb in PAIRS:
            graph.found.update(_pair(node, standing, homes.get(standing.kind, {}), iris))
        else:
            graph.found.update(_fact(node, standing, judgements.facts(standing), iris))
    for standing, later in judgements.overridden():
        node = iris.thing("judgement", standing.judgement.id)
        graph.found.update(_decision(node, standing.judgement, iris))
        graph.found.update((node, DG.judges, thing) for thing in _named(standing.judgement, iris))
        graph.found.add((node, DG.overriddenBy, iris.thing("judgement", later.id)))
    for finding in findings:
        idle = iris.thing("judgement", finding.judgement.id)
        graph.found.add((idle, DG.withoutEffect, Literal(finding.why, lang="fr")))
    return graph


def _decision(node: URIRef, judgement: Judgement, iris: Iris) -> Iterator[tuple[Node, Node, Node]]:
    author = iris.thing("curator", slug(judgement.author))
    yield node, RDF.type, DG.Judgement
    yield node, RDF.type, PROV.Activity
    yield node, DG.verdict, _VERDICTS[judgement.verb]
    yield node, PROV.wasAssociatedWith, author
    yield node, DCT.date, Literal(str(judgement.date), datatype=XSD.date)
    yield node, DCT.description, Literal(judgement.reason, lang="fr")
    yield author, RDF.type, PROV.Agent
    yield author, FOAF.name, Literal(judgement.author)


def _pair(node: URIRef, standing: Standing, home: dict[str, str], iris: Iris) -> Iterator[tuple[Node, Node, Node]]:
    """What was judged under its names of then, and the things of today that the judgement shaped."""
    for thing in _named(standing.judgement, iris):
        yield node, DG.judges, thing
    for key in sorted({home[s] for s in (*standing.lefts, *standing.rights) if s in home}):
        thing = iris.thing(standing.kind, key)
        yield node, DG.judges, thing
        yield thing, PROV.wasInfluencedBy, node


def _named(judgement: Judgement, iris: Iris) -> Iterator[URIRef]:
    """What a judgement names, as it was called then."""
    for named in filter(None, (judgement.left, judgement.right)):
        kind, _, key = reference(named).partition("/")
        yield iris.thing(kind, key)


def _fact(node: URIRef, standing: Standing, facts: frozenset[str], iris: Iris) -> Iterator[tuple[Node, Node, Node]]:
    rejected = standing.judgement.verb == "reject"
    for fact in sorted(facts):
        kind, _, key = fact.partition("/")
        thing = iris.thing(kind, key)
        yield node, DG.judges, thing
        if rejected:
            gone = [thing, iris.thing("reading", key)] if kind == "funding" else [thing]
            for each in gone:
                yield each, RDF.type, PROV.Entity
                yield each, PROV.wasInvalidatedBy, node
