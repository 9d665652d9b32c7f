"""Tables whose bodies stand side by side in the head, their instalments below: turned, they are read as others.

" | Les Lutins | Pom d'Api", then "1er acompte | 15 000 € | 12 000 €", "Solde | …", "Total 2024 | …".
"""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, Grid, empty
from extract.text import fold

_SEVERAL = 2


def upright(grid: Grid) -> Grid:
    """A table with a body in each row: one whose rows are instalments and whose heads name bodies is turned."""
    if len(grid.rows) < _SEVERAL or len(grid.header) <= _SEVERAL or not all(is_instalment(row[0]) for row in grid.rows):
        return grid
    bodies = grid.header[1:]
    if not all(cell.words and not _names_column(cell) for cell in bodies):
        return grid
    heads = [grid.header[0] if grid.header[0].text else empty(grid.start), *(row[0] for row in grid.rows)]
    rows = [[body, *(row[at] for row in grid.rows)] for at, body in enumerate(bodies, 1)]
    return Grid(heads, rows, grid.start, grid.end, grid.kind, thousands=grid.thousands)


def over_instalments(heads: list[Cell], width: int) -> list[list[Cell]]:
    """The line of bodies above such rows, as the one line of a header; none where it has not one for each column."""
    named = [cell for cell in heads if cell.words]
    return [[empty(named[0].start), *named]] if len(named) == width - 1 > 1 else []


def is_instalment(cell: Cell) -> bool:
    """Whether a cell names an instalment, or the total of several."""
    folded = fold(cell.text)
    told = pattern("tables", "header.instalment").search(folded) or pattern("tables", "row.total").match(folded)
    return cell.words and told is not None


def _names_column(cell: Cell) -> bool:
    return cell.year is not None or pattern("tables", "header.line").fullmatch(fold(cell.text)) is not None
