"""An act as a stream of words in which amounts, organisations, years and numbers are signs.

"d'attribuer à l'association Horizon 1 200 € pour 2024" → ``d' attribuer a l' ORG € pour AN``. The models see this
stream: what they learn of one name or sum holds for every other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from extract.patterns import words
from extract.pipes.model import Amount, Found, Sentence
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.lexicon import classes
from extract.pipes.reading import Reading

_WORD = re.compile(r"[a-zœæ]+'|[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STEM = 6

SMALL = words("lexicon", "small") | frozenset(',.;:()-"*')
AMOUNT, AUTHORITY, ORGANISATION, YEAR, NUMBER = "€", "AUT", "ORG", "AN", "#"


def stem(word: str) -> str:
    """The first letters of a word: "attribuer", "attribution" and "attribuée" are one."""
    return word[:_STEM]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, with its characters; ``ref`` is the index of the amount or candidate it stands for."""

    start: int
    end: int
    text: str
    ref: int = -1


def content(tokens: list[Token]) -> list[str]:
    """The words that mean something, in their order."""
    return [token.text for token in tokens if token.text not in SMALL]


class Stream:
    """The tokens of an act, and those of each of its sentences."""

    def __init__(self, reading: Reading, amounts: list[Found[Amount]], candidates: list[Candidate]) -> None:
        self.tokens = _tokens(reading, amounts, candidates)
        self._starts = [token.start for token in self.tokens]
        self._features: dict[tuple[str, int], set[str]] = {}

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in ``[start, end)``."""
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def of(self, sentence: Sentence) -> list[Token]:
        """The tokens of a sentence."""
        return self.within(sentence.start, sentence.end)

    def bag(self, name: str, start: int, end: int) -> set[str]:
        """The words of a stretch as features "SB=…", made once for all its amounts."""
        if (name, start) not in self._features:
            self._features[name, start] = {f"{name}={stem(word)}" for word in content(self.within(start, end))}
        return self._features[name, start]

    def kinds(self, name: str, sentence: Sentence) -> set[str]:
        """What the words of a sentence do, as features "cS=…", made once for all its amounts."""
        if (name, sentence.start) not in self._features:
            found = {f"{name}={each}" for token in self.of(sentence) for each in classes(token.text)}
            self._features[name, sentence.start] = found
        return self._features[name, sentence.start]


def _tokens(reading: Reading, amounts: list[Found[Amount]], candidates: list[Candidate]) -> list[Token]:
    """Words between the signs; of overlapping signs an amount wins, then the longer candidate."""
    signs = [Token(f.start, f.end, AMOUNT, i) for i, f in enumerate(amounts)]
    taken = sorted((f.start, f.end) for f in amounts)
    order = sorted(
        range(len(candidates)), key=lambda i: (candidates[i].guessed, candidates[i].start - candidates[i].end)
    )
    starts = [begin for begin, _ in taken]
    for index in order:
        candidate = candidates[index]
        at = bisect_left(starts, candidate.end)
        if at and taken[at - 1][1] > candidate.start:
            continue
        taken.insert(at, (candidate.start, candidate.end))
        starts.insert(at, candidate.start)
        own = candidate.organisation is not None and candidate.organisation is reading.authority
        signs.append(Token(candidate.start, candidate.end, AUTHORITY if own else ORGANISATION, index))
    tokens: list[Token] = []
    at = 0
    for sign in sorted(signs, key=lambda token: token.start):
        tokens += _words(reading, at, sign.start)
        tokens.append(sign)
        at = max(at, sign.end)
    return [*tokens, *_words(reading, at, len(reading.folded))]


def _words(reading: Reading, start: int, end: int) -> Iterator[Token]:
    for found in _WORD.finditer(reading.folded, start, max(start, end)):
        yield Token(found.start(), found.end(), _plain(found.group()))


def _plain(word: str) -> str:
    if word[0].isdigit():
        return YEAR if _YEAR.fullmatch(word) else NUMBER
    return word
