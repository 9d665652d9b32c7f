"""Rows that tell a cost before what is given for it: "- SARL Dupont : enseigne. Coût : 900 €. Aide : 300 €".

Or where an operation is and whose: "1) Beuvry, rue Haute – Habitat du Nord : 22 logements. Aide de la CA : 9 000 €".
"""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.money.cells import Cell
from extract.pipes.money.line_cells import has_unit
from extract.pipes.money.plan import is_own
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

#: A line of a cost and what is given for it has so many sums.
_SEVERAL = 2
_FORMS = ("row.list_costed", "row.list_operation", "row.list_labelled", "row.list_costed_last")
#: The forms of which the last sum is the one given, whatever stands before it.
_LAST = ("row.list_labelled", "row.list_costed_last")


def costed_row(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line as such a row, its sum the one given; None where it is none."""
    if not has_unit(folded, start, end):
        return None
    found = (pattern("tables", form).match(folded, start, end) for form in _FORMS)
    return next((row for row in found if row is not None), None)


def labelled_row(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line of several sums, the last of which its label calls a grant: "…, 9 000 € HT. Fonds de concours : 300 €".

    Or "facture 9 000 € : 300 €".
    """
    row = costed_row(folded, start, end) if folded.count("€", start, end) >= _SEVERAL else None
    return row if row is not None and any(row.re is pattern("tables", form) for form in _LAST) else None


def tells_cost_first(row: re.Match[str]) -> bool:
    """Whether a row tells the cost, then what is given: "Garage de la Poste – dépenses 8 450 € – aide 1 690 €"."""
    return row.re is pattern("tables", "row.list_costed_last")


def are_costed(rows: list[re.Match[str]]) -> bool:
    """Whether all the rows of a list say of their sums themselves that they are aids."""
    return all(_is_costed(row) for row in rows)


def _is_costed(row: re.Match[str]) -> bool:
    return any(row.re is pattern("tables", form) for form in _FORMS)


def given_by_others(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether one of such rows says that another than the deliberating body gives: "Aide de la Région : 300 €"."""
    return are_costed(rows) and any(_payer(row) is not None and not _is_ours(reading, row) for row in rows)


def give_themselves(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether each of such rows says that the deliberating body gives its sum: "aide de la communauté 300 €"."""
    return are_costed(rows) and all(_payer(row) is not None and _is_ours(reading, row) for row in rows)


def are_taken_up(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether the decision names all the bodies whose operations rows tell; rows of other forms need it not."""
    told = [row for row in rows if row.re is pattern("tables", "row.list_operation")]
    decided = [s for s in reading.sentences if s.section == "decision"] if told else []
    named = {id(o) for s in decided for _, _, o in mentions_in(reading, s.start, s.end)}
    return all(
        any(id(o) in named for _, _, o in mentions_in(reading, *row.span("name")))
        or any(row["name"].strip() in reading.text_of(s) for s in decided)
        for row in told
    )


def _payer(row: re.Match[str]) -> re.Match[str] | None:
    return pattern("tables", "row.costed_payer").search(row.group()[: row.start("amount") - row.start()])


def _is_ours(reading: Reading, row: re.Match[str]) -> bool:
    payer = _payer(row)
    return payer is not None and is_own(reading, Cell(payer.group(), *payer.span()))
