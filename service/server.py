"""The HTTP server: uvicorn, with bounds on what a slow client may hold.

uvicorn bounds the wait between two requests of a connection and nothing else: a head or a body sent a byte at a time,
an answer never read, keep their connection for ever. Its protocol on httptools (llhttp, in C) is extended here rather
than another server taken: hypercorn bounds the reading of a request no better, and a reverse proxy is not always there.
"""

import asyncio
import resource
from contextlib import suppress
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.settings import Settings

#: Bytes of a head: a query of the largest size, each byte escaped as three, and headers; llhttp sets no bound.
_HEAD_BYTES: Final = 256 * 2**10
#: Seconds that an application has to refuse a late body in its own words before the connection is closed.
_COURTESY: Final = 1.0
_FILES: Final = 65_536


class _Whole:
    """The transport of one answer, which sends its head with the first of its body.

    uvicorn writes them apart: two calls of the kernel, and a client that is woken for a head, and again for the rest.
    """

    def __init__(self, cycle: RequestResponseCycle) -> None:
        """Use `around`."""
        self._cycle = cycle
        self._transport = cycle.transport
        self._respond = cycle.on_response
        self._head: bytes | None = None
        self._begun = False

    @classmethod
    def around(cls, cycle: RequestResponseCycle) -> None:
        """Stand between an answer to come and its connection."""
        whole = cls(cycle)
        cycle.transport = whole  # type: ignore[assignment]
        cycle.on_response = whole._complete

    def write(self, data: bytes) -> None:
        """Send, but for the head, which waits for what comes next."""
        if self._cycle.response_started and not self._begun:
            self._begun = True
            self._head = data
            return
        head, self._head = self._head, None
        self._transport.write(data if head is None else head + data)

    def close(self) -> None:
        """No more is written: an answer may have no body."""
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """Whether the connection is on its way out."""
        return self._transport.is_closing()

    def _complete(self) -> None:
        self._flush()
        self._respond()

    def _flush(self) -> None:
        if self._head is not None:
            self.write(b"")


class BoundedProtocol(HttpToolsProtocol):
    """One connection: its heads, its bodies and the reading of its answers each have a bounded time.

    `head_seconds`, `body_seconds` and `answer_seconds` are set by `bounded_protocol`, which makes a class of its own.
    """

    head_seconds: float
    body_seconds: float
    answer_seconds: float

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As uvicorn makes it, for one connection."""
        super().__init__(*args, **kwargs)
        self._reading: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None
        self._in_request = False
        self._head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come: its head is awaited."""
        super().connection_made(transport)
        self._wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """A client has gone."""
        self._stop_waiting()
        if self._writing is not None:
            self._writing.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a head or of a body."""
        if not self._in_request:
            if self._reading is None:  # the first byte after an answer
                self._wait(self.head_seconds)
            self._head += len(data)
        super().data_received(data)
        if not self._in_request and self._head > _HEAD_BYTES:
            self._refuse(b"431 Request Header Fields Too Large")

    def on_headers_complete(self) -> None:
        """The head is whole: the body is awaited."""
        self._in_request = True
        self._wait(self.body_seconds + _COURTESY)
        super().on_headers_complete()
        _Whole.around(self.cycle)

    def on_message_complete(self) -> None:
        """The body is whole."""
        self._in_request = False
        self._head = 0
        self._stop_waiting()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client does not read: the answer waits for it, for so long."""
        super().pause_writing()
        if self._writing is None:
            self._writing = self.loop.call_later(self.answer_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._reading = self.loop.call_later(seconds, self._refuse, b"408 Request Timeout")

    def _stop_waiting(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _refuse(self, status: bytes) -> None:
        """Close the connection, telling why where no answer has begun."""
        self._stop_waiting()
        if self.transport.is_closing():
            return
        if not self._in_request or not self.cycle.response_started:
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        self.transport.close()


def bounded_protocol(settings: Settings) -> type[BoundedProtocol]:
    """The protocol with the bounds of the settings, for `uvicorn.Config(http=…)`."""
    bounds = {
        "head_seconds": settings.head_timeout,
        "body_seconds": settings.body_timeout,
        "answer_seconds": settings.answer_timeout,
    }
    return type("Protocol", (BoundedProtocol,), bounds)


def allow_connections() -> None:
    """Let this process hold as many connections as the system lets it: the usual 1,024 files are 1,000 clients."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
