"""Headings of points, one reader for each way in which they are written; patterns in ``patterns/headings.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from extract.patterns import pattern
from extract.segment.intro import begins_like_decision
from extract.segment.layout import Span
from extract.segment.lines import Line, is_capitals
from extract.segment.objet import told_objets
from extract.text import key

_FIGURE = re.compile(r"\d")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
#: A heading in capitals has at least so many letters, and no more characters.
_FEWEST_LETTERS, _LONGEST = 8, 300
#: A title that nothing marks is no longer than this, the paragraph below it no shorter.
_LONGEST_TITLE, _PARAGRAPH = 120, 80
#: So many lines below such a title its paragraph begins.
_BLANK = 3
#: One this long needs no empty line above it.
_PLAIN, _PLAIN_WORDS = 22, 2
#: Of so many letters one is looked at to tell a line of prose; capitals have fewer small letters than one in ten.
_SAMPLE, _FEW_SMALL = 5, 10
#: A number alone on its line is no longer than this.
_CELL = 40
#: A heading of Markdown, or a line in bold, which says more than a label.
#: What stands beside the words of a heading.
_ASIDE = re.compile(r"\([^)]*\)|«[^»]*»")
_MARKED = re.compile(r"[ \t]*(?:#{1,5} +|\*\*(?=[^*]+\*\*[ \t]*$))(?P<title>[^*\n#]{8,200}?)(?:\*\*)?[ \t]*$")
_FINISHED = (".", ";", ":", "!", "?", "€", ")", "…", "-", "_", "|", "%")


class Family(StrEnum):
    """How the points of a document are headed."""

    NUMBER = "number"
    POINT = "point"
    ROMAN = "roman"
    ARABIC = "arabic"
    DECIMAL = "decimal"
    OBJET = "objet"
    AGENDA = "agenda"
    SYMBOL = "symbol"
    CAPITALS = "capitals"
    TITLE = "title"

    @property
    def ordinal(self) -> bool:
        """Whether its headings are counted from the first to the last."""
        return self in (Family.POINT, Family.ROMAN, Family.ARABIC)


class Mark(NamedTuple):
    """A heading: where it starts, where its first line ends, its number, and where its words begin.

    ``value`` counts ordinals; ``shape`` is an act number with its figures masked: those of one document are alike.
    """

    start: int
    end: int
    number: Span | None
    title: int
    value: int = 0
    shape: str = ""


def numbered_acts(text: str, lines: Sequence[Line]) -> Iterator[Mark]:
    """Lines that begin with an act number: alone, where a label says so, or before a title; or below their title."""
    for index, line in enumerate(lines):
        if not _FIGURE.search(line.text):
            continue
        for name in ("labelled", "alone", "bare") if len(line.text) <= _CELL else ("labelled", "bare"):
            found = pattern("headings", f"number.{name}").match(line.text)
            if not found:
                continue
            start, end = (line.start + at for at in found.span("number"))
            title = text[line.start + found.end() : line.end].strip()
            if (name == "bare" and not title) or (name != "alone" and found["close"] and not title[:1].isupper()):
                continue
            shape = re.sub(r"\d+", "9", line.text[found.start("number") : found.end("number")].strip())
            if not title and _is_title_above(lines, index):
                above = lines[index - 1]
                yield Mark(above.start, line.end, Span(start, end), above.start, 0, f"{name[0]}{shape}")
                break
            yield Mark(line.start, line.end, Span(start, end), line.start + found.end(), 0, f"{name[0]}{shape}")
            break


def _is_title_above(lines: Sequence[Line], index: int) -> bool:
    """Whether the number of an act stands right below its title: a paragraph of these two lines."""
    if index == 0 or index + 1 >= len(lines) or not lines[index + 1].blank or lines[index].after_blank:
        return False
    above = lines[index - 1]
    finished = above.text.rstrip(" \t*_").endswith((".", ";", ",", ":"))
    told = pattern("segment", "title_words").search(above.text) is not None
    return above.after_blank and not finished and told and not pattern("headings", "excluded").search(above.text)


def ordinals(family: Family, text: str, lines: Sequence[Line]) -> Iterator[Mark]:
    """ "Point n° 3 : …", "III. …", "3 - …"; a decided point ("1 - APPROUVE") is no heading."""
    form = pattern("headings", f"ordinal.{family.value}")
    if family is Family.ROMAN and not any(
        _is_roman(found["number"]) for line in lines if (found := form.match(line.text))
    ):
        return
    for line in lines:
        found = form.match(line.text)
        if not found:
            continue
        title = line.start + found.end()
        head = text[title : title + 1]
        if family is not Family.POINT and not (head.isupper() or head in "«\"“'’"):
            continue
        if begins_like_decision(line.text, found.end(), len(line.text)) or _is_row(line.text):
            continue
        number = Span(line.start + found.start("number"), line.start + found.end("number"))
        yield Mark(line.start, line.end, number, title, _value(found["number"], roman=family is Family.ROMAN))


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: it has a sum in a cell of its own."""
    parted = "\t" in line or "|" in line or "   " in line
    return parted and pattern("headings", "ordinal.row").search(line) is not None


def _is_roman(written: str) -> bool:
    """Whether a number is written with letters: what a scan reads as "11" is "II" only among those."""
    return not written.isdigit()


def _value(written: str, *, roman: bool = False) -> int:
    if "." in written:
        return 0
    if written.isdigit() and not roman:
        return int(written)
    if roman and "xl" not in written:
        written = written.replace("1", "i").replace("l", "i")  # as scans confuse them
    figures = [_ROMAN.get(letter, 0) for letter in written]
    return sum(-f if f < max(figures[at:], default=0) else f for at, f in enumerate(figures))


def objets(source: str, block: Span) -> Iterator[Mark]:
    """Every "OBJET :"."""
    for found in told_objets(source, block.start, block.end):
        stop = source.find("\n", found.end(), block.end)
        yield Mark(found.start(), block.end if stop < 0 else stop, None, found.end())


def symbols(text: str, lines: Sequence[Line]) -> Iterator[Mark]:
    """ "► Cimetière", "## Cimetière", "**Cimetière**": short lines that a sign opens; a sentence is no heading."""
    for line in lines:
        found = pattern("headings", "symbol").match(line.text) or _MARKED.match(text, line.start, line.end)
        if found and found.re is _MARKED:
            title = found.start("title")
            if text[title].isupper() and not begins_like_decision(line.text, title - line.start, len(line.text)):
                yield Mark(line.start, line.end, None, title)
            continue
        if not found or len(line.text) > _LONGEST or line.text.rstrip().endswith((".", ";")):
            continue
        if text[line.start + found.end()].isupper() and not begins_like_decision(
            line.text, found.end(), len(line.text)
        ):
            yield Mark(line.start, line.end, None, line.start + found.end())


def titles(text: str, source: str, lines: Sequence[Line], *, apart: bool = False) -> Iterator[Mark]:
    """Lines of a few words below an empty one, right above a paragraph: "Avenant au marché de la rue des Halles".

    ``apart`` for those with an empty line below them too, which is to say that they stand alone.
    """
    for at, (line, below) in enumerate(pairwise(lines)):
        written = text[line.start : line.end].strip()
        if not line.after_blank or not _FEWEST_LETTERS <= len(written) <= _LONGEST_TITLE or not written[0].isupper():
            continue
        if below.blank is not apart or written.endswith((*_FINISHED, ",")) or "\t" in written:
            continue
        body = next((each for each in lines[at + 1 : at + 1 + _BLANK] if not each.blank), None)
        leads = body is not None and apart and body.text.rstrip().endswith(":")
        if body is None or (len(body.text) < _PARAGRAPH and not leads):
            continue
        if apart and any(pattern("segment", "header_line").search(each.text) for each in (line, body)):
            continue  # "Présidence de M. X", above those present
        start = line.start + len(line.text) - len(line.text.lstrip())
        told = pattern("headings", "excluded").search(line.text) or pattern("segment", "decided").search(line.text)
        if not told and not begins_like_decision(source, start, line.end):
            yield Mark(line.start, line.end, None, start)


def announced(text: str, lines: Sequence[Line], items: Sequence[Line]) -> Iterator[Mark]:
    """Lines that say again, word for word, what an item of the agenda announces."""
    names = {_item(text, line) for line in items} - {""}
    longest = max((len(line.text) for line in items), default=0) + _FEWEST_LETTERS
    for line in lines:
        if not line.blank and len(line.text) <= longest and _item(text, line) in names:
            bullet = pattern("segment", "bullet").match(line.text)
            yield Mark(line.start, line.end, None, line.start + (bullet.end() if bullet else 0))


def _item(text: str, line: Line) -> str:
    """What an item says, without its bullet or number; empty where that is too little to know it by."""
    bullet = pattern("segment", "bullet").match(line.text)
    said = key(text[line.start + (bullet.end() if bullet else 0) : line.end])
    return said if sum(map(str.isalpha, said)) >= _FEWEST_LETTERS else ""


def capitals(text: str, source: str, lines: Sequence[Line]) -> Iterator[Mark]:
    """Lines in capitals that open a part; those that follow one another are one heading."""
    before: Line | None = None
    heading = False
    for line in lines:
        if line.blank:
            continue
        was, heading = heading, _is_heading(text, source, line, before)
        if heading and not (was and before is not None and not line.after_blank):
            title = line.start + len(line.text) - len(line.text.lstrip(" \t*#_>"))
            yield Mark(line.start, line.end, None, title)
        before = line


def _is_heading(text: str, source: str, line: Line, before: Line | None) -> bool:
    written = text[line.start : line.end]
    aside = "(" in written or "«" in written
    if len(written) > _LONGEST:
        return False
    if not aside and _FEW_SMALL * sum(map(str.islower, written[::_SAMPLE])) > len(written):
        return False
    if sum(map(str.isalpha, written)) < _FEWEST_LETTERS or "\t" in written.strip():
        return False
    own = _ASIDE.sub("", written) if aside else written
    if not is_capitals(own) or pattern("headings", "excluded").search(line.text):
        return False
    start = line.start + len(line.text) - len(line.text.lstrip(" \t*#_>"))
    if begins_like_decision(source, start, line.end) or len(line.text.split()) < 2:
        return False
    above = before.text.rstrip(" \t*_") if before else ""
    alone = len(written) >= _PLAIN and len(line.text.split()) > _PLAIN_WORDS
    return before is None or alone or line.after_blank or above.endswith(_FINISHED)
