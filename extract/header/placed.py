"""Lists whose lines name a member and a commune, in two columns or with a sign between: "M. TESSIER  Valmorin"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.finder import finder
from extract.header.cells import Cell, Entry
from extract.header.names import read_name
from extract.patterns import pattern
from extract.segment.layout import Span

#: What stands between a name and its commune on a line that no column cuts.
_BETWEEN = re.compile(r"\s+[/–—-]\s+|,\s+")


def read_placed(text: str, source: str, rows: Sequence[Sequence[Cell]]) -> list[Entry]:
    """The members of such a list, each with the commune as a remark; none where its lines hold anything else.

    Every line must have two parts, of which always the same one names a person; a proxy may be told behind them
    ("M. TESSIER – Valmorin, pouvoir à Mme ROY"), and lines that tell whom they list may stand between.
    """
    rows = [row for row in rows if not _is_label(source, row)]
    proxies = [_proxy(source, row) for row in rows]
    parts = [
        _parts(text, [cell.span for cell in row], proxy.start if proxy else None)
        for row, proxy in zip(rows, proxies, strict=True)
    ]
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
            return [
                Entry(0, number, [*row, proxy], f"{form} {{2}}") if proxy else Entry(0, number, list(row), form)
                for number, (row, proxy) in enumerate(zip(parts, proxies, strict=True))
            ]
    return []


def _is_label(source: str, row: Sequence[Cell]) -> bool:
    """Whether a line tells whom those below it are: "Délégués titulaires"."""
    return len(row) == 1 and pattern("roster", "part_label").fullmatch(source, *row[0].span) is not None


def _proxy(source: str, row: Sequence[Cell]) -> Span | None:
    """The proxy that a line of one cell ends with, from its link on."""
    if len(row) != 1:
        return None
    link = finder("roster", "proxy").search(source, *row[0].span)
    return Span(link.start(), row[0].span.end) if link and link.start() > row[0].span.start else None


def _parts(text: str, cells: list[Span], end: int | None) -> list[Span]:
    """The cells of a line; where there is but one, what a sign parts in two, up to ``end``."""
    if len(cells) != 1:
        return cells
    (cell,) = cells
    written = text[cell.start : cell.end if end is None else end].rstrip(" ,;.(")
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
