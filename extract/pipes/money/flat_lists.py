"""Tables that lost their lines: "COMITE DES FETES 500 € ACCA 150 € GENETS D'OR 250 €", names and sums run together."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import groupby

from extract.patterns import cased, pattern
from extract.pipes.money.draft import GrantTable
from extract.pipes.money.line_cells import is_no_name
from extract.pipes.money.list_leads import lead_of, opening_of
from extract.pipes.money.lists import read_rows
from extract.pipes.reading import Reading
from extract.text import fold

#: Fewer names that stand so may be anything.
_FEWEST = 3
#: What names look like, all in capitals or each begun with one; what stands before the first.
_FORMS = {"flat_capitals": "before_flat_capitals", "flat": "before_flat"}


def read_flat_lists(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """The lists whose items nothing but spaces parts, outside what tables and other lists have taken."""
    tables: list[GrantTable] = []
    places = [amount.start for amount in reading.amounts]
    for _, told in groupby(reading.sentences, lambda sentence: sentence.paragraph):
        sentences = list(told)
        start, end = sentences[0].start, sentences[-1].end
        if bisect_left(places, end) - bisect_left(places, start) < _FEWEST:
            continue
        if any(s < end and e > start for s, e in taken):
            continue
        group = _group(text, start, end)
        lead = _lead(reading, group, start) if group else None
        table = read_rows(reading, text, group, number + len(tables), lead) if lead is not None else None
        tables += [table] if table is not None else []
    return tables


def _lead(reading: Reading, group: list[re.Match[str]], start: int) -> str | None:
    """What introduces a list: its paragraph's words before a colon, else what stands above."""
    before = reading.folded[start : group[0].start()].rstrip()
    return before if before.endswith(":") else lead_of(reading, group) or opening_of(reading, group)


def _group(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The items of the first run of enough of them; none where there is no run."""
    for form, before in _FORMS.items():
        for begin in [start, *(m.end() for m in cased("tables", f"cased.{before}").finditer(text, start, end))]:
            group = _run(text, form, begin, end)
            if len(group) >= _FEWEST:
                return group
    return []


def _run(text: str, form: str, at: int, end: int) -> list[re.Match[str]]:
    """The items that follow each other from a place on."""
    found: list[re.Match[str]] = []
    while (item := cased("tables", f"cased.{form}").match(text, at, end)) is not None:
        name = fold(item["name"])
        if is_no_name(item["name"]) or any(pattern("tables", f"row.{bad}").match(name) for bad in ("total", "said")):
            break
        found.append(item)
        at = item.end()
    return found
