"""One writer at a time, and a dead writer holds nothing."""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.ingest.lock import DataDirectoryBusy, writing
from tests.service.conftest import PATIENCE

HOLD = "import sys, time\nfrom pathlib import Path\nfrom service.ingest.lock import writing\n" \
       "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"  # fmt: skip


@pytest.fixture
def holder(tmp_path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_second_writer_is_told_who_and_since_when(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    with pytest.raises(DataDirectoryBusy) as refused, writing(tmp_path):
        pass
    assert f"processus {holder.pid}" in str(refused.value)
    assert re.search(r"depuis \d{4}-\d\d-\d\dT", str(refused.value))


def test_killed_writer_leaves_the_way_free(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with writing(tmp_path):
        assert str(os.getpid()) in (tmp_path / "lock").read_text()


def test_waiting_writer_gets_its_turn(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    timer = multiprocessing.get_context("spawn").Process(target=_kill_soon, args=(holder.pid,))
    timer.start()
    with writing(tmp_path, wait=30):
        assert holder.poll() is not None or holder.wait(PATIENCE) is not None
    timer.join()


def _kill_soon(pid: int) -> None:
    time.sleep(0.5)
    os.kill(pid, signal.SIGKILL)
