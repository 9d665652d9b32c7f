"""Tables flattened to one cell a line: names and figures follow each other, the header's cells first."""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, Grid, empty, goes_on, joined, slashed
from extract.pipes.money.headless import by_columns, read_headless
from extract.pipes.money.line_cells import lines
from extract.pipes.money.stacked_rows import Widths, is_total_label, pace_of, ranks_of, table_of, words_of
from extract.text import fold

_LONGEST_CELL = 110
_FEWEST_ROWS = 2
_MOST_UNKNOWN = 3
#: The number of a row has so many digits.
_LONGEST_RANK = 2
_MARKS = "* \u00a0"
#: Letters with their dots, which end no sentence.
_SIGLE = re.compile(r"(?:\b[A-Z]\.){2,}\Z")
_STOPS = (".", ";", ":", "!", "?")


def stacked_grids(text: str, folded: str) -> list[Grid]:
    """Every table with one cell a line; stamps and page numbers between its rows are passed over."""
    grids: list[Grid] = []
    run: list[Cell] = []
    for start, end in [*lines(text), (len(text), len(text))]:
        if start < end and pattern("tables", "row.furniture").match(folded, start, end):
            continue
        words = " ".join(text[start:end].strip(_MARKS).split())
        parted = "\t" in text[start:end].strip() or "|" in words
        cell = words and len(words) <= _LONGEST_CELL and not parted
        if cell and (not words.endswith(_STOPS) or _ends_with_dot(words, folded[start:end])):
            run.append(Cell(words, start, end))
            continue
        grid = _stacked(run) or (read_headless(run, folded[: run[0].start]) if run else None)
        grids += [grid] if grid else []
        run = []
    return grids


def _ends_with_dot(words: str, folded: str) -> bool:
    """Whether a line that ends with a stop is a cell all the same: a caption, a head ("COÛT H.T."), "A.D.M.R."."""
    if pattern("tables", "header.caption").fullmatch(folded) or _SIGLE.search(words):
        return True
    return words.endswith(".") and pattern("tables", "header.line").fullmatch(folded) is not None


def _stacked(run: list[Cell]) -> Grid | None:
    """The table of a run of short lines, None where it has no header or too few sums."""
    if sum(1 for c in run if _sum(c)) < _FEWEST_ROWS:
        return None
    captions = [c for c in run if _is_caption(c)]
    cells = [c for c in run if c not in captions]
    first = next(i for i, c in enumerate(cells) if _sum(c))
    begin = next((i for i in range(first) if _names_column(cells[i]) or len(slashed(cells[i])) > 1), None)
    if begin is None:
        return None
    heads = slashed(cells[begin])
    if len(heads) > 1:
        cells, end = [*cells[:begin], *heads, *cells[begin + 1 :]], begin + len(heads)
    else:
        end = _header_end(cells, begin, first)
        cells = [*cells[:end], *_without_heads(cells[end:], " ".join(c.text for c in cells[begin:end]))]
        end = _paced_end(cells, begin, end, first) or end
    body = _without_heads(cells[end:], " ".join(c.text for c in cells[begin:end]))
    ranks = ranks_of(body)
    pace = pace_of([c for i, c in enumerate(body) if i not in ranks])
    heads = heads if len(heads) > 1 else _heads(cells[begin:end], pace)
    ranked = bool(heads) and pattern("tables", "header.code").match(fold(heads[0].text)) is not None
    ranked = ranked and bool(body) and (bool(ranks) or body[0].value is not None)
    if ranks and not ranked:
        heads, ranked = [empty(body[0].start), *heads], True  # their column has no head
    grid = by_columns(heads, body) or _laid_out(heads, body, pace, frozenset(ranks), ranked=ranked)
    if grid is None:
        return None
    grid.start = cells[begin].start
    grid.thousands = any(pattern("tables", "header.thousands").search(fold(c.text)) for c in captions)
    return grid


def _without_heads(body: list[Cell], header: str) -> list[Cell]:
    """The cells below a header without its words where a new page tells them again."""
    left: list[Cell] = []
    at = 0
    while at < len(body):
        end, told = at, ""
        while end < len(body) and header.startswith(told) and told != header:
            told = f"{told} {body[end].text}".strip()
            end += 1
        if told == header:
            at = end
        else:
            left.append(body[at])
            at += 1
    return left


def _laid_out(heads: list[Cell], body: list[Cell], pace: int, ranks: frozenset[int], *, ranked: bool) -> Grid | None:
    """The table of a header and the cells below it, None where it has no rows to speak of."""
    sums = [h for h in heads if _over_figures(h)]
    last = heads.index(sums[-1]) if sums else len(heads)
    opening = bool(sums) and heads[ranked] is sums[0]
    after = [h for h in heads[last + 1 :] if not _over_figures(h)] if pace == len(sums) else []
    if opening and not body[ranked].figured:
        body = body[1:]  # the heading of a part
        if not body or not body[ranked].figured:
            return None
    if sums and len(sums) < pace > 1:
        return None  # nobody knows which column is which
    names = [h for h in heads[ranked:] if h not in sums and h not in after]
    widths = Widths(
        len(names) if after else max(1, len(names)), pace, len(after), ranked, ranks if not after else frozenset(),
        remarks=len(after) == 1 and pattern("tables", "header.remarks").match(fold(after[0].text)) is not None,
    )  # fmt: skip
    table = table_of(body, widths)
    worded = sum(1 for row in table if any(c.words for c in row))
    if not any(_sum(c) for row in table for c in row) or (worded < _FEWEST_ROWS and len(sums) < _FEWEST_ROWS):
        return None
    blank = empty(body[0].start)
    header = [*heads[:ranked], *names[: widths.words]]
    header += [blank] * (widths.words + ranked - len(header))
    header += ([blank] * pace + sums)[-pace:] + after
    guessed = {c.start for row in table for c in row if c.figured and 0 < sum(x.figured for x in row[ranked:]) < pace}
    at = [ranked + i for i in range(widths.words)]
    unsaid = {c.start for row in table for c in row if len(at) > 1 and c.figured and _may_be_name(row, at, table)}
    unsaid |= _ranks_left([c for row in table for c in row[ranked:] if c.figured])
    return Grid(
        header,
        table,
        body[0].start,
        body[-1].end,
        "stacked",
        lines=body,
        guessed=frozenset(guessed),
        unsaid=frozenset(unsaid),
    )


def _ranks_left(figures: list[Cell]) -> set[int]:
    """Where figures stand that may be numbers of rows: bare, of two digits at most, among sums with cents or unit."""
    bare = [c for c in figures if c.text.isdigit() and len(c.text) <= _LONGEST_RANK]
    return (
        {c.start for c in bare}
        if len(bare) * 2 < len(figures) and all(_told_as_sum(c) for c in figures if c not in bare)
        else set()
    )


def _told_as_sum(cell: Cell) -> bool:
    return cell.void or not cell.text[-1:].isdigit() or "," in cell.text


def _may_be_name(row: list[Cell], at: list[int], table: list[list[Cell]]) -> bool:
    """Whether the only words of a row, read as what a sum is for, may be a name: no other row has them there."""
    told = [i for i in at if row[i].text]
    if len(told) != 1 or told[0] == at[0] or is_total_label(row[told[0]]):
        return False
    words = row[told[0]].text
    alike = sum(1 for other in table if other[told[0]].text == words)
    return alike == 1 and pattern("tables", "row.told_object").match(f" - {fold(words)}") is None


def _paced_end(cells: list[Cell], begin: int, told: int, first: int) -> int | None:
    """Where the header ends by the rhythm of the rows, where its words tell otherwise: a head for each cell of a row.

    "Club, Budget prévu, Voté, Étoile, 900, 300, Cap Sud, 800, 200": rows of three cells, so three heads.
    """
    body = cells[first:]
    pace, wide = pace_of(body), words_of(body)
    if wide is None or ranks_of(body):
        return None
    end = begin + wide + pace
    if end < told and any(cells[end].text == c.text for c in body):
        return end  # what has the looks of a last head stands in the rows too
    if first - told == wide:
        return None
    if not (begin < end < first and first - end <= wide + 1 and _names_column(cells[end - 1])):
        return None
    headed = pattern("tables", "row.rubric").fullmatch(fold(cells[end].text)) is not None
    return end if first - end == wide or headed else None


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
            if end > begin and cell.text[:1].islower() and goes_on(cells[end - 1].text, cell.text):
                end += 1
                continue
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


def _heads(found: list[Cell], pace: int) -> list[Cell]:
    """The header's cells, those wrapped over lines made one."""
    heads: list[Cell] = []
    for cell in found:
        if heads and cell.year is None and goes_on(heads[-1].text, cell.text):
            heads[-1] = joined([heads[-1], cell])
        else:
            heads.append(cell)
    for at in range(len(heads) - 1, 0, -1):
        surplus = sum(1 for h in heads if _over_figures(h)) % pace  # two heads a column are joined below
        dated = heads[at].year is not None and heads[at - 1].year is None and _over_figures(heads[at - 1])
        if surplus and dated:
            heads[at - 1 : at + 1] = [joined(heads[at - 1 : at + 1])]  # "Subvention" above "2024"
    sums = [h for h in heads if _over_figures(h)]
    each = len(sums) // pace
    if each > 1 and len(sums) == each * pace and sums == heads[-len(sums) :]:
        heads[-len(sums) :] = [joined(sums[i : i + each]) for i in range(0, len(sums), each)]
    return heads
