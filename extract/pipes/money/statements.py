"""Fundings told in sentences: each amount with its cue, its parties, its years, its programme and its action."""

from __future__ import annotations

from dataclasses import replace

from extract.facts import FundingKind, FundingStatus
from extract.patterns import pattern
from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.cues import (
    Cue,
    is_history,
    is_rejected,
    kind_of,
    label_cue,
    last_award,
    last_cue,
    noun_cue,
    passive_after,
    proposes,
)
from extract.pipes.money.draft import Draft
from extract.pipes.money.parties import Parties, Window, find_parties
from extract.pipes.money.respectively import share_out
from extract.pipes.money.years import near_years, sentence_years
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in
from extract.text import PARENTHESES

_SILENT: tuple[FundingKind, ...] = ("loan",)


def _governing(reading: Reading, window: Window, before: Cue | None) -> Cue | None:
    """The cue of an amount: in its own stretch, after it, inherited in a series, its noun, or of its list's lead."""
    left = reading.folded[window.left : window.start]
    right = reading.folded[window.end : window.right]
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
    return noun_cue(left)


def _led(reading: Reading, sentence: Sentence) -> Cue | None:
    """The cue of the lead of a list, for an item that has none."""
    if sentence.lead is None:
        return None
    return last_cue(PARENTHESES.sub(" ", reading.text_of(reading.sentences[sentence.lead])))


def _status(reading: Reading, window: Window, cue: Cue) -> FundingStatus | None:
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


def _committed(reading: Reading, sentence: Sentence, window: Window, cue: Cue) -> bool:
    """Outside the decision an award counts when it is proposed, or when the words commit the payer by themselves."""
    if cue.commits or pattern("fundings", "part.instalment").search(reading.folded[window.left : window.start]):
        return True
    if proposes(reading.folded[sentence.start : window.end]):
        return True
    return sentence.lead is not None and proposes(reading.text_of(reading.sentences[sentence.lead]))


def _windows(reading: Reading, sentence: Sentence, amounts: list[Found[Amount]]) -> list[Window]:
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
        for amount, window in zip(amounts, _windows(reading, sentence, amounts), strict=True):
            cue = _governing(reading, window, cue)
            ruling = cue or _led(reading, sentence)
            if ruling is None or amount.value.unit or _told_otherwise(reading, amounts, amount, window):
                continue
            told = _drafts(reading, text, amount, replace(window, consumed=consumed), ruling)
            for draft, used in told:
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


def _told_otherwise(reading: Reading, amounts: list[Found[Amount]], amount: Found[Amount], window: Window) -> bool:
    """The old sum in "porter de 8 000 € à 9 000 €", and the same cost with tax ("soit 1 488 000 € TTC")."""
    left = reading.folded[max(window.left, window.start - 14) : window.start]
    number = amounts.index(amount)
    if number + 1 < len(amounts) and pattern("fundings", "said.up_to").fullmatch(
        reading.folded, amount.end, amounts[number + 1].start
    ):
        return left.endswith("de ")
    return number > 0 and amount.value.tax and amounts[number - 1].value.tax and "soit" in left


def _drafts(
    reading: Reading, text: str, amount: Found[Amount], window: Window, cue: Cue
) -> list[tuple[Draft, int | None]]:
    """The funding of one amount, with where its beneficiary stands; several where each of a list gets it."""
    status = _status(reading, window, cue)
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
    sentence = window.sentence
    near, wide = _kind_texts(reading, window)
    if parties.unknown_agent:
        return None
    if status == "budgeted" and amount.value.tax and parties.how in ("row", "private"):
        return None  # what the beneficiary's works cost
    kind = kind_of(near, wide)
    before = reading.folded[sentence.start : window.start]
    if pattern("fundings", "kind.guarantee").search(before) and kind in (
        "subsidy",
        "contribution",
        "loan",
        "guarantee",
    ):
        more = within(reading.amounts, window.end, sentence.end)
        if more and pattern("fundings", "said.loan_of").search(near):
            return None  # the loan, whose guaranteed share is told after it
        kind, parties.funder = "guarantee", reading.authority
    if kind in _SILENT or (
        kind == "guarantee"
        and not pattern("fundings", "said.guaranteed").search(near)
        and pattern("fundings", "said.guaranteed").search(wide)
    ):
        return None
    if status == "awarded" and (pattern("fundings", "kind.purchase").search(near) or amount.value.tax):
        return None
    if status == "awarded" and amount.value.ceiling and parties.beneficiary is None and not parties.private_name:
        status = "budgeted"
    authority = reading.authority
    if status == "requested" and sentence.section == "body" and (parties.beneficiary is None or parties.funder is None):
        return None
    if status == "budgeted" and pattern("fundings", "said.own_share").search(near):
        parties.funder, parties.beneficiary = authority, None
    # another's commitment, told in passing, counts only where the decision takes it up
    passing = (
        status == "awarded"
        and sentence.section == "body"
        and (parties.funder not in (None, authority) or not _committed(reading, sentence, window, cue))
    )
    part = pattern("fundings", "part.instalment").search(near) is not None
    if status == "awarded" and kind == "subsidy" and pattern("fundings", "said.contribution_of").search(near):
        kind = "contribution"
    if (
        status == "awarded"
        and not part
        and _is_total(near)
        and parties.how in ("none", "subject")
        and cue.rule != "accepts"
    ):
        return None
    if status == "budgeted" and parties.funder is authority and not _own_budget(reading, window, authority):
        parties.funder = None
    years = near_years(reading, window.left, window.start, window.end, window.right) or sentence_years(
        reading, sentence
    )
    spans = [(sentence.start, sentence.end)]
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
        first=years[0] if years else None,
        last=years[1] if years else None,
        conditional=_conditional(reading, sentence),
        part=part,
        share=pattern("fundings", "part.share").search(near) is not None or _breaks_down(reading, window, amount.value),
        how=parties.how,
        spans=spans,
        passing=passing,
    )


def _own_budget(reading: Reading, window: Window, authority: object) -> bool:
    """Whether a budgeted sum is the authority's own: an envelope, credits, or said of it."""
    near = reading.folded[window.left : window.right]
    if pattern("fundings", "said.own_budget").search(near):
        return True
    return any(o is authority for _, _, o in mentions_in(reading, window.left, window.start))


def _kind_texts(reading: Reading, window: Window) -> tuple[str, str]:
    """The words near an amount, and its whole sentence with the title."""
    near = reading.folded[max(window.left, window.start - 90) : window.start]
    title = reading.context.title
    heading = reading.folded[title[0] : title[1]] if title and window.sentence.section == "decision" else ""
    own = reading.folded[window.left : window.start] + reading.folded[window.end : min(window.right, window.end + 40)]
    own = (
        pattern("fundings", "said.and_another").split(own[: window.start - window.left + 41])[-1]
        if window.start == window.left
        else own
    )
    return near, own if not pattern("fundings", "said.guaranteed").search(heading) else own + " " + heading


def _breaks_down(reading: Reading, window: Window, amount: Amount) -> bool:
    """ "une aide de 1 050 000 €, soit 350 000 € en 2022, …": a smaller sum after "soit" begins a breakdown."""
    if not pattern("fundings", "said.that_is").search(
        reading.folded[max(window.left, window.start - 8) : window.start]
    ):
        return False
    earlier = within(reading.amounts, window.sentence.start, window.left)
    return (
        bool(earlier)
        and earlier[-1].value.value > amount.value
        and bool(within(reading.amounts, window.end, window.sentence.end))
    )


def _is_total(near: str) -> bool:
    return pattern("fundings", "part.total").search(near) is not None


def _conditional(reading: Reading, sentence: Sentence) -> bool:
    return pattern("fundings", "condition.cue").search(reading.text_of(sentence)) is not None


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
                conditional=_conditional(reading, sentence),
                spans=[(sentence.start, sentence.end)],
            )  # fmt: skip
        )
        assert cue is not None
    return found
