"""Lists of projects, each with who carries it: "Ludothèque mobile (Jeux de Mains) : 7 350 €", "Épicerie – Le Panier".

One row cannot tell a project with its carrier from a body with its sigle or its town. The list does: where the act
knows what stands second in most rows as bodies, and hardly any of what stands first, the second receives in all of
them. Patterns in ``patterns/tables.toml`` ([row], ``pair_…``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.patterns import pattern
from extract.pipes.money.cells import Cell
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

#: What is written between the two: brackets, words that say it, a dash, a comma.
_FORMS = ("pair_bracket", "pair_told", "pair_dash", "pair_comma")
_FEWEST = 2
#: What may follow the name of a body: its sigle, its legal form.
_BRACKET = re.compile(r"\s*(?:\([^()]*\))?\s*")
#: Towns, their departments and the State stand in brackets for where a body is, not for who carries a project.
_PLACES = ("local_authority", "state")


@dataclass(frozen=True, slots=True)
class Carried:
    """A row of such a list: the project and who carries it; ``own`` where the authority itself does."""

    project: Cell
    carrier: Cell
    own: bool


def carried_rows(reading: Reading, group: Sequence[re.Match[str]]) -> dict[int, Carried]:
    """The rows of a list of projects, by their places in it; empty where the list is of bodies alone."""
    for form in _FORMS:
        pairs = {at: pair for at, row in enumerate(group) if (pair := _pair(reading, row, form))}
        if len(pairs) >= _FEWEST and 2 * len(pairs) >= len(group) and _are_carriers(reading, group, pairs):
            return pairs
    return {}


def told_carriers(reading: Reading, group: Sequence[re.Match[str]]) -> tuple[list[re.Match[str]], dict[int, Carried]]:
    """The rows of a list whose receivers can be told, and who carries the projects among them, by their places.

    Who carries a numbered action that names nobody behind it, nobody can say: it is left to the sentences' reader.
    """
    pairs = carried_rows(reading, group)
    held = [at for at, row in enumerate(group) if at in pairs or not _is_numbered(row) or _names_one(reading, row)]
    if not held or len(held) <= held[-1] - held[0]:
        return [], {}
    return list(group[held[0] : held[-1] + 1]), {at - held[0]: pair for at, pair in pairs.items()}


def _names_one(reading: Reading, row: re.Match[str]) -> bool:
    return aided(reading, _cell(reading, *row.span("name"))) is not None


def aided(reading: Reading, cell: Cell) -> Cell | None:
    """Whom a row gives an aid for something: "Aide au fonctionnement du Foyer rural"; None where it names no body."""
    told = pattern("tables", "row.aid_of").match(reading.folded, cell.start, cell.end)
    for start, end, body in reading.organisations.mentions_from(told.end(), cell.end) if told else ():
        to = pattern("tables", "row.aid_to").search(reading.folded, cell.start, start)
        if to is not None and _BRACKET.fullmatch(reading.folded, end, cell.end) and body is not reading.authority:
            return _cell(reading, start, cell.end)
    return None


def _is_numbered(row: re.Match[str]) -> bool:
    """Whether a row tells a numbered action, whose carrier stands before its sum: "Fiche 2.1 : ateliers, Le Lien, "."""
    return row.re is pattern("tables", "row.list_numbered")


def _pair(reading: Reading, row: re.Match[str], form: str) -> Carried | None:
    told = pattern("tables", f"row.{form}").fullmatch(reading.folded, *row.span("name"))
    if told is None:
        return None
    project, carrier = (_cell(reading, *told.span(part)) for part in ("project", "carrier"))
    own = pattern("tables", "row.pair_own").search(fold(carrier.text)) is not None
    return Carried(project, carrier, own)


def _are_carriers(reading: Reading, group: Sequence[re.Match[str]], pairs: dict[int, Carried]) -> bool:
    """Whether most of what stands second are bodies, and what stands first are fewer than half as many."""
    second = sum(
        pair.own or _is_body(reading, pair.carrier) or (_is_numbered(group[at]) and _is_told_small(pair))
        for at, pair in pairs.items()
    )
    first = sum(_is_body(reading, pair.project) for pair in pairs.values())
    return 2 * second > len(pairs) and 2 * first < second


def _is_told_small(pair: Carried) -> bool:
    """Whether a project is told in small letters and its carrier with a capital: "ateliers de cuisine, Le Lien"."""
    return pair.project.text[:1].islower() and pair.carrier.text[:1].isupper()


def _is_body(reading: Reading, cell: Cell) -> bool:
    """Whether words name a body: by what they begin with, or one that the act names elsewhere or here."""
    if pattern("tables", "row.pair_body").match(fold(cell.text)):
        return True
    found = reading.organisations.at(cell.start) or reading.organisations.find(cell.text)
    return found is not None and found.kind not in _PLACES


def _cell(reading: Reading, start: int, end: int) -> Cell:
    return Cell(squeeze(reading.text[start:end]), start, end)
