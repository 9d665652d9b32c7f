"""The real command in processes of their own, forked from one that has loaded it: what an exit code, a signal, a limit
of the system or a pipe does is seen as with ``python -m service.cli``, without its seconds of loading each time.

Tests of the command as it is installed start it for themselves (tests/test_wheel.py, tests/service/test_operation.py).
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import tempfile
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path

from service.ingest import reading

ROOT = Path(__file__).parents[2]
#: Read by the server that forks, whoever starts it first: the tests that ingest, or those below.
READY = "tests.service.ready"


def fork(function: Callable[..., object], *arguments: object) -> BaseProcess:
    """A process that runs a function; what it has read, readers read that are forked from where it was."""
    reading.READY = READY
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([READY])
    process = context.Process(target=_forked, args=(function, arguments), daemon=False)
    process.start()
    return process


def _forked(function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    # "A child process will just reuse the forkserver started by its parent", says its docstring: it starts another.
    forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]
    function(*arguments)


class Started:
    """One command under way, with the ways of a ``subprocess.Popen`` that the tests use."""

    def __init__(self, *arguments: object, largest_file: int | None = None) -> None:
        """Start ``delibgraph`` with these arguments; no file it writes may grow beyond ``largest_file`` bytes."""
        self._folder = tempfile.TemporaryDirectory(prefix="said-")
        self._process = fork(_run, [str(each) for each in arguments], Path(self._folder.name), largest_file)

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def communicate(self, timeout: float) -> tuple[str, str]:
        """Wait for its end; what it said on its standard output and standard error."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            self._process.kill()
            raise subprocess.TimeoutExpired("delibgraph", timeout)
        with self._folder as folder:
            out, err = (Path(folder) / name for name in ("out", "err"))
            return out.read_text("utf-8"), err.read_text("utf-8")


def _run(arguments: list[str], said: Path, largest_file: int | None) -> None:
    from service.cli.app import run

    os.chdir(ROOT)
    for name in [name for name in os.environ if name.startswith("DELIBGRAPH")]:
        del os.environ[name]
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(said / name, os.O_WRONLY | os.O_CREAT), number)
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    raise SystemExit(run(arguments))
