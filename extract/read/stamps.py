"""Transmission stamps printed over or beside the text of a page: known by their words, parted by their type.

A stamp is set in another size or colour than the page's text. What is found stands above the page's text, where it
cuts no sentence; the same stamp on later pages is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.patterns import pattern
from extract.read.words import Row, Word, rows_of
from extract.text import fold

#: A type that sets more than this share of a page's letters is that of its text.
_COMMON = 0.3
#: Types of one colour whose sizes are this near are one.
_SAME_SIZE = 1.09
#: Lines of a stamp are at most this far apart (points).
_REACH = 60.0


def without_stamps(words: list[Word]) -> tuple[list[Word], list[str]]:
    """The words of a page without its stamps, and the lines of those."""
    rare = [group for group in _by_type(words) if _letters(group) <= _COMMON * _letters(words)]
    sure: list[Row] = []
    maybe: list[Row] = []
    for group in rare:
        for row in rows_of(group):
            source = fold(row.text.replace("\t", " "))
            if any(pattern("view", f"stamp.{name}").search(source) for name in ("id", "head")):
                sure.append(row)
            elif pattern("view", "stamp.near").search(source):
                maybe.append(row)
    if not sure:
        return words, []
    grown = True
    while grown:
        near = [row for row in maybe if any(_beside(row, other) for other in sure)]
        maybe = [row for row in maybe if row not in near]
        sure += near
        grown = bool(near)
    taken = _covered(sure, [word for group in rare for word in group])
    kept = [word for word in words if id(word) not in taken]
    return kept, [row.text for row in rows_of([word for word in words if id(word) in taken])]


def without_repeats(pages: Sequence[list[str]]) -> list[list[str]]:
    """The stamps of each page but those that an earlier page shows as well."""
    seen: set[str] = set()
    kept: list[list[str]] = []
    for lines in pages:
        kept.append([line for line in lines if line not in seen])
        seen.update(lines)
    return kept


def _by_type(words: list[Word]) -> list[list[Word]]:
    """Words grouped by colour, and by sizes that are near each other."""
    colours: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        colours[word.colour].append(word)
    groups: list[list[Word]] = []
    for same in colours.values():
        last = 0.0
        for word in sorted(same, key=lambda w: w.size):
            if not last or word.size > last * _SAME_SIZE:
                groups.append([])
                last = word.size
            groups[-1].append(word)
    return groups


def _letters(words: list[Word]) -> int:
    return sum(len(word.text) for word in words)


def _box(row: Row) -> tuple[float, float, float, float]:
    words = [word for cell in row.cells for word in cell]
    return min(w.x0 for w in words), max(w.x1 for w in words), row.top, row.bottom


def _beside(one: Row, other: Row) -> bool:
    x0, x1, top, bottom = _box(one)
    left, right, above, below = _box(other)
    return x0 - right < _REACH and left - x1 < _REACH and top - below < _REACH and above - bottom < _REACH


def _covered(rows: list[Row], rare: list[Word]) -> set[int]:
    """The words of some rows, and those of a rare type between them: a date printed in its own size."""
    taken = {id(word) for row in rows for cell in row.cells for word in cell}
    for row in rows:
        near = [other for other in rows if _beside(row, other)]
        boxes = [_box(other) for other in near]
        x0, x1 = min(b[0] for b in boxes), max(b[1] for b in boxes)
        top, bottom = min(b[2] for b in boxes), max(b[3] for b in boxes)
        for word in rare:
            across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            if x0 <= across <= x1 and top <= down <= bottom:
                taken.add(id(word))
    return taken
