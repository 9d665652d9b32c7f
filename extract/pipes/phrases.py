"""Where given words stand in a text, one after the other: a search that needs no expression compiled for each name."""

from __future__ import annotations

import re
from collections.abc import Iterator

SPACE, SPACE_OR_MARK = re.compile(r"\s+"), re.compile(r"[\s'-]+")
#: What joins to a word beside letters and figures.
LETTER, LETTER_OR_DASH = "_", "_-"


def occurrences(words: list[str], folded: str, between: re.Pattern[str], beside: str) -> Iterator[tuple[int, int]]:
    """Extents of some words that ``between`` joins, none inside a longer word, which signs of ``beside`` make too."""
    if not words:
        return
    at = folded.find(words[0])
    while at >= 0:
        end = -1 if _goes_on(folded[at - 1 : at], beside) else _end(words, folded, at, between)
        if end > 0 and not _goes_on(folded[end : end + 1], beside):
            yield at, end
            at = folded.find(words[0], end)
        else:
            at = folded.find(words[0], at + 1)


def _goes_on(char: str, beside: str) -> bool:
    """Whether a character, if there is one, belongs to the word beside it."""
    return char.isalnum() or (char != "" and char in beside)


def _end(words: list[str], folded: str, start: int, between: re.Pattern[str]) -> int:
    """Where the words end that begin at ``start``, -1 where others follow the first."""
    end = start + len(words[0])
    for word in words[1:]:
        gap = between.match(folded, end)
        if gap is None or not folded.startswith(word, gap.end()):
            return -1
        end = gap.end() + len(word)
    return end
