"""Ruled tables: the cells that the lines of a page close, and the words in them, one table row a line."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.read.pdfium import Edge
from extract.read.words import Row, Word, rows_of

#: Lines this near (points) are one.
_NEAR = 3.0
#: Pages whose lines cross more often than this are drawings.
_MOST_CROSSINGS = 40_000
#: A cell of so many lines beside another such is a list of its own, not a wrapped text.
_A_LIST = 5

_Place = tuple[int, int]


@dataclass
class _Cell:
    """A closed cell: the places of the grid that it covers."""

    places: list[_Place] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    @property
    def row(self) -> int:
        return min(row for row, _ in self.places)

    @property
    def column(self) -> int:
        return min(column for _, column in self.places)


class _Grid:
    """All horizontal and vertical lines of a page, carried through; places are what lies between, 0 is outside."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        flat = [e for e in edges if e.top == e.bottom]
        steep = [e for e in edges if e.top != e.bottom]
        self.xs = _clustered([e.x0 for e in steep])
        self.ys = _clustered([e.top for e in flat])
        self.sides: set[_Place] = set()
        self.floors: set[_Place] = set()
        if not self.is_table:
            return
        for edge in steep:
            column = _nearest(self.xs, edge.x0)
            self.sides |= {(row, column) for row in _spanned(self.ys, edge.top, edge.bottom)}
        for edge in flat:
            row = _nearest(self.ys, edge.top)
            self.floors |= {(row, column) for column in _spanned(self.xs, edge.x0, edge.x1)}

    @property
    def is_table(self) -> bool:
        return len(self.xs) > 2 and len(self.ys) > 2 and len(self.xs) * len(self.ys) < _MOST_CROSSINGS

    def place(self, word: Word) -> _Place:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return bisect_right(self.ys, y), bisect_right(self.xs, x)

    def neighbours(self, place: _Place, *, across_lines: bool) -> Iterator[_Place]:
        row, column = place
        if row > 0 and (across_lines or (row - 1, column) not in self.floors):
            yield row - 1, column
        if row < len(self.ys) and (across_lines or (row, column) not in self.floors):
            yield row + 1, column
        if column > 0 and (across_lines or (row, column - 1) not in self.sides):
            yield row, column - 1
        if column < len(self.xs) and (across_lines or (row, column) not in self.sides):
            yield row, column + 1

    def reached(self, start: _Place, within: set[_Place] | None = None) -> list[_Place]:
        """The places that one can go to: through no line, or anywhere ``within`` some places."""
        seen, todo = {start}, [start]
        while todo:
            for place in self.neighbours(todo.pop(), across_lines=within is not None):
                if place not in seen and (within is None or place in within):
                    seen.add(place)
                    todo.append(place)
        return sorted(seen)


def table_rows(words: list[Word], edges: Sequence[Edge]) -> tuple[list[Row], list[Word]]:
    """The rows of the ruled tables of a page, and the words outside them.

    A cell over several rows stands in its first. A row whose cells are lists of their own is left outside.
    """
    grid = _Grid(edges)
    if not grid.is_table:
        return [], words
    outside = set(grid.reached((0, 0)))
    cells: dict[_Place, _Cell] = {}
    for row in range(1, len(grid.ys)):
        for column in range(1, len(grid.xs)):
            if (row, column) not in outside and (row, column) not in cells:
                cell = _Cell(grid.reached((row, column)))
                cells |= dict.fromkeys(cell.places, cell)
    rest: list[Word] = []
    for word in words:
        found = cells.get(grid.place(word))
        (rest if found is None else found.words).append(word)
    rows: list[Row] = []
    left = set(cells)
    while left:
        table = set(grid.reached(min(left), left))
        left -= table
        made, loose = _rows({id(cells[place]): cells[place] for place in table})
        rows += made
        rest += loose
    return rows, rest


def _rows(table: dict[int, _Cell]) -> tuple[list[Row], list[Word]]:
    lines: dict[int, list[_Cell]] = defaultdict(list)
    for cell in table.values():
        lines[cell.row].append(cell)
    columns = sorted({cell.column for cell in table.values() if cell.words})
    words = [word for cell in table.values() for word in cell.words]
    if len(columns) < 2 or sum(1 for line in lines.values() if any(cell.words for cell in line)) < 2:
        return [], words
    rows: list[Row] = []
    loose: list[Word] = []
    for _, line in sorted(lines.items()):
        texts = {cell.column: rows_of(cell.words) for cell in line if cell.words}
        if not texts:
            continue
        if sum(1 for rows_in in texts.values() if len(rows_in) >= _A_LIST) > 1:
            loose += [word for cell in line for word in cell.words]
            continue
        inside = [[word for row in texts.get(c, []) for part in row.cells for word in part] for c in columns]
        while inside and not inside[-1]:
            inside.pop()
        rows.append(Row(tuple(map(tuple, inside)), ruled=True))
    return rows, loose


def _clustered(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _nearest(places: list[float], at: float) -> int:
    """The number of the gap before a line: what lies to its left or above has this number."""
    return bisect_right(places, at) - 1


def _spanned(places: list[float], start: float, end: float) -> range:
    """The numbers of the gaps that a line runs along: gap n lies between places n-1 and n."""
    first = bisect_right(places, start - _NEAR) + 1
    return range(first, bisect_right(places, end + _NEAR))
