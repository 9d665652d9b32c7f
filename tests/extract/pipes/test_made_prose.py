"""Grants told in prose composed from parts (``made_prose``): what the acts decide is read back, and little else.

The ways to tell a grant are many, and some of those drawn here are told so that a reader has to guess. What is asked is
a floor over many acts, as high as what is reached; a single act that fails is no error.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from benchmarks.corpus.number_words import in_words
from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import Source
from graph.mapping.context import PUBLISH_THRESHOLD
from tests.extract.pipes.composer import Flow, Prose
from tests.extract.pipes.made_prose import made_prose
from tests.extract.pipes.test_made_tables import bare, names

#: Acts in blocks of so many, so that a failure names the seeds to look at.
BLOCKS, BLOCK = 6, 100
#: Of a block's published flows so many are right; of its decided flows so many are published.
PRECISION, RECALL = 0.97, 0.96


@dataclass
class Score:
    """Flows read right, read that no act decides, and decided that were not read; the seeds of the faults."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)


def published(act: ActFacts) -> list[tuple[set[str], set[str], int]]:
    """Names of who pays and of who receives, and the sum, of each award that is sure enough to be published."""
    organisations = {o.id: names(o) for o in act.organisations}
    return [
        (organisations.get(f.funder or "", set()), organisations.get(f.beneficiary or "", set()), int(f.amount or 0))
        for f in act.fundings
        if f.status == "awarded" and f.kind in ("subsidy", "contribution") and f.confidence >= PUBLISH_THRESHOLD
    ]


def compare(prose: Prose, score: Score, seed: int) -> None:
    """Count what is read of one act."""
    facts = extract_source(Source("acte.txt", "0" * 64, "text/plain", prose.text))
    wanted = Counter(prose.flows)
    wrong = []
    for payers, receivers, amount in (flow for act in facts.acts for flow in published(act)):
        hit = next((w for w in wanted if fits(w, payers, receivers, amount)), None)
        if hit is None:
            wrong.append((sorted(payers)[:1], sorted(receivers)[:1], amount))
        else:
            score.right += 1
            wanted -= Counter([hit])
    score.wrong += len(wrong)
    score.missed += wanted.total()
    if wrong or wanted:
        score.faults.append(f"seed {seed}: wrong {wrong}, missed {list(wanted)}")


def fits(flow: Flow, payers: set[str], receivers: set[str], amount: int) -> bool:
    """Whether what is read is a flow of the act."""
    return flow.amount == amount and bare(flow.funder) in payers and bare(flow.receiver) in receivers


@pytest.mark.parametrize("block", range(BLOCKS))
def test_grants_told_in_prose_are_read_back(block: int) -> None:
    score = Score()
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        compare(made_prose(Random(seed)), score, seed)
    told = "\n".join(score.faults)
    assert score.right / (score.right + score.wrong) >= PRECISION, told
    assert score.right / (score.right + score.missed) >= RECALL, told


@pytest.mark.parametrize(
    ("value", "words"),
    [(80, "quatre-vingts"), (71, "soixante et onze"), (1300, "mille trois cents"), (3200, "trois mille deux cents"),
     (80000, "quatre-vingt mille"), (200000, "deux cent mille"), (91, "quatre-vingt-onze"), (21, "vingt et un")],
)  # fmt: skip
def test_the_composer_writes_numbers_as_one_writes_them(value: int, words: str) -> None:
    assert in_words(value) == words
