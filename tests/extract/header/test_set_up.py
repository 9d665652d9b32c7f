"""Rosters in every set-up of ``set_up.py`` are read back, whatever head stands around them."""

from __future__ import annotations

from random import Random

import pytest

from tests.examples import examples
from tests.extract.header import (  # noqa: F401 - they put their set-ups among the others
    set_up_columns,
    set_up_headed,
)
from tests.extract.header.composed import compose
from tests.extract.header.set_up import SET_UPS
from tests.extract.header.test_composed import misread

#: How many heads are composed for each set-up; ``make deep`` composes sixty.
HEADS = min(60, examples(24))
#: Seeds that are misread for what the set-up leaves open: dashes
#: that may be hyphens ("Yves-Marie – Valmorin").
OPEN: dict[str, frozenset[int]] = {"communes": frozenset([26, 38])}


@pytest.mark.parametrize("name", SET_UPS)
def test_a_roster_in_any_set_up_is_read_back(name: str) -> None:
    heads = {seed: compose(Random(seed), SET_UPS[name]) for seed in range(HEADS) if seed not in OPEN.get(name, ())}
    wrong = {seed: fields for seed, head in heads.items() if (fields := misread(head))}
    assert not wrong, "\n\n".join(f"seed {seed}: {fields}\n{heads[seed].text}" for seed, fields in wrong.items())
