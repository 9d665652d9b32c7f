"""Sums that the build of a decision gives to natural persons: "accorder 200 € à la famille K.", "à 3 propriétaires".

Whom the act names stays in the local facts (:mod:`extract.pipes.money.private`); whom it does not name is nobody's name
to publish. No model need weigh who receives.
"""

from __future__ import annotations

from extract.patterns import named, pattern
from extract.pipes.money.built import Built
from extract.pipes.money.cues import is_rejected
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.window import Window
from extract.pipes.roles import mentions_in

#: So far behind a build stand the words that make a price of its sum.
_BEHIND = 100


def given_to_persons(scene: Scene, window: Window, index: int) -> Built | None:
    """The body that deliberates, as who gives a sum to natural persons by the build of its decision."""
    reading, sentence = scene.reading, window.sentence
    if sentence.section != "decision" or is_rejected(reading.text_of(sentence)):
        return None
    signed = scene.signed(sentence)
    token = signed.line.amount_of.get(index)
    if token is None:
        return None
    text = signed.about(token)
    if pattern("constructions", "unlike.after").match(text, signed.offsets[token] + 1):
        return None  # a rate
    for _, expression in named("constructions", "persons"):
        found = expression.search(text)
        if found is None or pattern("constructions", "unlike.before").search(text[: found.start()]):
            continue
        told = text[found.start() : found.end() + _BEHIND]
        if not any(pattern("constructions", f"unlike.{form}").search(told) for form in ("bought", "of_kind", "earned")):
            return Built(None, None, persons=True)
    return Built(None, None, persons=True) if _told_above(scene, window, text) else None


def _told_above(scene: Scene, window: Window, text: str) -> bool:
    """Whether the paragraph tells above of the persons whom a sum without a receiver helps, and of no body."""
    reading, sentence = scene.reading, window.sentence
    above = [s for s in reading.sentences if s.paragraph == sentence.paragraph and s.start < sentence.start]
    if pattern("constructions", "persons_above.these").search(text):
        asked = pattern("constructions", "persons_above.requests")
        return any(asked.search(reading.text_of(each)) for each in above)
    if not above or pattern("constructions", "persons_above.helped").search(text) is None:
        return False
    named = mentions_in(reading, above[0].start, window.start)
    opened = pattern("constructions", "persons_above.opens").match(reading.text_of(above[0]))
    return opened is not None and all(body is reading.authority for _, _, body in named)
