"""The resolution of all documents together, step after step: organisations, persons, programmes, acts, parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.facts import ActFacts, DocumentFacts, PersonName, SessionFacts
from graph.iri import dockey, slug
from graph.normal import compact
from graph.privacy import Privacy
from graph.resolve import entities
from graph.resolve.acts import (
    ActNode,
    Header,
    Organs,
    act_nodes,
    act_slug,
    natural_signatures,
    same_acts,
    session_place,
    session_states,
)
from graph.resolve.judgement import Judgement, Judgements
from graph.resolve.match import Candidate
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.organisations import OrganisationNodes, cluster_organisations
from graph.resolve.parts import ActScope, PartKeys, Parts
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.person_nodes import PersonNodes, Sitting
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
from graph.resolve.roster import Roster

_VOTERS = ("voted_against_by", "abstained_by", "not_voting_by")


@dataclass
class _Session:
    """One header under way: signatures first, keys at the end."""

    facts: SessionFacts
    context: Context
    organ: str | None = None
    place: str = ""
    roster: Roster | None = None
    people: list[str | None] = field(default_factory=list)


@dataclass
class _Act:
    """One act under way."""

    facts: ActFacts
    session: _Session
    organisations: dict[str, str] = field(default_factory=dict)
    persons: list[str | None] = field(default_factory=list)
    voters: dict[str, list[str]] = field(default_factory=dict)
    programmes: int = 0
    parts: PartKeys | None = None


@dataclass
class _Document:
    """One document under way."""

    facts: DocumentFacts
    privacy: Privacy
    sessions: list[_Session]
    acts: list[_Act]


class Resolver:
    """Resolves a set of documents. Use :func:`graph.resolve.resolve`."""

    def __init__(self, registry: Registry, judgements: Sequence[Judgement]) -> None:
        """Keys are minted in ``registry``, inside the caller's transaction."""
        self._registry = registry
        self._judgements = Judgements(judgements, registry)
        self._organisations = OrganisationNodes()
        self._persons = PersonNodes()
        self._organs = Organs()
        self._programmes = Programmes()
        self._parts = Parts()
        self._documents: list[_Document] = []
        self._candidates: list[Candidate] = []

    def resolve(self, documents: Sequence[DocumentFacts]) -> Resolution:
        """The resolution; documents of one content count once, whatever their names."""
        unique = {facts.sha256: facts for facts in documents}
        self._documents = [self._begin(unique[digest]) for digest in sorted(unique)]
        organisations, org_keys = self._settle_organisations()
        for document in self._documents:
            self._name_people(document, org_keys)
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

    def _begin(self, facts: DocumentFacts) -> _Document:
        sessions = [self._session(facts, index) for index in range(len(facts.sessions))]
        acts = [_Act(act, sessions[act.session]) for act in facts.acts]
        for index, act in enumerate(acts):
            for organisation in act.facts.organisations:
                act.organisations[organisation.id] = self._organisations.mention(
                    act.session.context, facts.sha256, index, organisation
                )
        return _Document(facts, Privacy(facts), sessions, acts)

    def _session(self, facts: DocumentFacts, index: int) -> _Session:
        session = facts.sessions[index]
        if session.authority is None:
            return _Session(session, Context(f"doc:{dockey(facts.sha256)}"))
        return _Session(session, self._organisations.authority(session, facts.sha256))

    def _settle_organisations(self) -> tuple[Mapping[str, OrganisationEntity], dict[str, str]]:
        together, apart = self._judgements.together(ORGANISATION), self._judgements.apart(ORGANISATION)
        found, candidates = cluster_organisations(self._organisations.nodes, together, apart)
        self._candidates += candidates
        return entities.organisations(found.clusters, self._organisations.nodes, self._registry)

    def _name_people(self, document: _Document, org_keys: Mapping[str, str]) -> None:
        digest = document.facts.sha256
        for index, session in enumerate(document.sessions):
            self._name_session(session, self._sitting(session, document, org_keys))
            if session.facts.body:
                session.organ = self._organs.add(session.context.signature, session.facts.body, digest)
            organ = session.organ or session.context.signature
            session.place = session_place(organ, session.facts.date, digest, index)
        for act in document.acts:
            self._name_act(act, self._sitting(act.session, document, org_keys), document)

    @staticmethod
    def _sitting(session: _Session, document: _Document, org_keys: Mapping[str, str]) -> Sitting:
        scope = org_keys.get(session.context.signature, session.context.signature)
        return Sitting(scope, document.facts.sha256, session.facts.date)

    def _name_session(self, session: _Session, sitting: Sitting) -> None:
        facts = session.facts
        session.roster = roster = self._persons.roster(sitting, facts.attendance)
        for name in (facts.president, facts.secretary):
            session.people.append(self._persons.mention(sitting, name, roster) if name else None)
        for entry, (signature, _) in zip(facts.attendance, roster.entries, strict=True):
            holder = entry.proxy_holder
            session.people.append(signature)
            session.people.append(self._persons.mention(sitting, holder, roster, besides=signature) if holder else None)

    def _name_act(self, act: _Act, sitting: Sitting, document: _Document) -> None:
        roster = act.session.roster
        own = act.session.context.signature
        for person in act.facts.persons:
            if document.privacy.hides(person.name, person.evidence):
                act.persons.append(None)
                continue
            employer = act.organisations.get(person.organisation or "")
            outside = employer if employer != own else None
            act.persons.append(self._persons.mention(sitting, person.name, roster, employer=outside))
        for role in _VOTERS if act.facts.vote else ():
            names: tuple[PersonName, ...] = getattr(act.facts.vote, role)
            act.voters[role] = [self._persons.mention(sitting, name, roster) for name in names]

    def _settle_persons(self) -> tuple[Mapping[str, PersonEntity], dict[str, str]]:
        together, apart = self._judgements.together(PERSON), self._judgements.apart(PERSON)
        found, candidates = cluster_persons(self._persons.nodes, self._persons.rosters, together, apart)
        self._candidates += candidates
        return entities.persons(found.clusters, self._persons.nodes, self._registry)

    def _settle_bodies(
        self, org_keys: Mapping[str, str], organisations: Mapping[str, OrganisationEntity]
    ) -> tuple[Mapping[str, BodyEntity], dict[str, str]]:
        return entities.bodies(self._organs.nodes, org_keys, organisations, self._registry)

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

    def document(self, document: _Document) -> DocumentKeys:
        digest = document.facts.sha256
        return DocumentKeys(
            tuple(self._session(s, f"doc:{digest}#{i}") for i, s in enumerate(document.sessions)),
            tuple(self._act(a, f"doc:{digest}#{i}") for i, a in enumerate(document.acts)),
        )

    def _session(self, session: _Session, signature: str) -> SessionKeys:
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

    def _act(self, act: _Act, signature: str) -> ActKeys:
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

    def _cited(self, act: _Act, number: str | None) -> str | None:
        found = self.numbers.get(f"{act.session.context.signature}|{compact(number)}", ()) if number else ()
        return next(iter(found)) if len(found) == 1 else None
