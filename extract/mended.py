r"""What converters break in the letters themselves: apostrophes that became spaces, letters and hyphens set apart.

"L an deux mil quatorze, le conseil s est réuni" is read as if its apostrophes stood there; "A B S E N T S" as ABSENTS;
a sum that a line parts ("une aide de 13\n770 €") as one sum.
Every mended passage keeps its length, so that offsets are those of the document. Words and patterns are in
``patterns/mended.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from extract.finder import cased_finder, finder
from extract.patterns import cased, words
from extract.segment.layout import Span
from extract.text import fold

#: Words of a heading set in spaced letters are at least two thirds single letters.
_SINGLE = 2 / 3
_LONGEST_WORD = 30
#: A capital alone, of which spaced letters have two in a row at least.
_ALONE = re.compile(r"\x20[A-ZÀ-Ý]\x20")
#: A line that may end with a figure above one that begins with three, as the parts of a sum do.
_PARTED = re.compile(r"\n(?<=[\d\t\x20]\n)[\t\x20]*\d{3}")
_WIDE = re.compile(r"\x20{2,}")


def mended(text: str) -> str:
    """The text as it was before a converter broke it, at its length."""
    chars: list[str] | None = None
    for at in _apostrophes(text):
        chars = chars or list(text)
        chars[at] = "'"
    for span, words_of in chain(_respelt(text), _hyphenated(text), _closed_up(text)):
        chars = chars or list(text)
        chars[span.start : span.end] = words_of
    for found in cased("mended", "sum.parted").finditer(text) if _PARTED.search(text) else ():
        chars = chars or list(text)
        chars[found.start("gap") : found.end("gap")] = " " * len(found["gap"])
    return "".join(chars) if chars else text


def _apostrophes(text: str) -> list[int]:
    """The places of the spaces that were apostrophes; none in a text that never shows that it lost some."""
    source = fold(text)
    if finder("mended", "apostrophe.sure").search(source) is None:
        return []
    places = (found.end() - 1 for found in finder("mended", "apostrophe.lost").finditer(source))
    return [at for at in places if text[at - 1].islower() or text[at + 1].islower()]


def _respelt(text: str) -> Iterator[tuple[Span, str]]:
    """Each heading in spaced letters, and its words without those spaces, padded in front to its length."""
    for found in cased("mended", "cased.spaced").finditer(text) if _ALONE.search(text) else ():
        pieces = found.group().split()
        if sum(len(piece) == 1 for piece in pieces) < _SINGLE * len(pieces):
            continue
        if told := _told_apart(found.group()):
            yield Span(*found.span()), told.rjust(len(found.group()))


def _hyphenated(text: str) -> Iterator[tuple[Span, str]]:
    """Each hyphen between spaces, made one mark of its width; none in a text that sets its hyphens close."""
    if cased_finder("mended", "hyphen.sure").search(text) is None:
        return
    for found in cased("mended", "hyphen.spaced").finditer(text):
        small, capital = text[found.start() - 1].islower(), text[found.end()].isupper()
        if small and capital and not _behind_capital(text, found.start()):
            continue
        yield Span(*found.span()), "---"


def _closed_up(text: str) -> Iterator[tuple[Span, str]]:
    """Each first name that a space cut, with that space behind it."""
    for name in ("last", "first"):
        for found in cased("mended", f"stray.{name}").finditer(text):
            if name == "first" or _behind_capital(text, found.start()):
                yield Span(found.start("gap"), found.end("letters")), found["letters"] + " "


def _behind_capital(text: str, at: int) -> bool:
    """Whether the word before a place begins with a capital."""
    return cased("mended", "hyphen.before").search(text, max(0, at - _LONGEST_WORD), at) is not None


def _told_apart(run: str) -> str | None:
    """The words of a run: at its wide gaps where it has some, else the words that headings hold, and a name last."""
    parts = [part.replace(" ", "") for part in _WIDE.split(run)]
    if len(parts) > 1:
        return " ".join(parts)
    (joined,) = parts
    found: list[str] = []
    at = 0
    while at < len(joined):
        longest = _known().match(fold(joined), at)
        if longest is None:
            break
        found.append(joined[at : longest.end()])
        at = longest.end()
    if not any(len(word) > 2 for word in found):
        return None
    return " ".join([*found, joined[at:]]).rstrip()


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("mended", "spaced.words")), key=len, reverse=True)))
