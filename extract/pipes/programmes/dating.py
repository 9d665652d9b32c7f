"""The years of a programme, its extension and its successor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Found
from extract.pipes.programmes.mentions import Mention
from extract.pipes.reading import Reading

_AFTER = 170
_BEFORE = 24
_SUCCESSOR_REACH = 260


def dated(found: Found[Mention], folded: str, stop: int | None = None) -> Found[Mention]:
    """Add to a mention the years that stand right of it, before the next programme, and whether it is former or new."""
    before = folded[max(0, found.start - _BEFORE) : found.start]
    limit = found.end + _AFTER
    after = folded[found.end : limit if stop is None else max(found.end, min(limit, stop))]
    first = last = until = None
    for name in ("adjacent", "territory", "in_force", "single", "signed"):
        match = pattern("programmes", f"period.{name}").match(after)
        if match:
            first = int(match["first"])
            last = int(match["last"]) if "last" in match.groupdict() else None
            break
    if last is not None and first is not None and not 0 <= last - first <= 30:
        first = last = None
    extension = pattern("programmes", "period.extended").search(re.split(r"[.;](?=\s)|\n\n", after)[0])
    if extension:
        until = int(extension["until"])
    value = replace(
        found.value,
        first=first,
        last=last,
        until=until,
        former=pattern("programmes", "period.former").search(before) is not None,
        coming=pattern("programmes", "period.coming").search(before) is not None,
    )
    return Found(found.start, found.end, value)


def successors(reading: Reading, known: list[Found[Mention]]) -> Iterator[Found[Mention]]:
    """ "et le suivant portant sur la période 2024-2030": the next contract of the family last named."""
    for match in finder("programmes", "period.successor").finditer(reading.folded):
        before = [m for m in known if match.start() - _SUCCESSOR_REACH < m.start < match.start()]
        if before and before[-1].value.family:
            last = max(before, key=lambda m: m.start)
            start, end = match.span("word")
            yield Found(start, end, replace(last.value, sigle=None, by_sigle=True))
