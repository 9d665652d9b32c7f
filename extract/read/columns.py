"""Pages set in two columns of prose, as newsletters and some minutes are: the left column is read before the right.

Rosters and tables stand in columns too, and are read across: what tells prose is that many of its lines, on both
sides, are full and begin in the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.read.words import Row, Word, rows_of

#: So many lines make a column.
_FEWEST_LINES = 8
#: Words and letters of a full line, and the share of lines that begin in lower case, in prose.
_WORDS, _LETTERS, _GOES_ON = 4.0, 24.0, 0.3
#: Room (points) that a line of prose keeps from the next column, and how far a line may reach over its middle.
_GUTTER, _REACH = 8.0, 2.0


def in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page, each stretch in two columns of prose read column by column."""
    middle = _middle(rows)
    if middle is None:
        return list(rows)
    ordered: list[Row] = []
    stretch: list[Row] = []
    for row in rows:
        if row.ruled or not _is_parted(row, middle):
            ordered += _read(stretch, middle)
            stretch = []
            ordered.append(row)
        else:
            stretch.append(row)
    return ordered + _read(stretch, middle)


def _middle(rows: Sequence[Row]) -> float | None:
    """Where the gutter of a page is, from its lines of two cells; None where they do not agree."""
    gaps = [
        (left[-1].x1, right[0].x0)
        for row in rows
        if not row.ruled and len(row.cells) == 2
        for left, right in pairwise(row.cells)
        if right[0].x0 - left[-1].x1 >= _GUTTER
    ]
    if len(gaps) < _FEWEST_LINES // 2:
        return None
    end, start = max(gap[0] for gap in gaps), median(gap[1] for gap in gaps)
    return (end + start) / 2 if end < start else start - _GUTTER / 2


def _is_parted(row: Row, middle: float) -> bool:
    words = [word for cell in row.cells for word in cell]
    return all(word.x1 <= middle + _REACH or word.x0 >= middle - _REACH for word in words) and (
        len(row.cells) > 1 or words[-1].x1 <= middle + _REACH or words[0].x0 >= middle - _REACH
    )


def _read(stretch: list[Row], middle: float) -> list[Row]:
    words = [word for row in stretch for cell in row.cells for word in cell]
    left = rows_of([word for word in words if word.x1 <= middle + _REACH])
    right = rows_of([word for word in words if word.x1 > middle + _REACH])
    return [*left, *right] if _is_prose(left) and _is_prose(right) else stretch


def _is_prose(rows: list[Row]) -> bool:
    if len(rows) < _FEWEST_LINES:
        return False
    lines: list[list[Word]] = [[word for cell in row.cells for word in cell] for row in rows]
    letters = [sum(len(word.text) for word in line) for line in lines]
    goes_on = sum(line[0].text[:1].islower() for line in lines)
    return median(map(len, lines)) >= _WORDS and median(letters) >= _LETTERS and goes_on >= _GOES_ON * len(lines)
