"""Who gets a process, and for how long: small queries are answered at once, whatever the others do.

Every query starts in the fast lane. One that has run for a quantum while others are there is moved aside, its process
slowed down, another taking its place: to the slow lane where that has room; else it is stopped, and starts anew (it
only reads) when its turn comes there. A client whose long queries took much time lately starts in a lane of its like,
at lower priority, and is refused at once where the slow lane is full; deadlines count from the arrival of a query.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Final, Protocol

from service.problems import Problem
from service.settings import Settings
from service.sparql import failures
from service.sparql.fairness import Ledger, LongQueries
from service.sparql.lane import Errand, Lane
from service.sparql.process import Job
from service.store import NoReleaseError

_IN_MEMORY: Final = 2**20
_RELIEF_SECONDS: Final = 0.05
#: Priorities of the lanes. Measured on two cores under eight busy processes: a woken process waits 28 ms (p95) beside
#: those of its own priority, 1.3 ms beside those of niceness 19.
_DEBTORS_NICENESS: Final = 10
_SLOW_NICENESS: Final = 19
#: Quanta by the clock after which a query is long, though it had little of the processor.
_PATIENCE: Final = 30
#: Seconds of long queries lately that make a debtor.
_DEBT: Final = 1.0
#: Seconds that a new process in the place of one that was lost is reckoned at.
_RESTART: Final = 0.1


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


class Pool(Protocol):
    """What answers users' queries: processes of ours, or another store."""

    outcomes: Counter[str]

    @property
    def state(self) -> dict[str, int]:
        """How many are idle, running, slow, waiting."""

    def start(self) -> None:
        """Make ready, in the background."""

    async def close(self) -> None:
        """End what is under way."""

    async def run(self, job: Job, client: str = "", gone: Callable[[], Awaitable[object]] | None = None) -> Answer:
        """Answer a job of a client, unless `gone` returns before. Raises Problem and NoReleaseError."""

    async def probe(self) -> bool:
        """Whether a trivial query is answered."""


class _SetAsideError(Exception):
    """Stopped after its quantum, to start anew in the slow lane."""


class WorkerPool:
    """Runs jobs in worker processes; belongs to one event loop."""

    def __init__(self, settings: Settings) -> None:
        """No process is started before `start` or a first query."""
        self._settings = settings
        self._fast = Lane(settings, settings.sparql_workers, warm=True, owed=self._owed)
        self._debtors = Lane(settings, settings.sparql_workers, _DEBTORS_NICENESS, owed=self._owed)
        self._slow = Lane(settings, settings.sparql_slow_workers, _SLOW_NICENESS, owed=self._owed)
        self._lanes = (self._fast, self._debtors, self._slow)
        self._ledger = Ledger()
        self._long = LongQueries()
        self._present = 0
        self._overdue: set[Callable[[], None]] = set()
        self._relief: asyncio.TimerHandle | None = None
        self.outcomes: Counter[str] = Counter()

    @property
    def state(self) -> dict[str, int]:
        """Workers idle in the fast lane, queries running and waiting in all, those running in the slow one."""
        return {
            "idle": self._fast.idle,
            "running": sum(len(lane.running) for lane in self._lanes),
            "slow": len(self._slow.running),
            "waiting": sum(lane.waiting for lane in self._lanes),
        }

    def start(self) -> None:
        """Warm the fast lane up in the background; without a release, nothing happens."""
        self._fast.start()

    async def close(self) -> None:
        """Kill every worker and wait for their end."""
        if self._relief is not None:
            self._relief.cancel()
        # All at once: a worker that changed lanes is killed by the one and awaited by the other.
        await asyncio.gather(*(lane.close() for lane in self._lanes))

    async def run(self, job: Job, client: str = "", gone: Callable[[], Awaitable[object]] | None = None) -> Answer:
        """Run a job of a client. `gone` is awaited once a query is slow; its return means that nobody waits any more.

        Raises Problem (400, 403, 422, 503, 507) and NoReleaseError.
        """
        errand = Errand(job, client)
        self._present += 1
        for move_aside in tuple(self._overdue):
            move_aside()
        watchers: list[asyncio.Task[None]] = []

        def watch() -> None:
            if gone is not None and not watchers:
                watchers.append(asyncio.get_running_loop().create_task(_abandon_when_gone(errand, gone)))

        try:
            answer = await self._through_the_lanes(errand, watch)
        except Problem as problem:
            self.outcomes[problem.slug] += 1
            raise
        finally:
            self._present -= 1
            for watcher in watchers:
                watcher.cancel()
        self.outcomes["ok"] += 1
        return answer

    async def probe(self) -> bool:
        """Whether a worker answers a trivial query, or all are at work (for /healthz: a crowd is no illness)."""
        if self._fast.running and not self._fast.idle:
            return True
        try:
            (await self.run(Job("ASK {}", "json", None, None, seconds=5.0, cap=1000))).body.close()
        except (Problem, NoReleaseError):
            return False
        return True

    async def _through_the_lanes(self, errand: Errand, watch: Callable[[], None]) -> Answer:
        in_debt = self._ledger.debt(errand.client) > _DEBT
        if in_debt and self._slow.full:
            raise failures.busy()
        known = errand.job.query in self._long
        if not known or self._slow.has_room:
            try:
                first = self._debtors if in_debt else self._fast
                return await self._attempt(errand, first, 0.0 if known else self._settings.sparql_quantum, watch)
            except _SetAsideError:
                pass
        watch()
        self._schedule_relief()
        return await self._attempt(errand, self._slow, None, watch)

    async def _attempt(self, errand: Errand, lane: Lane, quantum: float | None, watch: Callable[[], None]) -> Answer:
        """Run an errand in a lane, moved aside after `quantum` seconds. Raises _SetAsideError when it was stopped."""
        worker = await lane.acquire(errand)
        waited = errand.started - errand.asked
        place = [lane]  # where it is now
        loop = asyncio.get_running_loop()
        timers = [loop.call_later(max(0.0, errand.left), worker.kill, "late")]

        def aside() -> None:
            watch()
            if not self._is_long(errand, quantum):
                timers.append(loop.call_later(self._settings.sparql_quantum, aside))
                return
            if self._present == 1:  # in nobody's way, until somebody comes
                self._overdue.add(aside)
                return
            self._overdue.discard(aside)
            self._long.add(errand.job.query)
            if self._slow.has_room:
                self._slow.adopt(errand, place[0])
                place[0] = self._slow
            else:
                worker.kill("aside")

        if quantum is not None:
            timers.append(loop.call_later(quantum, aside))
        spool: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the answer owns it)
        in_step = False  # whether the worker has said its last word on this job and can hear another
        try:
            size = await worker.run(errand.job, spool)
            in_step = True
        except Problem:
            in_step = True
            raise
        except EOFError as error:
            raise self._reason(errand) from error
        except OSError as error:
            raise failures.no_room(str(error)) from error
        finally:
            self._overdue.discard(aside)
            for timer in timers:
                timer.cancel()
            ran = time.perf_counter() - errand.started
            self._account(errand, ran, lost=not in_step)
            if not in_step:
                spool.close()
                worker.kill("failed")
            place[0].leave(errand)
        spool.seek(0)
        return Answer(worker.release, spool, size, waited, ran)

    def _is_long(self, errand: Errand, quantum: float | None) -> bool:
        """Whether it has had its quantum of processor, or holds a process very long for another reason."""
        allowed = quantum or 0.0
        return errand.used >= 0.9 * allowed or time.perf_counter() - errand.started >= _PATIENCE * allowed

    def _account(self, errand: Errand, ran: float, *, lost: bool) -> None:
        """Charge a client for a long query, and for one that cost its process, however little of it the query had:
        another must be started, and a short deadline of the client's own choosing is no way to attack for nothing.
        What we set aside ourselves starts anew, and is charged then."""
        killed = errand.worker.killed_for if errand.worker is not None else None
        if killed == "aside":
            return
        if lost or errand.used > self._settings.sparql_quantum:
            self._ledger.spend(errand.client, max(ran, _RESTART) if lost else ran)
        elif errand.worker is not None and killed is None:
            self._long.discard(errand.job.query)

    def _reason(self, errand: Errand) -> Exception:
        """Why a worker ended under its query."""
        killed = errand.worker.killed_for if errand.worker else None
        if killed == "aside":
            return _SetAsideError()
        if killed == "late":
            return failures.late(errand.job.seconds)
        if killed == "preempted":
            return failures.preempted(time.perf_counter() - errand.started)
        return failures.stopping() if killed == "stale" else failures.lost()

    def _schedule_relief(self) -> None:
        if self._relief is None:
            self._relief = asyncio.get_running_loop().call_later(_RELIEF_SECONDS, self._relieve)

    def _relieve(self) -> None:
        """While a client that has used little waits for the slow lane, end the query there of who has used most."""
        self._relief = None
        first = self._slow.first
        if first is None:
            return
        self._schedule_relief()
        share, owed = self._settings.sparql_slice, self._owed(first.client)
        if owed >= share or any(worker.killed_for for worker in self._slow.running):
            return
        late = time.perf_counter() - share
        running = [e for e in self._slow.running.values() if e.started < late and self._owed(e.client) > owed]
        greedy = max(running, key=lambda errand: self._owed(errand.client), default=None)
        if greedy is not None and greedy.worker is not None:
            greedy.worker.kill("preempted")

    def _owed(self, client: str) -> float:
        """What a client has used lately, with what its queries in the slow lane have had so far."""
        now = time.perf_counter()
        running = sum(now - errand.started for errand in self._slow.running.values() if errand.client == client)
        return self._ledger.debt(client) + running


async def _abandon_when_gone(errand: Errand, gone: Callable[[], Awaitable[object]]) -> None:
    await gone()
    errand.abandon()
