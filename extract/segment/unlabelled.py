"""Rosters that no heading opens: what became of each member behind the name, and names that stand below the counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder
from extract.patterns import cased, pattern, words
from extract.segment.layout import RosterSpan, Span
from extract.segment.lines import lines_holding, lines_of
from extract.segment.listing import MARGIN

#: So many entries or names make a list; one name alone may stand anywhere.
_LEAST = 3
#: The names of those who are there stand within this many characters of the head.
_FAR = 4_000
#: A name has two words, or a civility.
_TWO_WORDS = 2
#: What parts two names of a list that nothing announces.
_SIGN = re.compile(
    r"[ \t]*(?:\([^()\n]{2,60}\)[ \t]*)?(?:[,;•]|[-–—](?=\s)|\n|\t|[ ]{3,})[ \t]*(?:\n[ \t]*)?[-–—•*]?[ \t]*"
)
#: What parts two names, while a hyphen may join two parts of one.
_DASH = re.compile(r"\s[-–—]\s")
#: "VALMORIN : Luc BLANC – Anne NOIR": the commune of those behind it.
_PLACE = re.compile(r"(?P<place>(?<![\w'’-])[A-ZÀ-Ý][A-ZÀ-Ý'’ -]{2,40}?)[ \t]?:[ \t]*(?=[A-ZÀ-Ý])")


def told_entries(text: str, source: str, zone: Span) -> tuple[RosterSpan, ...]:
    """A list of one entry for each line "NAME : présent", "NAME – absent, pouvoir à NAME"; none below three of them.

    Each tells its own status, so each is a list.
    """
    found: list[RosterSpan] = []
    here = 0
    telling = lines_holding(words("unlabelled", "told_by"), source, zone.start, zone.end)
    for line in lines_of(source, zone.start, zone.end) if len(telling) >= _LEAST else ():
        if line.blank:
            continue
        entry = _entry(text, source, Span(line.start, line.end)) if line.start in telling else None
        if entry is None:
            if len(found) >= _LEAST and here:
                break
            found, here = [], 0
            continue
        found.append(entry)
        here += entry.kind == "présents"
    return tuple(found) if len(found) >= _LEAST and here else ()


def _entry(text: str, source: str, line: Span) -> RosterSpan | None:
    lead = pattern("unlabelled", "lead").match(source, *line)
    start = lead.end() if lead else line.start
    for told in finder("unlabelled", "status").finditer(source, start, line.end):
        if not (told["here"] or told["away"] or told["proxy"]):
            continue
        named = _person_end(text, start, told.start())
        if named is None or not pattern("unlabelled", "beside").fullmatch(source, named, told.start()):
            return None
        rest = source[told.end() : line.end].strip(MARGIN + ".;,)")
        heading = Span(line.start, start)
        if told["proxy"]:
            link = told.start("proxy")
            return RosterSpan(heading, "absents ou représentés", Span(start, line.end), (Span(named, link),))
        if told["here"] and (not rest or not source[told.end()].isalpha()):
            return RosterSpan(heading, "présents", Span(start, named))
        return RosterSpan(heading, "absents", Span(start, named)) if told["away"] and not rest else None
    return None


def _person_end(text: str, start: int, end: int) -> int | None:
    """Where the name of a person ends that begins at a place: two words at least, or a civility and one."""
    name = cased("names", "person_written").match(text, start, end)
    return name.end() if name and len(name.group().split()) >= _TWO_WORDS else None


def names_at(text: str, source: str, at: int, end: int) -> int:
    """How many names of persons stand in a row at a place, parted by signs, lines or the communes they sit for."""
    count = 0
    while True:
        if place := _place(text, source, at, end):
            at = place.end
        dash = _DASH.search(text, at, end)
        stop = _person_end(text, at, dash.start() if dash else end)
        if stop is None or "\n\n" in text[at:stop]:
            return count
        count += 1
        sign = _SIGN.match(text, stop, end)
        at = sign.end() if sign else stop + len(text[stop:end]) - len(text[stop:end].lstrip())
        if sign is None and not _place(text, source, at, end):
            return count


def _place(text: str, source: str, at: int, end: int) -> Span | None:
    """The label of a commune at a place, which is no field of the head."""
    found = _PLACE.match(text, at, end)
    if found is None or any(pattern("roster", name).match(source, at) for name in ("field", "trailing", "heading")):
        return None
    return Span(*found.span())


def unlabelled_head(text: str, source: str, zone: Span, lists: tuple[RosterSpan, ...]) -> tuple[Span, str] | None:
    """The empty heading of the list of those present that none opens: below the counts, or commune by commune.

    ``lists`` are the others that the head holds. Such a list stands above those, or the head counts who is present.
    """
    stop = min(zone.end, zone.start + _FAR)
    counted = finder("unlabelled", "present").search(source, zone.start, stop)
    if not lists and counted is None:
        return None
    stop = min([stop, *(each.heading.start for each in lists if counted is None)])
    for at in _places(text, source, Span(zone.start, stop)):
        if any(each.heading.start <= at < each.listed.end for each in lists):
            continue
        if names_at(text, source, at, stop) >= _LEAST:
            return Span(at, at), "présents"
    return None


def _places(text: str, source: str, zone: Span) -> Iterator[int]:
    """Where such a list may begin: the head of a line that no label announces, right behind a count, at a commune."""
    above = ""
    for line in lines_of(source, zone.start, zone.end):
        if line.blank:
            continue
        if not pattern("unlabelled", "labelled").search(above):
            lead = pattern("unlabelled", "lead").match(source, line.start, line.end)
            yield lead.end() if lead else line.start
        for count in finder("unlabelled", "count").finditer(source, line.start, line.end):
            yield count.end()
        for place in _PLACE.finditer(text, line.start, line.end):
            yield place.start()
        above = line.text
