"""Many expressions asked of one text: those that may match it, told by the words that their matches must hold.

To look for a word takes ``str.find`` a tenth of what ``re`` takes to try an expression at every character, and
expressions of one table share most of their words. Many words are found in one pass.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cache, reduce
from operator import or_
from typing import Generic, TypeVar

from extract.finder import frequent_first
from extract.openings import always, needed
from extract.patterns import named, pattern

T = TypeVar("T", bound=Hashable)

#: Fewer words are looked for one after the other.
_MANY = 40


class _Scan:
    """Many words looked for in one pass: where one stands, so does every word that is in it."""

    def __init__(self, holding: Mapping[str, int]) -> None:
        words: list[str] = []
        # what follows the first letter of a word is only looked at
        beginnings = {word[0]: [other for other in holding if other[0] == word[0]] for word in holding}
        self._form = re.compile(
            "|".join(f"{re.escape(c)}(?={_going_on(c, beginnings[c], words)})" for c in frequent_first(beginnings))
        )
        self._told = [0] + [reduce(or_, (holding[other] for other in holding if other in word)) for word in words]

    def of(self, text: str) -> int:
        """The numbers of all words of a text together."""
        told = 0
        for found in self._form.finditer(text):
            told |= self._told[found.lastindex or 0]
        return told


def _going_on(begun: str, words: list[str], told: list[str]) -> str:
    """How words go on behind what they begin with, longer ones first: letter by letter, as what they share is looked at
    once. The empty group behind each word tells which it is, by its place in ``told``."""
    following = frequent_first({word[len(begun)] for word in words if len(word) > len(begun)})
    choices = [
        re.escape(char) + _going_on(begun + char, [word for word in words if word.startswith(begun + char)], told)
        for char in following
    ]
    if begun in words:
        choices.append("()")
        told.append(begun)
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


class Sieve(Generic[T]):
    """Things that are worth trying where a text holds one of their words; things without words always are."""

    def __init__(self, things: Iterable[tuple[T, frozenset[str]]]) -> None:
        self._things: list[T] = []
        self._always = 0
        holding: dict[str, int] = defaultdict(int)
        for number, (thing, words) in enumerate(things):
            self._things.append(thing)
            for word in words:
                holding[word] |= 1 << number
            self._always |= 0 if words else 1 << number
        self._holding = sorted(holding.items())
        self._scan = _Scan(holding) if len(holding) >= _MANY else None
        self._known: dict[int, tuple[T, ...]] = {}

    def of(self, text: str) -> tuple[T, ...]:
        """The things worth trying in a text, in their order."""
        told = self._always
        if self._scan is not None:
            told |= self._scan.of(text)
        else:
            for word, numbers in self._holding:
                if word in text:
                    told |= numbers
        if (found := self._known.get(told)) is None:
            found = tuple(thing for number, thing in enumerate(self._things) if told >> number & 1)
            self._known[told] = found
        return found


@cache
def sieve(file: str, *sections: str, alike: tuple[str, str] = ("", ""), lacking: str = "") -> Sieve[tuple[str, str]]:
    """A sieve of the patterns of some tables of ``patterns/{file}.toml``: section and name of each.

    Of two signs that are ``alike`` the texts that it is asked of have but the second, and all of them have it. No
    pattern is worth trying whose matches hold a sign that they are ``lacking``.
    """
    idle = frozenset(alike) - {""}
    return Sieve(
        ((section, name), frozenset(word.replace(*alike) for word in needed(expression, idle)))
        for section in sections
        for name, expression in named(file, section)
        if not lacking or lacking not in always(expression)
    )


@cache
def sieve_of(file: str, *names: str) -> Sieve[str]:
    """A sieve of some patterns of ``patterns/{file}.toml``, by their dotted names."""
    return Sieve((name, needed(pattern(file, name))) for name in names)
