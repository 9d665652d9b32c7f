"""The resolution of all documents together, step after step: organisations, persons, programmes, acts, parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.facts import DocumentFacts
from graph.resolve import entities
from graph.resolve.acts import assign_acts, assign_sessions
from graph.resolve.assembly import Keys, deeds, headers, programme_scope, session_slugs
from graph.resolve.judgement import Judgement, Judgements
from graph.resolve.match import Candidate
from graph.resolve.mentions import DocumentMentions, Mentions
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.organisations import cluster_organisations
from graph.resolve.parts import Parts
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.persons import cluster_persons
from graph.resolve.programmes import Programmes
from graph.resolve.registry import Registry
from graph.resolve.resolution import (
    BodyEntity,
    OrganisationEntity,
    PersonEntity,
    ProgrammeEntity,
    Resolution,
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
        keys = Keys(
            org_keys, person_keys, body_keys, programme_keys, sessions, deliberations, lambda n: numbers.get(n, ())
        )
        for document in self._documents:
            for index, act in enumerate(document.acts):
                act.parts = self._parts.act(keys.scope(document, index))
        labels = self._parts.mint(self._registry)
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
        found = [header for document in self._documents for header in headers(document, person_keys)]
        slugs: dict[str, str] = {}
        for document in self._documents:
            slugs |= session_slugs(document, body_keys)
        return assign_sessions(found, slugs, self._registry)

    def _settle_programmes(
        self, org_keys: Mapping[str, str]
    ) -> tuple[Mapping[str, ProgrammeEntity], list[dict[str, str]]]:
        """The programmes, and for each act in order the keys of its local ids."""
        for document in self._documents:
            for act in document.acts:
                facts = act.facts.programmes
                scopes = [programme_scope(p, act.session.context, org_keys) for p in facts]
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
        programmes, keys = entities.programmes(found.clusters, self._programmes.nodes, self._registry)
        return programmes, [{i: keys[s] for i, s in mentioned.items()} for mentioned in local]

    def _settle_acts(self, body_keys: Mapping[str, str]) -> tuple[dict[str, str], dict[str, set[str]]]:
        """Signature of each act in each document → its key; what acts are cited by → the keys of acts so numbered."""
        found = [deed for document in self._documents for deed in deeds(document, body_keys)]
        slugs = {deed.node.signature: deed.slug for deed in found}
        keys = assign_acts([deed.node for deed in found], slugs, self._registry)
        numbers: dict[str, set[str]] = {}
        for deed in found:
            if deed.cited_as:
                numbers.setdefault(deed.cited_as, set()).add(keys[deed.node.signature])
        return keys, numbers
