"""Plans de financement: each line is a funding with its own funder; the total is the cost."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.facts import OrganisationKind
from extract.patterns import pattern
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.layout import Cell, Grid
from extract.pipes.money.rows import (
    columns,
    figure_at,
    row_draft,
)
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.text import fold

_FUNDERS: tuple[OrganisationKind, ...] = ("local_authority", "public_establishment")


def read_plan(reading: Reading, grid: Grid, number: int) -> GrantTable | None:
    """A plan de financement: one draft a line with its own funder; the total is the cost."""
    layout = columns(grid)
    named = (i for i, c in enumerate(grid.header) if pattern("tables", "header.funder").search(fold(c.text)))
    funder_at = next(named, layout.name)
    drafts: list[Draft] = []
    for row in grid.rows:
        value = _line_value(grid, row, layout.granted if layout.granted != funder_at else None)
        draft = row_draft(reading, row, value, number) if value else None
        if draft is not None and _read_line(reading, grid, row, funder_at, draft):
            drafts.append(draft)
    return GrantTable(drafts, None, grid.start, grid.end) if drafts else None


def _line_value(grid: Grid, row: list[Cell], column: int | None) -> Decimal | None:
    """The sum of a line: of its column, else the last figure."""
    figures = [(i, c) for i, c in enumerate(row) if c.value is not None]
    if not figures:
        return None
    value = figure_at(row, grid, figures, column) if column is not None else figures[-1][1].value
    return value if value is not None else figures[0][1].value


def _read_line(reading: Reading, grid: Grid, row: list[Cell], funder_at: int | None, draft: Draft) -> bool:
    """Give a line its funder and status; False where it names no funder."""
    words = [c for c in row if c.value is None and c.text]
    line = fold(" ".join(c.text for c in words))
    draft.funder, draft.status, draft.rule = None, "budgeted", "plan_line"
    if any(pattern("tables", "row.total").match(fold(c.text)) for c in words):
        draft.rule = "plan_total"
        return True
    if pattern("tables", "status.own").search(line):
        draft.funder = reading.authority
        return True
    in_column = funder_at is not None and funder_at < len(row) and grid.kind == "tabs"
    cell = row[funder_at or 0] if in_column else next(iter(words), None)
    if cell is None or cell.value is not None:
        return False
    draft.funder = _funder_of_line(reading, cell)
    if draft.funder is not reading.authority:
        draft.beneficiary, draft.how = reading.authority, "authority"
    if pattern("tables", "status.awarded").search(line):
        draft.status = "awarded" if draft.funder is not None else "budgeted"
    elif pattern("tables", "status.requested").search(line):
        draft.status = "requested"
    return True


def _funder_of_line(reading: Reading, cell: Cell) -> Organisation | None:
    """The funder a plan's line names: an organisation of the act, or one its words name ("Région", "État - DETR")."""
    book: OrgBook = reading.organisations
    inside = [o for s, _, o in book.mentions() if cell.start <= s < cell.end]
    if inside:
        return inside[0]
    name = strip_name(re.split(r"\s[-–(]\s?|\s?\(|/", cell.text)[0])
    found = book.find(name)
    if found:
        return found
    folded = fold(name)
    if pattern("tables", "funder.state").match(folded):
        return book.add("État", "state", mention=(cell.start, cell.end))
    for kind in _FUNDERS:
        if pattern("tables", f"funder.{kind}").match(folded) and not pattern("tables", "funder.fund").match(folded):
            return book.add(name, kind, mention=(cell.start, cell.end))
    return None
