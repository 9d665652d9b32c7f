"""What a small query costs while others attack: `python -m benchmarks.attack DATA [--attackers 8] [--seconds 20]`.

Every attacker throws one query after another, as fast as it is let, of a mix of sorts, cartesian products, paths and
bombs, each with a text of its own so that no memory of texts helps; all from one address, from an address each, and
with a short deadline of their own choosing. Meanwhile one user asks a small query ten times a second, and has it run
each time (`Cache-Control: no-cache`).
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.queries import server

SMALL = "SELECT ?l { ?s a dg:Association ; skos:prefLabel ?l } LIMIT 10"
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ATTACKS = (
    f"SELECT * {{ {_ALL} . ?j ?k ?l }} ORDER BY ?l ?i ?f",
    f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . ?j ?k ?l . ?m ?n ?o }}",
    f"SELECT DISTINCT * {{ {_ALL} . ?j ?k ?l . ?m ?n ?o }}",
    "SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)+ ?d }",
    f"SELECT ?c ?f (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?c ?f",
    f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?t) {{ {_ALL} }}",
    f"SELECT * {{ {_ALL} }}",
    'SELECT ?z { BIND("xxxxxxxxxx" AS ?v0) '
    + " ".join(f'BIND(REPLACE(?v{n}, "x", "xxxxxxxxxx") AS ?v{n + 1})' for n in range(9))
    + " BIND(STRLEN(?v9) AS ?z) }",
)
_EVERY = 0.1


@dataclass
class Measured:
    """Seconds of each small query, and what became of the attackers'."""

    name: str
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    outcomes: Counter[int] = field(default_factory=Counter)

    @property
    def p50(self) -> float:
        """The median, in milliseconds."""
        return 1000 * statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The 95th percentile, in milliseconds."""
        return 1000 * statistics.quantiles(self.seconds, n=20)[-1]


def measure(root: str, attackers: int, seconds: float) -> Iterator[Measured]:
    """The small query alone, then under each kind of attack, then alone again."""
    kinds: tuple[tuple[str, int, str], ...] = (
        ("from one address", 1, ""),
        ("from as many addresses", attackers, ""),
        ("from as many addresses, deadline 0.3 s", attackers, "0.3"),
    )
    yield _asked(root, Measured("alone"), seconds)
    for name, addresses, deadline in kinds:
        measured = Measured(f"{attackers} attackers {name}")
        with attack(root, attackers, addresses, deadline, measured.outcomes):
            yield _asked(root, measured, seconds)
    yield _asked(root, Measured("alone again"), seconds)


@contextmanager
def attack(
    root: str, attackers: int, addresses: int, deadline: str = "", outcomes: Counter[int] | None = None
) -> Iterator[None]:
    """Attackers at work while the context lasts; the answers they got are counted in ``outcomes`` by status."""
    over = threading.Event()
    told: Counter[int] = Counter() if outcomes is None else outcomes
    sources = [f"127.0.1.{1 + n % addresses}" for n in range(attackers)]
    threads = [threading.Thread(target=_attack, args=(root, source, deadline, told, over)) for source in sources]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _attack(root: str, source: str, deadline: str, outcomes: Counter[int], over: threading.Event) -> None:
    chosen = random.Random(source)  # noqa: S311 - which query comes next is no secret
    for number in itertools.count():
        if over.is_set():
            return
        query = f"{chosen.choice(ATTACKS)} # {number} {threading.get_ident()}"
        connection = _connection(root, source)
        try:
            connection.request("GET", _target(query, deadline))
            answer = connection.getresponse()
            answer.read()
            outcomes[answer.status] += 1
        except OSError:
            outcomes[0] += 1
        finally:
            connection.close()


def _asked(root: str, measured: Measured, seconds: float) -> Measured:
    """The small query every tenth of a second for so many seconds, from an address of its own."""
    connection = _connection(root, "127.0.0.1")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        connection.request("GET", _target(SMALL, ""), headers={"Cache-Control": "no-cache"})
        answer = connection.getresponse()
        answer.read()
        measured.failed += answer.status != 200
        measured.seconds.append(time.perf_counter() - begun)
        time.sleep(max(0.0, _EVERY - (time.perf_counter() - begun)))
    connection.close()
    return measured


def _connection(root: str, source: str) -> http.client.HTTPConnection:
    at = urlsplit(root)
    return http.client.HTTPConnection("127.0.0.1", at.port, timeout=90, source_address=(source, 0))


def _target(query: str, deadline: str) -> str:
    return f"/sparql?query={quote(query)}&timeout={deadline}"


def lines(found: Sequence[Measured]) -> Iterator[str]:
    """The table, in Markdown; each p95 beside that of the same query alone, before."""
    yield "| a small query | p50 ms | p95 ms | × alone | not answered | what attackers got |"
    yield "|---|---:|---:|---:|---:|---|"
    for each in found:
        told = ", ".join(f"{status}: {count}" for status, count in sorted(each.outcomes.items()))
        ratio = each.p95 / found[0].p95
        yield f"| {each.name} | {each.p50:.1f} | {each.p95:.1f} | {ratio:.1f} | {each.failed} | {told} |"


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--attackers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    with server(asked.data) as root:
        time.sleep(1)
        print("\n".join(lines(list(measure(root, asked.attackers, asked.seconds)))))  # noqa: T201


if __name__ == "__main__":
    main()
