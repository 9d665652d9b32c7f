"""The measure of who-is-who: scores of a known case, one corpus a seed, a floor under the resolver."""

from __future__ import annotations

import pytest

from benchmarks.identities import baseline
from benchmarks.identities.corpus import generate
from benchmarks.identities.measure import Score, b_cubed, pairs
from benchmarks.identities.table import assigned
from graph.resolve import Registry, resolve

TRUTH = {1: "a", 2: "a", 3: "a", 4: "b", 5: "b"}


def test_everything_right_scores_one():
    assert b_cubed(TRUTH, TRUTH) == pairs(TRUTH, TRUTH) == Score(1.0, 1.0)


def test_a_mention_in_the_wrong_cluster_costs_precision_and_recall():
    found = {1: "x", 2: "x", 3: "y", 4: "y", 5: "y"}
    # Precision: 1, 1, 1/3, 2/3, 2/3. Recall: 2/3, 2/3, 1/3, 1, 1.
    assert b_cubed(TRUTH, found).precision == pytest.approx(11 / 15)
    assert b_cubed(TRUTH, found).recall == pytest.approx(11 / 15)
    # Pairs together: 1-2, 3-4, 3-5, 4-5, of which 1-2 and 4-5 are right; pairs that are one: 1-2, 1-3, 2-3, 4-5.
    assert pairs(TRUTH, found) == Score(0.5, 0.5)


def test_a_seed_gives_one_corpus():
    one, other = generate(40, seed=7), generate(40, seed=7)
    assert one.documents == other.documents
    assert one.truth == other.truth
    assert generate(40, seed=8).documents != one.documents


def test_the_resolver_is_better_than_a_threshold_on_likeness():
    corpus = generate(600, seed=3)
    ours, plain = assigned(corpus, resolve(corpus.documents, Registry())), baseline.resolve(corpus)
    for kind in ("person", "organisation"):
        truth = {m: identity for m, identity in corpus.truth.items() if m[1] == kind}
        assert b_cubed(truth, ours).f1 > b_cubed(truth, plain).f1
        assert b_cubed(truth, ours).f1 > 0.95
