"""A request that minutes adopt in two words: "L'ASV demande 500 €. Adopté à l'unanimité." grants what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.cues import granted_above, is_rejected
from extract.pipes.money.draft import Draft
from extract.pipes.money.rows import title_of
from extract.pipes.reading import Reading


def grant_adopted(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Turn the only request of an act into a grant, where the body adopts it and decides nothing else of money.

    It is somebody's request to the body that deliberates, told in the decision or in the exposé of an act whose title
    is about grants; a sum that is granted beside it, or a word of refusal or postponement, leaves it a request.
    """
    asked = [d for d in drafts if d.status == "requested" and d.funder in (None, reading.authority)]
    asked = [d for d in asked if d.beneficiary is not None and d.beneficiary is not reading.authority]
    for draft in asked:
        if _paid(reading, draft) and reading.context.adopted:
            _grant(reading, draft)
    asked = [d for d in asked if d.status == "requested"]
    if len(asked) != 1 or any(d.status in ("awarded", "rejected") for d in drafts) or not reading.context.adopted:
        return
    if not pattern("fundings", "taken.title").search(title_of(reading)) or not _adopted(reading, asked[0]):
        return
    _grant(reading, asked[0])


def _grant(reading: Reading, asked: Draft) -> None:
    asked.status, asked.rule = "awarded", "request_adopted"
    asked.funder, asked.sure = reading.authority, None  # no model judges an adoption


def _paid(reading: Reading, draft: Draft) -> bool:
    """Whether the next sentence pays what this one alone asks: "Le conseil accepte de payer cette somme"."""
    at = reading.sentence_at(draft.position) + 1
    after = reading.text_of(reading.sentences[at]) if at < len(reading.sentences) else ""
    return pattern("fundings", "taken.paid").search(after) is not None and not is_rejected(after)


def _adopted(reading: Reading, draft: Draft) -> bool:
    """Whether a sentence at or after the request adopts it without another sum, and none puts it off or refuses it."""
    after = [s for s in reading.sentences if s.end > draft.position]
    told = [reading.text_of(s)[max(0, draft.position - s.start) :] for s in after]
    if any(is_rejected(text) or pattern("fundings", "taken.put_off").search(text) for text in told):
        return False
    return granted_above(reading) or any(
        pattern("fundings", "taken.adopted").search(text)
        and not within(reading.amounts, max(s.start, draft.position + 1), s.end)
        for s, text in zip(after, told, strict=True)
    )
