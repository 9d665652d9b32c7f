"""Sums that a report proposes and the body refuses or puts off: "Le conseil refuse cette proposition."."""

from __future__ import annotations

from collections.abc import Sequence

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.cues import proposes
from extract.pipes.money.draft import Draft
from extract.pipes.money.put_off import is_put_off
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in
from extract.sieve import sieve_of

#: A list stands at most so many sentences below what proposes it.
_ABOVE = 8


def refuse_undone(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Turn what is proposed before a refusal, or before it is put off, into what it came to: nothing is granted.

    A refusal after which the body adopts something is that of an amendment: of the sentence before it alone.
    """
    told = sieve_of("fundings", "undone.refused", "undone.put_off").of(reading.folded)
    for number, sentence in enumerate(reading.sentences if told else ()):
        if within(reading.amounts, sentence.start, sentence.end):
            continue  # somebody's request, told with its sum
        text = reading.text_of(sentence)
        if not any(finder("fundings", name).search(text) for name in told):
            continue
        begin = _proposed_from(reading, number)
        if _adopts_after(reading, number):
            begin = max(begin, number - 1)
        receivers = {draft.beneficiary.id for draft in drafts if draft.beneficiary is not None}
        named = receivers & {body.id for _, _, body in mentions_in(reading, sentence.start, sentence.end)}
        if not named and pattern("fundings", "undone.of_one").search(_whole(reading, number)):
            continue  # "à l'exception de celle du Moto Club, dont l'examen est reporté": the others stand
        for draft in drafts:
            if named and (draft.beneficiary is None or draft.beneficiary.id not in named):
                continue  # "Le dossier du Judo Club est ajourné."
            at = reading.sentence_at(draft.position)
            whole = draft.table is None or begin < number - 1
            if draft.status == "awarded" and begin <= at < number and whole and _is_proposed(reading, draft):
                draft.status, draft.rule = "requested" if is_put_off(text) else "rejected", "undone"


def _whole(reading: Reading, number: int) -> str:
    """A sentence from where it begins, before a semicolon: "S'agissant du club, … ; la question est reportée."."""
    last = reading.sentences[number]
    first = number
    while first and reading.sentences[first - 1].paragraph == last.paragraph:
        if not reading.text_of(reading.sentences[first - 1]).rstrip().endswith(";"):
            break
        first -= 1
    return reading.folded[reading.sentences[first].start : last.end]


def _proposed_from(reading: Reading, number: int) -> int:
    """The first sentence that a refusal may mean: the one after the last that decides."""
    for index in range(number - 1, -1, -1):
        text = reading.text_of(reading.sentences[index])
        if pattern("tables", "status.decides").search(text) or pattern("fundings", "taken.adopted").search(text):
            return index + 1
    return 0


def _adopts_after(reading: Reading, number: int) -> bool:
    """Whether the body adopts or grants something behind a refusal."""
    for sentence in reading.sentences[number + 1 :]:
        text = reading.text_of(sentence)
        if pattern("fundings", "taken.adopted").search(text):
            return True
        if sentence.section == "decision" and pattern("fundings", "undone.adopts").search(text):
            return True
    return False


def _is_proposed(reading: Reading, draft: Draft) -> bool:
    """Whether a sum is only proposed, in its sentence or by what introduces it."""
    index = reading.sentence_at(draft.position)
    above = reading.sentences[index].lead
    told = {index, index if above is None else above}
    if draft.table is not None:
        told |= set(range(max(0, index - _ABOVE), index))
    texts = [reading.text_of(reading.sentences[i]) for i in told]
    return any(proposes(text) or pattern("tables", "status.proposals").search(text) is not None for text in texts)
