"""How organisation nodes stand to one another: by key, by authority, by territory; and the matches made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from graph.resolve.match import Match, Reason
from graph.resolve.name_keys import NameKey, located_key, name_key, own_words
from graph.resolve.organisation_nodes import OrganisationNode, normal_words, quoted_name
from graph.resolve.organisation_words import specific_words
from graph.resolve.places import Context, department_name

Nodes = Mapping[str, OrganisationNode]


def by_key(nodes: Nodes, keys: Callable[[OrganisationNode], Iterable[str]]) -> Iterator[list[str]]:
    """Groups of two or more nodes that share a key, in canonical order."""
    groups: dict[str, list[str]] = {}
    for signature, node in nodes.items():
        for key in keys(node):
            groups.setdefault(key, []).append(signature)
    yield from (sorted(groups[key]) for key in sorted(groups) if len(groups[key]) > 1)


def neighbours(named: Nodes, group: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a group in one territory."""
    pairs: set[tuple[str, str]] = set()
    for near in by_key({s: named[s] for s in group}, lambda node: sorted(node.territories)):
        pairs.update(combinations(near, 2))
    yield from sorted(pairs)


def share_authority(one: OrganisationNode, other: OrganisationNode) -> bool:
    """Whether the acts of one authority name both."""
    return not one.contexts.keys().isdisjoint(other.contexts)


def departments(node: OrganisationNode) -> list[str]:
    """Codes of the départements whose authorities name it."""
    return sorted({c.department for c in node.contexts.values() if c.department})


def name_keys(node: OrganisationNode, context: Context) -> frozenset[NameKey]:
    """The keys under which a name may stand in the acts of one authority: with the place, without it, in quotes.

    The place is the same as its adjective ("Harmonie bisontine", "Harmonie de Besançon"). The number of the authority's
    own département at the end of a name is read as its name ("Planning familial 81"). Legal forms
    alone give no key.
    """
    quoted = (name_key(normal, context.town) for normal in quoted_names(node))
    written = {node.normal, _with_department(node.normal, context.department)}
    own = {name_key(normal, town) for normal in written for town in (context.town, None)}
    own |= {located_key(normal, context.town) for normal in written if len(own) > len(written)}
    return frozenset(key for key in (*own, *quoted) if key)


def _with_department(normal: tuple[str, ...], code: str | None) -> tuple[str, ...]:
    if code is None or len(normal) < 2 or normal[-1] != code.lower():
        return normal
    return (*normal[:-1], *normal_words(department_name(code)))


def quoted_names(node: OrganisationNode) -> frozenset[tuple[str, ...]]:
    """ "l'association sportive « Les Archers du Lignon »": the name in quotes, where it is one alone."""
    found = (quoted_name(text) for text in node.names.totals())
    every = (normal_words(name) for name in found if name)
    return frozenset(normal for normal in every if len(specific_words(normal)) > 1)


def office_keys(node: OrganisationNode) -> list[str]:
    """The name without its legal form, in each département whose authorities write it; none for a common name."""
    own = own_words(node.normal)
    if len(specific_words(own)) < 2:
        return []
    return [f"{' '.join(sorted(own))}@{department}" for department in departments(node)]


def is_member(one: OrganisationNode, other: OrganisationNode) -> bool:
    """Whether an act of a commune names the one and an act of its EPCI the other."""
    communes = {c.authority.epci_siren for c in one.contexts.values() if c.authority and c.authority.kind == "commune"}
    groups = {c.authority.siren for c in other.contexts.values() if c.authority and c.authority.kind == "epci"}
    return not communes.isdisjoint(groups - {None})


def match_of(one: str, other: str, score: float, feature: str, text: str) -> Match:
    """A match for one reason."""
    return Match.of(one, other, score, (Reason(feature, score, text),))
