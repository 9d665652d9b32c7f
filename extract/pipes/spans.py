"""Findings as spaCy span groups, for displaCy and every other tool that reads ``doc.spans``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from extract.pipes.columns import token_starts


def set_spans(doc: Doc, group: str, found: Iterable[tuple[int, int, str]]) -> None:
    """Set ``doc.spans[group]`` from (start, end, label) in characters, widened to whole tokens.

    Example: ``displacy.render(doc, style="span", options={"spans_key": "amounts"})``.
    """
    places = token_starts(doc)
    spans = []
    for start, end, label in found:
        first, last = max(0, bisect_right(places, start) - 1), bisect_left(places, end)
        if last > first:
            spans.append(Span(doc, first, last, label=label))
    doc.spans[group] = spans
