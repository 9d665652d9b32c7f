"""Sums told in one order and their parties in another: "respectivement 5 000 € et 7 500 € à l'ADIL et au CIDFF"."""

from __future__ import annotations

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.draft import Draft
from extract.pipes.money.weigh import PLACED
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said, said_after
from extract.pipes.those import those


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


def _those(reading: Reading, sentence: Sentence, count: int) -> list[Organisation]:
    """Those named above whom a plural of the sentence means, where there are as many: "à ces deux clubs"."""
    these = finder("fundings", "shared.these").search(reading.text_of(sentence))
    if these is None:
        return []
    found = those(reading, sentence.start, sentence.start + these.start(), these["count"])
    return found if len(found) == count else []


def _give(draft: Draft, organisation: Organisation) -> None:
    """Give a sum to its own party: as surely, in a decision, as what one sentence gives to one."""
    draft.beneficiary, draft.how = organisation, "stated"
    if draft.status == "awarded" and draft.section == "decision":
        draft.sure = max(draft.sure or 0, PLACED)


def share_out(reading: Reading, sentence: Sentence, drafts: list[Draft]) -> None:
    """Give each sum of a sentence its own party, where as many organisations as sums are listed once."""
    if len(drafts) < 2:
        return
    first, last = drafts[0].position, drafts[-1].position
    after = [r for r in _list(reading, last, sentence.end) if len(r) == len(drafts)]
    before = [r for r in _list(reading, sentence.start, first) if len(r) == len(drafts)]
    if len(after) == 1:
        for draft, organisation in zip(drafts, after[0], strict=True):
            _give(draft, organisation)
    elif (named_above := _those(reading, sentence, len(drafts))) and not after + before:
        for draft, organisation in zip(drafts, named_above, strict=True):
            _give(draft, organisation)
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
                _give(draft, organisation)
            elif pays:
                draft.funder = organisation
                draft.passing = draft.section == "body"
