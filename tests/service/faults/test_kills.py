"""SIGKILL at random instants of an ingest, a removal, a return: done again, they give what an undisturbed run gives.

``make faults`` kills fifty times, this suite a few: FAULTS says how many. The processes are forked from one that has
imported everything and opened nothing, so that the instants fall into the work, not into the imports.
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.canonical import canonical_hash
from graph.release import current
from service.ingest import ingest
from service.ingest.remove import RemovalError, Wish, bring_back, remove
from service.ingest.report import unwatched
from service.settings import Settings
from tests.service.conftest import facts
from tests.service.faults.planting import plant
from tests.service.processes import fork

KILLS = int(os.environ.get("FAULTS", "4"))
SAMPLES = Path(__file__).parents[3] / "samples"
FIRST, *OTHERS = sorted(SAMPLES.glob("*.txt"))


@dataclass(frozen=True)
class Work:
    """What is done and killed: `made` in which state it starts, `done` the work, of a data directory."""

    made: Callable[[Path], object]
    done: Callable[[Path], object]


def _settings(data: Path) -> Settings:
    return Settings(data=data, workers=1, keep_releases=2)


def _read_first(data: Path) -> None:
    ingest([FIRST], _settings(data))


def _read_others(data: Path) -> None:
    ingest(OTHERS, _settings(data))


def _plant_ten(data: Path) -> None:
    for number in range(10):
        plant(data, facts(f"{number}.txt", to=f"Amis {number % 4}", amount=100 + number))
    plant(data, facts("sans-date.txt", date=None, to="Les Amis du Train"))
    ingest([], _settings(data))


def _publish_five_more(data: Path) -> None:
    for number in range(10, 15):
        plant(data, facts(f"{number}.txt", to=f"AMIS {number % 4}", amount=100 + number, member="Luc PETIT"))
    ingest([], _settings(data))


def _remove_two(data: Path) -> None:
    for name in ("3.txt", "sans-date.txt"):
        try:
            remove(Wish((name,), "doublon", "Le greffe", purge=name == "3.txt"), _settings(data), unwatched)
        except RemovalError:  # done, by the run that was killed
            ingest([], _settings(data))


def _read_and_remove(data: Path) -> None:
    ingest([FIRST, *OTHERS], _settings(data))
    remove(Wish((FIRST.name,), "doublon", "Le greffe"), _settings(data), unwatched)


def _bring_back(data: Path) -> None:
    try:
        bring_back([FIRST.name], _settings(data), unwatched)
    except RemovalError:
        ingest([], _settings(data))


WORKS = {
    "publish": Work(_plant_ten, _publish_five_more),
    "remove": Work(_plant_ten, _remove_two),
    "read": Work(_read_first, _read_others),
    "return": Work(_read_and_remove, _bring_back),
}


def _state(data: Path) -> tuple[str, list[str]]:
    """What is published, as one hash, and every document kept, held or removed."""
    release = current(data)
    assert release is not None
    kept = [path.relative_to(data).as_posix() for name in ("documents", "facts", "quarantine", "removed", "bin")
            for path in sorted((data / name).rglob("*"))]  # fmt: skip
    return canonical_hash(release.store()), kept


@pytest.fixture(scope="module", params=WORKS)
def undisturbed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Work, Path, tuple[str, list[str]], float]:
    """A work, where it starts, where it ends when nothing disturbs it, and the seconds it takes."""
    work, folder = WORKS[request.param], tmp_path_factory.mktemp(request.param)
    made = folder / "made"
    fork(work.made, made).join()
    data = Path(shutil.copytree(made, folder / "whole", symlinks=True))
    begun = time.monotonic()
    process = fork(work.done, data)
    process.join()
    assert process.exitcode == 0
    return work, made, _state(data), time.monotonic() - begun


@pytest.mark.slow
def test_what_was_killed_at_any_instant_is_done_again_as_if_nothing_had_been(
    undisturbed: tuple[Work, Path, tuple[str, list[str]], float], tmp_path: Path
) -> None:
    work, made, wanted, seconds = undisturbed
    chance = random.Random(7)
    share = -(-KILLS // len(WORKS))
    for number in range(share):
        data = Path(shutil.copytree(made, tmp_path / str(number), symlinks=True))
        instant = chance.uniform(0, seconds)
        process = fork(work.done, data)
        process.join(instant)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        between = current(data)
        assert between is not None, "something is always live"
        assert len(between.store()) > 0
        again = fork(work.done, data)
        again.join()
        assert again.exitcode == 0
        assert _state(data) == wanted, f"killed after {instant:.3f} s of {seconds:.3f}"
        assert not list(data.rglob(".partial-*"))
        assert not (data / "releases" / ".building").exists()
        shutil.rmtree(data)
