"""Plans de financement: each resource is a funding with its own funder; the total is the cost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.facts import OrganisationKind
from extract.patterns import cased, pattern
from extract.pipes.money.cells import Cell, Grid, goes_on, joined
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.rows import row_draft
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

_AGGLOMERATION = "agglomeration"
_PUBLIC = frozenset(("state", "local_authority"))
_FUNDERS: tuple[OrganisationKind, ...] = ("local_authority", "public_establishment")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a plan: what it names, its sum, all its words, and its panel: "resource", "expense" or "" (unsaid)."""

    label: Cell
    figure: Cell
    words: str
    side: str


def read_plan(reading: Reading, grid: Grid, number: int) -> GrantTable | None:
    """The resources of a plan de financement, and its total as the cost."""
    return plan_of(reading, plan_lines(grid), number, (grid.start, grid.end))


def plan_of(reading: Reading, found: Iterable[PlanLine], number: int, place: tuple[int, int]) -> GrantTable | None:
    """One draft a resource, with its own funder, and one for the cost."""
    drafts: list[Draft] = []
    total: Draft | None = None
    for line in found:
        value = line.figure.value
        if not value:
            continue
        draft = row_draft(reading, [line.label, line.figure], value, number)
        draft.funder, draft.status, draft.rule = None, "budgeted", "plan_line"
        if pattern("tables", "row.plan_total").match(fold(line.label.text)):
            if not pattern("tables", "row.subtotal").match(fold(line.label.text)):
                draft.rule = "plan_total"
                total = draft if total is None or (total.value or 0) < value else total
        elif _is_resource(reading, line) and _read_line(reading, line, draft):
            drafts.append(draft)
    if not drafts:
        return None
    return GrantTable([*drafts, *([total] if total else [])], None, *place)


def bear_together(reading: Reading, cells: Iterable[Cell]) -> bool:
    """Whether names are of those who bear a cost: the deliberating body, which grants nothing to itself, and payers.

    Or what the body bears itself is told so, beside others: "Région | 20 % | 48 000 €", "Autofinancement | …".
    """
    cells = list(cells)
    own = [cell for cell in cells if pattern("tables", "row.own_means").match(fold(cell.text))]
    if own and len(own) < len(cells):
        return True
    named = [(cell, reading.organisations.at(cell.start) or reading.organisations.find(cell.text)) for cell in cells]
    bodies = [body for _, body in named if body is not None]
    if reading.authority is None or reading.authority not in bodies:
        return False
    return any(body is not reading.authority and body.kind in _PUBLIC for body in bodies) or any(
        pattern("tables", "row.payer").match(fold(cell.text)) for cell, _ in named
    )


def plan_lines(grid: Grid) -> list[PlanLine]:
    """The lines of both panels, each label with the sum right of it; of one panel, with the funder's column."""
    if grid.kind == "stacked":
        return _stacked_lines(grid)
    resources = _resources_at(grid)
    lines: list[PlanLine] = []
    for row in grid.rows:
        for column, limit in _panels(grid, row, resources):
            figure = _figure(grid, row, column, limit)
            if figure is not None:
                words = fold(" ".join(c.text for c in row[column:limit] if c.words))
                side = "" if resources is None else "resource" if column >= resources else "expense"
                lines.append(PlanLine(row[column], figure, words, side))
    return lines


def _stacked_lines(grid: Grid) -> list[PlanLine]:
    """The lines of a plan with one cell a line: a label, its sum, and perhaps a word for its state after it."""
    spent = any(pattern("tables", "header.expenses").search(grid.heading(i)) for i in range(grid.width))
    side = "" if spent or _resources_at(grid) is None else "resource"
    lines: list[PlanLine] = []
    labels: list[Cell] = []
    for cell in grid.lines:
        if cell.words and lines and not labels and pattern("tables", "status.state").fullmatch(fold(cell.text)):
            last = lines[-1]
            lines[-1] = PlanLine(last.label, last.figure, f"{last.words} {fold(cell.text)}", last.side)
        elif cell.words:
            wrapped = labels and goes_on(labels[-1].text, cell.text)
            labels[-1:] = [joined([labels[-1], cell])] if wrapped else [*labels[-1:], cell]
        elif cell.value is not None and labels:
            lines.append(PlanLine(labels[0], cell, fold(" ".join(c.text for c in labels)), side))
            labels = []
    return lines


def _names(grid: Grid, column: int) -> bool:
    """Whether a column may name funders: it does not tell status, rates or observations."""
    return not pattern("tables", "header.aside").search(grid.heading(column))


def _panels(grid: Grid, row: list[Cell], resources: int | None) -> list[tuple[int, int]]:
    """Where the label of each panel of a row stands, and where its cells end."""
    starts: list[int] = []
    figured = True
    for column, cell in enumerate(row):
        if cell.words and _names(grid, column) and (figured or (column == resources and starts)):
            starts.append(column)
            figured = False
        figured |= cell.value is not None
    return list(zip(starts, [*starts[1:], len(row)], strict=True))


def _figure(grid: Grid, row: list[Cell], column: int, limit: int) -> Cell | None:
    """The sum of a label: in a column of its panel headed as one ("Montant"), else the first, else left of it."""
    figures = [i for i in range(column + 1, limit) if row[i].value is not None]
    for i in figures:
        if pattern("tables", "header.amount").search(grid.heading(i)):
            return row[i]
    if figures:
        return row[figures[0]]
    return next((c for c in row[:column] if c.value is not None and limit == len(row) and column < 2), None)


def _resources_at(grid: Grid) -> int | None:
    """The first column of the resources: headed so, or the first where expenses have no column."""
    headed = [i for i in range(grid.width) if pattern("tables", "header.resources").search(grid.heading(i))]
    return headed[0] if headed else None


def _is_resource(reading: Reading, line: PlanLine) -> bool:
    """Whether a line whose column does not say so names a funder: a public one, or the authority's own means."""
    if line.side:
        return line.side == "resource"
    label = fold(strip_name(line.label.text))
    if pattern("tables", "status.own").search(line.words) or pattern("tables", "funder.fund").search(label):
        return True
    return any(pattern("tables", f"funder.{kind}").match(label) for kind in ("state", *_FUNDERS)) or any(
        o.kind != "company" for _, _, o in reading.organisations.mentions_from(line.label.start, line.label.end)
    )


def _read_line(reading: Reading, line: PlanLine, draft: Draft) -> bool:
    """Give a line its funder and status; False where it names no funder."""
    if pattern("tables", "status.own").search(line.words) or is_own(reading, line.label):
        draft.funder = draft.beneficiary = reading.authority  # its own means, for its own project
        draft.how = "authority"
        return True
    draft.funder = _funder_of_line(reading, line.label)
    if draft.funder is not reading.authority:
        draft.beneficiary, draft.how = reading.authority, "authority"
    if pattern("tables", "status.awarded").search(line.words):
        draft.rule = "plan_acquired"  # told, not decided here
    elif pattern("tables", "status.requested").search(line.words):
        draft.status = "requested"
    return True


def is_own(reading: Reading, cell: Cell) -> bool:
    """Whether a line names the authority by its kind alone, "Commune" in the plan of a town, or by its sigle."""
    if reading.authority is not None and reading.authority.sigle and fold(cell.text) == fold(reading.authority.sigle):
        return True
    kind = pattern("tables", "asked.itself").match(fold(cell.text))
    authority = fold(reading.authority.name) if reading.authority else ""
    town = pattern("tables", "header.town_name")
    if kind is None or not authority:
        return False
    if kind["kind"] == _AGGLOMERATION:  # "Communauté d'agglomération de X"
        return _AGGLOMERATION in authority
    return authority.startswith(kind["kind"]) or bool(town.match(kind["kind"]) and town.match(authority))


def _funder_of_line(reading: Reading, cell: Cell) -> Organisation | None:
    """The funder a plan's line names: an organisation of the act, or one its words name ("Région", "État - DETR")."""
    found = _named_in(reading, cell)
    if found is not None:
        name_with_fund(reading, found, cell.text)
    return found


def name_with_fund(reading: Reading, funder: Organisation, text: str) -> None:
    """What a plan calls a funder is a name of it where it adds the fund: "État (DSIL)"."""
    written = squeeze(text)
    if cased("tables", "cased.of_fund").fullmatch(written):
        reading.organisations.complete(funder, names=(written,))


def _named_in(reading: Reading, cell: Cell) -> Organisation | None:
    book: OrgBook = reading.organisations
    inside = [o for _, _, o in book.mentions_from(cell.start, cell.end)]
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
    if cased("tables", "cased.sigle").match(name) and not pattern("tables", "funder.fund").match(folded):
        return book.add(name, mention=(cell.start, cell.end))
    return None
