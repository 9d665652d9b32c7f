"""Rosters without civilities: "Aline MARSEC, Bruno TESSIER", one name a line, or names that case alone parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.patterns import pattern
from extract.segment.layout import Span

_SEPARATOR = re.compile(r"[,;•·]|\s[-–—]+\s|\s[-–—]{2,}|\t")
_LINE = re.compile(r"\n")
_GLUED = re.compile(r"(?<=[A-ZÀ-Ý]{2})\s+(?=[A-ZÀ-Ý][a-zà-ÿ'’-]+)")


def split_list(text: str, source: str, cells: list[Span]) -> list[Span]:
    """The spans of the names. Line breaks part names only where no other sign does."""
    if not cells:
        return []
    whole = Span(cells[0].start, cells[-1].end)
    lines = text.count("\n", whole.start, whole.end) + 1
    signs = sum(1 for _ in _SEPARATOR.finditer(text, whole.start, whole.end))
    pieces = list(_pieces(text, cells if signs < lines and lines > 1 else [whole], _SEPARATOR))
    merged: list[Span] = []
    for piece in pieces:
        if merged and _goes_on(source, piece):
            merged[-1] = Span(merged[-1].start, piece.end)
        else:
            merged.append(piece)
    return [name for piece in merged for name in _by_case(text, source, piece)]


def _pieces(text: str, spans: list[Span], separator: re.Pattern[str]) -> Iterator[Span]:
    for span in spans:
        at = span.start
        depth_text = text[span.start : span.end]
        for found in separator.finditer(depth_text):
            if depth_text.count("(", 0, found.start()) > depth_text.count(")", 0, found.start()):
                continue
            yield from _solid(text, at, span.start + found.start())
            at = span.start + found.end()
        yield from _solid(text, at, span.end)


def _solid(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _goes_on(source: str, piece: Span) -> bool:
    """A piece that says something of the name before it: a proxy, a role, an excuse."""
    words = source[piece.start : piece.end]
    if pattern("roster", "proxy").match(" " + words) or pattern("roster", "excused").match(words):
        return True
    return pattern("roster", "role").match(words) is not None


def _by_case(text: str, source: str, piece: Span) -> Iterator[Span]:
    """Names that capitals alone part: "Aline MARSEC Bruno TESSIER"."""
    if (
        pattern("roster", "proxy").search(source, piece.start, piece.end)
        or not text[piece.start : piece.end].split(maxsplit=1)[0][1:2].islower()
    ):
        yield piece
        return
    at = piece.start
    for found in _GLUED.finditer(text, piece.start, piece.end):
        yield from _solid(text, at, found.start())
        at = found.end()
    yield from _solid(text, at, piece.end)
