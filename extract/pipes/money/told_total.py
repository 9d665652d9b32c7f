"""Instalments of the grant that their paragraph tells: "la subvention est ramenée à 104 000 €. Il reste à verser …"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pipes.model import within
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading


def tie_to_told(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Tie an instalment that names nobody to the only grant whose sum its paragraph tells before it.

    The decision may tell that grant far below, and others nearer to the instalment.
    """
    wholes = [d for d in drafts if d.status == "awarded" and not d.part and d.parent is None and d.value]
    for part in drafts:
        if not part.part or part.status != "awarded" or part.parent is not None:
            continue
        if part.beneficiary is not None and part.how != "subject":
            continue  # its own words name somebody, who is not only guessed from the title
        total = _told_before(reading, part, wholes)
        if total is not None and not _is_told_twice(part, total, drafts):
            part.parent, part.how = total, "part"
            part.beneficiary, part.funder, part.private_name = total.beneficiary, total.funder, total.private_name
            if part.first is None:
                part.first, part.last = total.first, total.last


def _is_told_twice(part: Draft, total: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the same sum is told again of whoever receives the total: "dont un acompte de 19 000 €" below."""
    twins = (d for d in drafts if d is not part and d.part and d.value == part.value)
    return any(d.parent is total or d.beneficiary is total.beneficiary for d in twins)


def _told_before(reading: Reading, part: Draft, wholes: Sequence[Draft]) -> Draft | None:
    at = reading.sentence_at(part.position)
    paragraph = reading.sentences[at].paragraph
    while at and reading.sentences[at - 1].paragraph == paragraph:
        at -= 1
    sums = within(reading.amounts, reading.sentences[at].start, part.position)
    told = {each.value.value for each in sums if part.value and each.value.value > part.value}
    found = [d for d in wholes if d.value in told]
    return found[0] if len(found) == 1 and found[0].beneficiary is not None else None
