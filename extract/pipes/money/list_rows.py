"""One row of a list of money, "- name : amount": whose it is, for which year, what it is for."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial

from extract.patterns import cased, pattern
from extract.pipes.model import Amount
from extract.pipes.money.carried import Carried, aided
from extract.pipes.money.cells import Cell
from extract.pipes.money.cells import figure as figure_of
from extract.pipes.money.contributions import bears_kind, turn
from extract.pipes.money.cues import kind_of
from extract.pipes.money.draft import Draft
from extract.pipes.money.rows import filed_body, name_cell, part_of, row_draft, row_organisation, set_receiver
from extract.pipes.money.years import near_years
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

#: A line so long may be full: the name it begins goes on below.
_FULL = 60


def read_row(
    reading: Reading, match: re.Match[str], number: int, top: int, carried: Carried | None = None, *, dues: bool
) -> Draft | Decimal | None:
    """A row as a grant, a total as its sum, None where no sum is read, or nothing is given.

    Of ``dues`` whoever it names pays; of a project who carries it (``carried``) receives.
    """
    text = reading.text
    cell = cell_at(text, _name_start(reading, match), match.end("name"))
    figure = Cell(text[slice(*match.span("amount"))], *match.span("amount"))
    value = figure.value
    if value is None or pattern("tables", "row.total").match(fold(cell.text).lstrip(" -*•")):
        return value
    if pattern("tables", "row.put_off").search(match["rest"]):
        return None
    draft = row_draft(reading, [cell, figure], value, number, top)
    draft.rule, draft.spans = "list_row", [match.span()]
    cell, draft.purpose = filed_body(text, cell)
    if kind_of(fold(cell.text), "") == "membership":
        draft.kind = "membership"  # "Agence d'attractivité (cotisation)"
    if own := near_years(reading, match.end("amount"), match.end("amount"), match.end("amount"), match.end()):
        draft.first, draft.last = own  # "12 000 € à la compagnie Horizon, pour l'édition 2022"
    if carried is not None and carried.own:
        draft.status, draft.rule, draft.how, draft.purpose = "budgeted", "budgeted", "none", carried.purpose
        return draft if value else None  # the authority's own services carry it: nobody is given anything
    if carried is not None:
        draft.purpose, cell = carried.purpose, carried.carrier
    elif given := _given(reading, match) or _carried(reading, cell) or aided(reading, cell):
        draft.purpose, cell = cell.text, given
    bare = bare_cell(text, cell)
    if match.start("amount") < match.start("name") and (told := _for_what(text, bare)):
        bare, draft.purpose = told
    bare = _whole_club(reading, bare) if match.start("amount") < match.start("name") else bare
    commune = (dues or "fonds de concours" in match.group()) and not bears_kind(bare.text)
    set_receiver(reading, draft, cell, partial(row_organisation, reading, bare, commune=commune))
    if dues:
        turn(reading, draft)
    return draft if value else _refused(draft, match)  # "CFA du Bâtiment : 0 €": it is named, and gets nothing


def _refused(draft: Draft, match: re.Match[str]) -> Draft | None:
    """What a row of nothing refuses, where it tells what was asked: "0 € (demande de 3 000 € non retenue)"."""
    asked = pattern("tables", "row.asked_in_vain").match(match["rest"])
    value = figure_of(asked["sum"]) if asked and pattern("tables", "row.refused").search(match["rest"]) else None
    if asked is None or not value:
        return None
    return replace(draft, status="rejected", rule="table_refused", amount=Amount(value, asked["sum"]))


def further_years(reading: Reading, match: re.Match[str], row: Draft) -> list[Draft]:
    """The grants of the years that a row goes on with: "Le Verger : 210 000 € en 2023, 215 000 € en 2024"."""
    found: list[Draft] = []
    if row.status != "awarded" or pattern("tables", "row.of_year").match(reading.folded, match.end("amount")) is None:
        return []
    for told in pattern("tables", "row.year_on").finditer(reading.folded, match.end("amount"), match.end()):
        figure = Cell(reading.text[slice(*told.span("sum"))], *told.span("sum"))
        if figure.value:
            year = int(told["year"])
            amount = Amount(figure.value, figure.text)
            found.append(
                replace(row, amount=amount, position=figure.start, first=year, last=year, spans=list(row.spans))
            )
    return found


def parts_of_row(reading: Reading, match: re.Match[str], row: Draft) -> list[Draft]:
    """The parts of a grant that its row goes on with: "4 800 €, dont 1 800 € pour …", "6 400 € : 4 000 et 2 400 €"."""
    if row.status != "awarded" or row.value is None or match.end("rest") <= match.end("amount"):
        return []
    told = list(pattern("tables", "row.part_sum").finditer(reading.folded, *match.span("rest")))
    figures = [Cell(reading.text[slice(*each.span("sum"))], *each.span("sum")) for each in told]
    values = [figure.value or Decimal(0) for figure in figures]
    named = pattern("tables", "row.part_of_it").match(reading.folded, *match.span("rest")) is not None
    whole = sum(values, Decimal(0)) == row.value and len(values) > 1
    if not all(0 < value < row.value for value in values) or not (whole or (named and sum(values) <= row.value)):
        return []
    return [part_of(row, figure, value) for figure, value in zip(figures, values, strict=True)]


def mark_of(row: re.Match[str]) -> str:
    """What opens a line of a list: "-", "•", "" for none; "1" stands for any number, "a" for any letter."""
    opened = pattern("tables", "row.opened").match(row.group())
    mark = opened["mark"] if opened else ""
    return "1" if mark[:1].isdigit() else "a" if mark[:1].isalpha() else mark


def bare_cell(text: str, cell: Cell) -> Cell:
    """A cell without what stands before its name ("à l'association Horizon") and what it tells of it after a comma."""
    before = cased("tables", "cased.to").match(cell.text)
    start = cell.start + (len(before.group()) if before else 0)
    told = cased("tables", "cased.told_of").search(text, start, cell.end)
    return cell_at(text, start, told.start() if told else cell.end)


def cell_at(text: str, start: int, end: int) -> Cell:
    """The words of a stretch as a cell."""
    return Cell(squeeze(text[start:end]), start, end)


def _for_what(text: str, cell: Cell) -> tuple[Cell, str] | None:
    """Who gets a sum that stands before, and what for: "1 000 € au comité de Lisle pour la foire"; None where untold.

    "Association pour la paix" is a name: what a sum is for stands behind several words.
    """
    found = cased("tables", "cased.for_what").fullmatch(text, cell.start, cell.end)
    return (cell_at(text, *found.span("who")), squeeze(found["purpose"])) if found else None


def _given(reading: Reading, row: re.Match[str]) -> Cell | None:
    """Who gets the sum of a row that a label opens: "Aide à la licence : 273 € au CGS de Lesse"; None elsewhere."""
    given = pattern("tables", "row.rest_given").match(reading.folded, *row.span("rest"))
    if given is None or row.start("amount") < row.start("name"):
        return None
    start, end = given.span("name")
    on = pattern("tables", "row.given_on").match(reading.folded, end, row.end("rest"))
    if on is not None and reading.text[on.start("on")].isupper():
        end = on.end()  # "à Un Temps pour Soi"
    cell = cell_at(reading.text, start, end)
    body = pattern("tables", "row.generic_head").match(fold(cell.text)) is not None
    return cell if body or cell.text[:1].isupper() or cell.text[:1] in '«"“' else None


def _carried(reading: Reading, cell: Cell) -> Cell | None:
    """Who carries a project: "Boîtes à livres (Comité de quartier Nord)"; None where none is named."""
    if pattern("tables", "row.described_by").fullmatch(reading.folded, cell.start, cell.end):
        return None
    told = pattern("tables", "row.carried_by").fullmatch(reading.folded, cell.start, cell.end)
    if told is None or reading.organisations.at(cell.start) is not None:
        return None
    return cell_at(reading.text, *told.span("carrier"))


def _name_start(reading: Reading, row: re.Match[str]) -> int:
    """Where the name of a row begins: on the line above where that was full, in a list without marks."""
    start = row.start("name")
    line = reading.folded.rfind("\n", 0, start) + 1
    if line == 0 or mark_of(row) or row.start("amount") < start or reading.folded[line:start].strip():
        return start
    above = reading.folded.rfind("\n", 0, line - 1) + 1
    words = reading.folded[above : line - 1].rstrip()
    unfinished = len(words) >= _FULL and not words.endswith((":", ";", ".", ",", ")")) and "€" not in words
    named = reading.text[above : above + 1].isupper() or pattern("tables", "row.generic_head").match(words)
    within_title = reading.sentences[reading.sentence_at(above)].section == "title"
    forms = (("row", "said"), ("row", "item"), ("status", "following"), ("status", "proposals"))
    sentence = "euro" in words or any(pattern("tables", f"{table}.{name}").search(words) for table, name in forms)
    return above if unfinished and named and not within_title and not sentence else start


def _whole_club(reading: Reading, cell: Cell) -> Cell:
    """The club of "la section tennis de table de l'Amicale laïque", where it is known: a section is no body."""
    if pattern("tables", "row.section").match(fold(cell.text)):
        cell = name_cell(reading, cell)
        for start, end, _ in reading.organisations.mentions_from(cell.start + 1, cell.end):
            if end == cell.end:
                return cell_at(reading.text, start, end)
    return cell
