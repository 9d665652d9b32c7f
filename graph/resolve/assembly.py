"""From signatures to the keys of a document; what it tells of séances, acts and parts once keys are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.facts import ProgrammeFact
from graph.iri import slug
from graph.normal import compact
from graph.resolve.acts import ActNode, Header, act_nodes, act_slug
from graph.resolve.mentions import ActMentions, DocumentMentions, SessionMentions
from graph.resolve.parts import ActScope, PartKeys
from graph.resolve.places import Context, body
from graph.resolve.resolution import ActKeys, DocumentKeys, SessionKeys


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of a document: its node, the key it would like, and the signature of the authority that decides."""

    node: ActNode
    slug: str
    authority: str

    @property
    def cited_as(self) -> str | None:
        """What others cite it by, None where it has no number."""
        return cited_as(self.authority, self.node.number) if self.node.number else None


def cited_as(authority: str, number: str) -> str:
    """A number of an act and the authority (its signature) that gives numbers."""
    return f"{authority}|{compact(number)}"


def headers(document: DocumentMentions, persons: Mapping[str, str]) -> list[Header]:
    """The headers of a document, in their order; ``persons`` are keys by signature."""
    return [
        Header(_place(document, i), s.place, s.facts, tuple(persons[p] if p else None for p in s.people))
        for i, s in enumerate(document.sessions)
    ]


def session_slugs(document: DocumentMentions, bodies: Mapping[str, str]) -> dict[str, str]:
    """The key that each séance would like, by place."""
    return {s.place: "-".join(filter(None, (_organ(s, bodies), str(s.facts.date or "")))) for s in document.sessions}


def deeds(document: DocumentMentions, bodies: Mapping[str, str]) -> Iterator[Deed]:
    """The acts of a document, in their order; ``bodies`` are keys of organs by signature."""
    facts = document.facts
    places = [session.place for session in document.sessions]
    for node, act in zip(act_nodes(facts.sha256, places, facts.acts), document.acts, strict=True):
        title = document.privacy.mask(act.facts.title) if act.facts.title else None
        shown = act_slug(_organ(act.session, bodies), act.facts, act.session.facts.date, title)
        yield Deed(node, shown, act.session.context.signature)


def citations(document: DocumentMentions) -> frozenset[str]:
    """What the acts of a document cite, as :attr:`Deed.cited_as` gives it."""
    return frozenset(
        cited_as(act.session.context.signature, citation.number)
        for act in document.acts
        for citation in act.facts.citations
        if citation.number
    )


def programme_scope(fact: ProgrammeFact, context: Context, organisations: Mapping[str, str]) -> str:
    """Key of the organisation that a programme is of: the authority, unless the act names another that acts know."""
    named = _territory(fact, context)
    return organisations.get(named or "") or organisations.get(context.signature, context.signature)


def territories(document: DocumentMentions) -> frozenset[str]:
    """Signatures of the places that programmes are said to be of."""
    found = (_territory(fact, act.session.context) for act in document.acts for fact in act.facts.programmes)
    return frozenset(signature for signature in found if signature)


def _territory(fact: ProgrammeFact, context: Context) -> str | None:
    named = body(fact.territory, context) if fact.territory else None
    return named.signature if named else None


@dataclass(frozen=True)
class Keys:
    """Turns signatures into the keys of a document.

    ``programmes`` are by act, in the order of ``ActMentions.programmes``; ``cited`` gives the keys of the acts that
    bear a number.
    """

    organisations: Mapping[str, str]
    persons: Mapping[str, str]
    bodies: Mapping[str, str]
    programmes: Sequence[Mapping[str, str]]
    sessions: Mapping[str, tuple[str, str | None]]
    deliberations: Mapping[str, str]
    cited: Callable[[str], Collection[str]]

    def scope(self, document: DocumentMentions, index: int) -> ActScope:
        """An act of the document, as its parts are keyed in it."""
        act = document.acts[index]
        return ActScope(
            document.facts.sha256,
            index,
            self.deliberations[_place(document, index)],
            act.facts,
            {local: self.organisations[s] for local, s in act.organisations.items()},
            self.programmes[act.programmes],
            document.privacy,
        )

    def document(self, document: DocumentMentions) -> DocumentKeys:
        """The keys of the whole document, whose parts have theirs."""
        return DocumentKeys(
            tuple(self._session(s, _place(document, i)) for i, s in enumerate(document.sessions)),
            tuple(self._act(a, _place(document, i)) for i, a in enumerate(document.acts)),
        )

    def _session(self, session: SessionMentions, signature: str) -> SessionKeys:
        key, version_of = self.sessions[signature]
        people = [self.persons[s] if s else None for s in session.people]
        return SessionKeys(
            session=key,
            version_of=version_of,
            body=self.bodies.get(session.organ or ""),
            authority=self.organisations.get(session.context.signature),
            president=people[0],
            secretary=people[1],
            members=tuple(key for key in people[2::2] if key),
            holders=tuple(people[3::2]),
        )

    def _act(self, act: ActMentions, signature: str) -> ActKeys:
        parts = act.parts or PartKeys()
        return ActKeys(
            deliberation=self.deliberations[signature],
            organisations={local: self.organisations[s] for local, s in act.organisations.items()},
            programmes=self.programmes[act.programmes],
            agreements=parts.agreements,
            strands=parts.strands,
            actions=parts.actions,
            fundings=parts.fundings,
            private=parts.private,
            persons=tuple(self.persons[s] if s else None for s in act.persons),
            voters={role: tuple(self.persons[s] for s in names) for role, names in act.voters.items()},
            cited=tuple(self._cited(act, citation.number) for citation in act.facts.citations),
        )

    def _cited(self, act: ActMentions, number: str | None) -> str | None:
        found = self.cited(cited_as(act.session.context.signature, number)) if number else ()
        return next(iter(found)) if len(found) == 1 else None


def _place(document: DocumentMentions, index: int) -> str:
    """Signature of a header or an act: its place in the document."""
    return f"doc:{document.facts.sha256}#{index}"


def _organ(session: SessionMentions, bodies: Mapping[str, str]) -> str:
    return bodies.get(session.organ or "") or slug(session.context.signature)
