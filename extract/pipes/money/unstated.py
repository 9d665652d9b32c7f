"""Grants decided without a stated amount: "d'attribuer une subvention à X"."""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.model import Sentence, within
from extract.pipes.money.cues import decided_without_sum, is_rejected, noun_cue
from extract.pipes.money.draft import Draft
from extract.pipes.money.kinds import is_conditional
from extract.pipes.money.parties import find_parties
from extract.pipes.money.window import Window
from extract.pipes.money.years import sentence_years
from extract.pipes.reading import Reading

#: So many characters before a sum its noun stands: "une subvention d'équipement de 7 400 €".
_NOUN = 60


def read_without_amount(reading: Reading, text: str, drafts: list[Draft]) -> list[Draft]:
    """Grants decided without a stated amount, to receivers who get no stated one; kept, without an amount."""
    known = {d.beneficiary.id for d in drafts if d.status == "awarded" and d.beneficiary}
    found: list[Draft] = []
    for sentence in decided_without_sum(reading):
        end = _award_end(reading, sentence)
        if end is None or _is_told_before(reading, sentence):
            continue
        parties = find_parties(reading, text, Window(sentence, sentence.start, end, end, sentence.end), "awarded")
        if parties.beneficiary is None or parties.how != "stated" or parties.beneficiary.id in known:
            continue
        first, last = sentence_years(reading, sentence) or (None, None)
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
                first=first,
                last=last,
                conditional=is_conditional(reading, sentence),
                spans=[(sentence.start, sentence.end)],
            )
        )
    return found


def _award_end(reading: Reading, sentence: Sentence) -> int | None:
    """Where the verb ends that awards a grant without an amount in a decided sentence."""
    folded = reading.text_of(sentence)
    awards = pattern("fundings", "award.infinitive").search(folded) or pattern("fundings", "award.present").search(
        folded
    )
    if not awards or not pattern("fundings", "award.decision_noun").search(folded) or is_rejected(folded):
        return None
    if pattern("fundings", "requested.verb").search(folded, 0, awards.start()):
        return None  # "SOLLICITE l'aide du Département, dit que …"
    return sentence.start + awards.end()


def _is_told_before(reading: Reading, sentence: Sentence) -> bool:
    """Whether "la subvention" is one whose sum the act tells above: it is no other grant, of no sum."""
    if pattern("fundings", "said.that_grant").search(reading.text_of(sentence)) is None:
        return False
    above = (a.start for a in within(reading.amounts, 0, sentence.start))
    return any(noun_cue(reading.folded[max(0, at - _NOUN) : at]) is not None for at in above)
