"""One document can spoil only itself: crashes, deadlines and refusals are told of the item that caused them."""

import math
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.ingest import pool
from tests.service.processes import READY

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=[None, READY], ids=["spawned", "forked"])
def ready(request: pytest.FixtureRequest) -> str | None:
    """Where a worker comes from changes nothing of what is told."""
    return request.param  # type: ignore[no-any-return]


def test_values_come_back_with_their_items(ready: str | None) -> None:
    outcomes = pool.run(math.sqrt, [1.0, 4.0, 9.0], workers=2, timeout=600, ready=ready)
    assert sorted((o.item, o.value) for o in outcomes if isinstance(o, pool.Done)) == [
        (1.0, 1.0),
        (4.0, 2.0),
        (9.0, 3.0),
    ]


def test_crash_is_told_of_its_item_and_the_others_go_on(ready: str | None) -> None:
    outcomes = {o.item: o for o in pool.run(math.sqrt, [4.0, -1.0, 9.0, 16.0], workers=1, timeout=600, ready=ready)}
    crash = outcomes.pop(-1.0)
    assert isinstance(crash, pool.Crashed)
    assert crash.log.strip().splitlines()[-1].startswith("ValueError")
    assert not crash.timed_out
    assert {o.value for o in outcomes.values() if isinstance(o, pool.Done)} == {2.0, 3.0, 4.0}


def test_worker_that_dies_without_a_word_is_told_by_its_exit_code(ready: str | None) -> None:
    [outcome] = pool.run(os._exit, [7], workers=1, timeout=600, ready=ready)
    assert isinstance(outcome, pool.Crashed)
    assert (outcome.exit_code, outcome.timed_out) == (7, False)


class _DiesOnArrival:
    """A function that ends the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)

    def __call__(self, item: int) -> int:
        return item


def test_worker_that_dies_before_it_takes_its_item_is_told_too(ready: str | None) -> None:
    outcomes = list(pool.run(_DiesOnArrival(), [1, 2], workers=1, timeout=600, ready=ready))
    assert [(o.item, o.exit_code) for o in outcomes if isinstance(o, pool.Crashed)] == [(1, 3), (2, 3)]


def test_deadline_kills_the_worker_and_only_its_item(ready: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    give = pool._Worker.give  # the quick one need not be quick, however busy the machine
    monkeypatch.setattr(pool._Worker, "give", lambda self, item, timeout: give(self, item, timeout if item else 600))
    outcomes = {o.item: o for o in pool.run(time.sleep, [3600, 0], workers=2, timeout=1, ready=ready)}
    slow = outcomes[3600]
    assert isinstance(slow, pool.Crashed)
    assert slow.timed_out
    assert isinstance(outcomes[0], pool.Done)


def test_refusal_of_a_document_is_no_crash(tmp_path: Path, ready: str | None) -> None:
    from extract.read import read_file

    rubbish = tmp_path / "rebut.txt"
    rubbish.write_bytes(bytes(range(256)) * 20)
    [outcome] = pool.run(read_file, [rubbish], workers=1, timeout=600, ready=ready)
    assert isinstance(outcome, pool.Refused)
    assert outcome.error.file == "rebut.txt"


def test_no_item_no_process(ready: str | None) -> None:
    assert list(pool.run(math.sqrt, [], workers=2, timeout=1, ready=ready)) == []


def tell(name: str) -> bool:
    """Whether this process had loaded a module before it was asked."""
    return name in sys.modules


@pytest.mark.parametrize(
    ("source", "told"),
    [("", "[True, True]"), ("import os; os._exit(9)", "[False, False]")],
    ids=["loaded", "the process to fork from dies"],
)
def test_what_workers_need_is_loaded_before_they_start(tmp_path: Path, source: str, told: str) -> None:
    (tmp_path / "burden.py").write_text(source)
    code = (
        "from service.ingest import pool; from tests.service.ingest.test_pool import tell\n"
        "print([o.value for o in pool.run(tell, ['burden'] * 2, workers=2, timeout=600, ready='burden')])"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == (told, "")
