"""The shape of tables in text: rows of tab-separated cells, one cell a line, and "name : amount" lists.

Purely about layout; what a table means is decided in :mod:`extract.pipes.money.tables`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.amounts import number
from extract.text import fold

_LINE = re.compile(r"[^\n]*")
_LONGEST_CELL = 110
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell and its place in the text."""

    text: str
    start: int
    end: int

    @property
    def value(self) -> Decimal | None:
        """The sum a numeric cell holds, None for words and percentages."""
        folded = fold(self.text)
        if not pattern("tables", "row.numeric").match(folded):
            return None
        figures = re.search(r"\d[\d\s.,'’\u00a0\u202f]*", self.text)
        return (
            number(figures.group().strip().rstrip(".,").replace("’", "'").replace("\u00a0", " ")) if figures else None
        )


@dataclass(slots=True)
class Grid:
    """A table: header cells (column names), rows of cells, and its extent."""

    header: list[Cell]
    rows: list[list[Cell]]
    start: int
    end: int
    kind: str = "tabs"
    columns: int = field(default=0)


def _lines(text: str) -> list[tuple[int, int]]:
    return [
        (m.start(), m.end()) for m in _LINE.finditer(text) if m.end() > m.start() and text[m.start() : m.end()].strip()
    ]


def _cells(text: str, start: int, end: int) -> list[Cell]:
    cells, position = [], start
    for part in re.split(r"(\t|\s*\|\s*)", text[start:end]):
        if part and not re.fullmatch(r"\t|\s*\|\s*", part):
            cells.append(Cell(" ".join(part.split()), position, position + len(part)))
        elif part == "\t" and (not cells or text[position - 1] == "\t"):
            cells.append(Cell("", position, position))
        position += len(part)
    return cells


def tab_grids(text: str) -> list[Grid]:
    """Runs of at least two rows with tabs or pipes, with the header row above the first figures.

    A short line without cells inside a run is the heading of a part of the table and is passed over.
    """
    grids: list[Grid] = []
    run: list[list[Cell]] = []
    lines = [*_lines(text), (len(text), len(text))]
    for index, (start, end) in enumerate(lines):
        if _has_cells(text, start, end):
            run.append(_cells(text, start, end))
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        part = end - start < _LONGEST_CELL and not re.search(r"[.:;]\s*$", text[start:end])
        inside = run and start < end and part and following and _has_cells(text, *following)
        if inside and following and text[run[-1][-1].end : following[0]].count("\n\n") <= 1:
            continue
        if len(run) > _FEWEST_ROWS - 1 and any(c.value is not None for row in run for c in row):
            grids.append(_tab_grid(run))
        run = []
    return grids


def _has_cells(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    return "\t" in line.strip() or re.search(r"\S\s*\|\s*\S", line) is not None


def _tab_grid(run: list[list[Cell]]) -> Grid:
    first = run[0]
    header = first if not any(c.value is not None and not re.fullmatch(r"(?:19|20)\d\d", c.text) for c in first) else []
    rows = run[1:] if header else run
    return Grid(header, rows, run[0][0].start, run[-1][-1].end, "tabs", max(len(r) for r in run))


def stacked_grids(text: str) -> list[Grid]:
    """Tables flattened to one cell a line: names and figures alternate at a steady pace."""
    grids: list[Grid] = []
    run: list[Cell] = []
    for start, end in [*_lines(text), (len(text), len(text))]:
        line = " ".join(text[start:end].split())
        if (
            start < end
            and line
            and len(line) <= _LONGEST_CELL
            and not re.search(r"[.;:!?]$", line)
            and "\t" not in text[start:end]
        ):
            run.append(Cell(line, start, end))
            continue
        grid = _stacked(run)
        if grid:
            grids.append(grid)
        run = []
    return grids


def _stacked(run: list[Cell]) -> Grid | None:
    figures = [i for i, cell in enumerate(run) if cell.value is not None and _sum_like(cell)]
    if len(figures) < _FEWEST_ROWS:
        return None
    begin = 0
    named = next((i for i, cell in enumerate(run) if cell.value is None), 0)
    while begin < len(run) and (
        _is_column_name(run[begin]) or (begin > named and re.fullmatch(r"(?:19|20)\d\d", run[begin].text))
    ):
        begin += 1
    figures = [i for i in figures if i >= begin]
    if len(figures) < _FEWEST_ROWS:
        return None
    header, body = run[:begin], run[begin:]
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    for index, cell in enumerate(body):
        row.append(cell)
        following = body[index + 1] if index + 1 < len(body) else None
        if cell.value is not None and (following is None or following.value is None):
            rows.append(row)
            row = []
    named_rows = [r for r in rows if r[0].value is None]
    if len(named_rows) < _FEWEST_ROWS or not header:
        return None
    return Grid(header, named_rows, run[0].start, named_rows[-1][-1].end, "stacked", len(header))


def _sum_like(cell: Cell) -> bool:
    return not re.fullmatch(r"(?:19|20)\d\d", cell.text)


def _is_column_name(cell: Cell) -> bool:
    return pattern("tables", "header.word").search(fold(cell.text)) is not None and cell.value is None


def list_rows(text: str, folded: str) -> list[re.Match[str]]:
    """Lines of the form "- Association Horizon : 500 €" "Horizon ………… 500 €", or "• Horizon, 500 €"."""
    found = []
    for start, end in _lines(text):
        match = pattern("tables", "row.list").match(folded, start, end)
        if match is None:
            match = pattern("tables", "row.list_comma").match(folded, start, end)
            match = match if match and text[match.start("name")].isupper() else None
        name = pattern("tables", "row.to").sub("", match["name"].strip(" *-•")) if match else ""
        if match and not pattern("tables", "row.not_a_name").match(name):
            found.append(match)
    return found
