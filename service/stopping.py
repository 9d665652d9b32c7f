"""Stopping on SIGTERM or Ctrl-C: no new request, those under way are answered, within a bound."""

from __future__ import annotations

import asyncio
import math
import socket
from typing import Final

import uvicorn
from fastapi import FastAPI

from service.sparql.pool import WorkerPool

#: Seconds, beyond those left to the answers, in which the queries that were ended then tell so (503).
_TELL: Final = 5


class GracefulServer(uvicorn.Server):
    """A server that leaves its answers `grace` seconds, then ends the queries under way, which are told 503."""

    def __init__(self, app: FastAPI, grace: float, **options: object) -> None:
        """`options` are those of uvicorn.Config."""
        bound = math.ceil(grace) + _TELL
        super().__init__(uvicorn.Config(app, timeout_graceful_shutdown=bound, **options))  # type: ignore[arg-type]
        self._pool: WorkerPool = app.state.pool
        self._grace = grace

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called once the server is to stop."""
        ending = asyncio.create_task(self._end_queries())
        try:
            await super().shutdown(sockets)
        finally:
            ending.cancel()

    async def _end_queries(self) -> None:
        await asyncio.sleep(self._grace)
        await self._pool.close()
