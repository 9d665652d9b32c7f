"""Sums that the exposé alone tells, where the decision gives some of its own: oftener history and plans than grants."""

from __future__ import annotations

from collections.abc import Sequence

from extract.patterns import words
from extract.pipes.money.cues import granted_above, proposes
from extract.pipes.money.draft import GRANTS, Draft
from extract.pipes.reading import Reading


def mark_beside(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Mark what is told beside what is decided: read less surely, it goes to review (:mod:`extract.confidence`).

    Rows of tables and lists, shares and instalments are not meant: a decision takes them up without their sums; nor is
    what the exposé proposes where the decision approves "les subventions énumérées ci-dessus".
    """
    above = granted_above(reading)
    given = [d for d in drafts if d.status == "awarded"]
    decided = {id(d) for d in given if d.beneficiary is not None and _is_decided(reading, d)}
    if not decided:
        return
    for draft in given:
        single = draft.table is None and not draft.part and draft.parent is None and draft.kind in GRANTS
        told = single and draft.how in words("beside", "hows") and not _is_decided(reading, draft)
        draft.beside = told and not (above and _is_proposed(reading, draft))


def _is_proposed(reading: Reading, draft: Draft) -> bool:
    return any(proposes(reading.text_of(reading.sentences[reading.sentence_at(start)])) for start, _ in draft.spans)


def _is_decided(reading: Reading, draft: Draft) -> bool:
    return any(reading.sentences[reading.sentence_at(start)].section == "decision" for start, _ in draft.spans)
