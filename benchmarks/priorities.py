"""How long a woken process waits beside busy ones of each priority: `python -m benchmarks.priorities`.

What the lanes of /sparql rest on: two processes hand each other a byte every ten milliseconds, each time for half a
millisecond of work, while four others of one niceness are busy, all in one session.
"""

from __future__ import annotations

import os
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

_BUSY, _TURNS, _WORK, _EVERY = 4, 400, 0.0005, 0.01
NICENESSES = (0, 5, 10, 15, 19)


def measure(niceness: int | None) -> list[float]:
    """Seconds of each turn, beside busy processes of that niceness; None: beside none."""
    with ExitStack() as stack:
        for _ in range(_BUSY if niceness is not None else 0):
            stack.enter_context(_child(lambda: _burn(niceness or 0)))
        asked, answered = os.pipe(), os.pipe()
        stack.enter_context(_child(lambda: _answer(asked[0], answered[1])))
        time.sleep(0.5)
        found = []
        for _ in range(_TURNS):
            begun = time.perf_counter()
            os.write(asked[1], b"x")
            os.read(answered[0], 1)
            found.append(time.perf_counter() - begun)
            time.sleep(_EVERY)
    return found


@contextmanager
def _child(work: Callable[[], None]) -> Iterator[None]:
    """A process that does some work until the context is left."""
    if (pid := os.fork()) == 0:
        work()
        os._exit(0)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _burn(niceness: int) -> None:
    os.nice(niceness)
    while True:
        pass


def _answer(asked: int, answered: int) -> None:
    while os.read(asked, 1):
        end = time.perf_counter() + _WORK
        while time.perf_counter() < end:
            pass
        os.write(answered, b"x")


def lines() -> Iterator[str]:
    """The table, in Markdown."""
    yield f"| beside {_BUSY} at niceness | p50 ms | p95 ms |"
    yield "|---|---:|---:|"
    for niceness in (None, *NICENESSES):
        found = measure(niceness)
        p95 = statistics.quantiles(found, n=20)[-1]
        label = "none" if niceness is None else str(niceness)
        yield f"| {label} | {1000 * statistics.median(found):.2f} | {1000 * p95:.2f} |"


if __name__ == "__main__":
    print("\n".join(lines()))  # noqa: T201
