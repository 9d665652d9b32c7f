"""The status of an amount: which cue governs it, and what that cue means in its place."""

from __future__ import annotations

from extract.facts import FundingStatus
from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.cues import (
    Cue,
    granted_above,
    is_history,
    is_rejected,
    label_cue,
    last_award,
    last_cue,
    noun_cue,
    paid_before,
    passive_after,
    proposes,
    recalled_after,
)
from extract.pipes.money.window import Window
from extract.pipes.reading import Reading
from extract.text import PARENTHESES


def governing(reading: Reading, window: Window, before: Cue | None) -> Cue | None:
    """The cue of an amount: in its own stretch, after it, inherited in a series, its noun, or of its list's lead."""
    left = reading.folded[window.left : window.start]
    right = reading.folded[window.end : window.right]
    if recalled_after(right) or paid_before(left, right):
        return Cue("history", "recalled", 0)
    own = last_cue(left)
    decided = window.sentence.section == "decision"
    if own is not None and own.family in ("cost", "budgeted") and decided and _about_grants(left):
        own = last_award(left) or own  # "une aide au loyer de", "une aide de 10 % des dépenses, plafonnée à"
    if own is not None and own.family not in ("cost", "budgeted"):
        return own
    passive = passive_after(right)
    if passive is not None:
        return passive
    label = label_cue(left)
    if own is None and before is not None and not (label and before.family in ("cost", "budgeted")):
        return before
    if label is not None or own is not None:
        return label or own
    text = reading.text_of(window.sentence)
    if is_rejected(text) and _about_grants(text):
        return Cue("rejected", "cue", 0)
    if decided and pattern("fundings", "award_after.bare").match(right):
        return Cue("award", "bare", 0)
    listed = window.sentence.bullet and pattern("fundings", "award.listed").search(left)
    if listed and granted_above(reading):
        return Cue("award", "listed", 0)
    if finder("fundings", "part.instalment").search(left):
        return Cue("award", "instalment", 0)
    return noun_cue(left)


def led(reading: Reading, sentence: Sentence) -> Cue | None:
    """The cue of the lead of a list, for an item that has none."""
    if sentence.lead is None:
        return None
    lead = reading.text_of(reading.sentences[sentence.lead])
    if pattern("tables", "status.theirs").search(lead):
        return Cue("history", "recalled", 0)
    return last_cue(PARENTHESES.sub(" ", lead))


def find_status(reading: Reading, window: Window, cue: Cue) -> FundingStatus | None:
    """The status that a cue gives in its place, None where nothing is funded (history, a cost, a mere wish)."""
    sentence = window.sentence
    text = reading.text_of(sentence)
    stretch = reading.folded[window.left : window.right]
    if is_rejected(text) and not proposes(stretch) and _about_grants(text) and cue.family != "award":
        return "rejected"
    if cue.family == "rejected":
        return "rejected"
    if cue.family == "budgeted" and not is_history(reading.folded[window.left : window.start]):
        return "budgeted"
    before = reading.folded[window.left : window.start]
    if cue.family == "cost" and pattern("fundings", "said.whole_cost").search(before):
        return "budgeted"
    if cue.family in ("history", "cost") or (sentence.section == "body" and is_history(stretch)):
        return None
    if cue.family == "requested":
        return "requested"
    if cue.family == "budgeted":
        return "budgeted"
    if sentence.section == "title":
        return None
    return "awarded"


def _about_grants(text: str) -> bool:
    return pattern("fundings", "said.about_grants").search(text) is not None
