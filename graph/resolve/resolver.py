"""The resolution of all documents together, step after step: organisations, persons, programmes, acts, parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.facts import DocumentFacts
from graph.iri import slug
from graph.normal import compact
from graph.resolve import entities
from graph.resolve.acts import (
    ActNode,
    Header,
    act_nodes,
    act_slug,
    natural_signatures,
    same_acts,
    session_states,
)
from graph.resolve.judgement import Judgement, Judgements
from graph.resolve.match import Candidate
from graph.resolve.mentions import ActMentions, DocumentMentions, Mentions, SessionMentions
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.organisations import cluster_organisations
from graph.resolve.parts import ActScope, PartKeys, Parts
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.persons import cluster_persons
from graph.resolve.places import Context
from graph.resolve.places import body as known_body
from graph.resolve.programmes import Programmes
from graph.resolve.registry import Claim, Minted, Registry
from graph.resolve.resolution import (
    ActKeys,
    BodyEntity,
    DocumentKeys,
    OrganisationEntity,
    PersonEntity,
    ProgrammeEntity,
    Resolution,
    SessionKeys,
)


class Resolver:
    """Resolves a set of documents. Use :func:`graph.resolve.resolve`."""

    def __init__(self, registry: Registry, judgements: Sequence[Judgement]) -> None:
        """Keys are minted in ``registry``, inside the caller's transaction."""
        self._registry = registry
        self._judgements = Judgements(judgements, registry)
        self._mentions = Mentions()
        self._programmes = Programmes()
        self._parts = Parts()
        self._documents: list[DocumentMentions] = []
        self._candidates: list[Candidate] = []

    def resolve(self, documents: Sequence[DocumentFacts]) -> Resolution:
        """The resolution; documents of one content count once, whatever their names."""
        unique = {facts.sha256: facts for facts in documents}
        self._documents = [self._mentions.begin(unique[digest]) for digest in sorted(unique)]
        organisations, org_keys = self._settle_organisations()
        for document in self._documents:
            self._mentions.name_people(document, org_keys)
        persons, person_keys = self._settle_persons()
        bodies, body_keys = self._settle_bodies(org_keys, organisations)
        sessions = self._settle_sessions(person_keys, body_keys)
        programmes, programme_keys = self._settle_programmes(org_keys)
        deliberations, numbers = self._settle_acts(body_keys)
        self._collect_parts(deliberations, org_keys, programme_keys)
        labels = self._parts.mint(self._registry)
        keys = _Keys(org_keys, person_keys, body_keys, programme_keys, sessions, deliberations, numbers)
        return Resolution(
            documents={d.facts.sha256: keys.document(d) for d in self._documents},
            persons=persons,
            organisations=organisations,
            programmes=programmes,
            bodies=bodies,
            labels=labels,
            candidates=tuple(sorted(self._candidates)),
            redirects=self._registry.redirects(),
            rejected=self._judgements.rejected,
            accepted=self._judgements.accepted,
        )

    def _settle_organisations(self) -> tuple[Mapping[str, OrganisationEntity], dict[str, str]]:
        together, apart = self._judgements.together(ORGANISATION), self._judgements.apart(ORGANISATION)
        found, candidates = cluster_organisations(self._mentions.organisations.nodes, together, apart)
        self._candidates += candidates
        return entities.organisations(found.clusters, self._mentions.organisations.nodes, self._registry)

    def _settle_persons(self) -> tuple[Mapping[str, PersonEntity], dict[str, str]]:
        together, apart = self._judgements.together(PERSON), self._judgements.apart(PERSON)
        found, candidates = cluster_persons(
            self._mentions.persons.nodes, self._mentions.persons.rosters, together, apart
        )
        self._candidates += candidates
        return entities.persons(found.clusters, self._mentions.persons.nodes, self._registry)

    def _settle_bodies(
        self, org_keys: Mapping[str, str], organisations: Mapping[str, OrganisationEntity]
    ) -> tuple[Mapping[str, BodyEntity], dict[str, str]]:
        return entities.bodies(self._mentions.organs.nodes, org_keys, organisations, self._registry)

    def _settle_sessions(
        self, person_keys: Mapping[str, str], body_keys: Mapping[str, str]
    ) -> dict[str, tuple[str, str | None]]:
        """Signature of each header → key of its session, and of the one it is a version of."""
        headers: list[Header] = []
        slugs: dict[str, str] = {}
        for document in self._documents:
            for index, session in enumerate(document.sessions):
                signature = f"doc:{document.facts.sha256}#{index}"
                people = tuple(person_keys[s] if s else None for s in session.people)
                headers.append(Header(signature, session.place, session.facts, people))
                organ = body_keys.get(session.organ or "") or slug(session.context.signature)
                slugs[session.place] = f"{organ}-{session.facts.date}" if session.facts.date else organ
        states = session_states(headers)
        claims = [Claim(tuple(members), (slugs[place],)) for (place, _), members in states.items()]
        first: dict[str, Minted] = {}
        minted = self._registry.assign("session", claims)
        for (place, _), found in zip(states, minted, strict=True):
            if place not in first or found.rank < first[place].rank:
                first[place] = found
        out: dict[str, tuple[str, str | None]] = {}
        for ((place, _), members), found in zip(states.items(), minted, strict=True):
            original = first[place].key
            for signature in members:
                out[signature] = (found.key, original if original != found.key else None)
        return out

    def _settle_programmes(
        self, org_keys: Mapping[str, str]
    ) -> tuple[Mapping[str, ProgrammeEntity], list[dict[str, str]]]:
        """The programmes, and for each act in order the keys of its local ids."""
        for document in self._documents:
            for act in document.acts:
                facts = act.facts.programmes
                scopes = [self._territory(p.territory, act.session.context, org_keys) for p in facts]
                date = act.session.facts.date
                year = date.year if date else None
                act.programmes = self._programmes.act(scopes, document.facts.sha256, year, facts)
        signatures = self._programmes.settle()
        found, candidates = self._programmes.cluster(self._judgements)
        self._candidates += candidates
        every = [act for document in self._documents for act in document.acts]
        local = [
            {p.id: s for p, s in zip(act.facts.programmes, signatures[act.programmes], strict=True)} for act in every
        ]
        programmes, keys = entities.programmes(
            found.clusters, self._programmes.nodes, self._registry, set(org_keys.values())
        )
        return programmes, [{i: keys[s] for i, s in mentioned.items()} for mentioned in local]

    def _territory(self, written: str | None, context: Context, org_keys: Mapping[str, str]) -> str:
        """Key of the organisation that a programme is of: the authority, unless the act names another it knows."""
        named = known_body(written, context) if written else None
        if named and named.signature in org_keys:
            return org_keys[named.signature]
        return org_keys.get(context.signature, context.signature)

    def _settle_acts(self, body_keys: Mapping[str, str]) -> tuple[dict[str, str], dict[str, set[str]]]:
        """Signature of each act in each document → its key; "authority|number" → the keys of acts so numbered."""
        nodes: list[ActNode] = []
        slugs: dict[str, str] = {}
        authorities: dict[str, str] = {}
        for document in self._documents:
            facts = document.facts
            places = [session.place for session in document.sessions]
            for node, act in zip(act_nodes(facts.sha256, places, facts.acts), document.acts, strict=True):
                nodes.append(node)
                organ = body_keys.get(act.session.organ or "") or slug(act.session.context.signature)
                title = document.privacy.mask(act.facts.title) if act.facts.title else None
                slugs[node.signature] = act_slug(organ, act.facts, act.session.facts.date, title)
                authorities[node.signature] = act.session.context.signature
        by_signature = {node.signature: node for node in nodes}
        groups = list(same_acts(nodes).values())
        natural = {group: natural_signatures(by_signature[s] for s in group) for group in groups}
        groups.sort(key=lambda group: natural[group])
        claims = [Claim(natural[g], (min(slugs[s] for s in g),)) for g in groups]
        keys: dict[str, str] = {}
        numbers: dict[str, set[str]] = {}
        for group, minted in zip(groups, self._registry.assign("deliberation", claims), strict=True):
            for signature in group:
                keys[signature] = minted.key
                number = by_signature[signature].number
                if number:
                    numbers.setdefault(f"{authorities[signature]}|{number}", set()).add(minted.key)
        return keys, numbers

    def _collect_parts(
        self, deliberations: Mapping[str, str], org_keys: Mapping[str, str], programmes: Sequence[dict[str, str]]
    ) -> None:
        for document in self._documents:
            digest = document.facts.sha256
            for index, act in enumerate(document.acts):
                scope = ActScope(
                    digest,
                    index,
                    deliberations[f"doc:{digest}#{index}"],
                    act.facts,
                    {local: org_keys[s] for local, s in act.organisations.items()},
                    programmes[act.programmes],
                    document.privacy,
                )
                act.parts = self._parts.act(scope)


@dataclass(frozen=True)
class _Keys:
    """Turns signatures into the keys of each document."""

    organisations: Mapping[str, str]
    persons: Mapping[str, str]
    bodies: Mapping[str, str]
    programmes: Sequence[dict[str, str]]
    sessions: Mapping[str, tuple[str, str | None]]
    deliberations: Mapping[str, str]
    numbers: Mapping[str, set[str]]

    def document(self, document: DocumentMentions) -> DocumentKeys:
        digest = document.facts.sha256
        return DocumentKeys(
            tuple(self._session(s, f"doc:{digest}#{i}") for i, s in enumerate(document.sessions)),
            tuple(self._act(a, f"doc:{digest}#{i}") for i, a in enumerate(document.acts)),
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
        found = self.numbers.get(f"{act.session.context.signature}|{compact(number)}", ()) if number else ()
        return next(iter(found)) if len(found) == 1 else None
