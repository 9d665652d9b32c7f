"""Boxes to tick: of the outcomes that a form prints ("☐ Rejeté  ☑ Adopté"), those left unticked tell nothing."""

from __future__ import annotations

from collections.abc import Iterator

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.layout import Span

#: The boxes of one form stand within this many characters of each other.
_FORM = 160


def unticked(source: str) -> Iterator[Span]:
    """Extents of the unticked boxes with the outcome beside each; ``source`` is the folded text.

    Whether a form prints its boxes before or behind their labels shows at its first box.
    """
    behind = False
    last = -_FORM
    for box in finder("view", "box.sign").finditer(source):
        head = max(last, box.start() - _FORM, 0)
        before = finder("view", "box.label_before").search(source, head, box.start())
        if box.start() - last >= _FORM:
            behind = before is not None
        last = box.end()
        if box["ticked"]:
            continue
        if behind:
            if before:
                yield Span(before.start(), box.end())
        elif label := pattern("view", "box.label").match(source, box.end()):
            yield Span(box.start(), label.end())
