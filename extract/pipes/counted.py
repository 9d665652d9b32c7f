"""Bodies that a sentence counts and then names: "Deux clubs, l'Étoile sportive de Bray et le Judo Club du Val,".

As many names as are told stand behind the noun, parted by commas and "et"; where their number differs, none is taken.
Patterns in ``patterns/organisations.toml`` ([counted]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder
from extract.header.numbers import read_number
from extract.patterns import cased, pattern
from extract.pipes.known import in_programme, known_names
from extract.pipes.named_kind import named_kind
from extract.pipes.names import name_end, strip_name
from extract.pipes.orgbook import OrgBook
from extract.pipes.reading import Reading
from extract.text import fold

_FEWEST, _MOST, _SHORTEST = 2, 12, 3
_AND = re.compile(r"\s+et\s+(?=[«\"A-ZÀ-Ý0-9])")


def add_counted(book: OrgBook, reading: Reading, text: str) -> None:
    """Add the organisations that a sentence counts and names."""
    for opening in finder("organisations", "counted.opening").finditer(reading.folded):
        count = read_number(opening["count"]) or 0
        if not _FEWEST <= count <= _MOST:
            continue
        end = reading.sentences[reading.sentence_at(opening.start())].end
        spans = list(_names(book, reading, text, opening.end(), end))
        for start, stop in spans if len(spans) == count else _split(text, spans, count):
            name = strip_name(text[start:stop])
            if book.at(start) is None and len(name) >= _SHORTEST and not in_programme(reading, start):
                company = pattern("organisations", "counted.company").match(opening["noun"])
                book.add(name, named_kind(name) or ("company" if company else "association"), mention=(start, stop))


def _names(book: OrgBook, reading: Reading, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the names of a series stand, from ``start`` on, as far as nothing but what joins them stands between."""
    at = start
    while at < end:
        head = pattern("organisations", "counted.head").match(reading.folded, at, end)
        begin = head.end() if head is not None and not text[at].isupper() else at
        named = cased("organisations", "cased.counted_name").match(text, begin, end)
        known = next((e for s, e, _ in book.mentions_from(at, begin + 1) if s <= begin), None)
        if known is None and named is None:
            return
        stop = known or name_end(text, begin, end, taken=known_names(book, reading))
        if stop <= begin or pattern("names", "person").match(fold(text[begin:stop])):
            return
        yield begin, stop
        joint = pattern("organisations", "counted.joint").match(reading.folded, stop, end)
        if joint is None:
            return
        at = joint.end()


def _split(text: str, spans: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The names where one too few was read, since "et" joins the last two: "Radio Galets et Irratia"; else none."""
    if len(spans) != count - 1 or (between := _AND.search(text, *spans[-1])) is None:
        return []
    return [*spans[:-1], (spans[-1][0], between.start()), (between.end(), spans[-1][1])]
