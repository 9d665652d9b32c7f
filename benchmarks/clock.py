"""Timing: repeat, take the best or the middle, and say how often."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def best(action: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of the fastest of several rounds: the one that the rest of the machine disturbed least."""
    return min(_seconds(action) for _ in range(rounds))


def middle(action: Callable[[], object], rounds: int = 30, budget: float = 3.0) -> float:
    """Median seconds of several rounds after one to warm up: as many as fit in `budget` seconds, at least one."""
    once = _seconds(action)
    count = max(1, min(rounds, int(budget / max(once, 1e-6))))
    return statistics.median(_seconds(action) for _ in range(count))


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
