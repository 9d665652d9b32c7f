"""Slow clients, with real sockets: each is closed after a bounded time, and told why; others are answered meanwhile."""

import socket
import time
from collections.abc import Callable

import httpx
import pytest

from tests.service.conftest import PATIENCE

Serve = Callable[..., httpx.Client]


def connect(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=PATIENCE)


def drip(sender: socket.socket, text: bytes, most: int = 200) -> bytes:
    """What the server says while `text` is sent to it again and again, a byte at a time; empty where it never does."""
    sender.settimeout(0.02)
    for number in range(most):
        try:
            sender.sendall(text[number % len(text) :][:1])
            return sender.recv(1000)
        except TimeoutError:
            continue
        except (BrokenPipeError, ConnectionResetError):
            return b""
    raise AssertionError("never closed")


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"GET /healthz?"],
    ids=["from the first byte", "in a header", "in the address"],
)
def test_a_head_sent_a_byte_at_a_time_is_408(serve: Serve, begun: bytes) -> None:
    client = serve(head_timeout=0.5)
    with connect(client) as slow:
        slow.sendall(begun)
        assert drip(slow, b"x" if begun else b"G").startswith((b"HTTP/1.1 408", b"HTTP/1.1 400"))
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_silent_connection_is_closed(serve: Serve) -> None:
    client = serve(head_timeout=0.3)
    with connect(client) as silent:
        assert silent.recv(1000).startswith(b"HTTP/1.1 408")
        assert silent.recv(1000) == b""


def test_blank_lines_after_an_answer_keep_no_connection(serve: Serve) -> None:
    client = serve(head_timeout=0.5)
    with connect(client) as kept:
        kept.sendall(b"GET /ns.ttl HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n")
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += kept.recv(65536)
        kept.settimeout(0.3)
        try:
            while kept.recv(65536):
                pass
        except TimeoutError:
            pass
        assert b"408" in drip(kept, b"\r\n")


@pytest.mark.parametrize("path", ["/sparql", "/review", "/nowhere"])
def test_a_body_sent_a_byte_at_a_time_is_ended(serve: Serve, path: str) -> None:
    client = serve(body_timeout=0.5)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with connect(client) as slow:
        slow.sendall(f"{head}Content-Length: 1000\r\n\r\nquery=".encode())
        status = int((drip(slow, b"x") or b"HTTP/1.1 408")[9:12])
        assert 400 <= status < 500
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_head_too_long_is_refused(serve: Serve) -> None:
    client = serve()
    with connect(client) as long:
        long.sendall(b"GET /healthz?" + b"x" * 300_000)
        assert long.recv(1000).startswith(b"HTTP/1.1 431")


def test_an_answer_that_nobody_reads_is_given_up(serve: Serve) -> None:
    client = serve(answer_timeout=0.5, sparql_per_client=1)
    values = " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 10 }}" for name in "abcd")
    target = httpx.URL("/sparql", params={"query": f'SELECT * {{ {values} BIND("{"x" * 2000}" AS ?x) }}'})
    with connect(client) as reader:
        reader.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode())
        assert reader.recv(15) == b"HTTP/1.1 200 OK"
        limit = time.monotonic() + 20
        while client.get("/sparql", params={"query": "ASK {}"}).status_code == 429:
            assert time.monotonic() < limit
            time.sleep(0.1)  # its place is given back, though the connection stays open at the other end


def test_a_quick_client_keeps_its_connection(serve: Serve) -> None:
    client = serve(head_timeout=1, body_timeout=1)
    with connect(client) as kept:
        for _ in range(12):
            kept.sendall(b"HEAD /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
            assert kept.recv(4000).startswith(b"HTTP/1.1 200")
            time.sleep(0.1)
