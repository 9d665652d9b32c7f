"""The fields of a header but for counts and roster: dates, organ, authority, president, secretary."""

from __future__ import annotations

import datetime as dt
from typing import Generic, NamedTuple, TypeVar

from extract.facts import PersonName
from extract.header.dates import read_date
from extract.header.names import read_name
from extract.patterns import named, pattern
from extract.segment.layout import Span
from extract.text import fold, squeeze

#: A line of a header this long may have been wrapped.
_FULL_LINE = 60

T_co = TypeVar("T_co", covariant=True)


class Found(NamedTuple, Generic[T_co]):
    """A value and the passage that states it."""

    value: T_co
    span: Span


def _date(kind: str, text: str, source: str, header: Span) -> Found[dt.date] | None:
    for _, form in named("header", kind):
        for found in form.finditer(source, header.start, header.end):
            span = Span(*found.span("date"))
            if value := read_date(text[span.start : span.end]):
                return Found(value, Span(found.start(), span.end))
    return None


def read_seance_date(text: str, source: str, header: Span) -> Found[dt.date] | None:
    """The date of the séance; that of the convocation is never taken for it."""
    return _date("seance", text, source, header)


def read_convocation(text: str, source: str, header: Span) -> Found[dt.date] | None:
    """The date on which the members were convoked."""
    return _date("convocation", text, source, header)


def read_officer(kind: str, text: str, source: str, header: Span) -> Found[PersonName] | None:
    """The president or the secretary (``kind``), as the header names them."""
    for _, form in named("header", kind):
        for found in form.finditer(source, header.start, header.end):
            span = Span(*found.span("name"))
            if name := read_name(text[span.start : span.end].strip()):
                return Found(name, span)
    return None


def read_body(text: str, source: str, header: Span) -> tuple[Found[str] | None, Found[str] | None]:
    """The organ and its authority, as written, the authority without its leading article."""
    body: Found[str] | None = None
    for _, form in named("header", "body"):
        for found in form.finditer(source, header.start, header.end):
            span = Span(*found.span("body"))
            organ = Found(_capitalised(squeeze(text[span.start : span.end])), span)
            body = body or organ
            if "authority" not in form.groupindex:
                continue
            if authority := _authority(text, source, Span(*found.span("authority")), organ.value):
                return organ, authority
    return body, _letterhead(text, source, header)


def _letterhead(text: str, source: str, header: Span) -> Found[str] | None:
    """The authority named on a line of its own ("COMMUNE DE X")."""
    for found in pattern("header", "authority.line").finditer(source, header.start, header.end):
        if authority := _authority(text, source, Span(*found.span("authority"))):
            return authority
    return None


def _with_next_line(source: str, span: Span) -> Span:
    """The name with its second line, where the first is full or ends in the middle of a name."""
    head = source.rfind("\n", 0, span.start) + 1
    full = span.end - head >= _FULL_LINE or pattern("header", "name.open").search(source, head, span.end)
    if not full or span.end >= len(source):
        return span
    below = pattern("header", "name.continued").match(source, span.end + 1)
    return Span(span.start, below.end()) if below else span


def _authority(text: str, source: str, span: Span, organ: str = "") -> Found[str] | None:
    """The name of an authority without its article; where ``organ`` is an assembly, the authority it governs."""
    span = _with_next_line(source, span)
    stop = pattern("header", "name.stop").search(source, span.start, span.end)
    end = stop.start() if stop else span.end
    article = pattern("header", "name.article").match(source[span.start : end])
    start = span.start + (article.end() if article else 0)
    name = squeeze(text[start:end].replace("-\n", "-")).strip("*_ -–—")
    if not any(c.isalpha() for c in name):
        return None
    governed = _governed(f"{organ} {squeeze(text[span.start : end])}") or _governed(name)
    return Found(governed or _capitalised(name), Span(start, end))


def _governed(name: str) -> str | None:
    """The authority that an assembly governs, where the name is that of the assembly."""
    for authority, assembly in named("header", "assembly"):
        if found := assembly.match(fold(name)):
            return f"{authority} {name[found.end() :]}"
    return None


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
