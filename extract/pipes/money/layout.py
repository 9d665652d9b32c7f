"""Tables in lines of text: cells parted by tabs, pipes, wide spaces or dot leaders, found with their columns.

Purely about layout; what a table means is decided in :mod:`extract.pipes.money.tables`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.patterns import pattern
from extract.pipes.money.align import fit
from extract.pipes.money.cells import Cell, Grid, empty, goes_on, joined, slashed
from extract.pipes.money.line_cells import (
    Line,
    Parted,
    line_below,
    lines,
    parted_heads,
    parted_lines,
    read_line,
    two_rows,
)
from extract.text import fold

_RULE = re.compile(r"[\s|:+=_-]+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LONGEST = 110
_STOPS = (".", ":", ";", "!", "?")
_MOST_PARTS = 6
_FEWEST_ROWS = 2
_LOOK_BACK = 12
_FEWEST_TAILS = 3
_OF_PLACE = re.compile(r"d[eu] [A-ZÀ-Ý]|d['’][A-ZÀ-Ý]")


def line_grids(text: str, folded: str) -> list[Grid]:
    """Runs of at least two rows of cells, with the header above the first figures.

    A short line of words inside a run heads a part of the table, or is a piece of a wrapped name; stamps and page
    numbers are passed over.
    """
    grids: list[Grid] = []
    run: list[Line] = []
    thousands = False
    head: Parted | None = None
    parted = parted_lines(folded)
    for start, end in lines(text):
        if not run and start not in parted and pattern("tables", "header.line").fullmatch(folded, start, end) is None:
            head = None
            continue  # prose
        if pattern("tables", "header.caption").fullmatch(folded, start, end):
            thousands = pattern("tables", "header.thousands").search(folded, start, end) is not None
            continue
        if pattern("tables", "row.furniture").match(folded, start, end) or _RULE.fullmatch(text, start, end):
            continue
        head = parted_heads(text, start, end) or head
        if run and _is_note(text, run, start, end):
            continue
        if run and run[-1].mode == "tail" and (both := two_rows(text, folded, start, end)):
            run += both
            continue
        line = (head and line_below(text, start, end, head)) or read_line(text, folded, start, end)
        line = _with_blank(text, run, line)
        head = head if head and line.mode == head.mode else None
        words = not line.mode
        apart = (words and not _may_stand_inside(line, run)) or (not words and run and not _goes_with(line, run))
        if apart or _heads_anew(line, run):
            grids += _grid(run, thousands=thousands)
            thousands, run = thousands and not run, []
        if not words or run or _names_column(line.cells[0].text):
            run.append(line)
    return grids + _grid(run, thousands=thousands)


def _with_blank(text: str, run: list[Line], line: Line) -> Line:
    """A row that begins with a pipe among rows that do not: its first cell is blank, as below a name told once."""
    first = next((above for above in run if above.mode == "pipes"), None)
    if line.mode != "pipes" or first is None or text[line.end - 1] == "|":
        return line
    opened = [text[each.start : each.end].lstrip().startswith("|") for each in (first, line)]
    return line._replace(cells=(empty(line.start), *line.cells)) if opened == [False, True] else line


def _is_note(text: str, run: list[Line], start: int, end: int) -> bool:
    """Whether a line below rows tells what a mark in them means: "(1) sous réserve du bilan", "* nouvelle".

    It may have lost its mark: words in small letters that a blank line parts from rows without any between them.
    """
    apart = _BLANK_LINE.search(text, run[-1].end, start) is not None
    words = text[start:end].strip(" *")
    if not apart and not words[:1].islower() and words[:1] != "(":
        return False
    note = pattern("tables", "row.note").fullmatch(fold(text[start:end]))
    if note is not None:
        return apart or text[start + note.start("told")].islower()
    close = len(run) >= _FEWEST_TAILS and _BLANK_LINE.search(text, run[-3].start, run[-1].end) is None
    return apart and close and run[-1].figured and words[:1].islower() and "\t" not in words


def _names_column(words: str) -> bool:
    """Whether a line names a column, rather than introducing the table."""
    return not words.endswith(":") and pattern("tables", "header.line").fullmatch(fold(words)) is not None


def _may_stand_inside(line: Line, run: list[Line]) -> bool:
    """Whether a line of words may stand between rows: short, not a sentence, and not the last of many."""
    words = line.cells[0].text
    if len(words) > _LONGEST or words.endswith(_STOPS):
        return False
    if pattern("tables", "row.item").match(fold(words)) and not _OF_PLACE.match(words):
        return False
    return not all(not earlier.mode for earlier in run[-_MOST_PARTS:]) or len(run) < _MOST_PARTS


def _goes_with(line: Line, run: list[Line]) -> bool:
    """Whether a line is parted as those above it are; a total may be parted in any way."""
    modes = {earlier.mode for earlier in run[-_LOOK_BACK:] if earlier.mode not in ("", "total")}
    alike = {"dots", "spaces", "tail"}
    if line.mode == "total" or not modes or line.mode in modes:
        return True
    return line.mode in alike and modes <= alike


def _grid(run: list[Line], *, thousands: bool) -> list[Grid]:
    """The table of a run of lines, none where too few of them hold figures or it is prose that ends in sums."""
    while run and not run[-1].mode and not _owed(run) and not _ends_above(run):
        run.pop()
    run = _unstaggered(_unbroken(_parted_by_place(run)))
    if all(line.mode in ("", "tail", "total") for line in run):
        rows = sum(1 for line in run if line.mode == "tail")
        if rows < _FEWEST_TAILS or rows * 2 < len(run):
            return []
    modes = {line.mode for line in run}
    header = next((i for i, line in enumerate(run) if _heads(line) >= _FEWEST_ROWS), len(run))
    figured = [line.figured or (i > header and _holds_year_sum(line)) for i, line in enumerate(run)]
    told = [line for line, sums in zip(run, figured, strict=True) if line.mode and sums]
    if len(told) < _FEWEST_ROWS and not (told and "pipes" in modes) and not (told and _headed(run)):
        return []
    if not any(c.words for line in told for c in line.cells) and not any(not line.mode for line in run):
        return []
    parted = [(list(line.cells), sums, line.start) for line, sums in zip(run, figured, strict=True)]
    grid = fit(parted, spaced="spaces" in modes)
    if grid is None or not grid.rows:
        return []
    grid.thousands = thousands
    return [grid]


def _parted_by_place(run: list[Line]) -> list[Line]:
    """Rows set with spaces whose cell fills its column, so that one space alone parts it from the next, cut there.

    Where cells of at least two other lines begin, and no line has more of them.
    """
    wide = [line for line in run if line.mode == "spaces"]
    most = max((len(line.cells) for line in wide), default=0)
    begins = Counter(cell.start - line.start for line in wide if len(line.cells) == most for cell in line.cells[1:])
    places = [place for place, times in begins.items() if times >= _FEWEST_ROWS]
    return [_cut(line, places, most) if line.mode == "spaces" and len(line.cells) < most else line for line in run]


def _cut(line: Line, places: Sequence[int], most: int) -> Line:
    """A line with the cells cut that run over the place where a column begins."""
    cells: list[Cell] = []
    for cell in line.cells:
        at = (line.start + place - cell.start for place in places)
        inside = [i for i in at if 0 < i < len(cell.text) and cell.text[i - 1] == " " and cell.text[i] != " "]
        if len(inside) != 1 or len(cell.text) != cell.end - cell.start:
            cells.append(cell)
            continue
        middle = cell.start + inside[0]
        cells.append(Cell(cell.text[: inside[0] - 1], cell.start, middle - 1))
        cells.append(Cell(cell.text[inside[0] :], middle, cell.end))
    return line._replace(cells=tuple(cells)) if len(line.cells) < len(cells) <= most else line


def _unbroken(run: list[Line]) -> list[Line]:
    """Rows of tabs that a line break inside a cell has cut in two, made one line each."""
    widths = Counter(len(line.cells) for line in run if line.mode == "tabs" and line.figured)
    width = max(widths, key=lambda n: (widths[n], n), default=0)
    whole: list[Line] = []
    for line in run:
        above = whole[-1] if whole else None
        cut = above is not None and above.mode == line.mode == "tabs" and not above.figured and line.figured
        if cut and above is not None and len(above.cells) + len(line.cells) - 1 == width and (
            goes_on(above.cells[-1].text, line.cells[0].text)
        ):  # fmt: skip
            cells = (*above.cells[:-1], joined([above.cells[-1], line.cells[0]]), *line.cells[1:])
            whole[-1] = Line(cells, "tabs", above.start, line.end)
        else:
            whole.append(line)
    return whole


def _unstaggered(run: list[Line]) -> list[Line]:
    """Rows set over two lines, labels above their sums, made one line each; others as they are."""
    pairs = {i for i in range(len(run) - 1) if _labels(run[i]) and _sums_below(run[i], run[i + 1])}
    if len(pairs) < _FEWEST_ROWS or any(line.figured and i - 1 not in pairs for i, line in enumerate(run)):
        return run
    rows: list[Line] = []
    for index, line in enumerate(run):
        if index - 1 in pairs:
            continue
        below = run[index + 1].cells if index in pairs else [empty(c.end) for c in line.cells]
        cells = tuple(c for pair in zip(line.cells, below, strict=True) for c in pair)
        end = run[index + 1].end if index in pairs else line.end
        rows.append(Line(cells, line.mode, line.start, end) if line.mode else line)
    return rows


def _labels(line: Line) -> bool:
    return bool(line.mode) and any(c.words for c in line.cells) and not any(c.figured for c in line.cells)


def _sums_below(labels: Line, line: Line) -> bool:
    """Whether a line has but sums, one under each label."""
    if line.mode != labels.mode or len(line.cells) != len(labels.cells) or not line.figured:
        return False
    return all(
        bool(c.text) <= bool(label.text) and not c.words for label, c in zip(labels.cells, line.cells, strict=True)
    )


def _headed(run: list[Line]) -> bool:
    """Whether a table of a single row has a header above it."""
    first = run[0]
    return len(run) > 1 and bool(first.mode) and not first.figured and _heads(first) >= _FEWEST_ROWS


def _heads(line: Line) -> int:
    """How many cells of a line name columns."""
    cells = slashed(line.cells[0]) if len(line.cells) == 1 else line.cells
    return sum(1 for c in cells if pattern("tables", "header.line").fullmatch(fold(c.text)))


def _heads_anew(line: Line, run: list[Line]) -> bool:
    """Whether a line names other columns than the rows above have: another table begins, where it repeats none."""
    if not line.mode or line.figured or _heads(line) <= _FEWEST_ROWS:
        return False
    if not any(above.figured for above in run[-_LOOK_BACK:]):
        return False
    head = next((above for above in run[:_LOOK_BACK] if _heads(above) >= _FEWEST_ROWS), None)
    return head is not None and [fold(c.text) for c in head.cells] != [fold(c.text) for c in line.cells]


def _holds_year_sum(line: Line) -> bool:
    """Whether a line below the header, with words that name no column, holds what has the looks of a year: 2000."""
    if not line.mode or not any(c.year is not None for c in line.cells):
        return False
    return any(c.words and pattern("tables", "header.line").fullmatch(fold(c.text)) is None for c in line.cells)


def _ends_above(run: list[Line]) -> bool:
    """Whether the last lines of words go on with the words of the last row."""
    at = next((i for i in range(len(run) - 1, -1, -1) if run[i].mode), None)
    if at is None or at == len(run) - 1 or not run[at].figured:
        return False
    above = [c.text for c in run[at].cells if c.words]
    for line in run[at + 1 :]:
        if not any(goes_on(words, line.cells[-1].text) for words in above):
            return False
        above = [line.cells[-1].text]
    return True


def _owed(run: list[Line]) -> bool:
    """Whether the last line of words ends the name of a row that has no words of its own."""
    if len(run) < _FEWEST_ROWS + 1:
        return False
    before, above = run[-2], run[-3]
    nameless = before.figured and not any(c.words and len(c.text) > 3 for c in before.cells)
    return nameless and not above.mode
