"""What every answer gets: security and CORS headers, HEAD without body, a count. One plain ASGI middleware."""

from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.metrics import Requests

# All content is ours and same-origin: no inline script or style, no frame. Data are public: any origin may read
# them; the one cookie, that of /review, goes to that path alone, which has a header of its own, so "*" gives nothing
# away.
COMMON_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Delibgraph-Release, ETag, Link, Retry-After, Server-Timing",
}
#: Which release an answer was made from; before a first release, no answer has it.
RELEASE_HEADER: Final = "Delibgraph-Release"
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class CommonHeaders:
    """Adds COMMON_HEADERS and the release where a route has not, answers preflights, empties HEAD, counts."""

    def __init__(self, app: ASGIApp, requests: Requests, release: Callable[[], str | None]) -> None:
        """Wraps an ASGI application; `requests` counts its answers, `release` tells the id of the live release."""
        self._app = app
        self._release = release
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            await _preflight(send)
            return
        method = scope["method"]
        head = method == "HEAD"
        if head:
            scope = {**scope, "method": "GET"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._requests.count(method, _route(scope), message["status"])
                headers = MutableHeaders(scope=message)
                for name, value in COMMON_HEADERS.items():
                    headers.setdefault(name, value)
                if RELEASE_HEADER not in headers and (release := self._release()) is not None:
                    headers[RELEASE_HEADER] = release
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _route(scope: Scope) -> str:
    """The pattern of the route, or the first segment of the path: labels of metrics must stay few."""
    if "endpoint" not in scope:
        return "-"
    pattern = getattr(scope.get("route"), "path", None)
    return pattern if isinstance(pattern, str) else "/" + scope["path"].split("/", 2)[1]


async def _preflight(send: Send) -> None:
    headers = [(name.encode(), value.encode()) for name, value in {**COMMON_HEADERS, **_PREFLIGHT}.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
