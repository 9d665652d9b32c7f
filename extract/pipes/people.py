"""Persons named for the office they hold in an organisation: "Monsieur X, président de l'association Y".

Registered as ``delibgraph_people``. Élus and those who act for an organisation are named; private persons never are
(:mod:`extract.privacy`), so a name without an office is not read here. Expressions in ``patterns/people.toml``.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import finder
from extract.header.names import read_name
from extract.patterns import cased, pattern
from extract.pipes.model import Person
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_REACH = 12


def find_people(reading: Reading, text: str) -> list[Person]:
    """Every person named with an office, before or behind the organisation."""
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
    for person in _behind(reading, text):
        found.setdefault(person.name.written, person)
    return list(found.values())


def _behind(reading: Reading, text: str) -> list[Person]:
    """Those who are named behind the organisation in which they hold an office."""
    found = []
    for start, end, body in mentions_in(reading, 0, len(text)):
        if body is reading.authority:
            continue
        told = pattern("people", "office.behind").match(reading.folded, end)
        lead = told or pattern("people", "office.behind_name").match(reading.folded, end)
        named = cased("people", "cased.named").match(text, lead.end()) if lead else None
        name = read_name(named.group()) if named else None
        if lead is None or named is None or name is None or not name.family:
            continue
        office = told or pattern("people", "office.is").match(reading.folded, named.end())
        if office is not None:
            found.append(Person(name, _role(office, text), body.id, start, max(named.end(), office.end())))
    return found


def _role(told: re.Match[str], text: str) -> str:
    """The office in the text's words: "présidée" where that is all it says."""
    group = next(name for name, words in told.groupdict().items() if words)
    return text[slice(*told.span(group))].lower()


@Language.component("delibgraph_people")
def people_component(doc: Doc) -> Doc:
    """Fill ``reading.people``."""
    reading: Reading = doc._.reading
    reading.people = find_people(reading, reading.text)
    return doc
