"""Rows of tables without rulings whose cells wrap over several lines, made one line each.

A row is known by its sum, which stands in the last column. Lines without one belong to it where they are set closer to
it than to the next row; or, where all lines are as far apart, where they leave the first column empty under a full row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.read.words import Row, Word

_SUM = re.compile(
    r"^[\s(+-]*(?:\d{1,3}(?:[ .\u00a0\u202f'’]\d{3})+|\d{2,9}|\d(?=\s*€))(?:[.,]\d{1,2})?\s*(?:€|euros?)?[\s).*]*$",
    re.IGNORECASE,
)
#: Starts of cells this near (points) stand in one column.
_SAME_COLUMN = 8.0
#: Lines of one row are closer than this times the space to the next row, and at most so many letter heights apart.
_CLOSER = 0.87
_CLOSE = 1.6


def unwrapped(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page, those of its unruled tables whole."""
    groups: list[list[Row]] = []
    steps = [below.top - above.top for above, below in pairwise(rows)]
    for at, row in enumerate(rows):
        if groups and _goes_on(rows, steps, at, groups[-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    whole: list[Row] = []
    for group in groups:
        whole += [_merged(group)] if _is_row(group) else group
    return whole


def _goes_on(rows: Sequence[Row], steps: list[float], at: int, group: list[Row]) -> bool:
    """Whether a line is nearer to the one above than rows are to each other."""
    above, row = rows[at - 1], rows[at]
    if above.ruled or row.ruled:
        return False
    step = steps[at - 1]
    if not 0 < step <= _CLOSE * (above.bottom - above.top):
        return False
    if all(_is_full(each) for each in (group[0], *_next_sum(rows, at))) and len(group[0].cells) > 2:
        hung = row.cells[0][0].x0 > group[0].cells[0][0].x0 + _SAME_COLUMN
        if hung and not _has_sum(row) and _fits(row, group[0]):
            return True
    around = [steps[i] for i in (at - 2, at) if 0 <= i < len(steps)]
    return bool(around) and step < _CLOSER * max(around)


def _next_sum(rows: Sequence[Row], at: int) -> Sequence[Row]:
    return next(([row] for row in rows[at : at + 6] if _has_sum(row)), [])


def _is_full(row: Row) -> bool:
    return _has_sum(row) and len(row.cells) > 2


def _has_sum(row: Row) -> bool:
    return len(row.cells) > 1 and _SUM.match(" ".join(word.text for word in row.cells[-1])) is not None


def _fits(row: Row, anchor: Row) -> bool:
    """Whether the cells of a line stand in the columns before the sum, each where one of them begins."""
    end = anchor.cells[-1][0].x0
    starts = [cell[0].x0 for cell in anchor.cells[:-1]]
    return all(
        cell[-1].x1 < end and any(abs(cell[0].x0 - start) <= _SAME_COLUMN for start in starts) for cell in row.cells
    )


def _is_row(group: list[Row]) -> bool:
    """Whether lines make one table row: one of them has a sum, the others stand left of it."""
    anchors = [row for row in group if _has_sum(row)]
    if len(group) < 2 or len(anchors) != 1:
        return False
    end = anchors[0].cells[-1][0].x0
    others = [row for row in group if row is not anchors[0]]
    if any(cell[-1].x1 >= end for row in others for cell in row.cells):
        return False
    columns = _columns(group)
    return len(columns) >= 2 and all(len(row.cells) < len(columns) for row in others)


def _columns(group: list[Row]) -> list[float]:
    starts: list[float] = []
    for start in sorted(cell[0].x0 for row in group for cell in row.cells):
        if not starts or start - starts[-1] > _SAME_COLUMN:
            starts.append(start)
    return starts


def _merged(group: list[Row]) -> Row:
    cells: dict[float, list[Word]] = {start: [] for start in _columns(group)}
    for row in group:
        for cell in row.cells:
            column = max(start for start in cells if start <= cell[0].x0)
            cells[column] += cell
    return Row(tuple(tuple(words) for words in cells.values() if words))
