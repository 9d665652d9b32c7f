"""Findings as spaCy has them, for displaCy and every other tool that reads ``doc.spans`` and ``doc.sents``.

No component needs them, so they are told when asked for::

    doc._.reading = Reading(context, text)
    displacy.render(mark(pipeline()(doc)), style="span", options={"spans_key": "amounts"})
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from extract.pipes.columns import column, set_column
from extract.pipes.reading import Reading


def mark(doc: Doc) -> Doc:
    """Set the starts of sentences and the span groups "amounts", "periods", "programmes" and "organisations"."""
    reading: Reading = doc._.reading
    places = column(doc, "IDX")
    flags = [-1] * len(places)
    for start in (0, *(sentence.start for sentence in reading.sentences)):
        first = bisect_left(places, start)
        if first < len(flags):
            flags[first] = 1
    set_column(doc, "SENT_START", flags)
    named = ((s, e, p.family or "programme") for p in reading.programmes for s, e in p.mentions)
    bodies = ((s, e, o.kind) for s, e, o in reading.organisations.mentions(generic=False))
    _set(doc, places, "amounts", ((f.start, f.end, "MONTANT") for f in reading.amounts))
    _set(doc, places, "periods", ((f.start, f.end, "PERIODE") for f in reading.periods))
    _set(doc, places, "programmes", named)
    _set(doc, places, "organisations", bodies)
    return doc


def _set(doc: Doc, places: list[int], group: str, found: Iterable[tuple[int, int, str]]) -> None:
    """Set ``doc.spans[group]`` from (start, end, label) in characters, widened to whole tokens."""
    spans = []
    for start, end, label in found:
        first, last = max(0, bisect_right(places, start) - 1), bisect_left(places, end)
        if last > first:
            spans.append(Span(doc, first, last, label=label))
    doc.spans[group] = spans
