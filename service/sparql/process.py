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
_STDIN, _STDOUT = 0, 1


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


class _Wire(asyncio.SubprocessProtocol):
    """What a worker says, frame by frame, as it comes: parts of a result go to the spool, the last word to who waits.

    A protocol rather than asyncio's streams: a short answer is one call and one future, a third of what they cost.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = loop.create_future()
        """Done once the process has ended."""
        self._loop = loop
        self._heard = bytearray()
        self._spool: IO[bytes] | None = None
        self._word: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._open = True

    def expect(self, spool: IO[bytes] | None = None) -> asyncio.Future[tuple[bytes, bytes]]:
        """The next frame that is no part of a result; those go to `spool`. EOFError when the worker hangs up before,
        OSError when the spool has no room."""
        self._spool = spool
        self._word = self._loop.create_future()
        if not self._open:
            self._word.set_exception(EOFError())
        return self._word

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 (asyncio's)
        """Bytes of frames; nothing is held back but a frame that is not whole yet."""
        heard = self._heard
        heard += data
        while len(heard) >= wire.HEADER.size:
            kind, length = wire.HEADER.unpack_from(heard)
            end = wire.HEADER.size + length
            if len(heard) < end:
                return
            payload = bytes(heard[wire.HEADER.size : end])
            del heard[:end]
            self._frame(kind, payload)

    def _frame(self, kind: bytes, payload: bytes) -> None:
        word = self._word
        if word is None or word.done():
            return  # of a query that nobody waits for any more: its process is on its way out
        if kind != wire.DATA or self._spool is None:
            word.set_result((kind, payload))
            return
        try:
            self._spool.write(payload)
        except OSError as error:
            word.set_exception(error)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's)
        """The worker has hung up: no word of it will come any more."""
        if fd == _STDOUT:
            self._open = False
            if self._word is not None and not self._word.done():
                self._word.set_exception(EOFError())

    def process_exited(self) -> None:
        """The kernel says so."""
        if not self.ended.done():
            self.ended.set_result(None)


class WorkerProcess:
    """A running worker on one release. Not shared: one query at a time."""

    def __init__(self, release: str, transport: asyncio.SubprocessTransport, protocol: _Wire) -> None:
        """Use `start`."""
        self.release = release
        self.killed_for: str | None = None
        self.demoted = False
        self.pid = transport.get_pid()
        """Process id."""
        self._transport = transport
        self._protocol = protocol
        self._thread = self.pid
        # A pipe: `start` asks for it.
        self._stdin = cast(asyncio.WriteTransport, transport.get_pipe_transport(_STDIN))

    @classmethod
    async def start(cls, release: str, store: Path, memory: int, base: str, niceness: int = 0) -> Self:
        """Spawn a worker and wait until its store is open, its sandbox shut (about 80 ms). Raises Problem 503.

        `base` resolves the relative IRIs of queries; `niceness` is its priority from its first breath on."""
        transport, protocol = await asyncio.get_running_loop().subprocess_exec(
            _Wire,
            sys.executable,
            "-I",
            wire.__file__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None,  # ours
            env={},  # no token, no path, no proxy
            # A group of its own, for Ctrl-C is for the service; but the same session: Linux weighs sessions against
            # each other (sched_autogroup), and a priority counts within one only.
            process_group=0,
        )
        worker = cls(release, transport, protocol)
        worker._renice(niceness)  # at once: its start alone takes 30 ms of processor, its threads inherit
        started = False
        try:
            ready = protocol.expect()
            worker._send(wire.CONFIGURE, {"store": str(store), "memory": memory, "base": base, "prefixes": PREFIXES})
            async with asyncio.timeout(_START_SECONDS):
                kind, payload = await ready
            if kind != wire.READY:
                failure = orjson.loads(payload)
                told = failures.damaged if failure["error"] == "store" else failures.no_worker
                raise told(failure["message"])
            worker._thread = orjson.loads(payload)["thread"]
            started = True
        except (TimeoutError, EOFError) as error:
            raise failures.no_worker(f"{store} : le processus de requêtes ne démarre pas.") from error
        finally:
            if not started:
                worker.kill("start")
                await worker.wait()
        return worker

    @property
    def fresh(self) -> bool:
        """Whether it was neither killed nor slowed down by us: if it lives, it may take another query."""
        return self.killed_for is None and not self.demoted

    @property
    def usable(self) -> bool:
        """Whether it may take another query: alive, and never slowed down."""
        return self.fresh and self._alive()

    def _alive(self) -> bool:
        """Ask the kernel: asyncio hears of a death later, and a query given to the dead would be lost."""
        if self._transport.get_returncode() is not None:
            return False
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        except ChildProcessError:  # already reaped
            return False

    async def run(self, job: Job, spool: IO[bytes]) -> int:
        """Run a query, its result written to `spool`; its size in bytes. Raises Problem, EOFError when it died."""
        answer = self._protocol.expect(spool)
        self._send(wire.QUERY, job)
        kind, payload = await answer
        if kind == wire.END:
            return int(orjson.loads(payload)["bytes"])
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
                self._transport.kill()

    async def wait(self) -> None:
        """Until the process has ended."""
        await asyncio.shield(self._protocol.ended)  # several may wait: one that gives up must not end it for all
        self._transport.close()

    def _send(self, kind: bytes, values: "Job | dict[str, object]") -> None:
        payload = orjson.dumps(values)
        self._stdin.write(wire.HEADER.pack(kind, len(payload)) + payload)
