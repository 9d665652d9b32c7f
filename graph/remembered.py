"""What functions remember of names and terms, and forget when a stage of an ingest is over.

Each remembers some thousands of what it was last asked: over a few thousand acts all of them together come to tens of
megabytes, which the next stage, that asks other functions, would carry along.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, Final, TypeVar

T = TypeVar("T")
_KNOWN: Final[list[_lru_cache_wrapper[Any]]] = []


def remembered(most: int) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Remember the last ``most`` outcomes of a function, until :func:`forget`."""

    def keep(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        kept = lru_cache(maxsize=most)(function)
        _KNOWN.append(kept)
        return kept

    return keep


def forget() -> None:
    """Nothing is remembered any more: outcomes are made again when they are asked for."""
    for each in _KNOWN:
        each.cache_clear()


def held() -> int:
    """How many outcomes are remembered."""
    return sum(each.cache_info().currsize for each in _KNOWN)
