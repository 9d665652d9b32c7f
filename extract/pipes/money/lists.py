"""Lists of money, "- name : amount", that a granting sentence introduces."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial

from extract.patterns import cased, pattern
from extract.pipes.money.cells import Cell
from extract.pipes.money.contributions import are_contributions, bears_kind, turn
from extract.pipes.money.cues import granted_above, proposes
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.kinds import is_part_of_lead
from extract.pipes.money.line_cells import has_unit, is_told, lines
from extract.pipes.money.list_leads import grant_words, grants, is_plan, lead_of
from extract.pipes.money.plan import PlanLine, plan_of
from extract.pipes.money.rows import (
    name_cell,
    row_draft,
    row_organisation,
    set_receiver,
    title_of,
)
from extract.pipes.money.totals import headings
from extract.pipes.money.years import near_years
from extract.pipes.name_ends import name_part
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

_PUBLIC = frozenset(("state", "local_authority"))
#: A list has at least so many rows.
_FEWEST = 2
#: A line so long may be full: the name it begins goes on below.
_FULL = 60
#: As many lines of remarks may stand between two of its rows.
_REMARKS = 3


def read_lists(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """Lists "- name : amount" that a granting sentence introduces; consecutive lines are one table."""
    groups: list[list[re.Match[str]]] = []
    for match in _list_rows(text, reading.folded):
        if any(s < match.end() and e > match.start() for s, e in taken):
            continue
        if groups and _together(reading, groups[-1][-1], match):
            groups[-1].append(match)
        else:
            groups.append([match])
    tables: list[GrantTable] = []
    for group in groups:
        table = _read_list(reading, text, group, number + len(tables))
        if table:
            tables.append(table)
    return tables


def _list_rows(text: str, folded: str) -> list[re.Match[str]]:
    """Lines of the form "- Association Horizon : 500 €" "Horizon ………… 500 €", or "• Horizon, 500 €"."""
    found = []
    for start, end in lines(text):
        if not has_unit(folded, start, end):
            continue
        match = pattern("tables", "row.list").match(folded, start, end)
        if match is None:
            match = pattern("tables", "row.list_reckoned").match(folded, start, end)
        if match is None:
            match = pattern("tables", "row.list_bare").match(folded, start, end)
        if match is None:
            match = pattern("tables", "row.list_comma").match(folded, start, end)
            match = (
                match
                if match
                and (text[match.start("name")].isupper() or pattern("tables", "row.to_whom").match(match["name"]))
                else None
            )
        if match is None:
            match = pattern("tables", "row.list_bracket").match(folded, start, end)
        if match is None and (match := pattern("tables", "row.list_first").match(folded, start, end)):
            first = cased("tables", "cased.capital").search(text[slice(*match.span("name"))])  # "à L'Outil en main"
            match = match if first and name_part(match["name"]) > first.start() else None
        name = pattern("tables", "row.to").sub("", match["name"].strip(" *-•")) if match else ""
        if match is None or _tells_several(folded, match) or "|" in name.strip("| ") or pattern("tables", "row.scale").match(match["rest"]):
            continue
        if not pattern("tables", "row.not_a_name").match(name) and not is_told(name):
            found.append(match)
    return found


def _tells_several(folded: str, row: re.Match[str]) -> bool:
    """Whether a line goes on with who gets its first sum, and with another: "Abris : 500 € à X ; trottoirs : 300 € à Y"."""
    given = pattern("tables", "row.given_to").match(folded, *row.span("rest"))
    return given is not None and row.start("name") < row.start("amount") and "€" in row["rest"]


def _together(reading: Reading, above: re.Match[str], below: re.Match[str]) -> bool:
    """Whether nothing but stamps, the headings of parts, and remarks stands between two lines of a list."""
    between = [line for line in reading.folded[above.end() : below.start()].splitlines() if line.strip()]
    told = [
        line
        for line in between
        if not pattern("tables", "row.furniture").match(line) and not pattern("tables", "row.rubric").fullmatch(line)
    ]
    return not told or (_mark(above) != "" and _mark(above) == _mark(below) and _remarks(told))


def _mark(row: re.Match[str]) -> str:
    """What opens a line of a list: "-", "•", "" for none."""
    opened = pattern("tables", "row.opened").match(row.group())
    return opened["mark"] if opened else ""


def _remarks(told: list[str]) -> bool:
    """Whether lines between two rows only go on with the first one, or remark on it: no sum, lead, row or decision."""
    return len(told) <= _REMARKS and not any(
        pattern("tables", "row.not_remark").search(line) or pattern("tables", "row.item").match(line) for line in told
    )


def _read_list(reading: Reading, text: str, group: list[re.Match[str]], number: int) -> GrantTable | None:
    """The grants of one list, None where its lead grants nothing."""
    lead = lead_of(reading, group)
    return read_rows(reading, text, group, number, lead) if lead is not None else None


def read_rows(reading: Reading, text: str, group: list[re.Match[str]], number: int, lead: str) -> GrantTable | None:
    """The grants of rows that ``lead`` introduces, None where it grants nothing."""
    first = reading.sentences[reading.sentence_at(group[0].start())]
    if is_plan(lead, group):
        return _read_plan(reading, text, group, number)
    if pattern("tables", "status.recalled").search(lead) and not proposes(lead):
        return _recalled(reading, text, group)
    if _are_parts(reading, group):
        return None
    dues = are_contributions(reading, lead)
    if not dues and _shared(reading, text, group):
        return _read_plan(reading, text, group, number)
    granting = grants(reading, lead, first.section, group) or _reckoned(reading, group)
    if not dues and (not granting or (len(group) < _FEWEST and not grant_words(lead))):
        return None
    drafts: list[Draft] = []
    total: Decimal | None = None
    heads = _headings(text, group)
    for rank, match in enumerate(group):
        if rank in heads:
            continue
        cell, figure = (
            _cell(text, _name_start(reading, match), match.end("name")),
            Cell(text[slice(*match.span("amount"))], *match.span("amount")),
        )
        value = figure.value
        if value is None:
            continue
        if pattern("tables", "row.total").match(fold(cell.text).lstrip(" -*•")):
            total = value
            continue
        draft = row_draft(reading, [cell, figure], value, number, group[0].start())
        draft.rule, draft.spans = "list_row", [match.span()]
        if own := near_years(reading, match.end("amount"), match.end("amount"), match.end("amount"), match.end()):
            draft.first, draft.last = own  # "12 000 € à la compagnie Horizon, pour l'édition 2022"
        if given := _given(reading, match):
            draft.purpose, cell = cell.text, given
        bare = _bare(text, cell)
        bare = _whole_club(reading, bare) if match.start("amount") < match.start("name") else bare
        commune = dues and not bears_kind(bare.text)
        set_receiver(reading, draft, cell, partial(row_organisation, reading, bare, commune=commune))
        if dues:
            turn(reading, draft)
        drafts.append(draft)
    return GrantTable(drafts, total, group[0].start(), group[-1].end()) if drafts or heads else None


def _headings(text: str, group: list[re.Match[str]]) -> set[int]:
    """The rows that head those below them: by their sums and words, or without the mark that all below them have."""
    values = [Cell(text[slice(*m.span("amount"))], *m.span("amount")).value for m in group]
    names = [text[slice(*m.span("name"))] for m in group]
    return headings(values, names)


def _given(reading: Reading, row: re.Match[str]) -> Cell | None:
    """Who gets the sum of a row that a label opens: "Aide à la licence : 273 € au CGS de Lesse"; None elsewhere."""
    given = pattern("tables", "row.rest_given").match(reading.folded, *row.span("rest"))
    if given is None or row.start("amount") < row.start("name"):
        return None
    cell = _cell(reading.text, *given.span("name"))
    body = pattern("tables", "row.generic_head").match(fold(cell.text)) is not None
    return cell if body or cell.text[:1].isupper() or cell.text[:1] in '«"“' else None


def _name_start(reading: Reading, row: re.Match[str]) -> int:
    """Where the name of a row begins: on the line above where that was full, in a list without marks."""
    start = row.start("name")
    line = reading.folded.rfind("\n", 0, start) + 1
    if line == 0 or _mark(row) or row.start("amount") < start or reading.folded[line:start].strip():
        return start
    above = reading.folded.rfind("\n", 0, line - 1) + 1
    words = reading.folded[above : line - 1].rstrip()
    unfinished = len(words) >= _FULL and not words.endswith((":", ";", ".", ",", ")")) and "€" not in words
    named = reading.text[above : above + 1].isupper() or pattern("tables", "row.generic_head").match(words)
    within_title = reading.sentences[reading.sentence_at(above)].section == "title"
    forms = (("row", "said"), ("row", "item"), ("status", "following"), ("status", "proposals"))
    sentence = "euro" in words or any(pattern("tables", f"{table}.{name}").search(words) for table, name in forms)
    return above if unfinished and named and not within_title and not sentence else start


def _reckoned(reading: Reading, group: list[re.Match[str]]) -> bool:
    """Whether rows tell how the grants that the decision takes up are reckoned: "École X : 94 élèves x 8 € = 752 €"."""
    told = all(pattern("tables", "row.list_reckoned").match(row.group()) for row in group)
    return told and len(group) >= _FEWEST and granted_above(reading)


def _are_parts(reading: Reading, group: list[re.Match[str]]) -> bool:
    """Whether rows tell what the parts of one grant are for, not who gets them: "190 000 € pour l'incubateur X"."""
    return all(pattern("tables", "row.for_what").match(row.group()) for row in group) and is_part_of_lead(
        reading, reading.sentences[reading.sentence_at(group[0].start())]
    )


def _shared(reading: Reading, text: str, group: list[re.Match[str]]) -> bool:
    """Whether rows tell who bears a cost: the deliberating body, which grants nothing to itself, and other public ones.

    "État : 7 500 000 € / Région : 6 200 000 € / Métropole : 2 400 000 €".
    """
    cells = [_bare(text, _cell(text, *match.span("name"))) for match in group]
    named = [reading.organisations.at(cell.start) or reading.organisations.find(cell.text) for cell in cells]
    others = [o for o in named if o is not None and o is not reading.authority and o.kind in _PUBLIC]
    return reading.authority is not None and reading.authority in named and bool(others)


def _recalled(reading: Reading, text: str, group: list[re.Match[str]]) -> GrantTable | None:
    """A list of what was given before: its rows name organisations and grant nothing."""
    if len(group) < _FEWEST or not pattern("tables", "status.associations").search(title_of(reading)):
        return None
    for match in group:
        cell = _cell(text, *match.span("name"))
        if not pattern("tables", "row.total").match(fold(cell.text)):
            row_organisation(reading, cell)
    return GrantTable([], None, group[0].start(), group[-1].end())


def _read_plan(reading: Reading, text: str, group: list[re.Match[str]], number: int) -> GrantTable | None:
    """A plan de financement told as a list: "État - DSIL : 150 000 €"."""
    found = []
    for match in group:
        label, figure = _cell(text, *match.span("name")), _cell(text, *match.span("amount"))
        found.append(PlanLine(label, figure, fold(label.text + " " + match["rest"]), ""))
    return plan_of(reading, found, number, (group[0].start(), group[-1].end()))


def _bare(text: str, cell: Cell) -> Cell:
    """A cell without what stands before its name ("à l'association Horizon") and what it tells of it after a comma."""
    before = cased("tables", "cased.to").match(cell.text)
    start = cell.start + (len(before.group()) if before else 0)
    told = cased("tables", "cased.told_of").search(text, start, cell.end)
    return _cell(text, start, told.start() if told else cell.end)


def _whole_club(reading: Reading, cell: Cell) -> Cell:
    """The club of "la section tennis de table de l'Amicale laïque", where it is known: a section is no body."""
    if pattern("tables", "row.section").match(fold(cell.text)):
        cell = name_cell(reading, cell)
        for start, end, _ in reading.organisations.mentions_from(cell.start + 1, cell.end):
            if end == cell.end:
                return _cell(reading.text, start, end)
    return cell


def _cell(text: str, start: int, end: int) -> Cell:
    return Cell(squeeze(text[start:end]), start, end)
