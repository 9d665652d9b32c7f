"""Sums that were proposed and then changed by an amendment: what the body adopts in the end has the last word.

"Il est proposé d'attribuer 20 000 € à X. […] L'amendement est adopté. […] La subvention à X est fixée à 25 000 €."
Patterns in ``patterns/fundings.toml`` ([amended]).
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading
from extract.sieve import sieve_of


def drop_amended(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without the grants told only before the last amendment, to bodies that a sum behind it is granted to.

    What the amendment leaves alone stays as it was proposed, and so do instalments and shares.
    """
    drafts = [d for d in drafts if not _is_raised(reading, d, drafts)]
    forms = sieve_of("fundings", "amended.adopted", "amended.fixed").of(reading.folded)
    amended = [
        sentence.start
        for sentence in (reading.sentences if forms else ())
        if sentence.section != "title"
        and any(finder("fundings", form).search(reading.text_of(sentence)) for form in forms)
    ]
    if not amended:
        return drafts
    granted = [d for d in drafts if d.status == "awarded" and d.value is not None and not (d.part or d.share)]
    behind = [d for d in granted if max(d.position, *(start for start, _ in d.spans)) >= amended[-1]]
    settled = {(d.funder.id if d.funder else None, d.beneficiary.id) for d in behind if d.beneficiary is not None}
    changed = {
        id(d)
        for d in granted
        if d.beneficiary is not None
        and (d.funder.id if d.funder else None, d.beneficiary.id) in settled
        and not any(d is other for other in behind)
    }
    return [d for d in drafts if id(d) not in changed]


def _is_raised(reading: Reading, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a grant of the exposé is what the decision changes: "portant la participation à X de 900 € à 1 200 €"."""
    if draft.section != "body" or draft.status != "awarded" or draft.value is None or draft.part:
        return False
    for other in drafts:
        if other.section != "decision" or other.status != "awarded" or other.beneficiary is not draft.beneficiary:
            continue
        sentence = reading.sentences[reading.sentence_at(other.position)]
        before = [a for a in within(reading.amounts, sentence.start, other.position) if a.value.value == draft.value]
        if before and pattern("fundings", "amended.from_to").search(
            reading.folded[sentence.start : before[-1].start] + "|" + reading.folded[before[-1].end : other.position]
        ):
            return True
    return False
