"""Rosters laid out as tables: "Nom | Présent | Pouvoir à", or one list a column ("Présents | Excusés")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.finder import finders
from extract.openings import needed
from extract.patterns import pattern
from extract.segment.layout import RosterTable, Span
from extract.segment.lines import lines_holding, lines_of

_GAP = re.compile(r"[ ]*\|[ ]*|\t|[ ]{2,}")
_RULE = re.compile(r"[\s|:+-]*")
_LONGEST_LABEL = 45


def cells(text: str, start: int, end: int) -> list[Span]:
    """The cells of a row, empty ones included; the bars at its ends are no cells."""
    piped = "|" in text[start:end]
    tabbed = "\t" in text[start:end]
    if piped:
        start += len(text[start:end]) - len(text[start:end].lstrip(" >*"))
        end = start + len(text[start:end].rstrip(" *"))
        start, end = start + (text[start] == "|"), end - (text[end - 1] == "|")
    found: list[Span] = []
    at = start
    for gap in _GAP.finditer(text, start, end):
        if (piped and "|" not in gap.group()) or (tabbed and not piped and gap.group() != "\t"):
            continue
        found.append(_solid(text, at, gap.start()))
        at = gap.end()
    return [*found, _solid(text, at, end)]


def _solid(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " *":
        start += 1
    while end > start and text[end - 1] in " *":
        end -= 1
    return Span(start, end)


def find_tables(text: str, source: str, zone: Span) -> Iterator[RosterTable]:
    """The tables of a header that tell who was there."""
    for found in _heads(source, zone):
        (line,) = lines_of(source, found.start(), found.end())[:1]
        kinds = _paired(tuple(_kind(source[span.start : span.end]) for span in cells(text, line.start, line.end)))
        listed = kinds.count("list") > 1
        told = {"present", "absent", "proxy", "status"} & set(kinds)
        pairs = "name" in kinds and "proxy" in kinds
        if len(kinds) < 2 or not (
            listed or ("present" in kinds and len(told) + kinds.count("name") > 1) or "status" in kinds or pairs
        ):
            continue
        end = _rows_end(text, source, line.end, zone.end, least=1 if listed else 2)
        if end > line.end and "€" not in source[line.start : end]:  # "Statut" heads owners and their aids, too
            yield RosterTable(Span(line.start, line.end), Span(line.end + 1, end), kinds)


@cache
def _words() -> frozenset[str]:
    return needed(pattern("roster", "table_head"))


def _heads(source: str, zone: Span) -> Iterator[re.Match[str]]:
    """The heads of tables, looked for in the lines that hold a word of theirs."""
    form = pattern("roster", "table_head")
    for start in sorted(lines_holding(_words(), source, zone.start, zone.end)):
        if found := form.match(source, start, zone.end):
            yield found


def _paired(kinds: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The columns of a table of proxies: who gave theirs ("Absents", "Mandants") is named in the first."""
    givers = [kind for kind in kinds if kind in ("list", "absent", "giver")]
    if "proxy" not in kinds or "name" in kinds or len(givers) != 1 or "present" in kinds:
        return kinds
    return tuple("name" if kind in givers else kind for kind in kinds)


def _kind(label: str) -> str | None:
    if len(label) > _LONGEST_LABEL:
        return None
    return next((name for name, form in finders("roster", "column") if form.search(label.strip(" :"))), None)


def _rows_end(text: str, source: str, at: int, end: int, *, least: int) -> int:
    """The rows go on while lines hold as many cells: a bar, a tab or a wide gap; lists of unlike length run on."""
    last = at
    for line in lines_of(source, at + 1, end):
        if line.blank and last == at:
            continue
        if line.blank or ":" in line.text or len(cells(text, line.start, line.end)) < least:
            break
        last = line.end
    return last


def rows_of(text: str, source: str, table: RosterTable) -> Iterator[list[Span]]:
    """The rows of a table, each with as many cells as there are columns."""
    aligned = "|" not in text[slice(*table.head)] and "\t" not in text[slice(*table.head)]
    starts = [span.start - table.head.start for span in cells(text, *table.head)]
    for line in lines_of(source, table.rows.start, table.rows.end):
        if line.blank or _RULE.fullmatch(line.text):
            continue
        found = cells(text, line.start, line.end)
        if aligned:
            found = _aligned(found, line.start, starts)
        yield found[: len(table.kinds)] + [Span(line.end, line.end)] * (len(table.kinds) - len(found))


def _aligned(found: list[Span], margin: int, starts: list[int]) -> list[Span]:
    """Cells put under the heads they stand below, where only blanks part the columns."""
    row = [Span(margin, margin)] * len(starts)
    for span in found:
        if span.end > span.start:
            index = min(range(len(starts)), key=lambda i: abs(starts[i] - (span.start - margin)))
            row[index] = span
    return row
