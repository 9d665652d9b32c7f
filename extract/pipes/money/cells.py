"""Cells of tables: their words, their place in the text, and the sum that a cell of figures holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extract.patterns import pattern
from extract.pipes.amounts import number
from extract.pipes.cut_words import keeps
from extract.text import fold

_FIGURES = re.compile(r"\d[\d\s.,'’\u00a0\u202f]*")
#: What may hold a sum: a figure, or the word that agrees to one: "Accord : 420 €".
_FIGURED = re.compile(r"[0-9\s(+-]|[AaFfOoVv]\D{1,25}\d[^\n]{0,20}$")
#: The end of a figure whose beginning is glued to the word before it: "Bains14 046".
_CUT = re.compile(r"0\d")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*\([^\W\d][^\d()]*\))?")
_THOUSAND = 1000
_SEVERAL = 2


@lru_cache(maxsize=8192)
def figure(written: str) -> Decimal | None:
    """The sum that a cell of figures holds, in euros where it says k€; None for words and percentages.

    Of "22 jeunes x 15 € = 330 €", what it comes to.
    """
    folded = fold(written)
    if pattern("tables", "row.note_mark").match(folded):
        return None
    if (agreed := pattern("tables", "row.agreed").match(folded)) is not None:
        return figure(written[agreed.end() :])
    reckoned = pattern("tables", "row.reckoned").match(folded)
    if reckoned is not None:
        return figure(written[slice(*reckoned.span("sum"))])
    for name in ("row.noted", "row.rated"):
        if (told := pattern("tables", name).match(folded)) is not None:
            return figure(written[slice(*told.span("sum"))])
    match = pattern("tables", "row.numeric").match(folded)
    figures = _FIGURES.search(written) if match else None
    if match is None or figures is None or written.count(")") > written.count("("):
        return None
    if _CUT.match(figures.group()):
        return None
    value = number(figures.group().strip().rstrip(".,").replace("’", "'").replace("\u00a0", " "))
    return value * _THOUSAND if match["thousand"] else value


class Cell(NamedTuple):
    """One cell and its place in the text; empty where the table leaves it blank."""

    text: str
    start: int
    end: int

    @property
    def value(self) -> Decimal | None:
        """The sum a numeric cell holds, None for words and percentages."""
        return figure(self.text) if _FIGURED.match(self.text) else None

    @property
    def year(self) -> int | None:
        """The year that a cell consists of, with what is told of it: "2022", "2022 (rappel)"."""
        return int(self.text[:4]) if _YEAR.fullmatch(self.text) else None

    @property
    def percent(self) -> bool:
        """Whether a cell holds a percentage."""
        return "%" in self.text and pattern("tables", "row.percent").match(fold(self.text)) is not None

    @property
    def void(self) -> bool:
        """Whether a cell says that there is no sum: a dash, "néant", "non retenu"."""
        return bool(self.text) and pattern("tables", "row.void").match(fold(self.text)) is not None

    @property
    def figured(self) -> bool:
        """Whether a cell stands where a table has its figures."""
        return self.value is not None or self.percent or self.void

    @property
    def words(self) -> bool:
        """Whether a cell holds words."""
        return bool(self.text) and not self.figured


def empty(at: int) -> Cell:
    """A cell left blank."""
    return Cell("", at, at)


def slashed(cell: Cell) -> list[Cell]:
    """The heads that a line parts with slashes: "Association / Montant 2024 / Montant 2025"; else the cell alone."""
    parts = cell.text.split(" / ")
    if len(parts) < _SEVERAL or not any(pattern("tables", "header.line").fullmatch(fold(p)) for p in parts[1:]):
        return [cell]
    if pattern("tables", "header.line").fullmatch(fold(parts[0])) is None:
        return [cell]
    return [Cell(part.strip(), cell.start, cell.end) for part in parts]


def joined(cells: Sequence[Cell]) -> Cell:
    """One cell of those that a name was wrapped over."""
    filled = sorted((c for c in cells if c.text), key=lambda c: c.start)
    if not filled:
        return cells[0]
    text = filled[0].text
    for cell in filled[1:]:
        text = text + cell.text if text.endswith("-") and keeps(text, cell.text) else _run_on(text, cell.text)
    return Cell(text, filled[0].start, filled[-1].end)


def _run_on(before: str, after: str) -> str:
    """Words that go on in the next line; a typesetter's hyphen goes with the break."""
    return before[:-1] + after if re.search(r"\w-$", before) else f"{before} {after}"


def goes_on(before: str, after: str) -> bool:
    """Whether words are the end of what stands above them: begun in lower case, or awaited by a last small word."""
    if not before or not after:
        return False
    return (
        after[0].islower()
        or after[0] in "()»&"
        or pattern("tables", "row.awaits").search(fold(before)) is not None
        or (before.isupper() and pattern("tables", "row.small").match(fold(after)) is not None)
        or before.count("«") > before.count("»")
        or before.count("(") > before.count(")")
    )


@dataclass(slots=True)
class Grid:
    """A table whose columns are told: one header cell a column, and rows of as many cells, some of them blank.

    ``thousands`` where its caption says that sums are in k€; ``lines`` are the cells as they follow each other in a
    table with one cell a line; ``guessed`` are the places of sums in rows that have fewer than there are columns of
    sums, and do not show which is missing; ``unsaid`` those of rows whose only words may be a name or a project.
    """

    header: list[Cell]
    rows: list[list[Cell]]
    start: int
    end: int
    kind: str = "lines"
    thousands: bool = False
    lines: list[Cell] = field(default_factory=list)
    guessed: frozenset[int] = frozenset()
    unsaid: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.rows[0]) if self.rows else len(self.header)

    def heading(self, column: int) -> str:
        """The folded words above a column."""
        return fold(self.header[column].text) if column < len(self.header) else ""

    def column(self, column: int) -> list[Cell]:
        """The cells of a column."""
        return [row[column] for row in self.rows]
