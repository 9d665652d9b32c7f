"""The forms of a line that is a row of a list: "- Horizon : 500 €", "Horizon 500 €", "- 500 € à l'association Horizon".

Which of them a line has is asked in order; and rows that tell themselves what was voted, whatever introduces them.
"""

from __future__ import annotations

import re

from extract.patterns import cased, pattern
from extract.pipes.model import within
from extract.pipes.money.costed import costed_row, labelled_row
from extract.pipes.money.cues import is_rejected
from extract.pipes.money.rows import title_of
from extract.pipes.name_ends import name_part
from extract.pipes.reading import Reading
from extract.text import fold

#: A line that ends with the unit of a sum.
_LAST_UNIT = re.compile(r"(?:€|eur)[a-z]*[\s.;,]*$", re.MULTILINE)
_VOTED = ("row.list_voted", "row.list_voted_after", "row.list_arrow")
_PLAINLY = ("row.list_columns", "row.list_fields", "row.list_letters", "row.list_said")
#: A row of what was asked and what was voted has so many sums, a list of rows that were adopted so many rows.
_SEVERAL = 2
#: Rows that a sentence of prose may look like.
_IN_PROSE = ("row.list_item", "row.list_told", "row.list_purpose", "row.list_pair")
#: So many sentences behind a list, at most, is what grants it.
_BEHIND = 3


def row_form(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """The first of the forms of a row that a line has."""
    reckoned = any(folded.find(sign, start, end) >= 0 for sign in ("=", "soit", " x "))
    match = labelled_row(folded, start, end) or voted_row(folded, start, end) or _plainly_told(folded, start, end)
    match = match or pattern("tables", "row.list_prize").match(folded, start, end)
    if match is None and reckoned:
        match = pattern("tables", "row.list_product").match(folded, start, end)
    if match is None:
        match = pattern("tables", "row.list_numbered").match(folded, start, end)
    if match is None:
        match = pattern("tables", "row.list").match(folded, start, end)
    if match is None and reckoned:
        match = pattern("tables", "row.list_reckoned").match(folded, start, end)
    if match is None and _LAST_UNIT.search(folded, start, end):
        match = pattern("tables", "row.list_bare").match(folded, start, end)
    match = match or _bare_for(text, folded, start, end)
    if match is None:
        match = pattern("tables", "row.list_comma").match(folded, start, end)
        match = (
            match
            if match and (text[match.start("name")].isupper() or pattern("tables", "row.to_whom").match(match["name"]))
            else None
        )
    match = match or _with_level(text, folded, start, end) or _with_purpose(text, folded, start, end)
    if match is None:
        forms = (pattern("tables", "row.list_item"), pattern("tables", "row.list_told"))
        match = next((row for form in forms if (row := form.match(folded, start, end))), None)
    if match is None:
        match = costed_row(folded, start, end)
    if match is None and folded.find("(", start, end) >= 0:
        forms = (pattern("tables", "row.list_bracketed"), pattern("tables", "row.list_bracket"))
        match = next((row for form in forms if (row := form.match(folded, start, end))), None)
    if match is None and (match := _sum_first(folded, start, end)):
        first = cased("tables", "cased.capital").search(text[slice(*match.span("name"))])  # "à L'Outil en main"
        match = match if first and name_part(match["name"]) > first.start() else None
    return match or _with_commas(text, folded, start, end) or _two_pieces(text, folded, start, end)


def _bare_for(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line of a name, its sum and what it is for: "Conseil de Fabrique 1 000 € pour la réparation de l'orgue."."""
    match = pattern("tables", "row.list_bare_for").match(folded, start, end)
    return match if match is not None and text[match.start("name")].isupper() else None


def _sum_first(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line "- 500 € à l'association Horizon"; without a mark below a colon, or below another such line."""
    marked = pattern("tables", "row.list_first").match(folded, start, end)
    bare = None if marked else pattern("tables", "row.list_first_bare").match(folded, start, end)
    if bare is None:
        return marked
    above = folded[:start].rstrip()
    line = above[above.rfind("\n") + 1 :]
    return bare if line.endswith(":") or pattern("tables", "row.list_first_bare").match(line) else None


def _two_pieces(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line of a project and who carries it, which alone tells neither: "Le Lien : Café des parents – 900 €"."""
    match = pattern("tables", "row.list_pair").match(folded, start, end)
    if match is None or pattern("tables", "row.said").match(match["name"]):
        return None
    named = text[match.start("name")].isupper() or text[match.start("name")] in '«"“'
    return match if named or pattern("tables", "row.begins_body").match(match["name"]) else None


def _with_commas(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line of who, what for in small letters, and how much: "EARL du Val, création d'une légumerie, 9 000 € ;"."""
    match = pattern("tables", "row.list_commas").match(folded, start, end)
    if match is None or pattern("tables", "row.said").match(folded, start, end):
        return None
    named = text[match.start("name")].isupper() or pattern("tables", "row.begins_body").match(match["name"])
    return match if named and not text[match.start("purpose")].isupper() else None


def _with_purpose(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line "- Horizon : séjours d'été, 500 €": a name, in small letters what for (another name may be meant else)."""
    match = pattern("tables", "row.list_purpose").match(folded, start, end)
    if match is None or pattern("tables", "row.rubric").fullmatch(match["name"]):
        return None
    told = text[match.start("name")].isupper() and text[match.start("purpose")].islower()
    return match if told else None


def _with_level(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line "- la compagnie Horizon, pour son festival, à hauteur de 500 €": a name, or what begins like a body's."""
    match = pattern("tables", "row.list_level").match(folded, start, end)
    if match is None or pattern("tables", "row.said").match(match["name"]):
        return None
    named = text[match.start("name")].isupper() or text[match.start("name")] in '«"“'
    return match if named or pattern("tables", "row.generic_head").match(match["name"]) else None


def _plainly_told(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line that tells which of its figures is given: by columns that dashes part, by labels, in letters and figures.

    "SIVOS – cour d'école – 9 000 € HT – 40 % – 3 600 €", "Organisme : X – montant : 200 €", "X : cent euros (100 €)".
    """
    found = (pattern("tables", form).match(folded, start, end) for form in _PLAINLY)
    return next((row for row in found if row is not None), None)


def voted_row(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line that tells what was asked, then what is voted: "ADMR : demande 600 € ; voté 500 €"; None for another."""
    several = folded.count("€", start, end) + folded.count("euro", start, end) >= _SEVERAL
    if not several and folded.find("→", start, end) < 0 and folded.find("=>", start, end) < 0:
        return None
    found = (pattern("tables", form).match(folded, start, end) for form in _VOTED)
    return next((row for row in found if row is not None), None)


def are_voted(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether rows tell themselves that the body voted their sums, in an act about grants or associations.

    "Club de l'Amitié : 300 €. Adopté.", "Familles rurales : 500 € demandés, 400 € accordés."
    """
    told = [row for row in rows if _is_voted(row) or pattern("tables", "row.adopted").match(row["rest"])]
    title = title_of(reading)
    about = any(
        pattern("tables", f"status.{form}").search(title) for form in ("associations", "title_grants", "grants")
    )
    most = len(told) >= _SEVERAL and 2 * len(told) > len(rows)
    return about and reading.context.adopted and (most or each_granted(rows))


def each_granted(rows: list[re.Match[str]]) -> bool:
    """Whether each row tells the verdict on it: "- Foyer rural : 350 €. Accordé.", "le conseil décide de"."""
    said = pattern("tables", "row.list_said")
    return all(row.re is said or pattern("tables", "row.granted_so").match(row["rest"]) for row in rows)


def are_taken_below(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether a sentence behind rows grants their sums: "Accord pour ces trois subventions.", told without a sum."""
    title = title_of(reading)
    if not reading.context.adopted or pattern("tables", "status.title_gives").search(title) is None:
        return False
    if pattern("tables", "status.title_asks").search(title.replace("demande", "")):
        return False  # what works cost for which others are asked
    end = rows[-1].end()
    behind = [s for s in reading.sentences if s.start >= end and not within(reading.amounts, s.start, s.end)]
    if len(rows) < _SEVERAL or any(row.re is pattern("tables", form) for row in rows for form in _IN_PROSE):
        return False
    told = [reading.text_of(s) for s in behind[:_BEHIND]]
    return any(pattern("tables", "status.takes_these").search(text) and not is_rejected(text) for text in told)


def are_requested(reading: Reading, rows: list[re.Match[str]]) -> bool:
    """Whether rows of requests that came in were put to the vote: "Demandes d'aide", "- l'école de rugby : 100 €".

    Each of them is an item that names a body.
    """
    if not reading.context.voted or pattern("tables", "status.title_requests").search(title_of(reading)) is None:
        return False
    marked = all(pattern("tables", "row.opened").match(row.group()) for row in rows)
    return marked and all(_names_somebody(reading.text, row) for row in rows)


def _names_somebody(text: str, row: re.Match[str]) -> bool:
    """Whether a row opens with a name in capitals or the noun of a body: "les Jeunes Agriculteurs", "l'école de"."""
    written = text[slice(*row.span("name"))].strip(" *-•")
    bare = written[len(opened.group()) if (opened := cased("tables", "cased.to").match(written)) else 0 :]
    return bare[:1].isupper() or pattern("tables", "row.generic_head").match(fold(bare)) is not None


def _is_voted(row: re.Match[str]) -> bool:
    return any(row.re is pattern("tables", form) for form in _VOTED)
