"""Which organisation nodes may be one: same name, other form, sigle, slip of the pen; each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph.resolve.cluster import Conflict, cluster
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.organisation_nodes import KIND, OrganisationNode
from graph.resolve.places import settings

Nodes = Mapping[str, OrganisationNode]
#: Blocks larger than this are words too common to look for slips of the pen in.
_LARGEST_BLOCK = 60
_TWO_LONG_FORMS = "deux noms développés pour un même sigle"


def matches(nodes: Nodes) -> tuple[list[Match], list[Candidate]]:
    """The sure matches, and the doubtful ones for review."""
    named = {s: node for s, node in sorted(nodes.items()) if node.body is None}
    found = [*_same_names(named), *_other_forms(named), *_slips(named)]
    long_forms = _groups(named, found)
    linked, unclear = _sigles(named, long_forms)
    short_names = list(_same_short_names(named, linked, long_forms))
    scored = {*found, *linked, *short_names}
    sure = settings()["scores"]["sure"]
    doubtful = {Candidate(KIND, m, "ressemblance insuffisante") for m in scored if m.score < sure}
    return sorted(m for m in scored if m.score >= sure), sorted({*doubtful, *unclear})


def conflict_among(nodes: Nodes) -> Conflict:
    """Two bodies are never one; nor are two long forms of one sigle that are not alike."""

    def conflict(one: frozenset[str], other: frozenset[str]) -> str | None:
        for left in sorted(one):
            for right in sorted(other):
                a, b = nodes[left], nodes[right]
                if a.body and b.body:
                    return "deux collectivités ou établissements distincts"
                if a.is_long and b.is_long and a.sigle_keys & b.sigle_keys and not _alike(a, b):
                    return _TWO_LONG_FORMS
        return None

    return conflict


def _same_names(named: Nodes) -> Iterator[Match]:
    """One long name in several authorities: one organisation in a territory, elsewhere where it is distinctive."""
    scores = settings()["scores"]
    for group in _by(named, lambda node: [" ".join(node.normal)] if node.is_long else []):
        for one, other in pairwise(group):
            if _territories(named[one]) & _territories(named[other]):
                yield _match(one, other, scores["same_name"], "name.same", "même nom, même territoire")
            elif _is_distinctive(named[one]):
                yield _match(one, other, scores["distinctive"], "name.distinctive", "même nom, peu courant")
        yield from _same_territory(named, group)


def _same_territory(named: Nodes, group: list[str]) -> Iterator[Match]:
    """Bearers of one name in one territory that are not neighbours in alphabetical order."""
    for territory_group in _by({s: named[s] for s in group}, lambda node: sorted(_territories(node))):
        for one, other in pairwise(territory_group):
            score = settings()["scores"]["same_name"]
            yield _match(one, other, score, "name.same", "même nom, même territoire")


def _other_forms(named: Nodes) -> Iterator[Match]:
    """A name that an act gives as another form of a longer one."""
    index = {(a, node.normal): s for s, node in named.items() for a in node.contexts}
    for signature, node in named.items():
        for context in node.contexts:
            for form in sorted(node.other_forms):
                other = index.get((context, form))
                if other and other != signature:
                    score = settings()["scores"]["alias"]
                    yield _match(signature, other, score, "name.alias", "autre nom donné dans un acte")


def _slips(named: Nodes) -> Iterator[Match]:
    """Long names of one territory that differ by a letter; never two that one act lists."""
    scores = settings()["scores"]
    pairs = {
        pair for block in _by(named, _block_words) if len(block) <= _LARGEST_BLOCK for pair in combinations(block, 2)
    }
    for one, other in sorted(pairs):
        a, b = named[one], named[other]
        if a.normal == b.normal or a.acts & b.acts or not _territories(a) & _territories(b):
            continue
        if _one_slip(a.normal, b.normal):
            yield _match(one, other, scores["typo"], "name.slip", "une lettre de différence dans le nom")
        elif _alike(a, b):
            yield _match(one, other, scores["alike"], "name.alike", "noms ressemblants")


def _sigles(named: Nodes, groups: Mapping[str, int]) -> tuple[list[Match], list[Candidate]]:
    """Sigles written alone, tied to the one long form that the authority (else its territory) gives them."""
    scores = settings()["scores"]
    by_authority: dict[tuple[str, str], list[str]] = {}
    for signature, node in named.items():
        if node.is_long:
            for sigle in node.sigle_keys:
                for place in {*node.contexts, *_territories(node)}:
                    by_authority.setdefault((place, sigle), []).append(signature)
    linked: list[Match] = []
    unclear: list[Candidate] = []
    for signature, node in named.items():
        if node.is_long:
            continue
        for places, score in ((node.contexts, scores["sigle"]), (_territories(node), scores["sigle_nearby"])):
            long = sorted({s for place in places for s in by_authority.get((place, node.normal[0]), ())})
            ties = [
                _match(signature, s, score, "sigle", f"sigle « {node.normal[0].upper()} » développé dans un acte")
                for s in long
            ]
            if len({groups[s] for s in long}) == 1:
                linked.append(ties[0])
            elif long:
                unclear += [Candidate(KIND, tie, _TWO_LONG_FORMS) for tie in ties]
            if long:
                break
    return linked, unclear


def _same_short_names(named: Nodes, linked: list[Match], groups: Mapping[str, int]) -> Iterator[Match]:
    """A one-word name in one territory is one organisation, unless it stands for two long forms there."""
    meant: dict[str, int] = {}
    for match in linked:
        short, long = (match.left, match.right) if match.left not in groups else (match.right, match.left)
        meant[short] = groups[long]
    for group in _by(named, lambda node: [] if node.is_long else [node.normal[0]]):
        for territory_group in _by({s: named[s] for s in group}, lambda node: sorted(_territories(node))):
            for one, other in combinations(territory_group, 2):
                if meant.get(one, meant.get(other)) == meant.get(other, meant.get(one)):
                    score = settings()["scores"]["same_name"]
                    yield _match(one, other, score, "name.same", "même nom, même territoire")


def _groups(named: Nodes, found: Iterable[Match]) -> dict[str, int]:
    """Long names already known to be one, numbered."""
    sure = [m for m in found if m.score >= settings()["scores"]["sure"]]
    clustering = cluster(KIND, named, sure, conflict_among(named))
    return {s: index for index, group in enumerate(clustering.clusters) for s in group.members if named[s].is_long}


def _by(nodes: Nodes, keys: Callable[[OrganisationNode], Iterable[str]]) -> Iterator[list[str]]:
    """Groups of two or more nodes that share a key, in canonical order."""
    groups: dict[str, list[str]] = {}
    for signature, node in nodes.items():
        for key in keys(node):
            groups.setdefault(key, []).append(signature)
    yield from (sorted(groups[key]) for key in sorted(groups) if len(groups[key]) > 1)


def _block_words(node: OrganisationNode) -> list[str]:
    return sorted({word for word in node.normal if len(word) > 3}) if len(node.normal) > 2 else []


def _territories(node: OrganisationNode) -> frozenset[str]:
    return frozenset(context.territory for context in node.contexts.values())


def _is_distinctive(node: OrganisationNode) -> bool:
    generic = settings()["words"]["generic"]
    return len([w for w in node.normal if w not in generic and len(w) > 2]) > 1


def _one_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Three words or more, all equal but one of five letters or more, which differs by one letter."""
    if len(one) != len(other):
        return False
    wrong = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(wrong) == 1 and min(map(len, wrong[0])) > 4 and OSA.distance(*wrong[0], score_cutoff=1) == 1


def _alike(one: OrganisationNode, other: OrganisationNode) -> bool:
    return fuzz.ratio(" ".join(one.normal), " ".join(other.normal)) >= 90


def _match(one: str, other: str, score: float, feature: str, text: str) -> Match:
    return Match.of(one, other, score, (Reason(feature, score, text),))
