"""The decided points of an act, between the formula and the scrutin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.patterns import cased, pattern
from extract.segment.intro import begins_like_decision
from extract.segment.layout import DecisionSpan, Span
from extract.segment.lines import Line, lines_of, trim
from extract.text import fold

#: A line that ends so is finished: the next may begin a point without a bullet.
_FINISHED = (";", ".", ":", ",")
#: A line that ends so has points of its own below it.
_FEWEST_ROWS = 2
_COLON_LINE = re.compile(r":[ \t*_]*\n")

#: So many lines may stand between the formula and its list.
_BETWEEN = 2


class _Point(NamedTuple):
    """Where a point may begin: ``line`` is the offset of its bullet, ``start`` that of its words."""

    line: int
    start: int
    marker: str
    indent: int


def _marker(written: str) -> str:
    """The class of a bullet: all numbers alike, all letters alike, all articles alike, else the sign itself."""
    if written.startswith("art"):
        return "article"
    if written[0].isdigit():
        return "number"
    return "letter" if written[0].isalpha() and written != "o" else written


def _skip_marks(source: str, at: int, end: int) -> int:
    while at < end and source[at] in ' \t*_"':
        at += 1
    return at


def _points(text: str, source: str, lines: Sequence[Line], end: int) -> list[_Point]:
    bullet = pattern("segment", "bullet")
    found: list[_Point] = []
    before: Line | None = None
    orphan: _Point | None = None
    for line in lines:
        if line.blank:
            continue
        mark = bullet.match(line.text)
        start = _skip_marks(source, line.start + (mark.end() if mark else 0), line.end)
        if mark:
            point = _Point(line.start, start, _marker(mark["marker"]), len(mark["indent"].expandtabs(4)))
        elif orphan:
            point = orphan._replace(start=start)
        else:
            point = _Point(line.start, start, "", 0)
        orphan = point if mark and start >= line.end else None
        if orphan is None and (
            point.marker == "article"
            or _goes_on(text, found, point)
            or _decides(text, source, point, line, before, end)
        ):
            found.append(point)
        before = line
    return found


def _items(source: str, lines: Sequence[Line]) -> list[_Point]:
    """The items of a list that follows the formula at once, whatever their words ("décide : - le versement de …").

    A line that goes on may stand between: "décide, / sur proposition de la commission, / - une aide est allouée à".
    """
    found: list[_Point] = []
    between = 0
    for line in lines:
        if line.blank:
            continue
        mark = pattern("segment", "bullet").match(line.text)
        if mark is None and not found:
            between += 1
            if between > _BETWEEN or not line.text.rstrip(" \t*_").endswith(","):
                return []
        if mark is not None:
            start = _skip_marks(source, line.start + mark.end(), line.end)
            found.append(_Point(line.start, start, _marker(mark["marker"]), len(mark["indent"].expandtabs(4))))
    return found


def _decides(text: str, source: str, point: _Point, line: Line, before: Line | None, end: int) -> bool:
    """Whether a line begins with a verb of deciding, or with any verb in capitals before words that are not."""
    if begins_like_decision(source, point.start, end):
        if text[point.start : point.start + 40].split(maxsplit=1)[0].endswith("é"):
            return False
        return _may_begin(text, point, line, before)
    shouted = cased("decisions", "shouted").match(text, point.start, line.end)
    return shouted is not None and pattern("decisions", "noun").match(fold(shouted["verb"])) is None


def _goes_on(text: str, found: list[_Point], point: _Point) -> bool:
    """Whether a bullet goes on with the list of the points above, whatever its verb: same sign, and no list within."""
    if not found or not point.marker or found[-1].marker != point.marker or found[-1].indent != point.indent:
        return False
    head = text[point.start : point.start + 1]
    return head.isalpha() and _COLON_LINE.search(text, found[-1].line, point.line) is None


def _may_begin(text: str, point: _Point, line: Line, before: Line | None) -> bool:
    """Without a bullet, words in the middle of a sentence ("…\\nde verser") begin nothing."""
    if point.marker or before is None or line.after_blank:
        return True
    word = text[point.start : point.start + 40].split(maxsplit=1)[0]
    return before.text.rstrip(" \t*_").endswith(_FINISHED) or (len(word) > 2 and word.isupper())


def _top_level(text: str, points: list[_Point]) -> list[_Point]:
    """The points of the first one's rank; deeper bullets, and other signs under a colon, belong to those above."""
    kept: list[_Point] = []
    for point in points:
        if not kept:
            kept.append(point)
            continue
        first = kept[0]
        introduced = _COLON_LINE.search(text, kept[-1].start, point.line) is not None
        if point.marker != first.marker and (first.marker == "article" or introduced or not first.marker):
            continue
        if point.marker and point.indent > first.indent + 1 and introduced:
            continue
        if not point.marker and first.marker and not _after_sentence(text, point):
            continue
        kept.append(point)
    return kept


def _after_sentence(text: str, point: _Point) -> bool:
    """A point that lost its bullet still follows an empty line and a finished point."""
    above = text[: point.line]
    return above.endswith("\n\n") and above.rstrip(" \t\n*_").endswith((";", "."))


def read_rest(text: str, source: str, formula: Span, end: int) -> tuple[DecisionSpan, ...]:
    """What stands below a formula that ends with a colon, a finished line a point: decided, whatever its words."""
    if not text[formula.start : formula.end].rstrip(" \t\n*_").endswith(":"):
        return ()
    spans: list[Span] = []
    finished = True
    for line in lines_of(source, formula.end, end):
        if not any(map(str.isalnum, line.text)):
            continue
        if finished or line.after_blank:
            spans.append(Span(line.start, line.end))
        spans[-1] = Span(spans[-1].start, line.end)
        finished = line.text.rstrip(" \t*_").endswith((".", ";"))
    kept = [trim(text, span.start, span.end) for span in spans]
    return tuple(DecisionSpan(number, span.start, span.end) for number, span in enumerate(kept, 1))


def read_decisions(text: str, source: str, start: int, end: int) -> tuple[DecisionSpan, ...]:
    """The decided points of ``text[start:end]``; ``source`` is the folded text."""
    lines = lines_of(source, start, end)
    kept = _top_level(text, _points(text, source, lines, end) or _items(source, lines))
    spans: list[DecisionSpan] = []
    for number, point in enumerate(kept, 1):
        stop = kept[number].line if number < len(kept) else end
        inside = trim(text, point.start, stop)
        # A point set in bold keeps its opening mark, without which the closing one would stand alone.
        begin = inside.start - 2 if text[inside.start - 2 : inside.start] == "**" else inside.start
        spans.append(DecisionSpan(number, begin, inside.end))
    return tuple(spans)


def read_table_alone(text: str, source: str, span: Span) -> tuple[DecisionSpan, ...]:
    """The one point of a formula below which but a table stands: "décide : Association | 2023 | 2024 …"."""
    rows = [line for line in lines_of(source, *span) if pattern("decisions", "row").search(line.text)]
    inside = trim(text, *span)
    return (DecisionSpan(1, inside.start, inside.end),) if len(rows) >= _FEWEST_ROWS else ()
