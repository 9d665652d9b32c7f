"""Grants decided without a stated amount: "d'attribuer une subvention à X"."""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.cues import (
    is_rejected,
    last_cue,
)
from extract.pipes.money.draft import Draft
from extract.pipes.money.kinds import is_conditional
from extract.pipes.money.parties import find_parties
from extract.pipes.money.window import Window
from extract.pipes.money.years import sentence_years
from extract.pipes.reading import Reading


def read_without_amount(reading: Reading, text: str, drafts: list[Draft]) -> list[Draft]:
    """Grants decided without a stated amount ("d'attribuer une subvention à X"): kept, without an amount."""
    known = {d.beneficiary.id for d in drafts if d.status == "awarded" and d.beneficiary}
    found: list[Draft] = []
    for sentence in reading.sentences:
        if sentence.section != "decision" or within(reading.amounts, sentence.start, sentence.end):
            continue
        folded = reading.text_of(sentence)
        cue = last_cue(folded)
        awards = pattern("fundings", "award.infinitive").search(folded) or pattern("fundings", "award.present").search(
            folded
        )
        if not awards or not pattern("fundings", "award.decision_noun").search(folded) or is_rejected(folded):
            continue
        window = Window(
            sentence, sentence.start, sentence.start + awards.end(), sentence.start + awards.end(), sentence.end
        )
        parties = find_parties(reading, text, window, "awarded")
        if parties.beneficiary is None or parties.how != "stated" or parties.beneficiary.id in known:
            continue
        years = sentence_years(reading, sentence)
        found.append(
            Draft(
                "awarded",
                "subsidy",
                "without_amount",
                sentence.start,
                "decision",
                funder=parties.funder,
                beneficiary=parties.beneficiary,
                how=parties.how,
                first=years[0] if years else None,
                last=years[1] if years else None,
                conditional=is_conditional(reading, sentence),
                spans=[(sentence.start, sentence.end)],
            )  # fmt: skip
        )
        assert cue is not None
    return found
