"""What each column of a table holds: names, projects, sums granted or asked for, last year's, costs, others' money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from extract.patterns import pattern, table
from extract.pipes.money.cells import Grid
from extract.pipes.money.list_leads import are_plain_sums
from extract.pipes.money.rows import heading_of, helps_persons, title_of
from extract.pipes.money.totals import is_total
from extract.pipes.money.years import usable
from extract.pipes.reading import Reading
from extract.text import fold

_YEAR = re.compile(r"\b20\d\d\b")
_NUMBER = re.compile(r"[a-z]{0,4}[ .-]?\d[\d./-]*")
_SEVERAL = 2
#: A head of so many letters stands for a word that the act explains elsewhere.
_LETTERS = 2
#: What introduces a list of figures without a unit or a head stands so near.
_NEAR = 200


@dataclass(slots=True)
class Columns:
    """Where a table has names, projects, sums granted and sums asked for.

    ``granted`` holds several where the act grants several; ``years`` the year of a column that says it; ``parts`` the
    columns that tell what the one granted is made of: its instalments, or what it is for. Where ``files``, names are
    the numbers of files, of persons whom nobody names.
    """

    name: int | None = None
    granted: list[int] = field(default_factory=list)
    requested: int | None = None
    project: int | None = None
    years: dict[int, int] = field(default_factory=dict)
    parts: list[int] = field(default_factory=list)
    files: bool = False


def columns(reading: Reading, grid: Grid) -> Columns:
    """The columns of a table, by their header and what they hold."""
    found = Columns()
    sums = [i for i in range(grid.width) if _holds_sums(grid, i)]
    words = [i for i in range(grid.width) if i not in sums and any(c.words for c in grid.column(i))]
    files = _file_column(reading, grid)
    found.name, found.files = (_name_column(grid, words), False) if files is None else (files, True)
    if found.name is not None:
        right = [i for i in sums if i > found.name or _is_money(grid, i)]
        sums = right or (sums if not grid.header and grid.width == _SEVERAL else [])  # "400 | Harmonie municipale"
    if not grid.header and not _is_plain_list(reading, grid, sums):
        sums = [i for i in sums if _in_euros(grid, i)]
    found.project = next((i for i in words if i != found.name and _is(grid, i, "project")), None)
    found.years = {i: int(y[0]) for i in sums if len(y := _YEAR.findall(grid.heading(i))) == 1}
    asked = [i for i in sums if _is(grid, i, "requested")]
    found.requested = asked[-1] if asked else None
    left = [i for i in sums if i not in asked]
    found.granted = _granted(reading, grid, left, found)
    for whole in left:
        parts = _parts(reading, grid, whole, left)
        if parts and {whole, *parts}.issuperset(found.granted):
            found.granted, found.parts = [whole], parts
    return found


def _is(grid: Grid, column: int, name: str) -> bool:
    return pattern("tables", f"header.{name}").search(grid.heading(column)) is not None


def _holds_sums(grid: Grid, column: int) -> bool:
    """Whether a column holds figures that may be sums: more figures than words, no percentages, no codes."""
    cells = grid.column(column)
    figures = sum(1 for c in cells if c.value is not None)
    words = sum(1 for c in cells if c.words)
    if not figures or words > figures or sum(1 for c in cells if c.percent) > figures:
        return False
    if _is(grid, column, "code") or _is(grid, column, "count"):
        return False
    values = [c.value for c in cells if c.value is not None]
    steps = sum(1 for a, b in pairwise(values) if 0 < b - a <= _SEVERAL)
    counted = len(values) > _SEVERAL and steps * 4 >= (len(values) - 1) * 3
    nameless = grid.kind == "stacked" and not grid.heading(column)
    if (counted or nameless) and not _in_euros(grid, column):
        return False
    years = all(c.year is not None for c in cells if c.value is not None)
    return not years or _is(grid, column, "granted") or _is(grid, column, "amount")


def _in_euros(grid: Grid, column: int) -> bool:
    """Whether the figures of a column are in euros by their own sign."""
    cells = [c for c in grid.column(column) if c.value is not None]
    return sum(1 for c in cells if "€" in c.text or "uro" in c.text) * _SEVERAL >= len(cells) > 0


def _is_plain_list(reading: Reading, grid: Grid, sums: list[int]) -> bool:
    """Whether rows of a name and a figure without a unit, below no head, are grants: what introduces them says so."""
    if len(sums) != 1 or grid.width != _SEVERAL:
        return False
    if any(pattern("tables", "row.counted").match(fold(c.text)) for row in grid.rows for c in row):
        return False
    values = [c.value for c in grid.column(sums[0]) if c.value is not None]
    near = heading_of(reading, grid.start)[-_NEAR:]
    if pattern("tables", "status.not_money").search(near):
        return False
    return are_plain_sums(reading, near, len(grid.rows), values)


def _is_money(grid: Grid, column: int) -> bool:
    """Whether a column of figures left of the names holds sums: as its head or their sign says."""
    return _is(grid, column, "granted") or _is(grid, column, "amount") or _in_euros(grid, column)


def _name_column(grid: Grid, words: list[int]) -> int | None:
    """The column that names who receives: as its header says, else the first with words of some length.

    A commune beside whoever receives is where: "Commune | Bailleur | Opération | Aide"; of what somebody runs, who
    runs it receives: "Structure | Gestionnaire | Participation".
    None where the header says that its columns of words hold projects, dates or codes.
    """
    named = [i for i in words if pattern("tables", "header.name").search(grid.heading(i))]
    owners = [i for i in words if _is(grid, i, "private")]
    if owners and all(pattern("tables", "header.place").fullmatch(grid.heading(i)) for i in named):
        return owners[0]
    managers = [i for i in named if pattern("tables", "header.manager").fullmatch(grid.heading(i))]
    if managers and pattern("tables", "header.managed").fullmatch(grid.heading(named[0])):
        return managers[0]
    if named and pattern("tables", "header.place").fullmatch(grid.heading(named[0])):
        receive = (i for i in words if pattern("tables", "header.receiver").fullmatch(grid.heading(i)))
        return next(receive, named[0])
    if named:
        return named[0]
    long = [i for i in words if max((len(c.text) for c in grid.column(i) if c.words), default=0) > 3]
    return next((i for i in long if not (_is(grid, i, "project") or _is(grid, i, "nameless"))), None)


def _file_column(reading: Reading, grid: Grid) -> int | None:
    """The column of the numbers of files, "N° de dossier", where persons are helped, and no other says who receives."""
    told = range(grid.width if grid.header else 0)
    if any(_is(grid, i, "name") or _is(grid, i, "private") for i in told):
        return None
    numbered = (i for i in told if pattern("tables", "header.files").fullmatch(grid.heading(i).strip(" *.:")))
    found = next((i for i in numbered if all(is_number_of_file(c.text) for c in grid.column(i) if c.text)), None)
    near = heading_of(reading, grid.start)[-_NEAR:]
    inhabitants = pattern("tables", "status.inhabitants").search(f"{near} {title_of(reading)}") is not None
    return found if inhabitants or helps_persons(reading, near) else None


def is_number_of_file(written: str) -> bool:
    """Whether a cell is the number of a file, "2024-141", "PO 2024-31", or heads a total."""
    words = fold(written).strip(" *")
    numbered = pattern("tables", "row.file_number").fullmatch(words) or _NUMBER.fullmatch(words)
    return numbered is not None or pattern("tables", "row.total").match(words) is not None


def _granted(reading: Reading, grid: Grid, sums: list[int], found: Columns) -> list[int]:
    """The columns that the act grants: those its decision points to, or that say so, or the last left."""
    pointed = pointed_at(reading, grid, sums)
    if pointed is not None:
        return [pointed]
    left = [i for i in sums if not _excluded(grid, i)]
    years = _years(reading, grid, {i: y for i, y in found.years.items() if i in left})
    if years is not None:
        left = [i for i in left if i not in found.years or i in years]
    own = [i for i in left if _payer(reading, grid, i) == "own"]
    ours = [i for i in left if _payer(reading, grid, i) != "other"]
    left = ours or (left if len(left) == 1 else [])
    if years and len(years) >= _SEVERAL:
        return years
    for pool in ([i for i in own if _is(grid, i, "granted")], own, [i for i in left if _is(grid, i, "granted")]):
        if pool:
            return pool[-1:]
    if not grid.header:
        return left[-1:]
    weak = [i for i in left if _is(grid, i, "amount") or not grid.heading(i)]
    whole = _whole(grid, weak, sums)
    if whole is not None:
        return [whole]
    if len(left) > 1 and all(_is_nature(grid, i) for i in left):
        return left  # one grant for each purpose: "Fonctionnement | Manifestation"
    return weak[-1:] if weak else left[-1:]


def pointed_at(reading: Reading, grid: Grid, sums: Sequence[int]) -> int | None:
    """The column that the decision names: "les montants de la dernière colonne", "la colonne « Proposition »"."""
    for sentence in reading.sentences:
        if sentence.section != "decision":
            continue
        text = reading.text_of(sentence)
        if sums and pattern("tables", "status.last_column").search(text):
            return sums[-1]
        match = pattern("tables", "status.column").search(text)
        if match:
            said = fold(match["name"]).strip()
            for column in sums:
                if said and said in grid.heading(column):
                    return column
    return None


def _excluded(grid: Grid, column: int) -> bool:
    """Whether a column holds no grant: a cost, last year's sums, loans, what is given in kind."""
    if _is(grid, column, "previous"):
        return True
    strong = _is(grid, column, "decided")
    return not strong and (_is(grid, column, "cost") or _is(grid, column, "unpaid"))


def _years(reading: Reading, grid: Grid, named: dict[int, int]) -> list[int] | None:
    """Columns of years that the act grants: advances beside another year's sums; those its decision or title names;
    else of its own year, else the last.
    """
    if not named:
        return None
    advances = [i for i in named if _is(grid, i, "advance")]
    if advances and len(advances) < len(named):
        return advances
    title = reading.context.title
    session = reading.context.session_date.year if reading.context.session_date else None
    decided = [
        (s.start, s.end)
        for s in reading.sentences
        if s.section == "decision" and (s.end <= grid.start or s.start >= grid.end)  # its own heads name other years
    ]
    lead = [place for place in decided if place[1] <= grid.start][-1:]
    if granted := _told_years(reading, lead, named) or _told_years(reading, decided, named):
        return granted
    ahead = [i for i, y in named.items() if session is not None and y >= session]
    if len({named[i] for i in ahead}) >= _SEVERAL:
        for told in (heading_of(reading, grid.start)[-_NEAR:], title_of(reading)):
            if pattern("tables", "status.several_years").search(told):
                return ahead
    if granted := _told_years(reading, [title] if title else [], named):
        return granted
    if len(set(named.values())) < _SEVERAL:
        return None if session is None else [i for i, y in named.items() if y >= session]
    if session in named.values():
        return [i for i, y in named.items() if y == session]
    return [i for i, y in named.items() if y == max(named.values())]


def _told_years(reading: Reading, places: Sequence[tuple[int, int]], named: dict[int, int]) -> list[int]:
    """The columns of years that some stretches of the text name."""
    told = [p.value for place in places for p in usable(reading, *place)]
    return [i for i, year in named.items() if any(t.first <= year <= t.last for t in told)]


def _payer(reading: Reading, grid: Grid, column: int) -> str:
    """Whose money a column holds by its header: "own", "other", or "" where it does not say."""
    match = pattern("tables", "header.payer").search(grid.heading(column))
    if match is None:
        return ""
    word = match["payer"].rstrip("s")
    authority = fold(reading.authority.name) if reading.authority else ""
    sigle = fold(reading.authority.sigle or "") if reading.authority else ""
    if not authority:
        return ""
    of_kind = table("tables")["payer_kinds"].get(word)
    own = (
        word in authority
        or word == sigle
        or (of_kind is not None and fold(of_kind) in authority)
        or pattern("tables", "header.town").match(word)
    )
    if pattern("tables", "header.town").match(word):
        own = pattern("tables", "header.town_name").search(authority) or not pattern("tables", "header.higher").search(
            authority
        )
    return "own" if own else "other"


def _parts(reading: Reading, grid: Grid, whole: int, sums: list[int]) -> list[int]:
    """The columns that add up to one: "Total | Acompte | Solde", "Fonctionnement | Projet | Total"; else none.

    Letters stand for what they are for, where all of them add up to it: "CLUB | F | J | TOTAL"; so do parts that are
    called so, "Part compétition | Part formation | Total", or named as the parts of a grant by the sentence above.
    """
    others = [i for i in sums if i != whole]
    lettered = all(0 < len(grid.heading(i).strip(" .()")) <= _LETTERS for i in others)
    shared = all(_is_share(grid, i) for i in others)
    told = (
        others
        if lettered or shared or _named_above(reading, grid, others)
        else [i for i in others if _is(grid, i, "instalment") or _is_nature(grid, i)]
    )
    rows = [row for row in grid.rows if row[whole].value and not is_total(row)]
    whole_told = _is(grid, whole, "whole") or _is(grid, whole, "granted") or _is(grid, whole, "amount")
    if len(told) < _SEVERAL or not rows or not whole_told or _is(grid, whole, "instalment"):
        return []
    adds = all(sum((row[i].value or Decimal(0) for i in told), Decimal(0)) == row[whole].value for row in rows)
    return told if adds else []


def _named_above(reading: Reading, grid: Grid, columns: list[int]) -> bool:
    """Whether the sentence above a table tells a grant of parts that its heads name: "une part « pilotage »"."""
    lead = heading_of(reading, grid.start)[-_NEAR:]
    named = all(grid.heading(i) and grid.heading(i) in lead for i in columns)
    return named and pattern("tables", "status.of_parts").search(lead) is not None


def _is_nature(grid: Grid, column: int) -> bool:
    return pattern("tables", "header.nature").fullmatch(grid.heading(column)) is not None


def _is_share(grid: Grid, column: int) -> bool:
    return pattern("tables", "header.share").fullmatch(grid.heading(column)) is not None


def _whole(grid: Grid, weak: list[int], sums: list[int]) -> int | None:
    """The column that adds up others: "Fonctionnement | Investissement | Total"."""
    for column in sums:
        others = [i for i in weak if i != column]
        rows = [row for row in grid.rows if row[column].value is not None and not is_total(row)]
        if len(others) < _SEVERAL or len(rows) < _SEVERAL or not _is(grid, column, "whole"):
            continue
        if all(sum((row[i].value or Decimal(0) for i in others), Decimal(0)) == row[column].value for row in rows):
            return column
    return None
