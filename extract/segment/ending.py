"""Where the decided points stop: the scrutin, the sentence of the vote, the signatures."""

from __future__ import annotations

from typing import NamedTuple

from extract.patterns import cased, pattern
from extract.segment.intro import begins_like_decision
from extract.segment.layout import Span
from extract.segment.lines import Line, lines_of, trim


class Ending(NamedTuple):
    """``start``: where the decided points end. ``vote``: scrutin or sentence. ``tail``: where signatures begin."""

    start: int
    vote: Span | None
    tail: int


def _opens(text: str, line: Line, before: Line | None) -> bool:
    """Whether a line can open a part: it begins with a capital, after an empty line or a finished one."""
    head = text[line.start : line.end].lstrip(" \t*_#>-")[:1]
    finished = before is None or line.after_blank or before.text.rstrip(" \t*_").endswith((".", ";", ":", ","))
    return finished and not head.islower()


def _is_tail(text: str, line: Line, before: Line | None) -> bool:
    return pattern("segment", "tail").match(line.text) is not None and _opens(text, line, before)


def _is_vote(text: str, source: str, line: Line, before: Line | None) -> bool:
    if pattern("segment", "vote").match(line.text):
        return _opens(text, line, before) and not cased("segment", "cased.column").match(text[line.start : line.end])
    told = pattern("segment", "voters").search(line.text)
    if told is None or not _opens(text, line, before) or _is_aside(line.text, told.start()):
        return False
    return not pattern("segment", "bullet").match(line.text) and not begins_like_decision(source, line.start, line.end)


def _is_aside(line: str, at: int) -> bool:
    """Whether who does not vote is told in brackets behind the name of a row: "Judo Club (M. Noël s'abstient)"."""
    opened = line.rfind("(", 0, at)
    return opened > line.rfind(")", 0, at) and any(c.isalpha() for c in line[:opened])


def _goes_on(line: Line) -> bool:
    """Whether a line still belongs to the vote above it."""
    if pattern("segment", "grid").match(line.text) or pattern("segment", "voters").search(line.text):
        return True
    return not line.after_blank and not pattern("segment", "tail").match(line.text)


def find_ending(text: str, source: str, start: int, end: int) -> Ending:
    """The end of the decided points of ``text[start:end]``, the vote after them, the tail after both."""
    lines = [line for line in lines_of(source, start, end) if not line.blank]
    lines, above = _below_vote(text, source, lines)
    ending = _ending(text, source, lines, end)
    return ending if ending.vote or above is None else ending._replace(vote=above)


def _below_vote(text: str, source: str, lines: list[Line]) -> tuple[list[Line], Span | None]:
    """The lines below a scrutin that stands above the first article ("Par 41 voix pour", then "Article 1"), and it."""
    after = 0
    while after < len(lines) and _is_ballot(text, source, lines[after], lines[after - 1] if after else None):
        after += 1
    if not after or after == len(lines) or not pattern("segment", "first_article").match(lines[after].text):
        return lines, None
    return lines[after:], trim(text, lines[0].start, lines[after - 1].end)


def _is_ballot(text: str, source: str, line: Line, before: Line | None) -> bool:
    return pattern("segment", "ballot_line").match(line.text) is not None or _is_vote(text, source, line, before)


def _ending(text: str, source: str, lines: list[Line], end: int) -> Ending:
    first: int | None = None
    last = 0
    before: Line | None = None
    for index, line in enumerate(lines):
        if first is None:
            if _is_tail(text, line, before):
                return _after_tail(text, lines[index:])
            if _is_vote(text, source, line, before):
                first = last = index
        elif _goes_on(line) or _is_vote(text, source, line, before):
            last = index
        else:
            break
        before = line
    if first is None:
        return Ending(end, None, end)
    vote = trim(text, lines[first].start, lines[last].end)
    return Ending(lines[first].start, vote, vote.end)


def _after_tail(text: str, lines: list[Line]) -> Ending:
    """A scrutin can stand below the signatures."""
    grid = [line for line in lines if pattern("segment", "vote").match(line.text) and _opens(text, line, None)]
    if not grid:
        return Ending(lines[0].start, None, lines[0].start)
    first = lines.index(grid[0])
    last = first
    while last + 1 < len(lines) and _goes_on(lines[last + 1]):
        last += 1
    return Ending(lines[0].start, trim(text, lines[first].start, lines[last].end), lines[0].start)
