"""The rows of a table with one cell a line: where one ends and the next begins, and which cell is in which column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, empty, goes_on, joined
from extract.text import fold

_MOST_WORDS = 8
_FEWEST_ALIKE = 2


@dataclass(slots=True)
class StackedRow:
    """A row: the words before its figures, the figures, the words after them, and the rank before all."""

    words: list[Cell]
    figures: list[Cell]
    after: list[Cell]
    rank: Cell | None = None


def pace_of(body: list[Cell]) -> int:
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


def ranks_of(body: list[Cell]) -> set[int]:
    """Where the numbers of rows stand, 1, 2, 3 ..., each right before the words of its row; none where they do not."""
    found: set[int] = set()
    for index, (cell, following) in enumerate(pairwise(body)):
        if following.words and cell.value == len(found) + 1:
            found.add(index)
    rows = sum(1 for cell, following in pairwise(body) if cell.figured and following.words)
    return found if len(found) > 1 and min(found) <= 1 and len(found) * 2 >= rows else set()


def words_of(body: list[Cell]) -> int | None:
    """How many cells of words stand between the figures of two rows, where most rows agree."""
    runs = [list(cells) for figured, cells in groupby(body, lambda c: c.figured) if not figured]
    inner = runs[0 if body[0].figured else 1 : None if body[-1].figured else -1]
    counts = Counter(len(run) for run in inner if not any(is_total_label(c) for c in run))
    most = max(counts, key=lambda n: (counts[n], -n), default=None)
    if most is None or counts[most] < _FEWEST_ALIKE or counts[most] * 2 < sum(counts.values()):
        return None
    return most


def is_total_label(cell: Cell) -> bool:
    """Whether a cell calls its row a total."""
    return pattern("tables", "row.total").match(fold(cell.text)) is not None


@dataclass(frozen=True, slots=True)
class Widths:
    """How many cells a row has: of words before its figures, figures, words after them; and whether a rank opens it.

    ``ranks`` are the places of the numbers that count the rows, where they do; ``remarks`` where the words after the
    figures are remarks, which most rows lack.
    """

    words: int
    figures: int
    after: int = 0
    ranked: bool = False
    ranks: frozenset[int] = frozenset()
    remarks: bool = False


def table_of(body: list[Cell], widths: Widths) -> list[list[Cell]]:
    """The rows of a table, a cell for each column, blank where the row has none."""
    rows = _turned(body, widths) if widths.after else _rows(body, widths)
    known = _known([row.words for row in rows], widths.words)
    known_after = _known([row.after for row in rows], widths.after)
    for above, row in pairwise(rows):
        headed = len(row.words) > widths.words > 0 and not goes_on(row.words[0].text, row.words[1].text)
        if headed and above.words and is_total_label(above.words[0]):
            row.words = row.words[1:]  # what follows a total heads the next part
    return [_aligned(row, widths, known, known_after) for row in rows]


def _rows(body: list[Cell], widths: Widths) -> list[StackedRow]:
    """Rows that end with their figures: where words follow those, or when a row has them all."""
    rows: list[StackedRow] = []
    row = StackedRow([], [], [])
    for index, cell in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        fresh = not widths.ranks and widths.ranked and row.rank is None and not (row.words or row.figures)
        if index in widths.ranks or (fresh and cell.value is not None and following is not None and following.words):
            row = StackedRow([], [], [], cell)  # words above a rank head a part
            continue
        (row.figures if cell.figured else row.words).append(cell)
        if row.figures and (following is None or not following.figured or len(row.figures) == widths.figures):
            rows.append(row)
            row = StackedRow([], [], [])
    return rows


def _turned(body: list[Cell], widths: Widths) -> list[StackedRow]:
    """Rows whose figures have words after them: "name, sum, project" or "sum, name"."""
    rows: list[StackedRow] = []
    words: list[Cell] = []
    for figured, group in groupby(body, lambda c: c.figured):
        cells = list(group)
        if figured:
            rows.append(StackedRow(words, cells, []))
        else:
            after, words = _split(cells, widths) if rows else ([], cells)
            if rows:
                rows[-1].after = after
    if rows and words and not widths.words:
        rows[-1].after = words
    return rows


def _split(run: list[Cell], widths: Widths) -> tuple[list[Cell], list[Cell]]:
    """The words between the figures of two rows: the end of the one above, and the beginning of the one below."""
    total = next((i for i, cell in enumerate(run) if is_total_label(cell)), None)
    if not widths.words:
        return (run[:-1] if len(run) > widths.after and _is_rubric_alone(run[-1]) else run), []
    if total is not None:
        return run[:total], run[total:]
    if widths.remarks:
        said = next((i for i, cell in enumerate(run) if not _is_remark(cell)), len(run))
        return run[:said], run[said:]
    run = [c for i, c in enumerate(run) if not (i and len(run) > widths.words + widths.after and _is_rubric_alone(c))]
    if len(run) <= widths.words:
        return [], run
    at = min(widths.after, len(run) - widths.words)
    places = range(1, len(run))
    cut = min(places, key=lambda i: (3.0 * goes_on(run[i - 1].text, run[i].text) + abs(i - at) * 0.5, i))
    return run[:cut], run[cut:]


def _is_remark(cell: Cell) -> bool:
    """Whether words begin as a remark does, and no name: in small letters, with a bracket or a word for one."""
    return not cell.text[:1].isupper() or pattern("tables", "row.remark_cell").match(fold(cell.text)) is not None


def _is_rubric_alone(cell: Cell) -> bool:
    return pattern("tables", "row.rubric").fullmatch(fold(cell.text)) is not None


def _known(rows: list[list[Cell]], wide: int) -> list[set[str]]:
    """What the columns of words hold in the rows that have one line for each."""
    known: list[set[str]] = [set() for _ in range(wide)]
    for texts in rows:
        if len(texts) == wide:
            for column, cell in enumerate(texts):
                known[column].add(cell.text)
    return known


def _aligned(row: StackedRow, widths: Widths, known: list[set[str]], after: list[set[str]]) -> list[Cell]:
    """A row with a cell for each column: words left, those given once above left out; figures right."""
    wide, texts = widths.words, row.words
    at = (texts or row.figures)[0].start
    while len(texts) > wide > 0 and len(texts) > 1 and _is_rubric(texts[0], texts[1]):
        texts = texts[1:]
    while len(texts) > wide == 1 and pattern("tables", "row.nature").fullmatch(fold(texts[-1].text)):
        texts = texts[:-1]
    if len(texts) > wide > 0:
        texts = _parted(texts[-_MOST_WORDS:], wide, known)
    words = [empty(at)] * (wide - len(texts)) + texts[:wide]
    if texts and is_total_label(texts[0]):
        words = texts[:wide] + [empty(at)] * (wide - len(texts))
    sums = [empty(at)] * (widths.figures - len(row.figures)) + row.figures[-widths.figures :]
    rest = row.after
    if len(rest) > widths.after > 0:
        rest = _parted(rest[-_MOST_WORDS:], widths.after, after)
    rest = rest + [empty(at)] * (widths.after - len(rest))
    return [row.rank or empty(at)] * widths.ranked + words + sums + rest[: widths.after]


def _is_rubric(cell: Cell, following: Cell) -> bool:
    """Whether a line heads a part of the table: a theme, or capitals above a name that is not in capitals."""
    if goes_on(cell.text, following.text):
        return False
    shouts = cell.text.isupper() and len(cell.text) > 3 and not following.text.isupper()
    return shouts or _is_rubric_alone(cell) or pattern("tables", "row.category").fullmatch(fold(cell.text)) is not None


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
