"""The cells of a roster: its lines cut into columns, and the entries they hold put together again.

Columns are parted by tabs (or by several spaces). A name too long for its column goes on in the same column of the
next line, so an entry is made of fragments, each with its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.finder import finder
from extract.header.names import read_name
from extract.patterns import cased, pattern
from extract.segment.layout import Span
from extract.segment.lines import Line
from extract.text import fold

_WIDE_GAP = re.compile(r"\t+| {3,}| {2}(?=\S)")
_INDENT = re.compile(r"\n[\t ]+")
_NEXT_WORD = re.compile(r"\s*(?P<word>[^\W\d_][\w'’.]*)")
#: "Druart M.Claire": a first name that an initial abridges, close behind it.
_GIVEN_BEHIND = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+[ \t]*(?:[-–—,;(\n]|\Z)")
_INITIAL_BEFORE = re.compile(r"(?<![^\W\d_])[A-ZÀ-Ý]\.\Z")
_CIVILITY = re.compile(r"(?:M\.?|Mme|Mlle|Mr|Monsieur|Madame)$")
_GAP_BEFORE = re.compile(r"\s+\Z")
#: How the words before a holder may end: most entries end otherwise.
_LINK_END = re.compile(
    r"(?:\b(?:a|4|de|pour|par|est|mandataires?|pouvoir|procuration|mandat|delegation|vote)|[:>=→➔➜⇒➝])\s*$"
)
_PARENTHESIS = 200
#: "madame", "monsieur".
_IN_FULL = 6
#: An entry goes on at most so many entries below.
_RECENT = 24
#: What parts the names of a line.
_SIGNS = (",", ";", "-", "–", "—")
#: A name that the typesetter broke at the end of a line.
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]\n\s*([^\W\d_]+)")
_UNFINISHED = re.compile(
    r"[-'(,]$|\b(?:a|de|du|des|le|la|el|van|von|der|saint|pouvoir|procuration|mandat|par)$"
    r"|\b(?:mme|mlle|monsieur|madame|m\.?)$|(?<![a-z])[a-z]\.$"
)

#: The words that an entry ends with when it is unfinished are so long, with the blanks behind them.
_LAST_WORD = 14


class Cell(NamedTuple):
    """A stretch of one line in one column: the count of tabs before it, or its distance from the margin."""

    span: Span
    column: int
    tabbed: bool


@dataclass(slots=True)
class Entry:
    """One name of the roster with what is said of it; ``fragments`` in the order of the lines."""

    column: int
    row: int
    fragments: list[Span] = field(default_factory=list)
    #: How the fragments are put together, where they do not stand in the order of the words: "{1} ({0})".
    form: str = ""

    def text(self, text: str) -> str:
        """The fragments, joined by line breaks, without the indents of their lines.

        A name broken at a hyphen is put together where the text also writes it whole.
        """
        if self.form:
            return self.form.format(*(text[slice(*span)] for span in self.fragments))
        written = _INDENT.sub("\n", "\n".join(text[span.start : span.end] for span in self.fragments))
        broken = "-\n" in written or "\u2010\n" in written
        return _BROKEN.sub(lambda found: _whole(text, found), written) if broken else written


def cells_of(line: Line, text: str) -> Iterator[Cell]:
    """The cells of a line that hold something."""
    written = text[line.start : line.end]
    tabbed = "\t" in written
    at = 0
    column = 0
    for gap in _WIDE_GAP.finditer(written) if tabbed or "  " in written else ():
        if gap.end() - gap.start() == 2 and "\t" not in gap.group() and not _opens_entry(line.text, gap.end()):
            continue
        yield from _cell(line, written, at, gap.start(), column if tabbed else at)
        column += gap.group().count("\t")
        at = gap.end()
    yield from _cell(line, written, at, len(written), column if tabbed else at)


def _opens_entry(source: str, at: int) -> bool:
    return pattern("roster", "entry").match(source, at) is not None


def _cell(line: Line, written: str, start: int, end: int, column: int) -> Iterator[Cell]:
    while start < end and written[start] in " *_":
        start += 1
    while end > start and written[end - 1] in " *_":
        end -= 1
    if start < end:
        yield Cell(Span(line.start + start, line.start + end), column, "\t" in written)


def entry_starts(text: str, source: str, span: Span, *, by_proxy: bool = False, outside: bool = False) -> list[int]:
    """Where entries begin in a cell: at each civility, but not at that of a proxy holder.

    ``by_proxy`` tells that the list is one of proxies, where "à" is enough; ``outside`` leaves out what stands in
    parentheses ("remplacée par M. ROY").
    """
    found = [at for at in _opened(text, source, span) if not (outside and _in_parentheses(source, at))]
    if found and found != [span.start]:
        links = ("proxy", "replacing", "proxy_bare", "holds_for") if by_proxy else ("proxy", "replacing")
        holders = {m.end() for link in links for m in finder("roster", link).finditer(source, span.start, span.end)}
        found = [at for at in found if at not in holders]
    return found


def opens_entry(text: str, source: str, span: Span) -> bool:
    """Whether a civility opens a cell: it is nobody's proxy holder, of whom something is said before."""
    return _opened(text, source, span)[:1] == (span.start,)


@lru_cache(maxsize=128)
def _opened(text: str, source: str, span: Span) -> tuple[int, ...]:
    """Where civilities stand in a cell. Whether they open the entries of a list is asked first: a few are kept."""
    civilities = finder("roster", "entry").finditer(source, span.start, span.end)
    glued = [m.start() for m in cased("names", "glued_civility").finditer(text, span.start, span.end)]
    return tuple(sorted({*_civilities(text, civilities), *glued}))


def _civilities(text: str, every: Iterable[re.Match[str]]) -> list[int]:
    """Where civilities stand; right behind "Mme" or "M.", another "M." is the initial of a first name."""
    found: list[int] = []
    last: re.Match[str] | None = None
    for each in every:
        if not _is_civility(text, each):
            continue
        follows = last is not None and not text[last.end() : each.start()].strip()
        if not (follows and text[each.start() : each.end()].strip() in ("M.", "M")):
            found.append(each.start())
        last = each
    return found


def _is_civility(text: str, found: re.Match[str]) -> bool:
    """Written with a capital; "M" without its point only before one, and never an initial behind a name."""
    if not text[found.start()].isupper():
        return _in_small_letters(text, found)
    if found.end() - found.start() > 1:
        return not _is_initial_behind(text, found)
    after = text[found.end() : found.end() + 3].lstrip()
    return after[:1].isupper() and after[1:2] not in ("", ".", ",", ";")


def _in_small_letters(text: str, found: re.Match[str]) -> bool:
    """Whether "monsieur", "madame" open an entry: in full, behind a sign, before a capital."""
    before = text[: found.start()].rstrip()[-3:]
    opens = not before or before[-1] in ",;" or before == " et"
    return opens and found.end() - found.start() >= _IN_FULL and text[found.end() :].lstrip()[:1].isupper()


def _is_initial_behind(text: str, found: re.Match[str]) -> bool:
    """Whether "M." is the initial of the family name before it ("NOIR M., PONT A."): no name follows it."""
    if found.end() - found.start() != 2 or text[found.end() - 1] != ".":
        return False
    if _INITIAL_BEFORE.search(text, max(0, found.start() - 3), found.start()):  # "A.M. NOIR"
        return True
    if _GIVEN_BEHIND.match(text, found.end()) and text[: found.start()][-2:-1].isalpha():
        return True
    gap = _GAP_BEFORE.search(text, max(0, found.start() - _RECENT), found.start())
    before = text[: gap.start() if gap else found.start()]
    if not before[-1:].isupper() or (gap and _WIDE_GAP.search(gap.group() + "x")):
        return False
    after = _NEXT_WORD.match(text, found.end())
    if after is None or _CIVILITY.match(after["word"]):
        return True
    if after["word"].islower():
        return pattern("roster", "particle").fullmatch(fold(after["word"])) is None
    parted = "\n" in after.group() or _WIDE_GAP.match(after.group())
    if not parted or not after["word"].isupper() or len(after["word"].rstrip(".")) < 2:
        return False
    behind = _NEXT_WORD.match(text, after.end())
    return behind is None or _CIVILITY.match(behind["word"]) is None


def _in_parentheses(source: str, at: int) -> bool:
    opened = source.rfind("(", max(0, at - _PARENTHESIS), at)
    if opened < 0 or source.find(")", opened, at) >= 0:
        return False
    closed = source.find(")", at, at + _PARENTHESIS)
    return closed >= 0 and source.find("(", at, closed) < 0


def _whole(text: str, broken: re.Match[str]) -> str:
    """A broken word without its hyphen, if it stands so elsewhere."""
    word = broken[1] + broken[2]
    return word if re.search(rf"\b{word}\b", text) else broken.group()


def _tied(source: str, row: list[Cell]) -> Iterator[Cell]:
    """The cells of a line, giver and holder one where "pouvoir à" stands in a column of its own between them."""
    alone = pattern("roster", "link_alone")
    at = 0
    while at < len(row):
        tied = at + 2 < len(row) and alone.fullmatch(source[slice(*row[at + 1].span)].strip())
        yield row[at]._replace(span=Span(row[at].span.start, row[at + 2].span.end)) if tied else row[at]
        at += 3 if tied else 1


class Columns:
    """The entries of a roster, gathered line by line."""

    def __init__(self, text: str, source: str, *, by_proxy: bool) -> None:
        self.text, self.source, self.by_proxy = text, source, by_proxy
        self.entries: list[Entry] = []
        self._row = 0
        self._endings: dict[Span, tuple[bool, bool]] = {}

    def add(self, cells: Iterable[Cell]) -> None:
        """Read the cells of one line: new entries, and what goes on with those above."""
        self._row += 1
        row = list(_tied(self.source, list(cells)))
        if len(row) == 1 and self._is_subheading(row[0]):
            return
        for cell in row:
            starts = entry_starts(self.text, self.source, cell.span, by_proxy=self.by_proxy, outside=True)
            headed = starts[:1] == [cell.span.start]
            above = self._above(cell) if not headed or self._any_awaits() else None
            if starts and above is not None and self._leads_to_holder(above, cell.span.start, starts[0]):
                starts = starts[1:]
            head_end = starts[0] if starts else cell.span.end
            labelled = self.source[cell.span.start : head_end].rstrip().endswith(":")
            if labelled:  # "HUGUENIN ; La Roche-Clermont :" ends a name, then names a commune
                head_end = cell.span.start + max(self.text[cell.span.start : head_end].rfind(sign) + 1 for sign in ";.")
            if head_end > cell.span.start and above:
                above.fragments.append(Span(cell.span.start, head_end))
                above.row = self._row
            for start, end in pairwise([*starts, cell.span.end]):
                self.entries.append(Entry(cell.column, self._row, [Span(start, end)]))

    def _is_subheading(self, cell: Cell) -> bool:
        """A line of its own that goes on with nothing: the commune or the role of those below it."""
        above = self._above(cell)
        if above is None or cell.tabbed or entry_starts(self.text, self.source, cell.span, by_proxy=self.by_proxy):
            return False
        head = self.text[cell.span.start : cell.span.end]
        if not head[:1].isupper() or self._unfinished(above) or self._awaits_holder(above):
            return False
        if self._runs_on(above) or self._half_named(above):
            return False
        if pattern("roster", "said").match(" " + self.source[cell.span.start : cell.span.end]):
            return False
        name = read_name(above.text(self.text))
        return name is not None and (name.given is not None or head.rstrip().endswith(":"))

    def _half_named(self, entry: Entry) -> bool:
        """Whether an entry ends with the first name of a holder ("pouvoir à Mme Océane")."""
        last = entry.fragments[-1]
        links = list(finder("roster", "proxy").finditer(self.source, last.start, last.end))
        holder = read_name(self.text[links[-1].end() : last.end]) if links else None
        if holder is None or holder.given is not None:
            return False
        giver = read_name(self.text[entry.fragments[0].start : links[0].start()]) if links else None
        return not holder.family.isupper() or (giver is not None and giver.given is not None)

    def _any_awaits(self) -> bool:
        known = self._endings  # asked before, of nearly all
        for entry in self.entries[-_RECENT:]:  # noqa: SIM110 - the frame of a generator takes longer than the look-up
            if (known.get(entry.fragments[-1]) or self._ends(entry))[1]:
                return True
        return False

    def _awaits_holder(self, entry: Entry) -> bool:
        """Whether an entry ends with "pouvoir à": the civility below is its holder's."""
        return self._ends(entry)[1]

    def _leads_to_holder(self, above: Entry, start: int, at: int) -> bool:
        """Whether an entry, with what its next line says before a civility, awaits a holder ("pouvoir / à Mme X")."""
        if start == at:
            return self._awaits_holder(above)
        last = above.fragments[-1]
        tail = f"{self.source[slice(*last)].rstrip()} {self.source[start:at].strip()} "
        return self._links_to(tail)

    def _links_to(self, tail: str) -> bool:
        """Whether a passage ends with the words before the holder of a proxy."""
        if not _LINK_END.search(tail, max(0, len(tail) - _LAST_WORD)):
            return False
        links = ("proxy", "proxy_bare") if self.by_proxy else ("proxy",)
        # what a bare "à" or "par" needs behind it is on the next line
        ahead = tail + "x"
        return any(found.end() == len(tail) for link in links for found in finder("roster", link).finditer(ahead))

    def _unfinished(self, entry: Entry) -> bool:
        return self._ends(entry)[0]

    def _ends(self, entry: Entry) -> tuple[bool, bool]:
        """How an entry ends, as it stands: unfinished, and awaiting a holder."""
        last = entry.fragments[-1]
        if (told := self._endings.get(last)) is None:
            tail = self.source[last.start : last.end].rstrip()
            awaits = self._links_to(tail + " ")
            told = self._endings[last] = (_UNFINISHED.search(tail, max(0, len(tail) - _LAST_WORD)) is not None, awaits)
        return told

    def _above(self, cell: Cell) -> Entry | None:
        """The entry of a line above that a cell without civility goes on with: unfinished first, then nearest."""
        recent = [e for e in self._last_of_cells() if self._row - 3 <= e.row < self._row]
        if not recent:
            return self.entries[-1] if self.entries else None
        recent.sort(key=lambda e: (abs(e.column - cell.column), -e.row))
        near = [e for e in recent if e.column == recent[0].column]
        latest = max(near, key=lambda e: (e.row, e.fragments[0].start))
        if self._unfinished(latest) or self._runs_on(latest):
            return latest
        beside = (e for e in recent if e.column != latest.column or e.row == latest.row)
        return next((e for e in beside if self._unfinished(e)), latest)

    def _runs_on(self, entry: Entry) -> bool:
        """Whether an entry stands last in a line of names parted by commas or dashes, and none closes it."""
        recent = self.entries[-_RECENT:]
        at = next((at for at, other in enumerate(recent) if other is entry), 0)
        before = recent[at - 1] if at else None
        if before is None or (before.row, before.column, entry.row) != (entry.row, entry.column, self._row - 1):
            return False
        ends = [self.text[other.fragments[-1].start : other.fragments[-1].end].rstrip() for other in (before, entry)]
        return ends[0].endswith(_SIGNS) and not ends[1].endswith((*_SIGNS, ".", ")"))

    def _last_of_cells(self) -> list[Entry]:
        """The latest entries, without those behind which another stands in the same cell."""
        latest = self.entries[-_RECENT:]
        begun = {entry.fragments[0].start for entry in latest}
        return [entry for entry in latest if entry.fragments[-1].end not in begun]
