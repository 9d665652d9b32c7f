"""The head of an act: where its roster, theme and title stand."""

from __future__ import annotations

from typing import NamedTuple

from extract.patterns import pattern
from extract.segment.acts import Extent
from extract.segment.layout import Span
from extract.segment.lines import Line, lines_of, paragraphs
from extract.segment.title import read_heading


class Opening(NamedTuple):
    """Spans of the head; ``end`` is where the exposé begins."""

    header: Span
    present: Span | None
    absent: Span | None
    theme: Span | None
    title: Span | None
    end: int


def _without_objet(source: str, extent: Extent) -> int:
    """Where the header ends in an act that has no OBJET: before the first paragraph that is no header."""
    end = extent.whole.start
    for block in paragraphs(lines_of(source, extent.whole.start, extent.whole.end)):
        if not _is_header(block):
            break
        end = block[-1].end
    return end


def _is_header(block: list[Line]) -> bool:
    if any(
        pattern("segment", name).search(line.text) for line in block for name in ("header_line", "present", "absent")
    ):
        return True
    return 2 * sum(pattern("segment", "named_line").search(line.text) is not None for line in block) > len(block)


def _rosters(source: str, header: Span) -> tuple[Span | None, Span | None]:
    """The two rosters, in whatever order: each runs to the other's heading or to the end of the header."""
    present = pattern("segment", "present").search(source, header.start, header.end)
    absent = pattern("segment", "absent").search(source, header.start, header.end)
    if present and absent and absent.start() < present.start():
        return Span(present.end(), header.end), Span(absent.start(), present.start())
    cut = absent.start() if absent else header.end
    return (
        Span(present.end(), cut) if present else None,
        Span(absent.start(), header.end) if absent else None,
    )


def read_opening(text: str, source: str, extent: Extent) -> Opening:
    """Header, rosters, theme and title of an act; for an act under a shared header, those of that header."""
    whole = extent.whole
    if extent.objet:
        first = pattern("segment", "objet").search(source, extent.header_start, whole.end)
        header = Span(extent.header_start, first.start() if first else extent.objet.start)
        heading = read_heading(text, source, extent.objet.end, whole.end)
    else:
        header = Span(extent.header_start, _without_objet(source, extent))
        heading = read_heading(text, source, header.end, whole.end)
    present, absent = _rosters(source, header)
    return Opening(header, present, absent, heading.theme, heading.title, heading.end)
