"""The key by which two ways of writing one organisation's name are equal inside one authority.

Abbreviations and national sigles are spelt out, legal forms and the authority's own place dropped, plurals and double
letters undone, and the order of words forgotten: "Cté des fêtes de St-Orval" and "Comité des fêtes", "Tennis club
Bellerive" and "Club de tennis de Bellerive", "Vélo Club Ormeillais" and "Vélo-Club d'Ormeille".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from graph.normal import words
from graph.resolve.places import settings

#: What a name comes down to: its words, each once, whatever their order.
NameKey = frozenset[str]


@lru_cache(maxsize=65536)
def name_key(normal: tuple[str, ...], seat: str | None) -> NameKey:
    """The key of a name (as :func:`normal_words` gives it) in the acts of the commune ``seat``, None for others."""
    place = _place(seat) if seat else frozenset()
    spelt = [word for word in _spelt(normal) if word not in _left_out()]
    kept = [stem(word) for word in spelt if stem(word) not in place and not (seat and _is_of(word, seat))]
    return frozenset(kept or (stem(word) for word in spelt))


@lru_cache(maxsize=65536)
def located_key(normal: tuple[str, ...], seat: str | None) -> NameKey:
    """The key with the place in it, whether the name gives it or not: what an act of the EPCI would write."""
    return name_key(normal, seat) | (_place(seat) if seat else frozenset())


@lru_cache(maxsize=65536)
def own_words(normal: tuple[str, ...]) -> NameKey:
    """The words of a name, each once, without those that only say its legal form; all of them where none is left."""
    forms = settings()["words"]["legal_forms"]
    return frozenset(word for word in normal if word not in forms) or frozenset(normal)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its plural and with its letters single ("clapottis", "clapotis")."""
    single = re.sub(r"([a-z])\1", r"\1", word)
    return single[:-1] if len(single) > 4 and single[-1] in "sx" else single


def _spelt(normal: Iterable[str]) -> Iterator[str]:
    """The words with abbreviations and sigles spelt out; a name of one word is left as it is."""
    every = tuple(normal)
    table = _expansions() if len(every) > 1 else {}
    for word in every:
        yield from table.get(word, (word,))


@cache
def _expansions() -> dict[str, tuple[str, ...]]:
    dropped = settings()["words"]["dropped"]
    table = {**settings()["sigles"], **settings()["abbreviations"]}
    return {short: tuple(w for w in words(long) if w not in dropped) for short, long in table.items()}


@cache
def _left_out() -> frozenset[str]:
    return frozenset((*settings()["words"]["legal_forms"], *settings()["words"]["linking"]))


@lru_cache(maxsize=4096)
def _place(seat: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(seat) if word not in settings()["words"]["dropped"])


@lru_cache(maxsize=65536)
def _is_of(word: str, seat: str) -> bool:
    """Whether ``word`` is the adjective of ``seat`` ("kerlivanais", "dijonnaise")."""
    root = re.sub(r"(?:es|e|s|x)$", "", "".join(words(seat)))
    endings = settings()["words"]["demonyms"]
    single, plain = stem(word), stem(root)
    return len(plain) > 3 and single.startswith(plain) and single[len(plain) :] in endings
