"""Tables of grants: each row is one funding from the authority; the printed total is kept for checking."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.money.cues import (
    kind_of,
)
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.layout import Cell, Grid
from extract.pipes.money.rows import (
    columns,
    granted_value,
    heading_of,
    is_code,
    requested_value,
    row_draft,
    row_organisation,
    title_of,
)
from extract.pipes.names import strip_name
from extract.pipes.reading import Reading
from extract.pipes.roles import is_person
from extract.text import fold

_CODE = re.compile(r"[A-Z]{0,4}[-–. ]?\d{1,6}[A-Z]?|[-–/]")


def read_grants(reading: Reading, text: str, grid: Grid, number: int, header: str) -> GrantTable | None:
    name_at, granted_at, requested_at, project_at = columns(grid)
    drafts: list[Draft] = []
    total: Decimal | None = None
    private = pattern("tables", "header.private").search(header) is not None
    commune = (
        name_at is not None and pattern("tables", "header.commune").match(fold(grid.header[name_at].text)) is not None
    )
    previous: Cell | None = None
    for row in grid.rows:
        figures = [(i, c) for i, c in enumerate(row) if c.value is not None and not is_code(i, c, name_at)]
        if not figures:
            continue
        if any(pattern("tables", "row.total").match(fold(c.text)) for c in row):
            total = granted_value(grid, row, figures, granted_at, requested_at)
            continue
        name = _name_cell(grid, row, name_at, figures)
        name = name if name is not None and name.text else previous
        previous = name
        value = granted_value(grid, row, figures, granted_at, requested_at)
        if name is None or value is None or value == 0:
            continue
        draft = row_draft(reading, text, row, value, number)
        if draft.first is None and granted_at is not None:
            year = re.search(r"\b(20\d\d)\b", grid.header[granted_at].text)
            draft.first = draft.last = int(year[1]) if year else None
        if private or pattern("names", "person").match(fold(name.text)) or is_person(strip_name(name.text)):
            draft.private_name, draft.how = name.text, "private"
            reading.private.append((name.start, name.end))
        else:
            draft.beneficiary, draft.how = row_organisation(reading, name, commune=commune), "row"
        if project_at is not None and grid.kind == "tabs" and project_at < len(row) and row[project_at].text:
            draft.purpose = row[project_at].text
        drafts.append(draft)
        requested = requested_value(grid, row, figures, requested_at)
        if requested is not None and draft.beneficiary is not None:
            asked = row_draft(reading, text, row, requested, number)
            asked.status, asked.rule = "requested", "table_requested"
            asked.beneficiary, asked.how = draft.beneficiary, "row"
            drafts.append(asked)
    if not drafts:
        return None
    table = GrantTable([d for d in drafts if d.status != "requested"], total, grid.start, grid.end)
    table.drafts += [d for d in drafts if d.status == "requested"]
    _kinds(reading, header + " " + heading_of(reading, grid.start)[-200:] + " " + title_of(reading), table.drafts)
    return table


def _kinds(reading: Reading, wide: str, drafts: list[Draft]) -> None:
    kind = kind_of(wide, wide)
    for draft in drafts:
        if kind in ("matchingFund", "membership", "advance", "guarantee"):
            draft.kind = kind


def _name_cell(grid: Grid, row: list[Cell], name_at: int | None, figures: list[tuple[int, Cell]]) -> Cell | None:
    words = [
        c for c in row
        if c.value is None and c.text and not pattern("tables", "row.percent").match(fold(c.text)) and not _CODE.fullmatch(c.text)
    ]  # fmt: skip
    if grid.kind == "tabs" and name_at is not None and name_at < len(row):
        cell = row[name_at]
        return cell if cell.value is None else None
    if not words:
        return None
    if grid.kind == "stacked" and len(words) > 1:
        columns = [c for c in grid.header if not pattern("tables", "header.amount").match(fold(c.text))]
        if len(columns) <= 1:
            return Cell(" ".join(w.text for w in words), words[0].start, words[-1].end)
    return words[0]
