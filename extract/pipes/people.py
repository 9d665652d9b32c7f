"""Persons named for the office they hold in an organisation: "Monsieur X, président de l'association Y".

Registered as ``delibgraph_people``. Élus and those who act for an organisation are named; private persons never are
(:mod:`extract.privacy`), so a name without an office is not read here.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import finder
from extract.header.names import read_name
from extract.pipes.model import Person
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_REACH = 12


def find_people(reading: Reading, text: str) -> list[Person]:
    """Every person named with an office."""
    found: dict[str, Person] = {}
    for match in finder("people", "office.after").finditer(reading.folded):
        name = read_name(text[match.start("who") : match.end("who")])
        if name is None or not any(c.isupper() for c in name.family):
            continue
        owners = [o for s, _, o in mentions_in(reading, match.end(), match.end() + _REACH) if s - match.end() < _REACH]
        person = Person(
            name, text[match.start("role") : match.end("role")].lower(), owners[0].id if owners else None, *match.span()
        )
        found.setdefault(name.written, person)
    return list(found.values())


@Language.component("delibgraph_people")
def people_component(doc: Doc) -> Doc:
    """Fill ``reading.people``."""
    reading: Reading = doc._.reading
    reading.people = find_people(reading, reading.text)
    return doc
