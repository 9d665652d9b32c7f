"""Aids to persons whom an act does not name, file by file: "Dossier 24-118 : facture d'électricité – 214,60 €".

A natural person receives, whom nothing identifies; what is refused, put off or lent is left to others.
"""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.money.cells import Cell
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.line_cells import has_unit, lines
from extract.pipes.money.list_rows import cell_at
from extract.pipes.money.rows import row_draft
from extract.pipes.reading import Reading

#: A case alone, among other items, is read as a sentence.
_FEWEST = 2


def read_cases(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """The aids told file by file, each a table of one row, where the body decides on them."""
    if not _decided(reading):
        return []
    opened = pattern("tables", "cases.opened")
    free = ((s, e) for s, e in lines(text) if not any(begin < e and end > s for begin, end in taken))
    files = [(start, end) for start, end in free if opened.match(reading.folded, start, end)]
    rows = [_row(reading, place) for place in files] if len(files) >= _FEWEST else []
    told = [row for row in rows if row is not None] or _cards(reading, taken)
    drafts = [draft for row in told if (draft := _aid(reading, text, row, number)) is not None]
    return [GrantTable([draft], None, *draft.spans[0]) for draft in drafts]


def _decided(reading: Reading) -> bool:
    """Whether the decision grants aids to persons, or takes up what was proposed for them."""
    decided = [sentence for sentence in reading.sentences if sentence.section == "decision"]
    granted = pattern("tables", "cases.granted")
    return any(granted.search(reading.text_of(sentence)) for sentence in decided)


def _row(reading: Reading, place: tuple[int, int]) -> re.Match[str] | None:
    """A line that grants a sum to its case; None where it names no sum, or refuses, puts off or lends one."""
    if not has_unit(reading.folded, *place) or pattern("tables", "cases.refused").search(reading.folded, *place):
        return None
    return pattern("tables", "cases.line").match(reading.folded, *place)


def _cards(reading: Reading, taken: list[tuple[int, int]]) -> list[re.Match[str]]:
    """Files of several lines, each with one sum of ours, of persons whom they tell by what they are."""
    person, refused = pattern("tables", "cases.person"), pattern("tables", "cases.refused")
    found = [
        card
        for card in pattern("tables", "cases.card").finditer(reading.folded)
        if person.search(card["told"]) and not refused.search(card["told"]) and not refused.search(card["rest"])
        if not any(begin < card.end() and end > card.start() for begin, end in taken)
    ]
    return found if len(found) >= _FEWEST else []


def _aid(reading: Reading, text: str, row: re.Match[str], number: int) -> Draft | None:
    """What a file grants to its case; None where its sum is none."""
    figure = cell_at(text, *row.span("amount"))
    if not figure.value:
        return None
    case = Cell(text[slice(*row.span("who"))], *row.span("who"))
    draft = row_draft(reading, [case, figure], figure.value, number, row.start())
    draft.rule, draft.how, draft.spans = "list_row", "anonymous", [row.span()]
    return draft
