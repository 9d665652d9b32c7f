"""Lists of projects, each with who carries it: "Ludothèque mobile (Jeux de Mains) : 7 350 €", "Le Panier « Épicerie »".

One row cannot tell a project with its carrier from a body with its sigle or its town. The list does: where the act
knows what stands second in most rows as bodies, and hardly any of what stands first, the second receives in all of
them; where it is the other way round, the first does. Patterns in ``patterns/tables.toml`` ([row], ``pair_…``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extract.patterns import pattern
from extract.pipes.money.cells import Cell
from extract.pipes.money.line_cells import is_no_name
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

#: What is written between the two: brackets, quotes, words that say it, a colon, a dash, a comma.
_FORMS = (
    "row.pair_bracket", "row.pair_quoted", "row.pair_told", "row.pair_before_quoted", "row.pair_colon", "row.pair_dash",
    "row.pair_comma",
)  # fmt: skip
#: Those in which the first may carry the second too; rows of the others are read as the name of a body and more of it.
_EITHER = ("row.pair_before_quoted", "row.pair_colon", "row.pair_dash")
#: Those whose second piece carries the first.
_BEHIND = ("row.pair_bracket", "row.pair_told", "row.pair_dash", "row.pair_comma")
_FEWEST, _THIRD = 2, 3
#: How far above a list stands what introduces it.
_LEAD = 250
#: What may follow the name of a body: its sigle, its legal form.
_BRACKET = re.compile(r"\s*(?:\([^()]*\))?\s*")
_QUOTES = '«"“'
#: Towns, their departments and the State stand in brackets for where a body is, not for who carries a project.
_PLACES = ("local_authority", "state")


@dataclass(frozen=True, slots=True)
class Carried:
    """A row of such a list: the project and who carries it; ``own`` where the authority itself does."""

    project: Cell
    carrier: Cell
    own: bool

    @property
    def purpose(self) -> str:
        """The project without its quotes."""
        return unquoted(self.project.text)


def unquoted(text: str) -> str:
    """What an action is called, without the quotes around it."""
    return text.strip('«»"“” ')


def carried_rows(reading: Reading, group: Sequence[re.Match[str]]) -> dict[int, Carried]:
    """The rows of a list of projects, by their places in it; empty where the list is of bodies alone."""
    told_small = {at for at, row in enumerate(group) if _is_numbered(row)}
    return carried_names(reading, [_named_span(row) for row in group], told_small)


def _named_span(row: re.Match[str]) -> tuple[int, int]:
    """What names a row: with what follows a colon, "Mobilité : garage Le Verger, 900 €", which may be who receives."""
    return row.start("name"), row.end("purpose" if row.re is pattern("tables", "row.list_purpose") else "name")


def carried_names(
    reading: Reading, names: Sequence[tuple[int, int]], numbered: Collection[int] = ()
) -> dict[int, Carried]:
    """Which stretches that name rows are projects with who carries them; ``numbered`` are those of numbered actions."""
    for form in _FORMS:
        pairs = {at: pair for at, name in enumerate(names) if (pair := _pair(reading, name, form))}
        if not pairs or 2 * len(pairs) < len(names):
            continue
        said = sum(pattern("tables", "row.pair_said").search(reading.folded, *names[at]) is not None for at in pairs)
        if said == len(pairs) or _Vote(reading, names[0][0], pairs, numbered).carries():
            return pairs
        turned = {at: Carried(pair.carrier, pair.project, own=False) for at, pair in pairs.items()}
        if form in _EITHER and _Vote(reading, names[0][0], turned, ()).carries():
            return turned
    return {}


def runs(reading: Reading, group: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The rows of a list, parted where nobody can say who carries the action of a row: sentences may tell it."""
    pairs = carried_rows(reading, group) if any(_needs_two(reading, row) for row in group) else {}
    found: list[list[re.Match[str]]] = [[]]
    for at, row in enumerate(group):
        if at in pairs or not _needs_two(reading, row) or (_is_numbered(row) and _names_one(reading, row)):
            found[-1].append(row)
        else:
            found.append([])
    return [run for run in found if run]


def _is_numbered(row: re.Match[str]) -> bool:
    """Whether a row tells a numbered action: "Fiche 2.1 : ateliers de cuisine, Le Lien, 900 €"."""
    return row.re is pattern("tables", "row.list_numbered")


def _needs_two(reading: Reading, row: re.Match[str]) -> bool:
    """Whether a row names nobody unless its words are a project and who carries it."""
    if _is_numbered(row) or row.re is pattern("tables", "row.list_pair"):
        return True
    words = reading.text[slice(*row.span("name"))]
    if pattern("tables", "row.company_head").match(row["name"].strip(" *-•")):
        return False  # "SARL Petit (Lisle)" is a body and where it sits
    if pattern("tables", "row.filed").fullmatch(row["name"]):
        return False  # "Dossier n° 12 – Judo Club – tatamis" too
    return is_no_name(words) and tells_carrier(reading.text, reading.folded, *row.span("name"))


def tells_carrier(text: str, folded: str, start: int, end: int) -> bool:
    """Whether what names a row may be a project and, behind it, who carries it: "Réparation de vélos (SAS Copeaux)"."""
    for form in _BEHIND:
        told = pattern("tables", form).fullmatch(folded, start, end)
        if told is not None and (
            text[told.start("second")].isupper() or pattern("tables", "row.pair_body").match(told["second"])
        ):
            return True
    return False


def _names_one(reading: Reading, row: re.Match[str]) -> bool:
    return aided(reading, _cell(reading, *row.span("name"))) is not None


def aided(reading: Reading, cell: Cell) -> Cell | None:
    """Whom a row gives an aid for something: "Aide au fonctionnement du Foyer rural"; None where it names no body."""
    told = pattern("tables", "row.aid_of").match(reading.folded, cell.start, cell.end)
    for start, end, body in reading.organisations.mentions_from(told.end(), cell.end) if told else ():
        to = pattern("tables", "row.aid_to").search(reading.folded, cell.start, start)
        if to is not None and _BRACKET.fullmatch(reading.folded, end, cell.end) and body is not reading.authority:
            return _cell(reading, start, cell.end)
    for to in pattern("tables", "row.aid_to_any").finditer(reading.folded, told.end(), cell.end) if told else ():
        named = reading.text[to.end() : to.end() + 1].isupper()
        if named and pattern("tables", "row.generic_head").match(reading.folded, to.end()):
            return _cell(reading, to.end(), cell.end)
    return None


def _pair(reading: Reading, name: tuple[int, int], form: str) -> Carried | None:
    """What names a row as a project, which is told first, and who carries it."""
    told = pattern("tables", form).fullmatch(reading.folded, *name)
    if told is None:
        return None
    first, second = (_cell(reading, *told.span(part)) for part in ("first", "second"))
    if second.text[:1] in _QUOTES and pattern("tables", "row.generic_head").fullmatch(fold(first.text)):
        return None  # "Compagnie « Les Fous du quai »" is one name
    if pattern("tables", "kind.company").fullmatch(fold(second.text)):
        return None  # "Librairie des Anges (SARL)"
    own = pattern("tables", "row.pair_own").search(fold(second.text)) is not None
    return Carried(first, second, own)


class _Vote:
    """What speaks for it that the rows of a list are projects with who carries them."""

    def __init__(self, reading: Reading, start: int, pairs: dict[int, Carried], numbered: Collection[int]) -> None:
        self.reading, self.count = reading, len(pairs)
        self.carriers = sum(
            pair.own or self._is_body(pair.carrier) or (at in numbered and _is_told_small(pair))
            for at, pair in pairs.items()
        )
        self.bodies = sum(
            self._is_body(pair.project) and not _begins(pair.project, "row.pair_project") for pair in pairs.values()
        )
        projects = sum(_begins(pair.project, "row.pair_project") for pair in pairs.values())
        above = reading.folded[max(0, start - _LEAD) : start]
        self.introduced = 2 * projects >= self.count or pattern("tables", "row.pair_lead").search(above) is not None

    def carries(self) -> bool:
        """Whether most carriers are bodies, and of the projects fewer than half as many.

        A third of them is enough in a list of projects, as its words say.
        """
        if self.count < _FEWEST:
            return self.introduced and not self.bodies and self.carriers == self.count
        if 2 * self.carriers > self.count and 2 * self.bodies < self.carriers:
            return True
        return self.introduced and 2 * self.bodies < self.carriers and _THIRD * self.carriers >= self.count

    def _is_body(self, cell: Cell) -> bool:
        """Whether words name a body: by what they begin with, or one that the act names elsewhere or here."""
        if _begins(cell, "row.pair_body"):
            return True
        if cell.text[:1] in _QUOTES:
            return False  # what a body is called behind its head, or an action of the one before
        book = self.reading.organisations
        found = book.find(cell.text) or next((o for s, _, o in book.mentions_from(cell.start, cell.start + 1)), None)
        return found is not None and found.kind not in _PLACES


def _begins(cell: Cell, what: str) -> bool:
    return pattern("tables", what).match(fold(cell.text)) is not None


def _is_told_small(pair: Carried) -> bool:
    """Whether a project is told in small letters and its carrier with a capital: "ateliers de cuisine, Le Lien"."""
    return pair.project.text[:1].islower() and pair.carrier.text[:1].isupper()


def _cell(reading: Reading, start: int, end: int) -> Cell:
    return Cell(squeeze(reading.text[start:end]), start, end)
