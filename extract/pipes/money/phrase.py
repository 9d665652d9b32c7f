"""Receivers named in words of no known form: "d'attribuer aux pupilles de l'école publique"."""

from __future__ import annotations

from extract.facts import OrganisationKind
from extract.patterns import pattern
from extract.pipes.money.window import Parties, Window
from extract.pipes.names import strip_name
from extract.pipes.reading import Reading
from extract.pipes.roles import holds_person, mentions_in
from extract.text import fold

_MOST_WORDS = 9
_SHORTEST = 4


def by_phrase(reading: Reading, text: str, window: Window, parties: Parties) -> bool:
    """A receiver that the decision names in words of no known form: "d'attribuer aux pupilles de l'école publique"."""
    left = [m.end() for m in pattern("fundings", "role.explicit").finditer(reading.folded, window.left, window.start)]
    direct = pattern("fundings", "role.direct").match(reading.folded[window.end : window.right])
    places = [(p, window.start) for p in left[-1:]] + ([(window.end + direct.end(), window.right)] if direct else [])
    for begin, limit in places:
        article = pattern("fundings", "role.article").match(reading.folded[begin:limit])
        start = begin + (article.end() if article else 0)
        if pattern("fundings", "role.anyone").match(reading.folded[begin:limit].lstrip()) or pattern(
            "fundings", "role.anyone"
        ).match(reading.folded[start:limit]):
            continue
        phrase = pattern("fundings", "role.noun_phrase").match(reading.folded[start:limit])
        if not phrase or len(phrase["name"].split()) > _MOST_WORDS:
            continue
        inner = mentions_in(reading, start, start + phrase.end())
        if inner and not pattern("fundings", "role.complement").search(reading.folded[start : inner[0][0]]):
            continue
        name = strip_name(text[start : start + phrase.end("name")])
        lower = not any(c.isupper() for c in name)
        if lower and begin >= window.end and not pattern("organisations", "role.common").match(fold(name)):
            continue
        generic = pattern("names", "whole").fullmatch(fold(name)) is not None
        if len(name) >= _SHORTEST and not generic and not holds_person(name):
            kind: OrganisationKind = "association" if "association" in reading.folded else "organisation"
            mention = (start, start + phrase.end("name"))
            parties.beneficiary = reading.organisations.add(name, kind, mention=mention)
            parties.how, parties.used = "phrase", start
            return True
    return False
