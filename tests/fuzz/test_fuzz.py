"""Whatever stands in a file, a reader reads it or refuses it in words: no other exception, no crash, nothing beyond its
bounds of time and memory, no network, no file that the input names, none written elsewhere.

Each file of the corpus is given as it is, and then changed (tests.fuzz.mutate). What fails is kept under ``.fuzz/``:
once mended it goes into the corpus. ``make fuzz`` tries many more.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.fuzz.bounded import ROOT, Bounded
from tests.fuzz.mutate import STEPS, Step, mutated
from tests.fuzz.seeds import CORPUS
from tests.fuzz.targets import TARGETS

KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
SEEDS = {target: [path.read_bytes() for path in KEPT if path.parent.name == target] for target in TARGETS}


@pytest.fixture(scope="module")
def bounded() -> Iterator[Bounded]:
    made = Bounded()
    yield made
    made.close()


def check(bounded: Bounded, target: str, data: bytes) -> None:
    outcome = bounded.give(target, data)
    if outcome.kind == "failed":
        kept = ROOT / ".fuzz" / f"{target}{TARGETS[target].suffix}"  # the last one is the least one
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(data)
        pytest.fail(f"{kept}: {outcome.told}")


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}/{path.name}" for path in KEPT])
def test_what_is_kept_is_read_or_refused(bounded: Bounded, path: Path) -> None:
    check(bounded, path.parent.name, path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 99), steps=STEPS)
def test_what_is_changed_is_read_or_refused(bounded: Bounded, target: str, which: int, steps: list[Step]) -> None:
    check(bounded, target, mutated(TARGETS[target].suffix, SEEDS[target], which, steps))
