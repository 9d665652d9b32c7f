"""The labelled pairs of an independent author: no worse than before, and better than a threshold on likeness."""

from __future__ import annotations

import pytest

from benchmarks.identities.pairs import SETS, alike, score

FLOORS = {"persons": (0.998, 0.964), "organisations": (0.989, 0.984)}


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_the_pairs_are_told_as_well_as_before(kind):
    precision, recall = FLOORS[kind]
    found = score(kind, SETS[kind])
    assert found.precision >= precision, [pair.id for pair in found.wrong if not pair.same]
    assert found.recall >= recall, [pair.id for pair in found.wrong if pair.same]


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_a_threshold_on_likeness_does_worse(kind):
    plain = score(kind, alike)
    ours = score(kind, SETS[kind])
    assert plain.precision < ours.precision
    assert plain.recall < ours.recall
