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
    Columns,
    columns,
    figure_at,
    granted_value,
    heading_of,
    is_code,
    requested_value,
    row_draft,
    row_organisation,
    set_private,
    set_receiver,
    title_of,
)
from extract.pipes.money.years import usable
from extract.pipes.reading import Reading
from extract.text import fold

_SEVERAL = 2
_KINDS = ("matchingFund", "membership", "advance", "guarantee")
_CODE = re.compile(r"[A-Z]{0,4}[-–. ]?\d{1,6}[A-Z]?|[-–/]")


def read_grants(reading: Reading, grid: Grid, number: int, header: str) -> GrantTable | None:
    """The grants of a table, then what its rows asked for; None where no row tells money."""
    layout = columns(grid)
    years = _year_columns(reading, grid)
    private = pattern("tables", "header.private").search(header) is not None
    drafts: list[Draft] = []
    asked: list[Draft] = []
    total: Decimal | None = None
    name: Cell | None = None
    for row in grid.rows:
        figures = [(i, c) for i, c in enumerate(row) if c.value is not None and not is_code(i, layout.name)]
        if not figures:
            continue
        sums = _sums(grid, row, figures, layout, years)
        if any(pattern("tables", "row.total").match(fold(c.text)) for c in row):
            total = sum((value for _, value in sums), Decimal(0)) if sums else None
            continue
        own = _name_cell(grid, row, layout.name)
        name = own if own is not None and own.text else name  # a cell left empty repeats the one above
        if name is None:
            continue
        granted = [_grant(reading, grid, row, value, number, layout, year) for year, value in sums if value]
        for draft in granted:
            if private:
                set_private(reading, draft, name)
            else:
                _set_receiver(reading, grid, draft, name, layout.name)
        drafts += granted
        asked += _asked(reading, grid, row, figures, number, layout, granted[0]) if granted else []
    if not drafts:
        return None
    table = GrantTable([*drafts, *asked], total, grid.start, grid.end)
    _set_kinds(header + " " + heading_of(reading, grid.start)[-200:] + " " + title_of(reading), table.drafts)
    return table


def _sums(
    grid: Grid, row: list[Cell], figures: list[tuple[int, Cell]], layout: Columns, years: list[tuple[int, int]]
) -> list[tuple[int | None, Decimal]]:
    """The sums of a row: one of each granted year, or the one granted; the year where a column says it alone."""
    found: list[tuple[int | None, Decimal | None]] = [(y, figure_at(row, grid, figures, at)) for at, y in years]
    found = found or [(None, granted_value(grid, row, figures, layout))]
    return [(year, value) for year, value in found if value is not None]


def _year_columns(reading: Reading, grid: Grid) -> list[tuple[int, int]]:
    """Columns named by a year alone that the act grants, where there are several: those its decision or title names."""
    named = [(i, int(c.text)) for i, c in enumerate(grid.header) if re.fullmatch(r"20\d\d", c.text)]
    if len(named) < _SEVERAL:
        return []
    title = reading.context.title
    for places in (
        [(s.start, s.end) for s in reading.sentences if s.section == "decision"],
        [title] if title else [],
    ):
        told = [p.value for place in places for p in usable(reading, *place)]
        granted = [(i, year) for i, year in named if any(t.first <= year <= t.last for t in told)]
        if granted:
            return granted
    return []


def _grant(
    reading: Reading, grid: Grid, row: list[Cell], value: Decimal, number: int, layout: Columns, year: int | None
) -> Draft:
    """A row as a grant, with the year of its column and what it is for."""
    draft = row_draft(reading, row, value, number)
    if year is not None:
        draft.first = draft.last = year
    elif draft.first is None and layout.granted is not None:
        written = re.search(r"\b(20\d\d)\b", grid.header[layout.granted].text)
        draft.first = draft.last = int(written[1]) if written else None
    own = kind_of(" ".join(fold(c.text) for c in row), "")
    draft.kind = own if own in _KINDS else draft.kind
    at = layout.project
    if at is not None and grid.kind == "tabs" and at < len(row) and row[at].text:
        draft.purpose = row[at].text
    return draft


def _set_receiver(reading: Reading, grid: Grid, draft: Draft, name: Cell, name_at: int | None) -> None:
    """The organisation a row names; under "Communes" a name is a commune's."""
    head = fold(grid.header[name_at].text) if name_at is not None else ""
    commune = pattern("tables", "header.commune").match(head) is not None
    set_receiver(reading, draft, name, lambda: row_organisation(reading, name, commune=commune))


def _asked(
    reading: Reading,
    grid: Grid,
    row: list[Cell],
    figures: list[tuple[int, Cell]],
    number: int,
    layout: Columns,
    granted: Draft,
) -> list[Draft]:
    """What the receiver of a row had asked for, where the table says so."""
    value = requested_value(grid, row, figures, layout)
    if value is None or granted.beneficiary is None:
        return []
    draft = row_draft(reading, row, value, number)
    draft.status, draft.rule = "requested", "table_requested"
    draft.beneficiary, draft.how = granted.beneficiary, "row"
    return [draft]


def _set_kinds(wide: str, drafts: list[Draft]) -> None:
    """The kind that the words around a table give to all its rows."""
    kind = kind_of(wide, wide)
    for draft in drafts:
        if kind in _KINDS:
            draft.kind = kind


def _name_cell(grid: Grid, row: list[Cell], name_at: int | None) -> Cell | None:
    """The cell that names a row's receiver: of its column, else the first of words."""
    if grid.kind == "tabs" and name_at is not None and name_at < len(row):
        return row[name_at] if row[name_at].value is None else None
    words = [c for c in row if c.value is None and c.text and not _is_mark(c)]
    if not words:
        return None
    if grid.kind == "stacked" and len(words) > 1:
        named = [c for c in grid.header if not pattern("tables", "header.amount").match(fold(c.text))]
        if len(named) <= 1:  # the name was wrapped over several lines
            return Cell(" ".join(w.text for w in words), words[0].start, words[-1].end)
    return words[0]


def _is_mark(cell: Cell) -> bool:
    """A percentage, a code or a dash names nobody."""
    percent = pattern("tables", "row.percent").match(fold(cell.text))
    return percent is not None or _CODE.fullmatch(cell.text) is not None
