"""What every answer gets: security and CORS headers, HEAD without body. One plain ASGI middleware."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import style

# All content is ours and same-origin: no inline script, no inline style but the sheet of all pages, no frame. Data are
# public: any origin may read them; the one cookie, the owner's, goes to /review and /ingest alone, which have a header
# of their own, so "*" gives nothing away.
COMMON_HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self'; style-src 'self' {style.allowed()}; img-src 'self' data:; "
        "font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Delibgraph-Release, ETag, Link, Retry-After, Server-Timing, X-Request-ID",
}
#: What a site served by https adds: browsers come back by https alone, for a year.
HTTPS_HEADERS: Final = {"Strict-Transport-Security": "max-age=31536000"}
#: Which release an answer was made from; before a first release, no answer has it.
RELEASE_HEADER: Final = "Delibgraph-Release"
_RELEASE: Final = RELEASE_HEADER.lower().encode()
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Cache-Control, Content-Type, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}


class CommonHeaders:
    """Adds the headers and the release where a route has not, answers preflights, empties HEAD."""

    def __init__(self, app: ASGIApp, release: Callable[[], str | None], *, https: bool) -> None:
        """Wraps an ASGI application; `release` tells the id of the live release, `https` how the public meets it."""
        self._app = app
        self._release = release
        self._headers = {**COMMON_HEADERS, **(HTTPS_HEADERS if https else {})}
        self._raw = {name.lower().encode(): value.encode() for name, value in self._headers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            await _preflight(send, self._headers)
            return
        head = scope["method"] == "HEAD"
        inner = {**scope, "method": "GET"} if head else scope

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: list[tuple[bytes, bytes]] = message["headers"]
                there = {name.lower() for name, _ in headers}
                headers += [header for header in self._raw.items() if header[0] not in there]
                if _RELEASE not in there and (release := self._release()) is not None:
                    headers.append((_RELEASE, release.encode()))
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(inner, receive, send_with_headers)
        # what was routed is for those outside to know
        scope.update({name: inner[name] for name in ("endpoint", "route") if name in inner})


async def _preflight(send: Send, common: Mapping[str, str]) -> None:
    headers = [(name.encode(), value.encode()) for name, value in {**common, **_PREFLIGHT}.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
