"""Lists of proxies whose lines name two, either way round: "Ayant reçu pouvoir : Y de X", "Mandants / Mandataires"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder
from extract.header.cells import Entry
from extract.header.names import read_name
from extract.patterns import pattern
from extract.segment.layout import RosterSpan, Span

_APART = re.compile(r"[;\n]|,(?=[^,;\n]{4,40}\s(?:de|pour)\s)")
_MARGIN = " \t,.-–—•*"
#: A name has two words or more, a civility among them.
_TWO_WORDS, _MOST_WORDS = 2, 6


def read_pairs(text: str, source: str, roster: RosterSpan) -> list[Entry]:
    """Each giver with the holder, in the order in which the heading of the list tells them; none in any other list.

    Every line must name two; else the list is read as others are.
    """
    received = pattern("unlabelled", "pairs.received").search(roster.kind) is not None
    if not received and not pattern("unlabelled", "pairs.abreast").search(roster.kind):
        return []
    pairs = [_pair(text, source, piece, received=received) for piece in _pieces(text, roster.listed)]
    if not pairs or None in pairs:
        return []
    return [Entry(0, 0, [*pair], "{0} pouvoir à {1}") for pair in pairs if pair]


def _pieces(text: str, listed: Span) -> Iterator[Span]:
    at = listed.start
    for stop in [*(found.start() for found in _APART.finditer(text, *listed)), listed.end]:
        piece = _solid(text, Span(at, stop))
        if piece.end > piece.start:
            yield piece
        at = stop + 1


def _solid(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start] in _MARGIN or text[start].isspace() or text[start] in ";:"):
        start += 1
    while end > start and (text[end - 1] in _MARGIN or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def _pair(text: str, source: str, piece: Span, *, received: bool) -> tuple[Span, Span] | None:
    """Giver and holder of a line, each one name in full."""
    for form in ("from_giver", "sign") if received else ("sign",):
        for link in finder("unlabelled", f"pairs.{form}").finditer(source, *piece):
            first, second = Span(piece.start, link.start()), Span(link.end(), piece.end)
            if _is_name(text[slice(*first)]) and _is_name(text[slice(*second)]):
                return (second, first) if received else (first, second)
    return None


def _is_name(written: str) -> bool:
    named = _TWO_WORDS <= len(written.split()) <= _MOST_WORDS
    return named and read_name(written) is not None
