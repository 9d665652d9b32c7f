"""The formula that opens the decision: "Le Bureau, après en avoir délibéré, décide :".

It is read piece by piece (organ, "après en avoir délibéré", "à l'unanimité", "décide") in whatever order the act
gives them, rather than as one long expression, so that a variant costs one line of data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.layout import Span

#: The first article stands so far below the scrutin that opens the decision.
_BALLOT = 400
_KINDS = ("deliberated", "vote", "decides", "ruling", "aside", "apart")


class Intro(NamedTuple):
    """The formula, and the part of it that tells the vote ("à l'unanimité")."""

    span: Span
    vote: Span | None


class _Parsed(NamedTuple):
    end: int
    kinds: frozenset[str]
    vote: Span | None
    decides: int | None


def _pieces(source: str, at: int, end: int) -> _Parsed:
    """Every piece of the formula from ``at`` on, with the white space and commas between."""
    gap = pattern("segment", "intro.gap")
    kinds: set[str] = set()
    vote: Span | None = None
    told = False
    decides: int | None = None
    last = at
    while at < end:
        for kind in _KINDS:
            if (kind in kinds and (kind != "vote" or told)) or (kind in ("aside", "apart") and not kinds):
                continue
            if found := pattern("segment", f"intro.{kind}").match(source, at, end):
                break
        else:
            break
        kinds.add(kind)
        last = found.end()
        if kind == "vote":
            told = vote is not None  # twice at most: "à la majorité, par 17 voix pour et 3 abstentions"
            vote = Span(vote.start if vote else found.start(), last)
        if kind == "decides":
            decides = found.start()
        between = gap.match(source, last, end)
        at = between.end() if between else last
    return _Parsed(last, frozenset(kinds), vote, decides)


def begins_like_decision(source: str, at: int, end: int) -> bool:
    """Whether a decided point begins here: "de/d'" and an infinitive, or a verb of deciding."""
    return any(pattern("decisions", name).match(source, at, end) for name in ("infinitive", "finite", "subordinate"))


def _list_begins(source: str, at: int, end: int) -> bool:
    """Whether the next line begins like a decided point, behind its bullet."""
    while at < end and source[at] in " \t\n*":
        at += 1
    bullet = pattern("segment", "bullet").match(source, at, end)
    return begins_like_decision(source, bullet.end() if bullet else at, end)


def _accepted(source: str, parsed: _Parsed, end: int) -> int | None:
    """Where the formula ends if it is one, colon included."""
    kinds = parsed.kinds
    close = pattern("segment", "intro.close").match(source, parsed.end, end)
    stop = close.end() if close else parsed.end
    colon = ":" in source[parsed.end : stop]
    closed = colon or stop >= end or source[stop] == "\n"
    if "deliberated" in kinds or {"ruling", "decides"} <= kinds:
        if closed or begins_like_decision(source, stop, end):
            return stop
        rest = pattern("segment", "intro.rest").match(source, parsed.end, end)
        return rest.end() if rest and _list_begins(source, rest.end(), end) else None
    if kinds in ({"ruling"}, {"ruling", "aside"}):
        rest = None if colon else pattern("segment", "intro.rest").match(source, parsed.end, end)
        told = stop if colon else rest.end() if rest else end
        return told if told < end and _list_begins(source, told, end) else None
    if {"ruling", "vote"} <= kinds or {"decides", "vote"} <= kinds:
        return stop if colon or _list_begins(source, stop, end) else None
    if kinds in ({"vote"}, {"vote", "apart"}):  # "À l'unanimité des suffrages exprimés," above the first article
        return stop if pattern("segment", "intro.first_article").match(source, stop, end) else None
    return stop if kinds == {"decides"} and closed else None


def _above_ballot(source: str, at: int, end: int, parsed: _Parsed) -> Span | None:
    """A line "DÉCIDE" with the lines of the scrutin below it, and the first article below those."""
    if parsed.decides != at or parsed.vote is None:
        return None
    stop = source.find("\n", at, end)
    alone = stop >= 0 and _pieces(source, at, stop).kinds == {"decides"}
    below = min(end, parsed.vote.end + _BALLOT)
    return Span(at, stop) if alone and finder("segment", "first_article").search(source, stop, below) else None


def _starts(source: str, start: int, end: int) -> Iterator[int]:
    """Line heads first; then, for text without line breaks, every place where a piece stands."""
    lead = pattern("segment", "lead")
    at = start
    while 0 <= at < end:
        found = lead.match(source, at, end)
        yield found.end() if found else at
        at = source.find("\n", at, end) + 1 or -1
    for found in finder("segment", "intro.anywhere").finditer(source, start, end):
        yield found.start()


def find_intro(source: str, start: int, end: int) -> Intro | None:
    """The first formula of ``source[start:end]`` (folded text), None if there is none."""
    for at in _starts(source, start, end):
        parsed = _pieces(source, at, end)
        stop = _accepted(source, parsed, end) if parsed.kinds else None
        if stop is None and parsed.decides is not None and source[at : parsed.decides].rstrip(" \t*_").endswith("\n"):
            parsed = _pieces(source, at, parsed.decides)  # "À l'unanimité,", then a line "Décide le versement de"
            stop = parsed.end if parsed.kinds & {"ruling", "deliberated"} else None
        if stop is None and (alone := _above_ballot(source, at, end, parsed)):
            return Intro(alone, None)
        if stop is not None:
            return Intro(Span(at, stop), parsed.vote)
    return None
