"""Members of a municipal council who sit in the council of its group of communes too.

The councillors of a group of communes are municipal councillors of its communes (Code général des collectivités
territoriales, L. 5211-6), and nobody sits in two municipal councils (Code électoral, L. 238). So one full name in a
commune and in its group, in one term of office, is one person, unless it is so common that a councillor of another
commune may bear it, or two communes of the group have a councillor of that name: those are for a person to review.
Where the list of the group writes the commune beside the name, that settles it either way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.resolve.features import Never, compare
from graph.resolve.match import Match, Reason
from graph.resolve.names import PersonForm, settings
from graph.resolve.person_nodes import PersonNode

_TOLD = "la liste de l'intercommunalité dit que l'élu est de cette commune"
_TEXT = "siège au conseil d'une commune membre et à celui de l'intercommunalité (CGCT, L. 5211-6)"


def in_two_councils(nodes: Mapping[str, PersonNode], forms: Mapping[str, PersonForm]) -> Iterator[Match]:
    """One name in a commune and in its group, in one term: sure where it is rare, else for review."""
    values = settings()["groups"]
    for one, other in sorted(set(_pairs(nodes, forms))):
        outcome = compare(forms[one], forms[other])
        if isinstance(outcome, Never) or outcome[0] < settings()["thresholds"]["sure"]:
            continue
        named = told_of(nodes[one], nodes[other])
        if named is False:
            continue
        rare = not forms[one].has_common_family and not forms[other].has_common_family
        score = values["told" if named else "rare" if rare else "common"]
        why = Reason("groups.told", score, _TOLD) if named else _rarity(outcome[0], rare=rare)
        yield Match.of(one, other, score, (Reason("groups.member", score, _TEXT), why, *outcome[1]))


def two_communes(one: PersonNode, other: PersonNode) -> bool:
    """Whether two names are of the councils of two communes of one group."""
    left, right = one.group, other.group
    if left and right and left.is_commune and right.is_commune:
        return one.scope != other.scope
    return told_of(one, other) is False


def told_of(one: PersonNode, other: PersonNode) -> bool | None:
    """Whether the lists of a group say that its member is of that commune; None where they do not tell, or two."""
    for member, councillor in ((one, other), (other, one)):
        group, commune = member.group, councillor.group
        if group and commune and commune.is_commune and not group.is_commune and group.siren == commune.siren:
            return commune.insee in member.towns if len(member.towns) == 1 else None
    return None


def _rarity(likeness: float, *, rare: bool) -> Reason:
    if rare:
        return Reason("name.rare", likeness, "nom de famille peu courant")
    text = "nom de famille courant : une autre commune peut en avoir un homonyme"
    return Reason("name.common", likeness, text)


def _pairs(nodes: Mapping[str, PersonNode], forms: Mapping[str, PersonForm]) -> Iterator[tuple[str, str]]:
    """A member of a commune and one of its group, in one term, under full names that share a word."""
    communes: dict[tuple[str, int | None, str], list[str]] = {}
    groups: dict[tuple[str, int | None, str], list[str]] = {}
    for signature, node in nodes.items():
        group = node.group
        if group and forms[signature].is_full and node.term is not None:
            for word in {forms[signature].family_letters, *forms[signature].core}:
                blocks = communes if group.is_commune else groups
                blocks.setdefault((group.siren, node.term, word), []).append(signature)
    for key, members in groups.items():
        for one in members:
            yield from ((one, other) for other in communes.get(key, ()))
