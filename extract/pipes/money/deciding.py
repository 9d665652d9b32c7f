"""Whether a sentence tells a decision, by its build; and the parts of one that semicolons cut."""

from __future__ import annotations

from extract.finder import finder
from extract.pipes.model import Sentence, within
from extract.pipes.money.cues import is_record
from extract.pipes.reading import Reading


def decides(reading: Reading, text: str) -> bool:
    """Whether a sentence, with signs for names, tells a decision; of an act that sets none apart, the passive does."""
    forms = ("organ", "minutes", "accord", *(["recorded"] if is_record(reading) else []))
    if finder("segment", "signs.decide").search(text) is not None:
        return True
    return any(finder("constructions", f"deciding.{form}").search(text) for form in forms)


def before_semicolon(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The part of a sentence before a semicolon that ends right before another part, of one sum or more."""
    at = reading.sentence_at(sentence.start)
    above = reading.sentences[at - 1] if at else None
    if above is None or above.paragraph != sentence.paragraph or not reading.text_of(above).rstrip().endswith(";"):
        return None
    return above if within(reading.amounts, above.start, above.end) else None
