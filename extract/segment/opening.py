"""The head of an act: where its roster, theme and title stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.patterns import pattern
from extract.segment.acts import Extent
from extract.segment.layout import Span
from extract.segment.lines import Line, lines_of, paragraphs
from extract.segment.rosters import RosterSpan, find_rosters, tells_present
from extract.segment.title import read_heading

#: A header with the largest assembly by commune is shorter; so is one paragraph of it that names nobody.
_LONGEST_HEAD, _LONGEST_PARAGRAPH, _LONGEST_FIELD = 24_000, 1_200, 300
_SKIPPED = re.compile(r"[\s.;|*_-]+")
_FIELD_END = re.compile(r"(?<!\bm)(?<!\bmm)(?<!\bdr)\.(?=\s)|\n(?=[\s*_-]*\S)")


class Opening(NamedTuple):
    """Spans of the head; ``end`` is where the exposé begins."""

    header: Span
    present: Span | None
    absent: Span | None
    theme: Span | None
    title: Span | None
    end: int


def _without_objet(source: str, extent: Extent, listed: int) -> int:
    """Where the header ends in an act that has no OBJET: before the first paragraph that is no header.

    ``listed`` is where the last list ends; a paragraph far longer than a header is none, whatever it begins with.
    """
    end = extent.whole.start
    for block in paragraphs(lines_of(source, extent.whole.start, extent.whole.end)):
        if block[-1].end > max(listed, extent.whole.start) + _LONGEST_PARAGRAPH or not _is_header(block):
            break
        end = block[-1].end
    return end


def _is_header(block: list[Line]) -> bool:
    if any(
        pattern("segment", name).search(line.text) for line in block for name in ("header_line", "present", "absent")
    ):
        return True
    return 2 * sum(pattern("segment", "named_line").search(line.text) is not None for line in block) > len(block)


def _zone(source: str, extent: Extent) -> Span:
    """Where the lists of the header may stand: up to the first decision below a heading."""
    whole = extent.whole
    stop = min(whole.end, extent.header_start + _LONGEST_HEAD)
    deliberated = pattern("segment", "signs.decide").search(source, extent.header_start, stop)
    return Span(extent.header_start, deliberated.start() if deliberated else stop)


def _rosters(rosters: tuple[RosterSpan, ...]) -> tuple[Span | None, Span | None]:
    """The lists of the present (without heading) and of the others (with it)."""
    present = [r for r in rosters if tells_present(r.kind)]
    others = [r for r in rosters if not tells_present(r.kind)]
    return (
        Span(present[0].listed.start, present[-1].listed.end) if present else None,
        Span(others[0].heading.start, others[-1].listed.end) if others else None,
    )


def _fields_end(source: str, at: int, end: int) -> int:
    """Where the fields end that follow the lists: "Secrétaire de séance : …", counts, "Assistaient : …"."""
    while at < end:
        skipped = _SKIPPED.match(source, at, end)
        head = skipped.end() if skipped else at
        if not pattern("roster", "trailing").match(source, head, end):
            break
        stop = _FIELD_END.search(source, head, min(end, head + _LONGEST_FIELD))
        at = stop.start() if stop else min(end, head + _LONGEST_FIELD)
    return at


def read_opening(text: str, source: str, extent: Extent) -> Opening:
    """Header, rosters, theme and title of an act; for an act under a shared header, those of that header."""
    whole = extent.whole
    rosters = find_rosters(text, source, _zone(source, extent))
    listed = rosters[-1].listed.end if rosters else extent.header_start
    if extent.objet:
        first = pattern("segment", "objet").search(source, extent.header_start, whole.end)
        head_end = first.start() if first else extent.objet.start
        header = Span(extent.header_start, max(head_end, listed))
        heading = read_heading(text, source, extent.objet.end, whole.end)
    else:
        fields = _fields_end(source, listed, whole.end) if rosters else listed
        header = Span(extent.header_start, max(fields, _without_objet(source, extent, listed)))
        heading = read_heading(text, source, header.end, whole.end)
    present, absent = _rosters(rosters)
    end = max(heading.end, listed) if listed <= whole.end and listed > whole.start else heading.end
    return Opening(header, present, absent, heading.theme, heading.title, end)
