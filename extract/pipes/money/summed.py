"""Parts of a grant that the exposé tells of the body that is given it: "OGEC X : 40 et 75 élèves, soit 900 € et 800 €".

The decision grants what they come to. That the sums add up to the grant of the very body whom their item opens with
leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.patterns import pattern
from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.draft import Draft
from extract.pipes.money.parts import instalments
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_SEVERAL = 2


def tell_summed(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add to a grant of the decision the parts that an item of the exposé tells of whoever receives it."""
    divided = {id(draft.parent) for draft in drafts if draft.parent is not None}
    found: list[Draft] = []
    for whole in drafts:
        if whole.status != "awarded" or whole.section != "decision" or whole.part or id(whole) in divided:
            continue
        parts = _parts_of(reading, whole)
        found += instalments(reading, whole, parts, drafts) if parts else []
    return drafts + found


def _parts_of(reading: Reading, whole: Draft) -> Sequence[Found[Amount]]:
    """The sums of the one item of the exposé that tells what a grant is made of."""
    body = whole.beneficiary
    if body is None or body is reading.authority or not whole.value:
        return ()
    items = {reading.sentence_at(start) for start, _ in body.mentions}
    told = [reading.sentences[at] for at in sorted(items) if reading.sentences[at].section == "body"]
    found = [sums for sentence in told if (sums := _sums(reading, sentence, whole))]
    return found[0] if len(found) == 1 else ()


def _sums(reading: Reading, sentence: Sentence, whole: Draft) -> Sequence[Found[Amount]]:
    """The sums of a sentence that opens with whoever receives a grant, and ends with "soit 900 € et 800 €"."""
    opening = mentions_in(reading, sentence.start, sentence.end)
    sums = within(reading.amounts, sentence.start, sentence.end)
    if not opening or opening[0][2] is not whole.beneficiary or len(sums) < _SEVERAL or opening[0][1] > sums[0].start:
        return ()
    before, behind = reading.folded[sentence.start : sums[0].start], reading.folded[sums[-1].end : sentence.end]
    apart = (reading.folded[one.end : other.start] for one, other in pairwise(sums))
    joined = all(pattern("fundings", "proportion.and").fullmatch(words) for words in apart)
    told = pattern("fundings", "said.that_is").search(before) is not None and not any(map(str.isalpha, behind))
    return sums if joined and told and sum(each.value.value for each in sums) == whole.value else ()
