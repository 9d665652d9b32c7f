"""The programme and the action that a funding belongs to."""

from __future__ import annotations

from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading


def attach(reading: Reading, drafts: list[Draft]) -> None:
    """Programme and action of each funding: of its sentence, its list's lead or item, else the act's main ones."""
    main = main_programme(reading)
    for draft in drafts:
        sentence = reading.sentences[reading.sentence_at(draft.position)]
        draft.action = draft.action or _action(reading, draft.position)
        if draft.programme is None:
            draft.programme = _programme_in(reading, sentence.start, sentence.end)
        if draft.programme is None and sentence.lead is not None:
            lead = reading.sentences[sentence.lead]
            draft.programme = _programme_in(reading, lead.start, lead.end)
        if draft.programme is None and draft.kind in ("subsidy", "contribution", "inKind"):
            draft.programme = main


def _programme_in(reading: Reading, start: int, end: int) -> str | None:
    found = {p.id for p in reading.programmes if any(start <= s < end for s, _ in p.mentions)}
    return found.pop() if len(found) == 1 else None


def main_programme(reading: Reading) -> str | None:
    """The programme an act is about: of its title, else approved by it, else the only family it names."""
    programmes = reading.programmes
    title = reading.context.title
    if title:
        named = [p for p in programmes if any(title[0] <= s < title[1] for s, _ in p.mentions)]
        if named:
            return str(named[0].id)
    decided = [
        p for p in programmes
        if any(reading.sentences[reading.sentence_at(s)].section == "decision" for s, _ in p.mentions)
    ]  # fmt: skip
    if decided:
        return str(decided[0].id)
    families = {p.family or p.id for p in programmes}
    if len(families) == 1:
        year = reading.context.session_date.year if reading.context.session_date else None
        valid = [p for p in programmes if year is not None and p.valid_in(year)]
        return str((valid or programmes)[0].id)
    return None


def _action(reading: Reading, position: int) -> str | None:
    """The action whose item holds the amount, or whose heading is the last above it in the same list."""
    index = reading.sentence_at(position)
    sentence = reading.sentences[index]
    actions = reading.actions
    for action in actions:
        if action.start <= position < action.end or action.sentence == index:
            return str(action.id)
    above = [a for a in actions if a.sentence < index and a.number is not None]
    if above and sentence.section == "body" and sentence.lead is not None:
        last = above[-1]
        if reading.sentences[last.sentence].lead == sentence.lead:
            return str(last.id)
    return None
