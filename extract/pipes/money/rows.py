"""What the rows of every table have in common: their evidence, years, and the organisation they name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from extract.facts import OrganisationKind
from extract.patterns import cased, pattern
from extract.pipes.model import Amount, Sentence
from extract.pipes.money.cells import Cell
from extract.pipes.money.draft import Draft
from extract.pipes.money.years import act_years, asked_year, sentence_years
from extract.pipes.name_ends import name_part
from extract.pipes.names import house_end, in_its_place, strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.places import of_place
from extract.pipes.reading import Reading
from extract.pipes.roles import is_person
from extract.text import fold, key, squeeze

_HEADING_REACH = 400
#: What parts the fields of a row, in folded text.
_DASH = re.compile(r"\s+-\s+")
#: The words with which a name goes on, up to the end of its cell.
_TAIL = re.compile(r"\x20(?:[dl]')?[a-z][^\n\t|:;,(€\d]{2,40}")
_KINDS: tuple[OrganisationKind, ...] = ("company", "public_establishment", "local_authority")


def heading_of(reading: Reading, grid_start: int) -> str:
    """What introduces a table: the sentences above it in the same section, not further than a few lines."""
    begin = max(0, grid_start - _HEADING_REACH)
    return reading.folded[begin:grid_start]


def title_of(reading: Reading) -> str:
    """The folded title of the act."""
    title = reading.context.title
    return reading.folded[title[0] : title[1]] if title else ""


def row_draft(reading: Reading, row: list[Cell], value: Decimal, number: int, top: int | None = None) -> Draft:
    """A row as a grant of the authority, to whom is yet to be read; ``top`` is where its table begins."""
    filled = [c for c in row if c.text]
    start, end = min(c.start for c in filled), max(c.end for c in filled)
    sentence = reading.sentences[reading.sentence_at(start)]
    written = next((c.text for c in row if c.value == value), str(value))
    years = _table_years(reading, start if top is None else top)
    return Draft(
        "awarded", "subsidy", "table_row", start, sentence.section, amount=Amount(value, written),
        funder=reading.authority, first=years[0] if years else None, last=years[1] if years else None,
        table=number, how="row", spans=[(start, end)],
    )  # fmt: skip


def _table_years(reading: Reading, start: int) -> tuple[int, int] | None:
    index = reading.sentence_at(max(0, start - 1))
    for sentence in reversed(reading.sentences[max(0, index - 2) : index + 1]):
        years = sentence_years(reading, sentence) or asked_year(reading, sentence)
        if years and sentence.start < start and years[0] == years[1] and not _is_over(reading, sentence, years[0]):
            return years
    return None


def _is_over(reading: Reading, sentence: Sentence, year: int) -> bool:
    """Whether a sentence tells what was done in a year before the act's: "En 2024, la Ville avait soutenu …".

    Such a year is that of no table where the act itself names a later one: "n'a pas fourni son bilan 2023".
    """
    voted = reading.context.session_date
    if voted is None or year >= voted.year:
        return False
    named = act_years(reading)
    return (named is not None and named[0] > year) or pattern("tables", "row.over").search(
        reading.text_of(sentence)
    ) is not None


def part_of(whole: Draft, cell: Cell, value: Decimal) -> Draft:
    """A part of a row's grant, told in the same row."""
    return replace(
        whole, amount=Amount(value, cell.text), position=cell.start, part=True, parent=whole, how="part",
        table=None, purpose=None, spans=list(whole.spans),
    )  # fmt: skip


def name_cell(reading: Reading, cell: Cell) -> Cell:
    """A cell without what it tells of the body it names: "l'association Horizon, qui anime le quartier"."""
    length = _named(cell.text)
    if length == len(cell.text):
        return cell
    written = reading.text[cell.start : cell.end]
    end = cell.start + _named(written) if squeeze(written) == cell.text else cell.end
    return Cell(cell.text[:length], cell.start, end)


def _named(written: str) -> int:
    """Where the name ends in a cell that tells more of it, or what its grant is for ("Horizon – fonctionnement")."""
    told = pattern("tables", "row.told_object").search(fold(written))
    does = pattern("tables", "row.does").search(fold(written))
    thing = cased("tables", "cased.object").search(written)
    ends = (found.start() for found in (told, does, thing, _quoted_action(written)) if found and found.start())
    cells = written.find(" ; ") if " ; " in written else len(written)
    return min(name_part(written), house_end(written, 0, len(written)), cells, *ends)


def _quoted_action(written: str) -> re.Match[str] | None:
    """The action in quotes behind a name: "Boxing Club du Val – « Gants et cahiers »"; none where it is the name."""
    found = cased("tables", "cased.quoted_action").search(written)
    if found is None or pattern("tables", "row.generic_head").fullmatch(fold(written[: found.start()]).strip()):
        return None
    return found


def row_organisation(reading: Reading, cell: Cell, *, commune: bool = False) -> Organisation | None:
    """The organisation a row names, known or new; a table of grants names associations unless its words say else."""
    bare = name_cell(reading, cell)
    found = _row_organisation(reading, bare, commune=commune)
    if found is not None:
        start = len(cell.text) - len(_unmarked(cell.text))
        names = (*in_its_place(cell.text, start, len(bare.text)), *_sigled(_unmarked(bare.text)))
        reading.organisations.complete(found, names=names)
    return found


def _sigled(written: str) -> tuple[str, ...]:
    """The name that begins with a sigle behind the words it stands for: "association de parents d'élèves APEL X"."""
    told = cased("tables", "cased.sigled").fullmatch(written)
    return (told["name"],) if told is not None and told["first"].upper() == told["sigle"] else ()


def _unmarked(written: str) -> str:
    return pattern("tables", "row.mark").sub("", written, count=1)


def _row_organisation(reading: Reading, cell: Cell, *, commune: bool) -> Organisation | None:
    book: OrgBook = reading.organisations
    name = strip_name(_unmarked(cell.text))
    if len(name) < 2:
        return None
    if commune and not pattern("tables", "row.town").match(fold(name)):
        town = next(
            (
                o
                for o in book.entries
                if o.place and _place_key(o.place) == _place_key(name) and o.kind == "local_authority"
            ),
            None,
        )
        return town or book.add(
            of_place("Commune", name),
            "local_authority",
            place=name,
            mention=(cell.start, cell.end),
            aliases=(name,),
        )
    existing = book.at(cell.start)
    around = [(s, e) for s, e in existing.mentions if s <= cell.start < e] if existing else []
    if existing is not None and _told_here(reading, existing, around, cell, name):
        return existing
    tied = re.match(r"(.+?)\s*\(([A-Z][A-Z0-9&.-]{1,9})\)$", name)
    found = book.find(name) or (book.find(tied[2]) if tied else None)
    if found:
        if pattern("tables", "row.complement").match(fold(found.name)) and key(found.name) in key(name):
            found.name = name  # « de médiation pénale » lacks its head
        return book.add(found.name, found.kind, mention=(cell.start, cell.end))
    if existing is not None and existing.kind != "local_authority" and not _heads_several(reading, existing, cell):
        whole = key(name)
        if around and _only_branch(reading, existing, cell, around[0]):
            book.rename(existing, name, (cell.start, cell.end))
            return existing
        here = existing.mentions == around and len(around) == 1
        if here and (whole in key(existing.name) or whole.startswith(key(existing.name))):
            book.rename(existing, name, (cell.start, cell.end))
            return existing
        if key(existing.name) in whole:
            return book.add(existing.name, existing.kind, aliases=(name,), mention=(cell.start, cell.end))
    if overrun := _overrun(book, cell):
        book.rename(overrun, name, (cell.start, cell.end))
        return overrun
    long, sigle = (tied[1], tied[2]) if tied else (name, None)
    full = (cell.text,) if "(" in cell.text and not tied else ()
    return book.add(long, _row_kind(long), sigle=sigle, mention=(cell.start, cell.end), aliases=full)


def _told_here(reading: Reading, existing: Organisation, around: list[tuple[int, int]], cell: Cell, name: str) -> bool:
    """Whether what prose read at a cell is what the cell names; it is given the cell's name where prose read over.

    Prose reads over what stands between the pieces of a wrapped name, and on into the next cell.
    """
    book: OrgBook = reading.organisations
    if any(s >= cell.start - 1 and abs(e - cell.end) <= 1 for s, e in around):
        if key(existing.name) == key(squeeze(reading.text[cell.start : cell.end])) != key(name):
            book.rename(existing, name, (cell.start, cell.end))
        return True
    if any(e > cell.end for _, e in around) and key(existing.name).startswith(key(name) + " "):
        book.rename(existing, name, (cell.start, cell.end))
        return True
    return False


def _heads_several(reading: Reading, existing: Organisation, cell: Cell) -> bool:
    """Whether what prose read at a cell heads the names of several rows: "Coopérative scolaire de l'école" of each."""
    ends = (end for start, end in dict.fromkeys(existing.mentions) if _opens_cell(reading.text, start))
    found = {tail.group() for end in ends if (tail := _TAIL.match(reading.folded, end)) is not None}
    return len(found) > 1 and key(cell.text) != key(existing.name)


def _opens_cell(text: str, start: int) -> bool:
    """Whether nothing but marks stands before a name in its line or cell."""
    before = text[max(text.rfind("\n", 0, start), text.rfind("\t", 0, start), text.rfind("|", 0, start)) + 1 : start]
    return not any(c.isalnum() for c in before)


def _only_branch(reading: Reading, body: Organisation, cell: Cell, mention: tuple[int, int]) -> bool:
    """Whether a cell tells the one branch of a national body that the act is about: "Secours Populaire, comité de X".

    The body named without it elsewhere in the act is then that branch; with two of them nobody can say which.
    """
    branch = pattern("tables", "row.branch")
    told = [end for _, end in dict.fromkeys(body.mentions) if branch.match(reading.folded, end)]
    return mention[1] < cell.end and told == [mention[1]] and branch.search(fold(body.name)) is None


def _overrun(book: OrgBook, cell: Cell) -> Organisation | None:
    """What prose read from inside a cell on into the next one: "Les [Amis de l'orgue\\nFestival]"."""
    begun = book.mentions_from(cell.start, cell.end)
    return next((o for s, e, o in begun if e > cell.end and o.mentions == [(s, e)]), None)


def set_receiver(reading: Reading, draft: Draft, cell: Cell, organisation: Callable[[], Organisation | None]) -> None:
    """Who a row is for: a natural person, whose name is kept from publication, else the organisation it names."""
    told, name = fold(cell.text), strip_name(cell.text)
    if pattern("names", "person").match(told) or is_person(name) or pattern("names", "aged").search(told):
        set_private(reading, draft, cell)
    elif is_file(cell.text) or pattern("tables", "row.somebody").fullmatch(fold(name)):
        draft.how = "anonymous"
    elif pattern("tables", "row.itself").search(told):
        draft.beneficiary, draft.how = reading.authority, "row"  # "au CCAS lui-même"
    else:
        draft.beneficiary, draft.how = organisation(), "row"
        action = _quoted_action(cell.text)
        draft.purpose = draft.purpose or (action["action"].strip() if action else None)


def is_file(words: str) -> bool:
    """Whether words are the number of a file, which names nobody: "Dossier n° 2022-07"."""
    return pattern("tables", "row.file_number").fullmatch(fold(words).strip(" *-•")) is not None


def filed_body(text: str, cell: Cell) -> tuple[Cell, str | None]:
    """The body that the number of a file heads, and what for: "Dossier n° 12 – Handball du Val (26) – N1 féminine".

    Fields stand between dashes: the body is the first that does not open as a project does.
    """
    filed = pattern("tables", "row.filed").fullmatch(fold(text[cell.start : cell.end]))
    if filed is None:
        return cell, None
    branch, project = pattern("tables", "row.branch"), pattern("tables", "row.pair_project")
    dashes = (d.span() for d in _DASH.finditer(filed.string, filed.start("name")))
    told = [dash for dash in dashes if not branch.match(filed.string, dash[0])]
    begins, ends = [filed.start("name"), *(end for _, end in told)], [*(start for start, _ in told), filed.end()]
    places = [(cell.start + begin, cell.start + end) for begin, end in zip(begins, ends, strict=True)]
    fields = [Cell(squeeze(text[begin:end]), begin, end) for begin, end in places]
    body = next((each for each in fields if not project.match(fold(each.text))), fields[0])
    return body, next((each.text for each in fields if each is not body), None)


def helps_persons(reading: Reading, lead: str) -> bool:
    """Whether what introduces rows, the title or the authority tells of aids to persons: "Secours", a CCAS."""
    told = f"{lead} {title_of(reading)} {fold(reading.authority.name) if reading.authority else ''}"
    return pattern("tables", "status.personal").search(told) is not None


def set_private(reading: Reading, draft: Draft, cell: Cell) -> None:
    """A natural person receives."""
    draft.private_name, draft.how = cell.text, "private"
    reading.private.append((cell.start, cell.end))


def _place_key(place: str) -> str:
    return pattern("tables", "row.article").sub("", key(place))


def _row_kind(name: str) -> OrganisationKind:
    folded = fold(name)
    for kind in _KINDS:
        if pattern("tables", f"kind.{kind}").search(folded):
            return kind
    return "association"
