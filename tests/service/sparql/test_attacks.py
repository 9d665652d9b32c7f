"""Each known attack on the running service, as a process of its own: others are answered, nothing grows, nothing leaks.

What an attacker gets is an error, in time and with its reason; which one may depend on how fast the machine is.
"""

import asyncio
import concurrent.futures
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from benchmarks.attack import SMALL, attack
from tests.service.conftest import PATIENCE, TRIG, publish
from tests.service.sparql.test_hostile import until

ROOT = Path(__file__).parents[3]
LIMITS = {
    "SPARQL_CACHE_BYTES": "0",  # what others ask is computed each time
    "SPARQL_TIMEOUT": "1",
    "SPARQL_MAX_TIMEOUT": "60",
    "SPARQL_WORKERS": "2",
    "SPARQL_SLICE": "0.2",
    "SPARQL_MEMORY": str(128 * 2**20),
    "SPARQL_PER_CLIENT": "64",
    "MAX_RESULT_BYTES": "2000000",
    "BODY_TIMEOUT": "2",
}
#: What the service may keep from one attack to the next: its allocator returns memory late.
_MARGIN = 64 * 2**20
#: Descriptors of the workers that are kept for those in debt: two pipes and its process each.
_WORKER_FILES = 2 * 3
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_TEXT = "x" * 1000

REFUSED_OR_ENDED = {
    "nested groups": "SELECT * " + "{" * 5000 + "}" * 5000,
    "nested parentheses": "ASK { FILTER" + "(" * 5000 + "1" + ")" * 5000 + "}",
    "nested functions": "ASK { FILTER(" + "STR(" * 5000 + "1" + ")" * 5000 + ") }",
    "nested paths": "ASK { ?a " + "(" * 5000 + "dg:vote" + ")*" * 5000 + " ?b }",
    "CONCAT bomb": "SELECT ?z { "
    + f'BIND("{_TEXT}" AS ?v0) '
    + " ".join(f"BIND(CONCAT({', '.join([f'?v{n}'] * 30)}) AS ?v{n + 1})" for n in range(6))
    + " BIND(STRLEN(?v6) AS ?z) }",
    "REPLACE bomb": "SELECT ?z { "
    + 'BIND("xxxxxxxxxx" AS ?v0) '
    + " ".join(f'BIND(REPLACE(?v{n}, "x", "xxxxxxxxxx") AS ?v{n + 1})' for n in range(9))
    + " BIND(STRLEN(?v9) AS ?z) }",
    "REPLACE by itself": "SELECT ?z { "
    + f'BIND("{_TEXT}" AS ?v0) '
    + " ".join(f'BIND(REPLACE(?v{n}, "(.*)", "{"$1" * 50}") AS ?v{n + 1})' for n in range(6))
    + " BIND(STRLEN(?v6) AS ?z) }",
    "cartesian product": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }}",
    "DISTINCT cartesian product": f"SELECT DISTINCT * {{ {_ALL} . ?j ?k ?l . ?m ?n ?o }}",
    "cartesian product of values": "SELECT * { "
    + " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(12))
    + " } ORDER BY ?v11",
    "paths of any length": "SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)+ ?d . ?e (!<x:y>)* ?f }",
    "ORDER BY on a huge join": f"SELECT * {{ {_ALL} . ?j ?k ?l }} ORDER BY ?l ?i ?f",
    "GROUP BY on a huge join": f"SELECT ?c ?f ?i ?l (COUNT(*) AS ?n) {{ {_ALL} . ?j ?k ?l }} GROUP BY ?c ?f ?i ?l",
    "GROUP_CONCAT of everything": f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?t) {{ {_ALL} }}",
    "CONSTRUCT of everything": f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?c }} {{ {_ALL} }}",
    "EXISTS of EXISTS": f"SELECT * {{ {_ALL} FILTER NOT EXISTS {{ ?j ?k ?l . ?m ?n ?o FILTER(?l = ?o && ?l = 7) }} }}",
    "10 MB query": "ASK { #" + "x" * 10_000_000 + "\n }",
}
NETWORK = {
    "SERVICE": "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SERVICE SILENT": "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SERVICE after a dot": "SELECT * {{ ?s ?p ?o.SERVICE<{url}>{{ ?s ?p ?o }} }}",
    "SERVICE in small letters": "SELECT * {{ ?s ?p ?o .service<{url}>{{ ?s ?p ?o }} }}",
    "SERVICE of a prefix": "PREFIX service: <{url}> SELECT * {{ service:x {{ ?s ?p ?o }} }}",
    "SERVICE of a variable": "SELECT * {{ VALUES ?u {{ <{url}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
    "SERVICE in a FILTER": "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SERVICE in a subselect": "ASK {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "FROM a URL": "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "FROM NAMED a URL": "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "GRAPH of a URL": "SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "DESCRIBE of a URL": "DESCRIBE <{url}>",
    "LOAD": "LOAD <{url}>",
    "LOAD into a graph": "LOAD SILENT <{url}> INTO GRAPH <x:g>",
}
#: What somebody asks who is not in a hurry: how long the answer takes is for the benchmark to say.
PATIENT = {"query": "ASK {}", "timeout": "60"}


@dataclass
class Service:
    """A served process: its root URL and its process id."""

    url: str
    pid: int
    data: Path
    at_rest: int = 0
    """Its descriptors before any attack."""

    def descriptors(self) -> int:
        """How many files and sockets it holds."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def memory(self) -> int:
        """Bytes it has in memory."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    def children(self) -> list[int]:
        """Its workers, the dead that nobody buried included."""
        found: list[int] = []
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # the thread ended since it was listed
                found += map(int, (thread / "children").read_text().split())
        return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = publish(tmp_path_factory.mktemp("attacked"), "r1", TRIG.read_bytes())
    environment = {**os.environ, **{f"DELIBGRAPH_{name}": value for name, value in LIMITS.items()}}
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0", "--data", str(data)]
    with (
        (data / "log").open("w+") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env=environment) as process,
    ):
        try:
            assert until(lambda: "http://" in (data / "log").read_text())
            found = re.search(r"http://localhost:(\d+)", (data / "log").read_text())
            assert found
            yield Service(f"http://127.0.0.1:{found[1]}", process.pid, data)
        finally:
            process.terminate()
        # In order, though: uvicorn closes all, then ends by the signal it was sent.
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)
        assert "Traceback" not in (data / "log").read_text()


@pytest.fixture
def unharmed(service: Service) -> Iterator[Service]:
    """The service, seen before and after a test: the same files, memory and number of workers, and it answers."""
    with httpx.Client(base_url=service.url, timeout=PATIENCE) as client:
        assert until(lambda: 'state="idle"} 2' in client.get("/metrics").text)
        assert client.get("/").status_code == 200  # what a page needs is loaded
    if not service.at_rest:  # of the first test: what leaks little by little adds up
        service.at_rest = service.descriptors()
    memory = service.memory()
    yield service
    with httpx.Client(base_url=service.url, timeout=PATIENCE) as client:
        assert client.get("/sparql", params=PATIENT).json()["boolean"] is True
        assert until(lambda: 'state="idle"} 2' in client.get("/metrics").text)
    most = service.at_rest + _WORKER_FILES
    assert until(lambda: service.descriptors() <= most), (service.at_rest, service.descriptors())
    assert service.memory() < memory + _MARGIN
    # Two in the fast lane, and as many that are kept for those in debt once there were any.
    assert until(lambda: len(service.children()) <= 4), service.children()


def answered(service: Service) -> bool:
    """Whether somebody else gets an answer now."""
    with somebody_else(service) as client:
        return client.get("/sparql", params=PATIENT).status_code == 200


def somebody_else(service: Service) -> httpx.Client:
    """A client at an address from which nobody attacks."""
    return httpx.Client(
        base_url=service.url, transport=httpx.HTTPTransport(local_address="127.0.0.9"), timeout=PATIENCE
    )


@pytest.mark.parametrize("attack", REFUSED_OR_ENDED)
def test_a_bomb_is_an_error_and_others_are_answered(unharmed: Service, attack: str) -> None:
    def throw() -> httpx.Response:
        return httpx.post(f"{unharmed.url}/sparql", data={"query": REFUSED_OR_ENDED[attack]}, timeout=PATIENCE)

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        bombs = [pool.submit(throw) for _ in range(4)]
        assert all(answered(unharmed) for _ in range(5))
        outcomes = [bomb.result() for bomb in bombs]
    # A quick machine may construct the whole before the deadline: an answer then, complete.
    ended = [outcome for outcome in outcomes if (attack, outcome.status_code) != ("CONSTRUCT of everything", 200)]
    assert {outcome.status_code for outcome in ended} <= {400, 413, 422, 503}
    assert {outcome.headers["content-type"] for outcome in ended} <= {"application/problem+json"}


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 10_000 + "true) }",
        'ASK { FILTER(REGEX("' + "a" * 5000 + '", "' + "(a?){500}" * 3 + '")) }',
        'ASK { FILTER(REGEX("' + "a" * 5000 + '", "(a+)+$")) }',
    ],
    ids=["a chain of negations", "a large regular expression", "a regular expression that goes back"],
)
def test_what_the_engine_bears_is_answered_or_ended(unharmed: Service, query: str) -> None:
    answer = httpx.post(f"{unharmed.url}/sparql", data={"query": query}, timeout=PATIENCE)
    assert answer.status_code in {200, 400, 503}
    assert answered(unharmed)


class _Listener(BaseHTTPRequestHandler):
    """Answers anything with a graph, and counts who came."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.send_header("Content-Type", "text/turtle")
        self.end_headers()
        self.wfile.write(b"<x:s> <x:p> <x:fetched> .")

    do_POST = do_GET  # noqa: N815 (the name that http.server looks for)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture(scope="module")
def listener() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/data.ttl"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("attack", NETWORK)
def test_nothing_is_fetched(unharmed: Service, listener: str, attack: str) -> None:
    query = NETWORK[attack].format(url=listener)
    for answer in (
        httpx.get(f"{unharmed.url}/sparql", params={"query": query}, timeout=PATIENCE),
        httpx.post(f"{unharmed.url}/sparql", data={"query": query}, timeout=PATIENCE),
        httpx.get(
            f"{unharmed.url}/sparql",
            params={"query": "SELECT * {?s ?p ?o}", "default-graph-uri": listener},
            timeout=PATIENCE,
        ),
    ):
        assert answer.status_code in {200, 400, 403}
        assert "fetched" not in answer.text
        assert "root:" not in answer.text
    assert _Listener.asked == 0


def _connections(service: Service, count: int, first: bytes) -> list[socket.socket]:
    host, port = service.url.removeprefix("http://").split(":")
    opened = [socket.create_connection((host, int(port)), timeout=PATIENCE) for _ in range(count)]
    for each in opened:
        each.sendall(first)
    return opened


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET /sparql?query=ASK HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK",
    ],
    ids=["silent", "slow head", "slow body"],
)
def test_five_hundred_slow_clients_keep_nobody_waiting(unharmed: Service, first: bytes) -> None:
    opened = _connections(unharmed, 500, first)
    try:
        for _ in range(5):
            assert answered(unharmed)
            with contextlib.suppress(ConnectionError):  # too slow: given up by now
                for each in opened[::10] if first else ():
                    each.sendall(b"x")
    finally:
        for each in opened:
            each.close()


def test_five_hundred_at_once_are_answered_or_told_when_to_come_back(unharmed: Service) -> None:
    async def crowd() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=500)
        async with httpx.AsyncClient(base_url=unharmed.url, timeout=PATIENCE, limits=limits) as client:
            asked = (client.get("/sparql", params={"query": "ASK {}"}) for _ in range(500))
            return await asyncio.gather(*asked)

    answers = asyncio.run(crowd())
    assert {answer.status_code for answer in answers} <= {200, 429, 503}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code != 200)
    assert sum(answer.status_code == 200 for answer in answers) > 0


def test_workers_killed_from_outside_are_replaced(unharmed: Service) -> None:
    for _ in range(3):
        before = unharmed.children()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert until(lambda: answered(unharmed))
        assert until(lambda dead=set(before): not dead & set(unharmed.children()))  # type: ignore[misc]


@pytest.mark.parametrize("addresses", [1, 8], ids=["from one address", "from eight addresses"])
@pytest.mark.parametrize("deadline", ["", "0.3"], ids=["", "with short deadlines"])
def test_every_small_query_is_answered_under_a_mixed_attack(unharmed: Service, addresses: int, deadline: str) -> None:
    outcomes: Counter[int] = Counter()
    with attack(unharmed.url, 8, addresses, deadline, outcomes), somebody_else(unharmed) as client:
        told = set()
        for _ in range(15):
            answer = client.get("/sparql", params={"query": SMALL, "timeout": "60"}, timeout=PATIENCE)
            told.add("answered" if answer.status_code == 200 else answer.text)
            assert len(unharmed.children()) <= 6 + 6  # the lanes' sizes, and as many that end
            time.sleep(0.05)
    assert told == {"answered"}
    assert set(outcomes) <= {200, 422, 503}  # "mixed" holds what a quick machine may answer
    assert sum(outcomes.values()) >= 8


def test_a_release_swapped_under_attack(unharmed: Service) -> None:
    bomb = REFUSED_OR_ENDED["cartesian product"]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        bombs = [
            pool.submit(httpx.post, f"{unharmed.url}/sparql", data={"query": bomb}, timeout=PATIENCE) for _ in range(3)
        ]
        publish(unharmed.data, f"r{time.time_ns()}", TRIG.read_bytes().replace(b"Jeanne MOREL", b"Jeanne DUVAL"))
        assert answered(unharmed)
        assert {future.result().status_code for future in bombs} == {503}
    names, end = {"query": "SELECT ?n { ?s foaf:name ?n }"}, time.monotonic() + PATIENCE
    while (answer := httpx.get(f"{unharmed.url}/sparql", params=names, timeout=PATIENCE)).status_code == 503:
        assert time.monotonic() < end, answer.text  # a slow machine opens the new release while bombs still burn
    assert "Jeanne DUVAL" in answer.text
    assert (
        answer.headers["delibgraph-release"] == httpx.get(f"{unharmed.url}/healthz", timeout=PATIENCE).json()["release"]
    )
