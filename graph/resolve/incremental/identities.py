"""Who is who among organisations and persons: the nodes that an update touches and those linked to them, no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from extract.facts import DocumentFacts
from graph.resolve import entities
from graph.resolve.cluster import Pair
from graph.resolve.incremental import codec, things
from graph.resolve.incremental.linking import Linker, OrganisationLinker, PersonLinker
from graph.resolve.incremental.packing import dump
from graph.resolve.incremental.store import Store
from graph.resolve.incremental.things import Things
from graph.resolve.judgement import Judgements
from graph.resolve.match import Candidate
from graph.resolve.mentions import DocumentMentions, Mentions
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.organisations import cluster_organisations
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.persons import cluster_persons
from graph.resolve.registry import Claim, Registry

T = TypeVar("T")
BODY = "body"
KINDS = (ORGANISATION, PERSON, BODY)
#: Documents whose keys are looked up together.
TOGETHER = 250
#: Nodes that are clustered together, with those linked to them.
_NODES = 500


@dataclass
class Reading:
    """A document under way: what it mentions and, once all is settled, the keys of that by kind and signature."""

    facts: DocumentFacts
    mentions: Mentions
    document: DocumentMentions
    keys: dict[str, Mapping[str, str]] = field(default_factory=dict)
    signatures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def begin(cls, facts: DocumentFacts) -> Reading:
        """Its organisations and authorities; its persons are named once the keys of the authorities are known."""
        mentions = Mentions()
        return cls(facts, mentions, mentions.begin(facts))

    def named(self, kind: str) -> Collection[str]:
        """Signatures of what it mentions of a kind."""
        if kind in self.signatures:
            return self.signatures[kind]
        mentioned = self.mentions
        if kind == ORGANISATION:
            return mentioned.organisations.nodes
        return mentioned.persons.nodes if kind == PERSON else mentioned.organs.nodes

    def close_organisations(self) -> None:
        """Keep signatures alone of its organisations, once they are said: thousands of documents may be under way."""
        self.signatures = {ORGANISATION: tuple(self.named(ORGANISATION))}
        self.mentions = Mentions()

    def close(self) -> None:
        """The same of all that it mentions."""
        self.signatures = {kind: tuple(self.named(kind)) for kind in KINDS}
        self.mentions = Mentions()
        for session in self.document.sessions:
            session.roster = None

    @property
    def authorities(self) -> frozenset[str]:
        """Signatures of the authorities of its séances."""
        return frozenset(session.context.signature for session in self.document.sessions)


class Identities:
    """The remembered nodes of persons, organisations and organs, and the clusters of the first two.

    Invariant: the clusters are those that :class:`graph.resolve.resolver.Resolver` finds in all documents at once, in
    whatever order and batches they came.
    """

    def __init__(self, registry: Registry, store: Store, found: Things, judgements: Judgements) -> None:
        """``judgements`` are read with the keys minted before this update."""
        self._registry = registry
        self._store = store
        self._things = found
        self._together = {kind: judgements.together(kind) for kind in (ORGANISATION, PERSON)}
        self._apart = {kind: judgements.apart(kind) for kind in (ORGANISATION, PERSON)}
        self._linkers: dict[str, Linker] = {ORGANISATION: OrganisationLinker(store), PERSON: PersonLinker(store)}

    def say_organisations(self, reading: Reading) -> set[str]:
        """Take in the organisations of a document; returns their signatures."""
        nodes = reading.mentions.organisations.nodes
        said = {s: codec.organisation_to_plain(node) for s, node in nodes.items()}
        self._store.contribute(ORGANISATION, reading.facts.sha256, said)
        return set(said)

    def name_people(self, reading: Reading) -> None:
        """Tell the persons of a document by the keys that its authorities have now."""
        reading.mentions.name_people(reading.document, self._registry.assigned(ORGANISATION, reading.authorities))

    def say_persons(self, reading: Reading) -> set[str]:
        """Take in the persons of a document; returns their signatures."""
        persons = reading.mentions.persons
        said = {s: codec.person_to_plain(node) for s, node in persons.nodes.items()}
        self._store.add_rosters(persons.rosters)
        self._store.contribute(PERSON, reading.facts.sha256, said)
        return set(said)

    def say_bodies(self, reading: Reading) -> set[str]:
        """Take in the organs of a document; returns their signatures."""
        said = {s: codec.organ_to_plain(node) for s, node in reading.mentions.organs.nodes.items()}
        self._store.contribute(BODY, reading.facts.sha256, said)
        return set(said)

    def settle(self, kind: str, touched: Collection[str]) -> frozenset[str]:
        """Cluster anew what is linked to the nodes touched; returns the signatures that had another key before."""
        start = self._linkers[kind].refresh(touched)
        if not start and not touched:
            return frozenset()
        groups = self._reached(kind, start, touched)
        asked = set(touched).union(*groups)
        before = self._registry.assigned(kind, asked)
        after, candidates = self._clustered(kind, groups, set(before.values()))
        self._things.review(kind, asked, candidates)
        return frozenset(s for s, key in after.items() if before.get(s, key) != key)

    def settle_bodies(self, touched: Collection[str]) -> None:
        """Mint the keys of the organs touched."""
        nodes = {s: codec.organ_of_plain(plain) for s, plain in self._store.nodes(BODY, sorted(touched)).items()}
        organisations = self._registry.assigned(ORGANISATION, {node.authority for node in nodes.values()})
        entities.assign_bodies(nodes, organisations, self._registry)

    def look_up(self, readings: Iterable[Reading]) -> None:
        """Tell the keys of what documents mention."""
        for some in batched(readings, TOGETHER):
            for kind in KINDS:
                signatures = {s for reading in some for s in reading.named(kind)}
                keys = self._registry.assigned(kind, signatures)
                for reading in some:
                    reading.keys[kind] = {s: keys[s] for s in reading.named(kind)}

    def _reached(self, kind: str, start: frozenset[str], touched: Collection[str]) -> list[frozenset[str]]:
        """The nodes that links, judgements or keys they share lead to, in groups that nothing links."""
        joined = _neighbours((*self._together[kind], *self._apart[kind]))
        members: set[str] = set()
        groups: list[frozenset[str]] = []
        found, asked = start, set(touched)
        while True:
            for signature in sorted(found):
                if signature not in members:
                    groups.append(self._store.component(kind, (signature,), joined))
                    members |= groups[-1]
                    asked |= groups[-1]
            found = self._store.present(kind, sorted(self._registry.sharing(kind, asked) - members))
            if not found:
                return groups
            asked = set()

    def _clustered(
        self, kind: str, groups: Iterable[Collection[str]], old: Collection[str]
    ) -> tuple[dict[str, str], Sequence[Candidate]]:
        """Signature → key of the members that there are, and the pairs left for review.

        Of nodes that nothing links none can change what another comes to: some groups are in memory at a time, and of
        each thing what it came to. Keys are minted at the end, in the order in which they are of all nodes at once.
        """
        made: list[tuple[Claim, str]] = []
        candidates: list[Candidate] = []
        for some in _together(groups):
            things_made, left = self._made(kind, some)
            made += things_made
            candidates += left
        made.sort(key=lambda each: each[0].signatures)
        minted = self._registry.assign(kind, [claim for claim, _ in made])
        self._things.drop(kind, old)
        self._things.put(kind, ((m.key, None, told) for m, (_, told) in zip(minted, made, strict=True)))
        keys = {s: m.key for m, (claim, _) in zip(minted, made, strict=True) for s in claim.signatures}
        return keys, candidates

    def _made(self, kind: str, members: Iterable[str]) -> tuple[list[tuple[Claim, str]], Sequence[Candidate]]:
        """What some members come to: the claim and the written values of each thing; the pairs left for review."""
        plain = self._store.nodes(kind, sorted(members))
        together, apart = self._together[kind], self._apart[kind]
        if kind == ORGANISATION:
            organisations = {s: codec.organisation_of_plain(s, node) for s, node in plain.items()}
            found, candidates = cluster_organisations(organisations, together, apart)
            bodies = (entities.organisation(group, organisations) for group in found.clusters)
            return [(claim, dump(things.organisation_plain(each, seat))) for each, claim, seat in bodies], candidates
        persons = {s: codec.person_of_plain(node) for s, node in plain.items()}
        rosters = self._store.rosters(sorted({r for node in persons.values() for r in node.rosters}))
        found, candidates = cluster_persons(persons, rosters, together, apart)
        people = (entities.person(group, persons) for group in found.clusters)
        return [(claim, dump(things.person_plain(each))) for each, claim in people], candidates


def _together(groups: Iterable[Collection[str]]) -> Iterator[list[str]]:
    """The members of some groups at a time."""
    some: list[str] = []
    for group in groups:
        some += group
        if len(some) >= _NODES:
            yield some
            some = []
    if some:
        yield some


def batched(every: Iterable[T], size: int) -> Iterator[list[T]]:
    """``every`` in lists of ``size``, the last one shorter."""
    left = iter(every)
    while some := list(islice(left, size)):
        yield some


def _neighbours(pairs: Iterable[Pair]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found
