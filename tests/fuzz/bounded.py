"""One input at a time to a process that may die of it: what became of it, within bounds of time and memory.

Time is that of the processor, so that a busy machine fails no test. What is watched besides: no network, no file
written outside the scratch folder, no other program started, nothing read of a file that an input names.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import IO

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
#: Seconds of the processor for one input, and bytes of memory above those of the process that has loaded all.
CPU_SECONDS, MEMORY = 10, 1 << 30
LASTING = frozenset(name for name, target in TARGETS.items() if target.may_last)
#: Seconds by the clock after which a process that does not even use the processor is given up.
_STUCK = 180.0


@dataclass(frozen=True)
class Outcome:
    """What became of an input: ``kind`` is read, refused or failed; ``told`` the refusal, or what went wrong."""

    kind: str
    told: str


class Bounded:
    """A process that takes inputs (tests.fuzz.child); a new one where the last has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch = tempfile.TemporaryDirectory(prefix="fuzz-")

    def give(self, target: str, data: bytes) -> Outcome:
        """Hand ``data`` to a target of tests.fuzz.targets."""
        if self._process is None or self._process.poll() is not None:
            self._process = self._started()
        asked, answers = self._process.stdin, self._process.stdout
        assert asked
        assert answers
        try:
            asked.write(f"{target} {len(data)}\n".encode() + data)
            asked.flush()
            answer = _line(answers)
        except BrokenPipeError:
            answer = b""
        if answer:
            return Outcome(**json.loads(answer))
        self._process.kill()
        code = self._process.wait()
        log = (Path(self._scratch.name) / "log").read_text("utf-8", "replace").strip().splitlines()
        self._process = None
        if target in LASTING and code in (-signal.SIGXCPU, -signal.SIGABRT):  # its time or its memory was over
            return Outcome("refused", "")
        return Outcome("failed", f"the process died of it: code {code} {log[-1] if log else ''}")

    def _started(self) -> subprocess.Popen[bytes]:
        scratch = Path(self._scratch.name)
        with (scratch / "log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.fuzz.child", str(scratch), str(CPU_SECONDS), str(MEMORY)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, "PATH": "/nowhere"},  # without tesseract, which takes seconds an image
            )

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._scratch.cleanup()


def _line(answers: IO[bytes]) -> bytes:
    ready, _, _ = select([answers], [], [], _STUCK)
    return answers.readline() if ready else b""
