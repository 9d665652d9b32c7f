"""The same queries over HTTP beside other servers on the same data: `python -m benchmarks.comparison DATA`.

`oxigraph serve-read-only` opens the very store of the live release; rdflib-endpoint, where `--rdflib-endpoint` names
the Python of its environment, reads its dump into memory (`rdflib_server.py`; with `--rdflib-at PORT PIDS`, one that
was started so beforehand is asked). What is asked is `benchmarks.mix`. Each text is new to every server when it comes
("new"), and is asked again at once ("again"), as a page that many people open is. Servers take turns at each text, in
changing order, so that what else the machine does disturbs all alike; each is asked on one kept connection, then by
four clients at a time.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.client import Client
from benchmarks.mix import Group, groups
from benchmarks.queries import server
from service.store import ReleaseReader

OURS, OXIGRAPH, RDFLIB = "delibgraph", "oxigraph", "rdflib-endpoint"
_CLIENTS, _BURST = 4, 4.0
#: Seconds that an answer is waited for, and that a query of one server has in all; beyond, it counts as endless.
_PATIENCE, _BUDGET = 10.0, 60.0


@dataclass
class Server:
    """A server: where it is asked, and what starts it anew where a query would keep it for ever."""

    url: str
    anew: Callable[[], None] = lambda: None
    _client: Client | None = None

    def ask(self, query: str) -> float:
        """Seconds to the last byte; infinite where it was waited for in vain, or the server gave up."""
        try:
            return self._kept().ask(query)
        except ConnectionError:  # closed while others were asked, as servers do; a query that kills it fails again
            self._client = None
        except (OSError, RuntimeError):
            return self._in_vain()
        try:
            return self._kept().ask(query)
        except (OSError, RuntimeError):
            return self._in_vain()

    def _kept(self) -> Client:
        if self._client is None:
            self._client = self.client(_PATIENCE)
        return self._client

    def _in_vain(self) -> float:
        self._client = None
        self.anew()
        return math.inf

    def client(self, patience: float) -> Client:
        """A new connection, waited for as long as another process may need to take the place of one."""
        limit = time.monotonic() + _PATIENCE
        while True:
            try:
                return Client(self.url, "Accept: application/sparql-results+json, text/turtle;q=0.9\r\n", patience)
            except OSError:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.2)


@dataclass
class Row:
    """Seconds of one label at each server: of texts that are new, and again."""

    group: Group
    new: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    again: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def measure(servers: dict[str, Server], asked: Iterable[Group]) -> Iterator[Row]:
    """Each text at each server by turns, twice. A server that has had its budget of a label is asked no more of it."""
    order = random.Random(7)  # noqa: S311 - an order
    for group in (each for each in asked if each.texts):
        row = Row(group)
        for text in group.texts:
            for name in order.sample(list(servers), len(servers)):
                if sum(row.new[name]) > _BUDGET:
                    continue
                row.new[name].append(servers[name].ask(text))
                row.again[name].append(servers[name].ask(text) if row.new[name][-1] < math.inf else math.inf)
        yield row


def throughput(at: Server, texts: list[str]) -> float:
    """Answers a second to four clients that ask one text after another, each its own."""
    end = time.perf_counter() + _BURST
    counts: list[int] = []

    def ask(share: list[str]) -> None:
        client, count = at.client(_PATIENCE), 0
        for text in share:
            if time.perf_counter() > end:
                break
            client.ask(text)
            count += 1
        counts.append(count)

    begun = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(texts[number::_CLIENTS],)) for number in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def lines(rows: list[Row], rates: dict[str, dict[str, float]], names: list[str]) -> Iterator[str]:
    """The tables, in Markdown."""
    yield "| p50 ms | " + " | ".join(names) + f" | {OURS} / {OXIGRAPH} |"
    yield "|---|" + "---:|" * (len(names) + 1)
    kinds = {"the mix": ("small", "size", "named"), "small look-ups": ("small",), "named queries": ("named",)}
    for told, within in kinds.items():
        chosen = [row for row in rows if row.group.kind in within]
        for turn in ("new", "again") if {row.group.kind for row in chosen} == {*within} else ():
            yield _line(f"**{told}, {turn}**", {name: _mixed(chosen, turn, name) for name in names}, _ms)
    for told, values in rates.items():
        yield _line(f"answers/s, {_CLIENTS} clients, {told}", values, "{:.0f}".format)
    yield ""
    yield "| p50 ms | " + " | ".join(f"{name}, {turn}" for name in names for turn in ("new", "again")) + " |"
    yield "|---|" + "---:|" * (2 * len(names))
    for row in rows:
        cells = [_ms(_median(getattr(row, turn)[name])) for name in names for turn in ("new", "again")]
        yield f"| {row.group.label} | " + " | ".join(cells) + " |"


def _mixed(rows: list[Row], turn: str, name: str) -> float:
    """The median over labels, each of the same weight, whatever the number of its texts."""
    return _median([_median(getattr(row, turn)[name]) for row in rows])


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds) if seconds else math.inf


def _ms(seconds: float) -> str:
    return f"over {_PATIENCE:.0f} s" if seconds == math.inf else f"{1000 * seconds:.2f}"


def _line(label: str, values: dict[str, float], form: Callable[[float], str]) -> str:
    cells = [label, *map(form, values.values())]
    return "| " + " | ".join([*cells, f"{values[OURS] / values[OXIGRAPH]:.2f}"]) + " |"


@contextmanager
def other(command: list[str], url: str, patience: float) -> Iterator[None]:
    """Another server, once it answers a query."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - the command of the benchmark
        try:
            limit = time.monotonic() + patience
            while True:
                try:
                    Client(url, "Accept: application/sparql-results+json\r\n").ask("ASK {}")
                    break
                except OSError:
                    if process.poll() is not None or time.monotonic() > limit:
                        raise
                    time.sleep(0.5)
            yield
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _end(pids: Path) -> None:
    """End the child of rdflib_server.py, whose parent has another at once."""
    with suppress(ProcessLookupError):
        os.kill(int(pids.read_text(encoding="ascii")), signal.SIGKILL)
    time.sleep(1)


def _rdflib(stack: ExitStack, arguments: argparse.Namespace, dump: Path) -> Server | None:
    if arguments.rdflib_at:
        port, pids = int(arguments.rdflib_at[0]), Path(arguments.rdflib_at[1])
    elif arguments.rdflib_endpoint:
        port, pids = free_port(), Path(stack.enter_context(tempfile.TemporaryDirectory())) / "child"
        program = str(Path(__file__).with_name("rdflib_server.py"))
        command = [str(arguments.rdflib_endpoint), program, str(dump), str(port), str(pids)]
        stack.enter_context(other(command, f"http://127.0.0.1:{port}/", 1800))
    else:
        return None
    return Server(f"http://127.0.0.1:{port}/", lambda: _end(pids))


def main() -> None:
    """Read the command line, start the servers, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--small", type=int, default=40, help="texts of each small look-up")
    parser.add_argument("--large", type=int, default=4, help="texts of each other query (0: none of them)")
    parser.add_argument("--rdflib-endpoint", type=Path, metavar="PYTHON", help="the Python that has rdflib-endpoint")
    parser.add_argument("--rdflib-at", nargs=2, metavar=("PORT", "PIDS"), help="a rdflib_server.py that is running")
    arguments = parser.parse_args()
    live = arguments.data / "current"
    store = ReleaseReader(arguments.data).on_disk()
    with ExitStack() as stack:
        ours = stack.enter_context(server(arguments.data)).replace("localhost", "127.0.0.1")
        servers = {OURS: Server(f"{ours}/sparql?timeout={_PATIENCE:.0f}")}
        port = free_port()
        oxigraph = [str(Path(sys.executable).parent / "oxigraph"), "serve-read-only", "--location", str(live / "store")]
        servers[OXIGRAPH] = Server(f"http://127.0.0.1:{port}/query")
        stack.enter_context(other([*oxigraph, "--bind", f"127.0.0.1:{port}"], servers[OXIGRAPH].url, 30))
        if (rdflib := _rdflib(stack, arguments, live / "dumps" / "delibgraph.nq.gz")) is not None:
            servers[RDFLIB] = rdflib
        for text in (text for group in groups(store, 2, 0) for text in group.texts):  # to warm up
            for each in servers.values():
                each.ask(text)
        rows = []
        for row in measure(servers, groups(store, arguments.small, arguments.large)):
            rows.append(row)
            print(row.group.label, {name: _ms(_median(row.new[name])) for name in servers}, file=sys.stderr)  # noqa: T201
        rates = _rates(servers, [g for g in groups(store, 1500, 0) if g.kind == "small"])
        print("\n".join(lines(rows, rates, list(servers))))  # noqa: T201


def _rates(servers: dict[str, Server], small: list[Group]) -> dict[str, dict[str, float]]:
    """Answers a second of small look-ups, new and again."""
    new = [text for texts in zip(*(group.texts for group in small), strict=True) for text in texts]
    again = new[:40] * 1000
    return {
        "small look-ups, new": {name: throughput(each, new) for name, each in servers.items()},
        "small look-ups, again": {name: throughput(each, again) for name, each in servers.items()},
    }


if __name__ == "__main__":
    main()
