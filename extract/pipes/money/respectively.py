"""Sums told in one order and their parties in another: "respectivement 5 000 € et 7 500 € à l'ADIL et au CIDFF"."""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said, said_after


def _list(reading: Reading, start: int, end: int) -> list[list[Organisation]]:
    """Runs of organisations that commas and "et" join in a stretch."""
    runs: list[list[Organisation]] = []
    position = -1
    for begin, stop, organisation in mentions_in(reading, start, end):
        joined = position >= 0 and pattern("fundings", "shared.joined").fullmatch(reading.folded, position, begin)
        if joined:
            runs[-1].append(organisation)
        else:
            runs.append([organisation])
        position = stop
    return runs


def share_out(reading: Reading, sentence: Sentence, drafts: list[Draft]) -> None:
    """Give each sum of a sentence its own party, where as many organisations as sums are listed once."""
    if len(drafts) < 2:
        return
    first, last = drafts[0].position, drafts[-1].position
    after = [r for r in _list(reading, last, sentence.end) if len(r) == len(drafts)]
    before = [r for r in _list(reading, sentence.start, first) if len(r) == len(drafts)]
    if len(after) == 1:
        for draft, organisation in zip(drafts, after[0], strict=True):
            draft.beneficiary, draft.how = organisation, "stated"
    elif len(before) == 1:
        named = mentions_in(reading, sentence.start, first)
        opening = next(s for s, _, o in named if o is before[0][0])
        closing = next(e for _, e, o in named if o is before[0][-1])
        receives = said(reading, "receives", opening, sentence.start) or said_after(
            reading, "gets", closing, sentence.end
        )
        pays = said_after(reading, "pays", closing, sentence.end)
        for draft, organisation in zip(drafts, before[0], strict=True):
            if receives:
                draft.beneficiary, draft.how = organisation, "stated"
            elif pays:
                draft.funder = organisation
                draft.passing = draft.section == "body"
