"""Patterns searched in whole texts, tried only where they may match.

``re`` tries an expression at every character unless it begins with a plain letter; ours begin with a word boundary,
the head of a line or a choice of thirty words, most of which a text does not hold. A :class:`Finder` knows from the
expression itself with which characters a match begins ("unan", "apre", a figure at the head of a line), or which words
it must hold ("pouvoir", "mandat"), and tries it there alone::

    finder("segment", "decided").search(source, start, end)     # as pattern("segment", "decided").search(...)

It finds what the pattern finds, in the same order, in folded text. Nothing is told by hand (:mod:`extract.openings`);
an expression that tells too little is searched as it stands.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from extract.openings import Opening, needed, openings
from extract.patterns import cased, pattern, table

#: The first characters of an opening, each an expression.
Chars = tuple[str, ...]

#: Where every match heads a line, no more words than these are worth looking for first.
_FEW = 4
#: More words take longer than to search for the expression.
_MANY = 40
#: So many words are looked for before the places where an expression may begin are.
_FEW_MORE = 12
#: The letters of French by how often they stand; all other characters come after.
_FREQUENT = "esnatiruoldpcmvqgfbhjxyzkw"
_OTHERS = len(_FREQUENT) + 1
#: An expression that begins with one of so many letters is looked for behind what parts words, which is rarer.
_WIDE = 10
_ASCII = "".join(map(chr, range(128)))


def holds(words: Iterable[str], source: str, start: int, end: int) -> bool:
    """Whether one of some words stands in ``source[start:end]``."""
    find, start = source.find, max(start, 0)
    for word in words:  # noqa: SIM110 - the frame of a generator takes longer than the search
        if find(word, start, end) >= 0:
            return True
    return False


@cache
def any_of(words: frozenset[str]) -> re.Pattern[str]:
    """One of some words, wherever it stands."""
    return re.compile("|".join(map(re.escape, sorted(words))))


def frequent_first(letters: Iterable[str]) -> list[str]:
    """First characters in the order in which ``re`` had best try them."""
    return sorted(letters, key=lambda letter: (_FREQUENT.find(letter) % _OTHERS, letter))


def _behind_words(ways: set[Opening]) -> re.Pattern[str] | None:
    """An expression of the character before every opening, none where few letters begin them or one goes on a word."""
    told = [way for way in ways if not way.heads]
    if len({way.chars[0] for way in told} & set(_FREQUENT)) < _WIDE:
        return None
    before = set.union(*(_parting(way.anchor, way.chars[0]) for way in told))
    if not before.isdisjoint(_FREQUENT) or "\n" not in before:
        return None
    heads = {way.chars for way in ways if way.heads}
    choices = [_behind({way.chars for way in told}), *([rf"(?<=\n){_behind(heads)}"] if heads else [])]
    return re.compile(f"[^{re.escape(''.join(sorted(set(_ASCII) - before)))}]()(?={'|'.join(choices)})")


@cache
def _parting(anchor: str, first: str) -> set[str]:
    """The plain characters behind which a match may begin that stands behind an anchor."""
    form = re.compile(anchor + first)
    return {char for char in _ASCII if form.match(char + first[-1], 1)}


def _places(ways: set[Opening]) -> re.Pattern[str]:
    """An expression that finds every opening; group 1 tells a line break before one that heads its line.

    A choice in which each expression begins with a letter of its own, frequent ones first, is what ``re`` scans a text
    for fastest.
    """
    following: dict[str, dict[str, set[Chars]]] = defaultdict(lambda: defaultdict(set))
    for way in ways:
        if not way.heads:
            following[way.chars[0]][way.anchor].add(way.chars[1:])
    choices = [
        first + _one_of(_behind(rests, anchor) for anchor, rests in sorted(following[first].items()))
        for first in frequent_first(following)
    ]
    if heads := {way.chars for way in ways if way.heads}:
        choices.append(rf"\n()(?={_behind(heads)})")
    return re.compile("|".join(choices))


def _behind(rests: set[Chars], anchor: str = "", length: int = 1) -> str:
    """What may stand behind the first characters of openings, ``length`` of them, which stand behind an anchor.

    Told as a tree, so that what many openings share is looked at once.
    """
    if () in rests:
        return rf"(?<={anchor}[\s\S]{{{length}}})" if anchor else ""
    following: dict[str, set[Chars]] = defaultdict(set)
    for rest in rests:
        following[rest[0]].add(rest[1:])
    alike: dict[str, list[str]] = defaultdict(list)
    for char in frequent_first(following):
        alike[_behind(following[char], anchor, length + 1)].append(char)
    return _one_of(_one_char(chars) + behind for behind, chars in alike.items())


def _one_char(chars: list[str]) -> str:
    """One of some characters: as a class, but for those that are classes themselves."""
    plain = [char for char in chars if char[0] != "["]
    told = [f"[{''.join(plain)}]"] if len(plain) > 1 else plain
    return _one_of([*told, *(char for char in chars if char[0] == "[")])


def _one_of(choices: Iterable[str]) -> str:
    told = list(choices)
    return told[0] if len(told) == 1 else f"(?:{'|'.join(told)})"


def hastened(form: re.Pattern[str]) -> re.Pattern[str]:
    """An expression that looks first whether the characters stand at hand with which its matches may begin.

    For one that begins with what stands before ("(?<![\\w'])"): ``re`` looks at that first, at every character.
    It is the expression itself where anything may begin a match.
    """
    firsts = {way.chars[0] if way.chars and not way.heads else "" for way in openings(form)}
    return form if "" in firsts else re.compile(f"(?={'|'.join(sorted(firsts))})(?:{form.pattern})", form.flags)


class Finder:
    """Searches as its pattern does, faster."""

    def __init__(self, form: re.Pattern[str]) -> None:
        self.form = form
        ways, words = openings(form), needed(form)
        self._heads = any(way.heads for way in ways)
        heads = all(way.heads for way in ways)
        sharp = all(way.sharp for way in ways)
        telling = 0 < len(words) <= _MANY and (not sharp or heads) and (not heads or len(words) <= _FEW)
        behind = _behind_words(ways) if sharp else None
        self._places = behind or (_places(ways) if sharp else None)
        self._back = behind is not None
        # one that begins with what stands before asks for less
        self._scan = hastened(form) if form.pattern.startswith(("(?<", "(?:(?<")) and not sharp else form
        self._words = tuple(sorted(words)) if telling or (sharp and not heads and len(words) <= _FEW_MORE) else ()

    def finditer(self, source: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As :meth:`re.Pattern.finditer`."""
        if self._words and not holds(self._words, source, start, end):
            return iter(())
        if self._places is not None:
            return self._found(self._places, source, start, end)
        return self._scan.finditer(source, start, end)

    def search(self, source: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As :meth:`re.Pattern.search`."""
        if self._words and not holds(self._words, source, start, end):
            return None
        if self._places is not None:
            return next(self._found(self._places, source, start, end), None)
        return self._scan.search(source, start, end)

    def _found(self, places: re.Pattern[str], source: str, start: int, end: int) -> Iterator[re.Match[str]]:
        match, at = self.form.match, start
        first = start <= 0 or (self._heads and source[start - 1 : start] == "\n")
        if first and (self._heads or self._back) and (found := match(source, start, end)):
            yield found
            at = found.end()
        scanned = max(start - self._back, 0)
        while place := places.search(source, scanned, end):
            begin = place.end() if place.lastindex else place.start()
            scanned = place.start() + 1
            if begin >= at and (found := match(source, begin, end)):
                yield found
                at = found.end()


@cache
def finder(file: str, name: str) -> Finder:
    """The finder of a pattern of ``patterns/{file}.toml``."""
    return Finder(pattern(file, name))


@cache
def cased_finder(file: str, name: str) -> Finder:
    """The finder of a pattern that is matched on the text itself: one that asks for no figures, which are ten there."""
    return Finder(cased(file, name))


@cache
def finders(file: str, section: str) -> tuple[tuple[str, Finder], ...]:
    """The finders of every pattern of a table, in the order of the file."""
    return tuple((name, finder(file, f"{section}.{name}")) for name in table(file)[section])


@cache
def may_match(file: str, names: tuple[str, ...]) -> Callable[[str], object]:
    """A quick test of short texts: false where none of several patterns can match."""
    words = [needed(pattern(file, name)) for name in names]
    if not all(words):
        return bool
    return any_of(frozenset().union(*words)).search
