"""One sum told to several at once, none of whom gets it alone: "100 € aux associations suivantes : A, B"."""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.model import Sentence, within
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

#: A sum and a part of it; how sure a sum is that nobody gets.
_FEWEST, _OF_NOBODY = 2, 0.5
_JOINED = re.compile(r",|;|\bet\b")


def leave_shared(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts, without a beneficiary where the plural that receives stands before the names of several."""
    for draft in drafts:
        sentence = reading.sentences[reading.sentence_at(draft.position)]
        alone = len(within(reading.amounts, sentence.start, sentence.end)) == 1
        told = draft.table is None and draft.beneficiary is not None and not draft.split
        if told and ((alone and _is_one_of_several(reading, draft, sentence)) or _is_split(reading, draft)):
            draft.beneficiary, draft.how = None, "shared"
        elif told and not alone and _is_whole(reading, draft, sentence):
            draft.beneficiary, draft.how, draft.sure = None, "shared", _OF_NOBODY
    return drafts


def _is_split(reading: Reading, draft: Draft) -> bool:
    """Whether a sum is that of several, of whom one was taken for its receiver: "1 200 € répartis entre X, Y et Z"."""
    amount = next((a for a in reading.amounts if a.start == draft.position), None)
    return (
        amount is not None and pattern("fundings", "shared.split_between").match(reading.folded, amount.end) is not None
    )


def _is_whole(reading: Reading, draft: Draft, sentence: Sentence) -> bool:
    """Whether a sum goes to several, parts of it to those named behind it: "900 € aux clubs, dont 300 € à X"."""
    sums = within(reading.amounts, draft.position, sentence.end)
    if len(sums) < _FEWEST or pattern("fundings", "shared.of_several").match(reading.folded, sums[0].end) is None:
        return False
    named = [start for start, _, o in mentions_in(reading, sentence.start, sentence.end) if o is draft.beneficiary]
    return all(start > sums[1].start for start in named)


def _is_one_of_several(reading: Reading, draft: Draft, sentence: Sentence) -> bool:
    """Whether a beneficiary is an item of the list that a plural ("aux associations", "aux deux clubs") opens."""
    if pattern("fundings", "shared.each").search(reading.text_of(sentence)):
        return False
    opening = pattern("fundings", "shared.several").search(reading.folded, sentence.start, sentence.end)
    if opening is None:
        return False
    closing = pattern("fundings", "shared.list_ends").search(reading.folded, opening.end(), sentence.end)
    last = closing.start() if closing else sentence.end
    inside = any(o is draft.beneficiary for _, _, o in mentions_in(reading, opening.end(), last))
    return inside and _JOINED.search(reading.folded, opening.end(), last) is not None
