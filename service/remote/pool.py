"""Users' queries answered by another store: so many at a time, each within its deadline, their results written anew.

A result is read whole, within its cap, and written again in the format that was asked for: what is cut or is no result
is an error, and every store answers alike. The client with the fewest queries under way goes first.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Final

import httpx
from fastapi.concurrency import run_in_threadpool

from service.problems import Problem
from service.rdf import ENGINE
from service.remote import faults, foreign
from service.remote.asking import ERROR_BYTES, RESULTS, TRIPLES, Question, media, options, problem, start
from service.remote.reader import RemoteReader
from service.remote.rewriting import rewrite
from service.settings import Settings
from service.sparql import failures
from service.sparql.pool import Answer
from service.sparql.process import Job
from service.store import NoReleaseError

_IN_MEMORY: Final = 2**20


class RemotePool:
    """As service.sparql.pool.Pool, over the endpoint of the settings; belongs to one event loop."""

    def __init__(self, settings: Settings, reader: RemoteReader) -> None:
        """`reader` knows whether the store holds the live release. No connection is made before a first query."""
        self._settings = settings
        self._reader = reader
        self._client = httpx.AsyncClient(**options(settings))
        self._union = (settings.store_union,) if settings.store_union else ()
        self._size = settings.sparql_workers + settings.sparql_slow_workers
        self._running: Counter[str] = Counter()
        self._waiting: list[tuple[str, asyncio.Future[None]]] = []
        self.outcomes: Counter[str] = Counter()

    @property
    def state(self) -> dict[str, int]:
        """Places free, queries running and waiting; no query of another store is known to be slow."""
        running = self._running.total()
        return {"idle": self._size - running, "running": running, "slow": 0, "waiting": len(self._waiting)}

    def start(self) -> None:
        """Nothing to make ready."""

    async def close(self) -> None:
        """Close the connections; who waits is told that the service stops."""
        for _client, turn in self._waiting:
            if not turn.done():
                turn.set_exception(failures.stopping())
        await self._client.aclose()

    async def run(self, job: Job, client: str = "", gone: Callable[[], Awaitable[object]] | None = None) -> Answer:
        """Ask the store. Raises Problem (400, 403, 422, 502, 503, 504, 507) and NoReleaseError."""
        asked = asyncio.ensure_future(self._answer(job, client))
        watcher = asyncio.ensure_future(gone()) if gone is not None else None
        try:
            await asyncio.wait({asked, *((watcher,) if watcher else ())}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise failures.lost()  # nobody waits for it any more
            answer = await asked
        except Problem as error:
            self.outcomes[error.slug] += 1
            raise
        finally:
            asked.cancel()
            if watcher is not None:
                watcher.cancel()
        self.outcomes["ok"] += 1
        return answer

    async def probe(self) -> bool:
        """Whether the store answers and holds the live release; `RemoteReader.doubt` has it say so anew."""
        try:
            await run_in_threadpool(self._reader.live)
        except (NoReleaseError, Problem):
            return False
        return True

    async def _answer(self, job: Job, client: str) -> Answer:
        query = foreign.ready(
            job.query,
            f"{self._settings.base}/sparql",
            max_bytes=self._settings.max_query_bytes,
            max_nesting=self._settings.max_nesting,
        )
        release = (await run_in_threadpool(self._reader.live)).id
        asked = time.perf_counter()
        spool: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the answer owns it)
        whole = False
        try:
            async with asyncio.timeout(job.seconds):
                await self._turn(client)
                begun = time.perf_counter()
                try:
                    kind = await self._fetch(query, job, spool)
                finally:
                    self._leave(client)
            size = await run_in_threadpool(rewrite, spool, kind, job.format, job.cap)
            whole = True
        except TimeoutError as error:
            raise faults.late(job.seconds) from error
        except OSError as error:
            raise failures.no_room(str(error)) from error
        finally:
            if not whole:
                spool.close()
        return Answer(release, spool, size, begun - asked, time.perf_counter() - begun)

    async def _fetch(self, query: str, job: Job, spool: IO[bytes]) -> str:
        """The answer in `spool`; its media type. Leaving early closes the connection."""
        question = Question(
            query,
            TRIPLES if job.format in ENGINE else RESULTS,
            job.default or (),
            job.named or (),
            has_dataset=foreign.has_dataset(job.query),
        )
        size = 0
        try:
            request = question.request(job.seconds, self._union)
            async with self._client.stream("POST", self._settings.endpoint, **request) as answer:
                text = "" if answer.is_success else start(await anext(answer.aiter_bytes(ERROR_BYTES), b""))
                faults.check(answer.status_code, answer.headers, text, ours=False)
                async for part in answer.aiter_bytes():
                    size += len(part)
                    if size > job.cap:
                        raise failures.from_worker("large", "", job.cap)
                    spool.write(part)
                return media(answer.headers)
        except httpx.HTTPError as error:
            raise problem(error, job.seconds) from error

    async def _turn(self, client: str) -> None:
        """Wait for a place. Raises Problem 503 where too many wait."""
        if self._running.total() >= self._size:
            if len(self._waiting) >= self._settings.sparql_queue:
                raise failures.busy()
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append((client, turn))
            try:
                await turn
            except BaseException:
                self._waiting = [waiting for waiting in self._waiting if waiting[1] is not turn]
                if turn.done() and not turn.cancelled() and turn.exception() is None:
                    self._leave(client)  # the place came as the wait was over
                raise
        else:
            self._running[client] += 1

    def _leave(self, client: str) -> None:
        """Give the place to whose client has the fewest."""
        self._running[client] -= 1
        if self._running[client] <= 0:
            del self._running[client]
        self._waiting = [waiting for waiting in self._waiting if not waiting[1].done()]
        if self._waiting:
            first = min(self._waiting, key=lambda waiting: self._running[waiting[0]])
            self._waiting.remove(first)
            self._running[first[0]] += 1
            first[1].set_result(None)
