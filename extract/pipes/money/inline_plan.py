"""Plans de financement that lost their lines: "ADEME (travaux) 130 400 € 80 % Autofinancement 32 600 € 20 %".

In the text after "plan de financement", a sum that a rate follows and the name of a funder or of the authority's own
means stands before is a line of the plan.
"""

from __future__ import annotations

from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.model import Amount, Found
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.plan import name_with_fund
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_REACH, _NEAR, _AFTER = 2_500, 60, 14
_PUBLIC = ("state", "local_authority", "public_establishment")


def read_inline_plan(reading: Reading, taken: list[tuple[int, int]], number: int) -> GrantTable | None:
    """The plan whose lines no table holds, None where the text tells none: its own lines, and its total as the cost.

    Its other sums are expenses: the stretch of the plan is not read as sentences.
    """
    headings = [found.end() for found in pattern("tables", "inline.heading").finditer(reading.folded)]
    drafts: list[Draft] = []
    total: Draft | None = None
    for index, amount in enumerate(reading.amounts):
        begin = max((h for h in headings if h <= amount.start < h + _REACH), default=None)
        if begin is None or any(s <= amount.start < e for s, e in taken):
            continue
        left = max(begin, amount.start - _NEAR, reading.amounts[index - 1].end if index else 0)
        if pattern("tables", "inline.total").search(reading.folded[left : amount.start]):
            total = total or _line(reading, amount, None, number, left)
            continue
        funder = _funder(reading, left, amount)
        if funder is not None and _rated(reading, amount) and not _told(drafts, funder, amount.value.value):
            drafts.append(_line(reading, amount, funder, number, left))
    if not drafts:
        return None
    start = max(h for h in headings if h <= drafts[0].position)
    return GrantTable([*drafts, *([total] if total else [])], None, start, drafts[-1].spans[0][1])


def _rated(reading: Reading, amount: Found[Amount]) -> bool:
    """Whether a rate follows the sum: "130 400 € 80 %"."""
    return pattern("tables", "inline.rate").match(reading.folded, amount.end, amount.end + _AFTER) is not None


def _funder(reading: Reading, left: int, amount: Found[Amount]) -> Organisation | None:
    """Who the words right before a sum name: the authority by its own means, or a public body."""
    if pattern("tables", "inline.own").search(reading.folded[left : amount.start]):
        return reading.authority
    named = [m for m in mentions_in(reading, left, amount.start) if m[2].kind in _PUBLIC]
    if not named:
        return None
    begin, end, organisation = named[-1]
    name_with_fund(reading, organisation, reading.text[begin : amount.start])
    return organisation if pattern("tables", "inline.between").fullmatch(reading.folded, end, amount.start) else None


def _told(drafts: list[Draft], funder: Organisation, value: Decimal) -> bool:
    return any(d.funder is funder and d.value == value for d in drafts)


def _line(reading: Reading, amount: Found[Amount], funder: Organisation | None, number: int, left: int) -> Draft:
    """A line of the plan; without a funder it is the whole cost."""
    return Draft(
        "budgeted", "subsidy", "plan_line" if funder else "plan_total", amount.start, "body", amount=amount.value,
        funder=funder, beneficiary=reading.authority if funder else None, how="authority" if funder else "none",
        table=number, spans=[(left, amount.end)],
    )  # fmt: skip
