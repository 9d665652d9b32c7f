"""What the decision asks of the funders of a plan de financement without repeating the sums."""

from __future__ import annotations

from collections.abc import Sequence

from extract.patterns import pattern
from extract.pipes.money.cues import decided_without_sum
from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in
from extract.text import fold


def ask(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Turn lines of a plan into requests, where the decision solicits their funders: by name, by kind, or all."""
    lines = [d for d in drafts if d.rule == "plan_line" and d.status == "budgeted" and d.funder is not None]
    others = [d for d in lines if d.funder is not reading.authority]
    for sentence in decided_without_sum(reading) if others else ():
        text = reading.text_of(sentence)
        if not pattern("fundings", "requested.verb").search(text):
            continue
        named = {o.id for _, _, o in mentions_in(reading, sentence.start, sentence.end)}
        found = [d for d in others if d.funder and (d.funder.id in named or _by_kind(d.funder, text))]
        everybody = pattern("tables", "asked.everybody").search(text)
        if everybody or (not found and pattern("tables", "status.above").search(text)):
            found = others
        for draft in found:
            draft.status, draft.rule = "requested", "plan_asked"


def _by_kind(funder: Organisation, text: str) -> bool:
    """Whether a sentence names a funder by what it is: "l'Agence de l'eau" for that of Rhin-Meuse."""
    kind = pattern("tables", "asked.kind").match(fold(funder.name))
    return kind is not None and pattern("tables", "asked.solicited").search(text) is not None and kind.group() in text
