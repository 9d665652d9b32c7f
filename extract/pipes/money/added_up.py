"""Sums that only add up others: totals of an act, of years, of rows; a total paid in instalments names whom they do."""

from __future__ import annotations

from extract.pipes.money.draft import Draft


def drop_sums(drafts: list[Draft]) -> list[Draft]:
    """A sum without beneficiary that adds up the act's other awards is their total; so is one that adds up years.

    What a row of a table of years comes to ("soit, sur la durée de la convention, 36 500 € pour X") is told, not given.
    """
    drafts = [d for d in drafts if not _sums_years(d, drafts) and not _sums_rows(d, drafts)]
    named = [d for d in drafts if d.status == "awarded" and d.how != "none" and d.value and d.parent is None]
    total = sum(d.value for d in named if d.value)
    if len(named) < 2:
        return drafts
    paid = _paid_in(named)
    for draft in drafts:
        if paid is not None and draft.status == "awarded" and draft.how == "none" and draft.value == total:
            draft.beneficiary, draft.how, draft.sure = paid.beneficiary, paid.how, paid.sure
    return [d for d in drafts if d.status != "awarded" or d.how != "none" or d.value != total or d.private_name]


def _sums_years(total: Draft, drafts: list[Draft]) -> bool:
    """Whether a sum only adds up those of single years told before it: "10 000 € en 2024, 11 000 € en 2025, soit"."""
    if total.status != "awarded" or total.table is not None or not total.value or not total.spans:
        return False
    before = [
        d for d in drafts
        if d is not total and d.status == "awarded" and d.value and d.spans[:1] == total.spans[:1]
        and d.position < total.position and d.beneficiary is total.beneficiary
    ]  # fmt: skip
    years = {d.first for d in before if d.first is not None and d.first == d.last}
    return len(before) > 1 and len(years) == len(before) and sum(d.value for d in before if d.value) == total.value


def _sums_rows(total: Draft, drafts: list[Draft]) -> bool:
    """Whether a sum told beside a table only adds up what the table gives the same body year by year."""
    if total.status != "awarded" or total.table is not None or not total.value or total.beneficiary is None:
        return False
    if total.section == "decision":
        return False  # it is granted, and its years are parts of it
    rows = [
        d for d in drafts
        if d.table is not None and d.status == "awarded" and d.value and d.beneficiary is total.beneficiary
        and d.first is not None and d.first == d.last
    ]  # fmt: skip
    years = {d.first for d in rows}
    return 1 < len(years) == len(rows) and sum(d.value for d in rows if d.value) == total.value


def _paid_in(parts: list[Draft]) -> Draft | None:
    """One of the instalments of one body, where sums are nothing else: "680 €. Elle est versée à X en deux fois"."""
    bodies = {d.beneficiary.id if d.beneficiary is not None else "" for d in parts}
    return parts[0] if len(bodies) == 1 and "" not in bodies and all(d.part for d in parts) else None
