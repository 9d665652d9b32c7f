"""A store that misbehaves: what it does is told, within the deadline, and nobody else is ever asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from service.settings import Settings
from tests.service.conftest import PATIENCE, TRIG, publish, running
from tests.service.sparql.test_hostile import until

JSON = "application/sparql-results+json"
Answer = Callable[[BaseHTTPRequestHandler], None]


def result(*rows: dict[str, str]) -> bytes:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return json.dumps({"head": {"vars": list(rows[0]) if rows else []}, "results": {"bindings": bindings}}).encode()


def say(status: int, body: bytes, media: str = JSON, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def hang(_handler: BaseHTTPRequestHandler) -> None:
    time.sleep(8)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    for _ in range(80):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


class Stub(ThreadingHTTPServer):
    """A store that says it holds r1, and answers the rest as it is told to; `hits` and `seen` are what it was asked."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = say(200, result({"s": "x"}))
        self.seen: list[tuple[str, str]] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        stub = self.server
        assert isinstance(stub, Stub)
        stub.seen.append((self.path, self.headers.get("Authorization", "")))
        query = parse_qs(body).get("query", [body])[0]
        if query.startswith("ASK"):
            say(200, b'{"head": {}, "boolean": true}')(self)
        elif "?true" in query:
            say(200, result({"true": "1"}))(self)
        elif "endYear" in query:
            say(200, result())(self)
        elif "BIND(2 AS ?a)" in query:
            say(200, result({}))(self)
        elif "loaded" in body:
            say(200, result({"release": "r1", "triples": "7"}))(self)
        elif "COUNT" in body:
            say(200, result({"n": "7"}))(self)
        else:
            stub.answer(self)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def served(tmp_path: Path, stub: Stub, deadline: float) -> Iterator[httpx.Client]:
    """A client of a service that asks the stub, and has so many seconds for an answer."""
    settings = Settings(
        data=publish(tmp_path, "r1", TRIG.read_bytes()),
        endpoint=f"http://127.0.0.1:{stub.server_port}/query",
        endpoint_user="reader",
        endpoint_password="secret",
        sparql_timeout=deadline,
        sparql_max_timeout=deadline,
        max_result_bytes=100_000,
        sparql_workers=1,
        sparql_slow_workers=1,
        sparql_queue=1,
    )
    with running(settings) as url, httpx.Client(base_url=url, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def client(tmp_path: Path, stub: Stub) -> Iterator[httpx.Client]:
    with served(tmp_path, stub, 2) as client:
        yield client


CUT = result({"s": "x"}, {"s": "y"})[:-4]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (say(302, b"", Location="http://127.0.0.1:1/elsewhere"), 502),
        (say(500, b"a trace\n\nof the query"), 502),
        (say(503, b"busy"), 503),
        (say(403, b"no"), 502),
        (say(200, b"<html>hello</html>", "text/html"), 502),
        (say(200, CUT), 502),
        (say(200, CUT, Content_Length=str(len(CUT) + 4)), 502),
        (say(200, result({"s": "x"}), X_SQL_State="S1TAT"), 503),
        (say(200, result({"s": "x"}), X_SPARQL_MaxRows="1"), 502),
        (say(200, result(*[{"s": "x" * 1000}] * 200)), 422),
        (hang, 504),
        (drip, 504),
    ],
    ids=["redirect", "500", "503", "403", "page", "cut", "short", "partial", "rows left out", "large", "hang", "drip"],
)
@pytest.mark.parametrize("path", ["/sparql?query=SELECT*{?s+?p+?o}", "/queries/acts.srj"])
def test_what_a_store_does_wrong_is_a_problem(
    client: httpx.Client, stub: Stub, answer: Answer, status: int, path: str
) -> None:
    stub.answer = answer
    found = client.get(path)
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/problem+json"
    assert "of the query" not in found.text
    assert {asked for asked, _ in stub.seen} == {"/query"}
    stub.answer = say(200, result({"s": "x"}))
    assert client.get("/sparql?query=SELECT*{?s+?p+?o}+%23").status_code == 200


def test_a_password_is_given_only_when_it_is_asked_for(client: httpx.Client, stub: Stub) -> None:
    assert client.get("/sparql?query=SELECT*{?s+?p+?o}").status_code == 200
    assert {given for _, given in stub.seen} == {""}
    stub.answer = say(401, b"", WWW_Authenticate='Basic realm="store"')
    assert client.get("/sparql?query=SELECT*{?s+?p+?o}+%23").status_code == 502
    assert stub.seen[-1][1].startswith("Basic ")


def test_more_queries_than_the_store_is_asked_at_once_wait_or_are_refused(tmp_path: Path, stub: Stub) -> None:
    free = threading.Event()

    def held(handler: BaseHTTPRequestHandler) -> None:
        free.wait(PATIENCE)
        say(200, result({"s": "x"}))(handler)

    stub.answer = held
    found: list[int] = []
    with served(tmp_path, stub, 60) as client:

        def ask(number: int) -> None:
            found.append(client.get(f"/sparql?query=SELECT*{{?s+?p+?o}}+%23{number}").status_code)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        assert until(lambda: len(found) == 3)
        assert found == [503] * 3
        free.set()
        for thread in threads:
            thread.join()
        assert found == [503] * 3 + [200] * 3
        assert client.get("/sparql?query=SELECT*{?s+?p+?o}").status_code == 200
