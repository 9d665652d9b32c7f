"""What the rows of every table have in common: columns by their header, figures, years, the organisation they name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from extract.facts import OrganisationKind
from extract.patterns import pattern
from extract.pipes.model import Amount
from extract.pipes.money.draft import Draft
from extract.pipes.money.layout import Cell, Grid
from extract.pipes.money.years import sentence_years
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.places import of_place
from extract.pipes.reading import Reading
from extract.pipes.roles import is_person
from extract.text import fold, key

_HEADING_REACH = 400
_KINDS: tuple[OrganisationKind, ...] = ("company", "public_establishment", "local_authority")


def heading_of(reading: Reading, grid_start: int) -> str:
    """What introduces a table: the sentences above it in the same section, not further than a few lines."""
    begin = max(0, grid_start - _HEADING_REACH)
    return reading.folded[begin:grid_start]


def title_of(reading: Reading) -> str:
    """The folded title of the act."""
    title = reading.context.title
    return reading.folded[title[0] : title[1]] if title else ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has the name, the granted and requested sums and the project; None where it has no such column."""

    name: int | None
    granted: int | None
    requested: int | None
    project: int | None


def columns(grid: Grid) -> Columns:
    """The columns of a table, by its header."""
    name = granted = requested = project = None
    for index, cell in enumerate(grid.header):
        word = fold(cell.text)
        if pattern("tables", "header.requested").search(word):
            requested = index
        elif name is None and pattern("tables", "header.name").search(word):
            name = index
        elif pattern("tables", "header.granted").search(word) and not pattern("tables", "header.cost").match(word):
            granted = index
        elif pattern("tables", "header.project").search(word) and project is None:
            project = index
    if granted is None:
        candidates = [
            i
            for i, c in enumerate(grid.header)
            if i not in (requested, name)
            and pattern("tables", "header.amount").search(fold(c.text))
            and not pattern("tables", "header.cost").search(fold(c.text))
        ]
        granted = candidates[-1] if candidates else None
    return Columns(name, granted, requested, project)


def is_code(index: int, name_at: int | None) -> bool:
    """A bare number left of the name is a code or a rank, not money."""
    return name_at is not None and index < name_at


def figure_at(row: list[Cell], grid: Grid, figures: list[tuple[int, Cell]], column: int) -> Decimal | None:
    """The figure of a column; in stacked tables columns count from the right, cells may be missing on the left."""
    if grid.kind == "tabs":
        if column < len(row):
            return row[column].value
        return None
    from_right = len(grid.header) - column
    return figures[-from_right][1].value if from_right <= len(figures) else None


def granted_value(grid: Grid, row: list[Cell], figures: list[tuple[int, Cell]], layout: Columns) -> Decimal | None:
    """The granted sum of a row: of its column, else the last figure that is neither asked for nor a cost."""
    if layout.granted is not None:
        return figure_at(row, grid, figures, layout.granted)
    usable = [c for i, c in figures if i != layout.requested and not _is_cost(grid, i)]
    return usable[-1].value if usable else None


def _is_cost(grid: Grid, index: int) -> bool:
    return (
        index < len(grid.header) and pattern("tables", "header.cost").search(fold(grid.header[index].text)) is not None
    )


def requested_value(grid: Grid, row: list[Cell], figures: list[tuple[int, Cell]], layout: Columns) -> Decimal | None:
    """The sum a row asks for, where the table has a column of them."""
    return figure_at(row, grid, figures, layout.requested) if layout.requested is not None else None


def row_draft(reading: Reading, row: list[Cell], value: Decimal, number: int) -> Draft:
    """A row as a grant of the authority, to whom is yet to be read."""
    start, end = row[0].start, row[-1].end
    sentence = reading.sentences[reading.sentence_at(start)]
    written = next((c.text for c in row if c.value == value), str(value))
    years = _table_years(reading, start)
    return Draft(
        "awarded", "subsidy", "table_row", start, sentence.section, amount=Amount(value, written),
        funder=reading.authority, first=years[0] if years else None, last=years[1] if years else None,
        table=number, how="row", spans=[(start, end)],
    )  # fmt: skip


def _table_years(reading: Reading, start: int) -> tuple[int, int] | None:
    index = reading.sentence_at(max(0, start - 1))
    for sentence in reversed(reading.sentences[max(0, index - 2) : index + 1]):
        years = sentence_years(reading, sentence)
        if years and sentence.start < start and years[0] == years[1]:
            return years
    return None


def row_organisation(reading: Reading, cell: Cell, *, commune: bool = False) -> Organisation | None:
    """The organisation a row names, known or new; a table of grants names associations unless its words say else."""
    book: OrgBook = reading.organisations
    name = strip_name(cell.text)
    if len(name) < 2:
        return None
    if commune and not pattern("tables", "row.town").match(fold(name)):
        town = next(
            (
                o
                for o in book.entries
                if o.place and _place_key(o.place) == _place_key(name) and o.kind == "local_authority"
            ),
            None,
        )
        return town or book.add(
            of_place("Commune", name),
            "local_authority",
            place=name,
            mention=(cell.start, cell.end),
            aliases=(name,),
        )
    existing = book.at(cell.start)
    if existing and any(s <= cell.start < e and e >= cell.end - 1 for s, e in existing.mentions):
        return existing
    tied = re.match(r"(.+?)\s*\(([A-Z][A-Z0-9&.-]{1,9})\)$", name)
    found = book.find(name) or (book.find(tied[2]) if tied else None)
    if found:
        return book.add(found.name, found.kind, mention=(cell.start, cell.end))
    if existing is not None and key(existing.name) in key(name) and existing.kind != "local_authority":
        return book.add(existing.name, existing.kind, aliases=(name,), mention=(cell.start, cell.end))
    long, sigle = (tied[1], tied[2]) if tied else (name, None)
    return book.add(long, _row_kind(long), sigle=sigle, mention=(cell.start, cell.end))


def set_receiver(reading: Reading, draft: Draft, cell: Cell, organisation: Callable[[], Organisation | None]) -> None:
    """Who a row is for: a natural person, whose name is kept from publication, else the organisation it names."""
    if pattern("names", "person").match(fold(cell.text)) or is_person(strip_name(cell.text)):
        set_private(reading, draft, cell)
    else:
        draft.beneficiary, draft.how = organisation(), "row"


def set_private(reading: Reading, draft: Draft, cell: Cell) -> None:
    """A natural person receives."""
    draft.private_name, draft.how = cell.text, "private"
    reading.private.append((cell.start, cell.end))


def _place_key(place: str) -> str:
    return pattern("tables", "row.article").sub("", key(place))


def _row_kind(name: str) -> OrganisationKind:
    folded = fold(name)
    for kind in _KINDS:
        if pattern("tables", f"kind.{kind}").search(folded):
            return kind
    return "association"
