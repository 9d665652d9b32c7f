"""From words with coordinates to lines of text in which columns and paragraphs survive.

A gap clearly wider than a space becomes a tab, as in the tab-separated extracts of the register; a wide space
between lines becomes an empty line. Coordinates are points, from the top left of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: its box, its colour, and whether a space was printed before it (or may have been)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    colour: int = 0
    spaced: bool = True

    @property
    def size(self) -> float:
        """Height of the box, which stands for the size of the type."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page, cut into cells at its wide gaps; or one row of a ruled table, its empty cells too."""

    cells: tuple[tuple[Word, ...], ...]
    ruled: bool = False

    @property
    def top(self) -> float:
        """Upper edge of the tallest word."""
        return min(word.top for cell in self.cells for word in cell)

    @property
    def bottom(self) -> float:
        """Lower edge of the lowest word."""
        return max(word.bottom for cell in self.cells for word in cell)

    @property
    def text(self) -> str:
        """Cells parted by one tab, words by one space."""
        return "\t".join(" ".join(word.text for word in cell) for cell in self.cells)


#: A gap is a column's when wider than this many letter heights, or half as wide and wider than the line's others.
_COLUMN_GAP = 1.45
_NARROW_GAP = 0.72
_TIMES_OTHERS = 2.5
#: Signs that are never part of a word.
_BULLETS = frozenset("•☑☐☒➢→✓")
#: Pieces of one word are at most this far apart (letter heights).
_TOUCHING = 0.14
#: Words of one line may be this far apart in height (letter heights), as in superscripts.
_SAME_LINE = 0.5
#: Starts of cells this near (points) stand in one column.
_SAME_COLUMN = 8.0
#: Lines further apart than this times the usual step have an empty line between.
_BLANK = 1.35


def rows_of(words: Sequence[Word]) -> list[Row]:
    """The lines of a page from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        if lines and _on_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Row(tuple(_cells(_whole(sorted(line, key=lambda w: w.x0))))) for line in lines]


def _whole(line: list[Word]) -> list[Word]:
    """A line whose words are whole: pieces printed apart that touch are one ("Pr", "é", "fecture")."""
    whole = [line[0]]
    for word in line[1:]:
        last = whole[-1]
        gap, size = word.x0 - last.x1, min(last.size, word.size)
        if (
            word.spaced
            or last.text in _BULLETS
            or word.text in _BULLETS
            or not -_SAME_LINE * size <= gap <= _TOUCHING * size
        ):
            whole.append(word)
        else:
            top, bottom = min(last.top, word.top), max(last.bottom, word.bottom)
            x1 = max(last.x1, word.x1)
            whole[-1] = Word(last.text + word.text, last.x0, x1, top, bottom, last.colour, last.spaced)
    return whole


def _on_line(line: list[Word], word: Word) -> bool:
    among = line[len(line) // 2]  # words come by height: this one is of median height
    middle = (among.top + among.bottom) / 2
    return abs((word.top + word.bottom) / 2 - middle) <= _SAME_LINE * min(word.size, line[0].size)


def _cells(line: list[Word]) -> Iterator[tuple[Word, ...]]:
    gaps = [right.x0 - left.x1 for left, right in pairwise(line)]
    usual = min((gap for gap in gaps if gap > 0), default=0.0)
    cell = [line[0]]
    for gap, word in zip(gaps, line[1:], strict=True):
        size = min(cell[-1].size, word.size)
        if gap > _COLUMN_GAP * size or (gap > _NARROW_GAP * size and gap > _TIMES_OTHERS * usual):
            yield tuple(cell)
            cell = []
        cell.append(word)
    yield tuple(cell)


def text_of(rows: Sequence[Row]) -> str:
    """The rows as text: one line each, empty lines at wide vertical gaps, cells set in their columns."""
    if not rows:
        return ""
    pairs = [(above, below) for above, below in pairwise(rows) if not (above.ruled and below.ruled)]
    steps = [below.top - above.top for above, below in pairs if below.top > above.top]
    usual = _usual(steps)
    blocks: list[list[Row]] = [[rows[0]]]
    for above, below in pairwise(rows):
        if not (above.ruled and below.ruled) and _is_parted(above, below, usual):
            blocks.append([])
        blocks[-1].append(below)
    return "\n\n".join("\n".join(_aligned(block)) for block in blocks)


def _is_parted(above: Row, below: Row, usual: float) -> bool:
    if above.ruled != below.ruled:
        return True
    return below.top - above.top > _BLANK * max(usual, above.bottom - above.top)


def _usual(steps: list[float]) -> float:
    """The step between lines of one paragraph: the lower quartile, for paragraphs hold most of a page's lines."""
    return sorted(steps)[len(steps) // 4] if steps else 0.0


def _aligned(block: list[Row]) -> Iterator[str]:
    """Lines of a block; in one with columns each cell stands after as many tabs as columns before it."""
    stops = _stops(block)
    for row in block:
        if row.ruled or len(stops) < 2:
            yield row.text
            continue
        line, at = "", 0
        for cell in row.cells:
            column = max(_column(stops, cell[0].x0), at + 1 if line else 0)
            line += "\t" * (column - at) + " ".join(word.text for word in cell)
            at = column
        yield line


def _stops(block: list[Row]) -> list[float]:
    """Where the columns of a block begin: its left margin and every start of a cell after a gap."""
    starts = sorted(cell[0].x0 for row in block if len(row.cells) > 1 and not row.ruled for cell in row.cells)
    stops: list[float] = []
    for start in starts:
        if not stops or start - stops[-1] > _SAME_COLUMN:
            stops.append(start)
    return stops


def _column(stops: list[float], x0: float) -> int:
    """The last column that begins at or before a place."""
    return max((i for i, stop in enumerate(stops) if stop <= x0 + _SAME_COLUMN), default=0)
