"""Tables of what one body carries, whose sums are not what the act gives it: its operations, with their costs.

"| Opération | Maître d'ouvrage | Coût | Enveloppe |" names the syndicate in each row; the decision gives it something
else: "le versement au Syndicat d'une participation de 96 400 €", which no row has and the rows do not add up to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading

_FEWEST = 2


def leave_works(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Take the rows of such a table for costs, which nobody is given; see above."""
    tables: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.table is not None and draft.status == "awarded" and draft.value is not None:
            tables[draft.table].append(draft)
    for rows in tables.values():
        carrier = rows[0].beneficiary
        if carrier is None or len(rows) < _FEWEST or not all(_carries(reading, carrier, row) for row in rows):
            continue
        values = [row.value or Decimal(0) for row in rows]
        sums = {*values, sum(values)}
        given = [d for d in drafts if d.beneficiary is carrier and d.funder is reading.authority and _is_decided(d)]
        if given and not any(d.value in sums for d in given):
            for row in rows:
                row.status, row.rule, row.beneficiary, row.how = "budgeted", "budgeted", None, "none"


def _carries(reading: Reading, carrier: Organisation, row: Draft) -> bool:
    """Whether a row itself names the body; the years of one grant, "2026 : 48 000 €", do not."""
    named = (body for start, end in row.spans for _, _, body in reading.organisations.mentions_from(start, end))
    return row.beneficiary is carrier and any(body is carrier for body in named)


def _is_decided(draft: Draft) -> bool:
    """Whether a sentence of the decision gives a sum."""
    told = draft.table is None and draft.section == "decision" and draft.parent is None
    return told and draft.status == "awarded" and draft.value is not None
