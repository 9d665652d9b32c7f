"""Names that an act declares, and their shorter forms elsewhere in it.

"Une association est née sous le nom de X"; the field of a form, "Association : X".
"""

from __future__ import annotations

import re

from extract.facts import OrganisationKind
from extract.finder import finder
from extract.patterns import cased, pattern, words
from extract.pipes.known import in_programme, known_names
from extract.pipes.name_ends import name_part
from extract.pipes.names import name_end, strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.text import fold

_SHORTEST = 3
_QUOTES = '«"“'


def declared_at(book: OrgBook, folded: str, begin: int) -> tuple[Organisation, int] | None:
    """The organisation whose declared name, or the first words of it, stand at a character, and where they end.

    "une association a vu le jour sous le nom de Jeunes en Bocage Ornais" names "l'association Jeunes en Bocage" too.
    """
    for entry in book.declared:
        words_of = [re.escape(word) for word in fold(entry.name).split()]
        for size in range(len(words_of), 1, -1):
            match = re.compile(r"[\s\"]*" + r"\s+".join(words_of[:size]) + r"(?![\w-])").match(folded, begin)
            if match and words_of[size - 1] not in words("names", "small"):
                return entry, match.end()
    return None


def add_declared(book: OrgBook, reading: Reading, text: str) -> None:
    """Names that the act declares: "sous le nom de X", "dénommée X", where it speaks of an organisation."""
    for match in finder("organisations", "name.declared").finditer(reading.folded):
        begin = match.end()
        if not text[begin : begin + 1].isupper() or book.at(begin) or in_programme(reading, begin):
            continue
        stop = name_end(text, begin, taken=known_names(book, reading))
        name = strip_name(text[begin:stop])
        if len(name.split()) > 1:
            book.declared.append(book.add(name, "association", mention=(begin, stop)))


def add_labelled(book: OrgBook, reading: Reading, text: str) -> None:
    """Names that a field of a form gives, alone on their line: "Association : Bagad Horizon", "Bénéficiaire : X"."""
    for match in finder("organisations", "name.labelled").finditer(reading.folded):
        begin, end = match.span("name")
        article = cased("tables", "cased.to").match(text[begin:end])  # "Les Amis" keeps its own
        begin += article.end() if article else 0
        name = strip_name(text[begin : begin + name_part(text[begin:end])])
        opens = text[begin].isupper() or text[begin].isdigit() or text[begin] in _QUOTES
        if len(name) < _SHORTEST or not opens or book.at(begin) is not None or in_programme(reading, begin):
            continue
        if pattern("names", "person").match(fold(name)) or cased("names", "natural_person").fullmatch(name):
            continue
        if pattern("names", "not_an_organisation").match(fold(name)) or pattern("names", "whole").fullmatch(fold(name)):
            continue
        kind: OrganisationKind = (
            "association" if match["kind"].startswith(("assoc", "club", "comp")) else "organisation"
        )
        book.add(name, kind, mention=(begin, begin + len(text[begin:end].rstrip())))
