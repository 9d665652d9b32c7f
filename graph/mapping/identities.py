"""The graph of identities: names, sigles, SIREN, memberships, what merged into what. Published documents only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from rdflib import Graph, Literal, URIRef

from graph.iri import Iris
from graph.mapping.context import ORGANISATION_CLASSES, decimal, french, plain, register_page
from graph.resolve.resolution import (
    DocumentKeys,
    OrganisationEntity,
    PersonEntity,
    ProgrammeEntity,
    Resolution,
)
from graph.triples import TripleGraph
from ontology.families import by_key
from ontology.terms import DCT, DG, FOAF, ORG, RDF, RDFS, SKOS


def map_identities(resolution: Resolution, published: Collection[str], base: str) -> Graph:
    """The identity triples of all that the ``published`` documents (SHA-256) name, with the spellings met there.

    Give one document to have the identities that its own graph needs (the gate does).
    """
    return _Identities(resolution, frozenset(published), Iris(base)).build()


class _Identities:
    def __init__(self, resolution: Resolution, published: frozenset[str], iris: Iris) -> None:
        self._resolution = resolution
        self._published = published
        self._iris = iris
        self._graph = TripleGraph()

    def build(self) -> Graph:
        resolution = self._resolution
        people: set[str] = set()
        organisations: set[str] = set()
        programmes: set[str] = set()
        roles: dict[tuple[str, str], Counter[str]] = {}
        for digest in sorted(self._published):
            keys = resolution[digest]
            people.update(_people(keys))
            organisations.update(_organisations(keys))
            programmes.update(p for act in keys.acts for p in act.programmes.values())
            _count_roles(keys, roles)
        organisations.update(territory for p in programmes if (territory := resolution.programmes[p].territory))
        for key in sorted(people):
            self._person(resolution.persons[key])
        for key in sorted(organisations):
            self._organisation(resolution.organisations[key], organisations)
        for key in sorted(programmes):
            self._programme(resolution.programmes[key], programmes)
        self._memberships(roles)
        self._redirects({"person": people, "organisation": organisations, "programme": programmes})
        return self._graph

    def _add(self, subject: URIRef, predicate: URIRef, value: Literal | URIRef | None) -> None:
        if value is not None:
            self._graph.found.add((subject, predicate, value))

    def _person(self, entity: PersonEntity) -> None:
        node = self._iris.thing("person", entity.key)
        self._add(node, RDF.type, DG.Person)
        texts = self._resolution.texts("person", entity, self._published)
        for text in texts[:1]:
            name = entity.parts[text]
            self._add(node, FOAF.name, plain(text))
            self._add(node, FOAF.givenName, plain(name.given) if name.given else None)
            self._add(node, FOAF.familyName, plain(name.family))
        for text in texts[1:]:
            self._add(node, SKOS.altLabel, plain(text))
        self._add(node, DG.confidence, decimal(entity.confidence))

    def _organisation(self, entity: OrganisationEntity, published: Collection[str]) -> None:
        node = self._iris.thing("organisation", entity.key)
        self._add(node, RDF.type, DG.Organisation)
        self._add(node, RDF.type, ORGANISATION_CLASSES.get(entity.kind))
        self._labels(node, entity)
        self._add(node, SKOS.notation, plain(entity.sigle) if entity.sigle else None)
        self._add(node, DG.siren, plain(entity.siren) if entity.siren else None)
        self._add(node, RDFS.seeAlso, register_page(entity.siren) if entity.siren else None)
        self._add(node, DG.rna, plain(entity.rna) if entity.rna else None)
        self._add(node, DG.inseeCode, plain(entity.insee) if entity.insee else None)
        if entity.part_of in published:
            self._add(node, ORG.subOrganizationOf, self._iris.thing("organisation", entity.part_of or ""))
        self._add(node, DG.confidence, decimal(entity.confidence))

    def _programme(self, entity: ProgrammeEntity, published: Collection[str]) -> None:
        node = self._iris.thing("programme", entity.key)
        self._add(node, RDF.type, DG.Programme)
        self._add(node, SKOS.prefLabel, french(entity.label))
        written = self._resolution.texts("programme", entity, self._published)
        family = by_key().get(entity.family or "")
        for text in dict.fromkeys([*written, *([family.pref_label] if family else [])]):
            if text != entity.label:
                self._add(node, SKOS.altLabel, french(text))
        self._add(node, SKOS.notation, plain(entity.sigle) if entity.sigle else None)
        for earlier in entity.replaces:
            if earlier in published:
                self._add(node, DCT.replaces, self._iris.thing("programme", earlier))
        self._add(node, DG.confidence, decimal(entity.confidence))

    def _labels(self, node: URIRef, entity: OrganisationEntity) -> None:
        texts = self._resolution.texts("organisation", entity, self._published)
        for text in texts[:1]:
            self._add(node, SKOS.prefLabel, french(text))
        for text in texts[1:]:
            self._add(node, SKOS.altLabel, french(text))

    def _memberships(self, roles: dict[tuple[str, str], Counter[str]]) -> None:
        """Who sits in which organ; its president is who presides most of its séances."""
        most: dict[str, int] = {}
        for (_, body), counts in roles.items():
            most[body] = max(most.get(body, 0), counts["president"])
        for (person, body), counts in sorted(roles.items()):
            node = self._iris.thing("membership", f"{person}-{body}")
            presides = counts["president"] and counts["president"] == most[body]
            self._add(node, RDF.type, ORG.Membership)
            self._add(node, ORG.member, self._iris.thing("person", person))
            self._add(node, ORG.organization, self._iris.thing("body", body))
            self._add(node, ORG.role, DG["role-president"] if presides else DG["role-member"])

    def _redirects(self, published: dict[str, set[str]]) -> None:
        for (kind, old), target in sorted(self._resolution.redirects.items()):
            if target in published.get(kind, ()):
                self._add(self._iris.thing(kind, old), DCT.isReplacedBy, self._iris.thing(kind, target))


def _people(keys: DocumentKeys) -> Iterable[str]:
    for session in keys.sessions:
        yield from (k for k in (session.president, session.secretary, *session.holders) if k)
        yield from session.members
    for act in keys.acts:
        yield from (k for k in act.persons if k)
        for voters in act.voters.values():
            yield from voters


def _organisations(keys: DocumentKeys) -> Iterable[str]:
    yield from (s.authority for s in keys.sessions if s.authority)
    for act in keys.acts:
        yield from act.organisations.values()


def _count_roles(keys: DocumentKeys, roles: dict[tuple[str, str], Counter[str]]) -> None:
    for session in keys.sessions:
        if session.body is None:
            continue
        for member in set(session.members):
            roles.setdefault((member, session.body), Counter())["member"] += 1
        if session.president:
            roles.setdefault((session.president, session.body), Counter())["president"] += 1
