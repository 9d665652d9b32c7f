"""Sums that the exposé alone tells, where the decision gives some of its own: oftener history and plans than grants."""

from __future__ import annotations

from collections.abc import Sequence

from extract.patterns import words
from extract.pipes.money.draft import GRANTS, Draft
from extract.pipes.reading import Reading


def mark_beside(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Mark what is told beside what is decided: read less surely, it goes to review (:mod:`extract.confidence`).

    Rows of tables and lists, shares and instalments are not meant: a decision takes them up without their sums.
    """
    given = [d for d in drafts if d.status == "awarded"]
    decided = {id(d) for d in given if d.beneficiary is not None and _is_decided(reading, d)}
    if not decided:
        return
    for draft in given:
        single = draft.table is None and not draft.part and draft.parent is None and draft.kind in GRANTS
        draft.beside = single and draft.how in words("beside", "hows") and not _is_decided(reading, draft)


def _is_decided(reading: Reading, draft: Draft) -> bool:
    return any(reading.sentences[reading.sentence_at(start)].section == "decision" for start, _ in draft.spans)
