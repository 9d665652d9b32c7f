"""ETags: an answer is a function of the release, of what was asked and of the format; a page, of its text."""

import hashlib
from typing import Final

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CACHE_CONTROL: Final = "public, no-cache"
# Pages of the review carry what is one visitor's own, and are not to be kept.
_REVIEW: Final = "/review"


def etag(*parts: str) -> str:
    """A weak ETag: the same facts in the same format, though perhaps in another order."""
    digest = hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """304 when the client holds that version (weak comparison, RFC 9110 §13.1.2)."""
    header = request.headers.get("if-none-match")
    if header is None or not matches(header, tag):
        return None
    return Response(status_code=304, headers={"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept"})


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag (weak comparison, RFC 9110 §13.1.2)."""
    held = {item.strip().removeprefix("W/") for item in header.split(",")}
    return "*" in held or tag.removeprefix("W/") in held


def of_text(body: bytes) -> str:
    """A weak ETag made of the answer itself: for what depends on more than the release, such as our templates."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


class ValidatedPages:
    """Gives each HTML page that has none an ETag, made of its text, and 304 to who holds it. One plain ASGI middleware.

    It spares the way, not the making: a page depends on the release, the address, the language and our templates.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an ASGI application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_REVIEW):
            await self._app(scope, receive, send)
            return
        held = Headers(scope=scope).get("if-none-match")
        start: Message | None = None

        async def send_validated(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
                return
            if start is not None:
                begun, start = start, None
                if not message.get("more_body", False):
                    message = _validated(begun, message, held)
                await send(begun)
            await send(message)

        await self._app(scope, receive, send_validated)


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    page = start["status"] == 200 and headers.get("content-type", "").startswith("text/html")
    return page and "etag" not in headers and "set-cookie" not in headers


def _validated(start: Message, message: Message, held: str | None) -> Message:
    """Put the ETag into the start of the answer; its body, or none where that page is held."""
    tag = of_text(message.get("body", b""))
    headers = MutableHeaders(scope=start)
    headers["ETag"] = tag
    headers.setdefault("Cache-Control", CACHE_CONTROL)
    if held is None or not matches(held, tag):
        return message
    start["status"] = 304
    for name in ("Content-Type", "Content-Length"):
        del headers[name]
    return {**message, "body": b""}
