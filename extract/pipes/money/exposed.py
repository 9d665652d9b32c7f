"""Sums that the exposé alone tells: oftener history and plans than grants."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pipes.money.cues import granted_above, proposes
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading


def mark_exposed(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Mark what no sentence of the decision tells: read less surely, it goes to review (:mod:`extract.confidence`).

    What the exposé proposes where the decision approves "les subventions énumérées ci-dessus" is decided too.
    """
    above = granted_above(reading)
    for draft in drafts:
        told = [reading.sentences[reading.sentence_at(start)] for start, _ in draft.spans]
        draft.exposed = not any(
            s.section == "decision" or (above and proposes(reading.text_of(s))) for s in told
        )
