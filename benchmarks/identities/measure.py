"""Scores of an assignment of identities against the truth: B³ (Bagga and Baldwin 1998) and pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

M = TypeVar("M", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0


def b_cubed(truth: Mapping[M, str], found: Mapping[M, str]) -> Score:
    """B³: for each mention, the share of its cluster that is right and the share of its identity that is there."""
    both = Counter((truth[m], found[m]) for m in truth)
    true, given = Counter(truth.values()), Counter(found[m] for m in truth)
    total = len(truth)
    precision = sum(n * n / given[cluster] for (_, cluster), n in both.items()) / total
    recall = sum(n * n / true[identity] for (identity, _), n in both.items()) / total
    return Score(precision, recall)


def pairs(truth: Mapping[M, str], found: Mapping[M, str]) -> Score:
    """Over all pairs of mentions: those put together rightly among those put together, and among those that are one."""
    both = Counter((truth[m], found[m]) for m in truth)
    right = _pairs(both)
    together, one = _pairs(Counter(found[m] for m in truth)), _pairs(Counter(truth.values()))
    return Score(right / together if together else 1.0, right / one if one else 1.0)


def wrong(truth: Mapping[M, str], found: Mapping[M, str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Clusters that hold several identities, and identities that lie in several clusters."""
    merged: dict[str, set[str]] = defaultdict(set)
    parted: dict[str, set[str]] = defaultdict(set)
    for mention, identity in truth.items():
        merged[found[mention]].add(identity)
        parted[identity].add(found[mention])
    return (
        {cluster: identities for cluster, identities in merged.items() if len(identities) > 1},
        {identity: clusters for identity, clusters in parted.items() if len(clusters) > 1},
    )


def _pairs(counts: Counter[tuple[str, str]] | Counter[str]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())
