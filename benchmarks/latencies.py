"""How long named queries take over releases of several sizes: their first hundred rows, and all of them.

Each is asked in a process of its own that is killed at the deadline, as the service does. Data directories are those
that ``delibgraph ingest`` or ``benchmarks.scale`` made; nothing is written to them.

    python -m benchmarks.latencies DATA [DATA ...] [--deadline 10] [--only flows who-funds-whom]
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import orjson
import pyoxigraph as ox

from queries import NamedQuery, catalogue
from service.store import ReleaseReader

#: What a page shows of an answer.
_FIRST = 100
_DEADLINE = 10.0


@dataclass(frozen=True)
class Answered:
    """Seconds to the first hundred rows and to the last, and the rows; what is None was not there at the deadline."""

    first: float | None = None
    whole: float | None = None
    rows: int | None = None


def ask(data: Path, query: NamedQuery, deadline: float) -> Answered:
    """One query without parameters, in a process that ends with the answer or at the deadline (seconds)."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_answer, args=(theirs, data, query), daemon=True)
    process.start()
    theirs.close()
    found = Answered()
    ends = time.monotonic() + deadline
    try:
        while found.whole is None and ours.poll(max(0.0, ends - time.monotonic())):
            found = ours.recv()
    except EOFError:
        raise RuntimeError(f"{query.name}: its process ended without an answer") from None
    finally:
        process.kill()
        process.join()
    return found


def _answer(back: Connection, data: Path, query: NamedQuery) -> None:
    store = ReleaseReader(data).on_disk()
    store.query("ASK {}")
    begun = time.perf_counter()
    answer = store.query(query.text, substitutions={**query.substitutions({})})
    if isinstance(answer, ox.QueryBoolean):
        spent = time.perf_counter() - begun
        back.send(Answered(spent, spent, 1))
        return
    rows = sum(1 for _ in islice(answer, _FIRST))
    first = time.perf_counter() - begun
    back.send(Answered(first))
    counted = deque(enumerate(answer, rows + 1), maxlen=1)
    back.send(Answered(first, time.perf_counter() - begun, counted[0][0] if counted else rows))


def table(folders: Sequence[Path], names: Sequence[str], deadline: float) -> Iterator[str]:
    """A row a query; for each data directory its first rows, all rows (both in ms) and how many they are."""
    sizes = [orjson.loads((folder / "current/manifest.json").read_bytes())["counts"] for folder in folders]
    heads = [f"{size['documents']:,} documents, {size['quads']:,} quads" for size in sizes]
    yield "| query | " + " | ".join(f"{head}: first {_FIRST} rows (ms) | all (ms) | rows" for head in heads) + " |"
    yield "|---|" + "---:|" * (3 * len(folders))
    for name in names:
        found = [ask(folder, catalogue()[name], deadline) for folder in folders]
        cells = [f"{_ms(each.first, deadline)} | {_ms(each.whole, deadline)} | {_count(each.rows)}" for each in found]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _ms(seconds: float | None, deadline: float) -> str:
    return f"over {deadline:.0f} s" if seconds is None else f"{1000 * seconds:,.1f}"


def _count(rows: int | None) -> str:
    return "" if rows is None else f"{rows:,}"


def main() -> None:
    """Read the command line, print the table row by row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--deadline", type=float, default=_DEADLINE, help="seconds, as sparql_timeout of the service")
    parser.add_argument("--only", nargs="+", choices=sorted(catalogue()), default=list(catalogue()))
    asked = parser.parse_args()
    for line in table(asked.data, asked.only, asked.deadline):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
