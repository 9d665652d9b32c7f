"""The resolution of all documents, where only what is new about them is resolved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from extract.facts import DocumentFacts
from graph.resolve import entities
from graph.resolve.incremental import codec, things
from graph.resolve.incremental.identities import BODY
from graph.resolve.incremental.looked_up import Later, LaterMapping, LookedUp
from graph.resolve.incremental.state import State
from graph.resolve.incremental.tables import Tables
from graph.resolve.incremental.update import Update
from graph.resolve.judgement import Judgement, Judgements
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.programmes import KIND as PROGRAMME
from graph.resolve.registry import Registry
from graph.resolve.resolution import (
    BodyEntity,
    Entity,
    Mark,
    OrganisationEntity,
    PersonEntity,
    ProgrammeEntity,
    Resolution,
    Written,
)
from graph.resolve.spelling import Spelling, SpellingCounter

#: Documents whose keys stay in memory: each is looked at for a while, then the next.
_DOCUMENTS = 100
#: Things of a kind that stay in memory: those of one authority come back in its acts, most others do not.
_THINGS = 1_024
#: In the written values of an organisation that is part of no other (:func:`packing.dump` writes no spaces).
_SEATLESS: Final = '"seat":null'


class KeptResolver:
    """Resolves a set of documents of which most were resolved before.

    Invariant: the outcome is that of :class:`graph.resolve.resolver.Resolver` with the same registry, in whatever
    batches the documents came and went. What is not remembered, or no longer true, is resolved anew.

        state = State(registry)
        with registry.transaction():
            resolution = KeptResolver(state, registry, judgements).resolve(stamps, read_facts)
    """

    def __init__(self, state: State, registry: Registry, judgements: Sequence[Judgement]) -> None:
        """Keys are minted in ``registry``, inside the caller's transaction."""
        state.renew()
        self._state = state
        self._tables = Tables.of(registry, Judgements(judgements, registry))

    def resolve(self, stamps: Mapping[str, str], facts: Callable[[str], DocumentFacts]) -> Resolution:
        """The resolution of the documents ``stamps`` (digest → what changes whenever their facts do).

        ``facts`` reads those of one document; only new ones are read, and those whose keys may change with them. It
        may be looked up as long as the registry is open. Raises :class:`StateError` where what is remembered is
        damaged.
        """
        known = self._tables.documents.stamps()
        add = sorted(digest for digest, stamp in stamps.items() if known.get(digest) != stamp)
        gone = sorted(digest for digest, stamp in known.items() if stamps.get(digest) != stamp)
        Update(self._tables, facts).run(add, gone, stamps)
        if add or gone:
            self._state.settle()
        return _Reader(self._tables).resolution()


class _Reader:
    """Looks up what is remembered."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._follows: dict[str, dict[str, tuple[str, ...]]] = {}
        self._said: dict[tuple[str, str], dict[str, codec.Plain]] = {}

    @cached_property
    def _documents(self) -> int:
        """How many there are: asked of each entity, and a walk through all of them."""
        return self._tables.documents.count()

    def resolution(self) -> Resolution:
        tables, registry = self._tables, self._tables.registry
        return Resolution(
            documents=LookedUp(tables.documents.keys, tables.documents.digests, _DOCUMENTS),
            persons=LookedUp(self._person, lambda: tables.things.keys(PERSON), _THINGS),
            organisations=LookedUp(self._organisation, lambda: tables.things.keys(ORGANISATION), _THINGS),
            programmes=LookedUp(self._programme, lambda: tables.things.keys(PROGRAMME), _THINGS),
            bodies=LookedUp(self._body, self._bodies),
            labels=LookedUp(self._label, tables.parts.labelled),
            candidates=Later(tables.things.candidates),
            redirects=LaterMapping(registry.redirects),
            rejected=tables.judgements.rejected,
            accepted=tables.judgements.accepted,
            written=self._written,
            stamped=tables.documents.stamp,
            marked=self._marks,
            homed=self._homes,
            said=tables.things.said,
        )

    def _marks(self, kind: str) -> Iterator[Mark]:
        """As they are written: thousands are gone through to find the few that changed."""
        read: Callable[[str], Entity | None] = self._programme if kind == PROGRAMME else self._organisation
        for key, data in self._tables.things.written(kind):
            if kind == PERSON or (kind == ORGANISATION and _SEATLESS in data):
                yield Mark(key, data.encode())
            elif (entity := read(key)) is not None:
                yield Mark.of(entity)

    def _homes(self, kind: str, signatures: Collection[str]) -> dict[str, str] | None:
        """None for programmes: they are few, and gone through."""
        if kind == PROGRAMME:
            return None
        return self._tables.registry.assigned(kind, self._tables.store.present(kind, signatures))

    def _person(self, key: str) -> PersonEntity | None:
        plain = self._tables.things.get(PERSON, key)
        return things.person(key, plain) if plain else None

    def _organisation(self, key: str) -> OrganisationEntity | None:
        plain = self._tables.things.get(ORGANISATION, key)
        if plain is None:
            return None
        seat = self._tables.store.present(ORGANISATION, [plain["seat"]]) if plain["seat"] else frozenset()
        part_of = self._tables.registry.assigned(ORGANISATION, seat)
        return things.organisation(key, plain, part_of.get(plain["seat"]))

    def _programme(self, key: str) -> ProgrammeEntity | None:
        plain = self._tables.things.get(PROGRAMME, key)
        if plain is None:
            return None
        scope = plain["of"][0]
        if scope not in self._follows:
            self._follows[scope] = self._tables.programmes.follows(scope)
        return things.programme(key, plain, self._follows[scope].get(key, ()))

    def _body(self, key: str) -> BodyEntity | None:
        found = self._tables.store.nodes(BODY, sorted(self._tables.registry.signatures(BODY, key)))
        if not found:
            return None
        ((signature, plain),) = found.items()
        node = codec.organ_of_plain(plain)
        seat = self._tables.store.present(ORGANISATION, [node.authority])
        authority = self._tables.registry.assigned(ORGANISATION, seat).get(node.authority)
        owner = self._organisation(authority) if authority else None
        return entities.body_entity(key, signature, node, authority, owner.names[0].text if owner else None)

    def _bodies(self) -> Iterator[str]:
        yield from sorted(self._tables.registry.assigned(BODY, self._tables.store.signatures(BODY)).values())

    def _label(self, reference: str) -> str | None:
        return self._tables.parts.label(*reference.split("/", 1))

    def _written(self, kind: str, entity: Entity, published: Collection[str]) -> Written:
        """How the documents given write an entity: as remembered where they are all, else as each says."""
        if len(published) >= self._documents:
            return entity.names, entity.aliases
        names, aliases = self._counted(kind, entity, published)
        known = {spelling.text for spelling in entity.names}
        others = {spelling.text for spelling in entity.aliases}
        return names.spellings(known), aliases.spellings(others)

    def _counted(
        self, kind: str, entity: Entity, published: Collection[str]
    ) -> tuple[SpellingCounter, SpellingCounter]:
        """What may be the names, and the aliases, of an entity in the documents given."""
        if kind == PROGRAMME:
            written = self._tables.programmes.spellings(published, entity.key)
            return written, written
        names, aliases = SpellingCounter(), SpellingCounter()
        for digest in published:
            said = self._said_in(kind, digest)
            for counts in (said[s]["counts"] for s in entity.signatures if s in said):
                own = [
                    Spelling(t, {digest: n})
                    for t, n in counts["names" if kind == ORGANISATION else "spellings"].items()
                ]
                names.update(own)
                aliases.update(own)
                aliases.update(Spelling(t, {digest: n}) for t, n in counts.get("aliases", {}).items())
        return names, aliases

    def _said_in(self, kind: str, digest: str) -> dict[str, codec.Plain]:
        """What a document says of its nodes; that of the last one asked for is remembered."""
        if (kind, digest) not in self._said:
            self._said = {key: said for key, said in self._said.items() if key[1] == digest}
            self._said[kind, digest] = self._tables.store.said(kind, digest)
        return self._said[kind, digest]
