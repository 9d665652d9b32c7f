"""Sums that were proposed and then changed by an amendment: what the body adopts in the end has the last word.

"Il est proposé d'attribuer 20 000 € à X. […] L'amendement est adopté. […] La subvention à X est fixée à 25 000 €."
Patterns in ``patterns/fundings.toml`` ([amended]).
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.finder import finder
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading
from extract.sieve import sieve_of


def drop_amended(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without the grants told only before the last amendment, to bodies that a sum behind it is granted to.

    What the amendment leaves alone stays as it was proposed, and so do instalments and shares.
    """
    forms = sieve_of("fundings", "amended.adopted", "amended.fixed").of(reading.folded)
    amended = [
        sentence.start
        for sentence in (reading.sentences if forms else ())
        if sentence.section != "title"
        and any(finder("fundings", form).search(reading.text_of(sentence)) for form in forms)
    ]
    if not amended:
        return list(drafts)
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
