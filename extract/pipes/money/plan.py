"""Plans de financement: each line is a funding with its own funder; the total is the cost."""

from __future__ import annotations

import re

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


def read_plan(reading: Reading, text: str, grid: Grid, number: int) -> GrantTable | None:
    """A plan de financement: one draft a line with its own funder; the total is the cost."""
    name_at, granted_at, _, project_at = columns(grid)
    funder_at = next(
        (i for i, c in enumerate(grid.header) if pattern("tables", "header.funder").search(fold(c.text))), name_at
    )
    authority = reading.authority
    drafts: list[Draft] = []
    for row in grid.rows:
        figures = [(i, c) for i, c in enumerate(row) if c.value is not None]
        if not figures:
            continue
        column = granted_at if granted_at is not None and granted_at != funder_at else None
        value = figure_at(row, grid, figures, column) if column is not None else figures[-1][1].value
        value = value if value is not None else figures[0][1].value
        if value is None or value == 0:
            continue
        words = [c for c in row if c.value is None and c.text]
        line = fold(" ".join(c.text for c in words))
        draft = row_draft(reading, text, row, value, number)
        draft.funder, draft.status, draft.rule = None, "budgeted", "plan_line"
        if any(pattern("tables", "row.total").match(fold(c.text)) for c in words):
            draft.rule = "plan_total"
        elif pattern("tables", "status.own").search(line):
            draft.funder = authority
        else:
            cell = (
                row[funder_at]
                if funder_at is not None and funder_at < len(row) and grid.kind == "tabs"
                else (words or [None])[0]
            )
            if cell is None or cell.value is not None:
                continue
            draft.funder = _funder_of_line(reading, cell)
            draft.beneficiary, draft.how = (authority, "authority") if draft.funder is not authority else (None, "none")
            if pattern("tables", "status.awarded").search(line):
                draft.status = "awarded" if draft.funder is not None else "budgeted"
            elif pattern("tables", "status.requested").search(line):
                draft.status = "requested"
        drafts.append(draft)
    return GrantTable(drafts, None, grid.start, grid.end) if drafts else None


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
