"""One document can spoil only itself: crashes, deadlines and refusals are told of the item that caused them."""

import math
import os
import time
from pathlib import Path

from service.ingest import pool


def test_values_come_back_with_their_items() -> None:
    outcomes = pool.run(math.sqrt, [1.0, 4.0, 9.0], workers=2, timeout=30)
    assert sorted((o.item, o.value) for o in outcomes if isinstance(o, pool.Done)) == [
        (1.0, 1.0),
        (4.0, 2.0),
        (9.0, 3.0),
    ]


def test_crash_is_told_of_its_item_and_the_others_go_on() -> None:
    outcomes = {o.item: o for o in pool.run(math.sqrt, [4.0, -1.0, 9.0, 16.0], workers=1, timeout=30)}
    crash = outcomes.pop(-1.0)
    assert isinstance(crash, pool.Crashed)
    assert crash.log.strip().splitlines()[-1].startswith("ValueError")
    assert not crash.timed_out
    assert {o.value for o in outcomes.values() if isinstance(o, pool.Done)} == {2.0, 3.0, 4.0}


def test_worker_that_dies_without_a_word_is_told_by_its_exit_code() -> None:
    [outcome] = pool.run(os._exit, [7], workers=1, timeout=30)
    assert isinstance(outcome, pool.Crashed)
    assert (outcome.exit_code, outcome.timed_out) == (7, False)


class _DiesOnArrival:
    """A function that ends the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)

    def __call__(self, item: int) -> int:
        return item


def test_worker_that_dies_before_it_takes_its_item_is_told_too() -> None:
    outcomes = list(pool.run(_DiesOnArrival(), [1, 2], workers=1, timeout=30))
    assert [(o.item, o.exit_code) for o in outcomes if isinstance(o, pool.Crashed)] == [(1, 3), (2, 3)]


def test_deadline_kills_the_worker_and_only_its_item() -> None:
    begun = time.monotonic()
    outcomes = {o.item: o for o in pool.run(time.sleep, [60, 0], workers=2, timeout=3)}
    assert time.monotonic() - begun < 20
    slow = outcomes[60]
    assert isinstance(slow, pool.Crashed)
    assert slow.timed_out
    assert isinstance(outcomes[0], pool.Done)


def test_refusal_of_a_document_is_no_crash(tmp_path: Path) -> None:
    from extract.read import read_file

    rubbish = tmp_path / "rebut.txt"
    rubbish.write_bytes(bytes(range(256)) * 20)
    [outcome] = pool.run(read_file, [rubbish], workers=1, timeout=60)
    assert isinstance(outcome, pool.Refused)
    assert outcome.error.file == "rebut.txt"


def test_no_item_no_process() -> None:
    assert list(pool.run(math.sqrt, [], workers=2, timeout=1)) == []
