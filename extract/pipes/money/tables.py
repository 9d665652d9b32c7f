"""What a table means: grants row by row, or a plan de financement line by line.

Each row of a grant table is one funding from the authority; the printed total is kept for checking. Each line of a
plan de financement is a funding with its own funder: Awarded where marked so, Requested where the act solicits it,
else Budgeted; its total is the cost. Patterns in ``patterns/tables.toml``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.facts import OrganisationKind
from extract.patterns import cased, pattern
from extract.pipes.model import Amount
from extract.pipes.money.cues import is_rejected, kind_of, last_cue, proposes
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.layout import Cell, Grid, list_rows, stacked_grids, tab_grids
from extract.pipes.money.years import sentence_years
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.places import of_place
from extract.pipes.reading import Reading
from extract.pipes.roles import is_person
from extract.text import PARENTHESES, fold, key

_HEADING_REACH = 400
_KINDS: tuple[OrganisationKind, ...] = ("company", "public_establishment", "local_authority")
_FUNDERS: tuple[OrganisationKind, ...] = ("local_authority", "public_establishment")
_CODE = re.compile(r"[A-Z]{0,4}[-–. ]?\d{1,6}[A-Z]?|[-–/]")


def read_tables(reading: Reading, text: str) -> list[GrantTable]:
    """Every table of the act that tells money."""
    grids = tab_grids(text)
    for grid in stacked_grids(text):
        if not any(grid.start < g.end and grid.end > g.start for g in grids):
            grids.append(grid)
    tables = []
    for number, grid in enumerate(sorted(grids, key=lambda g: g.start), 1):
        table = _read_grid(reading, text, grid, number)
        if table:
            tables.append(table)
    listed = _read_lists(reading, text, [(g.start, g.end) for g in grids], len(grids) + 1)
    return tables + listed


def _heading(reading: Reading, grid_start: int) -> str:
    """What introduces a table: the sentences above it in the same section, not further than a few lines."""
    begin = max(0, grid_start - _HEADING_REACH)
    return reading.folded[begin:grid_start]


def _read_grid(reading: Reading, text: str, grid: Grid, number: int) -> GrantTable | None:
    header = " | ".join(fold(c.text) for c in grid.header)
    heading = _heading(reading, grid.start)
    near = heading[-160:]
    plan = pattern("tables", "status.plan").search(near) or pattern("tables", "header.funder").search(header)
    if plan and not pattern("tables", "header.private").search(header):
        return _plan(reading, text, grid, number)
    wide = header + " " + heading + _title(reading)
    if pattern("tables", "status.not_money").search(header + near[-80:]) and not pattern(
        "tables", "header.granted"
    ).search(header):
        return None
    if not pattern("tables", "status.grants").search(wide) and not _granted_above(reading):
        return None
    return _grants(reading, text, grid, number, header)


def _title(reading: Reading) -> str:
    title = reading.context.title
    return reading.folded[title[0] : title[1]] if title else ""


def _columns(grid: Grid) -> tuple[int | None, int | None, int | None, int | None]:
    """Columns of the name, the granted sum, the requested sum and the project; None where the header has none."""
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
    return name, granted, requested, project


def _grants(reading: Reading, text: str, grid: Grid, number: int, header: str) -> GrantTable | None:
    name_at, granted_at, requested_at, project_at = _columns(grid)
    drafts: list[Draft] = []
    total: Decimal | None = None
    private = pattern("tables", "header.private").search(header) is not None
    commune = (
        name_at is not None and pattern("tables", "header.commune").match(fold(grid.header[name_at].text)) is not None
    )
    previous: Cell | None = None
    for row in grid.rows:
        figures = [(i, c) for i, c in enumerate(row) if c.value is not None and not _is_code(i, c, name_at)]
        if not figures:
            continue
        if any(pattern("tables", "row.total").match(fold(c.text)) for c in row):
            total = _granted(grid, row, figures, granted_at, requested_at)
            continue
        name = _name_cell(grid, row, name_at, figures)
        name = name if name is not None and name.text else previous
        previous = name
        value = _granted(grid, row, figures, granted_at, requested_at)
        if name is None or value is None or value == 0:
            continue
        draft = _row_draft(reading, text, row, value, number)
        if draft.first is None and granted_at is not None:
            year = re.search(r"\b(20\d\d)\b", grid.header[granted_at].text)
            draft.first = draft.last = int(year[1]) if year else None
        if private or pattern("names", "person").match(fold(name.text)) or is_person(strip_name(name.text)):
            draft.private_name, draft.how = name.text, "private"
            reading.private.append((name.start, name.end))
        else:
            draft.beneficiary, draft.how = _organisation(reading, name, commune=commune), "row"
        if project_at is not None and grid.kind == "tabs" and project_at < len(row) and row[project_at].text:
            draft.purpose = row[project_at].text
        drafts.append(draft)
        requested = _requested(grid, row, figures, requested_at)
        if requested is not None and draft.beneficiary is not None:
            asked = _row_draft(reading, text, row, requested, number)
            asked.status, asked.rule = "requested", "table_requested"
            asked.beneficiary, asked.how = draft.beneficiary, "row"
            drafts.append(asked)
    if not drafts:
        return None
    table = GrantTable([d for d in drafts if d.status != "requested"], total, grid.start, grid.end)
    table.drafts += [d for d in drafts if d.status == "requested"]
    _kinds(reading, header + " " + _heading(reading, grid.start)[-200:] + " " + _title(reading), table.drafts)
    return table


def _kinds(reading: Reading, wide: str, drafts: list[Draft]) -> None:
    kind = kind_of(wide, wide)
    for draft in drafts:
        if kind in ("matchingFund", "membership", "advance", "guarantee"):
            draft.kind = kind


def _is_code(index: int, cell: Cell, name_at: int | None) -> bool:
    """A bare number left of the name is a code or a rank, not money."""
    return name_at is not None and index < name_at


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


def _figure_at(row: list[Cell], grid: Grid, figures: list[tuple[int, Cell]], column: int) -> Decimal | None:
    """The figure of a column; in stacked tables columns count from the right, cells may be missing on the left."""
    if grid.kind == "tabs":
        if column < len(row):
            return row[column].value
        return None
    from_right = len(grid.header) - column
    return figures[-from_right][1].value if from_right <= len(figures) else None


def _granted(
    grid: Grid, row: list[Cell], figures: list[tuple[int, Cell]], granted: int | None, requested: int | None
) -> Decimal | None:
    if granted is not None:
        return _figure_at(row, grid, figures, granted)
    usable = [(i, c) for i, c in figures if i != requested and not _is_cost(grid, i)]
    return usable[-1][1].value if usable else None


def _is_cost(grid: Grid, index: int) -> bool:
    return (
        index < len(grid.header) and pattern("tables", "header.cost").search(fold(grid.header[index].text)) is not None
    )


def _requested(grid: Grid, row: list[Cell], figures: list[tuple[int, Cell]], requested: int | None) -> Decimal | None:
    return _figure_at(row, grid, figures, requested) if requested is not None else None


def _row_draft(reading: Reading, text: str, row: list[Cell], value: Decimal, number: int) -> Draft:
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


def _organisation(reading: Reading, cell: Cell, *, commune: bool = False) -> Organisation | None:
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


def _place_key(place: str) -> str:
    return pattern("tables", "row.article").sub("", key(place))


def _row_kind(name: str) -> OrganisationKind:
    folded = fold(name)
    for kind in _KINDS:
        if pattern("tables", f"kind.{kind}").search(folded):
            return kind
    return "association"


def _plan(reading: Reading, text: str, grid: Grid, number: int) -> GrantTable | None:
    """A plan de financement: one draft a line with its own funder; the total is the cost."""
    name_at, granted_at, _, project_at = _columns(grid)
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
        value = _figure_at(row, grid, figures, column) if column is not None else figures[-1][1].value
        value = value if value is not None else figures[0][1].value
        if value is None or value == 0:
            continue
        words = [c for c in row if c.value is None and c.text]
        line = fold(" ".join(c.text for c in words))
        draft = _row_draft(reading, text, row, value, number)
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


def _read_lists(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """Lists "- name : amount" that a granting sentence introduces; consecutive lines are one table."""
    groups: list[list[re.Match[str]]] = []
    for match in list_rows(text, reading.folded):
        if any(s <= match.start() < e for s, e in taken):
            continue
        if groups and text[groups[-1][-1].end() : match.start()].strip() == "":
            groups[-1].append(match)
        else:
            groups.append([match])
    tables = []
    for group in groups:
        table = _read_list(reading, text, group, number + len(tables))
        if table:
            tables.append(table)
    return tables


def _grant_words(text: str) -> bool:
    return pattern("fundings", "award.decision_noun").search(text) is not None


def _granting(reading: Reading, lead: str, section: str) -> bool:
    """Whether a lead grants what its list names, or the decision grants "les subventions ci-dessus"."""
    if (
        is_rejected(lead)
        or pattern("tables", "status.plan").search(lead)
        or pattern("tables", "status.not_money").search(lead)
    ):
        return False
    lead = PARENTHESES.sub(" ", lead)
    cue = last_cue(lead)
    if cue is not None and cue.family == "award" and (section == "decision" or cue.commits or proposes(lead)):
        return True
    about = _grant_words(lead) or _grant_words(_title(reading))
    if (cue is not None and cue.family in ("requested", "history")) or not about:
        return False
    return proposes(lead) or _granted_above(reading)


def _granted_above(reading: Reading) -> bool:
    """Whether the decision grants "les subventions figurant au tableau ci-dessus"."""
    return any(
        s.section == "decision" and pattern("tables", "status.above").search(reading.text_of(s))
        for s in reading.sentences
    )


def _read_list(reading: Reading, text: str, group: list[re.Match[str]], number: int) -> GrantTable | None:
    first = reading.sentences[reading.sentence_at(group[0].start())]
    if first.lead is None or len(group) < 1:
        return None
    lead = reading.text_of(reading.sentences[first.lead])
    if not _granting(reading, lead, first.section) or (len(group) < 2 and not _grant_words(lead)):
        return None
    drafts: list[Draft] = []
    total: Decimal | None = None
    for match in group:
        start, end = match.span("name")
        cell = Cell(" ".join(text[start:end].split()), start, end)
        figure = Cell(text[match.start("amount") : match.end("amount")], match.start("amount"), match.end("amount"))
        value = figure.value
        if value is None:
            continue
        if pattern("tables", "row.total").match(fold(cell.text).lstrip(" -*•")):
            total = value
            continue
        draft = _row_draft(reading, text, [cell, figure], value, number)
        draft.rule = "list_row"
        draft.spans = [(match.start(), match.end())]
        if pattern("names", "person").match(fold(cell.text)) or is_person(strip_name(cell.text)):
            draft.private_name, draft.how = cell.text, "private"
            reading.private.append((start, end))
        else:
            draft.beneficiary = _organisation(reading, Cell(cased("tables", "cased.to").sub("", cell.text), start, end))
        drafts.append(draft)
    return GrantTable(drafts, total, group[0].start(), group[-1].end()) if drafts else None
