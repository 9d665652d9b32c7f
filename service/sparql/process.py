"""One worker process, seen from the service: start, query, kill. The frames are those of service.sparql.worker."""

import asyncio
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, cast

import orjson

from ontology.terms import PREFIXES
from service.sparql import failures
from service.sparql import worker as wire

_START_SECONDS = 15.0
_BUFFER = 256 * 2**10


@dataclass(frozen=True)
class Job:
    """One query as the worker needs it."""

    query: str
    format: str
    default: tuple[str, ...] | None
    """Graphs of the default graph, None: as the query says, else the union of all."""
    named: tuple[str, ...] | None
    """Graphs open to GRAPH, None: all."""
    seconds: float
    """Deadline, from the moment the query starts."""
    cap: int
    """Bytes of result beyond which there is none."""


class WorkerProcess:
    """A running worker on one release. Not shared: one query at a time."""

    def __init__(self, release: str, process: asyncio.subprocess.Process) -> None:
        """Use `start`."""
        self.release = release
        self.killed_for: str | None = None
        self.demoted = False
        self._process = process
        self._thread = process.pid
        # Both are pipes: `start` asks for them.
        self._stdin = cast(asyncio.StreamWriter, process.stdin)
        self._stdout = cast(asyncio.StreamReader, process.stdout)
        self._heard = bytearray()

    @classmethod
    async def start(cls, release: str, store: Path, memory: int, base: str, niceness: int = 0) -> Self:
        """Spawn a worker and wait until its store is open, its sandbox shut (about 80 ms). Raises Problem 503.

        `base` resolves the relative IRIs of queries; `niceness` is its priority from its first breath on."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            wire.__file__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={},  # no token, no path, no proxy
            # A group of its own, for Ctrl-C is for the service; but the same session: Linux weighs sessions against
            # each other (sched_autogroup), and a priority counts within one only.
            process_group=0,
            limit=_BUFFER,
        )
        worker = cls(release, process)
        worker._renice(niceness)  # at once: its start alone takes 30 ms of processor, its threads inherit
        started = False
        try:
            worker._send(wire.CONFIGURE, {"store": str(store), "memory": memory, "base": base, "prefixes": PREFIXES})
            async with asyncio.timeout(_START_SECONDS):
                kind, payload = await worker._receive()
            if kind != wire.READY:
                raise failures.no_worker(orjson.loads(payload)["message"])
            worker._thread = orjson.loads(payload)["thread"]
            started = True
        except (TimeoutError, EOFError, ConnectionError) as error:
            raise failures.no_worker(f"{store} : le processus de requêtes ne démarre pas.") from error
        finally:
            if not started:
                worker.kill("start")
                await worker.wait()
        return worker

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether it may take another query: alive, and never slowed down."""
        return self.killed_for is None and not self.demoted and self._alive()

    def _alive(self) -> bool:
        """Ask the kernel: asyncio hears of a death later, and a query given to the dead would be lost."""
        if self._process.returncode is not None:
            return False
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        except ChildProcessError:  # already reaped
            return False

    async def run(self, job: Job, spool: IO[bytes]) -> int:
        """Run a query, its result written to `spool`; its size in bytes. Raises Problem, EOFError when it died."""
        self._send(wire.QUERY, job)
        while True:
            kind, payload = await self._receive()
            if kind == wire.DATA:
                spool.write(payload)
            elif kind == wire.END:
                return int(orjson.loads(payload)["bytes"])
            else:
                failure = orjson.loads(payload)
                raise failures.from_worker(failure["error"], failure["message"], job.cap)

    def processor_seconds(self) -> float | None:
        """Processor time it has used since it started; None where that is not told, or no more."""
        try:
            # The clock of another process, as clock_getcpuclockid(3) makes its number on Linux.
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            return None

    def demote(self, niceness: int) -> None:
        """Let short queries have the processor first; irrevocable, so the worker is not used again.

        On Linux a priority is a thread's: that of the process would slow down the one that only waits."""
        self.demoted = True
        self._renice(niceness)

    def _renice(self, niceness: int) -> None:
        if niceness > 0:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._thread, niceness)

    def kill(self, reason: str) -> None:
        """End the process now; the query under way, if any, gets EOFError and `killed_for` says why."""
        if self.killed_for is None:
            self.killed_for = reason
        if self._alive():  # asyncio would reap the dead before its own watcher does, who then warns
            with suppress(ProcessLookupError):
                self._process.kill()

    async def wait(self) -> None:
        """Until the process has ended."""
        await self._process.wait()

    def _send(self, kind: bytes, values: "Job | dict[str, object]") -> None:
        payload = orjson.dumps(values)
        self._stdin.write(wire.HEADER.pack(kind, len(payload)) + payload)

    async def _receive(self) -> tuple[bytes, bytes]:
        await self._fill(wire.HEADER.size)
        kind, length = wire.HEADER.unpack_from(self._heard)
        end = wire.HEADER.size + length
        await self._fill(end)
        payload = bytes(self._heard[wire.HEADER.size : end])
        del self._heard[:end]
        return kind, payload

    async def _fill(self, size: int) -> None:
        """Read until so many bytes are there; all that has come at once, for a short answer comes whole."""
        while len(self._heard) < size:
            heard = await self._stdout.read(_BUFFER)
            if not heard:
                raise EOFError
            self._heard += heard
