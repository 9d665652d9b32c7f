"""Requests that are put off: neither granted nor refused, they are still requested (``tests/acts/README.md``).

"La demande du Judo Club est ajournée", "sursoit à statuer": what a later act decides of it is told there.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.patterns import pattern
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading


def keep_asked(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Make requests again of what was read as refused or granted where the sentence or the act only puts it off."""
    for draft in drafts:
        refused = draft.status == "rejected" and draft.rule != "undone" and is_put_off(_told(reading, draft))
        told = draft.status == "awarded" and draft.table is None
        if refused or (told and pattern("fundings", "postponed.of_one").search(_told(reading, draft))):
            draft.status, draft.rule = "requested", "put_off"


def is_put_off(text: str) -> bool:
    """Whether folded words put something off, and refuse nothing."""
    said = pattern("fundings", "postponed.said").search(text)
    return said is not None and pattern("fundings", "postponed.refused").search(text) is None


def _told(reading: Reading, draft: Draft) -> str:
    """The clause that tells a sum: of "rejette X (500 €) ; ajourne Y (300 €)" its own."""
    sentence = reading.sentences[reading.sentence_at(draft.position)]
    begin = max(sentence.start, reading.folded.rfind(";", sentence.start, draft.position) + 1)
    stop = reading.folded.find(";", draft.position, sentence.end)
    return reading.folded[begin : stop if stop >= 0 else sentence.end]
