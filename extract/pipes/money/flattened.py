"""Tables of a text that lost its lines: "Association Demandé Proposé Judo Club 500 300 Foyer rural 900 700 …".

Found by their heads behind the end of a sentence. Where spaces part thousands a run of figures reads in more than one
way: the table's total says which, and without one way that alone adds up to it there is no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import prod

from extract.patterns import cased, pattern
from extract.pipes.money.cells import Cell, Grid
from extract.pipes.money.glued import figures, sum_heads
from extract.pipes.money.line_cells import lines
from extract.pipes.names import name_end
from extract.text import fold, squeeze

#: A shorter line has lost no lines; fewer rows may be anything.
_LOST, _FEWEST_ROWS = 200, 3
#: A name has no more words; so many ways to read the rows are tried.
_LONGEST_NAME, _MOST_TRIED = 14, 4_096
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[-+]?\d[\d.,]*|€|euros?|[-–/]", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;:!?]\Z")

Row = tuple[Cell, list[list[Cell]]]


def flattened_grids(text: str, folded: str) -> list[Grid]:
    """The tables within long lines, below heads of known words."""
    grids: list[Grid] = []
    for above, (start, end) in pairwise([(0, 0), *lines(text)]):
        if end - start < _LOST:
            continue
        for found in _heads(folded, above, start, end):
            named = pattern("tables", "header.name").match(found["name"].strip()) is not None
            if named and text[found.start()].isupper() and _is_begun(text, start, found.start(), grids):
                grid = _grid(text, folded, found, end)
                grids += [grid] if grid is not None else []
    return grids


def _heads(folded: str, above: tuple[int, int], start: int, end: int) -> Iterator[re.Match[str]]:
    """The heads of tables within a line, or of one that it goes on with: heads in capitals stay a line of their own."""
    found = pattern("tables", "header.glued").fullmatch(folded, *above)
    if found is not None:
        yield found
    yield from pattern("tables", "header.flattened").finditer(folded, start, end)


def _is_begun(text: str, start: int, at: int, grids: list[Grid]) -> bool:
    """Whether a table may begin: behind a sentence, or behind the last row of another."""
    if grids and at < grids[-1].end:
        return False
    before = text[start:at].rstrip()[-1:]
    return not before or before in ".:;" or bool(grids and not text[grids[-1].end : at].strip(" €"))


def _grid(text: str, folded: str, found: re.Match[str], end: int) -> Grid | None:
    heads = [_cell(text, *found.span("name")), *sum_heads(text, folded, *found.span("sums"))]
    described = pattern("tables", "header.flat_object").search(found["name"]) is not None
    rows: list[Row] = []
    for name, ways in _rows(text, found.end(), end, len(heads) - 1):
        whole = _is_total(name) or not described
        rows.append((name if whole else _without_object(text, name), ways))
        if _is_total(name):
            break
    read = _only_way(rows)
    if read is None:
        return None
    told = [[name, *cells] for (name, _), cells in zip(rows, read, strict=True)]
    return Grid(heads, told, heads[0].start, read[-1][-1].end)


def _without_object(text: str, cell: Cell) -> Cell:
    """The name alone of "Saint-Rémi de Breuvery Relevage de l'orgue": an object begins with a capital and a noun."""
    end = min(name_end(text, cell.start), cell.end)
    begun = cased("tables", "cased.object_begun").search(text, cell.start, end)
    if begun is not None and pattern("tables", "header.object_of").match(fold(text[end : cell.end])):
        end = begun.start()
    return _cell(text, cell.start, end)


def _rows(text: str, start: int, end: int, count: int) -> Iterator[Row]:
    """Names, each with every way to read the figures behind it as so many."""
    name: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for word in [*(m.span() for m in _WORD.finditer(text, start, end)), (end, end)]:
        if word[0] < end and name and _FIGURE.fullmatch(text, *word):
            run.append(word)
            continue
        if run:
            ways = list(figures(text, run, count))
            if not ways:
                return
            yield _cell(text, name[0][0], name[-1][1]), ways
            name, run = [], []
        name.append(word)
        if len(name) > _LONGEST_NAME or _SENTENCE.search(text, *word):
            return


def _only_way(rows: Sequence[Row]) -> list[list[Cell]] | None:
    """The one way to read the figures of all rows in which each column adds up to its total."""
    ways = [each for _, each in rows]
    if len(rows) < _FEWEST_ROWS or prod(len(each) for each in ways) > _MOST_TRIED or not _is_total(rows[-1][0]):
        return None
    if not all(_may_name(name) for name, _ in rows):
        return None
    adding = [list(way) for way in product(*ways) if _adds_up(way)]
    return adding[0] if len(adding) == 1 else None


def _may_name(name: Cell) -> bool:
    """Whether words can name a row: begun with a capital or a quote, no sentence."""
    return cased("tables", "cased.capital").match(name.text) is not None and not (
        pattern("tables", "row.said").match(fold(name.text))
    )


def _adds_up(way: Sequence[list[Cell]]) -> bool:
    """Whether every column of the rows adds up to that of the last one."""
    columns = [[cell.value or 0 for cell in column] for column in zip(*way, strict=True)]
    return all(sum(column[:-1]) == column[-1] for column in columns)


def _is_total(name: Cell) -> bool:
    return pattern("tables", "row.total").match(fold(name.text)) is not None


def _cell(text: str, start: int, end: int) -> Cell:
    return Cell(squeeze(text[start:end]), start, end)
