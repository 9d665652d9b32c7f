"""Sums that go to nobody, or to nobody that the act identifies."""

from __future__ import annotations

from itertools import pairwise

from extract.patterns import pattern
from extract.pipes.model import Amount, Found
from extract.pipes.money.draft import Draft
from extract.pipes.money.window import Window
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said
from extract.text import fold

#: A rate stands within so many characters of its base.
_RATE = 16
#: "plus de" stands within so many characters before its sum.
_ROUND = 24
#: So many pairs of sums with nothing between them are rows of a table.
_FEWEST_ROWS = 2


def is_bare(organisation: Organisation) -> bool:
    """Whether an organisation is named by one common noun ("au cinéma"): which one it is, the act does not say."""
    bare = pattern("candidates", "common.bare").fullmatch(fold(organisation.name))
    return bare is not None and organisation.name.islower()


def to_nobody(draft: Draft, reading: Reading) -> bool:
    """The authority pays somebody who is not named: more often a cost, a total or an envelope than a grant."""
    named = draft.beneficiary is not None or draft.private_name is not None or draft.how == "anonymous"
    alone = not named and not (draft.part or draft.share)
    return draft.status == "awarded" and alone and draft.funder in (None, reading.authority)


def unset_other(reading: Reading, window: Window, draft: Draft) -> bool:
    """Take away a receiver named for another sum; whether the sum is then one told by and large."""
    receiver = draft.beneficiary
    if receiver is not None and (_is_of_another(reading, window, receiver) or _is_of_fund(reading, window, receiver)):
        draft.beneficiary, draft.how = None, "none"
    if draft.beneficiary is not None or draft.private_name is not None:
        return False
    before = reading.folded[max(window.sentence.start, window.start - _ROUND) : window.start]
    return pattern("fundings", "said.rounded").search(before) is not None


def _is_of_another(reading: Reading, window: Window, receiver: Organisation) -> bool:
    """Whether words between a name and a sum speak of somebody else: "une aide à X, et une autre, de 100 €, à …"."""
    named = [end for _, end, o in mentions_in(reading, window.sentence.start, window.start) if o is receiver]
    after = any(o is receiver for _, _, o in mentions_in(reading, window.end, window.right))
    another = pattern("fundings", "said.another")
    return bool(named) and not after and another.search(reading.folded, named[-1], window.start) is not None


def _is_of_fund(reading: Reading, window: Window, receiver: Organisation) -> bool:
    """Whether a sum feeds a fund, and not who keeps it or is named elsewhere: "au Fonds X, géré par la CAF".

    Nobody but the fund is then told; who gets it of whoever keeps the fund, no sentence says.
    """
    sentence = window.sentence
    fund = pattern("fundings", "said.to_fund").search(reading.folded, sentence.start, sentence.end)
    if fund is None or pattern("fundings", "said.fund").match(fold(receiver.name)):
        return False
    named = [start for start, _, o in mentions_in(reading, sentence.start, sentence.end) if o is receiver]
    return not any(said(reading, "receives", start, sentence.start) for start in named)


def reckoned(reading: Reading, window: Window, amounts: list[Found[Amount]], number: int) -> bool:
    """Whether a sum is nobody's: moved between lines of a budget, the base of a share, a threshold, a cell."""
    base = pattern("fundings", "said.base_of")
    twins = [a for a in amounts if a.value.value == amounts[number].value.value]  # told twice in the sentence
    if any(base.match(reading.folded[a.end : a.end + _RATE]) for a in twins):
        return True
    if pattern("fundings", "said.threshold").search(reading.folded, window.sentence.start, window.start):
        return True
    if _is_cell(reading, amounts):
        return True
    before = reading.folded[max(window.sentence.start, window.start - 12) : window.start]
    sign = pattern("fundings", "said.signed").search(before)
    return sign is not None and window.start - len(sign.group()) > window.sentence.start


def _is_cell(reading: Reading, amounts: list[Found[Amount]]) -> bool:
    """Whether a sentence is a table that lost its lines: "Comité des fêtes 1 000 € 1 200 € Foyer rural 600 € 600 €".

    Which of two sums is granted, no sentence says.
    """
    rows = sum(not reading.text[one.end : other.start].strip() for one, other in pairwise(amounts))
    return rows >= _FEWEST_ROWS
