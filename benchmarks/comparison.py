"""The same queries over HTTP beside other servers on the same data: `python -m benchmarks.comparison DATA`.

`oxigraph serve-read-only` opens the very store of the live release; rdflib-endpoint, where `--rdflib-endpoint` names
its program (in an environment of its own), reads its dump into memory. Ours is asked twice: to run each query
(`Cache-Control: no-cache`), and as anybody asks, who is given again what was answered before. Servers take turns at
each round, so that what else the machine does disturbs all alike; each is asked on one kept connection, then by four
clients at a time.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.client import Client
from benchmarks.queries import server

PREFIXES = (
    "PREFIX dg: <https://w3id.org/delibgraph/ns#> PREFIX dct: <http://purl.org/dc/terms/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
)
QUERIES = {
    "ten names": "SELECT ?o ?l { ?o a dg:Association ; skos:prefLabel ?l } LIMIT 10",
    "one class counted": "SELECT (COUNT(*) AS ?n) { ?f a dg:Funding }",
    "all amounts": "SELECT ?f ?a { ?f a dg:Funding ; dg:amount ?a }",
    "who funds whom": "SELECT ?p ?b ?a { ?f dg:funder ?x ; dg:beneficiary ?y ; dg:amount ?a . "
    "?x skos:prefLabel ?p . ?y skos:prefLabel ?b }",
    "attendance, 5,000 rows": "SELECT ?n ?d { ?e a dg:Attendance ; dg:member ?m ; dg:session ?s . "
    "?m foaf:name ?n . ?s dct:date ?d } LIMIT 5000",
    "sums by status": "SELECT ?s (SUM(?a) AS ?t) { ?f dg:status ?s ; dg:amount ?a } GROUP BY ?s",
}
_CLIENTS, _BURST = 4, 4.0
_RUN, _AGAIN = "delibgraph, run", "delibgraph, again"


@dataclass
class Row:
    """Seconds of one query at each server, by its name."""

    query: str
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def p50(self, name: str) -> float:
        """The median, in milliseconds."""
        return 1000 * statistics.median(self.seconds[name])


@dataclass(frozen=True)
class Asked:
    """A server, and how it is asked."""

    url: str
    headers: str = ""

    def client(self) -> Client:
        """A new connection to it."""
        return Client(self.url, f"Accept: application/sparql-results+json\r\n{self.headers}")


def measure(servers: dict[str, Asked], rounds: int) -> list[Row]:
    """Each query `rounds` times at each server, by turns, after one to warm up."""
    rows = []
    for query in QUERIES.values():
        row = Row(query, {name: [] for name in servers})
        clients = {name: asked.client() for name, asked in servers.items()}
        for number in range(rounds + 1):
            for name, client in clients.items():
                spent = client.ask(PREFIXES + query)
                if number:
                    row.seconds[name].append(spent)
        rows.append(row)
    return rows


def throughput(asked: Asked) -> float:
    """Answers a second to four clients that ask the first query one after the other."""
    end = time.perf_counter() + _BURST
    counts: list[int] = []

    def ask() -> None:
        client, count = asked.client(), 0
        while time.perf_counter() < end:
            client.ask(PREFIXES + next(iter(QUERIES.values())))
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=ask) for _ in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / _BURST


@contextmanager
def _other(command: list[str], url: str, patience: float) -> Iterator[Asked]:
    """Another server, once it answers a query."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - the command of the benchmark
        try:
            limit = time.monotonic() + patience
            while True:
                try:
                    Asked(url).client().ask("ASK {}")
                    break
                except OSError:
                    if process.poll() is not None or time.monotonic() > limit:
                        raise
                    time.sleep(0.5)
            yield Asked(url)
        finally:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def lines(rows: list[Row], rates: dict[str, float]) -> Iterator[str]:
    """The table, in Markdown."""
    names = list(rates)
    yield "| p50 ms | " + " | ".join(names) + " | run / oxigraph | again / oxigraph |"
    yield "|---|" + "---:|" * (len(names) + 2)
    for label, row in zip(QUERIES, rows, strict=True):
        yield _line(label, {name: row.p50(name) for name in names}, ".2f")
    yield _line(f"ten names, answers/s, {_CLIENTS} clients", rates, ".0f")


def _line(label: str, values: dict[str, float], form: str) -> str:
    cells = [label, *(f"{value:{form}}" for value in values.values())]
    return "| " + " | ".join([*cells, *(f"{values[ours] / values['oxigraph']:.2f}" for ours in (_RUN, _AGAIN))]) + " |"


def main() -> None:
    """Read the command line, start the servers, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--rdflib-endpoint", type=Path, help="the program rdflib-endpoint")
    arguments = parser.parse_args()
    live = arguments.data / "current"
    with ExitStack() as stack:
        ours = stack.enter_context(server(arguments.data)).replace("localhost", "127.0.0.1")
        servers = {
            _RUN: Asked(f"{ours}/sparql", "Cache-Control: no-cache\r\n"),
            _AGAIN: Asked(f"{ours}/sparql"),
        }
        port = _free_port()
        oxigraph = [str(Path(sys.executable).parent / "oxigraph"), "serve-read-only", "--location", str(live / "store")]
        url = f"http://127.0.0.1:{port}/query"
        servers["oxigraph"] = stack.enter_context(_other([*oxigraph, "--bind", f"127.0.0.1:{port}"], url, 30))
        if arguments.rdflib_endpoint:
            port = _free_port()
            command = [str(arguments.rdflib_endpoint), "serve", "--host", "127.0.0.1", "--port", str(port)]
            dump = str(live / "dumps" / "delibgraph.nq")
            url = f"http://127.0.0.1:{port}/"
            servers["rdflib-endpoint"] = stack.enter_context(_other([*command, dump], url, 900))
        rows = measure(servers, arguments.rounds)
        print("\n".join(lines(rows, {name: throughput(asked) for name, asked in servers.items()})))  # noqa: T201


if __name__ == "__main__":
    main()
