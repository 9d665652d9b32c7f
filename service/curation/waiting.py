"""What awaits a judgement on identities: two things side by side, each with its names, authorities and evidence.

Read through the store's indexes, like the resources: a few look-ups a thing, whatever the size of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib import URIRef

from graph.iri import reference
from graph.normal import fold
from ontology.terms import DCT, DG, ELI, FOAF, ORG, RDF, RDFS, SKOS
from service.store import Quads

Node: TypeAlias = NamedNode | BlankNode | Triple
#: Acts shown of one thing, and look-ups made for them.
SHOWN: Final = 3
_LOOKED: Final = 40


@dataclass(frozen=True)
class Act:
    """An act that names the thing: title, date (ISO), IRI; the passage that does, with the IRI of its evidence."""

    iri: str
    title: str
    date: str
    quote: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Side:
    """One of the two things: ``ref`` is its type/key, ``names`` all its spellings, the label first."""

    iri: str
    ref: str
    names: tuple[str, ...]
    authorities: tuple[str, ...]
    acts: tuple[Act, ...]

    @property
    def name(self) -> str:
        """Its label."""
        return self.names[0] if self.names else self.ref


@dataclass(frozen=True)
class Doubt:
    """Two things that may be one. ``worth`` in euros, ``score`` in [0, 1], ``why`` and ``reasons`` in French."""

    iri: str
    kind: str
    worth: Decimal
    score: Decimal
    why: str
    reasons: tuple[str, ...]
    sides: tuple[Side, Side]


def doubts(store: Quads, name: str = "", start: int = 0, count: int | None = None) -> list[Doubt]:
    """The matches to review, most money at stake first; ``name`` is part of a name of either side.

    Only ``count`` of them, from ``start``, are looked up in full.
    """
    rows = sorted(_rows(store), key=lambda row: (-row[0], -row[1], row[2].value))
    wanted = fold(name.strip())
    if wanted:
        rows = [row for row in rows if any(wanted in fold(n) for end in row[3] for n in _names(store, end))]
    end = None if count is None else start + count
    return [_doubt(store, *row) for row in rows[start:end]]


def total(store: Quads) -> int:
    """How many matches await review."""
    return sum(1 for _ in store.quads_for_pattern(None, _iri(RDF.type), _iri(DG.MatchToReview), DefaultGraph()))


def without_effect(store: Quads, base: str) -> dict[str, str]:
    """Id of each judgement that came to nothing → why, in French."""
    return {
        quad.subject.value.removeprefix(f"{base}/id/judgement/"): quad.object.value
        for quad in store.quads_for_pattern(None, _iri(DG.withoutEffect), None, DefaultGraph())
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def overridden(store: Quads, base: str) -> dict[str, str]:
    """Id of each judgement on which a later one has the last word → id of that one."""
    prefix = f"{base}/id/judgement/"
    return {
        quad.subject.value.removeprefix(prefix): quad.object.value.removeprefix(prefix)
        for quad in store.quads_for_pattern(None, _iri(DG.overriddenBy), None, DefaultGraph())
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


def _rows(store: Quads) -> Iterator[tuple[Decimal, Decimal, NamedNode, tuple[NamedNode, NamedNode]]]:
    for quad in store.quads_for_pattern(None, _iri(RDF.type), _iri(DG.MatchToReview), DefaultGraph()):
        node = quad.subject
        ends = sorted(_objects(store, node, DG.candidate), key=str)
        if len(ends) == 2 and isinstance(node, NamedNode):
            worth, score = (Decimal(_text(store, node, p) or 0) for p in (DG.moneyAtStake, DG.confidence))
            yield worth, score, node, (ends[0], ends[1])


def _doubt(store: Quads, worth: Decimal, score: Decimal, node: NamedNode, ends: tuple[NamedNode, NamedNode]) -> Doubt:
    reasons = sorted(q.object.value for q in _from(store, node, DG.matchReason) if isinstance(q.object, Literal))
    kind = reference(ends[0].value).partition("/")[0]
    why = _text(store, node, RDFS.comment)
    return Doubt(node.value, kind, worth, score, why, tuple(reasons), (side(store, ends[0]), side(store, ends[1])))


def side(store: Quads, node: NamedNode) -> Side:
    """A thing with its names, the authorities whose acts name it, and the first acts that do."""
    acts = _acts(store, node)
    authorities = {*_offices(store, node), *(a for act in acts for a in _authorities(store, NamedNode(act.iri)))}
    shown = sorted(acts, key=lambda act: (not act.quote, act.date, act.iri))[:SHOWN]
    return Side(node.value, reference(node.value), tuple(_names(store, node)), tuple(sorted(authorities)), tuple(shown))


def _names(store: Quads, node: NamedNode) -> Iterable[str]:
    found = [
        quad.object.value
        for predicate in (SKOS.prefLabel, FOAF.name, SKOS.notation, SKOS.altLabel)
        for quad in sorted(_from(store, node, predicate), key=str)
        if isinstance(quad.object, Literal)
    ]
    return dict.fromkeys(found)


def _acts(store: Quads, node: NamedNode) -> list[Act]:
    """Acts that mention it, or that report the séances it sat in, with a passage of the same document."""
    quotes = _quotes(store, node)
    mentions = list(islice(store.quads_for_pattern(None, _iri(DG.mentions), node, DefaultGraph()), _LOOKED))
    acts = [quad.subject for quad in mentions if isinstance(quad.subject, NamedNode)]
    if not acts:
        held = (thing for session in _sessions(store, node) for thing in _subjects(store, DG.session, session))
        acts = [thing for thing in held if DG.Deliberation in map(_plain, _objects(store, thing, RDF.type))]
    return [_act(store, act, quotes) for act in dict.fromkeys(acts[:_LOOKED])]


def _act(store: Quads, act: NamedNode, quotes: dict[str, tuple[str, str]]) -> Act:
    date = next(
        (_text(store, s, DCT.date) for s in _objects(store, act, DG.session)),
        "",
    )
    sources = sorted(s.value for s in _objects(store, act, DCT.source))
    quote, evidence = next((quotes[s] for s in sources if s in quotes), ("", ""))
    return Act(act.value, _text(store, act, ELI.title), date, quote, evidence)


def _quotes(store: Quads, node: NamedNode) -> dict[str, tuple[str, str]]:
    """Document → the first passage that supports the thing, or that it was present."""
    nodes = [node, *islice(_subjects(store, DG.member, node), _LOOKED)]
    found: dict[str, tuple[str, str]] = {}
    for each in nodes:
        for passage in sorted(islice(_subjects(store, DG.supports, each), _LOOKED), key=str):
            quote = _text(store, passage, DG.quote)
            for document in _objects(store, passage, DCT.source):
                found.setdefault(document.value, (quote, passage.value))
    return found


def _sessions(store: Quads, person: NamedNode) -> list[NamedNode]:
    attended = list(islice(_subjects(store, DG.member, person), _LOOKED))
    return [session for entry in attended for session in _objects(store, entry, DG.session)]


def _offices(store: Quads, person: NamedNode) -> Iterator[str]:
    """The authorities of the organs that a person sits in."""
    for membership in _subjects(store, ORG.member, person):
        for body in _objects(store, membership, ORG.organization):
            yield from _owners(store, body)


def _authorities(store: Quads, act: NamedNode) -> Iterator[str]:
    for session in _objects(store, act, DG.session):
        for body in _objects(store, session, DG.governingBody):
            yield from _owners(store, body)


def _owners(store: Quads, body: NamedNode) -> Iterator[str]:
    for owner in _objects(store, body, ORG.unitOf):
        yield _text(store, owner, SKOS.prefLabel) or reference(owner.value)


def _plain(node: NamedNode) -> URIRef:
    return URIRef(node.value)


def _iri(term: object) -> NamedNode:
    return NamedNode(str(term))


def _from(store: Quads, node: Node, predicate: object) -> list[Quad]:
    return list(store.quads_for_pattern(node, _iri(predicate), None, DefaultGraph()))


def _objects(store: Quads, node: Node, predicate: object) -> list[NamedNode]:
    return [q.object for q in _from(store, node, predicate) if isinstance(q.object, NamedNode)]


def _subjects(store: Quads, predicate: object, node: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(None, _iri(predicate), node, DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _text(store: Quads, node: Node, predicate: object) -> str:
    return min((q.object.value for q in _from(store, node, predicate) if isinstance(q.object, Literal)), default="")
