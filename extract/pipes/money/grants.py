"""Tables of grants: each row is one funding from the authority; the printed total is kept for checking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from extract.patterns import cased, pattern
from extract.pipes.headed import heads
from extract.pipes.money.carried import Carried, carried_names
from extract.pipes.money.cells import Cell, Grid
from extract.pipes.money.contributions import bears_kind
from extract.pipes.money.cues import kind_of
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.heads import Columns, columns, is_number_of_file
from extract.pipes.money.rows import (
    filed_body,
    heading_of,
    part_of,
    row_draft,
    row_organisation,
    set_private,
    set_receiver,
    title_of,
)
from extract.pipes.money.totals import totals
from extract.pipes.money.uses import use_of
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

#: Under "Subvention" stands no loan guarantee, whatever other columns and the title tell.
_OF_SUBSIDIES = ("matchingFund",)
_KINDS = ("matchingFund", "membership", "advance", "guarantee")
_THOUSAND = 1000
#: A name has so many letters.
_FEWEST_LETTERS = 2
_SEVERAL = 2
#: What stands so near above a table may tell the kind of its sums.
_ABOVE = 200
#: How sure a sum is that may as well stand in another column.
_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of a table while its rows are read."""

    reading: Reading
    grid: Grid
    layout: Columns
    number: int
    private: bool
    communes: bool

    @property
    def top(self) -> int:
        """Where the first row begins: what stands above it dates the table."""
        return min(c.start for c in self.grid.rows[0])

    def rows_of(self, places: frozenset[int]) -> set[int]:
        """Where the rows begin whose granted sums stand at ``places``."""
        told = (row for row in self.grid.rows if any(row[i].start in places for i in self.layout.granted))
        return {min(c.start for c in row if c.text) for row in told}

    def sum_at(self, row: list[Cell], column: int) -> Decimal | None:
        """The sum in a column of a row, in euros."""
        value = row[column].value
        if value is None:
            return None
        heading = self.grid.heading(column)
        thousands = self.grid.thousands or pattern("tables", "header.thousands").search(heading) is not None
        return value * _THOUSAND if thousands and "€" not in row[column].text else value

    def sums(self, row: list[Cell]) -> list[tuple[int, Decimal]]:
        """The granted columns of a row that hold a sum, with it."""
        found = ((column, self.sum_at(row, column)) for column in self.layout.granted)
        return [(column, value) for column, value in found if value is not None]


def read_grants(reading: Reading, grid: Grid, number: int, *, communes: bool = False) -> GrantTable | None:
    """The grants of a table, what its rows asked for, and what was refused; None where no row tells money.

    ``communes`` where a bare name can only be a commune's.
    """
    layout = columns(reading, grid)
    if not layout.granted:
        return None
    _forget_heads(reading, grid)
    header = " | ".join(fold(c.text) for c in grid.header)
    head = grid.heading(layout.name) if layout.name is not None else ""
    private = _heads_persons(grid, layout.name, head)
    table = _Table(reading, grid, layout, number, private, communes)
    added = totals(grid.rows, layout.granted[-1], layout.name)
    told: list[Draft] = []
    asked: list[Draft] = []
    total: Decimal | None = None
    name: Cell | None = None
    projects = _projects(table, added)
    of_nobody: list[Cell] = []  # rows by level or by month: parts of one grant, told beside it
    for index, row in enumerate(grid.rows):
        if index in added:
            if added[index]:
                total = sum((value for _, value in table.sums(row)), Decimal(0)) or total
            name = None
            continue
        own = _own_cell(table, row, projects.get(index), name)
        name = own or (name if layout.name is not None else None)  # a cell left empty repeats the one above
        if name is not None and pattern("tables", "row.spoken").match(fold(name.text)):
            name = None  # the sentence below the rows, of a sum at the end of its line
        elif name is not None and pattern("tables", "row.no_payee").match(fold(name.text)):
            of_nobody.append(name)
        elif name is not None and not (index in projects and projects[index].own):
            granted, wanted = _read_row(table, row, name)
            told += granted
            asked += wanted
    if not any(d.status == "awarded" for d in told):
        return _by_level(grid, layout, of_nobody, total) if of_nobody and not told else None
    if total is None or total != sum((d.value or 0 for d in told if d.status == "awarded"), Decimal(0)):
        _doubt(told, table.rows_of(grid.guessed))
    _doubt(told, table.rows_of(grid.unsaid))
    found = GrantTable([*told, *asked], total, grid.start, grid.end)
    heads = " | ".join(fold(grid.heading(column)) for column in layout.granted)
    kinds = _KINDS if pattern("tables", "header.subsidy").search(heads) is None else _OF_SUBSIDIES
    _set_kinds(header + " " + _introduced(reading, grid) + " " + title_of(reading), found.drafts, kinds)
    return found


def _by_level(grid: Grid, layout: Columns, names: list[Cell], total: Decimal | None) -> GrantTable:
    """Rows that name no body, as what the sums of the granted column are for: "Maternelle | 38 élèves | 53 656 €"."""
    rows = [(row[layout.name], row[layout.granted[-1]]) for row in grid.rows] if layout.name is not None else []
    uses = (use_of(label, figure) for label, figure in rows if label in names)
    return GrantTable([], total, grid.start, grid.end, [use for use in uses if use is not None])


def _own_cell(table: _Table, row: list[Cell], carried: Carried | None, above: Cell | None) -> Cell | None:
    """The cell that says whose a row is: a name, who carries a project, the number of a file, or the one ``above``."""
    name, files = table.layout.name, table.layout.files
    if carried is not None:
        own: Cell | None = carried.carrier
    elif name is not None and (row[name].words or (files and row[name].text)):
        own = row[name]
    else:
        own = _mentioned(table, row)
    if carried is None and own is not None and (files or _is_number(own)):
        own = next((cell for cell in row if cell is not own and _opens_body(cell)), own)
    again = own is not None and above is not None and pattern("tables", "row.again").match(fold(own.text))
    return above if again else own


def _is_number(cell: Cell) -> bool:
    """Whether a cell is the number of a file ("2023-022"), which names nobody."""
    return sum(letter.isalpha() for letter in cell.text) < _FEWEST_LETTERS


def _opens_body(cell: Cell) -> bool:
    """Whether a cell opens with the noun of a body: "Syndicat des copropriétaires de la résidence X – toiture"."""
    return cell.words and any(form.match(fold(cell.text)) for _, form in heads())


def _heads_persons(grid: Grid, name: int | None, head: str) -> bool:
    """Whether the names of a table are persons', as its head says; under "Lauréat" unless most tell what they are."""
    if name is not None and pattern("tables", "header.laureates").fullmatch(head):
        cells = [cell for cell in grid.column(name) if cell.words]
        told = sum(
            _names_body(cell) or cased("tables", "cased.common_word").search(cell.text) is not None for cell in cells
        )
        return 2 * told <= len(cells)
    return pattern("tables", "header.private").search(head) is not None


def _names_body(cell: Cell) -> bool:
    """Whether a cell names a body or a company, even below the head of persons: "SCI Les Tilleuls", an owner."""
    return _opens_body(cell) or pattern("tables", "kind.company").search(fold(cell.text)) is not None


def _projects(table: _Table, added: Collection[int]) -> dict[int, Carried]:
    """Rows whose name cell tells a project and who carries it ("Café (Le Lien)"), where no head says whom."""
    name = table.layout.name
    if name is None or pattern("tables", "header.name").search(table.grid.heading(name)):
        return {}
    places = [at for at, row in enumerate(table.grid.rows) if at not in added and row[name].words]
    cells = [table.grid.rows[at][name] for at in places]
    found = carried_names(table.reading, [(cell.start, cell.end) for cell in cells])
    return {places[at]: pair for at, pair in found.items()}


def _introduced(reading: Reading, grid: Grid) -> str:
    """What stands right above a table, but for the rows of another."""
    lines = heading_of(reading, grid.start)[-_ABOVE:].split("\n")
    rows = [at for at, line in enumerate(lines) if "\t" in line or "|" in line]
    return "\n".join(lines[rows[-1] + 1 :] if rows else lines)


def _doubt(drafts: list[Draft], rows: set[int]) -> None:
    """Make unsure what rows grant that may as well be read otherwise."""
    for draft in drafts:
        draft.sure = _EVEN if draft.status == "awarded" and draft.position in rows else draft.sure


def _forget_heads(reading: Reading, grid: Grid) -> None:
    """Drop what prose would read as an organisation in the heads of columns ("Évènement Demande")."""
    book = reading.organisations
    top = min(c.start for c in grid.rows[0])
    for _, _, found in book.mentions_from(grid.start, top):
        supposed = found.kind in ("association", "organisation") and found is not reading.authority
        if supposed and found in book.entries and all(grid.start <= s < top for s, _ in found.mentions):
            book.drop(found)


def _read_row(table: _Table, row: list[Cell], name: Cell) -> tuple[list[Draft], list[Draft]]:
    """What a row grants or refuses, and what was asked."""
    name, purpose = filed_body(table.reading.text, name)
    drafts = [_grant(table, row, column, value) for column, value in table.sums(row) if value]
    for draft in drafts:
        _judge(row, draft)
    asked = table.sum_at(row, table.layout.requested) if table.layout.requested is not None else None
    words = " ".join(fold(c.text) for c in row if c.void or c.words)
    if not drafts and pattern("tables", "row.refused").search(words):
        drafts = [row_draft(table.reading, row, asked, table.number, table.top)] if asked else []
        for draft in drafts:
            draft.status, draft.rule = "rejected", "table_refused"
        asked = None
    elif not drafts and asked and pattern("fundings", "postponed.cell").search(words):
        drafts = [row_draft(table.reading, row, asked, table.number, table.top)]
        drafts[0].status, drafts[0].rule = "requested", "put_off"
        asked = None
    for draft in drafts:
        draft.purpose = draft.purpose or purpose
        if table.private and not _names_body(name):
            set_private(table.reading, draft, name)
        else:
            _set_receiver(table, draft, name)
    receiver = drafts[0].beneficiary if drafts else None
    drafts += _parts(table, row, drafts)
    if not asked or receiver is None:
        return drafts, []
    wanted = row_draft(table.reading, row, asked, table.number, table.top)
    year = table.layout.years.get(table.layout.requested) if table.layout.requested is not None else None
    if year is not None and wanted.first is not None and wanted.first < year:
        wanted.first = wanted.last = year
    wanted.status, wanted.rule = "requested", "table_requested"
    wanted.beneficiary, wanted.how = receiver, "row"
    return drafts, [wanted]


def _judge(row: list[Cell], draft: Draft) -> None:
    """Refuse, or put off, what a cell beside the sum says is: "Défavorable", "Ajourné"."""
    verdict = next(
        (v for c in row if (v := pattern("tables", "row.verdict").fullmatch(fold(c.text).strip(" *.")))), None
    )
    if verdict is not None:
        draft.status = "rejected" if verdict["against"] else "requested"
        draft.rule = "table_refused" if verdict["against"] else "put_off"


def _parts(table: _Table, row: list[Cell], drafts: list[Draft]) -> list[Draft]:
    """The parts of what a row grants, each in a column of its own; a single one is the whole."""
    told = [(row[i], value) for i in table.layout.parts if (value := table.sum_at(row, i))]
    if len(drafts) != 1 or drafts[0].status != "awarded":
        return []
    if len(told) >= _SEVERAL:
        return [part_of(drafts[0], cell, value) for cell, value in told]
    return [part for cell in row for part in _parts_said(table, cell, drafts[0])]


def _parts_said(table: _Table, cell: Cell, whole: Draft) -> list[Draft]:
    """The part of a row's grant that a remark tells: "1 000 € (dont 400 € pour l'école de musique)"."""
    folded = table.reading.folded
    named = pattern("tables", "row.part_said").search(folded, cell.start, cell.end)
    told = pattern("tables", "row.part_sum").match(folded, named.end(), cell.end) if named else None
    if told is None:
        return []
    figure = Cell(table.reading.text[slice(*told.span("sum"))], *told.span("sum"))
    return [part_of(whole, figure, figure.value)] if figure.value and figure.value < (whole.value or 0) else []


def _mentioned(table: _Table, row: list[Cell]) -> Cell | None:
    """The name of the only known organisation in a row, where no column is for names: "Subvention à Cap Sud"."""
    reading, at = table.reading, table.layout.project
    if table.layout.name is not None or at is None:
        return None
    inside = [
        m for m in reading.organisations.mentions_from(row[at].start, row[at].end) if m[2] is not reading.authority
    ]
    if len({o.id for _, _, o in inside}) != 1:
        return None
    start, end, _ = inside[0]
    return Cell(squeeze(reading.text[start:end]), start, end)


def _grant(table: _Table, row: list[Cell], column: int, value: Decimal) -> Draft:
    """A row as a grant, with the year of its column and what it is for."""
    draft = row_draft(table.reading, row, value, table.number, table.top)
    year = table.layout.years.get(column)
    if year is not None and (len(table.layout.granted) > 1 or draft.first is None or draft.first < year):
        draft.first = draft.last = year
    own = kind_of(" ".join(fold(c.text) for c in row), "")
    draft.kind = own if own in _KINDS else draft.kind
    at = table.layout.project
    if at is not None and row[at].words:
        draft.purpose = row[at].text
    return draft


def _set_receiver(table: _Table, draft: Draft, name: Cell) -> None:
    """The organisation a row names; under "Communes" a name is a commune's, the number of a file is a person's."""
    if _is_number(name) or (table.layout.files and is_number_of_file(name.text)):
        draft.beneficiary, draft.how = None, "anonymous"
        return
    head = table.grid.heading(table.layout.name) if table.layout.name is not None else ""
    commune = pattern("tables", "header.commune").match(head) is not None
    commune = commune or (table.communes and not bears_kind(name.text))
    set_receiver(table.reading, draft, name, lambda: row_organisation(table.reading, name, commune=commune))


def _set_kinds(wide: str, drafts: list[Draft], kinds: Collection[str]) -> None:
    """The kind that the words around a table give to all its rows, where they may be of it."""
    kind = kind_of(wide, wide)
    for draft in drafts:
        if kind in kinds:
            draft.kind = kind
