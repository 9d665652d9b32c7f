"""Further mentions of names already known."""

from __future__ import annotations

from extract.pipes.known import in_programme
from extract.pipes.orgbook import OrgBook
from extract.pipes.phrases import LETTER_OR_DASH, SPACE, occurrences
from extract.pipes.reading import Reading
from extract.text import fold


def add_again(book: OrgBook, reading: Reading, text: str) -> None:
    """Every further mention of a known name or sigle."""
    for entry in list(book.entries):
        for name in dict.fromkeys([*entry.names.values(), entry.sigle or ""]):
            folded = fold(name)
            if len(name) < 3 or folded == "etat":
                continue
            for start, end in occurrences(folded.split(), reading.folded, SPACE, LETTER_OR_DASH):
                if name.isupper() and len(name) < 8 and not text[start:end].isupper():
                    continue
                if not book.at(start) and not in_programme(reading, start):
                    book.mention(entry, (start, end))
