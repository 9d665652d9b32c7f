"""Lists of grants told in one sentence: "Comité des fêtes 400 €, ACCA 150 €, Les Genêts d'Or 250 €".

What introduces them ends with a colon, in the same paragraph or above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from extract.patterns import cased, pattern
from extract.pipes.model import within
from extract.pipes.money.draft import GrantTable
from extract.pipes.money.line_cells import is_no_name
from extract.pipes.money.list_leads import lead_of, opening_of
from extract.pipes.money.lists import list_rows, read_rows
from extract.pipes.money.row_forms import are_taken_below
from extract.pipes.money.rows import title_of
from extract.pipes.reading import Reading
from extract.text import fold

_FEWEST = 2
_MANY = 4
_COLON = re.compile(r":\s+")
_FORMS = ("inline_of", "inline_labelled", "inline", "inline_first", "inline_bracket")
#: What many items of a form look like that are names even in small letters.
_PLAIN = {"inline": "series", "inline_first": "sum_first"}
_SERIES = frozenset(_PLAIN.values())


def read_inline_lists(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """The lists told in sentences, outside what tables and other lists have taken."""
    tables: list[GrantTable] = []
    places = [amount.start for amount in reading.amounts]
    for _, numbered in groupby(enumerate(reading.sentences), lambda pair: pair[1].paragraph):
        told = list(numbered)
        start, end = told[0][1].start, told[-1][1].end
        if bisect_left(places, end) - bisect_left(places, start) < _FEWEST:
            continue
        if any(s < end and e > start for s, e in taken):
            continue
        for group, lead in _introduced(reading, text, told[0][0], (start, end)):
            if _by_lines(reading, text, group):
                continue
            table = read_rows(reading, text, group, number + len(tables), lead)
            if table is not None:
                tables.append(_with_total(reading, table, end))
                break
    return tables


def _with_total(reading: Reading, table: GrantTable, end: int) -> GrantTable:
    """The table, with the sum of its items where that is told behind them: "…, soit un total de 115 500 €"."""
    behind = next(iter(within(reading.amounts, table.end, end)), None)
    total = sum((d.value for d in table.drafts if d.value is not None and d.parent is None), Decimal(0))
    if behind is None or table.stated_total is not None or behind.value.value != total:
        return table
    return replace(table, stated_total=total, end=behind.end)


def _by_lines(reading: Reading, text: str, group: list[re.Match[str]]) -> bool:
    """Whether items stand one a line among more such lines: a list that is read by its lines, whole."""
    if any(text[text.rfind("\n", 0, item.start()) + 1 : item.start()].strip() for item in group):
        return False
    run: list[re.Match[str]] = []
    for row in list_rows(text, reading.folded):
        if run and text[run[-1].end() : row.start()].strip(" ;.,") != "\n":
            if run[-1].end() > group[0].start():
                break
            run = []
        run.append(row)
    return len(run) > len(group) and run[0].start() <= group[0].start() and run[-1].end() >= group[-1].end()


def _introduced(
    reading: Reading, text: str, index: int, paragraph: tuple[int, int]
) -> Iterator[tuple[list[re.Match[str]], str]]:
    """Where the list of a paragraph may stand, with what introduces it: the title, what is above, its own words."""
    start, end = paragraph
    begins: list[tuple[int, str | None]] = [(start, None)]
    begins += [(start, lead) for lead in _above(reading, index)]
    begins += [(m.end(), reading.folded[start : m.end()]) for m in _COLON.finditer(text, start, end)]
    for at, told in begins:
        group = _items(reading, text, at, end)
        if len(group) < _FEWEST:
            continue
        form = "series" if len(group) >= _MANY else "few_words"
        plain = all(pattern("tables", f"row.{form}").fullmatch(item.group()) for item in group)
        lead = lead_of(reading, group) if told is None and plain else told
        if lead is None and are_taken_below(reading, group):
            lead = title_of(reading)
        if lead is not None:
            yield group, lead
        if told is not None and (opened := opening_of(reading, group)) is not None:
            yield group, opened


def _above(reading: Reading, index: int) -> list[str]:
    """What introduces a paragraph from above: its lead, or a sentence right above it that ends with a colon."""
    lead = reading.sentences[index].lead
    above = reading.sentences[index - 1] if index else None
    if lead is not None:
        return [reading.text_of(reading.sentences[lead])]
    if above is not None and reading.text_of(above).rstrip().endswith(":"):
        return [reading.text_of(above)]
    return []


def _items(reading: Reading, text: str, start: int, end: int) -> list[re.Match[str]]:
    """The items that follow each other from a place on, all of one form; none where other words come between.

    Many in a row of the form "70 € à la pétanque, 350 € aux cyclotouristes" are names even without capitals, and so are
    many of the form "ADAR, 70 € ; donneurs de sang, 100 €". Names with colons may go on with a list of the former.
    """
    for form in _FORMS:
        found = _chain(reading, text, form, (start, end))
        if form in _PLAIN:
            longer = _chain(reading, text, form, (start, end), plain=_PLAIN[form])
            found = longer if len(longer) >= _MANY and len(longer) > len(found) else found
        if len(found) >= _FEWEST:
            return found
    return []


def _chain(
    reading: Reading, text: str, form: str, extent: tuple[int, int], plain: str = "few_words"
) -> list[re.Match[str]]:
    """The items of one form that follow each other; ``plain`` names the pattern of items that few words make."""
    at, end = extent
    found: list[re.Match[str]] = []
    while True:
        item = _item(reading, text, form, (at, end), plain if found or form == "inline" or plain in _SERIES else None)
        if item is None and form == "inline_first" and len(found) >= _MANY:
            form, plain = "inline", "few_words"
            item = _item(reading, text, form, (at, end), plain)
        if item is None and (other := _passed_over(reading, form, plain, (at, end))) and len(found) >= _FEWEST:
            at = other
            continue
        if item is None:
            break
        found.append(item)
        second = pattern("tables", "row.inline_second").match(reading.folded, at, end) if form == "inline" else None
        if second is not None and second.start("amount") > item.end() and second["name"] == item["name"]:
            found.append(second)
        joint = pattern("tables", "row.inline_joint").match(reading.folded, found[-1].end(), end)
        if joint is None:
            break
        at = joint.end()
    return found


def _passed_over(reading: Reading, form: str, plain: str, extent: tuple[int, int]) -> int | None:
    """Where the next item of a series begins behind one whose words can be no name; None where there is none."""
    if plain != "series":
        return None
    item = pattern("tables", f"row.{form}").match(reading.folded, *extent)
    if item is None or not pattern("tables", "row.series").fullmatch(item.group()):
        return None
    joint = pattern("tables", "row.inline_joint").match(reading.folded, item.end(), extent[1])
    return joint.end() if joint else None


def _item(reading: Reading, text: str, form: str, extent: tuple[int, int], plain: str | None) -> re.Match[str] | None:
    """The item that begins at a place, where its words can be a name."""
    item = pattern("tables", f"row.{form}").match(reading.folded, *extent)
    return item if item is not None and _names(text, item, plain) else None


def _names(text: str, item: re.Match[str], plain: str | None) -> bool:
    """Whether the words of an item can be a name: begun with a capital, or with the common noun of a body.

    In a series ("Gym du Val : 450 €, amicale laïque : 200 €") any few words without a verb are (the pattern ``plain``).
    """
    name = text[slice(*item.span("name"))]
    bare = name[len(m.group()) if (m := cased("tables", "cased.to").match(name)) else 0 :]
    if is_no_name(bare) or pattern("tables", "row.total").match(fold(bare)) or name.count("(") > name.count(")"):
        return False  # nor is "Librairie Le Grimoire (rayonnages", whose sum is told of it in brackets
    if plain and pattern("tables", f"row.{plain}").fullmatch(item.group()):
        return True
    return (
        bare[:1].isupper() or bare[:1] in '«"“' or pattern("tables", "row.generic_head").match(fold(bare)) is not None
    )
