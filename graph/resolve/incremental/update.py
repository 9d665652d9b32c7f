"""One update of what is remembered: documents come and go, and what that touches is resolved anew, nothing else.

A document is *read* again where anything that it names may have another key: its facts then say the rest once more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from extract.facts import DocumentFacts
from graph.resolve.assembly import Keys, territories
from graph.resolve.incremental.identities import BODY, KINDS, TOGETHER, Reading, batched
from graph.resolve.incremental.tables import Tables
from graph.resolve.incremental.under_way import UnderWay
from graph.resolve.judgement import Judgements
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.parts import Parts
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.programmes import KIND as PROGRAMME
from graph.resolve.resolution import DocumentKeys

_JUDGED = (ORGANISATION, PERSON, PROGRAMME)


class Update:
    """An update under way. ``facts`` reads the facts of a document by its digest."""

    def __init__(self, tables: Tables, facts: Callable[[str], DocumentFacts]) -> None:
        """Inside a transaction of the registry."""
        self._tables = tables
        self._facts = facts
        self._readings = UnderWay(facts, tables.registry.folder)
        self._touched: dict[str, set[str]] = {kind: set() for kind in (*KINDS, PROGRAMME)}
        self._places: set[str] = set()
        self._acts: set[str] = set()
        self._numbers: set[str] = set()

    def run(self, add: Collection[str], gone: Collection[str], stamps: Mapping[str, str]) -> None:
        """Take out the documents ``gone``, then take in those to ``add``; a document may be one and the other."""
        self._judge()
        for digest in gone:
            for kind in KINDS:
                self._touched[kind] |= self._tables.store.withdraw(kind, digest)
            self._withdraw(digest)
            self._tables.parts.withdraw(digest)
        self._tables.documents.forget(gone)
        moved = self._settle_organisations(add)
        self._settle_persons(add, moved)
        rekeyed, acted = self._settle_places()
        self._settle_parts(acted)
        self._read_settled(rekeyed)
        for digest, reading in self._readings:
            self._tables.documents.keep(reading, stamps[digest], self._assembled(reading))

    def _judge(self) -> None:
        """The ends of the pairs that were judged otherwise, or not at all, at the last update are touched."""
        now, before = _judged(self._tables.judgements), self._tables.store.judged()
        for kind, _, one, other in now ^ before:
            self._touched[kind] |= {one, other}
        if now != before:
            self._tables.store.set_judged(now)

    def _read(self, digests: Iterable[str]) -> None:
        """Read documents that were taken in before, unless they are being read."""
        for digest in sorted(set(digests) - self._readings.digests()):
            reading = self._readings[digest] = Reading.begin(self._facts(digest))
            self._tables.identities.name_people(reading)

    def _read_settled(self, digests: Iterable[str]) -> None:
        """The same, once organisations and persons have their keys."""
        new = set(digests) - self._readings.digests()
        self._read(new)
        self._tables.identities.look_up(self._readings[digest] for digest in sorted(new))

    def _withdraw(self, digest: str) -> None:
        """Take out what a document says of séances, acts and programmes."""
        self._places |= self._tables.sessions.withdraw(digest)
        acts, numbers = self._tables.deeds.withdraw(digest)
        self._acts |= acts
        self._numbers |= numbers
        self._touched[PROGRAMME] |= self._tables.programmes.withdraw(digest)

    def _settle_organisations(self, add: Iterable[str]) -> frozenset[str]:
        """Who the organisations are; returns the documents, taken in before, whose authority has another key."""
        tables, touched = self._tables, self._touched[ORGANISATION]
        for digest in add:
            reading = self._readings[digest] = Reading.begin(self._facts(digest))
            touched |= tables.identities.say_organisations(reading)
            reading.close_organisations()
        rekeyed = tables.identities.settle(ORGANISATION, touched)
        naming = tables.store.said_in(ORGANISATION, rekeyed)
        moved = frozenset(d for d in naming if not tables.documents.authorities(d).isdisjoint(rekeyed))
        affected = touched | rekeyed
        self._read(naming | tables.programmes.displaced(affected, self._organisations(affected)))
        return moved

    def _settle_persons(self, add: Iterable[str], moved: frozenset[str]) -> None:
        """Who the persons are, and the organs."""
        tables, touched = self._tables, self._touched[PERSON]
        for digest in moved:
            touched |= tables.store.withdraw(PERSON, digest)
        for digest in sorted(moved):
            touched |= tables.identities.say_persons(self._readings[digest])
        for digest in add:
            reading = self._readings[digest]
            tables.identities.name_people(reading)
            touched |= tables.identities.say_persons(reading)
            self._touched[BODY] |= tables.identities.say_bodies(reading)
            reading.close()
        rekeyed = tables.identities.settle(PERSON, touched)
        tables.identities.settle_bodies(self._touched[BODY])
        self._read(tables.store.said_in(PERSON, rekeyed))

    def _settle_places(self) -> tuple[set[str], set[str]]:
        """Séances, acts and programmes; returns the documents that name one with another key, by séance or number,

        and those that do so in an act: its parts are of the act or the programme.
        """
        tables = self._tables
        for digest, reading in self._looked_up():
            self._withdraw(digest)
            document = reading.document
            named = {**self._organisations(territories(document)), **reading.keys[ORGANISATION]}
            self._places |= tables.sessions.say(document, reading.keys[PERSON], reading.keys[BODY])
            self._acts |= tables.deeds.say(document, reading.keys[BODY])
            self._touched[PROGRAMME] |= tables.programmes.say(document, named)
        rekeyed = tables.sessions.settle(self._places)
        acted, citing = tables.deeds.settle(self._acts, self._numbers)
        return rekeyed | citing, acted | tables.programmes.settle(self._touched[PROGRAMME])

    def _looked_up(self) -> Iterator[tuple[str, Reading]]:
        """The documents under way, with the keys of those that they name."""
        for some in batched(self._readings, TOGETHER):
            self._tables.identities.look_up([reading for _, reading in some])
            yield from some

    def _settle_parts(self, acted: Iterable[str]) -> None:
        """Agreements, strands, actions and fundings."""
        tables = self._tables
        self._read_settled(acted)
        for digest, reading in self._readings:
            tables.parts.withdraw(digest)
            tables.parts.say(_with_parts(reading, self._keys(reading)))
        self._read_settled(tables.parts.settle())

    def _assembled(self, reading: Reading) -> DocumentKeys:
        """The keys of all that a document names."""
        keys = self._keys(reading)
        if any(act.parts is None for act in reading.document.acts):
            _with_parts(reading, keys)
        self._tables.parts.fill(reading.facts.sha256, [act.parts for act in reading.document.acts if act.parts])
        return keys.document(reading.document)

    def _keys(self, reading: Reading) -> Keys:
        """What the signatures of a document stand for now, and its acts with their parts."""
        tables, digest = self._tables, reading.facts.sha256
        for index, act in enumerate(reading.document.acts):
            act.programmes = index
        return Keys(
            reading.keys[ORGANISATION],
            reading.keys[PERSON],
            reading.keys[BODY],
            tables.programmes.keys(digest, len(reading.document.acts)),
            tables.sessions.keys(digest),
            tables.deeds.keys(digest),
            tables.deeds.cited,
        )

    def _organisations(self, signatures: Collection[str]) -> dict[str, str]:
        """The keys of those that any document names."""
        return self._tables.registry.assigned(ORGANISATION, self._tables.store.present(ORGANISATION, signatures))


def _with_parts(reading: Reading, keys: Keys) -> Parts:
    """The parts of a document, as yet without keys but for the private beneficiaries."""
    parts = Parts()
    for index, act in enumerate(reading.document.acts):
        act.parts = parts.act(keys.scope(reading.document, index))
    return parts


def _judged(judgements: Judgements) -> set[tuple[str, str, str, str]]:
    return {
        (kind, verb, *pair)
        for kind in _JUDGED
        for verb, pairs in (("together", judgements.together(kind)), ("apart", judgements.apart(kind)))
        for pair in pairs
    }
