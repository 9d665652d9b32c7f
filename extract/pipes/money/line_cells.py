"""A line of a table as cells: parted by tabs, pipes, wide spaces, dot leaders, or as a head of dashes or slashes is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extract.patterns import pattern
from extract.pipes.money.cells import Cell, empty
from extract.segment.lines import lines_with
from extract.text import fold

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_PARTS = {
    "pipes": re.compile(r"\s*\|\s*"),
    "tabs": re.compile(r"[ \u00a0]*\t[ \u00a0]*"),
    "dots": re.compile(r"\s*(?:\.{3,}|…+|(?:\s\.){3,}|_{3,})\s*"),
    "spaces": re.compile(r"[ \u00a0]{2,}"),
    "dashes": re.compile(r"\s+[-–—]\s+"),
    "slashes": re.compile(r"\s+/\s+"),
    "semicolons": re.compile(r"\s*;\s*"),
}
#: What parts a line only below a head that it parts too, by its signs.
_BELOW_HEADS = {"dashes": "-–—", "slashes": "/", "semicolons": ";"}
#: A name, and what is said in the place of its sum.
_SAID = re.compile(r"[\s•*–-]*(?P<name>[^\n:]{3,100}?)(?:\s*:|\s+[-–—])\s+(?P<said>[^\n:]{1,60}?)[\s.;,]*")
#: A line of a name and of what is said of it is no longer than this, with the blanks around them.
_LONGEST_SAID = 240
_MARKS = "* \u00a0\t"
#: What stands between a name and what is said in the place of its sum.
_PARTING = (":", "-")
#: What may stand behind it.
_TRAILING = " \t\u00a0.;,"
#: A leader is made of so many dots at least.
_FEWEST_DOTS = 3
#: A head that dashes or slashes part has more columns than this.
_FEWEST_ROWS = 2


class Line(NamedTuple):
    """A line of text, as cells: one where it is words alone. ``mode`` is what parts them, "" for words alone."""

    cells: tuple[Cell, ...]
    mode: str
    start: int
    end: int

    @property
    def figured(self) -> bool:
        """Whether a sum, or a word for none, stands after words or alone in a cell."""
        return any(c.value is not None and c.year is None for c in self.cells) or any(
            c.void for c in self.cells[1:] if self.mode != "spaces"
        )


@lru_cache(maxsize=2)
def lines(text: str) -> tuple[tuple[int, int], ...]:
    """The lines that are not blank. Each reader of tables asks for those of its act."""
    return tuple(m.span() for m in _LINE.finditer(text))


def has_unit(folded: str, start: int, end: int) -> bool:
    """Whether a line may hold a sum with its unit: it spares the patterns that look for one."""
    return folded.find("€", start, end) >= 0 or folded.find("eur", start, end) >= 0


def _may_lead(folded: str, start: int, end: int) -> bool:
    """Whether a line may hold a leader: it spares the pattern that looks for one."""
    dotted = folded.count(".", start, end) >= _FEWEST_DOTS
    return dotted or folded.find("…", start, end) >= 0 or folded.find("_", start, end) >= 0


def _cells(text: str, start: int, end: int, mode: str) -> tuple[Cell, ...]:
    """The cells of a line; those that a pipe opens and closes are no cells of their own."""
    found: list[Cell] = []
    position = start
    for part in (*_PARTS[mode].finditer(text, start, end), None):
        stop = part.start() if part else end
        written = text[position:stop]
        found.append(Cell(" ".join(written.strip(_MARKS).split()), position, stop))
        position = part.end() if part else end
    if mode != "tabs":
        found = found[1:] if found and not found[0].text else found
        found = found[:-1] if found and not found[-1].text and mode not in ("pipes", "semicolons") else found
    if mode == "pipes":
        found = found[:-1] if found and not found[-1].text and text[start:end].rstrip().endswith("|") else found
    while mode == "tabs" and len(found) > 1 and not found[-1].text:
        found.pop()
    return tuple(found)


class Parted(NamedTuple):
    """What parts the columns of a head, and how many there are."""

    mode: str
    columns: int


def parted_heads(text: str, start: int, end: int) -> Parted | None:
    """A head parted by dashes or slashes: "ASSOCIATION - ACTION - PART VILLE", "Structure / Lieu / Aide 2024"."""
    for mode, signs in _BELOW_HEADS.items():
        if sum(text.count(sign, start, end) for sign in signs) < _FEWEST_ROWS:
            continue
        cells = _cells(text, start, end, mode)
        heads = sum(1 for c in cells if c.year is not None or pattern("tables", "header.line").fullmatch(fold(c.text)))
        most = heads * 2 > len(cells) or (heads * 2 == len(cells) and _figures_below(text, end, mode, len(cells)))
        if len(cells) > _FEWEST_ROWS and most and _parts_below(text, end, mode):
            return Parted(mode, len(cells))
    return None


def _figures_below(text: str, end: int, mode: str, columns: int) -> bool:
    """Whether the line below a head is parted as it is, all sums but its name: "CLUB — F — J — TOTAL" heads them."""
    row = _LINE.search(text, end)
    cells = _cells(text, *row.span(), mode) if row is not None else []
    return len(cells) == columns and sum(1 for cell in cells if cell.figured) == columns - 1


def _parts_below(text: str, end: int, mode: str) -> bool:
    """Whether the line below a head is parted as it is: slashes part heads of tables that tabs part, too."""
    row = _LINE.search(text, end)
    return mode == "dashes" or (row is not None and len(_cells(text, *row.span(), mode)) > _FEWEST_ROWS)


def line_below(text: str, start: int, end: int, head: Parted) -> Line | None:
    """A line below such a head, parted as it is, or the total of its columns of figures; None where it is neither."""
    cells = _cells(text, start, end, head.mode)
    figures = sum(1 for c in cells if c.figured)
    if len(cells) != head.columns and not (figures and figures == len(cells) - 1):
        return None
    missing = tuple(empty(cells[0].end) for _ in range(head.columns - len(cells)))
    return Line((cells[0], *missing, *cells[1:]), head.mode, start, end)


def read_line(text: str, folded: str, start: int, end: int) -> Line:
    """A line as cells, by what parts them."""
    line = text[start:end]
    if "\t" in line.strip() or (line.startswith("\t") and line.strip()):
        mode = "tabs"
    elif "|" in line and (line.count("|") > 1 or re.search(r"\S\s*\|(?:\s*\S|\s*\Z)", line)):
        mode = "pipes"
    elif _may_lead(folded, start, end) and pattern("tables", "row.leaders").search(folded, start, end):
        mode = "dots"
    elif "  " in line.strip() and re.search(r"\S {2,}\S", line):
        mode = "spaces"
    else:
        mode, total = "total", None
        if folded.find("total", start, end) >= 0:
            total = pattern("tables", "row.total_line").match(folded, start, end)
        if total is None and has_unit(folded, start, end):
            mode, total = "tail", pattern("tables", "row.tail").match(folded, start, end)
        if total is not None and (mode == "total" or _begins_row(text, folded, start, *total.span("name"))):
            name, sums = total.span("name"), total.span("sum")
            return Line(tuple(Cell(" ".join(text[s:e].split()), s, e) for s, e in (name, sums)), mode, start, end)
        if (idle := _without_sum(text, folded, start, end)) is not None:
            return Line(idle, "tail", start, end)
        indent = len(line) - len(line.lstrip(_MARKS))
        return Line((Cell(" ".join(line.strip(_MARKS).split()), start + indent, end),), "", start, end)
    cells = _cells(text, start, end, mode) or (Cell("", start, end),)
    return Line(cells, mode if len(cells) > 1 else "", start, end)


def two_rows(text: str, folded: str, start: int, end: int) -> list[Line]:
    """A line of two grants of one body as two lines: "APE 500 € + 300 € pour la classe de neige"; none where it is not.

    Between rows that end with their sums alone.
    """
    if folded.find("+", start, end) < 0 or not has_unit(folded, start, end):
        return []
    found = [pattern("tables", f"row.list_plus{which}").match(folded, start, end) for which in ("", "_second")]
    told = [tuple(Cell(" ".join(text[s:e].split()), s, e) for s, e in (m.span("name"), m.span("amount")))
            for m in found if m is not None]  # fmt: skip
    if len(told) < len(found) or not told[0][0].text[:1].isupper() or is_told(fold(told[0][0].text)):
        return []
    return [Line(cells, "tail", start, end) for cells in told]


@cache
def _parting() -> re.Pattern[str]:
    """What parts the cells of a line, a sum or its unit, a total, what is said in the place of a sum (folded text)."""
    void = pattern("tables", "row.void").pattern.removeprefix("^").removesuffix("$")
    return re.compile(
        r"[\t|…€;\u00a0]|\x20{2}|\.\s?\.|__|eur|total|\s-\s[^\n]*\s-\s|\s/\s[^\n]*\s/\s|(?::|\s-)\s"
        + void
        + r"(?=[\s.;,]*$)",
        re.MULTILINE,
    )


def parted_lines(folded: str) -> frozenset[int]:
    """Where the lines begin that may be more than words alone; all that the others hold is one cell."""
    return frozenset(lines_with(_parting(), folded, 0, len(folded)))


@cache
def _void() -> re.Pattern[str]:
    """What is said in the place of a sum, behind what parts it from the name."""
    return re.compile(r"(?::|\s-)\s" + pattern("tables", "row.void").pattern.removeprefix("^"), re.MULTILINE)


def _without_sum(text: str, folded: str, start: int, end: int) -> tuple[Cell, ...] | None:
    """A line that says that a name gets nothing: "Foyer rural – sans demande"; its cells, None where it is another."""
    if end - start > _LONGEST_SAID or all(folded.find(sign, start, end) < 0 for sign in _PARTING):
        return None
    if _void().search(folded, start, start + len(folded[start:end].rstrip(_TRAILING))) is None:
        return None
    found = _SAID.fullmatch(text, start, end)
    if found is None:
        return None
    name, said = (Cell(" ".join(found[n].split()), *found.span(n)) for n in ("name", "said"))
    return (name, said) if said.void and name.words else None


def is_no_name(written: str) -> bool:
    """Whether the words of a row can be no name: "dossiers", "une formation", never "Un Toit Demain"."""
    folded = fold(written)
    article = pattern("tables", "row.one_of").match(folded)
    if article is not None and not written[article.end() : article.end() + 1].isupper():
        return True
    return any(pattern("tables", f"row.{name}").match(folded) for name in ("not_a_name", "speech"))


def is_told(folded: str) -> bool:
    """Whether what stands before a sum is a sentence that ends with it: "accorde au club une aide de"."""
    decided = pattern("candidates", "proper.decides").match(folded.lstrip())
    return decided is not None or pattern("tables", "row.told").search(folded) is not None


def _begins_row(text: str, folded: str, start: int, name: int, end: int) -> bool:
    """Whether a name in a line of its own begins a row: with a capital, behind a list mark, or with a body's noun."""
    if is_told(folded[name:end]):
        return False
    if text[name:end].lstrip()[:1].isupper():
        return True
    if pattern("tables", "row.to_whom").match(folded, name, end):
        return False
    marked = pattern("tables", "row.opened").match(folded, start, end)
    return marked is not None or pattern("tables", "row.generic_head").match(folded, name, end) is not None
