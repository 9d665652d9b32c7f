"""The acts and laws that a deliberation cites: deliberations, codes, laws, decrees, orders, circulars."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast, get_args

from extract.facts import CitationFact, CitationKind, Evidence
from extract.finder import finder, finders
from extract.header.dates import read_date
from extract.header.roster import PageOf
from extract.patterns import named, pattern, table
from extract.segment.layout import Span
from extract.segment.lines import folded
from extract.text import fold, squeeze

_KINDS: tuple[CitationKind, ...] = get_args(CitationKind)
_MONTHS: tuple[str, ...] = tuple(table("pieces")["pieces"]["month"])


@dataclass(slots=True)
class Citation:
    """One citation while it is gathered: every passage that makes it."""

    kind: CitationKind
    label: str
    span: Span
    number: str | None = None
    date: dt.date | None = None
    others: list[Span] = field(default_factory=list)

    def same(self, other: Citation) -> bool:
        """The same act: by number, else by date, else by label."""
        if self.kind != other.kind:
            return False
        if self.number and other.number:
            return fold(self.number) == fold(other.number)
        if self.date and other.date and self.kind != "code":
            return self.date == other.date
        return fold(self.label) == fold(other.label)


def read_citations(text: str, start: int, end: int, page_of: PageOf) -> tuple[CitationFact, ...]:
    """What ``text[start:end]`` cites, in order; an act cited twice is one fact with two pieces of evidence."""
    source = folded(text)
    gathered: list[Citation] = []
    for citation in sorted(_citations(text, source, Span(start, end)), key=lambda c: c.span):
        known = next((other for other in gathered if other.same(citation)), None)
        if known is None:
            gathered.append(citation)
        else:
            known.others.append(citation.span)
            if known.number is None and citation.number:
                known.number, known.label, known.date = (
                    citation.number,
                    citation.label,
                    citation.date or known.date,
                )
    return tuple(_fact(citation, page_of) for citation in gathered)


def _fact(citation: Citation, page_of: PageOf) -> CitationFact:
    spans = [citation.span, *citation.others]
    return CitationFact(
        label=citation.label,
        kind=citation.kind,
        number=citation.number,
        date=citation.date,
        evidence=tuple(Evidence(start=s.start, end=s.end, page=page_of(s.start)) for s in spans),
    )


def _citations(text: str, source: str, within: Span) -> Iterator[Citation]:
    taken: list[Span] = []
    for kind in _KINDS:
        for _, form in finders("citations", kind):
            for found in form.finditer(source, within.start, within.end):
                span = Span(*found.span())
                if any(span.start < other.end and other.start < span.end for other in taken):
                    continue
                made = list(_codes(text, source, found) if kind == "code" else _acts(kind, text, found))
                if made:
                    taken.append(span)
                    yield from made


def _acts(kind: str, text: str, found: re.Match[str]) -> Iterator[Citation]:
    """The act cited, or several of one date ("délibérations n° 12 et n° 13 du …")."""
    groups = found.groupdict()
    date = read_date(groups["date"]) if groups.get("date") else None
    written = text[slice(*found.span("number"))] if groups.get("number") else None
    numbers: list[str | None] = [written]
    if groups.get("more"):
        more = Span(*found.span("more"))
        marks = pattern("citations", "marks.act").finditer(fold(text[more.start : more.end]))
        numbers += [text[more.start + m.start() : more.start + m.end()] for m in marks]
    noun = squeeze(text[slice(*found.span("noun"))]) if groups.get("noun") else "délibération"
    title = squeeze(text[slice(*found.span("title"))]) if groups.get("title") else None
    for number in numbers:
        label = _label(title or noun.lower(), number, date)
        yield Citation(cast("CitationKind", kind), label, Span(*found.span()), number, date)


def _label(noun: str, number: str | None, date: dt.date | None) -> str:
    """ "loi n° 2014-173 du 21 février 2014"."""
    words = [noun, f"n° {number}" if number else ""]
    if date:
        words.append(f"du {'1er' if date.day == 1 else date.day} {_MONTHS[date.month - 1]} {date.year}")
    return " ".join(word for word in words if word)


def _codes(text: str, source: str, found: re.Match[str]) -> Iterator[Citation]:
    """Each article of a code, or the code itself."""
    known = _known_code(source, found.start("code"))
    if known is None:
        return
    code, end = known
    if "articles" not in found.groupdict():
        yield Citation("code", code, Span(found.start(), end))
        return
    whole = Span(*found.span("articles"))
    span = Span(found.start(), max(end, whole.end))
    for mark in finder("citations", "marks.article").finditer(source, whole.start, whole.end):
        article = re.sub(r"[\s.*]+", "", text[mark.start() : mark.end()]).upper()
        yield Citation("code", f"article {article} du {code}", span, article)


def _known_code(source: str, at: int) -> tuple[str, int] | None:
    """The full name of the code written at a place, and where its words or sigle end."""
    for name, form in named("citations", "codes"):
        if found := form.match(source, at):
            return name, found.end()
    return None
