"""Theme and title: what stands after OBJET, in its layouts.

``OBJET : THEME`` then the title on the next line or paragraph; ``OBJET : title`` alone, on one line or several;
a rubric in lower case, known by its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import NamedTuple

from extract.patterns import pattern
from extract.segment.layout import Span
from extract.segment.lines import Line, is_capitals, lines_of, paragraphs, trim

#: Longest title seen is 330 characters; a longer paragraph is the exposé.
_LONGEST_TITLE = 420
_LONGEST_RUBRIC = 120
_WRAPPED = 60


class Heading(NamedTuple):
    """Theme, title, and where the exposé begins."""

    theme: Span | None
    title: Span | None
    end: int


def _text(lines: list[Line]) -> str:
    return " ".join(line.text.strip(" \t*_") for line in lines)


def _title_like(lines: list[Line]) -> bool:
    folded = _text(lines)
    if len(folded) > _LONGEST_TITLE or not folded.strip():
        return False
    if pattern("segment", "body").match(folded) or pattern("segment", "bullet").match(folded):
        return False
    return not folded.endswith((":", ";")) and not (folded.endswith(".") and len(folded) > _LONGEST_RUBRIC)


def _rubric_like(lines: list[Line]) -> bool:
    folded = _text(lines)
    if len(folded) > _LONGEST_RUBRIC or any(c.isdigit() for c in folded):
        return False
    return pattern("segment", "rubric").match(folded) is not None and not pattern("segment", "title_words").search(
        folded
    )


def _titled_by(rubric: list[Line], block: list[Line]) -> bool:
    """Whether the next paragraph is the title of a rubric; a rubric that names an act is the title itself."""
    named = pattern("segment", "title_words").search(_text(rubric)) is not None
    if _text(block).endswith(".") and (". " in _text(block) or pattern("untitled", "tells").search(_text(block))):
        return False  # the exposé begins: the one word above is the title
    return _title_like(block[:1]) and not (named and _text(block).endswith("."))


def _capital_lines(text: str, block: list[Line]) -> int:
    """How many lines at the head of the block are in capitals."""
    count = 0
    for line in block:
        written = text[line.start : line.end]
        # a year that ends a line in capitals ("… SAISON / 2022-2023") goes with it
        if not is_capitals(written) and (not count or any(map(str.isalpha, written))):
            break
        count += 1
    return count


def _title_lines(text: str, block: list[Line]) -> int:
    """How many lines of a block the title takes, where no empty line parts it from the exposé."""
    taken = 1
    while taken < len(block):
        line, above = block[taken], block[taken - 1]
        head = text[line.start : line.end].lstrip(" \t*_")[:1]
        runs_on = head.islower() or pattern("segment", "unfinished").search(above.text)
        starts_body = pattern("segment", "body").match(line.text) or len(line.text) > _LONGEST_TITLE
        if starts_body or not (runs_on or (len(above.text) >= _WRAPPED and not _sentence(block[taken:]))):
            break
        taken += 1
    return taken


def _sentence(block: list[Line]) -> bool:
    """Whether lines read as prose: they end a sentence, or are many."""
    return _text(block).endswith((".", ":", ";")) or len(block) > 4


def _span(text: str, block: list[Line]) -> Span:
    return trim(text, block[0].start, block[-1].end)


def _joined(first: list[Line], below: Iterable[list[Line]]) -> list[Line]:
    """The title's paragraph, with those below that go on with it ("…" then "– Convention …")."""
    title = list(first)
    for block, after in pairwise(chain(below, [[]])):
        runs_on = pattern("segment", "unfinished").search(title[-1].text) is not None and _title_like(block)
        if not (runs_on or _dashed(block, after)):
            break
        title += block
    return title


def _dashed(block: list[Line], after: list[Line]) -> bool:
    """A single line behind a dash, which no list goes on with."""
    listed = bool(after) and pattern("segment", "bullet").match(after[0].text) is not None
    head = pattern("segment", "continuing").match(block[0].text)
    return len(block) == 1 and not listed and head is not None and not block[0].text.endswith((";", ".", ":", ","))


def _begins_body(line: Line) -> bool:
    """Whether the exposé or the decision begins with a line that no empty line parts from the title."""
    if pattern("segment", "body").match(line.text) or pattern("untitled", "ruling").match(line.text):
        return True
    return line.text.rstrip().endswith((".", ":")) and pattern("untitled", "prose").search(line.text) is not None


def _whole_block(text: str, block: list[Line]) -> list[Line]:
    """The lines of a paragraph that are title: all of them unless the exposé follows without an empty line."""
    begun = next((n for n, line in enumerate(block) if n and _begins_body(line)), len(block))
    block = block[:begun]
    return (
        block
        if _title_like(block) and not (len(block) > 1 and _text(block).endswith("."))
        else block[: _title_lines(text, block)]
    )


def read_heading(text: str, source: str, start: int, end: int) -> Heading:
    """Theme and title of ``text[start:end]``, which begins right after "OBJET :"."""
    aside = (pattern("segment", "number"), pattern("headings", "part.beside"))
    lines = (line for line in lines_of(source, start, end) if not any(form.match(line.text) for form in aside))
    blocks = paragraphs(lines)
    first, second = next(blocks, None), next(blocks, None)
    if first is None:
        return Heading(None, None, start)
    below = [second] if second else []
    capitals = _capital_lines(text, first)
    if not capitals and len(first) > 1 and _rubric_like(first[:1]):
        capitals = 1
    if 0 < capitals < len(first):
        theme, named, rest = first[:capitals], first[capitals:], below
    elif second and (capitals or _rubric_like(first)) and _titled_by(first, second):
        theme, named, rest = first, second, []
    else:
        theme, named, rest = [], first, below
    kept = _whole_block(text, named)
    title = _joined(kept, chain(rest, blocks)) if len(kept) == len(named) else kept
    return Heading(_span(text, theme) if theme else None, _span(text, title), title[-1].end)
