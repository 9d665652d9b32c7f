"""Tables flattened to one cell a line: names and figures follow each other, the header's cells first."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, Grid, empty, goes_on, joined
from extract.pipes.money.layout import lines
from extract.text import fold

_LONGEST_CELL = 110
_FEWEST_ROWS = 2
_MOST_WORDS = 8
_MOST_UNKNOWN = 3
_MARKS = "* \u00a0"


def stacked_grids(text: str, folded: str) -> list[Grid]:
    """Every table with one cell a line; stamps and page numbers between its rows are passed over."""
    grids: list[Grid] = []
    run: list[Cell] = []
    for start, end in [*lines(text), (len(text), len(text))]:
        if start < end and pattern("tables", "row.furniture").match(folded, start, end):
            continue
        words = " ".join(text[start:end].strip(_MARKS).split())
        parted = "\t" in text[start:end].strip() or "|" in words
        caption = pattern("tables", "header.caption").fullmatch(folded, start, end) is not None
        if words and len(words) <= _LONGEST_CELL and not parted and (caption or not re.search(r"[.;:!?]$", words)):
            run.append(Cell(words, start, end))
            continue
        grid = _stacked(run)
        grids += [grid] if grid else []
        run = []
    return grids


def _stacked(run: list[Cell]) -> Grid | None:
    """The table of a run of short lines, None where it has no header or too few sums."""
    if sum(1 for c in run if _sum(c)) < _FEWEST_ROWS:
        return None
    captions = [c for c in run if _is_caption(c)]
    cells = [c for c in run if c not in captions]
    first = next(i for i, c in enumerate(cells) if _sum(c))
    begin = next((i for i in range(first) if _names_column(cells[i])), None)
    if begin is None:
        return None
    end = _header_end(cells, begin, first)
    body = cells[end:]
    pace = _pace(body)
    heads = _heads(cells[begin:end], pace)
    names = [h for h in heads if not _over_figures(h)]
    sums = [h for h in heads if _over_figures(h)]
    ranked = bool(heads) and pattern("tables", "header.code").match(fold(heads[0].text)) is not None
    ranked = ranked and bool(body) and body[0].value is not None
    rows = _rows(body, pace, ranked=ranked)
    if sum(1 for texts, _, _ in rows if texts) < _FEWEST_ROWS and len(sums) < _FEWEST_ROWS:
        return None
    wide = max(1, len(names) - ranked)
    known = _known(rows, wide)
    table = [_aligned(texts, figures, rank, wide, pace, known, ranked=ranked) for texts, figures, rank in rows]
    if not any(_sum(c) for row in table for c in row):
        return None
    header = [h for h in heads if h not in sums][: wide + ranked]
    header += [empty(body[0].start)] * (wide + ranked - len(header))
    header += ([empty(body[0].start)] * pace + sums)[-pace:]
    thousands = any(pattern("tables", "header.thousands").search(fold(c.text)) for c in captions)
    return Grid(
        header, table, cells[begin].start, body[-1].end if rows else cells[end - 1].end, "stacked", thousands, body
    )


def _sum(cell: Cell) -> bool:
    return cell.value is not None and cell.year is None


def _is_caption(cell: Cell) -> bool:
    return pattern("tables", "header.caption").fullmatch(fold(cell.text)) is not None


def _names_column(cell: Cell) -> bool:
    return pattern("tables", "header.line").fullmatch(fold(cell.text)) is not None


def _over_figures(cell: Cell) -> bool:
    folded = fold(cell.text)
    return cell.year is not None or (
        pattern("tables", "header.figures").search(folded) is not None
        and pattern("tables", "header.name").match(folded) is None
        and pattern("tables", "header.worded").match(folded) is None
    )


def _header_end(cells: list[Cell], begin: int, first: int) -> int:
    """Where the header ends: at the first line that names no column, or names the receivers again."""
    end, named = begin, False
    while end < first or (end < len(cells) and cells[end].year is not None):
        cell = cells[end]
        name = pattern("tables", "header.name").match(fold(cell.text)) is not None and not _over_figures(cell)
        if cell.year is None and not _names_column(cell):
            ahead = _heads_ahead(cells, begin, end, first)
            if ahead is None:
                break
            end = ahead
            continue
        if name and named and not goes_on(cells[end - 1].text, cell.text):
            break
        named |= name
        end += 1
    return end


def _heads_ahead(cells: list[Cell], begin: int, end: int, first: int) -> int | None:
    """The column of figures that ends a header with heads of no known word: "Association, Rendez-vous, Montant".

    None where a figures head was read already, none follows within a few lines, or a sum follows it: then what has
    the looks of a head ("fonctionnement") is a cell of the first row.
    """
    if any(_over_figures(c) for c in cells[begin:end]):
        return None
    for at in range(end + 1, min(end + 1 + _MOST_UNKNOWN, first)):
        if _over_figures(cells[at]) and _names_column(cells[at]):
            beyond = next((i for i in range(at, first) if not _names_column(cells[i])), first)
            return at if beyond < first else None
    return None


def _pace(body: list[Cell]) -> int:
    """How many figures a row has: as most runs of them."""
    runs: Counter[int] = Counter()
    length = 0
    for cell in [*body, empty(0)]:
        if cell.figured:
            length += 1
        elif length:
            runs[length] += 1
            length = 0
    return max(runs, key=lambda n: (runs[n], n)) if runs else 1


def _heads(found: list[Cell], pace: int) -> list[Cell]:
    """The header's cells, those wrapped over lines made one."""
    heads: list[Cell] = []
    for cell in found:
        if heads and cell.year is None and goes_on(heads[-1].text, cell.text):
            heads[-1] = joined([heads[-1], cell])
        else:
            heads.append(cell)
    sums = [h for h in heads if _over_figures(h)]
    each = len(sums) // pace
    if each > 1 and len(sums) == each * pace and sums == heads[-len(sums) :]:
        heads[-len(sums) :] = [joined(sums[i : i + each]) for i in range(0, len(sums), each)]
    return heads


def _rows(body: list[Cell], pace: int, *, ranked: bool) -> list[tuple[list[Cell], list[Cell], Cell | None]]:
    """The words, figures and rank of each row: a row ends where words follow its figures, or when it has them all."""
    rows: list[tuple[list[Cell], list[Cell], Cell | None]] = []
    words: list[Cell] = []
    figures: list[Cell] = []
    rank: Cell | None = None
    for index, cell in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        fresh = ranked and rank is None and not (words or figures)
        if fresh and cell.value is not None and following is not None and following.words:
            rank = cell
            continue
        (figures if cell.figured else words).append(cell)
        if figures and (following is None or not following.figured or len(figures) == pace):
            rows.append((words, figures, rank))
            words, figures, rank = [], [], None
    return rows


def _known(rows: list[tuple[list[Cell], list[Cell], Cell | None]], wide: int) -> list[set[str]]:
    """What the columns of words hold in the rows that have one line for each."""
    known: list[set[str]] = [set() for _ in range(wide)]
    for texts, _, _ in rows:
        if len(texts) == wide:
            for column, cell in enumerate(texts):
                known[column].add(cell.text)
    return known


def _aligned(
    texts: list[Cell], figures: list[Cell], rank: Cell | None, wide: int, pace: int, known: list[set[str]],
    *, ranked: bool,
) -> list[Cell]:  # fmt: skip
    """A row with a cell for each column: words left, those given once above left out; figures right."""
    at = (texts or figures)[0].start
    while len(texts) > wide and _is_rubric(texts[0], texts[1]):
        texts = texts[1:]
    while len(texts) > wide == 1 and pattern("tables", "row.nature").fullmatch(fold(texts[-1].text)):
        texts = texts[:-1]
    if len(texts) > wide:
        texts = _parted(texts[-_MOST_WORDS:], wide, known)
    words = [empty(at)] * (wide - len(texts)) + texts
    if texts and pattern("tables", "row.total").match(fold(texts[0].text)):
        words = texts + [empty(at)] * (wide - len(texts))
    sums = [empty(at)] * (pace - len(figures)) + figures[-pace:]
    return [rank or empty(at)] * ranked + words + sums


def _is_rubric(cell: Cell, following: Cell) -> bool:
    """Whether a line heads a part of the table: a theme, or capitals above a name that is not in capitals."""
    if pattern("tables", "row.rubric").fullmatch(fold(cell.text)):
        return True
    return cell.text.isupper() and len(cell.text) > 3 and not following.text.isupper() and not goes_on(
        cell.text, following.text
    )  # fmt: skip


def _parted(texts: list[Cell], wide: int, known: list[set[str]]) -> list[Cell]:
    """More lines than columns of words: the parting that breaks no phrase, and gives the rest to the name."""
    best: tuple[float, list[Cell]] | None = None
    for cuts in combinations(range(1, len(texts)), wide - 1):
        bounds = (0, *cuts, len(texts))
        groups = [texts[a:b] for a, b in pairwise(bounds)]
        cost = sum(_cost(group, column, known[column]) for column, group in enumerate(groups))
        cost += sum(3.0 for cut in cuts if goes_on(texts[cut - 1].text, texts[cut].text))
        if best is None or cost < best[0]:
            best = (cost, [joined(group) for group in groups])
    return best[1] if best else texts


def _cost(group: list[Cell], column: int, known: set[str]) -> float:
    """What speaks against a group of lines being one cell."""
    cost = 0.0 if column == 0 else 0.5 * (len(group) - 1)
    cost -= 2.0 * (len(group) == 1 and group[0].text in known)
    if len(group) == 1 and column == 0 and pattern("tables", "row.generic_head").fullmatch(fold(group[0].text)):
        cost += 2.0
    for above, below in pairwise(group):
        cost += -1.0 if goes_on(above.text, below.text) else 0.2
    return cost
