"""The watcher of an ingest tells what it held in each stage."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import memory
from benchmarks.incremental import plant
from benchmarks.register import documents


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_each_stage_held_something(tmp_path: Path) -> None:
    plant(tmp_path, documents(2))
    most = memory.measure(tmp_path)
    assert {"start", "release"} <= most.keys() <= set(memory._STAGES)
    assert min(most.values()) > 1
    told = memory.table({1: most, 2: {name: held + 0.5 for name, held in most.items()}})
    assert told.splitlines()[-1].endswith("| 500 kB |")


def test_an_ingest_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("no folder")
    with pytest.raises(SystemExit, match="échoué"):
        memory.measure(tmp_path)
