"""Further mentions of names already known."""

from __future__ import annotations

from extract.patterns import cased
from extract.pipes.headed import heads
from extract.pipes.known import in_programme
from extract.pipes.orgbook import OrgBook
from extract.pipes.phrases import LETTER_OR_DASH, SPACE, occurrences
from extract.pipes.reading import Reading
from extract.text import fold

#: The last word but one of a longer name stands so near.
_NEAR = 30
#: Capitals so long are a verb of a decision ("ATTRIBUE"), not a sigle.
_SIGLE = 4


def _ends_longer(text: str, start: int, folded: str) -> bool:
    """Whether a name of one word stands behind a word of a longer one: "Valmore Basket Batival" is not Batival."""
    before = cased("names", "longer_before").search(text, max(0, start - _NEAR), start)
    if before is None or len(folded.split()) > 1 or not text[start].isupper():
        return False
    word = before.group().strip()
    shouted = word.isupper() and len(word) > _SIGLE
    return not shouted and not any(expression.fullmatch(fold(word)) for _, expression in heads())


def add_again(book: OrgBook, reading: Reading, text: str) -> None:
    """Every further mention of a known name or sigle; asked again, of what became known since."""
    if book.known() == book.looked_for:
        return
    for entry in list(book.entries):
        for name in dict.fromkeys([*entry.names.values(), entry.sigle or ""]):
            folded = fold(name)
            if len(name) < 3 or folded == "etat":
                continue
            for start, end in occurrences(folded.split(), reading.folded, SPACE, LETTER_OR_DASH):
                if name.isupper() and len(name) < 8 and not text[start:end].isupper():
                    continue
                if _ends_longer(text, start, folded):
                    continue
                if not book.at(start) and not in_programme(reading, start):
                    book.mention(entry, (start, end))
    book.looked_for = book.known()
