"""Many expressions asked of one text: those that may match it, told by the words that their matches must hold.

To look for a word takes ``str.find`` a tenth of what ``re`` takes to try an expression at every character, and
expressions of one table share most of their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import cache
from typing import Generic, TypeVar

from extract.openings import needed
from extract.patterns import named, pattern

T = TypeVar("T", bound=Hashable)


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
        self._known: dict[int, tuple[T, ...]] = {}

    def of(self, text: str) -> tuple[T, ...]:
        """The things worth trying in a text, in their order."""
        told = self._always
        for word, numbers in self._holding:
            if word in text:
                told |= numbers
        if (found := self._known.get(told)) is None:
            found = tuple(thing for number, thing in enumerate(self._things) if told >> number & 1)
            self._known[told] = found
        return found


@cache
def sieve(file: str, *sections: str, alike: tuple[str, str] = ("", "")) -> Sieve[tuple[str, str]]:
    """A sieve of the patterns of some tables of ``patterns/{file}.toml``: section and name of each.

    Of two signs that are ``alike`` the texts that it is asked of have but the second.
    """
    return Sieve(
        ((section, name), frozenset(word.replace(*alike) for word in needed(expression)))
        for section in sections
        for name, expression in named(file, section)
    )


@cache
def sieve_of(file: str, *names: str) -> Sieve[str]:
    """A sieve of some patterns of ``patterns/{file}.toml``, by their dotted names."""
    return Sieve((name, needed(pattern(file, name))) for name in names)
