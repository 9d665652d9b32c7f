"""Page furniture inside a text: page numbers, folios, and the running headers that stand beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.layout import Span
from extract.segment.lines import Line, lines_of
from extract.text import key

#: Running headers stand within this many lines of a page number.
_REACH = 3
#: Two written pages are at least this many characters apart; rows of a table are closer.
_PAGE = 600
#: A page that holds its running header alone has at least this many.
_EMPTY_PAGE = 40
#: So many pages that follow one another are pages, however close.
_SURE = 3
_FEWEST_LETTERS = 6
#: The line that a running header repeats is among so many at the top of the document.
_TOP = 6


class _Numbered(NamedTuple):
    """A line that may be a page number: its place among the lines, and the figure it shows."""

    place: int
    start: int
    figure: int


def furniture(source: str) -> Iterator[Span]:
    """Extents of what belongs to the page and not to the act; ``source`` is the folded text."""
    for name in ("page", "inline", "mark"):
        yield from (Span(*found.span()) for found in finder("view", f"furniture.{name}").finditer(source))
    lines = [line for line in lines_of(source, 0, len(source)) if not line.blank]
    yield from _trailing(lines)
    numbered = list(_numbered(lines))
    yield from _next_heads(lines, numbered)
    running = _running(lines, numbered)
    for number in numbered:
        beside = [lines[at] for at in _neighbours(lines, number.place) if key(lines[at].text) in running]
        for line in (*beside, *([lines[number.place]] if beside else [])):
            yield Span(line.start, line.end)


def _next_heads(lines: list[Line], numbered: list[_Numbered]) -> Iterator[Span]:
    """Running headers behind "Page 1 sur 2": the line that opens the document and the date of the séance, told again.

    Only where the text goes on below them: what opens an act is none.
    """
    kept = pattern("view", "furniture.kept")
    for number in numbered:
        page = pattern("view", "furniture.followed").match(lines[number.place].text)
        if page is None or int(page["page"]) >= int(page["total"]):
            continue
        opening = {key(line.text) for line in lines[: min(_TOP, number.place)]}
        heads: list[Line] = []
        for line in lines[number.place + 1 : number.place + 1 + _REACH]:
            again = key(line.text) in opening and not kept.search(key(line.text))
            if not again and not (heads and pattern("view", "furniture.sitting").match(line.text)):
                break
            heads.append(line)
        below = lines[number.place + 1 + len(heads) :][:1]
        if heads and below and not pattern("view", "furniture.opens").match(below[0].text):
            yield from (Span(line.start, line.end) for line in heads)


def _numbered(lines: list[Line]) -> Iterator[_Numbered]:
    forms = [pattern("view", f"furniture.{name}") for name in ("page", "fraction", "number")]
    for index, line in enumerate(lines):
        # a page number may stand at the right of its page, behind as many spaces as the line is long
        told = line.text.strip()
        ends = told[-1:].isdigit() or told.endswith("-")
        if ends and len(told) < 40 and any(form.match(line.text) for form in forms):
            figure = re.search(r"\d+", line.text)
            yield _Numbered(index, line.start, int(figure.group()) if figure else 0)


def _neighbours(lines: list[Line], index: int) -> Iterator[int]:
    for at in (*range(index - 1, index - 1 - _REACH, -1), *range(index + 1, index + 1 + _REACH)):
        if 0 <= at < len(lines):
            yield at


def _running(lines: list[Line], numbered: list[_Numbered]) -> set[str]:
    """The words that stand at one distance from page numbers which grow page by page, unless they open an act."""
    beside: dict[tuple[str, int], list[_Numbered]] = defaultdict(list)
    for number in numbered:
        for at in _neighbours(lines, number.place):
            words = key(lines[at].text)
            if sum(map(str.isalpha, words)) >= _FEWEST_LETTERS:
                beside[words, number.place - at].append(number)
    kept = pattern("view", "furniture.kept")
    return {words for (words, _), pages in beside.items() if _follow(pages) and not kept.search(words)}


def _follow(pages: list[_Numbered]) -> bool:
    """Whether numbers grow as pages do: never faster than the text allows."""
    steps = [(after.figure - page.figure, after.start - page.start) for page, after in pairwise(pages)]
    if not steps or (len(pages) < _SURE and steps[0][1] < _PAGE):
        return False
    return all(0 < figures <= 1 + length // _EMPTY_PAGE for figures, length in steps)


def _trailing(lines: list[Line]) -> Iterator[Span]:
    """Running headers that end with the number of their page."""
    form = pattern("view", "furniture.trailing")
    found: dict[str, list[_Numbered]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.text.rstrip()[-1:].isdigit() and (told := form.match(line.text)):
            found[key(told["words"])].append(_Numbered(index, line.start, int(told["page"])))
    kept = pattern("view", "furniture.kept")
    for words, pages in found.items():
        apart = all(after.start - page.start >= _PAGE for page, after in pairwise(pages))
        if not apart or not _follow(pages) or len(words.split()) <= 2:
            continue
        # what names the act, or opens the document, heads the first page and is repeated on the others
        heads = pages[0].place == 0
        if kept.search(words):
            repeated = pages[1:] if _counted(lines, pages) else []
        else:
            repeated = pages[1:] if heads else pages
        yield from (Span(lines[page.place].start, lines[page.place].end) for page in repeated)


def _counted(lines: list[Line], pages: list[_Numbered]) -> bool:
    """Whether the pages run from the first and each tells how many there are ("1/3", "2/3")."""
    form = pattern("view", "furniture.of_pages")
    totals = {found["total"] if (found := form.search(lines[page.place].text)) else None for page in pages}
    return len(totals) == 1 and None not in totals and [page.figure for page in pages] == [*range(1, len(pages) + 1)]
