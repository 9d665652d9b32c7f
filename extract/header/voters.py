"""Voters whom the act names: those against, those who abstained, those who took no part."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.facts import PersonName, SessionFacts
from extract.finder import finder, finders, hastened
from extract.header.cells import entry_starts
from extract.header.listed import split_list
from extract.header.merge import same_person
from extract.header.names import read_name
from extract.header.officers import name_at
from extract.segment.layout import ActLayout, Span
from extract.text import key

_SENTENCE_END = hastened(re.compile(r"(?<!\b[MDmd])(?<!Mme)\.(?=\s|$)|[;!?]|\n\s*\n|\n(?=[-•*])"))
_LIST_END = re.compile(r"(?<!\b[MDmd])(?<!Mme)\.(?=\s|$)|[;)]|\n(?=\s*\n)|\t|\b\d+\s")

#: A list of voters in brackets is at most so long.
_LONGEST = 600

Voters = dict[str, tuple[tuple[PersonName, ...], Span]]


def named_voters(
    text: str, source: str, layout: ActLayout, session: SessionFacts, ballot: Span | None = None
) -> Voters:
    """Named voters by field of the vote, each with the passage that names them.

    Those against and abstaining are looked for around the vote (``ballot``, where it is told outside the layout's
    parts); those who take no part anywhere below the title.
    """
    found: Voters = {}
    below = Span(layout.body.start, layout.whole.end)
    near = [ballot] if ballot else [span for span in (layout.vote, layout.intro) if span]
    for field, form in finders("vote", "after"):
        for span in [below] if field == "not_voting_by" else near:
            for verb in form.finditer(source, span.start, span.end):
                subject = Span(_sentence_start(text, source, span.start, verb.start()), verb.start())
                people = _people(text, source, subject, session) or _uncivil(text, subject, session)
                _add(found, field, people, Span(subject.start, verb.end()))
    for field, form in finders("vote", "before"):
        for span in near:
            for label in form.finditer(source, span.start, span.end):
                stop = _list_end(text, source, label, span.end)
                listed = Span(label.end(), stop)
                _add(found, field, _listed(text, source, listed, session), Span(label.start(), listed.end))
    return found


def _list_end(text: str, source: str, label: re.Match[str], end: int) -> int:
    """Where a list of voters ends: at its bracket, else at the next label, sentence or gap."""
    if "(" in label.group()[-3:]:
        closed = source.find(")", label.end(), min(end, label.end() + _LONGEST))
        return closed if closed >= 0 else label.end()
    stop = _LIST_END.search(text, label.end(), end)
    other = finder("vote", "words.other_label").search(source, label.end(), end)
    return min([end, *(found.start() for found in (stop, other) if found)])


def _add(found: Voters, field: str, people: list[PersonName], span: Span) -> None:
    known = found[field][0] if field in found else ()
    fresh = tuple(p for p in people if all(key(p.written) != key(q.written) for q in known))
    if fresh:
        trimmed = Span(span.start, span.end)
        found[field] = ((*known, *fresh), found[field][1] if known else trimmed)


def _sentence_start(text: str, source: str, lowest: int, at: int) -> int:
    """Where the subject of a verb may begin: behind the last sentence, and behind figures with their voters."""
    start = lowest = max(lowest, at - 2 * _LONGEST)
    for end in _SENTENCE_END.finditer(text, lowest, at):
        start = end.end()
    for told in (finder("vote", "words.label_told"), *(form for _, form in finders("vote", "after"))):
        for label in told.finditer(source, start, at):
            start = max(start, label.end())
    opened = text.rfind("(", start, at)
    if opened > text.rfind(")", start, at):  # "à l'unanimité (X, président du club, s'étant retiré)"
        start = opened + 1
    while start < at and text[start] in " \t\n*_-":
        start += 1
    return start


def _people(text: str, source: str, span: Span, session: SessionFacts) -> list[PersonName]:
    """Persons with a civility in a stretch of prose, without what is said of them between commas."""
    starts = entry_starts(text, source, span)
    names = [read_name(text[start:end]) for start, end in pairwise([*starts, span.end])]
    return [_completed(name, session) for name in names if name and not name.written.islower()]


def _uncivil(text: str, span: Span, session: SessionFacts) -> list[PersonName]:
    """A member of the roster named without civility at the head of a clause ("T. ROY, trésorier du club, …")."""
    while span.start < span.end and text[span.start] in " ,;)\n-–":
        span = Span(span.start + 1, span.end)
    name = name_at(text, span.start, span.end)
    members = [a.member for a in session.attendance]
    if name is None or not any(same_person(name.value, member, members) for member in members):
        return []
    return [_completed(name.value, session)]


def _listed(text: str, source: str, span: Span, session: SessionFacts) -> list[PersonName]:
    """Persons in a list, with civilities or without ("abstentions : A, B"): those of the roster, where there is one."""
    if span.end <= span.start:
        return []
    names = [read_name(text[s.start : s.end]) for s in split_list(text, source, [span])]
    known = {word for a in session.attendance for word in key(a.member.family).split()}
    return [
        _completed(name, session)
        for name in names
        if name and (name.honorific or known.intersection(key(name.family).split()[-1:]) or (name.given and not known))
    ]


def _completed(name: PersonName, session: SessionFacts) -> PersonName:
    """A name as the roster gives it where one member alone bears that family name."""
    if name.given:
        return name
    same = [a.member for a in session.attendance if key(a.member.family) == key(name.family)]
    return same[0] if len({key(member.written) for member in same}) == 1 else name
