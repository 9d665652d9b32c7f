"""The entries of one list of the roster, whatever parts them: columns, civilities, commas, dashes, lines, case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.finder import finder
from extract.header.abreast import read_abreast, read_respective
from extract.header.cells import Cell, Columns, Entry, cells_of, entry_starts, opens_entry
from extract.header.listed import bare_behind_sign, signs_in, split_list
from extract.header.names import by_initials, read_name
from extract.header.paired import read_pairs
from extract.header.placed import read_placed
from extract.header.proxies import fold_names
from extract.header.setting import closed_up
from extract.patterns import pattern
from extract.segment.layout import RosterSpan, Span
from extract.segment.lines import lines_of

#: So many lines or cells are items of their own; a name may be wrapped over fewer.
_LINES = 6
#: A commune in capitals on its line, and so many of them; what holds a given name as well.
_COMMUNE, _COMMUNES = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý'’ -]+"), 3
_GIVEN = re.compile(r"[^\W\d_][a-zà-ÿ]{2}")
#: So many commas make a list of what stands before the first civility.
_SIGNS_OF_A_LIST = 2
#: An initial that opens a list, where "M." may be one as well.
_INITIAL = re.compile(r"(?!M\. )[A-ZÀ-Ý]{1,2}\.")


def entries_of(text: str, source: str, roster: RosterSpan, *, by_proxy: bool) -> list[Entry]:
    """By civilities where the list uses them, else by commas, dashes, lines or case; without what interrupts it."""
    if by_proxy and (pairs := read_pairs(text, source, roster)):
        return pairs
    start, end = roster.listed
    noise = [Span(other.start - start, other.end - start) for other in roster.noise]
    clean, folded = _blanked(text[start:end], noise), _blanked(source[start:end], noise)
    items = _bulleted(folded)
    noise = sorted([*noise, *(bullet for bullet, _ in items)])
    noise = sorted([*noise, *(Span(*found.span()) for found in finder("roster", "inline_number").finditer(folded))])
    clean = closed_up(_blanked(clean, noise))
    folded = fold_names(clean)
    found = [
        entry
        for first, last in [(item.start, item.end) for _, item in items] or [(0, end - start)]
        for entry in _moved(_entries(clean[first:last], folded[first:last], by_proxy=by_proxy), first)
    ]
    for entry in found:
        parts = [part for fragment in entry.fragments for part in _without(fragment, noise)]
        entry.fragments = [Span(part.start + start, part.end + start) for part in parts]
    return [entry for entry in found if entry.fragments]


def _bulleted(source: str) -> list[tuple[Span, Span]]:
    """Each bullet or number of a list that has them, with its item; none where lines part the names otherwise."""
    told = list(finder("roster", "bullet").finditer(source))
    bare = [int(found["bare"]) for found in told if found["bare"]]
    if any(after != before + 1 for before, after in pairwise(bare)):  # figures that number nothing
        told = [found for found in told if not found["bare"]]
    marks = [Span(*found.span()) for found in told]
    lines = sum(not line.blank for line in lines_of(source, 0, len(source)))
    if not marks or 2 * len(marks) < lines or source[: marks[0].start].strip():
        return []
    ends = [*(mark.start for mark in marks[1:]), len(source)]
    return [(mark, Span(mark.end, stop)) for mark, stop in zip(marks, ends, strict=True)]


def _moved(entries: list[Entry], by: int) -> list[Entry]:
    """Entries of a part of the list, at their places in the whole of it."""
    for entry in entries:
        entry.fragments = [Span(span.start + by, span.end + by) for span in entry.fragments]
    return entries


def _entries(text: str, source: str, *, by_proxy: bool) -> list[Entry]:
    rows = _at_margin([list(cells_of(line, text)) for line in lines_of(source, 0, len(source)) if not line.blank])
    cells = [cell for row in rows for cell in row]
    if cells and (told := read_respective(text, source, Span(cells[0].span.start, cells[-1].span.end))):
        pairs, taken = told
        return [*pairs, *_moved(_entries(text[taken.end :], source[taken.end :], by_proxy=by_proxy), taken.end)]
    if by_proxy and cells and (pairs := read_abreast(text, source, Span(cells[0].span.start, cells[-1].span.end))):
        return pairs
    if bare := _bare_head(text, source, cells, by_proxy=by_proxy):
        below = _moved(_entries(text[bare:], source[bare:], by_proxy=by_proxy), bare)
        return [*_entries(text[:bare], source[:bare], by_proxy=by_proxy), *below]
    rows = _behind_communes(text, rows)
    cells = [cell for row in rows for cell in row]
    if placed := read_placed(text, source, rows):
        return placed
    if _civil(text, source, cells, by_proxy=by_proxy):
        columns = Columns(text, source, by_proxy=by_proxy)
        for row in rows:
            columns.add(row)
        return columns.entries
    spans = split_list(text, source, [cell.span for cell in cells], by_proxy=by_proxy)
    return [Entry(0, 0, [span]) for span in spans]


def _behind_communes(text: str, rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of a list without the communes of another column that a converter put above all of them.

    They are lines of capitals alone, three at least, above lines that each hold a given name.
    """
    lines = [text[row[0].span.start : row[-1].span.end] for row in rows if row]
    bare = next((at for at, line in enumerate(lines) if not _COMMUNE.fullmatch(line)), 0)
    if len(lines) != len(rows) or bare < _COMMUNES or len(rows) - bare < _COMMUNES:
        return rows
    return rows[bare:] if all(_GIVEN.search(line) for line in lines[bare:-1]) else rows


def _at_margin(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of a list that began behind its heading, those below set as far left as the first."""
    below = [row for row in rows[1:] if row]
    indent = min((row[0].column for row in below if not row[0].tabbed), default=0)
    if not indent or not rows[0] or rows[0][0].column or any(cell.tabbed for row in below for cell in row):
        return rows
    return [rows[0], *([cell._replace(column=cell.column - indent) for cell in row] for row in rows[1:])]


def _bare_head(text: str, source: str, cells: list[Cell], *, by_proxy: bool) -> int:
    """Where civilities begin in a list whose first names, parted by commas, have none; 0 where it is no such list."""
    if not cells or any(cell.column for cell in cells):
        return 0
    whole = Span(cells[0].span.start, cells[-1].span.end)
    if finder("roster", "plural").search(source, whole.start, whole.end):
        return 0
    first = next(iter(entry_starts(text, source, whole, by_proxy=by_proxy, outside=True)), 0)
    head = source[whole.start : first]
    if not head.rstrip().endswith(",") or head.count(",") < _SIGNS_OF_A_LIST or "(" in head:
        return 0
    return 0 if by_initials([name.strip() for name in text[whole.start : first].split(",")]) else first


def _blanked(text: str, noise: list[Span]) -> str:
    """The text with blanks for what interrupts it; line breaks stay."""
    for span in noise:
        blank = "".join(c if c == "\n" else " " for c in text[span.start : span.end])
        text = text[: span.start] + blank + text[span.end :]
    return text


def _civil(text: str, source: str, cells: list[Cell], *, by_proxy: bool) -> bool:
    """Whether civilities open the entries: as many as there are items between commas, none for several."""
    if not cells:
        return False
    whole = Span(cells[0].span.start, cells[-1].span.end)
    if finder("roster", "plural").search(source, whole.start, whole.end):
        return False
    if _by_initials(text, cells):
        return False
    opened = sum(opens_entry(text, source, cell.span) for cell in cells)
    signs = signs_in(text, source, whole)
    if opened and 2 * opened >= len(cells) > 1 and signs <= 2 * len(cells):
        return not (signs or opened < len(cells)) or not _some_bare(
            text, source, [cell.span for cell in cells], by_proxy=by_proxy
        )
    civilities = entry_starts(text, source, whole, by_proxy=by_proxy, outside=True)
    in_columns = len(cells) > _LINES or any(cell.column for cell in cells)
    items = max(signs + 1, len(cells) if in_columns else 0)
    if all(text[at : at + 2] == "M." for at in civilities) and len(civilities) < items:
        initials = _INITIAL.match(text, whole.start) is not None
        return not initials and 2 * len(civilities) >= items
    civil = len(civilities) > 3 or 2 * len(civilities) >= items
    return civil and not (signs and _some_bare(text, source, [cell.span for cell in cells], by_proxy=by_proxy))


def _by_initials(text: str, cells: list[Cell]) -> bool:
    """Whether most lines open with an initial and the others with "M.", which is one too."""
    initials = sum(_INITIAL.match(text, cell.span.start) is not None for cell in cells)
    others = sum(text.startswith("M. ", cell.span.start) for cell in cells)
    return len(cells) > 1 and initials + others == len(cells) and 2 * initials >= len(cells)


def _some_bare(text: str, source: str, cells: list[Span], *, by_proxy: bool) -> bool:
    """Whether names in full stand between the signs of a list without the civility that others have."""
    if not bare_behind_sign(text, source, cells):
        return False
    entry, said = pattern("roster", "entry"), pattern("roster", "said")
    bare = others = 0
    for piece in split_list(text, source, cells, by_proxy=by_proxy):
        if entry.match(source, *piece) or said.match(" " + source[slice(*piece)]):
            continue
        name = read_name(text[slice(*piece)])
        full = name is not None and name.given is not None and name.family.isupper()
        bare += full and "(" not in text[slice(*piece)]
        others += not full
    return bare > others


def _without(span: Span, noise: list[Span]) -> Iterator[Span]:
    at = span.start
    for other in noise:
        if other.end <= at or other.start >= span.end:
            continue
        if other.start > at:
            yield Span(at, other.start)
        at = other.end
    if at < span.end:
        yield Span(at, span.end)
