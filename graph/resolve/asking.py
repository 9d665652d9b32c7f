"""What the resolution would say of a name that somebody asks about: which thing of the graph it means, how surely, why.

The name is taken as one more mention, in an act of the authority that is told, if any; the things of the graph as what
they are, never one with another. Then the very matchers of the resolution decide. So a name is sure here exactly where
an act that wrote it would have been tied to that thing; where two fit equally well, neither is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from extract.facts import OrganisationFact, OrganisationKind, PersonName, SessionFacts
from graph.resolve.cluster import Clustering, Pair
from graph.resolve.features import Never, compare
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.names import PersonForm
from graph.resolve.organisations import OrganisationNodes, cluster_organisations
from graph.resolve.person_nodes import PersonNodes, Sitting
from graph.resolve.persons import cluster_persons
from graph.resolve.places import Context
from ontology.authorities import by_siren

#: Authorities of one thing that are looked at: the one told, then the first ones.
_MOST = 6
_ASKED = "?"


@dataclass(frozen=True)
class Seat:
    """The deciding authority whose act would write the name: its key in the graph, its name, its SIREN if known."""

    key: str
    name: str
    siren: str | None = None


@dataclass(frozen=True)
class KnownOrganisation:
    """An organisation of the graph. ``seats`` are the authorities whose acts name it."""

    key: str
    names: tuple[str, ...]
    kind: OrganisationKind = "organisation"
    sigle: str | None = None
    siren: str | None = None
    rna: str | None = None
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class KnownPerson:
    """A person of the graph. ``seats`` are the authorities whose acts name them."""

    key: str
    names: tuple[PersonName, ...]
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """``sure`` is the key of the thing that is meant, None where that is not sure; scores and reasons by key."""

    sure: str | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedOrganisation:
    """An organisation as somebody names it, with the numbers and the authority they tell."""

    name: str
    siren: str | None = None
    rna: str | None = None
    seat: Seat | None = None


def ask_organisation(asked: AskedOrganisation, known: Sequence[KnownOrganisation]) -> Verdict:
    """Which of ``known`` the name means."""
    nodes = OrganisationNodes()
    owners: dict[str, set[str]] = {}
    for each in known:
        fact = OrganisationFact(
            id=each.key, name=each.names[0], kind=each.kind, sigle=each.sigle, aliases=each.names[1:],
            siren=each.siren, rna=each.rna,
        )  # fmt: skip
        for number, seat in enumerate(_nearest(each.seats, asked.seat) or (None,)):
            owners.setdefault(nodes.mention(_context(nodes, seat), each.key, number, fact), set()).add(each.key)
    fact = OrganisationFact(id=_ASKED, name=asked.name, siren=asked.siren, rna=asked.rna)
    mine = nodes.mention(_context(nodes, asked.seat), _ASKED, 0, fact)
    found, unclear = cluster_organisations(nodes.nodes, *_judged(owners))
    return _verdict(mine, owners, found, unclear)


def ask_person(name: PersonName, known: Sequence[KnownPerson], seat: Seat | None = None) -> Verdict:
    """Which of ``known`` the name means: sure only where the assembly is told and the given name is written in full.

    Nobody is held to be the same in two assemblies, and a family name alone is told by the whole of an assembly.
    """
    form = PersonForm.of(name)
    scores, reasons = _likeness(form, known)
    if seat is None or not form.is_full:
        return Verdict(None, scores, reasons)
    nodes = PersonNodes()
    owners: dict[str, set[str]] = {}
    for each in known:
        if any(own.key == seat.key for own in each.seats):
            for written in each.names:
                signature = nodes.mention(Sitting(seat.key, each.key), written)
                owners.setdefault(signature, set()).add(each.key)
    mine = nodes.mention(Sitting(seat.key, _ASKED), name)
    found, unclear = cluster_persons(nodes.nodes, nodes.rosters, *_judged(owners))
    told = _verdict(mine, owners, found, unclear)
    return Verdict(told.sure, {**scores, **told.scores}, {**reasons, **told.reasons})


def _likeness(form: PersonForm, known: Iterable[KnownPerson]) -> tuple[dict[str, float], dict[str, tuple[Reason, ...]]]:
    """How alike the names are, wherever their bearers sit; nobody whose name rules it out."""
    scores: dict[str, float] = {}
    reasons: dict[str, tuple[Reason, ...]] = {}
    for each in known:
        for written in each.names:
            outcome = compare(form, PersonForm.of(written))
            if not isinstance(outcome, Never) and outcome[0] > scores.get(each.key, 0.0):
                scores[each.key], reasons[each.key] = min(1.0, outcome[0]), outcome[1]
    return scores, reasons


def _nearest(seats: Sequence[Seat], told: Seat | None) -> tuple[Seat | None, ...]:
    return tuple(sorted(seats, key=lambda seat: (told is None or seat.key != told.key, seat.key))[:_MOST])


def _context(nodes: OrganisationNodes, seat: Seat | None) -> Context:
    if seat is None:
        return Context(_ASKED)
    place = by_siren(seat.siren) if seat.siren else None
    department = place.department if place else None
    return nodes.authority(SessionFacts(authority=seat.name, department=department, siren=seat.siren), _ASKED)


def _judged(owners: Mapping[str, set[str]]) -> tuple[list[Pair], list[Pair]]:
    """What is settled beforehand: the mentions of one thing belong together, those of two things apart."""
    of_key: dict[str, list[str]] = {}
    for signature, keys in owners.items():
        if len(keys) == 1:
            of_key.setdefault(next(iter(keys)), []).append(signature)
    together = [pair for signatures in of_key.values() for pair in pairwise(sorted(signatures))]
    apart = [
        (one, other)
        for left, right in combinations(sorted(of_key), 2)
        for one in of_key[left]
        for other in of_key[right]
    ]
    return together, apart


def _verdict(mine: str, owners: Mapping[str, set[str]], found: Clustering, unclear: Iterable[Candidate]) -> Verdict:
    scores: dict[str, float] = {}
    reasons: dict[str, tuple[Reason, ...]] = {}

    def note(match: Match) -> None:
        if mine in (match.left, match.right):
            other = match.right if match.left == mine else match.left
            for key in owners.get(other, ()):
                if match.score >= scores.get(key, 0.0):
                    scores[key], reasons[key] = match.score, match.reasons

    for candidate in unclear:
        note(candidate.match)
    cluster = next(c for c in found.clusters if mine in c.members)
    for match in cluster.merges:
        note(match)
    keys = {key for signature in cluster.members for key in owners.get(signature, ())}
    if mine in owners:  # written in just the same way by the same authority, or a body known by its kind and place
        for key in owners[mine]:
            scores[key], reasons[key] = 1.0, (Reason("name.written", 1.0, "écrit de même"),)
    sure = next(iter(keys)) if len(keys) == 1 else None
    if sure is not None:
        scores.setdefault(sure, cluster.confidence)
    return Verdict(sure, scores, reasons)
