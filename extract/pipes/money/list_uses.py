"""Rows of a list that name what is done, and nobody: the parts of one grant, or of a cost."""

from __future__ import annotations

import re
from itertools import takewhile

from extract.patterns import pattern
from extract.pipes.money.activities import are_activities
from extract.pipes.money.draft import Use
from extract.pipes.money.line_cells import lines
from extract.pipes.money.list_rows import cell_at, mark_of
from extract.pipes.money.uses import use_of
from extract.pipes.reading import Reading


def tell_things(reading: Reading, text: str, group: list[re.Match[str]]) -> bool:
    """Whether rows without anybody who carries them tell what is done; a numbered action may name a body behind it."""
    if any(row.re is pattern("tables", "row.list_numbered") for row in group):
        return False
    return are_activities(reading, (cell_at(text, *row.span("name")) for row in group))


def with_siblings(reading: Reading, text: str, group: list[re.Match[str]]) -> list[re.Match[str]]:
    """The rows, with those above and below of the same mark whose words alone can be no name: "- actions : 900 €"."""
    form, mark = pattern("tables", "row.list"), mark_of(group[0])
    places = lines(text)
    first = next(at for at, (start, end) in enumerate(places) if start <= group[0].start("name") < end)
    last = next(at for at, (start, end) in enumerate(places) if start <= group[-1].start("name") < end)
    above = list(takewhile(bool, (_sibling(form.match(reading.folded, *at), mark) for at in reversed(places[:first]))))
    below = list(takewhile(bool, (_sibling(form.match(reading.folded, *at), mark) for at in places[last + 1 :])))
    return [row for row in (*reversed(above), *group, *below) if row is not None]


def _sibling(row: re.Match[str] | None, mark: str) -> re.Match[str] | None:
    return row if row is not None and mark and mark_of(row) == mark else None


def row_uses(text: str, group: list[re.Match[str]]) -> list[Use]:
    """What the sum of each row is for."""
    rows = (use_of(cell_at(text, *match.span("name")), cell_at(text, *match.span("amount"))) for match in group)
    return [use for use in rows if use is not None]
