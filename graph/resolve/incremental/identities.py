"""Who is who among organisations and persons, one document at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.facts import DocumentFacts
from graph.resolve import entities
from graph.resolve.cluster import Pair
from graph.resolve.incremental import codec
from graph.resolve.incremental.changes import Changes, compared
from graph.resolve.incremental.linking import Linker, OrganisationLinker, PersonLinker
from graph.resolve.incremental.store import Store
from graph.resolve.judgement import Judgement, Judgements
from graph.resolve.match import Candidate
from graph.resolve.mentions import DocumentMentions, Mentions
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.organisations import cluster_organisations
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.persons import cluster_persons
from graph.resolve.registry import Registry

_KINDS = (ORGANISATION, PERSON)
#: Place of a mention in its document → its signature, by kind.
Local = dict[str, dict[str, str]]


@dataclass
class _Reading:
    """A document under way: what it mentions."""

    facts: DocumentFacts
    mentions: Mentions
    document: DocumentMentions


class Identities:
    """The persons and organisations of a set of documents, kept in the registry's file.

    Invariant: the clusters are those that :func:`graph.resolve.resolve` finds in all documents at once, in whatever
    order and batches they came. An update reads the nodes that a document touches and those linked to them, nothing
    else. Keys stay as first minted.

        identities = Identities(registry, read_facts, judgements)
        changes = identities.update([facts])
    """

    def __init__(
        self, registry: Registry, facts: Callable[[str], DocumentFacts], judgements: Sequence[Judgement] = ()
    ) -> None:
        """``facts`` reads again the facts of a document taken in before, by its digest."""
        self._registry = registry
        self._facts = facts
        self._store = Store(registry.connection)
        self._judgements = judgements
        self._linkers: dict[str, Linker] = {
            ORGANISATION: OrganisationLinker(self._store),
            PERSON: PersonLinker(self._store),
        }

    @property
    def documents(self) -> frozenset[str]:
        """The digests of the documents taken in."""
        return self._store.documents()

    def update(self, add: Iterable[DocumentFacts] = (), remove: Iterable[str] = ()) -> Changes:
        """Take documents in, anew where they are known, and others out; all of it or, on an error, nothing."""
        self._store.abandon()  # what an update that failed left behind
        with self._registry.transaction():
            return self._update({facts.sha256: facts for facts in add}, list(remove))

    def keys(self, digest: str) -> dict[str, str]:
        """Place of each mention in a document → ``type/key``. Raises KeyError for a document not taken in.

        Places are "session 0/authority", "session 0/member 3", "act 0/organisation o1", "act 0/person 2" …
        """
        found: dict[str, str] = {}
        for kind, places in self._store.local(digest).items():
            keys = self._registry.assigned(kind, set(places.values()))
            found.update({place: f"{kind}/{keys[signature]}" for place, signature in places.items()})
        return found

    def _update(self, add: Mapping[str, DocumentFacts], remove: Sequence[str]) -> Changes:
        judgements = Judgements(self._judgements, self._registry)
        touched = self._judged(judgements)
        for digest in (*remove, *add):
            if self._store.has(digest):
                for kind in _KINDS:
                    touched[kind] |= self._store.withdraw(kind, digest)
                self._store.forget(digest)
        readings = [self._begin(add[digest]) for digest in sorted(add)]
        for reading in readings:
            touched[ORGANISATION] |= self._say_organisations(reading)
        changes, rekeyed = self._settle(ORGANISATION, touched[ORGANISATION], judgements)
        readings += self._moved(rekeyed, touched)
        for reading in readings:
            touched[PERSON] |= self._say_persons(reading)
        persons, _ = self._settle(PERSON, touched[PERSON], judgements)
        total = changes + persons
        return replace(total, documents=total.documents | frozenset(add))

    @staticmethod
    def _begin(facts: DocumentFacts) -> _Reading:
        mentions = Mentions()
        return _Reading(facts, mentions, mentions.begin(facts))

    def _judged(self, judgements: Judgements) -> dict[str, set[str]]:
        """The ends of the pairs that were judged otherwise, or not at all, when this was last done."""
        now = {
            (kind, verb, *pair)
            for kind in _KINDS
            for verb, pairs in (("together", judgements.together(kind)), ("apart", judgements.apart(kind)))
            for pair in pairs
        }
        touched: dict[str, set[str]] = {kind: set() for kind in _KINDS}
        for kind, _, one, other in now ^ self._store.judged():
            touched[kind] |= {one, other}
        if any(touched.values()):
            self._store.set_judged(now)
        return touched

    def _say_organisations(self, reading: _Reading) -> set[str]:
        nodes = reading.mentions.organisations.nodes
        said = {s: codec.organisation_to_plain(node) for s, node in nodes.items()}
        self._store.contribute(ORGANISATION, reading.facts.sha256, said)
        return set(said)

    def _say_persons(self, reading: _Reading) -> set[str]:
        contexts = {session.context.signature for session in reading.document.sessions}
        reading.mentions.name_people(reading.document, self._registry.assigned(ORGANISATION, contexts))
        persons = reading.mentions.persons
        said = {s: codec.person_to_plain(node) for s, node in persons.nodes.items()}
        self._store.add_rosters(persons.rosters)
        self._store.contribute(PERSON, reading.facts.sha256, said)
        self._store.keep(reading.facts.sha256, _local(reading.document))
        return set(said)

    def _moved(self, rekeyed: frozenset[str], touched: dict[str, set[str]]) -> list[_Reading]:
        """The documents taken in before whose authority has another key: their persons belong there now."""
        moved: list[_Reading] = []
        for digest in sorted(self._store.said_in(ORGANISATION, rekeyed)):
            if not self._store.has(digest):
                continue  # one of this update: its persons are read after
            places = self._store.local(digest)[ORGANISATION]
            if any(place.endswith("/authority") and signature in rekeyed for place, signature in places.items()):
                touched[PERSON] |= self._store.withdraw(PERSON, digest)
                moved.append(self._begin(self._facts(digest)))
        return moved

    def _settle(self, kind: str, touched: set[str], judgements: Judgements) -> tuple[Changes, frozenset[str]]:
        """Cluster anew what is linked to the nodes touched; also the signatures that had another key before."""
        together, apart = judgements.together(kind), judgements.apart(kind)
        start = self._linkers[kind].refresh(touched)
        members = self._store.component(kind, start, _neighbours((*together, *apart)))
        before = self._registry.assigned(kind, members | touched)
        after, candidates = self._clustered(kind, members, together, apart)
        rekeyed = frozenset(s for s, key in after.items() if before.get(s, key) != key)
        changes = compared(kind, before, after, touched)
        documents = self._store.said_in(kind, rekeyed)
        return replace(changes, candidates=candidates, documents=documents), rekeyed

    def _clustered(
        self, kind: str, members: Iterable[str], together: Sequence[Pair], apart: Sequence[Pair]
    ) -> tuple[dict[str, str], tuple[Candidate, ...]]:
        """Signature → key of the members that there are, and the pairs left for review."""
        plain = self._store.nodes(kind, sorted(members))
        if kind == ORGANISATION:
            organisations = {s: codec.organisation_of_plain(s, node) for s, node in plain.items()}
            found, candidates = cluster_organisations(organisations, together, apart)
            return entities.organisations(found.clusters, organisations, self._registry)[1], candidates
        persons = {s: codec.person_of_plain(node) for s, node in plain.items()}
        rosters = self._store.rosters(sorted({r for node in persons.values() for r in node.rosters}))
        found, candidates = cluster_persons(persons, rosters, together, apart)
        return entities.persons(found.clusters, persons, self._registry)[1], candidates


def _neighbours(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _local(document: DocumentMentions) -> Local:
    organisations: dict[str, str] = {}
    people: dict[str, str | None] = {}
    for number, session in enumerate(document.sessions):
        if session.facts.authority is not None:
            organisations[f"session {number}/authority"] = session.context.signature
        names = ["president", "secretary"]
        names += [f"{what} {i}" for i in range(len(session.facts.attendance)) for what in ("member", "holder")]
        people.update({f"session {number}/{n}": s for n, s in zip(names, session.people, strict=True)})
    for number, act in enumerate(document.acts):
        organisations.update({f"act {number}/organisation {i}": s for i, s in act.organisations.items()})
        people.update({f"act {number}/person {i}": s for i, s in enumerate(act.persons)})
        for role, voters in act.voters.items():
            people.update({f"act {number}/{role} {i}": s for i, s in enumerate(voters)})
    return {ORGANISATION: organisations, PERSON: {place: s for place, s in people.items() if s}}
