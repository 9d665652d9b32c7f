"""The roster: who was present, absent, represented, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from extract.facts import AttendanceFact, AttendanceStatus, Evidence, PersonName
from extract.header.cells import Cell, Columns, Entry, cells_of
from extract.header.listed import split_list
from extract.header.names import read_name
from extract.patterns import pattern
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded, lines_of
from extract.text import fold, squeeze

PageOf = Callable[[int], int | None]


class Section(NamedTuple):
    """Part of a roster under one heading."""

    lines: list[list[Cell]]
    span: Span
    status: AttendanceStatus
    by_proxy: bool


def read_roster(text: str, layout: ActLayout, page_of: PageOf) -> tuple[AttendanceFact, ...]:
    """Every entry of the act's rosters, in the order of the text.

    A person listed among the absent who gave their proxy is "represented"; one whose proxy names no holder is too,
    where the heading says that all of them gave one.
    """
    source = folded(text)
    found: list[tuple[int, AttendanceFact]] = []
    rosters: tuple[tuple[Span | None, AttendanceStatus], ...] = (
        (layout.roster_present, "present"),
        (layout.roster_absent, "absent"),
    )
    for roster, status in rosters:
        if roster is None:
            continue
        for section in _sections(text, source, roster, status):
            found += _read_section(text, source, section, page_of)
    return tuple(fact for _, fact in sorted(found, key=lambda pair: pair[0]))


def _read_section(text: str, source: str, section: Section, page_of: PageOf) -> Iterator[tuple[int, AttendanceFact]]:
    for entry in _entries(text, source, section):
        if fact := _attendance(entry.text(text), section, _evidence(entry, page_of)):
            yield entry.fragments[0].start, fact


def _evidence(entry: Entry, page_of: PageOf) -> tuple[Evidence, ...]:
    return tuple(Evidence(start=s.start, end=s.end, page=page_of(s.start)) for s in entry.fragments)


def _sections(text: str, source: str, roster: Span, status: AttendanceStatus) -> Iterator[Section]:
    """The roster cut at its inner headings; what follows a field of the header ("Secrétaire :") is left out."""
    section = Section([], roster, status, False)
    listing = True
    for line in lines_of(source, roster.start, roster.end):
        rest = [] if line.blank else [line]
        heading = pattern("roster", "heading").match(line.text)
        if pattern("roster", "field").match(line.text):
            listing = False
        elif heading:
            yield section
            section, listing = _headed(heading["kind"], Span(line.start + heading.end(), line.end)), True
            rest = [part for part in lines_of(source, *section.span) if not part.blank]
        if listing:
            section.lines.extend(list(cells_of(part, text)) for part in rest)
    yield section


def _headed(kind: str, span: Span) -> Section:
    by_proxy = bool(pattern("roster", "by_proxy").search(kind)) and not pattern("roster", "excluded").search(kind)
    if "present" in kind and not by_proxy:
        return Section([], span, "present", False)
    only_proxies = by_proxy and "absent" not in kind and "excus" not in kind
    return Section([], span, "represented" if only_proxies else "absent", by_proxy)


def _entries(text: str, source: str, section: Section) -> list[Entry]:
    """By civilities where the list uses them, else by commas, dashes or lines."""
    cells = [cell for row in section.lines for cell in row]
    civil = sum(pattern("roster", "entry").match(source, cell.span.start) is not None for cell in cells)
    if (cells and 2 * civil >= len(cells)) or civil > 3:
        columns = Columns(text, source, by_proxy=section.by_proxy)
        for row in section.lines:
            columns.add(row)
        return columns.entries
    return [Entry(0, 0, [span]) for span in split_list(text, source, [cell.span for cell in cells])]


def _attendance(written: str, section: Section, evidence: tuple[Evidence, ...]) -> AttendanceFact | None:
    name, holder, linked = _proxy(written, section.by_proxy)
    member = read_name(_without_remarks(name))
    if member is None:
        return None
    status: AttendanceStatus = "represented" if linked else section.status
    since, until = _moment("arrival", written), _moment("departure", written)
    return AttendanceFact(
        member=member, status=status, proxy_holder=holder, valid_from=since, valid_until=until, evidence=evidence
    )


def _proxy(written: str, by_proxy: bool) -> tuple[str, PersonName | None, bool]:
    """The giver's part, the holder, and whether a proxy is told at all."""
    source = fold(written)
    if found := pattern("roster", "holder_note").search(source):
        written, source = written[: found.start()], source[: found.start()]
    link = pattern("roster", "proxy").search(source)
    if link is None and by_proxy:
        link = pattern("roster", "proxy_bare").search(source)
    if link is None:
        return written, None, False
    return written[: link.start()], read_name(written[link.end() :]), True


def _without_remarks(name: str) -> str:
    for remark in ("excused", "remark"):
        if found := pattern("roster", remark).search(fold(name)):
            name = name[: found.start()]
    return name


def _moment(kind: str, written: str) -> str | None:
    if len(written) < 30 and "(" not in written:
        return None
    found = pattern("roster", kind).search(fold(written))
    return squeeze(written[slice(*found.span("moment"))]) if found else None
