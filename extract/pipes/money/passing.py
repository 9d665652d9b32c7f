"""What another body pays, told in the exposé: this act's flow only where its decision takes it up.

It does where it approves or notes that giver's contribution, an agreement with it, or what "the partners" give.
"""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.money.cues import decided_without_sum
from extract.pipes.money.draft import Draft
from extract.pipes.money.theirs import is_anothers, pays_beside
from extract.pipes.money.window import Parties, Window
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said


def in_passing(reading: Reading, window: Window, parties: Parties) -> bool:
    """Whether another's commitment is told for information only: in the exposé, or beside what the decision does."""
    if parties.funder in (None, reading.authority):
        return False
    if window.sentence.section != "body" and not (_is_aside(reading, window) or pays_beside(reading, window, parties)):
        return False
    if _agreed(reading, parties.funder):
        return False
    return not (parties.beneficiary is reading.authority and _approved(reading, parties.funder))


def _is_aside(reading: Reading, window: Window) -> bool:
    """Whether a sum is what another gives "de son côté", or by an agreement that a point only mentions.

    "PRÉCISE que ces dépenses relèvent de la convention au titre de laquelle l'État apporte 500 €".
    """
    before = reading.folded[window.sentence.start : window.start]
    return pattern("fundings", "role.aside").search(before) is not None


def _approved(reading: Reading, giver: Organisation | None) -> bool:
    """Whether the decision approves what a giver pays without its sums: "d'approuver les participations de la CAF"."""
    for sentence in decided_without_sum(reading):
        text = reading.text_of(sentence)
        if not pattern("fundings", "said.approves").search(text):
            continue
        if pattern("fundings", "said.partners_give").search(text):
            return True
        if any(
            o is giver and said(reading, "grant_of", s, sentence.start)
            for s, _, o in mentions_in(reading, sentence.start, sentence.end)
        ):
            return True
    return False


def _agreed(reading: Reading, giver: Organisation | None) -> bool:
    """Whether the decision approves, or has signed, an agreement with the giver: what it pays by it is then decided."""
    for sentence in decided_without_sum(reading):
        agreement = pattern("fundings", "said.agreement_approved").search(reading.text_of(sentence))
        if agreement and any(
            o is giver for _, _, o in mentions_in(reading, sentence.start + agreement.end(), sentence.end)
        ):
            return True
    return False


def is_none(reading: Reading, window: Window, draft: Draft) -> bool:
    """Whether an award is none of the deliberating body's: of nothing, a cost by its label, another's money."""
    if draft.status != "awarded":
        return False
    before = ("said.cost_label", "said.from_persons")
    if any(pattern("fundings", name).search(reading.folded, window.left, window.start) for name in before):
        return True
    behind = reading.folded[window.end : window.right]
    own = draft.how != "stated" and pattern("fundings", "said.own_work").match(behind) is not None
    if own or any(pattern("fundings", name).match(behind) for name in ("said.asked_of_persons", "said.put_on")):
        return True
    return draft.value == 0 or (draft.funder is reading.authority and is_anothers(reading, window))
