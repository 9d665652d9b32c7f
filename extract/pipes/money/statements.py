"""Fundings told in sentences: each amount with its cue, its parties, its years, its programme and its action."""

from __future__ import annotations

from dataclasses import replace

from extract.patterns import pattern
from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.cues import Cue
from extract.pipes.money.draft import Draft
from extract.pipes.money.learned.judge import Models, models
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.nobody import reckoned
from extract.pipes.money.respectively import share_out
from extract.pipes.money.status import governing, led
from extract.pipes.money.told import told
from extract.pipes.money.window import Window
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said


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
            own = replace(window, consumed=consumed) if consumed else window
            found = told(scene, trained, first + number, own, ruling, cue, last)
            for draft, used in found:
                if last is not None:
                    same = cue is before and cue is not None
                    _follow(
                        reading, window, draft, last, same=same, shared=ruling.position < window.left - sentence.start
                    )
                consumed |= {used} if used is not None else set()
                drafts.append(draft)
            last = found[-1][0] if found else last
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
    added = draft.how != "stated" and draft.status == last.status == "awarded" and last.beneficiary is not None
    if added and pattern("fundings", "added.on_top").search(reading.folded, window.left, window.start):
        draft.beneficiary, draft.how = last.beneficiary, last.how  # "à laquelle s'ajoutent 6 500 € pour l'été"
    if draft.part and draft.status == last.status and _balance(reading, window):
        draft.beneficiary, draft.how = last.beneficiary, last.how
        draft.sure, draft.rules = last.sure, last.rules


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
