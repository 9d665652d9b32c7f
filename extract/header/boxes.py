"""Boxes to tick: "☒ Adopté ☐ Rejeté" tells what is ticked, and nothing of the rest."""

from __future__ import annotations

import re

from extract.finder import Finder, finder
from extract.segment.layout import Span


def said(form: Finder, source: str, span: Span) -> bool:
    """Whether a passage says something, elsewhere than beside an empty box."""
    return any(not _unticked(source, match) for match in form.finditer(source, span.start, span.end))


def _unticked(source: str, match: re.Match[str]) -> bool:
    """Whether the box of some words is empty: the last before them, or the next where a line ends with its boxes."""
    start = source.rfind("\n", 0, match.start()) + 1
    end = source.find("\n", match.end())
    end = len(source) if end < 0 else end
    if finder("vote", "box.closing").search(source, start, end):
        box = finder("vote", "box.any").search(source, match.end(), end)
    else:
        box = None
        for box in finder("vote", "box.any").finditer(source, start, match.start()):  # noqa: B007 (the last one)
            pass
    return box is not None and box["empty"] is not None
