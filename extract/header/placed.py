"""Lists whose lines name a member and a commune, in two columns or with a sign between: "M. TESSIER  Valmorin"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.header.cells import Cell, Entry
from extract.header.names import read_name
from extract.patterns import pattern
from extract.segment.layout import Span

#: What stands between a name and its commune on a line that no column cuts.
_BETWEEN = re.compile(r"\s+[/–—-]\s+|,\s+")


def read_placed(text: str, source: str, rows: Sequence[Sequence[Cell]]) -> list[Entry]:
    """The members of such a list, each with the commune as a remark; none where its lines hold anything else.

    Every line must have two parts, of which always the same one names a person.
    """
    parts = [_parts(text, [cell.span for cell in row]) for row in rows]
    if len(parts) < 2 or any(len(row) != 2 for row in parts):
        return []
    if any(_says_more(source, span) for row in parts for span in row):
        return []
    plural = pattern("roster", "plural")
    if any(plural.match(source, *span) for row in parts for span in row):
        return []
    for name, place in ((0, 1), (1, 0)):
        if all(
            _is_person(text, source, row[name])
            and not _is_person(text, source, row[place])
            and ":" not in text[slice(*row[place])]
            and text[row[place].start].isupper()
            and (len(cells) > 1 or _is_town(text, row[name], row[place]))
            for row, cells in zip(parts, rows, strict=True)
        ):
            form = f"{{{name}}} ({{{place}}})"
            return [Entry(0, number, list(row), form) for number, row in enumerate(parts)]
    return []


def _parts(text: str, cells: list[Span]) -> list[Span]:
    """The cells of a line; where there is but one, what a sign parts in two."""
    if len(cells) != 1:
        return cells
    (cell,) = cells
    written = text[cell.start : cell.end].rstrip(" ,;.")
    found = list(_BETWEEN.finditer(written))
    if len(found) != 1:
        return cells
    return [
        Span(cell.start, cell.start + found[0].start()),
        Span(cell.start + found[0].end(), cell.start + len(written)),
    ]


def _says_more(source: str, span: Span) -> bool:
    """Whether a part tells an office, a proxy or a remark."""
    said = f" {source[slice(*span)]}"
    return pattern("roster", "said").match(said) is not None or pattern("roster", "proxy").search(said) is not None


def _is_town(text: str, name: Span, place: Span) -> bool:
    """Whether what a sign parts from a name can be its commune, and no second name of family: "M. ROYER, PONTET"."""
    person = read_name(text[slice(*name)])
    return not text[slice(*place)].isupper() or (person is not None and person.given is not None)


def _is_person(text: str, source: str, span: Span) -> bool:
    """Whether a part names a person for sure: behind a civility, or by a given name and a family name in capitals."""
    name = read_name(text[slice(*span)])
    if name is None:
        return False
    if pattern("roster", "entry").match(source, span.start, span.end):
        return True
    return name.given is not None and name.family.isupper() and not name.given.isupper()
