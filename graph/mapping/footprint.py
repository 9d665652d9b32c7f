"""What the mapping of a document looked up in the resolution: where all of that is the same, so is the mapping.

A document is mapped from its facts, the keys of what it names, and who these are. The last is shared by all documents
and changes with any of them: so it is noted what was looked up (:class:`Footprint`), and asked later whether it still
says the same (:class:`Stamps`), which costs a look at each thing, not at each document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import Final, Generic, TypeVar

from graph.mapping.identities import KINDS, former_keys
from graph.resolve.resolution import (
    BodyEntity,
    Entity,
    OrganisationEntity,
    PersonEntity,
    ProgrammeEntity,
    Resolution,
)

T = TypeVar("T")
_NOTHING: Final = b"-"
#: Things whose stamps stay in memory, 170 bytes each: they come back in other acts of the authority, in any order.
_STAMPS: Final = 65_536


class _Noted(Mapping[str, T], Generic[T]):
    """A mapping of which every key asked for is noted, those it does not have too."""

    def __init__(self, found: Mapping[str, T], prefix: str, seen: set[str]) -> None:
        self._found, self._prefix, self._seen = found, prefix, seen

    def __getitem__(self, key: str) -> T:
        self._seen.add(self._prefix + key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a mapping of one document does not go through all things")

    def __len__(self) -> int:
        raise TypeError("a mapping of one document does not count all things")


class Footprint:
    """The look-ups of one mapping, ``seen``: "type/key". They are made through ``resolution``."""

    def __init__(self, resolution: Resolution) -> None:
        """Nothing is seen yet."""
        self.seen: set[str] = set()
        self.resolution = replace(
            resolution,
            persons=_Noted(resolution.persons, "person/", self.seen),
            organisations=_Noted(resolution.organisations, "organisation/", self.seen),
            programmes=_Noted(resolution.programmes, "programme/", self.seen),
            bodies=_Noted(resolution.bodies, "body/", self.seen),
            labels=_Noted(resolution.labels, "", self.seen),
        )


class Stamps:
    """What changes whenever a resolution says otherwise of something, as far as a mapping of one document tells it."""

    def __init__(self, resolution: Resolution) -> None:
        """What is looked up is remembered for a while."""
        self._resolution = resolution
        self._known: dict[str, bytes] = {}

    def document(self, digest: str) -> bytes:
        """The stamp of the keys of a document, by its SHA-256."""
        return self._resolution.stamp(digest)

    @cached_property
    def judged(self) -> bytes:
        """The stamp of what persons rejected and accepted."""
        judged = (sorted(self._resolution.rejected), sorted(self._resolution.accepted.items()))
        return sha256(repr(judged).encode()).digest()

    def things(self, seen: Iterable[str]) -> bytes:
        """The stamps of some things ("type/key"), one after the other."""
        return b"".join([self._known.get(reference) or self._look(reference) for reference in seen])

    def _look(self, reference: str) -> bytes:
        kind, _, key = reference.partition("/")
        told = self._told(kind, key, reference)
        stamp = _NOTHING if told is None else sha256(repr(told).encode()).digest()[:16]
        if len(self._known) >= _STAMPS:
            self._known.pop(next(iter(self._known)))  # the one looked up first
        self._known[reference] = stamp
        return stamp

    def _told(self, kind: str, key: str, reference: str) -> tuple[object, ...] | None:
        found: tuple[object, ...] | None = None
        resolution = self._resolution
        if said := resolution.said(kind, key) if kind in KINDS else None:
            found = (said,)
        elif kind == "person":
            found = _person(resolution.persons.get(key))
        elif kind == "organisation":
            found = _organisation(resolution.organisations.get(key))
        elif kind == "programme":
            found = _programme(resolution.programmes.get(key))
        elif kind == "body":
            return _body(resolution.bodies.get(key))
        else:
            return (resolution.labels.get(reference),)
        return None if found is None else (*found, self._former.get((kind, key), ()))

    @cached_property
    def _former(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The keys that redirect to each."""
        return former_keys(self._resolution)


def _written(entity: Entity) -> tuple[object, ...]:
    """Which spellings there are; how often each is met in other documents says nothing of this one."""
    return (
        sorted(spelling.text for spelling in entity.names),
        sorted(spelling.text for spelling in entity.aliases),
        entity.confidence,
    )


def _person(entity: PersonEntity | None) -> tuple[object, ...] | None:
    return None if entity is None else (*_written(entity), sorted((t, repr(name)) for t, name in entity.parts.items()))


def _organisation(entity: OrganisationEntity | None) -> tuple[object, ...] | None:
    if entity is None:
        return None
    return (
        *_written(entity), entity.kind, entity.sigle, entity.siren, entity.insee, entity.part_of, entity.rna,
    )  # fmt: skip


def _programme(entity: ProgrammeEntity | None) -> tuple[object, ...] | None:
    if entity is None:
        return None
    return (
        *_written(entity), entity.label, entity.family, entity.sigle, entity.start, entity.end, entity.extended_to,
        entity.territory, entity.replaces,
    )  # fmt: skip


def _body(entity: BodyEntity | None) -> tuple[object, ...] | None:
    return None if entity is None else (entity.label, entity.names[0].text)
