"""Which acts, séances and organs are one: the same act may come in several files (.txt and .pdf).

An act is known by its organ, its date and its number, or its title (compared letter by letter: two grants of one
séance may differ by a name alone) and the grants it awards: "Attribution d'une subvention" may be the title of each
act of an evening. Extracts of one séance often show different rosters, as people come and go:
each state of the header is a session node of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extract.facts import ActFacts, SessionFacts
from graph.iri import dockey, short_hash, slug
from graph.normal import compact, words
from graph.resolve.cluster import cluster
from graph.resolve.grants import Grants, grants_of, told_together
from graph.resolve.match import Match
from graph.resolve.registry import Claim, Minted, Registry
from graph.resolve.spelling import SpellingCounter


@dataclass
class OrganNode:
    """A governing body: its authority's signature and how acts write it. The signature is "authority|words"."""

    authority: str
    names: SpellingCounter = field(default_factory=SpellingCounter)


class Organs:
    """Collects the governing bodies of all acts."""

    def __init__(self) -> None:
        self.nodes: dict[str, OrganNode] = {}

    def add(self, authority: str, name: str, digest: str) -> str:
        """Signature of the organ that a header names ("Bureau métropolitain")."""
        signature = f"{authority}|{'-'.join(words(name))}"
        self.nodes.setdefault(signature, OrganNode(authority)).names.add(name, digest)
        return signature


class Stated(Protocol):
    """A header as far as séances are concerned: where it belongs, and a digest of all it says."""

    @property
    def signature(self) -> str:
        """That of the header in its document."""

    @property
    def place(self) -> str:
        """Organ and date."""

    @property
    def state(self) -> str:
        """A digest of all that the header says, on resolved persons."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header of one document, its names resolved: what tells one state of a séance from another."""

    signature: str
    place: str
    facts: SessionFacts
    people: tuple[str | None, ...]

    @property
    def state(self) -> str:
        """A digest of all that the header says, on resolved persons."""
        facts = self.facts
        roster = sorted(
            f"{person} {entry.status} {holder} {entry.valid_from} {entry.valid_until}"
            for person, holder, entry in zip(self.people[2::2], self.people[3::2], facts.attendance, strict=True)
        )
        counts = (facts.members, facts.members_in_office, facts.present_count, facts.proxy_count)
        return short_hash(*counts, facts.convocation_date, *self.people[:2], *roster)


def session_place(organ: str, date: dt.date | None, digest: str, index: int) -> str:
    """What séances share: organ and date; a header without a date is a séance of its own."""
    return f"{organ}|{date}" if date else f"doc:{dockey(digest)}#{index}"


def session_states(headers: Iterable[Stated]) -> dict[tuple[str, str], list[str]]:
    """(place, state) → signatures of the headers in that state, in canonical order.

    The commonest state of a place comes first: it is the one minted without a number.
    """
    states: dict[tuple[str, str], list[str]] = {}
    for header in headers:
        states.setdefault((header.place, header.state), []).append(header.signature)
    order = sorted(states, key=lambda key: (key[0], -len(states[key]), key[1]))
    return {key: sorted(states[key]) for key in order}


def assign_sessions(
    headers: Iterable[Stated], slugs: Mapping[str, str], registry: Registry
) -> dict[str, tuple[str, str | None]]:
    """Signature of each header → key of its session, and of the one it is a version of. ``slugs`` are by place.

    All headers of a place must be given together.
    """
    states = session_states(headers)
    claims = [Claim(tuple(members), (slugs[place],)) for (place, _), members in states.items()]
    first: dict[str, Minted] = {}
    minted = registry.assign("session", claims)
    for (place, _), found in zip(states, minted, strict=True):
        if place not in first or found.rank < first[place].rank:
            first[place] = found
    out: dict[str, tuple[str, str | None]] = {}
    for ((place, _), members), found in zip(states.items(), minted, strict=True):
        original = first[place].key
        out.update(dict.fromkeys(members, (found.key, original if original != found.key else None)))
    return out


@dataclass(frozen=True, slots=True)
class ActNode:
    """One act in one document. ``place`` is the organ and date it shares with its séance, ``grants`` what it awards."""

    signature: str
    place: str
    number: str | None
    title: str | None
    ordinal: int
    grants: Grants = ()


def act_nodes(digest: str, places: Sequence[str], acts: Sequence[ActFacts]) -> list[ActNode]:
    """The acts of a document; acts of one title in one séance are numbered in their order."""
    seen: Counter[tuple[str, str]] = Counter()
    nodes: list[ActNode] = []
    for index, act in enumerate(acts):
        place = places[act.session]
        title = compact(act.title or "") or None
        seen[place, title or ""] += 1
        number = compact(act.number or "") or None
        ordinal = seen[place, title or ""]
        nodes.append(ActNode(f"doc:{digest}#{index}", place, number, title, ordinal, grants_of(act)))
    return nodes


def same_acts(nodes: Sequence[ActNode]) -> dict[str, tuple[str, ...]]:
    """First signature of each act → all its signatures, over all documents.

    A number makes two acts one; a title does too, unless their numbers differ or no grant of one is in the other.
    """
    numbers = {node.signature: node.number for node in nodes}
    matches = [*_same_number(nodes), *_same_title(nodes)]

    def conflict(one: frozenset[str], other: frozenset[str]) -> str | None:
        told = {numbers[s] for s in one | other} - {None}
        return "numéros différents" if len(told) > 1 else None

    found = cluster("deliberation", numbers, matches, conflict)
    return {group.members[0]: group.members for group in found.clusters}


def natural_signatures(nodes: Iterable[ActNode]) -> tuple[str, ...]:
    """The signatures under which an act is registered: by number, by title, and those of its documents."""
    found: set[str] = set()
    for node in nodes:
        if not node.place.startswith("doc:"):
            if node.number:
                found.add(f"{node.place}|n:{node.number}")
            elif node.title:
                told = f"${short_hash(*map(str, node.grants))}" if node.grants else ""
                found.add(f"{node.place}|t:{short_hash(node.title)}#{node.ordinal}{told}")
        found.add(node.signature)
    return tuple(sorted(found, key=lambda s: (s.startswith("doc:"), s)))


def assign_acts(nodes: Sequence[ActNode], slugs: Mapping[str, str], registry: Registry) -> dict[str, str]:
    """Signature of each act in each document → its key; ``slugs`` are by signature.

    All acts of a place must be given together.
    """
    by_signature = {node.signature: node for node in nodes}
    groups = list(same_acts(nodes).values())
    natural = {group: natural_signatures(by_signature[s] for s in group) for group in groups}
    groups.sort(key=lambda group: natural[group])
    claims = [Claim(natural[g], (min(slugs[s] for s in g),)) for g in groups]
    minted = registry.assign("deliberation", claims)
    return {s: found.key for group, found in zip(groups, minted, strict=True) for s in group}


def act_slug(organ: str, act: ActFacts, date: dt.date | None, title: str | None) -> str:
    """Key of an act: organ, date, beginning of the title (already masked); its number where it has no title."""
    tail = slug(title, 24) if title else slug(act.number or "sans-titre", 24)
    return "-".join(part for part in (organ, str(date) if date else "", tail) if part)


def _same_number(nodes: Sequence[ActNode]) -> Iterator[Match]:
    for group in _groups(nodes, lambda n: n.number):
        for other in group[1:]:
            yield Match.of(group[0].signature, other.signature, 1.0, ())


def _same_title(nodes: Sequence[ActNode]) -> Iterator[Match]:
    """Acts without a number first, then with the numbered one of their title, where there is but one."""
    titled = _groups(nodes, lambda n: n.title and f"{n.title}#{n.ordinal}")
    for group in (part for each in titled for part in told_together(each, lambda n: n.grants)):
        plain = [node.signature for node in group if node.number is None]
        for other in plain[1:]:
            yield Match.of(plain[0], other, 1.0, ())
        for node in group if plain else ():
            if node.number is not None:
                yield Match.of(plain[0], node.signature, 0.95, ())


def _groups(nodes: Sequence[ActNode], key: Callable[[ActNode], str | None]) -> Iterator[list[ActNode]]:
    """Acts of one place that share a key, in canonical order."""
    groups: dict[tuple[str, str], list[ActNode]] = {}
    for node in sorted(nodes, key=lambda n: n.signature):
        found = key(node)
        if found and not node.place.startswith("doc:"):
            groups.setdefault((node.place, found), []).append(node)
    yield from groups.values()
