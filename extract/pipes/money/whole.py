"""Rows made whole: the pieces of a name that stand on lines of their own, above or below its figures."""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, goes_on, joined
from extract.text import fold


def whole_rows(body: list[tuple[list[Cell], bool]]) -> list[list[Cell]]:
    """Rows with figures, each with the pieces of its name from the lines above and below it."""
    rows: list[list[Cell]] = []
    parts: list[list[Cell]] = []
    owed = 0
    room = _room(body)
    for index, (cells, figured) in enumerate(body):
        if not figured:
            if owed and rows:
                rows[-1] = _merged(rows[-1], cells)
                owed -= 1
            elif rows and not parts and (_ends(rows[-1], cells) or _overflows(body, index, rows[-1], room)):
                rows[-1] = _merged(rows[-1], cells)
            else:
                parts.append(cells)
            continue
        owed, row = 0, cells
        if _nameless(cells):
            owed = min(len(parts), _count_below(body, index))
            for part in parts:
                row = _merged(part, row)
        elif (
            parts and (_begins_body(parts[-1], cells) or _ends(parts[-1], cells)) and not _begins_anew(parts[-1], cells)
        ):
            row = _merged(parts[-1], cells)
        rows.append(row)
        parts = []
    return rows


def _room(body: list[tuple[list[Cell], bool]]) -> list[int]:
    """The letters of the longest line of each column: none is known to hold more. Headings do not count."""
    lines = [cells for cells, _ in body if not _is_heading(cells)] or [cells for cells, _ in body]
    return [max(len(c.text) for c in column) for column in zip(*lines, strict=True)]


def _is_heading(cells: list[Cell]) -> bool:
    """Whether a line has but the heading of a part, or a total: "Associations sportives", "TOTAL Sport"."""
    filled = [c for c in cells if c.words]
    if len(filled) != 1:
        return False
    folded = fold(filled[0].text)
    alone = all(not c.text or c is filled[0] for c in cells)
    theme = alone and pattern("tables", "row.rubric").fullmatch(folded) is not None
    return theme or pattern("tables", "row.total").match(folded) is not None


def _overflows(body: list[tuple[list[Cell], bool]], index: int, above: list[Cell], room: list[int]) -> bool:
    """Whether a line of one cell is the end of the name above it: that line had no room for its first word.

    Not in a table whose parts have headings of unknown words, where the first stands above the first row; nor where
    the row below needs the line for its name.
    """
    filled = [(i, c) for i, c in enumerate(body[index][0]) if c.text]
    following = next((cells for cells, figured in body[index + 1 :] if figured), None)
    headed = not body[0][1] and not _is_heading(body[0][0])
    if len(filled) != 1 or headed or (following is not None and _nameless(following)):
        return False
    column, cell = filled[0]
    before = next((c for c in reversed([row[column] for row, _ in body[:index]]) if c.text), None)
    if before is None or not above[column].words or not cell.words or _heads_part(above[column], cell):
        return False
    return len(before.text) + len(cell.text.split()[0]) >= room[column]


def _heads_part(above: Cell, cell: Cell) -> bool:
    """Whether a line looks like the heading of a part of the table."""
    shouts = cell.text.isupper() and not above.text.isupper()
    folded = fold(cell.text)
    theme = pattern("tables", "row.rubric").fullmatch(folded) or pattern("tables", "row.kinds").match(folded)
    return shouts or theme is not None


def _count_below(body: list[tuple[list[Cell], bool]], index: int) -> int:
    """How many lines of words below a row may end its name: all but the one that a nameless next row needs."""
    count = 0
    for cells, figured in body[index + 1 :]:
        if figured:
            return count - 1 if count and _nameless(cells) else count
        count += 1
    return count


def _nameless(row: list[Cell]) -> bool:
    return not any(c.words and len(c.text) > 2 for c in row)


def _begins_anew(above: list[Cell], below: list[Cell]) -> bool:
    """Whether a row below a heading begins with the noun of a body: "Axe 2 : Lien social / association Horizon"."""
    first = next((c for c in below if c.words), None)
    if first is None or pattern("tables", "row.begins_body").match(fold(first.text)) is None:
        return False
    return pattern("tables", "row.awaits").search(fold(above[below.index(first)].text)) is None


def _begins_body(above: list[Cell], below: list[Cell]) -> bool:
    """Whether a line of but a body's noun and some words is the start of the name below, which has a single word.

    "La Compagnie des Rêveurs" above "Éveillés | 6 800 €"; the heading of a part is no body, and heads whole names.
    """
    filled = [(i, c) for i, c in enumerate(above) if c.text]
    if len(filled) != 1:
        return False
    column, cell = filled[0]
    ends = below[column].text
    noun = pattern("tables", "row.generic_head").match(fold(cell.text)) is not None and not _is_heading(above)
    return noun and below[column].words and " " not in ends and not fold(cell.text).startswith("associations")


def _ends(above: list[Cell], below: list[Cell]) -> bool:
    """Whether the words of a line go on in the same columns of the next one."""
    pairs = [(a.text, b.text) for a, b in zip(above, below, strict=True) if a.words and b.words]
    return bool(pairs) and all(goes_on(a, b) for a, b in pairs)


def _merged(one: list[Cell], other: list[Cell]) -> list[Cell]:
    return [joined([a, b]) for a, b in zip(one, other, strict=True)]
