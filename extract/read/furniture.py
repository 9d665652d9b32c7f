"""Running headers, footers and page numbers: lines that the first or last places of most pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extract.read.words import Row
from extract.text import key

#: Lines looked at from each edge of a page.
_EDGE = 4
#: A repeated line of fewer letters may be a row of a table.
_FEWEST_LETTERS = 6
_PAGE_NUMBER = re.compile(
    r"^\W*(?P<word>page|p|folio)?\W*(?P<number>\d{1,4})(?P<of>\W*(?:/|sur|de)\W*\d{1,4})?\W*$", re.IGNORECASE
)


class Cleaned(NamedTuple):
    """Pages without furniture, and one example of each kind of line that was dropped."""

    pages: list[list[Row]]
    dropped: tuple[str, ...]


def without_furniture(pages: Sequence[list[Row]]) -> Cleaned:
    """Drop, from the edges inwards, page numbers and what three pages in four repeat there.

    Lines are compared to the letter but for the number of their own page. The first page keeps its header, which
    is the act's own where later pages repeat it. Amounts are never furniture: the rows of a grant table that a
    page break cuts look alike.
    """
    if len(pages) < 2:
        return Cleaned(list(pages), ())
    counts = Counter(mark for n, rows in enumerate(pages, 1) for mark in {_mark(row, n) for row in _edges(rows)})
    enough = max(2, -(-3 * len(pages) // 4))
    furniture = {mark for mark, count in counts.items() if count >= enough and _is_words(mark)}
    dropped: dict[str, str] = {}
    cleaned: list[list[Row]] = []
    for number, rows in enumerate(pages, 1):
        top = 0 if number == 1 else _edge_length(rows, furniture, number)
        bottom = _edge_length(rows[top:][::-1], furniture, number)
        for row in [*rows[:top], *rows[len(rows) - bottom :]]:
            dropped.setdefault(_mark(row, number), row.text)
        cleaned.append(rows[top : len(rows) - bottom])
    return Cleaned(cleaned, tuple(dropped.values()))


def _edge_length(rows: list[Row], furniture: set[str], number: int) -> int:
    """How many rows from this edge inwards are furniture."""
    count = 0
    for row in rows[:_EDGE]:
        if not _numbers_page(row, number) and (_mark(row, number) not in furniture or "€" in row.text):
            break
        count += 1
    return count


def _numbers_page(row: Row, number: int) -> bool:
    """A page number: said to be one, or that of this very page; a figure that a page break cut off is none."""
    found = _PAGE_NUMBER.match(row.text)
    return found is not None and bool(found["word"] or found["of"] or int(found["number"]) == number)


def _edges(rows: list[Row]) -> list[Row]:
    return [*rows[:_EDGE], *rows[max(_EDGE, len(rows) - _EDGE) :]]


def _is_words(mark: str) -> bool:
    return sum(c.isalpha() for c in mark) >= _FEWEST_LETTERS


def _mark(row: Row, number: int) -> str:
    """A line's words, with # for the number of its page."""
    return " ".join("#" if word == str(number) else word for word in key(row.text).split())
