"""Sub-totals and totals of tables: by their words, or because they add up the rows above."""

from __future__ import annotations

from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.money.cells import Cell
from extract.text import fold

_FEWEST_ADDED = 2


def is_total(row: list[Cell]) -> bool:
    """Whether a row calls itself a total."""
    return any(c.words and pattern("tables", "row.total").match(fold(c.text)) for c in row)


def is_partial(row: list[Cell]) -> bool:
    """Whether a row calls itself the total of a part of the table."""
    return any(c.words and pattern("tables", "row.subtotal").match(fold(c.text)) for c in row)


def totals(rows: list[list[Cell]], column: int, name: int | None) -> dict[int, bool]:
    """The rows that are totals: their index, and whether they add up the whole table.

    A row without words is one where it adds up the rows above, all or since the last total; a row that repeats the
    name of nobody and adds up all others is one too.
    """
    found: dict[int, bool] = {}
    block: list[Decimal] = []
    every: list[Decimal] = []
    for index, row in enumerate(rows):
        value = row[column].value
        named = name is not None and row[name].words
        said = is_total(row)
        adds = value is not None and any(len(p) >= _FEWEST_ADDED and sum(p) == value for p in (block, every))
        wordless = not any(c.words and len(c.text) > 1 for c in row)
        if said or (wordless and (adds or index == len(rows) - 1)) or (adds and not named and index == len(rows) - 1):
            whole = value is not None and bool(every) and sum(every) == value
            found[index] = whole or (said and not is_partial(row))
            block = []
        elif value is not None:
            block.append(value)
            every.append(value)
    return found
