"""What whoever runs the service relies on: headers everywhere, compression, metrics, logs, limits, a clean stop."""

import gzip
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import httpx
import pytest
import zstandard
from fastapi.testclient import TestClient
from starlette.routing import Route

from service import logs
from service.app import create_app
from service.attempts import Attempts
from service.headers import COMMON_HEADERS, HTTPS_HEADERS
from service.problems import Problem
from service.settings import Settings
from tests.service.conftest import PATIENCE

ROOT = Path(__file__).parents[2]
#: Keeps a worker busy for longer than any test waits.
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"


def _paths(app) -> list[str]:
    """An address for every route of the application."""
    found = []
    for route in _routes(app.router.routes):
        filled = re.sub(r"\{[^}]*\}", "x", route.path)
        found.append(filled)
    return sorted(set(found))


def _routes(routes) -> Iterator[Route]:
    for route in routes:
        if isinstance(route, Route):
            yield route
        else:
            yield from _routes(getattr(getattr(route, "original_router", None), "routes", getattr(route, "routes", ())))


def _guarded(answer: httpx.Response) -> None:
    for name, value in COMMON_HEADERS.items():
        assert name in answer.headers, (str(answer.url), name)
        if name not in ("Content-Security-Policy", "Access-Control-Allow-Origin"):
            assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy.replace("frame-ancestors *", "")
    if "frame-ancestors *" in policy:
        assert answer.url.path in ("/reconcile/preview", "/funding/embed")
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])
    assert "server" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_every_answer_of_every_route_is_guarded(release_dir: Path, method: str) -> None:
    app = create_app(Settings(data=release_dir))
    paths = _paths(app)
    assert len(paths) > 40
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        for path in (*paths, "/nowhere", "/id/organisation/none", "/static/none.css", "/%00", "/sparql?query=x"):
            answer = client.request(method, path)
            assert answer.status_code < 500 or answer.status_code == 503, path
            _guarded(answer)


def test_an_error_of_ours_is_guarded_too_and_tells_nothing(release_dir: Path) -> None:
    app = create_app(Settings(data=release_dir))

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("s3cret")

    answer = TestClient(app, raise_server_exceptions=False).get("/fault")
    assert answer.status_code == 500
    assert "s3cret" not in answer.text
    _guarded(answer)
    assert 'status="500"' in TestClient(app).get("/metrics").text


def test_https_is_for_good(release_dir: Path) -> None:
    for base, expected in (("https://data.test", True), ("http://data.test", False)):
        answer = TestClient(create_app(Settings(data=release_dir, base=base))).get("/healthz")
        assert ("strict-transport-security" in answer.headers) == expected
    assert int(HTTPS_HEADERS["Strict-Transport-Security"].partition("=")[2]) >= 31536000


UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda packed: zstandard.ZstdDecompressor().decompressobj().decompress(packed),
}
ALL = "SELECT ?a ?b ?c { ?a ?b ?c } ORDER BY ?a ?b ?c"


def _raw(http: httpx.Client, path: str, encoding: str, **parameters: str) -> tuple[httpx.Headers, bytes]:
    with http.stream("GET", path, params=parameters, headers={"Accept-Encoding": encoding}) as answer:
        return answer.headers, b"".join(answer.iter_raw())


@pytest.mark.parametrize("coding", sorted(UNPACK))
def test_answers_are_compressed_for_whom_asks(http: httpx.Client, coding: str) -> None:
    for path, parameters in (("/", {}), ("/ns.ttl", {}), ("/sparql", {"query": ALL, "format": "json"})):
        headers, packed = _raw(http, path, coding, **parameters)
        _, plain = _raw(http, path, "identity", **parameters)
        assert headers["content-encoding"] == coding
        assert "accept-encoding" in headers["vary"].lower()
        assert UNPACK[coding](packed) == plain
        assert len(packed) < len(plain)


def test_what_is_small_or_packed_already_is_left_as_it_is(http: httpx.Client) -> None:
    for path in ("/healthz", "/static/icon.svg"):
        headers, _ = _raw(http, path, "br, gzip")
        assert "content-encoding" not in headers
    headers, _ = _raw(http, "/", "br;q=0, gzip;q=0")
    assert "content-encoding" not in headers
    for path in ("/review", "/ingest"):
        assert "content-encoding" not in _raw(http, path, "br, gzip")[0]


def test_metrics_are_prometheus_and_hold_nothing_of_a_person(http: httpx.Client) -> None:
    from prometheus_client.parser import text_string_to_metric_families

    http.get("/id/person/jean-dupont-secret", headers={"X-Request-ID": "trace-dupont-1"})
    http.get("/search", params={"q": "Zoé Kervadec"})
    http.get("/sparql", params={"query": 'ASK { ?s ?p "Kervadec" }'})
    http.request("BREW", "/")
    text = http.get("/metrics").text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert {
        "delibgraph_http_requests", "delibgraph_http_request_seconds", "delibgraph_sparql_queries",
        "delibgraph_sparql_workers", "delibgraph_release_info", "process_resident_memory_bytes",
    } <= families.keys()  # fmt: skip
    for word in ("dupont", "Kervadec", "127.0.0.1", "BREW"):
        assert word not in text
    labels = {name for family in families.values() for sample in family.samples for name in sample.labels}
    assert labels <= {
        "method",
        "route",
        "status",
        "outcome",
        "state",
        "release",
        "le",
        "implementation",
        "major",
        "minor",
        "patchlevel",
        "version",
    }


@pytest.fixture
def lines() -> Iterator[list[dict]]:
    """What the log of requests has, as JSON lines."""
    told: list[dict] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(json.loads(self.format(record)))

    handler = Keep()
    handler.setFormatter(logs.JsonFormatter(messages=False))
    level = logs.REQUESTS.level
    logs.REQUESTS.addHandler(handler)
    logs.REQUESTS.setLevel(logging.INFO)
    yield told
    logs.REQUESTS.removeHandler(handler)
    logs.REQUESTS.setLevel(level)


def test_a_line_a_request_without_anything_of_a_person(release_dir: Path, lines: list[dict]) -> None:
    client = TestClient(create_app(Settings(data=release_dir)), client=("203.0.113.7", 1234))
    client.get(
        "/organisation?filter=Zo%C3%A9+Kervadec", headers={"X-Request-ID": "from-the-proxy-1", "Cookie": "a=kervadec"}
    )
    client.head("/id/person/zoe-kervadec")
    client.get("/search?q=x", headers={"X-Request-ID": 'bad"\n id'.replace("\n", "")})
    first, second, third = lines
    assert (first["method"], first["route"], first["status"]) == ("GET", "/organisation", 200)
    assert first["request"] == "from-the-proxy-1"
    assert first["ms"] > 0
    assert first["bytes"] > 100
    assert (second["method"], second["route"]) == ("HEAD", "/id")
    assert re.fullmatch("[0-9a-f]{16}", third["request"])
    assert not re.search("kervadec|203.0.113.7|testserver", json.dumps(lines), re.IGNORECASE)


def test_what_was_asked_is_logged_where_the_settings_say_so(release_dir: Path, lines: list[dict]) -> None:
    TestClient(create_app(Settings(data=release_dir, log_queries=True))).get("/search?q=kervadec")
    assert lines[0]["query"] == "q=kervadec"


def test_an_error_in_the_log_has_its_place_and_not_its_words() -> None:
    try:
        int("the query of Zoé Kervadec")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Exception\nZoé", (), sys.exc_info())
    told = json.loads(logs.JsonFormatter(messages=False).format(record))
    assert told["error"]["type"] == "ValueError"
    assert "test_operation.py" in told["error"]["at"][-1]
    assert "Zoé" not in json.dumps(told, ensure_ascii=False)
    assert "Kervadec" in logs.JsonFormatter(messages=True).format(record)


def test_wrong_tokens_are_counted_by_address_and_forgotten_in_time() -> None:
    now = 0.0
    attempts = Attempts(3, now=lambda: now)
    for _ in range(3):
        attempts.check("198.51.100.1")
        attempts.failed("198.51.100.1")
    with pytest.raises(Problem) as caught:
        attempts.check("198.51.100.1")
    assert caught.value.status == 429
    assert int(caught.value.headers["Retry-After"]) <= 61
    attempts.check("198.51.100.2")
    for other in range(3):  # one household is one client, whatever address of its /64 it uses
        attempts.failed(f"2001:db8::{other}")
    with pytest.raises(Problem):
        attempts.check("2001:db8::ffff")
    now = 61.0
    attempts.check("198.51.100.1")
    for number in range(20_000):
        attempts.failed(f"10.0.{number // 256}.{number % 256}")
    assert len(attempts._failed) <= 10_000


def test_a_guesser_is_stopped_even_with_the_right_token(release_dir: Path) -> None:
    client = TestClient(create_app(Settings(data=release_dir, token="s3cret-s3cret", token_attempts=3)))
    form = {"do": "open", "author": "X", "token": "wrong"}
    assert [client.post("/review", data=form).status_code for _ in range(5)] == [401, 401, 401, 429, 429]
    assert client.post("/review", data={**form, "token": "s3cret-s3cret"}, follow_redirects=False).status_code == 429


@contextmanager
def served(data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`delibgraph serve` as a process of its own, and its address."""
    given = [part for option in options for part in ("--set", option)]
    command = [sys.executable, "-m", "service.cli", *given, "serve", "--data", str(data), "--port", "0"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environ)
    try:
        assert process.stderr is not None
        url = process.stderr.readline().split("/ ")[0].replace("localhost", "127.0.0.1")
        yield process, url
    finally:
        process.kill()
        process.wait()


def _ask(url: str, query: str, answers: list[httpx.Response | Exception]) -> threading.Thread:
    def ask() -> None:
        try:
            answers.append(httpx.get(f"{url}/sparql", params={"query": query, "timeout": "60"}, timeout=PATIENCE))
        except httpx.HTTPError as error:
            answers.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def _until_under_way(url: str, count: int) -> None:
    """So many requests, and the one that asks how many."""
    for _ in range(4000):
        if f"delibgraph_http_requests_under_way {count + 1}" in httpx.get(f"{url}/metrics", timeout=PATIENCE).text:
            return
        time.sleep(0.025)
    pytest.fail("the query did not start")


def _ask_for_ever(url: str) -> None:
    while True:
        httpx.get(f"{url}/healthz", timeout=PATIENCE)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_query_under_way_at_the_stop_is_told_so_within_the_bound(release_dir: Path, how: signal.Signals) -> None:
    with served(release_dir, "shutdown_timeout=1", "sparql_slow_workers=1", "sparql_workers=1") as (process, url):
        answers: list[httpx.Response | Exception] = []
        threads = [_ask(url, LONG + " " * place, answers) for place in range(3)]  # some run, some wait
        _until_under_way(url, 3)
        time.sleep(0.5)
        process.send_signal(how)
        for thread in threads:
            thread.join(PATIENCE)
        assert process.wait(PATIENCE) in (0, -how, 130)
    for answer in answers:
        assert isinstance(answer, httpx.Response), answer
        assert answer.status_code == 503, answer.text
        assert "arrête" in answer.json()["detail"]
        assert "retry-after" in answer.headers
    assert len(answers) == 3


def test_an_answer_under_way_at_the_stop_is_finished(release_dir: Path) -> None:
    with served(release_dir, "shutdown_timeout=20") as (process, url):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as peer:
            body = "query=ASK%7B%7D"
            head = ("POST /sparql HTTP/1.1", "Host: x", "Content-Type: application/x-www-form-urlencoded")
            peer.sendall("\r\n".join((*head, f"Content-Length: {len(body)}", "", "")).encode())
            _until_under_way(url, 1)
            process.send_signal(signal.SIGTERM)
            with pytest.raises(httpx.TransportError):  # who comes once it has heard
                _ask_for_ever(url)
            peer.sendall(body.encode())
            answer = b""
            while chunk := peer.recv(65536):
                answer += chunk
        assert answer.startswith(b"HTTP/1.1 200")
        assert b'"boolean":true' in answer
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)


def test_the_logs_of_the_process_are_json_lines(release_dir: Path) -> None:
    with served(release_dir, "log_format=json", "log_requests=true") as (process, url):
        httpx.get(f"{url}/healthz", timeout=PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        told = [json.loads(line) for line in process.stderr if line.startswith("{")]
    assert [line["route"] for line in told if line["message"] == "request"] == ["/healthz"]
