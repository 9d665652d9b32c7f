"""Fundings told in sentences: each amount with its cue, its parties, its years, its programme and its action."""

from __future__ import annotations

from dataclasses import replace

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.built import find_built, is_nobodys
from extract.pipes.money.cues import Cue, given_before
from extract.pipes.money.draft import Draft
from extract.pipes.money.kinds import (
    breaks_down,
    find_kind,
    is_conditional,
    is_part_of_lead,
    is_total,
    kind_texts,
    set_budget_parties,
)
from extract.pipes.money.learned.judge import STATUSES, Models, Verdict, judge_status, models
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.nobody import is_bare, reckoned, to_nobody
from extract.pipes.money.parties import find_parties
from extract.pipes.money.passing import in_passing
from extract.pipes.money.respectively import share_out
from extract.pipes.money.status import find_status, governing, led
from extract.pipes.money.weigh import PLACED, place_built, place_parties, weigh_parties
from extract.pipes.money.window import Parties, Window
from extract.pipes.money.years import near_years, sentence_years
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said

_SURE_OF_NOBODY, _AGREED = 0.85, 0.5
#: What is given to an organisation that a common noun alone names goes to review.
_UNIDENTIFIED = 0.3
_GRANTS = ("subsidy", "contribution")


def windows(sentence: Sentence, amounts: list[Found[Amount]]) -> list[Window]:
    """The stretch of each amount of a sentence."""
    windows = []
    for number, amount in enumerate(amounts):
        left = amounts[number - 1].end if number else sentence.start
        right = amounts[number + 1].start if number + 1 < len(amounts) else sentence.end
        windows.append(Window(sentence, left, amount.start, amount.end, right))
    return windows


def read_statements(reading: Reading, taken: list[tuple[int, int]], trained: Models | None = None) -> list[Draft]:
    """Every funding told in a sentence; amounts inside ``taken`` stretches (tables) are left to their reader.

    What an amount is, who pays and who receives is the judgement of the trained models (:mod:`learned`); what kind
    of money it is, its years, shares and instalments are read by rule.
    """
    drafts: list[Draft] = []
    scene = Scene(reading, taken)
    trained = trained or models()
    for sentence in reading.sentences:
        amounts = within(reading.amounts, sentence.start, sentence.end)
        if not amounts or any(s <= sentence.start < e for s, e in taken):
            continue
        cue: Cue | None = None
        consumed: frozenset[int] = frozenset()
        last: Draft | None = None
        first = reading.amounts.index(amounts[0])
        for number, window in enumerate(windows(sentence, amounts)):
            if reckoned(reading, window, amounts, number) or any(s <= window.start < e for s, e in taken):
                continue
            before, cue = cue, governing(reading, window, cue)
            ruling = cue or led(reading, sentence) or Cue("award", "learned", 0)
            told = _told(scene, trained, first + number, replace(window, consumed=consumed), ruling, cue, last)
            for draft, used in told:
                if last is not None:
                    same = cue is before and cue is not None
                    _follow(
                        reading, window, draft, last, same=same, shared=ruling.position < window.left - sentence.start
                    )
                consumed |= {used} if used is not None else set()
                drafts.append(draft)
            last = told[-1][0] if told else last
        if pattern("fundings", "shared.respectively").search(reading.text_of(sentence)):
            share_out(reading, sentence, [d for d in drafts if d.spans == [(sentence.start, sentence.end)]])
    return drafts


def _follow(reading: Reading, window: Window, draft: Draft, last: Draft, *, same: bool, shared: bool) -> None:
    """What a sum of a series has from the one before it.

    ``same`` where one cue governs both, ``shared`` where none stands between them.
    """
    if same and _unnamed(reading, window):
        draft.part |= last.part and not reading.organisations.mentions_from(window.left, window.start)
        draft.kind = last.kind  # "un fonds de concours de 9 000 € à X et de 5 200 € à Y"
    draft.share |= last.share and shared
    if draft.share and _own_receiver(reading, window, draft, last):
        draft.share = last.share = False  # "à savoir 3 000 € à X et 500 € à Y" lists grants, no shares
    if draft.share and _own_grant(reading, window, draft, last):
        draft.share = False  # "45 000 € à X, dont 10 000 € pour son centre, et à Y une subvention de"
    if draft.share and last.status == draft.status:
        draft.beneficiary, draft.how = last.beneficiary, last.how
    if draft.part and draft.status == last.status and _balance(reading, window):
        draft.beneficiary, draft.how = last.beneficiary, last.how
        draft.sure, draft.rules = last.sure, last.rules


def status_rules(reading: Reading, window: Window, cue: Cue | None) -> list[str]:
    """What the rules say of an amount's status, for the model to weigh."""
    ruling = cue or led(reading, window.sentence)
    status = find_status(reading, window, ruling) if ruling else None
    return [f"rule={status}", f"rule={status}/{ruling.rule if ruling else None}"]


def _told(
    scene: Scene, trained: Models, index: int, window: Window, ruling: Cue, cue: Cue | None, last: Draft | None
) -> list[tuple[Draft, int | None]]:
    """The funding of one amount, with where its beneficiary stands; several where each of a list gets it."""
    reading = scene.reading
    if ruling.rule == "recalled" or is_nobodys(scene, window, index):
        return []
    ruled = find_status(reading, window, ruling) if ruling.rule != "learned" else None
    seen = scene.view(index).seen()
    verdict = judge_status(trained, seen.told(status_rules(reading, window, cue)), ruled)
    status = STATUSES.get(verdict.label)
    built = find_built(scene, window, index)
    if built is not None and status != built.status:
        verdict, status = Verdict(built.status, PLACED), built.status
    if status == "awarded" and given_before(reading, window):
        return []
    if status is None and ruled == "budgeted":
        status = "budgeted"  # a cost or an envelope: nobody's grant
    if status is None:
        return []
    parties = find_parties(reading, reading.text, window, status)
    told = (parties.funder, parties.beneficiary, parties.private_name)
    if built is not None:
        place_built(scene, built, parties)
    placed = built is not None or place_parties(scene, window, status, parties, last)
    known = PLACED if placed else weigh_parties(scene, trained, index, status, parties)
    draft = _draft(reading, scene.amounts[index], window, ruling, status, parties)
    if draft is None:
        return []
    if verdict.label == "kind" and draft.kind in _GRANTS:
        return []
    of_kind = draft.kind not in _GRANTS or verdict.label == "requested"
    draft.sure = (max(verdict.sure, verdict.either) if of_kind else verdict.sure) * known
    if built is not None and draft.status == built.status:
        draft.sure = max(draft.sure, PLACED)
    if draft.beneficiary is not None and is_bare(draft.beneficiary):
        draft.sure = min(draft.sure, _UNIDENTIFIED)
    if ruled == draft.status and told == (parties.funder, parties.beneficiary, parties.private_name):
        draft.rules = "agreed"
    elif ruled != draft.status and ruling.family != "award":
        draft.rules = "opposed"  # words of cost, history, request or refusal govern it
    if built is not None and len(within(reading.amounts, window.sentence.start, window.sentence.end)) == 1:
        draft.part = False  # an advance on a grant that another act decides
    if to_nobody(draft, reading) and pattern("fundings", "role.pronoun").search(reading.text_of(window.sentence)):
        draft.sure = min(draft.sure, _UNIDENTIFIED)  # somebody is meant, and it is not known who
    if to_nobody(draft, reading) and draft.sure < (_AGREED if draft.rules == "agreed" else _SURE_OF_NOBODY):
        if ruled != "budgeted" or window.sentence.section != "decision":
            return []
        draft.status, draft.rule = "budgeted", "budgeted"
    each = [replace(draft, funder=payer, spans=list(draft.spans), split=True) for payer in parties.payers]
    each += [replace(draft, beneficiary=other, spans=list(draft.spans), split=True) for other in parties.others]
    draft.split = bool(each)
    return [(draft, parties.used), *((other, None) for other in each)]


def _unnamed(reading: Reading, window: Window) -> bool:
    """Whether the words between two sums of a series name no kind of money of their own."""
    return pattern("fundings", "said.money_noun").search(reading.folded, window.left, window.start) is None


def _balance(reading: Reading, window: Window) -> bool:
    """Whether a sum is what is left of the grant before it: "145 000 €, soit, compte tenu de l'avance, un solde de"."""
    return pattern("fundings", "part.balance").search(reading.folded, window.left, window.start) is not None


def _own_receiver(reading: Reading, window: Window, draft: Draft, last: Draft) -> bool:
    """Whether right after a sum of a series stands who gets it, somebody else than who got the one before."""
    other = draft.beneficiary is not None and draft.beneficiary is not last.beneficiary
    return other and any(
        o is draft.beneficiary and pattern("fundings", "role.for_direct").match(reading.folded[window.end : start])
        for start, _, o in mentions_in(reading, window.end, window.right)
    )


def _own_grant(reading: Reading, window: Window, draft: Draft, last: Draft) -> bool:
    """Whether somebody else is said to receive between a share and the next sum of a series."""
    other = draft.beneficiary is not None and draft.beneficiary is not last.beneficiary
    return other and any(
        o is draft.beneficiary and said(reading, "receives", start, window.left)
        for start, _, o in mentions_in(reading, window.left, window.start)
    )


def _draft(
    reading: Reading, amount: Found[Amount], window: Window, cue: Cue, status: FundingStatus, parties: Parties
) -> Draft | None:
    """The funding, None where the words make of the sum a cost, a loan or a total."""
    sentence, authority = window.sentence, reading.authority
    near, wide = kind_texts(reading, window)
    kind = find_kind(reading, window, near, wide)
    if kind is None:
        return None
    if kind == "guarantee" and pattern("fundings", "kind.guarantee").search(
        reading.folded, sentence.start, window.start
    ):
        parties.funder = authority
    unnamed = parties.beneficiary is None and not parties.private_name
    told = pattern("fundings", "award_after.participle").match(reading.folded[window.end : window.right])
    granted = parties.how == "anonymous" and told  # "la subvention de 1 000 € maximum accordée à une propriétaire"
    if status == "awarded" and amount.value.ceiling and unnamed and not granted:
        status = "budgeted"
    if status == "requested" and sentence.section == "body" and (parties.beneficiary is None or parties.funder is None):
        return None
    if status == "budgeted":
        set_budget_parties(reading, window, near, parties)
    part = pattern("fundings", "part.instalment").search(near) is not None or is_part_of_lead(reading, sentence)
    if status == "awarded":
        if kind == "subsidy" and pattern("fundings", "said.contribution_of").search(near):
            kind = "contribution"
        if parties.how in ("none", "subject") and cue.rule != "accepts" and not part and is_total(near):
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
        passing=status == "awarded" and in_passing(reading, window, parties),
    )
