"""Sub-totals and totals of tables: by their words, or because they add up the rows above or below."""

from __future__ import annotations

from collections.abc import Sequence
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
    words = ["" if name is None else row[name].text for row in rows]
    found: dict[int, bool] = dict.fromkeys(headings([row[column].value for row in rows], words), False)
    block: list[Decimal] = []
    every: list[Decimal] = []
    for index, row in enumerate(rows):
        if index in found:
            block = []
            continue
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


def headings(values: Sequence[Decimal | None], names: Sequence[str]) -> set[int]:
    """The rows that head those below them, of which they tell the sum: "Activités sportives : 1 200 €", then clubs.

    They are told by their words ("Associations sportives"), by a sum that words which end with a colon announce, or
    by sums that part the whole table.
    """
    told = {i for i, name in enumerate(names) if pattern("tables", "row.category").fullmatch(fold(name))}
    added = {i for i in range(len(values)) if names[i].rstrip(" *").endswith(":") and _adds_below(values, i)}
    return told | added | _parting(values)


def _adds_below(values: Sequence[Decimal | None], head: int) -> list[int]:
    """Where blocks of rows end that a row adds up, right below it."""
    ends: list[int] = []
    run = Decimal(0)
    for index in range(head + 1, len(values)):
        run += values[index] or 0
        if values[head] and run == values[head] and index - head >= _FEWEST_ADDED:
            ends.append(index + 1)
    return ends


def _parting(values: Sequence[Decimal | None]) -> set[int]:
    """The first rows of blocks, each of which adds up its block, where two or more blocks make the whole table."""
    heads: list[int] = []
    at = 0
    while at < len(values):
        ends = _adds_below(values, at)
        if not ends:
            return set()
        heads.append(at)
        at = ends[0]
    return set(heads) if len(heads) >= _FEWEST_ADDED else set()
