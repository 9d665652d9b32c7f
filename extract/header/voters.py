"""Voters whom the act names: those against, those who abstained, those who took no part."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.facts import PersonName, SessionFacts
from extract.header.cells import entry_starts
from extract.header.listed import split_list
from extract.header.names import read_name
from extract.patterns import named
from extract.segment.layout import ActLayout, Span
from extract.text import key

_SENTENCE_END = re.compile(r"(?<!\b[MDmd])(?<!Mme)\.(?=\s|$)|[;!?]|\n\s*\n|\n(?=[-•*])")
_LIST_END = re.compile(r"(?<!\b[MDmd])(?<!Mme)\.(?=\s|$)|[;)]|\n(?=\s*\n)|\t|\b\d+\s")

Voters = dict[str, tuple[tuple[PersonName, ...], Span]]


def named_voters(text: str, source: str, layout: ActLayout, session: SessionFacts) -> Voters:
    """Named voters by field of the vote, each with the passage that names them.

    Those against and abstaining are looked for around the vote; those who take no part anywhere below the title.
    """
    found: Voters = {}
    below = Span(layout.body.start, layout.whole.end)
    near = [span for span in (layout.vote, layout.intro) if span]
    for field, form in named("vote", "after"):
        for span in [below] if field == "not_voting_by" else near:
            for verb in form.finditer(source, span.start, span.end):
                subject = Span(_sentence_start(text, span.start, verb.start()), verb.start())
                _add(found, field, _people(text, source, subject, session), Span(subject.start, verb.end()))
    for field, form in named("vote", "before"):
        for span in near:
            for label in form.finditer(source, span.start, span.end):
                stop = _LIST_END.search(text, label.end(), span.end)
                listed = Span(label.end(), stop.start() if stop else span.end)
                _add(found, field, _listed(text, source, listed, session), Span(label.start(), listed.end))
    return found


def _add(found: Voters, field: str, people: list[PersonName], span: Span) -> None:
    known = found[field][0] if field in found else ()
    fresh = tuple(p for p in people if all(key(p.written) != key(q.written) for q in known))
    if fresh:
        trimmed = Span(span.start, span.end)
        found[field] = ((*known, *fresh), found[field][1] if known else trimmed)


def _sentence_start(text: str, lowest: int, at: int) -> int:
    start = lowest
    for end in _SENTENCE_END.finditer(text, lowest, at):
        start = end.end()
    while start < at and text[start] in " \t\n*_-":
        start += 1
    return start


def _people(text: str, source: str, span: Span, session: SessionFacts) -> list[PersonName]:
    """Persons with a civility in a stretch of prose, without what is said of them between commas."""
    starts = entry_starts(text, source, span)
    names = [read_name(text[start:end]) for start, end in pairwise([*starts, span.end])]
    return [_completed(name, session) for name in names if name and not name.written.islower()]


def _listed(text: str, source: str, span: Span, session: SessionFacts) -> list[PersonName]:
    """Persons in a list, with civilities or without ("abstentions : A, B")."""
    if people := _people(text, source, span, session):
        return people
    names = (read_name(text[s.start : s.end]) for s in split_list(text, source, [span]) if span.end > span.start)
    return [_completed(name, session) for name in names if name and name.given]


def _completed(name: PersonName, session: SessionFacts) -> PersonName:
    """A name as the roster gives it where one member alone bears that family name."""
    if name.given:
        return name
    same = [a.member for a in session.attendance if key(a.member.family) == key(name.family)]
    return same[0] if len({key(member.written) for member in same}) == 1 else name
