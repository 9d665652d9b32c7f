"""Answers of /sparql given again without running their query: a release never changes, so its answers do not either.

What is kept is what the endpoint itself vouches for: a whole 200 with an ETag (so no NOW, no RAND), of the live
release, that depends on nothing but the address and the headers below. A new release empties the memory; a client
that says `Cache-Control: no-cache` has its query run. Belongs to one event loop.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.caching import matches
from service.headers import RELEASE_HEADER

PATHS: Final = frozenset({"/sparql", "/sparql/"})
#: The request's headers that an answer may depend on.
_VARY: Final = (b"accept", b"accept-encoding")
#: No answer takes more than this part of the memory.
_SHARE: Final = 16
#: Bytes that the headers and the bookkeeping of an answer are reckoned at.
_OVERHEAD: Final = 4000
#: Headers of an answer that tell of a body, which a 304 has not, or of how it came to be.
_OF_BODY: Final = frozenset({b"content-length", b"content-type", b"content-encoding", b"content-disposition"})
_TIMING: Final = b"server-timing"
_AGAIN: Final = (_TIMING, b'cache;desc="hit"')

_Header: TypeAlias = tuple[bytes, bytes]
_Key: TypeAlias = tuple[bytes | None, ...]


@dataclass(frozen=True)
class _Kept:
    headers: list[_Header]
    tag: str
    body: bytes
    size: int


class Repeated:
    """Remembers answers, those asked for last, within a number of bytes. One plain ASGI middleware."""

    def __init__(self, app: ASGIApp, release: Callable[[], str | None], most: int, outcomes: Counter[str]) -> None:
        """`release` tells the id of the live release; `most` is bytes, 0 for none; `outcomes` counts the hits."""
        self._app = app
        self._release = release
        self._most = most
        self._outcomes = outcomes
        self._of: str | None = None
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self.size = 0
        """Bytes kept now."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        asked = _asked(scope) if self._most else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        self._follow(self._release())
        key = (scope["path"].encode(), scope["query_string"], *(asked.get(name) for name in _VARY))
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            self._outcomes["repeated"] += 1
            scope["endpoint"] = self  # so that it is counted under its path
            await _give(kept, asked.get(b"if-none-match"), send, head=scope["method"] == "HEAD")
        elif scope["method"] == "HEAD":
            await self._app(scope, receive, send)
        else:
            await self._app(
                scope, receive, _Listening(send, lambda start, body: self._keep(key, start, body), self._room)
            )

    @property
    def _room(self) -> int:
        """Bytes of the largest answer that is kept."""
        return self._most // _SHARE

    def _follow(self, release: str | None) -> None:
        """Forget everything when another release is live."""
        if release != self._of:
            self._of = release
            self._kept.clear()
            self.size = 0

    def _keep(self, key: _Key, start: Message, body: bytes) -> None:
        """Keep an answer for good, if it says that it may be; the one longest unasked for makes room."""
        headers: list[_Header] = list(start["headers"])
        told = {name.lower(): value.decode("latin-1") for name, value in headers}
        varied = b",".join(value for name, value in headers if name.lower() == b"vary")
        vary = {name.strip().lower() for name in varied.split(b",")} - {b""}
        tag, release = told.get(b"etag"), told.get(RELEASE_HEADER.lower().encode())
        if start["status"] != 200 or tag is None or release is None or release != self._of or not vary <= {*_VARY}:
            return
        size = len(body) + sum(len(part or b"") for part in key) + _OVERHEAD
        if size > self._room:
            return
        headers = [(name, value) for name, value in headers if name.lower() != _TIMING]
        if (before := self._kept.pop(key, None)) is not None:
            self.size -= before.size
        self._kept[key] = _Kept([*headers, _AGAIN], tag, body, size)
        self.size += size
        while self.size > self._most:
            self.size -= self._kept.popitem(last=False)[1].size


class _Listening:
    """A `send` that hears an answer out, as long as it is not too long, and hands it over when it is whole."""

    def __init__(self, send: Send, keep: Callable[[Message, bytes], None], most: int) -> None:
        self._send = send
        self._keep = keep
        self._most = most
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = {**message, "headers": [*message["headers"]]}  # those outside add theirs to the list
        await self._send(message)
        if message["type"] != "http.response.start" and len(self._body) <= self._most:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                self._keep(self._start, bytes(self._body))


def _asked(scope: Scope) -> dict[bytes, bytes] | None:
    """The headers of a request whose answer may be known, each as it came first; None for all others."""
    if scope["type"] != "http" or scope["path"] not in PATHS or scope["method"] not in ("GET", "HEAD"):
        return None
    headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))
    control = headers.get(b"cache-control", b"").lower()
    return None if b"no-cache" in control or b"no-store" in control else headers


async def _give(kept: _Kept, held: bytes | None, send: Send, *, head: bool) -> None:
    start: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": [*kept.headers]}
    if held is not None and matches(held.decode("latin-1"), kept.tag):
        start |= {"status": 304, "headers": [h for h in kept.headers if h[0].lower() not in _OF_BODY]}
        head = True
    await send(start)
    await send({"type": "http.response.body", "body": b"" if head else kept.body})
