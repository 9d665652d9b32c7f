"""Where one name of a list ends and the next begins though no sign, or a wrong one, stands between them.

Typists forget a comma behind a bracket or an office ("X (pouvoir à Y) Z", "X, Adjoints Y"), put it inside a name
("BLANC, Anne NOIR Paul"), and set a compound name with a dash that also parts names ("DEL VALLE – MARZIN").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.finder import finder
from extract.header.names import read_name
from extract.patterns import pattern
from extract.segment.layout import Span

_BEHIND_BRACKET = re.compile(r"\((?P<said>[^()]+)\)\s+(?=[A-ZÀ-Ý])")
_CAPITAL_WORDS = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý'’-]+(?:\s[A-ZÀ-Ý'’-]{2,})*")
#: "Anne NOIR Paul": the given name of the one before, then a family name with its own.
_GIVEN_OF_LAST = re.compile(
    r"(?P<given>[A-ZÀ-Ý][a-zà-ÿ][\w'’-]*(?:\s[A-ZÀ-Ý][a-zà-ÿ][\w'’-]*)?)\s+"
    r"(?=(?:[A-ZÀ-Ý'’-]{2,}\s+)+[A-ZÀ-Ý][a-zà-ÿ])"
)
#: "NOIR B BLANC G.": two family names, each with its initial.
_INITIALLED = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý'’-]++(?:\s[A-ZÀ-Ý][A-ZÀ-Ý'’-]++)*\s?[\s.](?:[A-ZÀ-Ý]\.?-?){1,2}")
_DASH = re.compile(r"\s[-–—]\s")


def parted(text: str, source: str, piece: Span) -> Iterator[Span]:
    """A piece cut where another name follows with nothing between: a bracket closed, a group of offices, an initial."""
    at = piece.start
    for found in _BEHIND_BRACKET.finditer(text, *piece):
        if _is_remark(source[slice(*found.span("said"))]):
            yield Span(at, found.end("said") + 1)
            at = found.end()
    first = _INITIALLED.match(text, at, piece.end)
    if first and (gap := text[first.end() : piece.end]).startswith((" ", "\n")):
        second = _INITIALLED.fullmatch(text, first.end() + 1, piece.end)
        if second and gap.strip():
            yield Span(at, first.end())
            at = second.start()
    yield Span(at, piece.end)


def _is_remark(said: str) -> bool:
    """Whether brackets say something of the name before them, so that no name goes on behind them."""
    return pattern("roster", "said").match(f" {said}") is not None


def behind_office(text: str, source: str, piece: Span) -> int | None:
    """Where a name begins behind the plural that closes the group before it: "Adjoints Anne NOIR"."""
    office = pattern("roster", "group_closed").match(source, *piece)
    if office is None or not text[office.end() : office.end() + 1].isupper():
        return None
    name = read_name(text[office.end() : piece.end])
    return office.end() if name and (name.given or name.honorific) else None


def rejoined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The pieces of a list with their given names: "BLANC" | "Anne NOIR Paul" is "BLANC, Anne" | "NOIR Paul"."""
    kept: list[Span] = []
    alone = sum(_CAPITAL_WORDS.fullmatch(text, *piece) is not None for piece in pieces)
    for piece in pieces:
        if kept and _CAPITAL_WORDS.fullmatch(text, *kept[-1]) and (given := _GIVEN_OF_LAST.match(text, *piece)):
            kept[-1] = Span(kept[-1].start, given.end("given"))
            kept.append(Span(given.end(), piece.end))
        elif kept and alone == 1 and _is_compound(text, kept[-1], piece):
            kept[-1] = Span(kept[-1].start, piece.end)
        else:
            kept.append(piece)
    return kept


def _is_compound(text: str, before: Span, piece: Span) -> bool:
    """Whether a family name goes on behind a dash: the only piece of the list without a given name."""
    if _CAPITAL_WORDS.fullmatch(text, *piece) is None or _DASH.fullmatch(text, before.end, piece.start) is None:
        return False
    name = read_name(text[slice(*before)])
    last = text[slice(*before)].rsplit(maxsplit=1)[-1]
    return (
        name is not None
        and name.given is not None
        and last.isupper()
        and finder("roster", "role").search(text[slice(*piece)].lower()) is None
    )
