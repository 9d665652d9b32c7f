"""The four counts of a header: membres, en exercice, présents, procurations."""

from __future__ import annotations

from extract.header.fields import Found
from extract.patterns import named
from extract.segment.layout import Span

COUNTS = ("members", "members_in_office", "present_count", "proxy_count")


def read_counts(source: str, header: Span) -> dict[str, Found[object] | None]:
    """Each count that ``source`` (folded text) states in its header, whatever the order, even glued together."""
    return {name: _count(name, source, header) for name in COUNTS}


def _count(name: str, source: str, header: Span) -> Found[object] | None:
    for _, form in named("header", name):
        if found := form.search(source, header.start, header.end):
            return Found(int(found["figure"]), Span(*found.span()))
    return None
