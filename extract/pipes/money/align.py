"""From lines of cells to columns: the header's lines made one, rows fitted to it, wrapped names made whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, Grid, empty, goes_on, joined, slashed
from extract.pipes.money.stacked_rows import is_total_label
from extract.pipes.money.turned import is_instalment, over_instalments
from extract.pipes.money.whole import whole_rows
from extract.text import fold

#: The cells of a line, whether it holds figures, and where the line begins.
Parted: TypeAlias = tuple[list[Cell], bool, int]
_MISFIT = 4.0
_WIDEST = 14
#: Cells of a row that has a name and a sum alone.
_PAIR = 2
#: A row of so few cells may lack any of the others.
_FEWEST_KEPT = 2
#: What opens an item of a list within a cell.
_ITEM = tuple("-–—•▪>·")


def fit(parted: Sequence[Parted], *, spaced: bool = False) -> Grid | None:
    """The table of a run of lines, None where none holds figures; ``spaced`` where columns are set with spaces."""
    first = next((i for i, (_, figured, _) in enumerate(parted) if figured), None)
    if first is None:
        return None
    if spaced:
        placed = _by_place([cells for cells, _, _ in parted], [origin for _, _, origin in parted])
        flagged = [(cells, figured) for cells, (_, figured, _) in zip(placed, parted, strict=True)]
    else:
        flagged = [(cells, figured) for cells, figured, _ in parted]
    kept = not spaced and any(not c.text for cells, _ in flagged for c in cells[:-1])
    width = _width([cells for cells, figured in flagged if figured])
    if kept:
        width = max(width, _headed([cells for cells, _ in flagged[:first]], [c for c, figured in flagged if figured]))
    if not 1 < width <= _WIDEST:
        return None
    if not spaced:
        flagged = _unbroken(flagged, width)
        first = next(i for i, (_, figured) in enumerate(flagged) if figured)
    whole = [c for c, figured in flagged if figured and len(c) == width]
    kinds = _kinds(whole, width)
    known = [{row[i].text for row in whole} for i in range(width)]
    heads = [cells for cells, _ in flagged[:first]]
    guessed = frozenset(c.start for cells, figured in flagged if figured for c in _guessed(cells, kinds))
    flagged = [(_padded(cells, kinds) if kept else cells, figured) for cells, figured in flagged]
    body = [(_fitted(cells, kinds, known), figured) for cells, figured in flagged[first:]]
    header_lines, parts = _header(heads, kinds)
    if not header_lines and heads and all(is_instalment(cells[0]) for cells, figured in body if figured):
        header_lines, parts = over_instalments(heads[-1], width), []
    body = [(_fitted(cells, kinds, known), False) for cells in parts] + body
    header = [joined([line[i] for line in header_lines]) if header_lines else empty(body[0][0][0].start)
              for i in range(width)]  # fmt: skip
    body = _under_carriers(body, header[0])
    rows = [row for page in _pages(body, header) for row in whole_rows(page)]
    header, rows = _without_blanks(header, rows)
    start = min(c.start for cells, _ in flagged for c in cells)
    end = max(c.end for row in rows for c in row) if rows else start
    return Grid(header if any(c.text for c in header) else [], rows, start, end, guessed=guessed)


def _under_carriers(body: list[tuple[list[Cell], bool]], head: Cell) -> list[tuple[list[Cell], bool]]:
    """Rows of actions with who carries them, on a line above: "Porteur / Action", "Tremplin", "- Permis | 900 €"."""
    if not _heads_carriers(head):
        return body
    rows = [cells[0] for cells, figured in body if figured and not is_total_label(cells[0])]
    lines = [cells for cells, figured in body if not figured]
    if not lines or not all(_is_marked(cell) for cell in rows) or any(_is_marked(cells[0]) for cells in lines):
        return body
    found: list[tuple[list[Cell], bool]] = []
    carrier: Cell | None = None
    for cells, figured in body:
        if not figured:
            carrier = cells[0]
        elif carrier is not None and not is_total_label(cells[0]):
            found.append(([carrier, *cells[1:]], True))
        else:
            found.append((cells, True))
    return found


def _heads_carriers(head: Cell) -> bool:
    """Whether a head names both who carries actions and the actions: "Porteur / Action"."""
    folded = fold(head.text)
    return all(pattern("tables", f"header.{name}").search(folded) for name in ("name", "project"))


def _is_marked(cell: Cell) -> bool:
    return cell.text[:1] in _ITEM and cell.text[1:2] == " "


def _padded(cells: list[Cell], kinds: list[str]) -> list[Cell]:
    """A short row of a table that leaves blank cells where they are: it lacks its last ones, if the others fit."""
    if not _FEWEST_KEPT < len(cells) < len(kinds):
        return cells
    fits = all(
        not c.text or (c.figured if kind == "figures" else c.words) for c, kind in zip(cells, kinds, strict=False)
    )
    return [*cells, *(empty(cells[-1].end) for _ in kinds[len(cells) :])] if fits else cells


def _pages(body: list[tuple[list[Cell], bool]], header: list[Cell]) -> list[list[tuple[list[Cell], bool]]]:
    """The lines of a table, parted where its header is told again: what stands below it ends no name above it."""
    pages: list[list[tuple[list[Cell], bool]]] = [[]]
    for row in body:
        if _repeats(row[0], header):
            pages.append([])
        else:
            pages[-1].append(row)
    return [page for page in pages if page]


def _guessed(cells: list[Cell], kinds: list[str]) -> list[Cell]:
    """The sums of a row that has fewer than there are columns of them, and no blank where one is missing."""
    sums = [c for c in cells if c.figured]
    return sums if len(cells) < len(kinds) and len(sums) < kinds.count("figures") else []


def _unbroken(flagged: list[tuple[list[Cell], bool]], width: int) -> list[tuple[list[Cell], bool]]:
    """Lines with the rows made whole that a break inside a cell cut in two: "X | Accès aux" and "droits | 500 €"."""
    found: list[tuple[list[Cell], bool]] = []
    for cells, figured in flagged:
        above, told = found[-1] if found else ([], True)
        broken = figured and not told and len(above) > 1 and len(above) + len(cells) - 1 == width
        if broken and above[-1].words and cells[0].words and goes_on(above[-1].text, cells[0].text):
            found[-1] = ([*above[:-1], joined([above[-1], cells[0]]), *cells[1:]], True)
        else:
            found.append((cells, figured))
    return found


def _width(rows: list[list[Cell]]) -> int:
    """How many columns: as most rows of figures have, the more of two as frequent."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def _headed(heads: list[list[Cell]], rows: list[list[Cell]]) -> int:
    """How many columns the heads of a table name, where a row fills them all: the others lack their last cells."""
    most = max(map(len, rows), default=0)
    return most if any(len(cells) == most and sum(map(_is_head, cells)) >= _PAIR for cells in heads) else 0


def _kinds(rows: list[list[Cell]], width: int) -> list[str]:
    """What most cells of each column hold: "figures", "words" or "" for nothing."""
    kinds = []
    for column in range(width):
        figures = sum(1 for row in rows if row[column].figured)
        words = sum(1 for row in rows if row[column].words)
        kinds.append("figures" if figures > words else "words" if words else "")
    return kinds


def _fitted(cells: list[Cell], kinds: list[str], known: list[set[str]]) -> list[Cell]:
    """A row with a cell for each column: in place where it has as many, else where its cells' contents fit best."""
    width = len(kinds)
    if len(cells) == width:
        return cells
    if len(cells) > width and (at := next((i for i, c in enumerate(cells) if not c.text), width)) < width:
        kept = [*cells[:at], *cells[at + len(cells) - width :]]  # a blank too much stands before what follows it
        if not any(c.text for c in cells[at : at + len(cells) - width]):
            return kept
    filled = [c for c in cells if c.text]
    used = [i for i, kind in enumerate(kinds) if kind]
    row = [empty(cells[0].start) for _ in range(width)]
    if len(filled) == 1 and filled[0].words and len(cells) < width:
        at = min(cells.index(filled[0]), width - 1)
        at = at if kinds[at] != "figures" else next((i for i, k in enumerate(kinds) if k == "words"), at)
        row[at] = filled[0]
        return row
    if len(filled) == len(used):
        places = used
    else:
        places = _best(filled[:width], [c.figured for c in filled[:width]], kinds, known)
    for cell, place in zip(filled, places, strict=False):
        row[place] = cell
    return row


def _best(cells: list[Cell], figured: list[bool], kinds: list[str], known: list[set[str]]) -> list[int]:
    """The columns, in order, where cells fit best: figures under figures and as far right as may be, words left.

    What a column holds in other rows belongs to it.
    """
    width = len(kinds)
    worst = float("inf")
    costs: list[dict[int, tuple[float, list[int]]]] = [{-1: (0.0, [])}]
    for number, cell in enumerate(cells):
        row: dict[int, tuple[float, list[int]]] = {}
        for place in range(number, width - (len(cells) - number - 1)):
            earlier = min((v for k, v in costs[-1].items() if k < place), key=lambda v: v[0], default=(worst, []))
            kind = "figures" if figured[number] else "words"
            cost = 0.0 if kinds[place] == kind else _MISFIT
            cost -= 1.0 * (cell.text in known[place])
            cost += 0.1 * (width - place if figured[number] else place)
            row[place] = (earlier[0] + cost, [*earlier[1], place])
        costs.append(row)
    return min(costs[-1].values(), key=lambda v: v[0])[1]


def _by_place(rows: list[list[Cell]], origins: list[int]) -> list[list[Cell]]:
    """Cells of lines set with spaces, each in the column that stands above and below it."""
    spans = sorted(
        (cell.start - origin, cell.end - origin)
        for row, origin in zip(rows, origins, strict=True)
        if len(row) > 1
        for cell in row
    )
    most = max(len(row) for row in rows)
    if all(len(row) == 1 or (len(row) == most == _PAIR and row[0].words and _is_sum(row[1])) for row in rows):
        return rows  # a name and its sum, as far behind it as may be: no head tells of another column
    columns: list[list[int]] = []
    for start, end in spans:
        if columns and start < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], end)
        else:
            columns.append([start, end])
    if len(columns) < most:  # a wide cell has run columns together: count cells instead
        return rows
    placed = []
    for row, origin in zip(rows, origins, strict=True):
        if len(row) == 1 and row[0].start - origin < columns[1][0]:
            placed.append(row)
            continue
        out = [empty(row[0].start) for _ in columns]
        for cell in row:
            at = max(range(len(columns)), key=lambda i: _overlap(columns[i], cell.start - origin, cell.end - origin))
            out[at] = joined([out[at], cell]) if out[at].text else cell
        placed.append(out)
    return placed


def _is_sum(cell: Cell) -> bool:
    """Whether a cell holds a sum, or heads a column of sums."""
    return cell.figured or (_is_head(cell) and _over_figures(cell))


def _overlap(column: list[int], start: int, end: int) -> int:
    return min(column[1], end) - max(column[0], start)


def _header(heads: list[list[Cell]], kinds: list[str]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """The lines above the first figures: those of the header, one cell a column, and parts of the first row."""
    width = len(kinds)
    named = [i for i, cells in enumerate(heads) if any(_is_head(c) for c in cells) and not (i and _is_theme(cells))]
    if named and _heads_carriers(heads[named[0]][0]):
        named = named[:1]  # "Association Tremplin" below "Porteur / Action" carries what follows
    if not named:
        return [], heads if heads and len(heads[-1]) == 1 else []
    header: list[list[Cell]] = []
    last = named[-1]
    for cells in heads[named[0] : last + 1]:
        filled = [c for c in cells if c.text]
        parts = slashed(filled[0]) if len(filled) == 1 else []
        row = [empty(cells[0].start) for _ in range(width)]
        if len(parts) == width:
            row = parts
        elif len(cells) == width:
            row = list(cells)
        elif len(cells) > width and len(filled) <= width:
            row[: len(filled)] = filled
        elif len(filled) == 1:
            row[min(cells.index(filled[0]), width - 1)] = filled[0]
        elif len(filled) < len(cells) <= width:
            row[: len(cells)] = cells
        else:
            figured = [_over_figures(c) for c in filled[:width]]
            for cell, place in zip(filled, _best(filled[:width], figured, kinds, [set()] * width), strict=False):
                row[place] = cell
        header.append(row)
    return header, heads[last + 1 :]


def _over_figures(cell: Cell) -> bool:
    return cell.year is not None or pattern("tables", "header.figures").search(fold(cell.text)) is not None


def _is_theme(cells: list[Cell]) -> bool:
    """Whether a line has but the heading of a part: "Associations sportives"."""
    filled = [c for c in cells if c.text]
    return len(filled) == 1 and pattern("tables", "row.rubric").fullmatch(fold(filled[0].text)) is not None


def _is_head(cell: Cell) -> bool:
    return bool(cell.text) and (
        cell.year is not None
        or pattern("tables", "header.word").search(fold(cell.text)) is not None
        or pattern("tables", "header.line").fullmatch(fold(cell.text)) is not None
    )


def _repeats(row: list[Cell], header: list[Cell]) -> bool:
    """Whether a row is the header again, on a new page."""
    told = [(c.text, h.text) for c, h in zip(row, header, strict=True) if c.text]
    return len(told) > 1 and all(c == h for c, h in told)


def _without_blanks(header: list[Cell], rows: list[list[Cell]]) -> tuple[list[Cell], list[list[Cell]]]:
    """The table without columns that no row fills; their names go to the nameless column beside them."""
    used = [i for i in range(len(header)) if any(row[i].text for row in rows)]
    names = {i: header[i] for i in used}
    for i, head in enumerate(header):
        if i in used or not head.text:
            continue
        beside = next((j for j in (i + 1, i - 1) if j in names and not names[j].text), None)
        if beside is not None:
            names[beside] = head
    return [names[i] for i in used], [[row[i] for i in used] for row in rows]
