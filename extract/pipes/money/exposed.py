"""Sums that the exposé alone tells: oftener history and plans than grants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.finder import finder
from extract.pipes.model import Sentence
from extract.pipes.money.cues import decided_without_sum, granted_above, proposes
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading


def mark_exposed(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Mark what no sentence of the decision tells: read less surely, it goes to review (:mod:`extract.confidence`).

    What the exposé proposes where the decision approves "les subventions énumérées ci-dessus" is decided too, and so
    is what a report tells that sets no decision apart.
    """
    if not any(sentence.section == "decision" for sentence in reading.sentences):
        return
    above = granted_above(reading)
    taken = {id(draft) for draft in _taken_up(reading, drafts)}
    for draft in drafts:
        told = [reading.sentences[reading.sentence_at(start)] for start, _ in draft.spans]
        decided = any(s.section == "decision" or _decides(_with_lead(reading, s), above=above) for s in told)
        draft.exposed = not decided and taken.isdisjoint((id(draft), id(draft.parent)))


def _taken_up(reading: Reading, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The grant told last before a decision that approves it without its sum: "Le conseil approuve cette aide"."""
    told = [d for d in drafts if d.status == "awarded" and d.value and d.table is None and d.beneficiary is not None]
    told = [d for d in told if d.parent is None and not d.passing]
    for sentence in decided_without_sum(reading):
        if finder("fundings", "exposed.takes_up").search(reading.text_of(sentence)) is None:
            continue
        before = [d for d in told if d.position < sentence.start]
        if before:
            yield max(before, key=lambda d: d.position)


def _with_lead(reading: Reading, sentence: Sentence) -> str:
    """A sentence behind what introduces it: "il est proposé d'allouer : | - 500 € au Judo Club, pour son tatami"."""
    lead = "" if sentence.lead is None else reading.text_of(reading.sentences[sentence.lead])
    return f"{lead} {reading.text_of(sentence)}"


def _decides(text: str, *, above: bool) -> bool:
    """Whether folded words tell a decision: "le conseil a décidé de verser"; or what the decision takes up."""
    return (above and proposes(text)) or finder("fundings", "exposed.decides").search(text) is not None
