"""Servers that do less and less of what ours does: `python -m benchmarks.floor_server KIND PORT STORE`, for `floor`.

protocol: a constant, from a bare asyncio protocol; asgi: the same, by an ASGI application on our HTTP server; hop: the
same, which a worker process is asked for; engine: a worker of ours answers the query, and nothing is screened,
negotiated, bounded, counted or told beside.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from service.server import bounded_protocol
from service.settings import Settings
from service.sparql.process import Job, WorkerProcess

KINDS: Final = ("protocol", "asgi", "hop", "engine")
_BODY: Final = b"x" * 900
_ECHO: Final = "import os\nwhile os.read(0, 65536): os.write(1, b'x' * 900)"
_STDIN: Final = 0
_SECONDS, _CAP, _MEMORY = 10.0, 10**8, 2**30


class _Constant(asyncio.Protocol):
    """Answers each piece that it reads, without a look at it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:  # noqa: ARG002 (asyncio's)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(_BODY)}\r\n\r\n"
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.write(head.encode() + _BODY)


class _Echo(asyncio.SubprocessProtocol):
    """A process that has an answer to everything."""

    answer: asyncio.Future[bytes]

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 (asyncio's)
        self.answer.set_result(data)


async def _echo() -> Callable[[bytes], Awaitable[bytes]]:
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-I", "-c", _ECHO)
    transport, echo = await asyncio.get_running_loop().subprocess_exec(_Echo, *command, stdin=pipe, stdout=pipe)
    stdin = transport.get_pipe_transport(_STDIN)
    if not isinstance(stdin, asyncio.WriteTransport):
        raise TypeError("a pipe was asked for")

    def ask(asked: bytes) -> Awaitable[bytes]:
        echo.answer = asyncio.get_running_loop().create_future()
        stdin.write(asked)
        return echo.answer

    return ask


async def _engine(store: Path) -> Callable[[bytes], Awaitable[bytes]]:
    worker = await WorkerProcess.start("floor", store, _MEMORY, "http://localhost:8000/sparql")

    async def ask(asked: bytes) -> bytes:
        spool = io.BytesIO()
        query = parse_qs(asked.decode())["query"][0]
        await worker.run(Job(query, "json", None, None, _SECONDS, _CAP), spool)
        return spool.getvalue()

    return ask


async def _constant(_asked: bytes) -> bytes:
    return _BODY


async def _serve(kind: str, port: int, store: Path) -> None:
    if kind == "protocol":
        server = await asyncio.get_running_loop().create_server(_Constant, "127.0.0.1", port)
        await server.serve_forever()
    ask = _constant if kind == "asgi" else await (_echo() if kind == "hop" else _engine(store))

    async def app(scope: Scope, _receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            return
        body = await ask(scope["query_string"])
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    http = bounded_protocol(Settings())
    await uvicorn.Server(uvicorn.Config(app, port=port, http=http, lifespan="off", log_config=None)).serve()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
