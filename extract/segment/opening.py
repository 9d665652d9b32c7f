"""The head of an act: where its roster, theme and title stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.acts import Extent
from extract.segment.layout import RosterSpan, Span
from extract.segment.numbered import find_number
from extract.segment.objet import told_objets
from extract.segment.pointed import Heading, labelled_theme, rubric_of
from extract.segment.rosters import find_rosters
from extract.segment.title import read_heading
from extract.segment.untitled import find_untitled

#: A header with the largest assembly by commune is shorter; so is one field of it.
_LONGEST_HEAD, _LONGEST_FIELD = 24_000, 300
_SKIPPED = re.compile(r"[\s.;|*_-]+")
_FIELD_END = re.compile(r"(?<!\bm)(?<!\bmm)(?<!\bdr)\.(?=\s)|\n(?=[\s*_-]*\S)")


class Opening(NamedTuple):
    """Spans of the head; ``end`` is where the exposé begins."""

    header: Span
    rosters: tuple[RosterSpan, ...]
    number: Span | None
    theme: Span | None
    title: Span | None
    end: int


def _zone(source: str, extent: Extent) -> Span:
    """Where the lists of the header may stand: up to the first decision below a heading."""
    whole = extent.whole
    stop = min(whole.end, extent.header_start + _LONGEST_HEAD)
    forms = (finder("segment", name) for name in ("signs.decide", "below_rosters"))
    found = [match.start() for form in forms if (match := form.search(source, extent.header_start, stop))]
    return Span(extent.header_start, min(found, default=stop))


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
    """Header, rosters, number, theme and title of an act; under a shared header, the rosters are that header's."""
    if extent.point:
        return _pointed(text, source, extent, extent.point)
    rosters = find_rosters(text, source, _zone(source, extent))
    if extent.objet:
        return _titled(text, source, extent, extent.objet, rosters)
    return _untitled(text, source, extent, rosters)


def _pointed(text: str, source: str, extent: Extent, point: Heading) -> Opening:
    """The head of a point of minutes."""
    header = Span(extent.header_start, extent.header_end or extent.whole.start)
    return Opening(header, find_rosters(text, source, header), point.number, point.theme, point.title, point.end)


def _titled(text: str, source: str, extent: Extent, objet: Span, rosters: tuple[RosterSpan, ...]) -> Opening:
    """The head of an act with OBJET; its rosters may stand below it."""
    whole = extent.whole
    listed = rosters[-1].listed.end if rosters else extent.header_start
    first = next(told_objets(source, extent.header_start, whole.end), None)
    header = Span(extent.header_start, max(first.start() if first else objet.start, listed))
    heading = read_heading(text, source, objet.end, whole.end)
    end = max(heading.end, listed) if whole.start < listed <= whole.end else heading.end
    below = source.find("\n", heading.end + 2, whole.end)
    number = find_number(source, Span(whole.start, max(heading.end, below))) or find_number(source, header)
    title = heading.title
    if (
        title
        and (coded := pattern("headings", "number.bare").match(source, title.start, title.end))
        and not coded["close"]
    ):
        number, title = number or Span(*coded.span("number")), Span(coded.end(), title.end)
    theme = heading.theme or labelled_theme(source, whole.start, objet.start)
    if title and theme is None:
        theme, title = rubric_of(text, source, title)
    return Opening(header, rosters, number, theme, title, end)


def _untitled(text: str, source: str, extent: Extent, rosters: tuple[RosterSpan, ...]) -> Opening:
    """The head of an act without OBJET."""
    told = find_untitled(text, source, extent.whole, tuple(roster.listed for roster in rosters))
    listed = _fields_end(source, rosters[-1].listed.end, extent.whole.end) if rosters else extent.header_start
    header = Span(extent.header_start, max(told.header_end, min(listed, told.end)))
    number = told.number or find_number(source, Span(header.start, told.end))
    theme = told.theme or (labelled_theme(source, header.start, told.title.start) if told.title else None)
    return Opening(header, rosters, number, theme, told.title, max(told.end, header.end))
