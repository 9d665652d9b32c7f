"""Longest and middle times of the named queries over several processes: `python -m benchmarks.plans DATA --runs 10`.

The engine draws some of its choices anew in each process, so that one process says nothing of the others. Times are
of the processor, so that what else the machine does matters less. The answers must be the same in every run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import QuerySolutions, QueryTriples

from queries import NamedQuery, catalogue
from service.store import ReleaseReader

#: Searched for where a query takes a name: in the name of every commune, and of none alone.
NAME = "ville"
_MOST_SECONDS = 600


@dataclass
class Times:
    """Milliseconds of one query in each run, and the digests of its answers."""

    milliseconds: list[float] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)


def measure(data: Path, runs: int) -> dict[str, Times]:
    """Each named query, bare and with a name where it takes one, in ``runs`` new processes."""
    found: dict[str, Times] = {}
    command = [sys.executable, "-m", "benchmarks.plans", str(data), "--runs", "0"]
    for _ in range(runs):
        told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_MOST_SECONDS)  # noqa: S603
        for line in told.stdout.splitlines():
            name, milliseconds, answer = json.loads(line)
            times = found.setdefault(name, Times())
            times.milliseconds.append(milliseconds)
            times.answers.add(answer)
    return found


def once(data: Path) -> Iterator[tuple[str, float, str]]:
    """Name, milliseconds and digest of the answer of each query, in this process."""
    store = ReleaseReader(data).on_disk()
    for query in catalogue().values():
        for name, values in _askings(query):
            begun = time.process_time()
            answer = store.query(query.text, substitutions={**query.substitutions(values)})
            rows = [tuple(map(str, row)) for row in answer] if isinstance(answer, QuerySolutions | QueryTriples) else []
            yield name, 1000 * (time.process_time() - begun), _digest(rows)


def _askings(query: NamedQuery) -> Iterator[tuple[str, dict[str, str]]]:
    yield query.name, {}
    for parameter in query.parameters:
        if parameter.type == "name":
            yield f"{query.name}, {parameter.name} by name", {parameter.name: NAME}


def _digest(rows: list[tuple[str, ...]]) -> str:
    """The same for the same rows in another order, and for lists of names (GROUP_CONCAT) in another order."""
    plain = sorted(tuple(" ; ".join(sorted(cell.strip('"').split(" ; "))) for cell in row) for row in rows)
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:12]


def main() -> None:
    """Print a table; `--runs 0` prints what one process measures, a line of JSON each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--runs", type=int, default=10)
    asked = parser.parse_args()
    if asked.runs == 0:
        for line in once(asked.data):
            print(json.dumps(line), flush=True)  # noqa: T201
        return
    print("| query | median ms | longest ms |\n|---|---:|---:|")  # noqa: T201
    for name, times in measure(asked.data, asked.runs).items():
        doubt = "" if len(times.answers) == 1 else " (answers differ)"
        middle, longest = statistics.median(times.milliseconds), max(times.milliseconds)
        print(f"| {name}{doubt} | {middle:.0f} | {longest:.0f} |")  # noqa: T201


if __name__ == "__main__":
    main()
