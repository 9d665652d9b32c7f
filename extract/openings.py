"""What a regular expression tells of its matches before it is tried: how they may begin, and words they must hold.

Read off the expression as :mod:`re` parses it, for :mod:`extract.finder`. Both are upper bounds: a match always begins
in one of the ways told and holds one of the words told; where too much is possible, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

#: So many characters of a beginning are looked at, in so many beginnings at most.
_DEPTH, _MOST = 4, 2_000
#: A first character out of so few is taken letter by letter; a class that holds so many letters tells little.
_SMALL, _BROAD = 12, 8
#: So many words at most are looked for; one that holds a sign tells as much as one that is so much longer.
_MOST_WORDS, _RARE = 60, 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz \n"
#: What every text is full of; figures, brackets and bullets are rare.
_COMMON = frozenset(_LETTERS + "\t.,'-")
_CLASSES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}
_ANCHORS = {sre.AT_BEGINNING: "^", sre.AT_BOUNDARY: r"\b"}
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


class Opening(NamedTuple):
    """How a match may begin: behind an anchor, with some characters (each an expression), ``whole`` if with no more."""

    anchor: str
    chars: tuple[str, ...]
    whole: bool

    def then(self, other: Opening) -> Opening:
        """This, followed by another, whose anchor counts where nothing stands before it."""
        chars = (*self.chars, *other.chars)[:_DEPTH]
        anchor = self.anchor if self.chars else self.anchor + other.anchor
        return Opening(anchor, chars, other.whole and len(chars) < _DEPTH)

    @property
    def heads(self) -> bool:
        """Whether it stands at the head of a line."""
        return "^" in self.anchor

    @property
    def sharp(self) -> bool:
        """Whether few places of a text look so, and a scan for its first character finds them."""
        if not self.chars or self.heads:
            return bool(self.chars)
        first = self.chars[0]
        telling = sum(not _broad(char) for char in self.chars)
        return first[0] != "[" and first != r"\n" and (telling > 1 or first[-1] not in _COMMON)


_NOTHING = Opening("", (), True)
_ANYTHING = Opening("", (), False)


def openings(form: re.Pattern[str]) -> set[Opening]:
    """How the matches of an expression may begin."""
    return {_ANYTHING} if form.flags & re.IGNORECASE else _sequence(_parsed(form))


def needed(form: re.Pattern[str], idle: frozenset[str] = frozenset()) -> frozenset[str]:
    """Words of which every match of an expression holds one; none where nothing that tells much is sure.

    ``idle`` words tell nothing: every text that is looked at holds them.
    """
    words = frozenset() if form.flags & re.IGNORECASE else _words(_parsed(form), idle)
    if _strength(words)[0] <= _RARE:
        return frozenset()
    # where "adopte" stands, so does "adopt"
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


@lru_cache(maxsize=1)
def _parsed(form: re.Pattern[str]) -> Any:
    """What an expression is made of. It is asked for once for its openings, and again for its words."""
    return _parser.parse(form.pattern, form.flags)


@cache
def _broad(char: str) -> bool:
    return len(re.findall(char, _LETTERS)) > _BROAD


def _sequence(tree: Iterable[tuple[Any, Any]], *, inside: bool = False) -> set[Opening]:
    """The beginnings of a sequence of operations; ``inside`` where characters stand before it."""
    found = {_NOTHING}
    for op, value in tree:
        going = {opening for opening in found if opening.whole}
        if not going or len(found) > _MOST:
            break
        parts = _openings(op, value, inside=inside or all(opening.chars for opening in going))
        found = (found - going) | {opening.then(part) for opening in going for part in parts}
    return found if len(found) <= _MOST else {_ANYTHING}


def _openings(op: Any, value: Any, *, inside: bool) -> set[Opening]:
    """The beginnings of one operation; what stands around it is left to the pattern, but for the character before."""
    if op is sre.AT:
        return {Opening(_ANCHORS.get(value, ""), (), True)}
    if op is sre.ASSERT_NOT and value[0] < 0 and len(value[1]) == 1 and (char := _char(*value[1][0])):
        return {Opening(f"(?<!{char})", (), True)}
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return {_NOTHING}
    if op is sre.BRANCH:
        return {opening for branch in value[1] for opening in _sequence(branch, inside=inside)}
    if op is sre.SUBPATTERN:
        _, added, removed, tree = value
        return {_ANYTHING} if added or removed else _sequence(tree, inside=inside)
    if op is sre.ATOMIC_GROUP:
        return _sequence(value, inside=inside)
    if op in _REPEATS:
        return _repeated(*value, inside=inside)
    chars = [] if inside else _letters(op, value)
    chars = chars or [char for char in [_char(op, value)] if char]
    return {Opening("", (char,), True) for char in chars} or {_ANYTHING}


def _repeated(least: int, most: int, tree: Any, *, inside: bool) -> set[Opening]:
    """What may be left out, or is told so often; behind what may come again nothing is known."""
    found = _sequence(tree, inside=inside)
    again = _sequence(tree, inside=True)
    for _ in range(1, min(least, _DEPTH)):
        found = {opening.then(part) if opening.whole else opening for opening in found for part in again}
    if most != max(least, 1):
        # just so often, or more often: "\\s+" is one space, or two and something
        once = {opening for opening in found if opening.whole and _is_small(tree)}
        more = {opening.then(part) for opening in once for part in again} | (found - once)
        found = once | {opening._replace(whole=False) for opening in more}
    return found if least else found | {_NOTHING}


def _is_small(tree: Any) -> bool:
    """Whether it is one character out of few."""
    char = _char(*tree[0]) if len(tree) == 1 else ""
    return char != "" and not _broad(char)


def _letters(op: Any, value: Any) -> list[str]:
    """The members of a class of few; folded text has ten figures."""
    if op is not sre.IN or any(kind is sre.NEGATE for kind, _ in value):
        return []
    letters = [code for kind, told in value for code in _codes(kind, told)]
    return [re.escape(chr(code)) for code in letters] if len(letters) <= _SMALL else []


def _codes(kind: Any, value: Any) -> Iterable[int]:
    if kind is sre.LITERAL:
        return (value,)
    if kind is sre.RANGE:
        return range(value[0], value[1] + 1)
    return range(ord("0"), ord("9") + 1) if value is sre.CATEGORY_DIGIT else range(_SMALL + 1)


def _char(op: Any, value: Any) -> str:
    """The expression of one character, empty where the operation is none."""
    if op is sre.LITERAL:
        return re.escape(chr(value))
    if op is sre.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    if op is sre.ANY:
        return r"[^\n]"
    return "[" + "".join(map(_member, value)) + "]" if op is sre.IN else ""


def _member(item: tuple[Any, Any]) -> str:
    """One member of a class, as it is written in brackets."""
    kind, value = item
    if kind is sre.NEGATE:
        return "^"
    if kind is sre.RANGE:
        return "-".join(re.escape(chr(end)) for end in value)
    return _CLASSES[value] if kind is sre.CATEGORY else re.escape(chr(value))


def always(form: re.Pattern[str]) -> frozenset[str]:
    """The letters and signs that every match of an expression holds."""
    return frozenset() if form.flags & re.IGNORECASE else _always(_parsed(form))


def _always(tree: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for op, value in tree:
        if op is sre.LITERAL:
            found |= {chr(value)}
        elif op is sre.BRANCH:
            found |= frozenset.intersection(*map(_always, value[1]))
        elif op is sre.SUBPATTERN and not (value[1] or value[2]):
            found |= _always(value[3])
        elif op is sre.ATOMIC_GROUP:
            found |= _always(value)
        elif op in _REPEATS and value[0] > 0:
            found |= _always(value[2])
    return found


def _words(tree: Iterable[tuple[Any, Any]], idle: frozenset[str]) -> frozenset[str]:
    """Of what a sequence of operations must hold, the choice that tells most."""
    told: list[frozenset[str]] = []
    run = ""
    for op, value in tree:
        if op is sre.LITERAL:
            run += chr(value)
            continue
        told += [frozenset([run]), _held(op, value, idle)]
        run = ""
    told.append(frozenset([run]))
    return max((words for words in told if not words & idle), key=_strength, default=frozenset())


def _held(op: Any, value: Any, idle: frozenset[str]) -> frozenset[str]:
    """What one operation must hold."""
    if op is sre.BRANCH:
        choices = [_words(branch, idle) for branch in value[1]]
        return frozenset().union(*choices) if all(choices) else frozenset()
    if op is sre.SUBPATTERN and not (value[1] or value[2]):
        return _words(value[3], idle)
    if op is sre.ATOMIC_GROUP:
        return _words(value, idle)
    if op in _REPEATS and value[0] > 0:
        return _words(value[2], idle)
    return frozenset()


def _strength(words: frozenset[str]) -> tuple[int, int]:
    """How much a choice of words tells: by the shortest (a sign is rarer than a letter), then by their number."""
    lengths = [len(word) if _COMMON.issuperset(word) else _RARE + len(word) for word in words]
    return (min(lengths), -len(words)) if words and len(words) <= _MOST_WORDS else (0, 0)
