"""The two dates of a header: that of the séance, and that on which its members were convoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from extract.finder import finders
from extract.header.dates import read_date
from extract.header.found import Found
from extract.patterns import pattern
from extract.segment.layout import Span
from extract.view import Stamp

#: A council is convoked at most so long before it sits.
_LONGEST_NOTICE = dt.timedelta(days=120)
_CONTEXT = 120


def read_dates(
    text: str, source: str, header: Span, below: Span, stamps: Iterable[Stamp] = (), lists: int | None = None
) -> tuple[Found[dt.date] | None, Found[dt.date] | None]:
    """Date of the séance and of the convocation.

    A header can carry the formula of an earlier séance, left by whoever copied it: the eight figures of a transmission
    stamp settle which date is right, else the title goes before the formula. The year that a convocation leaves
    out is that of the séance; it may be told below the lists, in ``below``. What is told behind ``lists``, where the
    lists begin, goes after what is told before: it is often the séance whose minutes are approved.
    """
    convocations = list(_convocations(source, header)) or list(_convocations(source, below))
    taken = [span for span in convocations if read_date(text[span.start : span.end])]
    told = _first_above(_seances(text, source, header, taken), header.end if lists is None else lists)
    seance = (
        _settled(told, [stamp for stamp in stamps if stamp.date])
        or _yearless(text, source, header, taken)
        or _told_below(text, source, Span(header.end, below.end))
    )
    return seance, _convocation(text, convocations, seance.value if seance else None)


def _seances(text: str, source: str, header: Span, taken: list[Span]) -> Iterator[Found[dt.date]]:
    """Every date of a séance, the most trusted first."""
    other = pattern("header", "other.seance")
    for _, form in finders("header", "seance"):
        for found in form.finditer(source, header.start, header.end):
            span = Span(*found.span("date"))
            if any(span.start < conv.end and conv.start < span.end for conv in taken):
                continue
            if other.search(source, max(header.start, found.start() - _CONTEXT), found.start()):
                continue
            if value := read_date(text[span.start : span.end]):
                yield Found(value, Span(found.start(), span.end))


def _told_below(text: str, source: str, below: Span) -> Found[dt.date] | None:
    """The day on which the organ met, as the line below the objet tells that opens with it."""
    for _, form in finders("header", "seance_below"):
        for found in form.finditer(source, below.start, below.end):
            if value := read_date(text[slice(*found.span("date"))]):
                return Found(value, Span(*found.span("date")))
    return None


def _first_above(told: Iterator[Found[dt.date]], lists: int) -> Iterator[Found[dt.date]]:
    """The dates in their order, those told above the lists first."""
    below = []
    for found in told:
        if found.span.start < lists:
            yield found
        else:
            below.append(found)
    yield from below


def _yearless(text: str, source: str, header: Span, convocations: list[Span]) -> Found[dt.date] | None:
    """A séance told without its year: that in which it follows the convocation."""
    convoked = [date for span in convocations if (date := read_date(text[span.start : span.end]))]
    for _, form in finders("header", "seance_short"):
        for found in form.finditer(source, header.start, header.end):
            span = Span(*found.span("date"))
            if any(span.start < conv.end and conv.start < span.end for conv in convocations):
                continue
            for date in convoked:
                for year in (date.year, date.year + 1):
                    value = read_date(f"{text[span.start : span.end]} {year}")
                    if value and dt.timedelta() <= value - date <= _LONGEST_NOTICE:
                        return Found(value, span)
    return None


def _settled(told: Iterator[Found[dt.date]], stamps: list[Stamp]) -> Found[dt.date] | None:
    first = next(told, None)
    if not stamps:
        return first
    if first is None:
        return Found(stamps[0].date, Span(stamps[0].start, stamps[0].end)) if stamps[0].date else None
    dates = {stamp.date for stamp in stamps}
    return next((found for found in chain([first], told) if found.value in dates), first)


def _convocations(source: str, header: Span) -> Iterator[Span]:
    for _, form in finders("header", "convocation"):
        for found in form.finditer(source, header.start, header.end):
            yield Span(*found.span("date"))


def _convocation(text: str, spans: list[Span], seance: dt.date | None) -> Found[dt.date] | None:
    """The first date that can be: before the séance, and not long before where there is a choice."""
    told: list[Found[dt.date]] = []
    for span in spans:
        written = text[span.start : span.end]
        value = read_date(written) or (_in_the_year_of(written, seance) if seance else None)
        if value is not None and (seance is None or value <= seance):
            told.append(Found(value, span))
    near = [found for found in told if seance is None or seance - found.value <= _LONGEST_NOTICE]
    fitting = [found for found in near if found.value != seance] or near or told
    return fitting[0] if fitting else None


def _in_the_year_of(written: str, seance: dt.date) -> dt.date | None:
    """A date without year: the last such day before the séance."""
    for year in (seance.year, seance.year - 1):
        value = read_date(f"{written} {year}")
        if value and value <= seance:
            return value
    return None
