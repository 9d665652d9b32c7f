"""Who presided and who was secretary, in whatever phrase the header names them."""

from __future__ import annotations

import re
from functools import cache

from extract.facts import PersonName
from extract.finder import finders
from extract.header.found import Found
from extract.header.names import read_name
from extract.patterns import cased, pattern
from extract.segment.layout import Span
from extract.text import fold

#: The forms in which the name stands before the words that tell the office.
_BEFORE = {"president": "president_before", "secretary": "secretary_before"}
#: A name stands within this many characters of the words that tell the office.
_REACH = 90
_BRACKETS = re.compile(r"\([^()]*\)")


def read_officer(kind: str, text: str, source: str, span: Span) -> Found[PersonName] | None:
    """The president or the secretary (``kind``) of a stretch of text: the name after, then before the words."""
    for _, form in finders("header", kind):
        for found in form.finditer(source, span.start, span.end):
            at = found.start("name")
            if (name := name_at(text, at, span.end)) is not None:
                return name
    for _, form in finders("header", _BEFORE[kind]):
        for found in form.finditer(source, span.start, span.end):
            if (name := _name_before(text, span.start, found.start())) is not None:
                return name
    return None


@cache
def _person() -> re.Pattern[str]:
    return cased("names", "person_written")


def name_at(text: str, at: int, end: int) -> Found[PersonName] | None:
    """The person whose name begins at ``at``, white space and emphasis aside."""
    while at < end and text[at] in " \t\n*_\u00a0":
        at += 1
    written = _person().match(text, at, min(end, at + _REACH))
    name = read_name(written.group()) if written else None
    return Found(name, Span(*written.span())) if name and written else None


def _name_before(text: str, start: int, end: int) -> Found[PersonName] | None:
    """The person whose name ends at ``end``."""
    head = max(start, end - _REACH)
    for written in reversed(list(_person().finditer(text, head, end))):
        between = _BRACKETS.sub("", text[written.end() : end]).strip(" \t\n,*")
        if between and pattern("roster", "role").match(fold(between)) is None and fold(between) not in ("le", "la"):
            return None
        if name := read_name(written.group()):
            return Found(name, Span(*written.span()))
    return None
