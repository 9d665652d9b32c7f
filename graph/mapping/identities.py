"""The graph of identities: names, sigles, SIREN, memberships, what merged into what. Published documents only.

What is said of one thing, or of the memberships of one organ, depends on nothing else in the graph: so a release that
follows another maps only those that changed (:mod:`graph.whole`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from rdflib import Graph, Literal, URIRef

from graph.iri import Iris
from graph.mapping.context import ORGANISATION_CLASSES, decimal, french, plain, register_page
from graph.resolve.resolution import (
    DocumentKeys,
    Entity,
    OrganisationEntity,
    PersonEntity,
    ProgrammeEntity,
    Resolution,
)
from graph.triples import Triple, TripleGraph
from ontology.families import by_key
from ontology.terms import DCT, DG, FOAF, ORG, RDF, RDFS, SKOS

#: The types of the things that are told here.
KINDS: Final = ("organisation", "person", "programme")
#: Whether a thing, by type and key, is named by a published document.
IsPublished = Callable[[str, str], bool]
#: How often somebody (key) sat in an organ (key): as "member", as "president".
Roles = Mapping[tuple[str, str], Counter[str]]


def map_identities(resolution: Resolution, published: Collection[str], base: str) -> Graph:
    """The identity triples of all that the ``published`` documents (SHA-256) name, with the spellings met there.

    Give one document to have the identities that its own graph needs (the gate does).
    """
    graph, iris, published = TripleGraph(), Iris(base), frozenset(published)
    named: set[tuple[str, str]] = set()
    roles: dict[tuple[str, str], Counter[str]] = {}
    for digest in sorted(published):
        keys = resolution[digest]
        named |= named_by(keys)
        for session in keys.sessions:
            if session.body:
                count_roles(roles, session.body, session.members, session.president)
    named |= territories(resolution, (key for kind, key in named if kind == "programme"))
    former = former_keys(resolution)
    for kind, key in sorted(named):
        entity = resolution.entities(kind)[key]
        graph.found.update(
            thing(kind, entity, resolution.texts(kind, entity, published), lambda *each: each in named, iris)
        )
        graph.found.update(redirects(kind, key, former.get((kind, key), ()), iris))
    graph.found.update(memberships(roles, iris))
    return graph


def named_by(keys: DocumentKeys) -> set[tuple[str, str]]:
    """The persons, organisations and programmes that a document names: (type, key)."""
    named = {("person", key) for key in _people(keys)} | {("organisation", key) for key in _organisations(keys)}
    return named | {("programme", key) for act in keys.acts for key in act.programmes.values()}


def territories(resolution: Resolution, programmes: Iterable[str]) -> set[tuple[str, str]]:
    """The organisations whose programmes these (keys) are: (type, key)."""
    found = (resolution.programmes[key].territory for key in programmes)
    return {("organisation", territory) for territory in found if territory}


def former_keys(resolution: Resolution) -> dict[tuple[str, str], tuple[str, ...]]:
    """(type, key) → the keys that redirect to it, in order."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (kind, old), target in sorted(resolution.redirects.items()):
        found[kind, target] = (*found.get((kind, target), ()), old)
    return found


def thing(kind: str, entity: Entity, texts: list[str], is_published: IsPublished, iris: Iris) -> Iterator[Triple]:
    """What is said of a person, an organisation or a programme; ``texts``: its spellings, best first."""
    node = iris.thing(kind, entity.key)
    if isinstance(entity, PersonEntity):
        yield from _person(node, entity, texts)
    elif isinstance(entity, OrganisationEntity):
        yield from _organisation(node, entity, texts, is_published, iris)
    elif isinstance(entity, ProgrammeEntity):
        yield from _programme(node, entity, texts, is_published, iris)
    yield from _known((node, DG.confidence, decimal(entity.confidence)))


def redirects(kind: str, key: str, former: Iterable[str], iris: Iris) -> Iterator[Triple]:
    """What merged into a thing: ``former`` keys."""
    for old in former:
        yield iris.thing(kind, old), DCT.isReplacedBy, iris.thing(kind, key)


def memberships(roles: Roles, iris: Iris) -> Iterator[Triple]:
    """Who sits in which organ; its president is who presides most of its séances. Give all of an organ at once."""
    most: dict[str, int] = {}
    for (_, body), counts in roles.items():
        most[body] = max(most.get(body, 0), counts["president"])
    for (person, body), counts in sorted(roles.items()):
        node = iris.thing("membership", f"{person}-{body}")
        presides = counts["president"] and counts["president"] == most[body]
        yield node, RDF.type, ORG.Membership
        yield node, ORG.member, iris.thing("person", person)
        yield node, ORG.organization, iris.thing("body", body)
        yield node, ORG.role, DG["role-president"] if presides else DG["role-member"]


def _known(*told: tuple[URIRef, URIRef, Literal | URIRef | None]) -> Iterator[Triple]:
    """Those triples whose value is known."""
    for subject, predicate, value in told:
        if value is not None:
            yield subject, predicate, value


def _person(node: URIRef, entity: PersonEntity, texts: list[str]) -> Iterator[Triple]:
    yield node, RDF.type, DG.Person
    for text in texts[:1]:
        name = entity.parts[text]
        yield node, FOAF.name, plain(text)
        yield from _known((node, FOAF.givenName, plain(name.given) if name.given else None))
        yield node, FOAF.familyName, plain(name.family)
    for text in texts[1:]:
        yield node, SKOS.altLabel, plain(text)


def _organisation(
    node: URIRef, entity: OrganisationEntity, texts: list[str], is_published: IsPublished, iris: Iris
) -> Iterator[Triple]:
    yield node, RDF.type, DG.Organisation
    for text in texts[:1]:
        yield node, SKOS.prefLabel, french(text)
    for text in texts[1:]:
        yield node, SKOS.altLabel, french(text)
    yield from _known(
        (node, RDF.type, ORGANISATION_CLASSES.get(entity.kind)),
        (node, SKOS.notation, plain(entity.sigle) if entity.sigle else None),
        (node, DG.siren, plain(entity.siren) if entity.siren else None),
        (node, RDFS.seeAlso, register_page(entity.siren) if entity.siren else None),
        (node, DG.rna, plain(entity.rna) if entity.rna else None),
        (node, DG.inseeCode, plain(entity.insee) if entity.insee else None),
    )
    if entity.part_of and is_published("organisation", entity.part_of):
        yield node, ORG.subOrganizationOf, iris.thing("organisation", entity.part_of)


def _programme(
    node: URIRef, entity: ProgrammeEntity, written: list[str], is_published: IsPublished, iris: Iris
) -> Iterator[Triple]:
    yield node, RDF.type, DG.Programme
    yield node, SKOS.prefLabel, french(entity.label)
    family = by_key().get(entity.family or "")
    for text in dict.fromkeys([*written, *([family.pref_label] if family else [])]):
        if text != entity.label:
            yield node, SKOS.altLabel, french(text)
    yield from _known((node, SKOS.notation, plain(entity.sigle) if entity.sigle else None))
    for earlier in entity.replaces:
        if is_published("programme", earlier):
            yield node, DCT.replaces, iris.thing("programme", earlier)


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


def count_roles(
    roles: dict[tuple[str, str], Counter[str]], body: str, members: Iterable[str], president: str | None
) -> None:
    """Count a séance of an organ."""
    for member in set(members):
        roles.setdefault((member, body), Counter())["member"] += 1
    if president:
        roles.setdefault((president, body), Counter())["president"] += 1
