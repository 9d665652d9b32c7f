"""Tables with one cell a line and no heads: names and sums in turn below a lead, or one column after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, Grid, empty, goes_on, joined
from extract.text import fold

_FEWEST_ROWS = 2
#: What introduces who pays for something, in whatever layout.
_PLANS = ("status.plan", "status.plan_last")
#: A name, and what its sum is for.
_PAIR = 2
#: What introduces such a table stands so near.
_NEAR = 200


def read_headless(run: Sequence[Cell], above: str) -> Grid | None:
    """Names and sums in turn, right below a lead that ends with a colon: "Foyer rural", "300 €", "Judo Club", "250 €".

    Between a name and its sum what it is for may stand, in every row, where the lead tells that associations follow.
    """
    lead = above[max(0, len(above) - _NEAR) :]
    if not lead.rstrip().endswith(":") or any(pattern("tables", form).search(lead) for form in _PLANS):
        return None
    cells = [cell for cell in run if not _heads_part(cell)]
    while cells and cells[-1].words and pattern("tables", "row.total").match(fold(cells[-1].text)):
        cells.pop()  # "Total : 900 €"
    runs = [list(group) for _, group in groupby(cells, key=lambda cell: cell.figured)]
    names, sums = runs[::2], runs[1::2]
    if len(names) != len(sums) or len(sums) < _FEWEST_ROWS or any(len(each) > 1 for each in sums):
        return None
    if any(cell.figured for cell in names[0]) or not all(_is_sum(each[0]) for each in sums):
        return None
    told = [_whole(name) for name in names]
    totals = [pattern("tables", "row.total").match(fold(name[0].text)) is not None for name in told]
    wide = {len(name) for name, total in zip(told, totals, strict=True) if not total}
    several = pattern("tables", "status.associations").search(lead) is not None
    if wide != {1} and not (wide == {_PAIR} and several):
        return None
    rows = [[*name, *(empty(name[-1].end) for _ in range(max(wide) - len(name))), *each]
            for name, each in zip(told, sums, strict=True)]  # fmt: skip
    return Grid([], rows, cells[0].start, cells[-1].end)


def by_columns(heads: Sequence[Cell], body: Sequence[Cell]) -> Grid | None:
    """A table whose two columns were copied one after the other: all names, then as many sums, then their total."""
    names = [cell for cell in body if not cell.figured]
    sums = [cell for cell in body if cell.figured]
    while names and pattern("tables", "row.total").match(fold(names[-1].text)):
        names.pop()
    if len(heads) != _PAIR or not _FEWEST_ROWS < len(names) == len(sums) or not all(map(_is_sum, sums)):
        return None
    if list(body[: 2 * len(names)]) != [*names, *sums] or any(goes_on(a.text, b.text) for a, b in pairwise(names)):
        return None
    if any(_heads_part(name) for name in names):
        return None
    rows = [list(row) for row in zip(names, sums, strict=True)]
    return Grid(list(heads), rows, heads[0].start, body[-1].end)


def _whole(name: Sequence[Cell]) -> list[Cell]:
    """The words before a sum, those of a wrapped line made one."""
    told: list[Cell] = []
    for cell in name:
        if told and goes_on(told[-1].text, cell.text):
            told[-1] = joined([told[-1], cell])
        else:
            told.append(cell)
    return told


def _is_sum(cell: Cell) -> bool:
    return cell.void or (cell.value is not None and cell.year is None)


def _heads_part(cell: Cell) -> bool:
    """Whether a line heads a part of the table: "Axe 1 : Prévenir", "Associations sportives"."""
    forms = (pattern("tables", f"row.{name}") for name in ("rubric", "category"))
    return cell.words and any(form.fullmatch(fold(cell.text)) for form in forms)
