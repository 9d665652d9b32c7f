"""Which organisation nodes may be one: same number, name, other form, sigle, slip of the pen; each with its reason.

All of it is local: a node is compared with those that share a key with it (:func:`keys`) and with the names alike in
its territory, so that what is far from a node changes nothing about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, pairwise

from graph.resolve.cluster import Conflict, cluster
from graph.resolve.likeness import alike_names, are_alike, is_slip
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.name_keys import NameKey, located_key, name_key
from graph.resolve.organisation_nodes import KIND, OrganisationNode
from graph.resolve.places import settings

Nodes = Mapping[str, OrganisationNode]
_TWO_LONG_FORMS = "deux noms développés pour un même sigle"
_SHORTEST_INITIALS = 3
_SURE_INITIALS = 4
#: A word alone that has so many letters is a name, not a sigle that others may bear.
_NAME_LETTERS = 5


def matches(nodes: Nodes) -> tuple[list[Match], list[Candidate]]:
    """The sure matches, and the doubtful ones for review."""
    named = {s: node for s, node in sorted(nodes.items()) if node.body is None}
    found = [*_same_numbers(nodes), *_same_names(named), *_other_forms(named), *_slips(named)]
    found += [*_same_keys(named), *_part_sigles(named)]
    long_forms = _groups(named, found)
    linked, unclear = _sigles(named, long_forms)
    short_names = list(_same_short_names(named, linked, long_forms))
    scored = {m for m in (*found, *linked, *short_names) if not _contradicted(nodes, m)}
    sure = settings()["scores"]["sure"]
    doubtful = {Candidate(KIND, m, "ressemblance insuffisante") for m in scored if m.score < sure}
    return sorted(m for m in scored if m.score >= sure), sorted({*doubtful, *unclear})


def _contradicted(nodes: Nodes, match: Match) -> bool:
    """Whether the numbers of the two ends settle that they are two: no question for a person."""
    return nodes[match.left].identifiers.contradicts(nodes[match.right].identifiers) is not None


def conflict_among(nodes: Nodes) -> Conflict:
    """Two bodies are never one; nor are two numbers; nor two long forms of one sigle, unless an act ties them."""

    def conflict(one: frozenset[str], other: frozenset[str]) -> str | None:
        pairs = [(nodes[left], nodes[right]) for left in sorted(one) for right in sorted(other)]
        tied = any(_ties(a, b) or _ties(b, a) for a, b in pairs)
        for a, b in pairs:
            if a.body and b.body:
                return "deux collectivités ou établissements distincts"
            register = a.identifiers.contradicts(b.identifiers)
            if register:
                return f"numéros {register} différents"
            if (
                not tied
                and a.is_long
                and b.is_long
                and a.sigle_keys & b.sigle_keys
                and not are_alike(a.normal, b.normal)
            ):
                return _TWO_LONG_FORMS
        return None

    return conflict


def _written_alike(one: OrganisationNode, other: OrganisationNode) -> bool:
    return are_alike(one.normal, other.normal) or name_key(one.normal, None) == name_key(other.normal, None)


def _ties(node: OrganisationNode, other: OrganisationNode) -> bool:
    return other.normal in node.other_forms or other.normal in node.former


def _same_numbers(nodes: Nodes) -> Iterator[Match]:
    score = settings()["scores"]["number"]
    for group in _by(nodes, lambda node: node.identifiers.keys):
        for one, other in pairwise(group):
            shared = set(nodes[one].identifiers.keys) & set(nodes[other].identifiers.keys)
            register, _, number = min(shared).partition(":")
            yield _match(one, other, score, "number", f"même numéro {register.upper()} {number}")


def _same_names(named: Nodes) -> Iterator[Match]:
    """One long name: one organisation in an authority; in an EPCI and elsewhere, where it is distinctive enough."""
    scores = settings()["scores"]
    for group in _by(named, lambda node: [" ".join(node.normal)] if node.is_long else []):
        specific = specific_words(named[group[0]].normal)
        for one, other in pairwise(group) if is_distinctive(named[group[0]].normal) else ():
            yield _match(one, other, scores["distinctive"], "name.distinctive", "même nom, peu courant")
        for same in _by({s: named[s] for s in group}, lambda node: sorted(node.sigle_keys)) if specific else ():
            for one, other in pairwise(same):
                yield _match(one, other, scores["distinctive"], "name.sigle", "même nom et même sigle")
        for near in _by({s: named[s] for s in group}, _departments) if len(specific) > 1 else ():
            for one, other in pairwise(near):
                yield _match(one, other, scores["department"], "name.department", "même nom, même département")
        for one, other in _neighbours(named, group):
            a, b = named[one], named[other]
            if _share_authority(a, b):
                yield _match(one, other, scores["same_name"], "name.same", "même nom, même collectivité")
            elif specific:
                yield _match(one, other, scores["nearby"], "name.nearby", "même nom, même intercommunalité")
            elif _is_member(a, b) or _is_member(b, a):
                text = "même nom courant, dans une commune et dans son intercommunalité"
                yield _match(one, other, scores["common_nearby"], "name.common", text)


def _neighbours(named: Nodes, group: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a group in one territory."""
    pairs: set[tuple[str, str]] = set()
    for near in _by({s: named[s] for s in group}, lambda node: sorted(node.territories)):
        pairs.update(combinations(near, 2))
    yield from sorted(pairs)


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
                yield _match(signature, other, scores["alias"], feature, text)
            for other in anywhere.get(form, ()):
                if other not in near and other != signature:
                    yield _match(signature, other, scores["distinctive"], feature, f"{text}, peu courant")


def _same_keys(named: Nodes) -> Iterator[Match]:
    """One name in one authority, but for its writing; and in its EPCI, where the place is given."""
    scores = settings()["scores"]
    long = {s: node for s, node in named.items() if node.is_long or _is_name(node.normal[0])}
    at_home: dict[tuple[str, NameKey], list[str]] = {}
    nearby: dict[tuple[str, NameKey], list[str]] = {}
    for signature, node in long.items():
        for context in node.contexts.values():
            for key in {name_key(node.normal, context.town), name_key(node.normal, None)}:
                at_home.setdefault((context.signature, key), []).append(signature)
            nearby.setdefault((context.territory, located_key(node.normal, context.town)), []).append(signature)
    for (_, key), group in sorted(at_home.items(), key=lambda entry: entry[1]):
        for one, other in combinations(sorted(group), 2) if len(key) > 1 or _is_name(min(key)) else ():
            a, b = named[one], named[other]
            if a.acts.isdisjoint(b.acts) and _may_share_form(a, b):
                text = "même nom, aux abréviations, au pluriel, à l'ordre des mots ou au lieu près"
                yield _match(one, other, scores["key"], "name.key", text)
    for _, group in sorted(nearby.items(), key=lambda entry: entry[1]):
        for one, other in combinations(sorted(group), 2):
            if _is_member(named[one], named[other]) or _is_member(named[other], named[one]):
                text = "même nom, que l'acte de l'intercommunalité situe dans la commune"
                yield _match(one, other, scores["located"], "name.located", text)


def _is_name(word: str) -> bool:
    """Whether a word says enough alone: no sigle, no common word."""
    return len(word) > _NAME_LETTERS and bool(specific_words((word,)))


def _may_share_form(one: OrganisationNode, other: OrganisationNode) -> bool:
    """Whether the legal forms of two names may be one organisation's: a company is no association."""
    return not (one.legal_forms and other.legal_forms and one.legal_forms.isdisjoint(other.legal_forms))


def _part_sigles(named: Nodes) -> Iterator[Match]:
    """ "CPN Les Loutres" where an act ties CPN to "Connaître et protéger la nature Les Loutres"."""
    score = settings()["scores"]["part"]
    told: dict[tuple[str, str], list[str]] = {}
    for signature, node in named.items():
        for authority in node.contexts if node.is_long else ():
            for sigle in node.sigle_keys:
                told.setdefault((authority, sigle), []).append(signature)
    for signature, node in named.items():
        for context in node.contexts.values() if node.is_long else ():
            for sigle in node.normal:
                for other in told.get((context.signature, sigle), ()):
                    rest = name_key(tuple(w for w in node.normal if w != sigle), context.town)
                    whole = name_key(named[other].normal, context.town)
                    if other != signature and sigle not in named[other].normal and rest <= whole:
                        yield _match(
                            signature, other, score, "sigle.part", f"« {sigle.upper()} » développé dans un acte"
                        )


def _slips(named: Nodes) -> Iterator[Match]:
    """Long names of one territory that differ by a letter; never two that one act lists."""
    scores = settings()["scores"]
    long = {s: node for s, node in named.items() if node.is_long}
    pairs = {pair for near in _by(long, lambda node: sorted(node.territories)) for pair in alike_names(long, near)}
    for one, other in sorted(pairs):
        a, b = named[one], named[other]
        if a.normal == b.normal or a.acts & b.acts:
            continue
        shared = tuple(w for w in a.normal if w in b.normal)
        if is_slip(a.normal, b.normal) and (_share_authority(a, b) or specific_words(shared)):
            yield _match(one, other, scores["slip"], "name.slip", "une lettre de différence dans le nom")
        elif _share_authority(a, b) or specific_words(shared):
            yield _match(one, other, scores["alike"], "name.alike", "noms ressemblants")


def _sigles(named: Nodes, groups: Mapping[str, int]) -> tuple[list[Match], list[Candidate]]:
    """Sigles written alone, tied to the one long form that the authority (else its territory) gives them."""
    told, spelt = _long_forms(named)
    linked: list[Match] = []
    unclear: list[Candidate] = []
    for signature, node in named.items():
        if node.is_long:
            continue
        ties = next(filter(None, _ties_of(node, told, spelt)), [])
        if len({groups[tie.left if tie.right == signature else tie.right] for tie in ties}) == 1:
            linked.append(ties[0])
        else:
            unclear += [Candidate(KIND, tie, _TWO_LONG_FORMS) for tie in ties]
    return linked, unclear


_Index = dict[tuple[str, str], list[str]]


def _long_forms(named: Nodes) -> tuple[_Index, _Index]:
    """(place, sigle) → the long names to which acts tie the sigle, and those whose initials make it."""
    told: _Index = {}
    spelt: _Index = {}
    for signature, node in named.items():
        if node.is_long:
            for place in {*node.contexts, *node.territories}:
                for sigle in node.sigle_keys:
                    told.setdefault((place, sigle), []).append(signature)
            for place in node.contexts:
                for sigle in initials_of(node):
                    spelt.setdefault((place, sigle), []).append(signature)
    return told, spelt


def _ties_of(node: OrganisationNode, told: _Index, spelt: _Index) -> Iterator[list[Match]]:
    """The ties of a sigle to long names, the surest sort first."""
    scores, sigle = settings()["scores"], node.normal[0]
    initials = scores["initials" if len(sigle) >= _SURE_INITIALS else "initials_short"]
    shown = f"sigle « {sigle.upper()} »"
    for index, places, score, feature, text in (
        (told, node.contexts, scores["sigle"], "sigle", f"{shown} développé dans un acte"),
        (told, node.territories, scores["sigle_nearby"], "sigle", f"{shown} développé dans un acte"),
        (spelt, node.contexts, initials, "initials", f"{shown} : initiales du nom"),
    ):
        long = sorted({s for place in places for s in index.get((place, sigle), ())})
        yield [_match(node.signature, s, score, feature, text) for s in long]


def initials_of(node: OrganisationNode) -> frozenset[str]:
    """The sigles that the initials of its name make, for a name whose acts give none."""
    if node.sigles:
        return frozenset()
    made = "".join(word[0] for word in node.normal if len(word) > 2)
    return frozenset((made,)) if len(made) >= _SHORTEST_INITIALS else frozenset()


def _same_short_names(named: Nodes, linked: list[Match], groups: Mapping[str, int]) -> Iterator[Match]:
    """A one-word name in one territory is one organisation, unless it stands for two long forms there."""
    scores, common = settings()["scores"], settings()["words"]["common_sigles"]
    meant: dict[str, int] = {}
    for match in linked:
        short, long = (match.left, match.right) if match.left not in groups else (match.right, match.left)
        meant[short] = groups[long]
    for group in _by(named, lambda node: [] if node.is_long else [node.normal[0]]):
        word = named[group[0]].normal[0]
        for one, other in _neighbours(named, group):
            if meant.get(one, meant.get(other)) != meant.get(other, meant.get(one)):
                continue
            if _share_authority(named[one], named[other]):
                yield _match(one, other, scores["same_name"], "name.same", "même nom, même collectivité")
            elif len(word) >= _NAME_LETTERS and word not in common and specific_words((word,)):
                yield _match(one, other, scores["nearby"], "name.nearby", "même nom, même intercommunalité")
            elif _is_member(named[one], named[other]) or _is_member(named[other], named[one]):
                text = "même sigle, dans une commune et dans son intercommunalité"
                yield _match(one, other, scores["common_nearby"], "name.common", text)


def _groups(named: Nodes, found: Iterable[Match]) -> dict[str, int]:
    """Long names already known to be one, numbered."""
    sure = [m for m in found if m.score >= settings()["scores"]["sure"] and m.left in named and m.right in named]
    clustering = cluster(KIND, named, sure, conflict_among(named))
    return {s: index for index, group in enumerate(clustering.clusters) for s in group.members if named[s].is_long}


def _by(nodes: Nodes, keys: Callable[[OrganisationNode], Iterable[str]]) -> Iterator[list[str]]:
    """Groups of two or more nodes that share a key, in canonical order."""
    groups: dict[str, list[str]] = {}
    for signature, node in nodes.items():
        for key in keys(node):
            groups.setdefault(key, []).append(signature)
    yield from (sorted(groups[key]) for key in sorted(groups) if len(groups[key]) > 1)


def specific_words(normal: Iterable[str]) -> list[str]:
    """The words of a name that are not too common to tell it from its namesakes."""
    generic = _generic()
    return [w for w in normal if w not in generic and len(w) > 2]


@cache
def _generic() -> frozenset[str]:
    return frozenset(settings()["words"]["generic"])


def is_distinctive(normal: tuple[str, ...]) -> bool:
    """Whether one name is one organisation anywhere: three words of its own, two of four, or the name of a region."""
    own, linking = specific_words(normal), settings()["words"]["linking"]
    normal = tuple(word for word in normal if word not in linking)
    return len(own) > 2 or (len(normal) > 3 and len(own) > 1) or (len(normal) > 2 and not _regions().isdisjoint(own))


@cache
def _regions() -> frozenset[str]:
    return frozenset(settings()["words"]["regions"])


def _share_authority(one: OrganisationNode, other: OrganisationNode) -> bool:
    return not one.contexts.keys().isdisjoint(other.contexts)


def _departments(node: OrganisationNode) -> list[str]:
    return sorted({c.department for c in node.contexts.values() if c.department})


def _is_member(one: OrganisationNode, other: OrganisationNode) -> bool:
    """Whether an act of a commune names the one and an act of its EPCI the other."""
    communes = {c.authority.epci_siren for c in one.contexts.values() if c.authority and c.authority.kind == "commune"}
    groups = {c.authority.siren for c in other.contexts.values() if c.authority and c.authority.kind == "epci"}
    return not communes.isdisjoint(groups - {None})


def _match(one: str, other: str, score: float, feature: str, text: str) -> Match:
    return Match.of(one, other, score, (Reason(feature, score, text),))
