"""What the words of an organisation's name say: which are its own, and whether they tell it from its namesakes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph.remembered import remembered
from graph.resolve.names import is_family_name
from graph.resolve.places import settings
from ontology.authorities import candidates_for

#: A word alone that has so many letters is a name, not a sigle that others may bear.
NAME_LETTERS = 5


def specific_words(normal: Iterable[str]) -> list[str]:
    """The words of a name that are not too common to tell it from its namesakes."""
    generic = _generic()
    return [w for w in normal if w not in generic and len(w) > 2]


@cache
def _generic() -> frozenset[str]:
    return frozenset(settings()["words"]["generic"])


@remembered(2048)
def is_distinctive(normal: tuple[str, ...]) -> bool:
    """Whether one name is one organisation anywhere: three words of its own, two of four, or the name of a region.

    Two are not enough for a school or a home ("Institut médico-éducatif Leroy"). What bears somebody's name and says
    enough beside it is one organisation too (:func:`is_somebodys`).
    """
    linking = settings()["words"]["linking"]
    normal = tuple(word for word in normal if word not in linking)
    own = [word for word in specific_words(normal) if word not in _institutions()]
    if len(own) > 2 or (len(normal) > 3 and len(own) > 1 and _institutions().isdisjoint(normal)):
        return True
    return (len(normal) > 2 and not _regions().isdisjoint(own)) or is_somebodys(normal)


def is_somebodys(normal: tuple[str, ...]) -> bool:
    """Whether a name says what sort of organisation it is, what it does, and ends with a family name.

    One thing done is enough where the sort is none that a town has of its own; two where it is.

    >>> is_somebodys(("ligue", "jardinage", "gosselin")), is_somebodys(("atelier", "jardinage", "gosselin"))
    (True, False)
    >>> is_somebodys(("atelier", "jardinage", "lecture", "gosselin"))
    True
    """
    data = settings()["somebodys"]
    if not _local().isdisjoint(normal) or not _institutions().isdisjoint(normal):
        return False
    length = next((n for n in (2, 1) if len(normal) > n and _is_family("".join(normal[-n:]))), 0)
    before = normal[:-length] if length else ()
    if len(before) < 2 or before[-1] in data["not_before"]:
        return False
    return before[0] in data["wide"] or len(before) > 2


@cache
def _institutions() -> frozenset[str]:
    """Words of schools, homes and the like, which bear names as streets do."""
    return frozenset(settings()["somebodys"]["institutions"])


@cache
def _local() -> frozenset[str]:
    """Words of places and trades, which bear somebody's name in many towns."""
    return frozenset(settings()["somebodys"]["local"])


@remembered(2048)
def _is_family(letters: str) -> bool:
    """Whether folded letters are a frequent family name, and no place's nor one that every town honours."""
    return is_family_name(letters) and letters not in _generic() and not candidates_for(f"Commune de {letters}")


@cache
def _regions() -> frozenset[str]:
    return frozenset(settings()["words"]["regions"])


def is_name(word: str) -> bool:
    """Whether a word says enough alone: no sigle, no common word."""
    return len(word) > NAME_LETTERS and bool(specific_words((word,)))
