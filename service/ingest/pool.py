"""Work on many documents in several processes, where one document can spoil only itself.

The pools of the standard library give up as a whole when a worker dies, without telling which item killed it.
Here each worker has a pipe of its own and holds one item at a time: a crash, a memory limit or a deadline is reported
for that item, and a new worker takes its place. What a dying worker says on its standard error is caught, and given
with the report.

A worker is spawned, an interpreter of its own that knows nothing; or, where what it needs takes long to load, forked
from one process that has loaded it and does nothing else, once for all workers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

from extract.errors import DocumentError

Item = TypeVar("Item")
Value = TypeVar("Value")

_GRACE = 2.0


@dataclass(frozen=True)
class Done(Generic[Item, Value]):
    """The function returned `value`."""

    item: Item
    value: Value


@dataclass(frozen=True)
class Refused(Generic[Item]):
    """The function raised a DocumentError: the fault is the document's."""

    item: Item
    error: DocumentError


@dataclass(frozen=True)
class Crashed(Generic[Item]):
    """The worker died on the item: the fault is ours or the machine's. `log` is its standard error.

    `exit_code` is that of the process, negative for a signal; `timed_out` tells that we killed it.
    """

    item: Item
    exit_code: int | None
    timed_out: bool
    log: str


Outcome = Done[Item, Value] | Refused[Item] | Crashed[Item]


def _contexts(ready: str | None) -> Iterator[ForkServerContext | SpawnContext]:
    """How a worker may be started, the best first."""
    if ready is not None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([ready])
        # What is loaded meanwhile is not interrupted: the worker is, which listens again (_serve).
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield context
    yield multiprocessing.get_context("spawn")


def _hire(function: Callable[[Item], Value], log: Path, ready: str | None) -> _Worker[Item, Value]:
    """A new worker. Where the process to fork from dies, the worker is spawned, and dies of the same by itself."""
    last: Exception | None = None
    for context in _contexts(ready):
        try:
            return _Worker(function, log, context)
        except (EOFError, ConnectionError) as error:
            last = error
    raise OSError("no worker can be started") from last


class _Worker(Generic[Item, Value]):
    """One process, at most one item."""

    def __init__(self, function: Callable[[Item], Value], log: Path, context: ForkServerContext | SpawnContext) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(function, theirs, log), daemon=True)
        self.process.start()
        theirs.close()
        self.log = log
        self.item: Item | None = None
        self.deadline = float("inf")

    def give(self, item: Item, timeout: float) -> None:
        self.item, self.deadline = item, time.monotonic() + timeout
        try:
            self.connection.send(item)
        except BrokenPipeError:
            return  # it died while idle; take() finds the pipe closed and reports it

    def take(self) -> Outcome[Item, Value]:
        """The outcome of the item; to be called when the connection is ready or the deadline has passed."""
        item, timed_out = self.item, time.monotonic() >= self.deadline
        assert item is not None  # noqa: S101 - only busy workers are asked
        if self.connection.poll():
            try:
                reply = self.connection.recv()
            except (EOFError, ConnectionResetError):  # it died, after or before it took the item
                timed_out = False
            else:
                self.item, self.deadline = None, float("inf")
                return Refused(item, reply) if isinstance(reply, DocumentError) else Done(item, reply)
        self.stop()
        code = self.process.exitcode
        return Crashed(item, code, timed_out, self.log.read_text("utf-8", "replace") if self.log.exists() else "")

    def stop(self) -> None:
        self.connection.close()
        self.process.join(0 if time.monotonic() >= self.deadline else _GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def run(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int,
    timeout: float,
    ready: str | None = None,
) -> Iterator[Outcome[Item, Value]]:
    """Apply `function` to each item in `workers` processes; outcomes come as they are ready.

    `function` must be importable by name, items and values picklable; each item has `timeout` seconds. A
    DocumentError is the document's refusal; any other exception ends the worker and is reported as a crash. With
    `ready`, the name of a module, workers are forked from a process that has imported it.
    """
    queue = list(reversed(list(items)))
    crew: list[_Worker[Item, Value]] = []
    with TemporaryDirectory(prefix="delibgraph-") as folder:
        hired = 0
        try:
            while queue or any(worker.item is not None for worker in crew):
                while queue and len(crew) < workers and not _idle(crew):
                    crew.append(_hire(function, Path(folder) / f"{hired}.log", ready))
                    crew[-1].give(queue.pop(), timeout)
                    hired += 1
                for worker in _idle(crew):
                    if queue:
                        worker.give(queue.pop(), timeout)
                for worker in _ready(crew):
                    outcome = worker.take()
                    if isinstance(outcome, Crashed):
                        crew.remove(worker)
                    yield outcome
        finally:
            for worker in crew:
                worker.stop()


def _idle(crew: list[_Worker[Item, Value]]) -> list[_Worker[Item, Value]]:
    return [worker for worker in crew if worker.item is None]


def _ready(crew: list[_Worker[Item, Value]]) -> list[_Worker[Item, Value]]:
    """Busy workers that have replied, died or run out of time; waits for the first."""
    busy = [worker for worker in crew if worker.item is not None]
    patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    readable = wait([worker.connection for worker in busy], min(patience, 3600.0))
    now = time.monotonic()
    return [worker for worker in busy if worker.connection in readable or worker.deadline <= now]


def _serve(function: Callable[[Item], Value], connection: Connection, log: Path) -> None:
    """The worker's life: take an item, answer it, until the pipe closes (also when the parent was killed)."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, 2)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    while True:
        try:
            item = connection.recv()
        except EOFError:
            return
        try:
            reply: Value | DocumentError = function(item)
        except DocumentError as error:
            reply = error
        connection.send(reply)
