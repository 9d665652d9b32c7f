"""The text of a document cut at the passages that its facts were read from.

Passages may overlap, be nested or equal. The text is cut at every boundary; a piece belongs to all the passages
that cover it and links to the fact of the innermost one. A passage's anchor is on its first piece, so that
``:target`` shows it without a script: nested passages are nested elements, hence highlighted whole. Where two
passages cross, the one that starts later is split at the end of the other, and its tail is a piece of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.pages.links import passage_anchor


@dataclass(frozen=True)
class Passage:
    """A passage and the anchors of the facts it supports, first the one it links to. Offsets in characters."""

    start: int
    end: int
    facts: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Its fragment on the page."""
        return passage_anchor(self.start, self.end)


@dataclass
class Piece:
    """A node of the text: plain text (``fact`` None, no children), a passage, or the tail of one.

    ``anchor`` is None for a tail; ``leaf`` tells that no passage is nested in it, so that it can be one link.
    """

    text: str = ""
    anchor: str | None = None
    fact: str | None = None
    more: tuple[str, ...] = ()
    page: int | None = None
    children: list[Piece] = field(default_factory=list)

    @property
    def leaf(self) -> bool:
        """Whether it holds text alone."""
        return all(child.fact is None and child.page is None for child in self.children)


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    anchor: str | None
    facts: tuple[str, ...]


def cut(text: str, passages: Iterable[Passage], page_starts: Sequence[int] = ()) -> list[Piece]:
    """The pieces of ``text`` in order. Passages outside the text are cut to it, empty ones left out.

    ``page_starts`` are the offsets where pages 2, 3, … begin; each becomes a piece with its ``page`` number.
    """
    spans = [_Span(max(0, p.start), min(len(text), p.end), p.anchor, p.facts) for p in passages if p.facts]
    breaks = {offset: number for number, offset in enumerate(page_starts, start=2)}
    return _pieces(text, 0, len(text), _nested([s for s in spans if s.start < s.end]), breaks)


def _nested(spans: list[_Span]) -> list[_Span]:
    """The spans, those that cross an earlier one split at its end, in document order, outer before inner."""
    waiting = sorted(spans, key=_order)
    done: list[_Span] = []
    opened: list[_Span] = []
    while waiting:
        span = waiting.pop(0)
        while opened and opened[-1].end <= span.start:
            opened.pop()
        if opened and span.end > opened[-1].end:
            waiting.append(_Span(opened[-1].end, span.end, None, span.facts))
            waiting.sort(key=_order)
            span = _Span(span.start, opened[-1].end, span.anchor, span.facts)
        done.append(span)
        opened.append(span)
    return sorted(done, key=_order)


def _order(span: _Span) -> tuple[int, int, bool]:
    return span.start, -span.end, span.anchor is None


def _pieces(text: str, start: int, end: int, spans: list[_Span], breaks: dict[int, int]) -> list[Piece]:
    """The pieces of ``text[start:end]``; ``spans`` all lie within and are nested."""
    pieces: list[Piece] = []
    position, index = start, 0
    while index < len(spans):
        span = spans[index]
        pieces += _plain(text, position, span.start, breaks)
        last = index + 1
        while last < len(spans) and spans[last].end <= span.end and spans[last].start < span.end:
            last += 1
        inner = _pieces(text, span.start, span.end, spans[index + 1 : last], breaks)
        pieces.append(Piece(anchor=span.anchor, fact=span.facts[0], more=span.facts[1:], children=inner))
        position, index = span.end, last
    return pieces + _plain(text, position, end, breaks)


def _plain(text: str, start: int, end: int, breaks: dict[int, int]) -> list[Piece]:
    pieces = []
    for offset in sorted(offset for offset in breaks if start <= offset < end):
        pieces += [Piece(text=text[start:offset])] if offset > start else []
        pieces.append(Piece(page=breaks[offset]))
        start = offset
    return pieces + ([Piece(text=text[start:end])] if end > start else [])


def plain_text(pieces: Iterable[Piece]) -> str:
    """The text of the pieces put together again."""
    return "".join(piece.text + plain_text(piece.children) for piece in pieces)
