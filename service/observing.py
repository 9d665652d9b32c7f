"""Each request seen from outside: its id, its count, its time and, if asked for, its line in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import REQUESTS, request_id
from service.metrics import Metrics

REQUEST_ID: Final = "X-Request-ID"
_RAW_ID: Final = REQUEST_ID.lower().encode()


class Observing:
    """Counts and times every answer, gives it the id of its request, and logs it. One plain ASGI middleware."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, queries: bool) -> None:
        """`queries`: whether the log has what was asked."""
        self._app = app
        self._metrics = metrics
        self._queries = queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        identity = scope["request_id"] = request_id(Headers(scope=scope).get(REQUEST_ID))
        status, size = 500, 0

        async def send_observed(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [header for header in message["headers"] if header[0] != _RAW_ID]
                message["headers"].append((_RAW_ID, identity.encode()))
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        self._metrics.begin()
        try:
            await self._app(scope, receive, send_observed)
        finally:
            seconds = time.perf_counter() - begun
            self._metrics.end(scope["method"], route(scope), status, seconds)
            if REQUESTS.isEnabledFor(logging.INFO):
                REQUESTS.info("request", extra={"fields": self._line(scope, identity, status, size, seconds)})

    def _line(self, scope: Scope, identity: str, status: int, size: int, seconds: float) -> Mapping[str, Any]:
        told = {
            "request": identity,
            "method": scope["method"],
            "route": route(scope),
            "status": status,
            "ms": round(seconds * 1000, 1),
            "bytes": size,
        }
        asked = scope.get("query_string", b"").decode("latin-1")
        return {**told, "path": scope["path"], "query": asked} if self._queries else told


def route(scope: Scope) -> str:
    """The pattern of the route, or the first segment of the path of a route without one; "-" where none fits."""
    if "endpoint" not in scope:
        return "-"
    pattern = getattr(scope.get("route"), "path", None)
    return pattern if isinstance(pattern, str) else "/" + scope["path"].split("/", 2)[1]
