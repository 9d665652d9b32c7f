"""A file cut into what stands under one header each: an extract of the register, or the minutes of one séance.

A block begins at the formula of the register or at the letterhead of the document, come again. A formula repeated at
the head of a page, with no new séance, roster, number or objet, begins nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.layout import Span
from extract.segment.lines import is_capitals, lines_of
from extract.segment.numbered import find_number, leading_ordinal
from extract.segment.objet import told_objets
from extract.segment.title import read_heading
from extract.text import key

#: The head of an act, within which another formula belongs to the same header.
_HEAD = 2_500
#: Theme and title stand within this many characters of their OBJET; so many are enough to tell one block from another.
_LONGEST_OBJET, _MOST_OBJETS = 2_000, 60
#: The letterhead is one of the first lines, with at least so many letters, and no two acts are closer than this.
_LETTERHEAD, _FEWEST_LETTERS, _SHORTEST_ACT = 4, 6, 400


@dataclass(slots=True)
class _Block:
    """A stretch from one header to the next, and what tells it from its neighbours."""

    start: int
    end: int
    objets: set[str]
    seances: set[str]
    number: str | None
    decided: bool
    roster: bool

    def take(self, other: _Block) -> None:
        """Go on with what follows."""
        self.end = other.end
        self.objets |= other.objets
        self.seances |= other.seances
        self.number = self.number or other.number
        self.decided |= other.decided
        self.roster |= other.roster


def objets(source: str, span: Span) -> list[Span]:
    """Every "OBJET :" of a stretch."""
    return [Span(found.start(), found.end()) for found in told_objets(source, span.start, span.end)]


def objet_key(text: str, source: str, mark: Span, end: int) -> str:
    """What an OBJET says, in the form in which two are compared."""
    heading = read_heading(text, source, mark.end, min(end, mark.end + _LONGEST_OBJET))
    title = heading.title or heading.theme
    return key(text[title.start : title.end]) if title else ""


def searches(name: str, source: str, span: Span) -> bool:
    """Whether a sign of segment.toml stands in a stretch."""
    return finder("segment", name).search(source, span.start, span.end) is not None


def blocks(text: str, source: str) -> list[Span]:
    """The text cut at each header that begins a new act; what stands before the first goes with it."""
    starts = [0]
    for start in _header_lines(text, source)[1:]:
        head = Span(starts[-1], start)
        if start - head.start > _HEAD or any(searches(name, source, head) for name in ("objet", "decided_surely")):
            starts.append(start)
    if len(starts) == 1:
        return [Span(0, len(source))]
    merged: list[_Block] = []
    for start, end in zip(starts, [*starts[1:], len(source)], strict=True):
        block = _block(text, source, Span(start, end))
        if merged and (_continues(merged[-1], block) or _broken(source, merged[-1], block)):
            merged[-1].take(block)
        else:
            merged.append(block)
    return [Span(block.start, block.end) for block in merged]


def _block(text: str, source: str, span: Span) -> _Block:
    number = find_number(source, Span(span.start, min(span.end, span.start + _HEAD)))
    return _Block(
        span.start,
        span.end,
        {objet_key(text, source, mark, span.end) for mark in objets(source, span)[:_MOST_OBJETS]},
        {key(m.group()) for m in finder("segment", "seance").finditer(source, span.start, span.end)},
        key(source[number.start : number.end]) if number else None,
        searches("decided_surely", source, span),
        searches("present", source, span),
    )


def _continues(act: _Block, block: _Block) -> bool:
    """Whether a block that begins with a header still belongs to the act before it."""
    if not (act.objets or act.decided):
        return True
    if block.roster or block.seances - act.seances:
        return False
    if act.decided and block.decided:
        if act.number and block.number:
            return act.number == block.number
        if not (act.objets or block.objets):
            return False
    return block.objets <= act.objets


def _broken(source: str, act: _Block, block: _Block) -> bool:
    """Whether a running head stands inside a sentence or a list of decisions: what stands above it is not closed."""
    if block.roster or block.objets or block.seances - act.seances:
        return False
    if block.number and block.number != act.number:
        return False
    above = (line for line in reversed(lines_of(source, act.start, act.end)) if not line.blank)
    last = next((line.text for line in above if not pattern("segment", "page_mark").fullmatch(line.text)), "")
    return pattern("segment", "unclosed").search(last) is not None


def _header_lines(text: str, source: str) -> list[int]:
    """Offsets of the lines that may open an act, with the letterhead just above them."""
    starts = {found.start() for found in finder("segment", "start").finditer(source)}
    for found in finder("segment", "start_capitals").finditer(source):
        stop = source.find("\n", found.start())
        if is_capitals(text[found.start() : len(text) if stop < 0 else stop]):
            starts.add(found.start())
    starts.update(_repeated_letterhead(source))
    return sorted({_with_letterhead(source, at) for at in starts})


def _repeated_letterhead(source: str) -> list[int]:
    """Where one of the first lines comes again: the extracts bound in one file have the same letterhead."""
    places: dict[str, list[int]] = {}
    for line in lines_of(source, 0, len(source)):
        if not line.blank:
            again = places.setdefault(line.text.strip(" \t*_#>"), [])
            if not again or line.start - again[-1] >= _SHORTEST_ACT:
                again.append(line.start)
    for words, again in islice(places.items(), _LETTERHEAD):
        item = searches("objet", words, Span(0, len(words))) or leading_ordinal(words)  # of an agenda, told twice
        told = sum(map(str.isalpha, words)) >= _FEWEST_LETTERS and not item
        if told and len(again) > 1:
            return again
    return []


def _with_letterhead(source: str, at: int) -> int:
    above = pattern("segment", "above")
    while at > 0:
        head = source.rfind("\n", 0, at - 1) + 1
        if not above.match(source, head, at - 1):
            break
        at = head
    return at
