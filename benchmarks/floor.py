"""What the least of a safe design costs for a small look-up: `python -m benchmarks.floor DATA`.

Servers that do more and more (`floor_server`), then ours, and `oxigraph serve-read-only` on the same store, asked the
same look-ups of `benchmarks.mix`, each text once at each: first each server alone, one after the other, as fast as it
goes ("alone": its caches warm), then all by turns ("by turns": what others leave in the caches of two cores).
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.client import Client
from benchmarks.comparison import OURS, OXIGRAPH, free_port, other
from benchmarks.floor_server import KINDS
from benchmarks.mix import Group, groups
from benchmarks.queries import server
from service.store import ReleaseReader

_ACCEPT = "Accept: application/sparql-results+json\r\n"


def alone(clients: dict[str, Client], asked: list[Group]) -> dict[str, float]:
    """Milliseconds, the median over look-ups of the median of their texts: each server with nobody between."""
    return {
        name: _median([[client.ask(text) for text in group.texts] for group in asked])
        for name, client in clients.items()
    }


def by_turns(clients: dict[str, Client], asked: list[Group]) -> dict[str, float]:
    """The same, each text at all servers in changing order."""
    order = random.Random(7)  # noqa: S311 - an order
    spent: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in clients}
    for number, group in enumerate(asked):
        for text in group.texts:
            for name in order.sample(list(clients), len(clients)):
                spent[name][number].append(clients[name].ask(text))
    return {name: _median(each) for name, each in spent.items()}


def _median(seconds: list[list[float]]) -> float:
    return 1000 * statistics.median(statistics.median(each) for each in seconds)


def _start(stack: ExitStack, data: Path) -> dict[str, str]:
    """Every server, running: its name and where it is asked."""
    live = data / "current" / "store"
    urls = {}
    for kind in KINDS:
        urls[kind] = f"http://127.0.0.1:{(port := free_port())}/"
        command = [sys.executable, "-m", "benchmarks.floor_server", kind, str(port), str(live)]
        stack.enter_context(other(command, urls[kind], 30))
    urls[OURS] = stack.enter_context(server(data)).replace("localhost", "127.0.0.1") + "/sparql"
    urls[OXIGRAPH] = f"http://127.0.0.1:{(port := free_port())}/query"
    program = str(Path(sys.executable).parent / "oxigraph")
    command = [program, "serve-read-only", "--location", str(live), "--bind", f"127.0.0.1:{port}"]
    stack.enter_context(other(command, urls[OXIGRAPH], 30))
    return urls


def main() -> None:
    """Read the command line, start the servers, measure, print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--small", type=int, default=60, help="texts of each look-up")
    arguments = parser.parse_args()
    store = ReleaseReader(arguments.data).on_disk()

    def drawn(texts: int) -> list[Group]:
        return [group for group in groups(store, texts, 0) if group.kind == "small"]

    with ExitStack() as stack:
        clients = {name: Client(url, _ACCEPT) for name, url in _start(stack, arguments.data).items()}
        by_turns(clients, drawn(10))  # to warm up
        first, second = alone(clients, drawn(arguments.small)), by_turns(clients, drawn(arguments.small))
    print("| p50 ms | alone | by turns |\n|---|---:|---:|")  # noqa: T201
    for name in clients:
        print(f"| {name} | {first[name]:.2f} | {second[name]:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
