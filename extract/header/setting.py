"""The setting of a list that converters tore apart, closed up in its place: a civility in a column of its own, the "à"
of a table of proxies on a line of its own.

Every change keeps the length of the text, so that offsets stay those of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.layout import Span
from extract.segment.lines import lines_of
from extract.text import fold

#: A blank that no column is cut at.
_CLOSE = "\u00a0"
_SINGLE, _DOUBLE = re.compile(r"\S (?=\S)"), re.compile(r"\S  (?=\S)")
_BLANK = re.compile(r"[ \t\n]+")
#: A civility opens its cell: a lone initial stands behind a name ("ROUX M.").
_AFTER = re.compile(r"(?:[\n\t]| {2}|[,;:•|-] ?)\Z")
#: What stands on a line of its own is at most so long.
_SHORT = 40


def closed_up(text: str) -> str:
    """The list with the blanks closed that part no names, at its length."""
    source = fold(text)
    if _doubled(text):
        text = text.replace("  ", f" {_CLOSE}")
    gaps = [*_behind_civilities(text, source), *_around_links(text, source)]
    columns = list(_civilities_first(text, source))
    for span in columns:
        text = text[: span.start] + re.sub(r"\S", " ", text[slice(*span)]) + text[span.end :]
    for gap in gaps:
        if not any(column.start <= gap.start < column.end for column in columns):
            text = text[: gap.start] + " " + _CLOSE * (gap.end - gap.start - 1) + text[gap.end :]
    return text


def _doubled(text: str) -> bool:
    """Whether a converter doubled every space, so that two part no columns."""
    doubled = len(_DOUBLE.findall(text))
    return doubled > 2 and "   " not in text and len(_SINGLE.findall(text)) < doubled / 4


def _lone(text: str, source: str, name: str) -> list[Span]:
    """Each line that holds nothing but what a pattern matches, without its margins."""
    found = []
    for line in lines_of(source, 0, len(source)):
        written = text[line.start : line.end]
        start = line.start + len(written) - len(written.lstrip(" \t*|-"))
        end = line.start + len(written.rstrip(" \t*|"))
        if 0 < end - start <= _SHORT and pattern("roster", name).fullmatch(source, start, end):
            found.append(Span(start, end))
    return found


def _civilities_first(text: str, source: str) -> Iterator[Span]:
    """A column of civilities that was read before that of the names: as many lines as stand below it."""
    run: list[Span] = []
    for mark in _lone(text, source, "entry"):
        if run and text[run[-1].end : mark.start].strip(" \t*|\n"):
            run = []
        run.append(mark)
        below = [line for line in lines_of(source, mark.end, len(source)) if not line.blank]
        if len(run) > 1 and len(below) == len(run):
            yield Span(run[0].start, mark.end)


def _behind_civilities(text: str, source: str) -> Iterator[Span]:
    """The blanks between a civility and its name, where a column or a line was cut there."""
    for found in finder("roster", "entry").finditer(source):
        if not text[found.start()].isupper() or (
            found.start() and _AFTER.search(text, max(0, found.start() - 2), found.start()) is None
        ):
            continue
        gap = _BLANK.match(text, found.end())
        if gap and (len(gap.group()) > 1 or gap.group() in "\t\n") and text[gap.end() : gap.end() + 1].isalpha():
            yield Span(*gap.span())


def _around_links(text: str, source: str) -> Iterator[Span]:
    """The line breaks around what stands between who gives a proxy and who holds it: alone, or beside a break."""
    for arrow in finder("roster", "arrow_broken").finditer(source):
        yield Span(*arrow.span())
    lines = [line for line in lines_of(source, 0, len(source)) if not line.blank]
    opened = [pattern("roster", "arrow").match(line.text) is not None for line in lines]
    if len(lines) > 1 and len(lines) % 2 == 0 and opened == [False, True] * (len(lines) // 2):
        for giver, holder in zip(lines[::2], lines[1::2], strict=True):
            yield Span(giver.end, holder.start)
    for link in _lone(text, source, "link_alone"):
        above = len(text[: link.start].rstrip(" \t\n*|-"))
        below = _BLANK.match(text, link.end)
        if above and below and below.end() < len(text):
            yield Span(above, link.start)
            yield Span(*below.span())
