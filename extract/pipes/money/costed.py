"""Rows that tell a cost before what is given for it: "- SARL Dupont : enseigne. Coût : 900 €. Aide : 300 €"."""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.money.cells import Cell
from extract.pipes.money.line_cells import has_unit
from extract.pipes.money.plan import is_own
from extract.pipes.reading import Reading


def costed_row(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line as such a row, its sum the one given; None where it is none."""
    return pattern("tables", "row.list_costed").match(folded, start, end) if has_unit(folded, start, end) else None


def are_costed(rows: list[re.Match[str]]) -> bool:
    """Whether all the rows of a list say of their sums themselves that they are aids."""
    return all(row.re is pattern("tables", "row.list_costed") for row in rows)


def given_by_others(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether one of such rows says that another than the deliberating body gives: "Aide de la Région : 300 €"."""
    if not are_costed(rows):
        return False
    payers = (
        pattern("tables", "row.costed_payer").search(row.group()[: row.start("amount") - row.start()]) for row in rows
    )
    return any(payer is not None and not is_own(reading, Cell(payer.group(), *payer.span())) for payer in payers)
