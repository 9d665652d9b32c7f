"""The worker processes and who gets one: bounded, on the live release, long queries making way for short ones.

Invariants: at most `sparql_workers` processes hold a slot; each slot is idle, running or being handed over; a
worker that was killed, slowed down or belongs to an old release is never used again.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from service.problems import Problem
from service.settings import Settings
from service.sparql import failures
from service.sparql.process import Job, WorkerProcess
from service.store import NoReleaseError, current_id

_IN_MEMORY = 2**20
_RELIEF_SECONDS = 0.05


@dataclass(frozen=True)
class Answer:
    """A complete result, at position 0 of `body`; whoever gets it closes `body`."""

    release: str
    body: IO[bytes]
    size: int
    waited: float
    """Seconds spent in the queue."""
    ran: float
    """Seconds spent in the worker."""


class WorkerPool:
    """Runs jobs in worker processes; belongs to one event loop."""

    def __init__(self, settings: Settings) -> None:
        """No process is started before `start` or a first query."""
        self._settings = settings
        self._slots = 0
        self._idle: list[WorkerProcess] = []
        self._running: dict[WorkerProcess, float] = {}
        self._waiting: deque[asyncio.Future[WorkerProcess | None]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._relief: asyncio.TimerHandle | None = None
        self._closed = False
        self.outcomes: Counter[str] = Counter()

    @property
    def state(self) -> dict[str, int]:
        """How many workers are idle and running, how many queries wait."""
        return {"idle": len(self._idle), "running": len(self._running), "waiting": len(self._waiting)}

    def start(self) -> None:
        """Warm every slot up in the background; without a release, nothing happens."""
        for _ in range(self._settings.sparql_workers):
            self._refill()

    async def close(self) -> None:
        """Kill every worker and wait for their end."""
        self._closed = True
        for worker in (*self._idle, *self._running):
            self._bury(worker)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def run(self, job: Job, gone: Callable[[], Awaitable[object]] | None = None) -> Answer:
        """Run a job. `gone` is awaited once a query is slow; its return means that nobody waits any more.

        Raises Problem (400, 403, 422, 503, 507) and NoReleaseError.
        """
        asked = time.perf_counter()
        try:
            worker = await self._acquire(job.seconds)
            waited = time.perf_counter() - asked
            answer = await self._supervise(worker, job, waited, gone)
        except Problem as problem:
            self.outcomes[problem.slug] += 1
            raise
        self.outcomes["ok"] += 1
        return answer

    async def probe(self) -> bool:
        """Whether a worker answers a trivial query, or all are at work (for /healthz: a crowd is no illness)."""
        if self._running and not self._idle:
            return True
        job = Job("ASK {}", "json", None, None, seconds=5.0, cap=1000)
        try:
            (await self.run(job)).body.close()
        except (Problem, NoReleaseError):
            return False
        return True

    async def _supervise(
        self, worker: WorkerProcess, job: Job, waited: float, gone: Callable[[], Awaitable[object]] | None
    ) -> Answer:
        loop = asyncio.get_running_loop()
        watchers: list[asyncio.Task[None]] = []

        def slow() -> None:
            worker.demote()
            if gone is not None:
                watchers.append(loop.create_task(_kill_when_gone(worker, gone)))

        timers = (
            loop.call_later(job.seconds, worker.kill, "late"),
            loop.call_later(self._settings.sparql_slice, slow),
        )
        spool: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the answer owns it)
        started = self._running[worker] = time.perf_counter()
        in_step = False  # whether the worker has said its last word on this job and can hear another
        try:
            size = await worker.run(job, spool)
            in_step = True
        except Problem:
            in_step = True
            raise
        except (EOFError, ConnectionError) as error:
            raise _reason(worker, job, time.perf_counter() - started) from error
        except OSError as error:
            raise failures.no_room(str(error)) from error
        finally:
            for timer in timers:
                timer.cancel()
            for watcher in watchers:
                watcher.cancel()
            del self._running[worker]
            if not in_step:
                worker.kill("failed")
            self._give_back(worker)
        spool.seek(0)
        return Answer(worker.release, spool, size, waited, time.perf_counter() - started)

    async def _acquire(self, seconds: float) -> WorkerProcess:
        release = current_id(self._settings.data)
        if release is None:
            raise NoReleaseError(f"{self._settings.data} : aucune version publiée. Lancez « delibgraph ingest ».")
        while self._idle:
            worker = self._idle.pop()
            if worker.usable and worker.release == release:
                return worker
            self._bury(worker)
            self._slots -= 1
            self._refill()
        if self._slots < self._settings.sparql_workers:
            self._slots += 1
            return await self._spawn(release)
        handed = await self._queue(seconds)
        return handed if handed is not None else await self._spawn(release)

    async def _queue(self, seconds: float) -> WorkerProcess | None:
        """Wait for a slot: a worker, or None for the right to start one."""
        if len(self._waiting) >= self._settings.sparql_queue:
            raise failures.busy()
        turn: asyncio.Future[WorkerProcess | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._schedule_relief()
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(turn)
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done():
                self._give_back(turn.result())
            turn.cancel()
            if isinstance(error, TimeoutError):
                raise failures.busy() from error
            raise

    async def _spawn(self, release: str) -> WorkerProcess:
        """Start a worker in a slot already taken; the slot is given back when that fails."""
        store = self._settings.data / "releases" / release / "store"
        started = False
        try:
            worker = await WorkerProcess.start(
                release, store, self._settings.sparql_memory, f"{self._settings.base}/sparql"
            )
            started = True
        finally:
            if not started:
                self._release_slot()
        self._background(self._watch(worker))
        return worker

    async def _watch(self, worker: WorkerProcess) -> None:
        """See a worker out; one that died while nobody used it (killed from outside) gets a successor at once."""
        await worker.wait()
        if worker in self._idle:
            self._idle.remove(worker)
            self._slots -= 1
            self._refill()

    def _give_back(self, worker: WorkerProcess | None) -> None:
        """Hand a slot to the first who waits; else keep the worker warm, or start its successor."""
        if worker is not None and not (worker.usable and worker.release == current_id(self._settings.data)):
            self._bury(worker)
            worker = None
        if (turn := self._next_turn()) is not None:
            turn.set_result(worker)
        elif worker is not None:
            self._idle.append(worker)
        else:
            self._slots -= 1
            self._refill()

    def _release_slot(self) -> None:
        """Like `_give_back(None)`, without a successor: starting one has just failed."""
        if (turn := self._next_turn()) is not None:
            turn.set_result(None)
        else:
            self._slots -= 1

    def _next_turn(self) -> "asyncio.Future[WorkerProcess | None] | None":
        while self._waiting:
            if not (turn := self._waiting.popleft()).done():
                return turn
        return None

    def _refill(self) -> None:
        """Start a worker in the background where a slot is free and there is a release."""
        release = current_id(self._settings.data)
        if self._closed or release is None or self._slots >= self._settings.sparql_workers:
            return
        self._slots += 1
        self._background(self._warm_up(release))

    def _bury(self, worker: WorkerProcess) -> None:
        """Kill a worker and see it out, so that no zombie stays."""
        worker.kill("stale")
        self._background(worker.wait())

    def _background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _warm_up(self, release: str) -> None:
        try:
            worker = await self._spawn(release)
        except Problem:
            self.outcomes["no-worker"] += 1
            return
        if self._closed:
            self._bury(worker)
            return
        self._give_back(worker)

    def _schedule_relief(self) -> None:
        if self._relief is None:
            self._relief = asyncio.get_running_loop().call_later(_RELIEF_SECONDS, self._relieve)

    def _relieve(self) -> None:
        """While queries wait, end the longest-running ones that have had their slice."""
        self._relief = None
        wanted = sum(not turn.done() for turn in self._waiting)
        if wanted == 0:
            return
        wanted -= sum(worker.killed_for is not None for worker in self._running)
        limit = time.perf_counter() - self._settings.sparql_slice
        oldest_first = sorted(self._running.items(), key=lambda item: item[1])
        late = [worker for worker, since in oldest_first if since < limit and worker.killed_for is None]
        for worker in late[: max(0, wanted)]:
            worker.kill("preempted")
        self._schedule_relief()


def _reason(worker: WorkerProcess, job: Job, ran: float) -> Problem:
    """Why a worker ended under its query."""
    if worker.killed_for == "late":
        return failures.late(job.seconds)
    if worker.killed_for == "preempted":
        return failures.preempted(ran)
    return failures.lost()


async def _kill_when_gone(worker: WorkerProcess, gone: Callable[[], Awaitable[object]]) -> None:
    await gone()
    worker.kill("abandoned")
