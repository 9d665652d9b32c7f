"""Receivers named in words of no known form: "d'attribuer aux pupilles de l'école publique"."""

from __future__ import annotations

from extract.facts import OrganisationKind
from extract.patterns import pattern, words
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
    places = [(p, window.start, False) for p in left[-1:]]
    places += [(window.end + direct.end(), window.right, True)] if direct else []
    for begin, limit, after in places:
        found = phrase_at(reading, text, begin, limit, after=after)
        if found is not None:
            name, start, end = found
            kind: OrganisationKind = "association" if "association" in reading.folded else "organisation"
            parties.beneficiary = reading.organisations.add(name, kind, mention=(start, end))
            parties.how, parties.used = "phrase", start
            return True
    return False


def phrase_at(reading: Reading, text: str, begin: int, limit: int, *, after: bool) -> tuple[str, int, int] | None:
    """The name that words of no known form tell from ``begin`` on, with its extent; ``after`` a sum.

    None where they tell anyone ("aux associations"), a person, a known organisation, or after a sum common words.
    """
    article = pattern("fundings", "role.article").match(reading.folded[begin:limit])
    start = begin + (article.end() if article else 0)
    if pattern("fundings", "role.anyone").match(reading.folded[begin:limit].lstrip()) or pattern(
        "fundings", "role.anyone"
    ).match(reading.folded[start:limit]):
        return None
    phrase = pattern("fundings", "role.noun_phrase").match(reading.folded[start:limit])
    if pattern("fundings", "role.at_milestone").match(reading.folded, start, limit):
        return None
    if not phrase or len(phrase["name"].split()) > _MOST_WORDS:
        return None
    inner = mentions_in(reading, start, start + phrase.end())
    if inner and not pattern("fundings", "role.complement").search(reading.folded[start : inner[0][0]]):
        return None
    name = strip_name(text[start : start + phrase.end("name")])
    if pattern("names", "person").match(fold(name)):
        return None  # "la famille K."
    if fold(name).split()[-1:] and fold(name).split()[-1] in words("names", "small"):
        return None  # "à l'association de la participation"
    lower = not any(c.isupper() for c in name)
    if lower and after and not pattern("organisations", "role.common").match(fold(name)):
        return None
    if len(name) < _SHORTEST or pattern("names", "whole").fullmatch(fold(name)) or holds_person(name):
        return None
    return name, start, start + phrase.end("name")
