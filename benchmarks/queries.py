"""Latency of the named queries in process, and of /sparql over HTTP against the same query in process."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox

from benchmarks.clock import middle
from queries import NamedQuery, catalogue
from service.store import ReleaseReader

PROBE = "PREFIX dg: <https://w3id.org/delibgraph/ns#> SELECT ?f ?a WHERE { ?f a dg:Funding ; dg:amount ?a }"


@dataclass(frozen=True)
class Latency:
    """Median seconds: of each named query, and of one query in process and over HTTP."""

    named: dict[str, float]
    in_process: float
    over_http: float


def measure(data: Path) -> Latency:
    """All latencies on the live release of a data directory."""
    store = ReleaseReader(data).on_disk()

    def ask(
        text: str, values: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] | None = None
    ) -> None:
        answer = store.query(text, substitutions=values)
        if not isinstance(answer, ox.QueryBoolean):
            deque(answer, maxlen=0)

    def latency(query: NamedQuery) -> float:
        return middle(lambda: ask(query.text, {**query.substitutions({})}))

    named = {name: latency(query) for name, query in catalogue().items()}
    headers = {"Accept": "application/sparql-results+json", "Cache-Control": "no-cache"}
    with server(data) as root, httpx.Client(base_url=root, headers=headers) as client:
        over_http = middle(lambda: client.get("/sparql", params={"query": PROBE}).raise_for_status().content)
    return Latency(named, middle(lambda: ask(PROBE)), over_http)


@contextmanager
def server(data: Path) -> Iterator[str]:
    """A server of our own on a free port; its root URL."""
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0", "--data", str(data)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stderr=log)  # noqa: S603 - our own command
        try:
            for _ in range(300):
                log.seek(0)
                if found := re.search(r"http://\S+?(?=/\s)", log.read()):
                    yield found[0]
                    return
                time.sleep(0.1)
            raise TimeoutError("the server did not start within 30 s")
        finally:
            process.terminate()
            process.wait()
