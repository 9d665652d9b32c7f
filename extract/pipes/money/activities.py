"""Rows that name what is done or bought, and nobody: "entretien des berges : 96 000 €", "Travaux | 241 500 €".

Such sums are parts of one grant, or of a cost; never grants to a body of that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.patterns import cased, pattern
from extract.pipes.headed import heads
from extract.pipes.money.cells import Cell
from extract.pipes.reading import Reading
from extract.text import fold

_FEWEST = 2


def are_activities(reading: Reading, cells: Iterable[Cell]) -> bool:
    """Whether rows, told by the cells that open them, are things done or bought: most of them, and none a body."""
    told = [cell for cell in cells if not pattern("tables", "row.total").match(fold(cell.text).lstrip(" -*•"))]
    if len(told) < _FEWEST or any(_is_body(reading, cell, told) for cell in told):
        return False
    things = sum(_is_thing(reading, cell) for cell in told)
    return things >= _FEWEST and 3 * things >= 2 * len(told)


def _is_thing(reading: Reading, cell: Cell) -> bool:
    """Whether a label opens with a noun for what is done, in small letters, or for what only costs."""
    start = _start(reading, cell)
    if pattern("tables", "row.expense").match(reading.folded, start, cell.end):
        return True
    if not reading.text[start : start + 1].islower():
        return False
    if pattern("tables", "row.activity").match(reading.folded, start, cell.end):
        return True
    structure = pattern("tables", "row.structure").match(reading.folded, start, cell.end)
    return structure is not None and not any(c.isupper() for c in reading.text[start : cell.end])


def _is_body(reading: Reading, cell: Cell, rows: Sequence[Cell]) -> bool:
    """Whether a label opens with the noun of a body, or a name that the act tells elsewhere too."""
    start = _start(reading, cell)
    if pattern("tables", "row.expense").match(reading.folded, start, cell.end):
        return False
    if any(form.match(reading.folded, start, cell.end) for _, form in heads()):
        return True
    body = reading.organisations.at(start)
    if body is None:
        return False
    return any(not any(row.start <= at < row.end for row in rows) for at, _ in body.mentions)


def _start(reading: Reading, cell: Cell) -> int:
    """Where a label begins, behind its mark and its article."""
    opened = cased("tables", "cased.opened_by").match(reading.text, cell.start, cell.end)
    return opened.end() if opened is not None and opened.end() < cell.end else cell.start
