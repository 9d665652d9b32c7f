"""Who pays and who receives: roles read from the words just before and after an organisation's name.

Also reveals organisations that no head noun announces but whose role does: "verser à La Table Ouverte".
Registered as ``delibgraph_roles``; patterns in ``patterns/fundings.toml`` ([role]) and ``organisations.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.facts import OrganisationKind
from extract.finder import Finder, finder
from extract.openings import needed
from extract.patterns import cased, pattern
from extract.pipes.again import add_again
from extract.pipes.headed import heads
from extract.pipes.known import in_programme
from extract.pipes.model import within
from extract.pipes.named_kind import named_kind
from extract.pipes.names import is_heading, name_end, strip_name
from extract.pipes.orgbook import Mention, Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.pipes.short_names import without_head
from extract.sieve import Sieve
from extract.text import fold

#: An empty line right before a name.
_BREAK = re.compile(r"\n[^\S\n]*\n\s*\Z")
#: Capitals without a vowel are a sigle, and no family's name.
_UNSPOKEN = re.compile(r"(?<!\w)[B-DF-HJ-NP-TV-XZ]{3,}\Z")
#: So many characters before or behind a name tell its role.
CONTEXT = 110
#: A name and what it does behind it are told within so many.
_DOING = 400


@lru_cache(maxsize=1)
def _reveals() -> tuple[Finder, ...]:
    return tuple(
        finder("organisations", f"role.{n}")
        for n in ("party", "receives", "receives_first", "object", "of_grant", "by_whom", "each")
    )


def reveal(book: OrgBook, reading: Reading, text: str) -> None:
    """Add the organisations that only their role shows, where a proper name stands in that role."""
    for expression in _reveals():
        for match in expression.finditer(reading.folded):
            begin = match.end()
            if _BREAK.search(text, match.start(), begin):
                continue  # "…, à l'Atelier des Côtes," above "FIXE à 500 € la participation"
            if not (text[begin : begin + 1].isupper() or text[begin : begin + 1] in '«"“'):
                continue
            if book.at(begin) or pattern("names", "person").match(reading.folded, begin):
                continue
            if pattern("names", "not_an_organisation").match(reading.folded, begin) or in_programme(reading, begin):
                continue
            if pattern("names", "before_place").search(reading.folded[max(0, begin - 60) : begin]):
                continue
            begin = _article(text, begin)
            if _add_of_house(book, reading, text, begin):
                continue
            stop = name_end(text, begin, taken=book.begins)
            while stop > begin and _add_revealed(book, reading, text, begin, stop):
                following = cased("names", "next_name").match(text, stop)
                if not following or book.at(following.end()) or _BREAK.search(text, stop, following.end()):
                    break
                begin = following.end()
                stop = name_end(text, begin, taken=book.begins)


def reveal_subjects(book: OrgBook, reading: Reading, text: str) -> None:
    """The name that opens a sentence of the exposé and does what organisations do: "Le Bagad Ar Mor organise …"."""
    for sentence in reading.sentences:
        if sentence.section != "body":
            continue
        opening = cased("names", "subject").match(text, sentence.start, sentence.end)
        if opening is None or book.at(opening.end()) or in_programme(reading, opening.end()):
            continue
        begin = opening.end()
        stop = name_end(text, begin, taken=book.begins)
        if stop > begin and pattern("organisations", "role.acts").match(reading.folded, stop):
            _add_revealed(book, reading, text, begin, stop)


def reveal_described(book: OrgBook, reading: Reading, text: str) -> None:
    """Who signs a convention, or opens a sentence and does what organisations do, behind a noun of no list.

    "La convention avec la brasserie La Mousse", "La scierie Bois du Val sollicite une aide", "Solavie sollicite".
    """
    for match in finder("names", "described.party").finditer(reading.folded):
        _add_described(book, reading, text, match.end())
    for sentence in reading.sentences:
        if sentence.section == "body":
            opening = pattern("names", "described.opens").match(reading.folded, sentence.start, sentence.end)
            if opening is not None:
                bare = text[opening.end() : opening.end() + 1].isupper()
                told = bare and opening["article"] is None and _in_title(reading, opening.end())
                does = "organisations:role.acts" if told or not bare else "fundings:role.sollicits"
                if bare or opening["article"] is not None:
                    _add_described(book, reading, text, opening.end(), does)


def _add_described(book: OrgBook, reading: Reading, text: str, start: int, does: str = "") -> None:
    """Add the body that common nouns and a proper name make, where they begin at a character."""
    head = cased("names", "described_head").match(text, start)
    begin = head.end() if head is not None else start
    if (head is None and not (does and text[start : start + 1].isupper())) or any(map(book.at, (start, begin))):
        return
    told = head is None and _in_title(reading, start)
    if (not told and pattern("names", "described.never").match(reading.folded, start)) or in_programme(reading, begin):
        return
    if pattern("names", "person").match(reading.folded, begin):
        return
    if does and finder(*does.split(":")).search(reading.folded, begin, begin + _DOING) is None:
        return
    stop = name_end(text, begin, taken=book.begins)
    if does and (not pattern(*does.split(":")).match(reading.folded, stop) or _is_noun(reading.folded[start:stop])):
        return
    placed = head is not None and pattern("names", "described.placed").search(head.group()) is not None
    if stop > begin and _add_revealed(book, reading, text, start, stop) and head is not None and not placed:
        book.complete(book.entries[-1], names=(strip_name(text[begin:stop]),))


def _in_title(reading: Reading, start: int) -> bool:
    """Whether the two words that begin at a character stand in the title too."""
    title, words = reading.context.title, reading.folded[start : start + CONTEXT].split()[:2]
    return title is not None and len(words) > 1 and " ".join(words) in reading.folded[slice(*title)]


def _is_noun(name: str) -> bool:
    """Whether a name is a noun for a body and nothing else: "la SCIC sollicite", "l'Union sportive demande"."""
    alone = pattern("candidates", "common.alone").fullmatch(name) is not None
    return alone or any(form.fullmatch(name) for _, form in heads())


def _add_of_house(book: OrgBook, reading: Reading, text: str, begin: int) -> bool:
    """Add a body that bears the name of a known house: "Foyer socio-éducatif du collège X" is no "Foyer"."""
    inner = next(((s, e, o) for s, e, o in mentions_in(reading, begin, begin + CONTEXT) if s > begin), None)
    if inner is None or inner[2].kind != "public_establishment" or begin == 0:
        return False
    head = pattern("candidates", "proper.owned").search(reading.folded, begin - 1, inner[0])
    if head is None or head.start("head") != begin:
        return False
    name = strip_name(text[begin : inner[1]])
    book.add(name, guessed_kind(reading, name), mention=(begin, inner[1]))
    return True


def reveal_of_houses(book: OrgBook, reading: Reading, text: str) -> None:
    """A body of common nouns and a known house that does something: "Le foyer du collège X organise un bal"."""
    for start, end, house in book.mentions(generic=False):
        if house.kind != "public_establishment" or not pattern("organisations", "role.acts").match(reading.folded, end):
            continue
        begin = reading.sentences[reading.sentence_at(start)].start
        head = pattern("candidates", "proper.owned").search(reading.folded, begin, start)
        if head is None or book.at(head.start("head")):
            continue
        if pattern("candidates", "meant.small_opens").fullmatch(reading.folded, begin, head.start("head")):
            _add_of_house(book, reading, text, head.start("head"))


def is_person(name: str) -> bool:
    """Whether a whole name is a natural person's: "Enzo MARCHAND"; no "Valmorin VTT", which ends with a sigle."""
    return cased("names", "natural_person").fullmatch(name) is not None and _UNSPOKEN.search(name) is None


def holds_person(words: str) -> bool:
    """Whether a natural person is named in some words."""
    return cased("names", "natural_person").search(words) is not None


def _add_revealed(book: OrgBook, reading: Reading, text: str, begin: int, stop: int) -> bool:
    name = strip_name(text[begin:stop])
    if (
        len(name) < 3
        or any(book.at(p) for p in (begin, max(begin, stop - 1)))
        or pattern("names", "whole").fullmatch(fold(name))
    ):
        return False
    if is_heading(text, begin, stop):
        return False
    if is_person(name):
        return False  # a natural person, whom only the local facts may name
    if pattern("names", "not_an_organisation").match(fold(name)) or pattern("names", "person").match(fold(name)):
        return False
    known = without_head(book, name)
    longer = _in_full(book, reading, name)
    if known is not None:
        book.complete(known, names=(name,), mention=(begin, stop))
    elif longer:
        if len(longer) == 1:
            book.mention(longer[0], (begin, stop))
    else:
        book.add(name, guessed_kind(reading, name), mention=(begin, stop))
    return len(longer) < 2


def _in_full(book: OrgBook, reading: Reading, name: str) -> list[Organisation]:
    """Whom a noun with a capital means: "le Conservatoire" of an act about that of the meadows, "le Syndicat" itself.

    Several where it may be any of them; none for a name of its own.
    """
    if pattern("names", "complement.lone").fullmatch(fold(name)) is None:
        return []
    longer = book.longer(name)
    return [reading.authority] if reading.authority in longer else longer


def reveal_items(book: OrgBook, reading: Reading, text: str) -> None:
    """The name that opens an item of money: "- syndicat des copropriétaires Le Beffroi : …, subvention de …"."""
    for sentence in reading.sentences:
        if (
            not sentence.bullet
            or sentence.section != "body"
            or not within(reading.amounts, sentence.start, sentence.end)
        ):
            continue
        match = pattern("organisations", "role.item").match(reading.folded, sentence.start, sentence.end)
        last = within(reading.amounts, sentence.start, sentence.end)[-1].start
        if match and pattern("fundings", "award.item_label").search(reading.folded[match.end("name") : last]):
            start, stop = match.span("name")
            name = strip_name(text[start:stop])
            if not pattern("names", "person").match(fold(name)) and book.at(start) is None:
                _add_revealed(book, reading, text, start, stop)


def _article(text: str, begin: int) -> int:
    """A capital article before the name belongs to it: "à La Table Ouverte"."""
    before = cased("names", "own_article").search(text[max(0, begin - 4) : begin])
    return begin - len(before.group()) if before else begin


def guessed_kind(reading: Reading, name: str) -> OrganisationKind:
    """What a name says of its kind; in an act about associations a funded name is one."""
    if cased("names", "legal_form").search(name):
        return "company"
    if pattern("names", "town_name").match(fold(name)):
        return "local_authority"
    if pattern("names", "public_name").match(fold(name)):
        return "public_establishment"
    return named_kind(name) or ("association" if "association" in reading.folded else "organisation")


def said(reading: Reading, name: str, position: int, start: int) -> bool:
    """Whether role ``name`` is said just before ``position``, not looking further back than ``start``."""
    before = reading.folded[max(start, position - CONTEXT) : position]
    return pattern("fundings", f"role.{name}").search(before) is not None


def said_of(reading: Reading, names: tuple[str, ...], position: int, start: int) -> list[str]:
    """Which of some roles are said just before ``position``, as :func:`said` tells of each."""
    before = reading.folded[max(start, position - CONTEXT) : position]
    return [name for name in _roles(names).of(before) if pattern("fundings", f"role.{name}").search(before)]


@cache
def _roles(names: tuple[str, ...]) -> Sieve[str]:
    return Sieve((name, needed(pattern("fundings", f"role.{name}"))) for name in names)


def said_after(reading: Reading, name: str, position: int, end: int) -> bool:
    """Whether role ``name`` is said just after ``position``."""
    return (
        pattern("fundings", f"role.{name}").match(reading.folded[position : min(end, position + CONTEXT)]) is not None
    )


def mentions_in(reading: Reading, start: int, end: int) -> list[Mention]:
    """Mentions of organisations in a stretch, in order, each place once."""
    found: list[Mention] = []
    for mention in reading.organisations.mentions_from(start, end):
        if not found or mention[0] >= found[-1][1]:
            found.append(mention)
    return found


@Language.component("delibgraph_roles")
def roles_component(doc: Doc) -> Doc:
    """Reveal organisations by their role."""
    reading: Reading = doc._.reading
    book: OrgBook = reading.organisations
    reveal(book, reading, reading.text)
    reveal_items(book, reading, reading.text)
    reveal_subjects(book, reading, reading.text)
    reveal_of_houses(book, reading, reading.text)
    reveal_described(book, reading, reading.text)
    add_again(book, reading, reading.text)
    return doc
