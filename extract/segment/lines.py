"""Lines and paragraphs of a stretch of text, in the folded form in which they are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from extract.segment.layout import Span
from extract.text import fold, squeeze

_MARKS = " \t\n*_#>|"
#: The small letters behind the figure of a rank; no title in capitals has more small ones.
_FEW_SMALL = 6
_ORDINAL = re.compile(r"(?<=\d)(?:er|ère|re|nde|nd|ème|e)\b")


@lru_cache(maxsize=4)
def folded(text: str) -> str:
    """:func:`extract.text.fold` of a whole document, kept for the readers that follow one another on it."""
    return fold(text)


def plain(passage: str) -> str:
    """A passage as a reader sees it: white space squeezed, markdown emphasis off."""
    return squeeze(passage.replace("**", " ").replace("__", " ")).strip("*_ ")


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space and markdown marks at its ends."""
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return Span(start, end)


class Line(NamedTuple):
    """A line without its break: ``text`` is folded; ``after_blank`` tells that an empty line stands above.

    A ``blank`` line holds nothing but white space and emphasis marks.
    """

    start: int
    end: int
    text: str
    after_blank: bool
    blank: bool


@lru_cache(maxsize=8)
def lines_of(source: str, start: int, end: int) -> tuple[Line, ...]:
    """The lines of ``source[start:end]``; ``source`` is folded. Several readers ask for those of one stretch."""
    found: list[Line] = []
    if start >= end:
        return ()
    after_blank, at = True, start
    written = source[start:end].removesuffix("\n").split("\n")
    for text in written:
        stop = at + len(text)
        blank = not text.strip(" \t*_")
        found.append(Line(at, stop, text, after_blank, blank))
        after_blank, at = blank, stop + 1
    return tuple(found)


def lines_with(form: re.Pattern[str], source: str, start: int, end: int) -> Iterator[int]:
    """Where the lines of ``source[start:end]`` begin in which an expression of one line matches."""
    at = start
    while found := form.search(source, at, end):
        yield max(start, source.rfind("\n", 0, found.start()) + 1)
        at = source.find("\n", found.end(), end) + 1
        if not at:
            return


def lines_holding(words: Iterable[str], source: str, start: int, end: int) -> set[int]:
    """Where the lines of ``source[start:end]`` begin that hold one of some words."""
    found: set[int] = set()
    for word in words:
        at = source.find(word, start, end)
        while at >= 0:
            found.add(max(start, source.rfind("\n", 0, at) + 1))
            line = source.find("\n", at, end)
            at = source.find(word, line, end) if line >= 0 else -1
    return found


def paragraphs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of lines that no blank line parts."""
    run: list[Line] = []
    for line in lines:
        if line.blank:
            if run:
                yield run
            run = []
        else:
            run.append(line)
    if run:
        yield run


@lru_cache(maxsize=4096)
def without_ranks(passage: str) -> str:
    """A passage without what stays small among capitals: "3e PROGRAMMATION", "1ère TRANCHE"."""
    return _ORDINAL.sub("", passage)


def is_capitals(passage: str) -> bool:
    """A passage in capitals, as rubrics are: nine letters in ten, and more than one; "2e SESSION" is one too."""
    letters, capitals = sum(map(str.isalpha, passage)), sum(map(str.isupper, passage))
    if letters > 1 and capitals >= 0.9 * letters:
        return True
    if letters - capitals > _FEW_SMALL:
        return False
    whole = without_ranks(passage)
    return len(whole) < len(passage) and is_capitals(whole)
