"""Tables whose cells one space parts, as a text copied out of a page has them: "Vie Libre 1 200 1 000".

Found by their header, whose heads are known words: as many figures as it has heads for them end each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, Grid
from extract.pipes.money.line_cells import lines

_FEWEST_ROWS = 2
_LONGEST = 140
_PARTED = re.compile(r"\S(?:[ \u00a0]{2,}|[ \u00a0]*\t[ \u00a0]*)\S")
_WORD = re.compile(r"\S+")
_BEGUN, _GROUP = re.compile(r"[-+]?\d{1,3}"), re.compile(r"\d{3}(?:,\d{1,2})?")
_WHOLE = re.compile(r"[-+]?\d{1,3}(?:[.\u00a0\u202f']\d{3})*(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?|[-–/]|\d{1,3}(?:,\d+)?%")
_UNIT = re.compile(r"€|euros?|%", re.IGNORECASE)


def glued_grids(text: str, folded: str) -> list[Grid]:
    """Every table of lines that no mark parts, below a header of known heads."""
    grids: list[Grid] = []
    heads: list[Cell] = []
    rows: list[list[Cell]] = []
    for start, end in [*lines(text), (len(text), len(text))]:
        if heads and start < end and pattern("tables", "row.furniture").match(folded, start, end):
            continue
        if heads and start < end:
            row = _row(text, start, end, len(heads) - 1)
            if row is not None:
                rows.append(row)
                continue
            if _stands_between(text[start:end], folded[start:end]):
                continue
        if len(rows) >= _FEWEST_ROWS:
            grids.append(Grid(heads, rows, heads[0].start, rows[-1][-1].end))
        heads, rows = list(_heads(text, folded, start, end)), []
    return grids


def _heads(text: str, folded: str, start: int, end: int) -> Iterator[Cell]:
    """The heads of a line that consists of them: of the names, then of each column of figures."""
    if (
        end - start > _LONGEST
        or _is_parted(text[start:end])
        or pattern("tables", "header.line").fullmatch(folded, start, end) is None
    ):
        return
    found = pattern("tables", "header.glued").fullmatch(folded, start, end)
    if found is None or pattern("tables", "header.name").match(found["name"].strip()) is None:
        return
    yield _cell(text, *found.span("name"))
    yield from sum_heads(text, folded, *found.span("sums"))


def _is_parted(line: str) -> bool:
    """Whether wide spaces or tabs part a line."""
    return ("  " in line or "\t" in line or "\u00a0" in line) and _PARTED.search(line) is not None


def sum_heads(text: str, folded: str, start: int, end: int) -> list[Cell]:
    """The heads of the columns of figures; words that all tell what became of a sum are one each: "Demandé Proposé"."""
    told = [m.span() for m in _WORD.finditer(folded, start, end)]
    if not all(pattern("tables", "header.glued_told").fullmatch(folded, *span) for span in told):
        told = [m.span() for m in pattern("tables", "header.glued_sum").finditer(folded, start, end)]
    return [_cell(text, *span) for span in told]


def _stands_between(line: str, folded: str) -> bool:
    """Whether a line may stand between two rows: a theme."""
    return pattern("tables", "row.rubric").fullmatch(folded) is not None and not line.rstrip().endswith(":")


def _row(text: str, start: int, end: int, count: int) -> list[Cell] | None:
    """The cells of a row: the shortest name that leaves so many figures; None where it can be read in two ways."""
    words = [m.span() for m in _WORD.finditer(text, start, end)]
    for at in range(1, len(words)):
        told = list(figures(text, words[at:], count))
        if not told:
            continue
        name = _cell(text, words[0][0], words[at - 1][1])
        return [name, *told[0]] if len(told) == 1 and any(c.isalpha() for c in name.text) else None
    return None


def figures(text: str, words: list[tuple[int, int]], count: int) -> Iterator[list[Cell]]:
    """Every way to read words as so many figures, spaces parting their thousands or not."""
    if not words or count == 0:
        if not words and count == 0:
            yield []
        return
    for used in range(1, len(words) + 1):
        cell = _figure(text, words[:used])
        if cell is not None:
            for rest in figures(text, words[used:], count - 1):
                yield [cell, *rest]


def _figure(text: str, words: list[tuple[int, int]]) -> Cell | None:
    """The cell of a figure written in these words, with its unit; None where they are no figure."""
    told = [text[s:e] for s, e in words]
    bare = told[:-1] if len(told) > 1 and _UNIT.fullmatch(told[-1]) else [*told[:-1], _UNIT.sub("", told[-1])]
    one = len(bare) == 1 and _WHOLE.fullmatch(bare[0]) is not None
    several = len(bare) > 1 and _BEGUN.fullmatch(bare[0]) and all(_GROUP.fullmatch(part) for part in bare[1:])
    return _cell(text, words[0][0], words[-1][1]) if one or several else None


def _cell(text: str, start: int, end: int) -> Cell:
    return Cell(" ".join(text[start:end].split()), start, end)
