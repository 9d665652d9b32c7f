"""The outcome of the resolution: the key of every local entity of every document, and who the entities are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.facts import PersonName
from graph.resolve.match import Candidate, Match
from graph.resolve.spelling import Spelling, ranked

#: Where a document names something: keys by local id of the act.
Keys = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """Keys of one header. ``members`` and ``holders`` stand in the order of its attendance."""

    session: str
    version_of: str | None
    body: str | None
    authority: str | None
    president: str | None
    secretary: str | None
    members: tuple[str, ...]
    holders: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ActKeys:
    """Keys of one act. ``persons`` stands in the order of the facts, None for those whom privacy hides.

    ``voters`` gives the named voters by field of the vote (voted_against_by …); ``private`` the keys of private
    beneficiaries by funding id; ``cited`` the key of the deliberation a citation means, None for other citations.
    """

    deliberation: str
    organisations: Keys
    programmes: Keys
    agreements: Keys
    strands: Keys
    actions: Keys
    fundings: Keys
    private: Keys
    persons: tuple[str | None, ...]
    voters: Mapping[str, tuple[str, ...]]
    cited: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class DocumentKeys:
    """Keys of one document, in the order of its sessions and acts."""

    sessions: tuple[SessionKeys, ...]
    acts: tuple[ActKeys, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """What is known of one thing whatever the document: how it is written, and what made it one.

    ``names`` may be its label, ``aliases`` only other labels; both best first. ``signatures`` are the mentions it
    was made of, ``merges`` the matches that brought them together, ``forms`` how acts mostly write each
    that was matched.
    """

    key: str
    names: tuple[Spelling, ...]
    aliases: tuple[Spelling, ...] = ()
    signatures: tuple[str, ...] = ()
    merges: tuple[Match, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict, kw_only=True)

    @property
    def confidence(self) -> float:
        """That of its weakest merge, 1 where there was nothing to merge."""
        return min((match.score for match in self.merges), default=1.0)


@dataclass(frozen=True, slots=True)
class PersonEntity(Entity):
    """A person; ``parts`` gives the given and the family name of each spelling."""

    parts: Mapping[str, PersonName] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrganisationEntity(Entity):
    """An organisation. ``kind`` is a class of facts.OrganisationKind; ``part_of`` the key of a CCAS's
    commune, of a housing office's authority.

    ``siren`` (9 digits) and ``rna`` (W and 9) are its numbers in the registers, of the reference data or its acts.
    """

    kind: str = "organisation"
    sigle: str | None = None
    siren: str | None = None
    insee: str | None = None
    part_of: str | None = None
    rna: str | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeEntity(Entity):
    """A programme. Years are calendar years; ``territory`` an organisation key; ``replaces`` programme keys."""

    label: str = ""
    family: str | None = None
    sigle: str | None = None
    start: int | None = None
    end: int | None = None
    extended_to: int | None = None
    territory: str | None = None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyEntity(Entity):
    """A governing body; ``authority`` is the key of the organisation it is of, ``label`` its name with it."""

    label: str = ""
    authority: str | None = None


class Mark(NamedTuple):
    """An entity by its key: bytes that change whenever what is known of it does, and the (type, key) it links to."""

    key: str
    told: bytes
    links: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, entity: Entity) -> Mark:
        """That of an entity, by all that it holds."""
        return cls(entity.key, repr(entity).encode(), _linked(entity))


def _linked(entity: Entity) -> tuple[tuple[str, str], ...]:
    """The (type, key) of what an entity is part of, or follows."""
    if isinstance(entity, OrganisationEntity):
        return (("organisation", entity.part_of),) if entity.part_of else ()
    return tuple(("programme", key) for key in entity.replaces) if isinstance(entity, ProgrammeEntity) else ()


#: Names and aliases of a thing.
Written = tuple[Sequence[Spelling], Sequence[Spelling]]


def _as_counted(_kind: str, entity: Entity, published: Collection[str]) -> Written:
    return ranked(entity.names, published), ranked(entity.aliases, published)


@dataclass(frozen=True)
class Resolution:
    """A pure function of the facts, the judgements and what the registry minted before.

    ``documents`` is by SHA-256 of the document, the entities by key, ``labels`` (of strands and actions) by
    ``type/key``. ``redirects`` maps ``(type, old key)`` to the
    surviving key. ``rejected`` holds ``type/key`` of facts that a person rejected, ``accepted`` maps the unsure
    readings that a person accepted (as "funding/…") to the id of the judgement. ``candidates`` are for review.
    ``written`` tells how the documents given write an entity of a type; all of these may be read when asked for.
    ``stamped`` gives bytes that change whenever the keys of a document do, ``marked`` the marks of a type,
    ``homed`` what :meth:`homes` returns, or None, ``said`` bytes that change whenever a document that names an entity
    may tell otherwise of it, empty or None where only the entity itself tells.
    """

    documents: Mapping[str, DocumentKeys]
    persons: Mapping[str, PersonEntity]
    organisations: Mapping[str, OrganisationEntity]
    programmes: Mapping[str, ProgrammeEntity]
    bodies: Mapping[str, BodyEntity]
    labels: Mapping[str, str] = field(default_factory=dict)
    candidates: Sequence[Candidate] = ()
    redirects: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    accepted: Mapping[str, str] = field(default_factory=dict)
    written: Callable[[str, Entity, Collection[str]], Written] = _as_counted
    stamped: Callable[[str], bytes] | None = None
    marked: Callable[[str], Iterator[Mark]] | None = None
    homed: Callable[[str, Collection[str]], dict[str, str] | None] | None = None
    said: Callable[[str, str], bytes | None] = lambda _kind, _key: None

    def stamp(self, digest: str) -> bytes:
        """What changes whenever the keys of a document do, by the SHA-256 of its content. Raises KeyError."""
        return repr(self.documents[digest]).encode() if self.stamped is None else self.stamped(digest)

    def entities(self, kind: str) -> Mapping[str, Entity]:
        """The persons, organisations or programmes, by key; nothing of another type."""
        known: dict[str, Mapping[str, Entity]] = {
            "person": self.persons,
            "organisation": self.organisations,
            "programme": self.programmes,
        }
        return known.get(kind, {})

    def marks(self, kind: str) -> Iterator[Mark]:
        """The mark of each entity of a type, in the order of their keys."""
        if self.marked is not None:
            return self.marked(kind)
        return (Mark.of(entity) for _, entity in sorted(self.entities(kind).items()))

    def homes(self, kind: str, signatures: Collection[str]) -> dict[str, str]:
        """Signature → the key of the entity of a type that it was made one of; those of no entity are left out."""
        found = None if self.homed is None else self.homed(kind, signatures)
        if found is not None:
            return found
        every = {signature: each.key for each in self.entities(kind).values() for signature in each.signatures}
        return {signature: every[signature] for signature in signatures if signature in every}

    def texts(self, kind: str, entity: Entity, published: Collection[str]) -> list[str]:
        """The spellings of an entity that the documents ``published`` have, best label first."""
        return [spelling.text for part in self.written(kind, entity, published) for spelling in part]

    def __getitem__(self, digest: str) -> DocumentKeys:
        """Keys of one document, by the SHA-256 of its content."""
        return self.documents[digest]
