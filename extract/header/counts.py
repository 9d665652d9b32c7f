"""The four counts of a header: membres, en exercice, présents, procurations."""

from __future__ import annotations

from extract.finder import finders
from extract.header.found import Found
from extract.header.numbers import read_number
from extract.segment.layout import Span

COUNTS = ("members", "members_in_office", "present_count", "proxy_count")


def read_counts(source: str, header: Span) -> dict[str, Found[object] | None]:
    """Each count that ``source`` (folded text) states in a header, whatever the order, even glued together."""
    return {name: _count(name, source, header) for name in COUNTS}


def _count(name: str, source: str, header: Span) -> Found[object] | None:
    """The first figure, in the form that leaves least doubt which label it belongs to."""
    for _, form in finders("header", name):
        for match in form.finditer(source, header.start, header.end):
            groups = match.groupdict()
            value = int(groups["figure"]) if groups.get("figure") else read_number(groups.get("word") or "")
            if value is not None:
                return Found(value, Span(*match.span()))
    return None
