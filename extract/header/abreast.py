"""Proxies set in two columns that were read one after the other: every giver, then "pouvoir à" with every holder."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.finder import finder
from extract.header.cells import Entry
from extract.header.listed import split_list
from extract.header.names import is_particle, read_name
from extract.segment.layout import Span
from extract.segment.lines import lines_of

_WORD = re.compile(r"\S+")
#: A holder's name ends before any of these; more than so many words are two names.
_PARTED = re.compile(r"[,;\n()]")
_LONGEST_NAME = 5
#: What closes the holders: a bracket, a sentence; an initial does not.
_HOLDERS_END = re.compile(r"[);]|(?<=[^\W\d_]{3})\.(?=\s|\Z)|\n\s*\n")
_REMARK = re.compile(r"\([^()]*\)")
_MARGIN = " \t\n,;-–—•"


def read_abreast(text: str, source: str, whole: Span) -> list[Entry]:
    """Each giver with the holder who stands at the same place of the other column; none where it is no such list.

    As many names must stand before the first link as there are links, each with one name behind it.
    """
    links = [Span(*found.span()) for found in finder("roster", "proxy").finditer(source, *whole)]
    if len(links) < 2 or any(after.end <= before.end for before, after in pairwise(links)):
        return []
    stops = [*(link.start for link in links[1:]), whole.end]
    holders = [_solid(text, link.end, stop) for link, stop in zip(links, stops, strict=True)]
    if not all(_is_one_name(text[slice(*holder)]) for holder in holders):
        return []
    givers = _names(text, source, _solid(text, whole.start, links[0].start), len(links))
    starts = [_solid(text, link.start, link.end).start for link in links]
    return [
        Entry(0, 0, [giver, Span(start, holder.end)])
        for giver, start, holder in zip(givers, starts, holders, strict=False)
    ]


def read_respective(text: str, source: str, whole: Span) -> tuple[list[Entry], Span] | None:
    """Givers told before all their holders ("X et Y, qui ont donné respectivement pouvoir à V et W"), and where.

    None where there are not as many holders as givers, two at least.
    """
    found = finder("roster", "respectively").search(source, *whole)
    if found is None:
        return None
    closed = _HOLDERS_END.search(text, found.end(), whole.end)
    givers = split_list(text, source, [_solid(text, whole.start, found.start())], by_proxy=False)
    stop = closed.start() if closed else whole.end
    holders = split_list(text, source, [_solid(text, found.end(), stop)], by_proxy=False)
    named = all(_is_one_name(text[slice(*name)]) for name in (*givers, *holders))
    if len(givers) != len(holders) or len(givers) < 2 or not named:
        return None
    pairs = [Entry(0, 0, [*pair], "{0} pouvoir à {1}") for pair in zip(givers, holders, strict=True)]
    return pairs, Span(whole.start, closed.end() if closed else whole.end)


def _is_one_name(written: str) -> bool:
    if _PARTED.search(written) or len(written.split()) > _LONGEST_NAME:
        return False
    return read_name(written) is not None


def _names(text: str, source: str, column: Span, count: int) -> list[Span]:
    """So many names of a column, as the signs of a list part them, else each a given and a family name; or none."""
    lines = [_solid(text, line.start, line.end) for line in lines_of(source, *column) if not line.blank]
    listed = split_list(text, source, lines)
    text = _REMARK.sub(lambda remark: " " * len(remark.group()), text)  # "X (jusqu'à 20h58)"
    if len(listed) == count and all(_is_one_name(text[slice(*name)]) for name in listed):
        return listed
    names: list[Span] = []
    complete = True
    for found in _WORD.finditer(text, *column):
        if complete:
            names.append(Span(*found.span()))
            complete = False
        else:
            names[-1] = Span(names[-1].start, found.end())
            complete = not is_particle(found.group())
        if not (found.group()[0].isupper() or is_particle(found.group())):
            return []
    return names if complete and len(names) == count else []


def _solid(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _MARGIN:
        start += 1
    while end > start and text[end - 1] in _MARGIN:
        end -= 1
    return Span(start, end)
