"""Acts of one to three grants in prose (``made_exposes``): what they decide is read back, and nothing beside it."""

from __future__ import annotations

from collections import Counter
from random import Random

from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import Source
from graph.mapping.context import PUBLISH_THRESHOLD
from tests.extract.pipes.made_exposes import made_exposes
from tests.extract.pipes.test_made_prose import fits
from tests.extract.pipes.test_made_tables import names

_SEEDS, _LEAST_READ = 40, 0.97


def flows(act: ActFacts) -> list[tuple[set[str], set[str], int]]:
    """Who pays, who receives and the sum of each award that is published and no part of another."""
    told = {o.id: names(o) for o in act.organisations}
    return [
        (told.get(f.funder or "", set()), told.get(f.beneficiary or "", set()), int(f.amount or 0))
        for f in act.fundings
        if f.status == "awarded" and f.kind in ("subsidy", "contribution") and f.part_of is None
        if f.confidence >= PUBLISH_THRESHOLD
    ]


def test_acts_in_prose_are_read_back_and_nothing_beside_their_grants() -> None:
    told, missed, wrong = 0, 0, []
    for seed in range(_SEEDS):
        made = made_exposes(Random(seed))
        wanted = Counter(made.flows)
        told += wanted.total()
        facts = extract_source(Source("acte.txt", "0" * 64, "text/plain", made.text))
        for payers, receivers, amount in (flow for act in facts.acts for flow in flows(act)):
            hit = next((w for w in wanted if wanted[w] and fits(w, payers, receivers, amount)), None)
            if hit is None:
                wrong.append((seed, amount, made.traits))
            else:
                wanted -= Counter([hit])
        missed += wanted.total()
    assert not wrong, wrong
    assert missed <= (1 - _LEAST_READ) * told
