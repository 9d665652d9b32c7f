"""From clusters of mentions to entities with keys: labels, kinds, years, and the claims they are minted by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from graph.iri import slug
from graph.normal import compact
from graph.resolve.acts import OrganNode
from graph.resolve.housing import kind_among, owner_among
from graph.resolve.match import Cluster
from graph.resolve.names import PersonForm
from graph.resolve.organisation_nodes import (
    OrganisationNode,
    chosen_identifiers,
    chosen_sigle,
    nodes_of,
    normal_words,
)
from graph.resolve.person_nodes import PersonNode, former_signature
from graph.resolve.places import with_preposition
from graph.resolve.programmes import ProgrammeNode, label_of, period_of, successions
from graph.resolve.registry import Claim, Registry
from graph.resolve.resolution import BodyEntity, OrganisationEntity, PersonEntity, ProgrammeEntity
from graph.resolve.spelling import Spelling, SpellingCounter


def persons(
    clusters: Sequence[Cluster], nodes: Mapping[str, PersonNode], registry: Registry
) -> tuple[dict[str, PersonEntity], dict[str, str]]:
    """The persons by key, and signature → key."""
    made = [person(group, nodes) for group in clusters]
    minted = registry.assign("person", [claim for _, claim in made])
    found = {m.key: replace(entity, key=m.key) for m, (entity, _) in zip(minted, made, strict=True)}
    return found, _signatures(found.values())


def person(group: Cluster, nodes: Mapping[str, PersonNode]) -> tuple[PersonEntity, Claim]:
    """A person as yet without a key, and what its key is claimed by."""
    members = [nodes[s] for s in group.members]
    parts = {text: name for node in reversed(members) for text, name in node.names.items()}
    spellings = _merged(node.spellings for node in members)
    full = tuple(s for s in spellings if PersonForm.of(parts[s.text]).is_full) or spellings
    bare = tuple(s for s in spellings if s not in full)
    label = slug(full[0].text)
    former = {former_signature(signature) for signature in group.members}.difference(group.members)
    claim = Claim(group.members, (label, f"{label}-{slug(members[0].scope, 40)}"), tuple(sorted(former)))
    forms = _forms(group, nodes, _of_person)
    return PersonEntity("", full, bare, group.members, group.merges, parts, forms=forms), claim


def organisations(
    clusters: Sequence[Cluster], nodes: Mapping[str, OrganisationNode], registry: Registry
) -> tuple[dict[str, OrganisationEntity], dict[str, str]]:
    """The organisations by key, and signature → key."""
    made = [organisation(group, nodes) for group in clusters]
    minted = registry.assign("organisation", [claim for _, claim, _ in made])
    keys = {s: m.key for m, group in zip(minted, clusters, strict=True) for s in group.members}
    found = {
        m.key: replace(entity, key=m.key, part_of=keys.get(owner or ""))
        for m, (entity, _, owner) in zip(minted, made, strict=True)
    }
    return found, keys


def organisation(group: Cluster, nodes: Mapping[str, OrganisationNode]) -> tuple[OrganisationEntity, Claim, str | None]:
    """An organisation as yet without a key, what its key is claimed by, and the signature of what it is part of."""
    members = nodes_of(group, nodes)
    body = next((node.body for node in members if node.body), None)
    names, aliases = _organisation_names(members)
    numbers = chosen_identifiers(members)
    entity = OrganisationEntity(
        "",
        names,
        aliases,
        group.members,
        group.merges,
        forms=_forms(group, nodes, _of_organisation),
        kind=kind_among(members),
        sigle=chosen_sigle(members),
        siren=numbers.siren,
        rna=numbers.rna,
        insee=body.insee if body else None,
    )
    return entity, _organisation_claim(group, members, names), owner_among(members)


def programmes(
    clusters: Sequence[Cluster],
    nodes: dict[str, ProgrammeNode],
    registry: Registry,
) -> tuple[dict[str, ProgrammeEntity], dict[str, str]]:
    """The programmes by key, and signature → key."""
    claims: list[Claim] = []
    for group in clusters:
        shown = slug(label_of(group, nodes), 90)
        scope = nodes[group.members[0]].scope
        claims.append(Claim(group.members, (shown, f"{shown}-{slug(scope, 40)}")))
    minted = registry.assign("programme", claims)
    periods = {m.key: period_of([nodes[s] for s in g.members]) for m, g in zip(minted, clusters, strict=True)}
    first = {m.key: nodes[g.members[0]] for m, g in zip(minted, clusters, strict=True)}
    follows: dict[str, list[str]] = {}
    for later, earlier in successions(
        (key, first[key].scope, first[key].subject, periods[key]) for key in sorted(first)
    ):
        follows.setdefault(later, []).append(earlier)
    entities: dict[str, ProgrammeEntity] = {}
    for found, group in zip(minted, clusters, strict=True):
        members = [nodes[s] for s in group.members]
        period = periods[found.key]
        sigles = {sigle: sum(n.sigles[sigle] for n in members) for node in members for sigle in node.sigles}
        scope = members[0].scope
        entities[found.key] = ProgrammeEntity(
            found.key,
            _merged(node.names for node in members),
            signatures=group.members,
            merges=group.merges,
            forms=_forms(group, nodes, _of_programme),
            label=label_of(group, nodes),
            family=members[0].family,
            sigle=min(sigles, key=lambda s: (-sigles[s], s), default=None),
            start=period.start,
            end=period.end,
            extended_to=period.extended_to,
            territory=None if scope.startswith("doc:") else scope,  # an act that names no authority
            replaces=tuple(sorted(follows.get(found.key, ()))),
        )
    return entities, _signatures(entities.values())


def bodies(
    nodes: Mapping[str, OrganNode],
    organisation_keys: Mapping[str, str],
    organisations_by_key: Mapping[str, OrganisationEntity],
    registry: Registry,
) -> tuple[dict[str, BodyEntity], dict[str, str]]:
    """The governing bodies by key, and signature → key."""
    minted = assign_bodies(nodes, organisation_keys, registry)
    entities: dict[str, BodyEntity] = {}
    for signature, key in minted.items():
        authority = organisation_keys.get(nodes[signature].authority)
        owner = organisations_by_key[authority].names[0].text if authority else None
        entities[key] = body_entity(key, signature, nodes[signature], authority, owner)
    return entities, minted


def assign_bodies(
    nodes: Mapping[str, OrganNode], organisation_keys: Mapping[str, str], registry: Registry
) -> dict[str, str]:
    """Signature → key of the governing bodies."""
    order = sorted(nodes)
    claims = [
        Claim((s,), ("-".join(filter(None, (organisation_keys.get(nodes[s].authority), slug(_first(nodes[s]))))),))
        for s in order
    ]
    return {s: minted.key for s, minted in zip(order, registry.assign("body", claims), strict=True)}


def body_entity(key: str, signature: str, node: OrganNode, authority: str | None, owner: str | None) -> BodyEntity:
    """A governing body; ``owner`` is the name of the authority with the key ``authority``."""
    label = _body_label(_first(node), owner)
    return BodyEntity(key, node.names.spellings(), signatures=(signature,), label=label, authority=authority)


def _first(node: OrganNode) -> str:
    return node.names.spellings()[0].text


def _body_label(organ: str, owner: str | None) -> str:
    """ "Bureau métropolitain de Dijon métropole"; the owner is not said twice."""
    if owner is None or compact(owner) in compact(organ):
        return organ
    if compact(owner).startswith(("villede", "villed", "communede", "communed")):
        owner = owner.split(maxsplit=1)[1]
        return f"{organ} {owner}"
    return f"{organ} {with_preposition(owner)}"


def _organisation_claim(group: Cluster, members: Sequence[OrganisationNode], names: Sequence[Spelling]) -> Claim:
    body = next((node.body for node in members if node.body), None)
    shown = body.slug if body and body.slug else slug((body is None and chosen_sigle(members)) or names[0].text)
    scope = min((context for node in members for context in node.contexts), default="")
    former = {signature for node in members for signature in _formerly(node)}.difference(group.members)
    return Claim(group.members, (shown, f"{shown}-{slug(scope.replace(':', ' '), 40)}"), tuple(sorted(former)))


def _formerly(node: OrganisationNode) -> Iterator[str]:
    """What a body was known by before it was one: a name in the acts of each authority."""
    if node.body:
        for spelling in (*node.names.spellings(), *node.aliases.spellings()):
            normal = " ".join(normal_words(spelling.text))
            yield from (f"{context}|{normal}" for context in node.contexts)


def _organisation_names(members: Sequence[OrganisationNode]) -> tuple[tuple[Spelling, ...], tuple[Spelling, ...]]:
    """Names that may be the label (long forms before sigles, none borne before), and the other forms."""
    former = frozenset(normal for node in members for normal in node.former)
    every = _merged(node.names for node in members)
    in_use = [node for node in members if node.body or node.normal not in former]
    long = _merged(node.names for node in in_use if node.is_long or node.body) or every
    taken = {s.text for s in long}
    rest = SpellingCounter()
    rest.update(s for s in every if s.text not in taken)
    rest.update(s for node in members for s in node.aliases.spellings() if s.text not in taken)
    return (long, rest.spellings()) if long else (rest.spellings(), ())


def _merged(counters: Iterable[SpellingCounter]) -> tuple[Spelling, ...]:
    total = SpellingCounter()
    for counter in counters:
        total.update(counter.spellings())
    return total.spellings()


N = TypeVar("N")


def _forms(group: Cluster, nodes: Mapping[str, N], shown: Callable[[N], str]) -> dict[str, str]:
    """How acts mostly write each signature that was matched with another."""
    return {s: shown(nodes[s]) for match in group.merges for s in (match.left, match.right)}


def _of_person(node: PersonNode) -> str:
    return node.spellings.spellings()[0].text


def _of_organisation(node: OrganisationNode) -> str:
    return (node.names.spellings() or node.aliases.spellings())[0].text


def _of_programme(node: ProgrammeNode) -> str:
    years = "-".join(str(year) for year in (node.start, node.end) if year)
    name = node.names.spellings()[0].text
    return name if years in name else f"{name} {years}"


def _signatures(
    entities: Iterable[PersonEntity | ProgrammeEntity],
) -> dict[str, str]:
    return {signature: entity.key for entity in entities for signature in entity.signatures}
