"""The key by which two ways of writing one organisation's name are equal inside one authority.

Abbreviations and national sigles are spelt out, the several names of a national network made one, legal forms and the
authority's own place dropped, plurals and double letters undone, and the order of words forgotten: "Cté des fêtes de
St-Orval" and "Comité des fêtes", "Tennis club
Bellerive" and "Club de tennis de Bellerive", "Vélo Club Ormeillais" and "Vélo-Club d'Ormeille".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from graph.normal import words
from graph.remembered import remembered
from graph.resolve.places import settings

#: What a name comes down to: its words, each once, whatever their order.
NameKey = frozenset[str]


@remembered(2048)
def name_key(normal: tuple[str, ...], seat: str | None) -> NameKey:
    """The key of a name (as :func:`normal_words` gives it) in the acts of the commune ``seat``, None for others."""
    place = _place(seat) if seat else frozenset()
    spelt = [word for word in _spelt(normal) if word not in _left_out()]
    kept = [stem(word) for word in spelt if stem(word) not in place and not (seat and _is_of(word, seat))]
    return frozenset(kept or (stem(word) for word in spelt))


@remembered(2048)
def located_key(normal: tuple[str, ...], seat: str | None) -> NameKey:
    """The key with the place in it, whether the name gives it or not: what an act of the EPCI would write."""
    return name_key(normal, seat) | (_place(seat) if seat else frozenset())


@remembered(2048)
def own_words(normal: tuple[str, ...]) -> NameKey:
    """The words of a name, each once, without those that only say its legal form; all of them where none is left."""
    forms = settings()["words"]["legal_forms"]
    return frozenset(word for word in normal if word not in forms) or frozenset(normal)


@remembered(2048)
def stem(word: str) -> str:
    """A word without its plural and with its letters single ("clapottis", "clapotis")."""
    single = re.sub(r"([a-z])\1", r"\1", word)
    return single[:-1] if len(single) > 4 and single[-1] in "sx" else single


def _spelt(normal: Iterable[str]) -> Iterator[str]:
    """The words with abbreviations and sigles spelt out; a name of one word is left as it is."""
    every = tuple(normal)
    table = _expansions() if len(every) > 1 else {}
    for word in same_phrases(tuple(_runs(every))):
        yield from table.get(word, (word,))


def _runs(normal: tuple[str, ...]) -> Iterator[str]:
    """The words, figures that a thousands' space parts put together ("1 001 Fables")."""
    rest = list(normal)
    while rest:
        word = rest.pop(0)
        while word.isdigit() and len(word) <= 3 and rest and rest[0].isdigit() and len(rest[0]) == 3:
            word += rest.pop(0)
        yield word


@remembered(2048)
def same_phrases(normal: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name, each phrase for which the data give one way of writing it in that way."""
    found: list[str] = []
    at = 0
    while at < len(normal):
        phrase = next((p for p in _phrases().get(normal[at], ()) if normal[at : at + len(p[0])] == p[0]), None)
        found += phrase[1] if phrase else (normal[at],)
        at += len(phrase[0]) if phrase else 1
    return tuple(found)


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First word → phrases that begin with it, the longest first, each with what it is made."""
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for canonical, others in settings()["phrases"].items():
        for other in others:
            phrase = _own(other)
            table.setdefault(phrase[0], []).append((phrase, _own(canonical)))
    return {first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in table.items()}


@cache
def _expansions() -> dict[str, tuple[str, ...]]:
    table = {**settings()["sigles"], **settings()["abbreviations"]}
    return {short: _own(long) for short, long in table.items()}


def _own(text: str) -> tuple[str, ...]:
    dropped = settings()["words"]["dropped"]
    return tuple(word for word in words(text) if word not in dropped)


@cache
def _left_out() -> frozenset[str]:
    return frozenset((*settings()["words"]["legal_forms"], *settings()["words"]["linking"]))


@remembered(4096)
def _place(seat: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(seat) if word not in settings()["words"]["dropped"])


@remembered(2048)
def _is_of(word: str, seat: str) -> bool:
    """Whether ``word`` is the adjective of ``seat``: "kerlivanais", "dijonnaise", "châlonnais", "albigeois"."""
    single = stem(word)
    if any(single.startswith(stem(root)) for root in settings()["demonyms"].get("-".join(words(seat)), ())):
        return True
    return any(_is_ending(word if len(root) < 4 else single, root) for root in _roots(seat))


def _is_ending(word: str, root: str) -> bool:
    """Whether a word is a root with the ending of an adjective; a root of three letters needs a long one."""
    ending = word.removeprefix(root)
    return ending != word and ending in settings()["words"]["demonyms"] and (len(root) > 3 or len(ending) > 2)


@remembered(4096)
def _roots(seat: str) -> tuple[str, ...]:
    """What the adjective of a place begins with: the whole name, its first own word, without their mute letters."""
    named = [word for word in words(seat) if word not in settings()["words"]["dropped"]]
    first = next((word for word in named if word not in settings()["words"]["generic"] and len(word) > 4), "")
    roots = {stem(re.sub(r"(?:es|e|s|x)$", "", name)) for name in ("".join(words(seat)), first) if name}
    return tuple(sorted(root for root in roots if len(root) > 2))
