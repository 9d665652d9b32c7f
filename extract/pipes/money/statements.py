"""Fundings told in sentences: each amount with its cue, its parties, its years, its programme and its action."""

from __future__ import annotations

from dataclasses import replace

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.cues import Cue, decided_without_sum
from extract.pipes.money.draft import Draft
from extract.pipes.money.kinds import (
    breaks_down,
    find_kind,
    is_conditional,
    is_cost,
    is_total,
    kind_texts,
    set_budget_parties,
)
from extract.pipes.money.parties import find_parties
from extract.pipes.money.respectively import share_out
from extract.pipes.money.status import find_status, governing, is_committed, led
from extract.pipes.money.window import Parties, Window
from extract.pipes.money.years import near_years, sentence_years
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said


def _windows(sentence: Sentence, amounts: list[Found[Amount]]) -> list[Window]:
    windows = []
    for number, amount in enumerate(amounts):
        left = amounts[number - 1].end if number else sentence.start
        right = amounts[number + 1].start if number + 1 < len(amounts) else sentence.end
        windows.append(Window(sentence, left, amount.start, amount.end, right))
    return windows


def read_statements(reading: Reading, text: str, taken: list[tuple[int, int]]) -> list[Draft]:
    """Every funding told in a sentence; amounts inside ``taken`` stretches (tables) are left to their reader."""
    drafts: list[Draft] = []
    for sentence in reading.sentences:
        if any(s <= sentence.start < e for s, e in taken):
            continue
        amounts = within(reading.amounts, sentence.start, sentence.end)
        cue: Cue | None = None
        consumed: frozenset[int] = frozenset()
        last: Draft | None = None
        for amount, window in zip(amounts, _windows(sentence, amounts), strict=True):
            before, cue = cue, governing(reading, window, cue)
            ruling = cue or led(reading, sentence)
            if ruling is None or amount.value.unit or _told_otherwise(reading, amounts, amount, window):
                continue
            told = _drafts(reading, text, amount, replace(window, consumed=consumed), ruling)
            for draft, used in told:
                if last is not None and cue is before and cue is not None and _unnamed(reading, window):
                    draft.part |= last.part and not reading.organisations.mentions_from(window.left, window.start)
                    draft.kind = last.kind  # "un fonds de concours de 9 000 € à X et de 5 200 € à Y"
                if last is not None and last.share and ruling.position < window.left - sentence.start:
                    draft.share = True
                if draft.share and last is not None and last.status == draft.status:
                    draft.beneficiary, draft.how = last.beneficiary, last.how
                consumed |= {used} if used is not None else set()
                drafts.append(draft)
            last = told[-1][0] if told else last
        if amounts and pattern("fundings", "shared.respectively").search(reading.text_of(sentence)):
            share_out(reading, sentence, [d for d in drafts if d.spans == [(sentence.start, sentence.end)]])
    return drafts


def _unnamed(reading: Reading, window: Window) -> bool:
    """Whether the words between two sums of a series name no kind of money of their own."""
    return pattern("fundings", "said.money_noun").search(reading.folded, window.left, window.start) is None


def _told_otherwise(reading: Reading, amounts: list[Found[Amount]], amount: Found[Amount], window: Window) -> bool:
    """Whether a sum is told for comparison, or told before.

    What one is compared with ("contre 38 000 €", "en complément des 8 000 €"), the old one in "porter de 8 000 € à
    9 000 €", and the same cost with tax ("soit 1 488 000 € TTC").
    """
    left = reading.folded[max(window.left, window.start - 30) : window.start]
    number = amounts.index(amount)
    if pattern("fundings", "said.compared").search(left):
        return True
    if number + 1 < len(amounts) and pattern("fundings", "said.up_to").fullmatch(
        reading.folded, amount.end, amounts[number + 1].start
    ):
        return left.endswith("de ")
    return number > 0 and amount.value.tax and amounts[number - 1].value.tax and "soit" in left


def _drafts(
    reading: Reading, text: str, amount: Found[Amount], window: Window, cue: Cue
) -> list[tuple[Draft, int | None]]:
    """The funding of one amount, with where its beneficiary stands; several where each of a list gets it."""
    status = find_status(reading, window, cue)
    if status is None:
        return []
    parties = find_parties(reading, text, window, status)
    draft = _draft(reading, amount, window, cue, status, parties)
    if draft is None:
        return []
    each = [replace(draft, funder=payer, spans=list(draft.spans), split=True) for payer in parties.payers]
    each += [replace(draft, beneficiary=other, spans=list(draft.spans), split=True) for other in parties.others]
    draft.split = bool(each)
    return [(draft, parties.used), *((other, None) for other in each)]


def _draft(
    reading: Reading, amount: Found[Amount], window: Window, cue: Cue, status: FundingStatus, parties: Parties
) -> Draft | None:
    """The funding, None where the words make of the sum a cost, a loan or a total."""
    sentence, authority = window.sentence, reading.authority
    near, wide = kind_texts(reading, window)
    if parties.unknown_agent or is_cost(amount.value, status, near, parties):
        return None
    kind = find_kind(reading, window, near, wide)
    if kind is None:
        return None
    if kind == "guarantee" and pattern("fundings", "kind.guarantee").search(
        reading.folded, sentence.start, window.start
    ):
        parties.funder = authority
    if status == "awarded" and amount.value.ceiling and parties.beneficiary is None and not parties.private_name:
        status = "budgeted"
    if status == "requested" and sentence.section == "body" and (parties.beneficiary is None or parties.funder is None):
        return None
    if status == "budgeted":
        set_budget_parties(reading, window, near, parties)
    part = pattern("fundings", "part.instalment").search(near) is not None
    if status == "awarded":
        if kind == "subsidy" and pattern("fundings", "said.contribution_of").search(near):
            kind = "contribution"
        unnamed = parties.how in ("none", "subject") and cue.rule != "accepts"
        if unnamed and not part and is_total(near):
            return None
    years = near_years(reading, window.left, window.start, window.end, window.right)
    first, last = years or sentence_years(reading, sentence) or (None, None)
    if parties.private_span:
        reading.private.append(parties.private_span)
    return Draft(
        status,
        kind,
        cue.rule if cue.family == "award" else cue.family,
        window.start,
        sentence.section,
        amount=amount.value,
        funder=parties.funder,
        beneficiary=parties.beneficiary,
        private_name=parties.private_name,
        first=first,
        last=last,
        conditional=is_conditional(reading, sentence),
        part=part,
        share=pattern("fundings", "part.share").search(near) is not None or breaks_down(reading, window, amount.value),
        how=parties.how,
        spans=[(sentence.start, sentence.end)],
        passing=status == "awarded" and _in_passing(reading, window, cue, parties),
    )


def _approved(reading: Reading, giver: Organisation | None) -> bool:
    """Whether the decision approves what a giver pays without its sums: "d'approuver les participations de la CAF"."""
    return any(
        pattern("fundings", "said.approves").search(reading.text_of(sentence))
        and any(
            o is giver and said(reading, "grant_of", s, sentence.start)
            for s, _, o in mentions_in(reading, sentence.start, sentence.end)
        )
        for sentence in decided_without_sum(reading)
    )


def _in_passing(reading: Reading, window: Window, cue: Cue, parties: Parties) -> bool:
    """Another's commitment, told in the exposé, counts only where the decision takes it up."""
    if window.sentence.section != "body":
        return False
    others = parties.funder not in (None, reading.authority)
    if others and parties.beneficiary is reading.authority and _approved(reading, parties.funder):
        return False
    return others or not is_committed(reading, window.sentence, window, cue)
