"""Which organisation nodes may be one: same number, name, other form, sigle, slip of the pen; each with its reason.

All of it is local: a node is compared with those that share a key with it (:func:`keys`) and with the names alike in
its territory, so that what is far from a node changes nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from graph.resolve.cluster import Conflict, cluster
from graph.resolve.housing import office_of
from graph.resolve.likeness import alike_names, are_alike, is_one_letter, is_slip
from graph.resolve.match import Candidate, Match
from graph.resolve.name_keys import NameKey, located_key, name_key
from graph.resolve.organisation_nodes import KIND, OrganisationNode, may_share_form
from graph.resolve.organisation_relations import (
    Nodes,
    by_key,
    departments,
    is_member,
    match_of,
    name_keys,
    neighbours,
    office_keys,
    share_authority,
)
from graph.resolve.organisation_sigles import TWO_LONG_FORMS, part_sigles, same_short_names, sigles
from graph.resolve.organisation_titles import same_titles
from graph.resolve.organisation_words import is_distinctive, is_name, specific_words
from graph.resolve.places import settings


def matches(nodes: Nodes) -> tuple[list[Match], list[Candidate]]:
    """The sure matches, and the doubtful ones for review."""
    named = {s: node for s, node in sorted(nodes.items()) if node.body is None}
    found = [*_same_numbers(nodes), *_same_names(named), *_other_forms(named), *_slips(named)]
    found += [
        *_same_keys(named),
        *_same_offices(named),
        *_same_housing(named),
        *same_titles(named),
        *part_sigles(named),
    ]
    long_forms = _groups(named, found)
    long_forms |= {s: -number for number, s in enumerate(sorted(nodes.keys() - named.keys()), 1)}
    linked, unclear = sigles(nodes, long_forms)
    short_names = list(same_short_names(named, linked, long_forms))
    scored = {m for m in (*found, *linked, *short_names) if not _contradicted(nodes, m)}
    sure = settings()["scores"]["sure"]
    doubtful = {Candidate(KIND, m, "ressemblance insuffisante") for m in scored if m.score < sure}
    return sorted(m for m in scored if m.score >= sure), sorted({*doubtful, *unclear})


def _contradicted(nodes: Nodes, match: Match) -> bool:
    """Whether the numbers of the two ends settle that they are two: no question for a person."""
    return nodes[match.left].identifiers.contradicts(nodes[match.right].identifiers) is not None


def conflict_among(nodes: Nodes) -> Conflict:
    """Two bodies are never one; nor are two numbers; nor two long forms of one sigle, unless an act ties them."""
    known = _known_ties(nodes)

    def conflict(one: frozenset[str], other: frozenset[str]) -> str | None:
        pairs = [(nodes[left], nodes[right]) for left in sorted(one) for right in sorted(other)]
        tied = any(_ties(a, b) or _ties(b, a) or (a.normal, b.normal) in known for a, b in pairs)
        for a, b in pairs:
            if a.body and b.body:
                return "deux collectivités ou établissements distincts"
            register = a.identifiers.contradicts(b.identifiers)
            if register:
                return f"numéros {register} différents"
            if not tied and _of_two_authorities(a, b):
                return "offices de l'habitat de deux collectivités"
            if not tied and a.is_long and b.is_long and a.sigle_keys & b.sigle_keys and not _written_alike(a, b):
                return TWO_LONG_FORMS
        return None

    return conflict


def _of_two_authorities(one: OrganisationNode, other: OrganisationNode) -> bool:
    """Whether two names are those of the housing offices of two authorities, and no number says that they are one."""
    left, right = office_of(one), office_of(other)
    same_number = set(one.identifiers.keys) & set(other.identifiers.keys)
    return bool(left and right and left.signature != right.signature and not same_number)


def _written_alike(one: OrganisationNode, other: OrganisationNode) -> bool:
    return are_alike(one.normal, other.normal) or name_key(one.normal, None) == name_key(other.normal, None)


def _known_ties(nodes: Nodes) -> frozenset[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The names that acts of whatever authority give one organisation, where each is one organisation anywhere."""
    found: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for node in nodes.values():
        for form in node.other_forms | node.former:
            if is_distinctive(form) and is_distinctive(node.normal):
                found |= {(node.normal, form), (form, node.normal)}
    return frozenset(found)


def _ties(node: OrganisationNode, other: OrganisationNode) -> bool:
    return other.normal in node.other_forms or other.normal in node.former


def _same_numbers(nodes: Nodes) -> Iterator[Match]:
    score = settings()["scores"]["number"]
    for group in by_key(nodes, lambda node: node.identifiers.keys):
        for one, other in pairwise(group):
            shared = set(nodes[one].identifiers.keys) & set(nodes[other].identifiers.keys)
            register, _, number = min(shared).partition(":")
            yield match_of(one, other, score, "number", f"même numéro {register.upper()} {number}")


def _same_names(named: Nodes) -> Iterator[Match]:
    """One long name: one organisation in an authority; in an EPCI and elsewhere, where it is distinctive enough."""
    scores = settings()["scores"]
    for group in by_key(named, lambda node: [" ".join(node.normal)] if node.is_long else []):
        specific = specific_words(named[group[0]].normal)
        for one, other in pairwise(group) if is_distinctive(named[group[0]].normal) else ():
            yield match_of(one, other, scores["distinctive"], "name.distinctive", "même nom, peu courant")
        for same in by_key({s: named[s] for s in group}, lambda node: sorted(node.sigle_keys)) if specific else ():
            for one, other in pairwise(same):
                yield match_of(one, other, scores["distinctive"], "name.sigle", "même nom et même sigle")
        for near in by_key({s: named[s] for s in group}, departments) if len(specific) > 1 else ():
            for one, other in pairwise(near):
                yield match_of(one, other, scores["department"], "name.department", "même nom, même département")
        for one, other in neighbours(named, group):
            a, b = named[one], named[other]
            if share_authority(a, b):
                yield match_of(one, other, scores["same_name"], "name.same", "même nom, même collectivité")
            elif specific:
                yield match_of(one, other, scores["nearby"], "name.nearby", "même nom, même intercommunalité")
            elif is_member(a, b) or is_member(b, a):
                text = "même nom courant, dans une commune et dans son intercommunalité"
                yield match_of(one, other, scores["common_nearby"], "name.common", text)


def _other_forms(named: Nodes) -> Iterator[Match]:
    """A name that an act gives as another form of a longer one, or as one it bore before."""
    scores = settings()["scores"]
    at_home = {(a, node.normal): s for s, node in named.items() for a in node.contexts}
    anywhere: dict[tuple[str, ...], list[str]] = {}
    for signature, node in named.items():
        if is_distinctive(node.normal):
            anywhere.setdefault(node.normal, []).append(signature)
    for signature, node in named.items():
        for form in sorted(node.other_forms | node.former):
            text = "nom porté auparavant" if form in node.former else "autre nom donné dans un acte"
            feature = "name.former" if form in node.former else "name.alias"
            near = {at_home.get((context, form)) for context in node.contexts} - {None, signature}
            for other in sorted(s for s in near if s):
                yield match_of(signature, other, scores["alias"], feature, text)
            for other in anywhere.get(form, ()):
                if other not in near and other != signature:
                    yield match_of(signature, other, scores["distinctive"], feature, f"{text}, peu courant")


def _same_keys(named: Nodes) -> Iterator[Match]:
    """One name in one authority, but for its writing; and in its EPCI, where the place is given."""
    scores = settings()["scores"]
    long = {s: node for s, node in named.items() if node.is_long or is_name(node.normal[0])}
    at_home: dict[tuple[str, NameKey], list[str]] = {}
    nearby: dict[tuple[str, NameKey], list[str]] = {}
    for signature, node in long.items():
        for context in node.contexts.values():
            for key in name_keys(node, context):
                at_home.setdefault((context.signature, key), []).append(signature)
            nearby.setdefault((context.territory, located_key(node.normal, context.town)), []).append(signature)
    for (_, key), group in sorted(at_home.items(), key=lambda entry: entry[1]):
        for one, other in combinations(sorted(group), 2) if len(key) > 1 or is_name(min(key)) else ():
            a, b = named[one], named[other]
            if a.acts.isdisjoint(b.acts) and may_share_form(a, b):
                text = "même nom, aux abréviations, au pluriel, à l'ordre des mots ou au lieu près"
                yield match_of(one, other, scores["key"], "name.key", text)
    for _, group in sorted(nearby.items(), key=lambda entry: entry[1]):
        for one, other in combinations(sorted(group), 2):
            if is_member(named[one], named[other]) or is_member(named[other], named[one]):
                text = "même nom, que l'acte de l'intercommunalité situe dans la commune"
                yield match_of(one, other, scores["located"], "name.located", text)


def _same_offices(named: Nodes) -> Iterator[Match]:
    """One name in one département, but for the legal form that some acts write before it ("OPH Finistère Habitat")."""
    score = settings()["scores"]["key"]
    for group in by_key({s: node for s, node in named.items() if node.is_long}, office_keys):
        for one, other in combinations(group, 2):
            a, b = named[one], named[other]
            if a.normal != b.normal and a.acts.isdisjoint(b.acts) and may_share_form(a, b):
                yield match_of(one, other, score, "name.office", "même nom à la forme juridique près, même département")


def _same_housing(named: Nodes) -> Iterator[Match]:
    """Two names of the housing office of one authority, whoever writes them ("OPAC de Dole", "OPH de Dole")."""
    score = settings()["scores"]["housing"]
    for group in by_key(named, lambda node: [found.signature] if (found := office_of(node)) else []):
        for one, other in combinations(group, 2):
            if named[one].acts.isdisjoint(named[other].acts):
                yield match_of(one, other, score, "name.housing", "office de l'habitat de la même collectivité")


def _slips(named: Nodes) -> Iterator[Match]:
    """Long names of one territory that differ by a letter; never two that one act lists."""
    scores = settings()["scores"]
    long = {s: node for s, node in named.items() if node.is_long}
    pairs = {pair for near in by_key(long, lambda node: sorted(node.territories)) for pair in alike_names(long, near)}
    for one, other in sorted(pairs):
        a, b = named[one], named[other]
        if a.normal == b.normal or a.acts & b.acts:
            continue
        shared = tuple(w for w in a.normal if w in b.normal)
        if is_slip(a.normal, b.normal) and (share_authority(a, b) or specific_words(shared)):
            yield match_of(one, other, scores["slip"], "name.slip", "une lettre de différence dans le nom")
        elif share_authority(a, b) and a.sigle_keys & b.sigle_keys and is_one_letter(a.normal, b.normal):
            text = "une lettre de différence dans le nom, même sigle"
            yield match_of(one, other, scores["slip"], "name.slip", text)
        elif share_authority(a, b) or specific_words(shared):
            yield match_of(one, other, scores["alike"], "name.alike", "noms ressemblants")


def _groups(named: Nodes, found: Iterable[Match]) -> dict[str, int]:
    """Long names already known to be one, numbered."""
    sure = [m for m in found if m.score >= settings()["scores"]["sure"] and m.left in named and m.right in named]
    clustering = cluster(KIND, named, sure, conflict_among(named))
    return {s: index for index, group in enumerate(clustering.clusters) for s in group.members if named[s].is_long}
