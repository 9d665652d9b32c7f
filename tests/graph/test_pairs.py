"""The labelled pairs of names: no worse than before, and better than a threshold on likeness."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.identities.pairs import SETS, alike, score

FLOORS = {
    "persons": (0.999, 0.994),
    "organisations": (0.994, 0.984),
    "persons-b": (0.999, 0.962),
    "organisations-b": (0.999, 0.999),
}


@cache
def ours(kind):
    return score(kind, SETS[kind])


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_the_pairs_are_told_as_well_as_before(kind):
    precision, recall = FLOORS[kind]
    found = ours(kind)
    assert found.precision >= precision, [pair.id for pair in found.wrong if not pair.same]
    assert found.recall >= recall, [pair.id for pair in found.wrong if pair.same]


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_a_threshold_on_likeness_does_worse(kind):
    plain = score(kind, alike)
    assert plain.precision < ours(kind).precision
    assert plain.recall < ours(kind).recall
