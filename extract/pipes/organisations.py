"""Organisations: the deliberating authority, the State, known bodies, bodies of a commune, named associations.

Registered as ``delibgraph_organisations``; knowledge in ``patterns/organisations.toml`` and ``bodies.toml``. Each
finder adds to the act's :class:`~extract.pipes.orgbook.OrgBook`; organisations that only a money sentence or a
convention reveals are added by :mod:`extract.pipes.roles`.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.facts import OrganisationKind
from extract.finder import cased_finder, finder
from extract.patterns import cased, pattern, table, words
from extract.pipes.again import add_again
from extract.pipes.bodies import Bodies, add_bodies
from extract.pipes.counted import add_counted
from extract.pipes.declared import add_declared, add_labelled
from extract.pipes.defined import add_defined, add_described
from extract.pipes.headed import add_headed, add_receiving
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.phrases import LETTER, SPACE_OR_MARK, occurrences
from extract.pipes.places import add_bare_territories, place_bodies
from extract.pipes.reading import Reading
from extract.text import fold

#: Initials that may stand for a name are so many.
_FEWEST_INITIALS = 3


def authority_kind(name: str) -> OrganisationKind:
    """The kind of a deliberating authority, by its own name."""
    if pattern("organisations", "authority.public_establishment").search(fold(name)):
        return "public_establishment"
    return "local_authority"


def add_authority(book: OrgBook, reading: Reading, text: str) -> Organisation | None:
    """The deliberating authority, wherever it is named or spoken of by its kind ("la métropole")."""
    name = reading.context.authority
    if not name:
        return None
    authority = book.add(name, authority_kind(name))
    parts = [word for word in SPACE_OR_MARK.split(fold(name)) if word]
    for start, end in occurrences(parts, reading.folded, SPACE_OR_MARK, LETTER):
        if not _longer_name(text, end):
            book.mention(authority, (start, end))
    kind = next(
        (k for k in table("organisations")["generic"] if pattern("organisations", f"authority.{k}").search(fold(name))),
        "ville" if authority.kind == "local_authority" else None,
    )
    if kind:
        for match in finder("organisations", f"generic.{kind}").finditer(reading.folded):
            if not _followed_by_name(text, match.end()):
                book.mention(authority, match.span(), generic=True)
    _add_initials(book, reading, text, authority)
    return authority


def _add_initials(book: OrgBook, reading: Reading, text: str, authority: Organisation) -> None:
    """The initials of the authority that an act uses without a word of it: "l'aide de la CAEC"."""
    if not pattern("organisations", "authority.initialled").search(fold(authority.name)):
        return
    told = (
        word for word in SPACE_OR_MARK.split(fold(authority.name)) if word not in words("abbreviations", "sigle.small")
    )
    initials = "".join(word[0] for word in told if word[:1].isalnum()).upper()  # none of "(PETR)"
    if len(initials) < _FEWEST_INITIALS or any(d.sigle == initials for d in reading.definitions):
        return
    for match in re.finditer(rf"(?<![\w-]){initials}(?![\w-])", text):
        book.complete(authority, sigle=initials, mention=match.span())


def _longer_name(text: str, end: int) -> bool:
    """ "Dijon Métropole Habitat" is not Dijon métropole."""
    return cased("organisations", "cased.longer_name").match(text, end) is not None


def _followed_by_name(text: str, end: int) -> bool:
    return cased("organisations", "cased.name_follows").match(text, end) is not None


def add_state(book: OrgBook, text: str) -> None:
    """The State, told from a state of things by its capital."""
    for match in cased_finder("organisations", "state.state").finditer(text):
        if not pattern("organisations", "state.not_state").match(fold(text[match.end() : match.end() + 40])):
            book.add("État", "state", mention=match.span())


@Language.factory("delibgraph_organisations")
def make_organisations(nlp: Language, name: str) -> OrganisationsComponent:  # noqa: ARG001 - spaCy's signature
    """The component; known bodies are compiled once."""
    return OrganisationsComponent(nlp)


class OrganisationsComponent:
    """Fills ``reading.organisations`` with the act's OrgBook, ``authority`` with its authority."""

    def __init__(self, nlp: Language) -> None:
        self.bodies = Bodies(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Find the organisations of one act."""
        reading: Reading = doc._.reading
        book = OrgBook()
        reading.organisations = book
        reading.authority = add_authority(book, reading, reading.text)
        add_state(book, reading.text)
        add_defined(book, reading, reading.text)
        place_bodies(book, reading, reading.text)
        add_bodies(book, doc, reading, self.bodies)
        add_declared(book, reading, reading.text)
        add_labelled(book, reading, reading.text)
        add_headed(book, reading, reading.text)
        add_receiving(book, reading, reading.text)
        add_counted(book, reading, reading.text)
        add_defined(book, reading, reading.text)
        add_described(book, reading, reading.text)
        add_bare_territories(book, reading, reading.text)
        add_again(book, reading, reading.text)
        return doc
