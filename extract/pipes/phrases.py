"""Where given words stand in a text, one after the other: a search that needs no expression compiled for each name."""

from __future__ import annotations

import re
from collections.abc import Iterator

SPACE, SPACE_OR_MARK = re.compile(r"\s+"), re.compile(r"[\s'-]+")
LETTER, LETTER_OR_DASH = re.compile(r"\w"), re.compile(r"[\w-]")


def occurrences(
    words: list[str], folded: str, between: re.Pattern[str], beside: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Extents of some words that ``between`` joins, none inside a longer word: no ``beside`` before or after."""
    if not words:
        return
    at = folded.find(words[0])
    while at >= 0:
        end = -1 if at and beside.match(folded, at - 1) else _end(words, folded, at, between)
        if end > 0 and not beside.match(folded, end):
            yield at, end
            at = folded.find(words[0], end)
        else:
            at = folded.find(words[0], at + 1)


def _end(words: list[str], folded: str, start: int, between: re.Pattern[str]) -> int:
    """Where the words end that begin at ``start``, -1 where others follow the first."""
    end = start + len(words[0])
    for word in words[1:]:
        gap = between.match(folded, end)
        if gap is None or not folded.startswith(word, gap.end()):
            return -1
        end = gap.end() + len(word)
    return end
