"""What the heading of a point says: its number, theme and title, and where its exposé begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.headings import Family, Mark
from extract.segment.layout import Span
from extract.segment.lines import Line, is_capitals, lines_of, trim
from extract.segment.objet import told_objets
from extract.segment.title import read_heading
from extract.text import PARENTHESES

#: A line this long may have been wrapped; a title has no more lines than this.
_WRAPPED, _MOST_LINES = 48, 6
#: The number stands within this many lines below the title.
_BELOW = 3
#: A title on the line of its exposé: its length, and that of what follows.
_SHORTEST, _LONGEST, _EXPOSED = 6, 160, 30
_SENTENCE = re.compile(r"(?<![A-ZÀ-Ý])(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bDr)(?<!\bn°)\.\s+(?=[A-ZÀ-Ý][a-zà-ÿ'’]|\d)")
_TITLE_EDGES = " \t\n*_#>|│:-–—.;"


class Heading(NamedTuple):
    """Number (``ordinal`` where it only counts the points), theme, title, and where the exposé begins."""

    number: Span | None
    ordinal: Span | None
    theme: Span | None
    title: Span | None
    end: int


def read_point(text: str, source: str, family: Family, mark: Mark, stop: int) -> Heading:
    """The heading of the point that begins at ``mark`` and ends at ``stop``."""
    own = mark.number if family is Family.NUMBER else None
    if objet := next(told_objets(source, mark.start, min(stop, mark.start + 1_200)), None):
        told = read_heading(text, source, objet.end(), stop)
        return Heading(own, mark.number, told.theme, told.title, told.end)
    lines = [line for line in lines_of(source, mark.title, stop) if not line.blank]
    theme, at = _above(lines)
    if at >= len(lines):
        return Heading(own, mark.number, theme, None, mark.end)
    last = _last_line(text, lines, at)
    span = _title_span(text, source, lines[at].start, lines[last].end, stop)
    end = max(span.end, lines[last].end if span.end > lines[last].start else span.end)
    if labelled := pattern("headings", "part.objet").match(source, span.start, span.end):
        span = Span(labelled.end(), span.end)
    if run_in := _run_in(text, span):
        span, end = run_in, run_in.end + 1
    if own is None:
        own, span = _trailing_number(source, span)
    if own is None:
        own, end = _number_below(lines, last, end)
    if theme is None:
        theme, span = rubric_of(text, source, span)
    return Heading(own, mark.number, theme, span, end)


def _above(lines: list[Line]) -> tuple[Span | None, int]:
    """The theme that a labelled line names, and the first line that may be the title."""
    theme: Span | None = None
    for index, line in enumerate(lines):
        if found := pattern("headings", "part.theme").match(line.text):
            theme = Span(line.start + found.start("theme"), line.start + found.end("theme"))
        elif not (
            pattern("headings", "part.service").match(line.text) or pattern("headings", "number.below").match(line.text)
        ):
            return theme, index
    return theme, len(lines)


def _last_line(text: str, lines: list[Line], first: int) -> int:
    """The last line of a title that runs over several."""
    last = first
    while last + 1 < min(len(lines), first + _MOST_LINES):
        above, line = lines[last], lines[last + 1]
        written, told = text[above.start : above.end].strip(), text[line.start : line.end].strip(" \t*_")
        if (
            line.after_blank
            or pattern("segment", "body").match(line.text)
            or pattern("headings", "number.below").match(line.text)
        ):
            break
        if pattern("headings", "part.vote").search("\t" + line.text.strip()[:30]) or written.endswith((".", ";")):
            break
        capital = is_capitals(written) and is_capitals(told) and line.start - above.end <= 1
        runs_on = told[:1].islower() and len(written) >= _WRAPPED
        if not (capital or runs_on or pattern("segment", "unfinished").search(above.text)):
            break
        last += 1
    return last


def _title_span(text: str, source: str, start: int, end: int, stop: int) -> Span:
    """The title without the cell of the vote that a list prints beside it."""
    cell = finder("headings", "part.vote").search(source, start, min(stop, start + 400))
    counted = finder("headings", "part.counts").search(source, end, cell.start()) if cell else None
    if (
        cell
        and not counted
        and source.count("\n", start, cell.start()) <= _BELOW
        and "." not in source[end : cell.start()]
    ):
        end = cell.start()
    while start < end and text[start] in _TITLE_EDGES:
        start += 1
    while end > start and text[end - 1] in _TITLE_EDGES:
        end -= 1
    return trim(text, start, end)


def _run_in(text: str, title: Span) -> Span | None:
    """A title that its exposé follows on one line ("Tarif de la salle. Le week-end passe à 140 €…")."""
    found = _SENTENCE.search(text, title.start + _SHORTEST, title.end)
    if found is None or title.end - found.end() < _EXPOSED or found.start() - title.start > _LONGEST:
        return None
    return Span(title.start, found.start())


def _trailing_number(source: str, title: Span) -> tuple[Span | None, Span]:
    forms = (finder("headings", f"number.{name}") for name in ("told", "trailing"))
    found = next((found for form in forms if (found := form.search(source, title.start, title.end))), None)
    if found is None or found.start() == title.start:
        return None, title
    return Span(*found.span("number")), Span(title.start, found.start())


def _number_below(lines: list[Line], last: int, end: int) -> tuple[Span | None, int]:
    for line in lines[last + 1 : last + 1 + _BELOW]:
        if found := pattern("headings", "number.below").match(line.text):
            group = next(name for name in ("number", "signed", "bare") if found[name])
            after = min(line.end, line.start + found.end() + 1)
            return Span(line.start + found.start(group), line.start + found.end(group)), max(end, after)
    return None, end


def labelled_theme(source: str, start: int, end: int) -> Span | None:
    """The theme of the last labelled line above an OBJET: "Thème : Sport" ."""
    found = list(finder("headings", "part.theme").finditer(source, start, end))
    return Span(*found[-1].span("theme")) if found else None


def rubric_of(text: str, source: str, title: Span) -> tuple[Span | None, Span]:
    """A rubric in capitals before a title that is not ("CULTURE – École de musique")."""
    found = pattern("headings", "part.rubric").match(source, title.start, title.end)
    if found is None:
        return None, title
    theme = Span(*found.span("theme"))
    rest = PARENTHESES.sub("", text[found.end() : title.end])
    if not is_capitals(text[theme.start : theme.end]) or is_capitals(rest):
        return None, title
    return theme, Span(found.end(), title.end)
