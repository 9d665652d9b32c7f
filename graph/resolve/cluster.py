"""Clustering under constraints: the outcome is a function of the set of matches, not of their order.

Matches are taken from the surest down. Those of one score are taken together: where they would bring into one
cluster two things that must stay apart, none of them is followed (which of the two is meant is unknown) and all
are listed for review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from graph.resolve.match import Candidate, Cluster, Match, Reason

#: Says why two sets of signatures can never be one thing, None where they may.
Conflict = Callable[[frozenset[str], frozenset[str]], str | None]
Pair = tuple[str, str]

_AMBIGUOUS = "plusieurs rapprochements également plausibles"
_APART = "maintenus distincts par décision"
_BY_HAND = Reason("judgement", 1.0, "rapprochés par décision")


@dataclass(frozen=True, slots=True)
class Clustering:
    """The clusters, in the order of their first member, and the matches that were not followed."""

    clusters: tuple[Cluster, ...]
    refused: tuple[Candidate, ...]


def cluster(
    kind: str,
    nodes: Iterable[str],
    matches: Sequence[Match],
    conflict: Conflict,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> Clustering:
    """Cluster ``nodes``; ``together`` and ``apart`` are human judgements and win over matches and conflicts."""
    forest = _Forest(nodes)
    kept_apart = frozenset(frozenset(pair) for pair in apart)
    for left, right in sorted(together):
        if left in forest and right in forest:
            forest.unite(Match.of(left, right, 1.0, (_BY_HAND,)))

    def clash(one: frozenset[str], other: frozenset[str]) -> str | None:
        if any(frozenset((a, b)) in kept_apart for a in one for b in other):
            return _APART
        return conflict(one, other)

    refused: list[Candidate] = []
    ordered = sorted(set(matches), key=lambda match: (-match.score, match))
    for _, level in groupby(ordered, key=lambda match: match.score):
        refused += _follow(kind, forest, list(level), clash)
    return Clustering(tuple(forest.clusters()), tuple(sorted(refused)))


def for_review(candidates: Iterable[Candidate], found: Clustering, apart: Iterable[Pair]) -> tuple[Candidate, ...]:
    """The candidates that are still open: neither in one cluster by another way, nor kept apart by a person.

    Of several between two clusters the surest is kept: it is one question.
    """
    home = {signature: index for index, group in enumerate(found.clusters) for signature in group.members}
    judged = {frozenset((home[one], home[other])) for one, other in apart if one in home and other in home}
    best: dict[frozenset[int], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (-c.match.score, c)):
        ends = frozenset((home[candidate.match.left], home[candidate.match.right]))
        if len(ends) == 2 and ends not in judged:
            best.setdefault(ends, candidate)
    return tuple(sorted(best.values()))


def _follow(kind: str, forest: _Forest, level: list[Match], clash: Conflict) -> Iterator[Candidate]:
    """Follow the matches of one score; yield those refused."""
    open_matches: list[Match] = []
    for match in level:
        one, other = forest.root(match.left), forest.root(match.right)
        why = None if one == other else clash(forest.members(one), forest.members(other))
        if why:
            yield Candidate(kind, match, why)
        elif one != other:
            open_matches.append(match)
    for group in _connected(forest, open_matches):
        roots = sorted({forest.root(end) for match in group for end in (match.left, match.right)})
        sets = [forest.members(root) for root in roots]
        if any(clash(one, other) for one, other in combinations(sets, 2)):
            yield from (Candidate(kind, match, _AMBIGUOUS) for match in group)
        else:
            for match in group:
                forest.unite(match)


def _connected(forest: _Forest, matches: list[Match]) -> list[list[Match]]:
    """The matches, grouped by the component of clusters that they would join."""
    ends = {match: (forest.root(match.left), forest.root(match.right)) for match in matches}
    joined = _Forest({root for pair in ends.values() for root in pair})
    for one, other in ends.values():
        joined.unite(Match.of(one, other, 1.0, ()))
    groups: dict[str, list[Match]] = {}
    for match, (one, _) in ends.items():
        groups.setdefault(joined.root(one), []).append(match)
    return [groups[root] for root in sorted(groups)]


class _Forest:
    """Union-find over signatures; the root of a cluster is its smallest member."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._root = {node: node for node in nodes}
        self._members = {node: frozenset((node,)) for node in self._root}
        self._merges: dict[str, tuple[Match, ...]] = {}

    def __contains__(self, node: str) -> bool:
        return node in self._root

    def root(self, node: str) -> str:
        while self._root[node] != node:
            self._root[node] = node = self._root[self._root[node]]
        return node

    def members(self, root: str) -> frozenset[str]:
        return self._members[root]

    def unite(self, match: Match) -> None:
        first, second = sorted((self.root(match.left), self.root(match.right)))
        if first == second:
            return
        self._root[second] = first
        self._members[first] |= self._members.pop(second)
        self._merges[first] = (*self._merges.pop(first, ()), *self._merges.pop(second, ()), match)

    def clusters(self) -> Iterator[Cluster]:
        for root in sorted(self._members):
            yield Cluster(tuple(sorted(self._members[root])), tuple(sorted(self._merges.get(root, ()))))
