"""What the words of an organisation's name say: which are its own, and whether they tell it from its namesakes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph.resolve.places import settings

#: A word alone that has so many letters is a name, not a sigle that others may bear.
NAME_LETTERS = 5


def specific_words(normal: Iterable[str]) -> list[str]:
    """The words of a name that are not too common to tell it from its namesakes."""
    generic = _generic()
    return [w for w in normal if w not in generic and len(w) > 2]


@cache
def _generic() -> frozenset[str]:
    return frozenset(settings()["words"]["generic"])


def is_distinctive(normal: tuple[str, ...]) -> bool:
    """Whether one name is one organisation anywhere: three words of its own, two of four, or the name of a region."""
    own, linking = specific_words(normal), settings()["words"]["linking"]
    normal = tuple(word for word in normal if word not in linking)
    return len(own) > 2 or (len(normal) > 3 and len(own) > 1) or (len(normal) > 2 and not _regions().isdisjoint(own))


@cache
def _regions() -> frozenset[str]:
    return frozenset(settings()["words"]["regions"])


def is_name(word: str) -> bool:
    """Whether a word says enough alone: no sigle, no common word."""
    return len(word) > NAME_LETTERS and bool(specific_words((word,)))
