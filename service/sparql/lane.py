"""A lane: the worker processes of one priority, bounded, and the queries that wait for one of them.

Invariants: at most `size` processes hold a slot; each slot is idle, running or being handed over; a worker that was
killed, slowed down or belongs to an old release is never used again.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from service.problems import Problem
from service.settings import Settings
from service.sparql import failures
from service.sparql.process import Job, WorkerProcess
from service.store import NoReleaseError, current_id


@dataclass(eq=False)
class Errand:
    """A query on its way through the lanes."""

    job: Job
    client: str
    asked: float = field(default_factory=time.perf_counter)
    worker: WorkerProcess | None = None
    started: float = 0.0
    """When it got its worker."""
    before: float = 0.0
    """Processor seconds that this worker had used by then."""
    turn: "asyncio.Future[WorkerProcess | None] | None" = None

    @property
    def left(self) -> float:
        """Seconds to its deadline, which counts from the question."""
        return self.asked + self.job.seconds - time.perf_counter()

    @property
    def used(self) -> float:
        """Processor seconds it has had so far: on a busy machine a short query takes long, and is a short one still."""
        now = self.worker.processor_seconds() if self.worker is not None else None
        return time.perf_counter() - self.started if now is None else now - self.before

    def abandon(self) -> None:
        """Nobody waits for it any more: end its process, or its wait."""
        if self.worker is not None:
            self.worker.kill("abandoned")
        elif self.turn is not None and not self.turn.done():
            self.turn.set_exception(failures.lost())


class Lane:
    """Workers of one priority; belongs to one event loop."""

    def __init__(
        self,
        settings: Settings,
        size: int,
        niceness: int = 0,
        *,
        warm: bool = False,
        owed: Callable[[str], float] = lambda _client: 0.0,
    ) -> None:
        """`size`: processes at most; `niceness`: their priority; `warm`: each slot has its process beforehand.

        `owed` tells what a client has used lately: whose client has used least goes first, then who came first.
        """
        self._settings = settings
        self._owed = owed
        self._size = size
        self._niceness = niceness
        self._warm = warm
        self._slots = 0
        self._idle: list[WorkerProcess] = []
        self._waiting: list[Errand] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self.running: dict[WorkerProcess, Errand] = {}

    @property
    def idle(self) -> int:
        """How many workers wait for a query."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return sum(not _done(errand) for errand in self._waiting)

    @property
    def has_room(self) -> bool:
        """Whether a query would be run at once."""
        return len(self.running) < self._size and self.waiting == 0 and self._slots - len(self._idle) < self._size

    @property
    def full(self) -> bool:
        """Whether a query could not even wait."""
        return not self.has_room and self.waiting >= self._settings.sparql_queue

    @property
    def first(self) -> Errand | None:
        """Who is next among those that wait."""
        self._waiting = [errand for errand in self._waiting if not _done(errand)]
        return min(self._waiting, key=lambda errand: self._owed(errand.client), default=None)

    def start(self) -> None:
        """Warm every slot up in the background; without a release, or in a lane that is not kept warm, nothing."""
        for _ in range(self._size):
            self._refill()

    async def close(self) -> None:
        """Kill every worker and wait for their end; queries under way or waiting are told that the service stops."""
        self._closed = True
        for errand in self._waiting:
            if errand.turn is not None and not errand.turn.done():
                errand.turn.set_exception(failures.stopping())
        for worker in (*self._idle, *self.running):
            self._bury(worker)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def acquire(self, errand: Errand) -> WorkerProcess:
        """A worker for an errand, within its deadline. Raises Problem 503 and NoReleaseError."""
        if self._closed:
            raise failures.stopping()
        release = current_id(self._settings.data)
        if release is None:
            raise NoReleaseError(f"{self._settings.data} : aucune version publiée. Lancez « delibgraph ingest ».")
        if (idle := self._ready(release)) is not None:
            return self._take(idle, errand)
        if self._slots < self._size:
            self._slots += 1
            return self._take(await self._spawn(release), errand)
        handed = await self._queue(errand)
        return self._take(handed if handed is not None else await self._spawn(release), errand)

    def adopt(self, errand: Errand, origin: "Lane") -> None:
        """Take an errand over from another lane with its worker, which gets the priority of this one."""
        worker = errand.worker
        if worker is None:
            raise LookupError("an errand without a worker cannot change lanes")
        del origin.running[worker]
        self.running[worker] = errand
        self._slots += 1
        worker.demote(self._niceness)
        origin._give_back(None)

    def leave(self, errand: Errand) -> None:
        """An errand has ended: its worker is kept for the next, or replaced."""
        worker = errand.worker
        if worker is None:
            return
        errand.worker = None
        self.running.pop(worker, None)
        self._give_back(worker)

    def _take(self, worker: WorkerProcess, errand: Errand) -> WorkerProcess:
        errand.worker, errand.turn, errand.started = worker, None, time.perf_counter()
        errand.before = worker.processor_seconds() or 0.0
        self.running[worker] = errand
        return worker

    def _ready(self, release: str) -> WorkerProcess | None:
        """An idle worker; those of an older release, and the dead that are met, are seen out."""
        for stale in [idle for idle in self._idle if idle.release != release]:
            self._idle.remove(stale)
            self._see_out(stale)
        while self._idle:
            worker = self._idle.pop()
            if worker.usable:  # the kernel is asked: of one only, for each costs
                return worker
            self._see_out(worker)
        return None

    def _see_out(self, worker: WorkerProcess) -> None:
        """End a worker that was idle; its slot gets another."""
        self._bury(worker)
        self._slots -= 1
        self._refill()

    async def _queue(self, errand: Errand) -> WorkerProcess | None:
        """Wait for a slot: a worker, or None for the right to start one."""
        if self.waiting >= self._settings.sparql_queue:
            raise failures.busy()
        turn: asyncio.Future[WorkerProcess | None] = asyncio.get_running_loop().create_future()
        errand.turn = turn
        self._waiting.append(errand)
        try:
            async with asyncio.timeout(max(0.0, errand.left)):
                return await asyncio.shield(turn)
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
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
            base = f"{self._settings.base}/sparql"
            worker = await WorkerProcess.start(release, store, self._settings.sparql_memory, base, self._niceness)
            started = True
        finally:
            if not started:
                self._release_slot()
        self._background(self._watch(worker))
        if self._closed:
            self._bury(worker)
            raise failures.stopping()
        return worker

    async def _watch(self, worker: WorkerProcess) -> None:
        """See a worker out; one that died while nobody used it (killed from outside) gets a successor at once."""
        await worker.wait()
        if worker in self._idle:
            self._idle.remove(worker)
            self._see_out(worker)

    def _give_back(self, worker: WorkerProcess | None) -> None:
        """Hand a slot to the first who waits; else keep the worker, or start its successor."""
        if worker is not None and not (worker.fresh and worker.release == current_id(self._settings.data)):
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
        if (first := self.first) is None:
            return None
        self._waiting.remove(first)
        return first.turn

    def _refill(self) -> None:
        """In a warm lane, start a worker in the background where a slot is free and there is a release."""
        release = current_id(self._settings.data)
        if not self._warm or self._closed or release is None or self._slots >= self._size:
            return
        self._slots += 1
        self._background(self._warm_up(release))

    async def _warm_up(self, release: str) -> None:
        try:
            worker = await self._spawn(release)
        except Problem:
            return  # the slot is given back: the next query tries again and tells why
        self._give_back(worker)

    def _bury(self, worker: WorkerProcess) -> None:
        """Kill a worker and see it out, so that no zombie stays."""
        worker.kill("stale")
        self._background(worker.wait())

    def _background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _done(errand: Errand) -> bool:
    return errand.turn is None or errand.turn.done()
