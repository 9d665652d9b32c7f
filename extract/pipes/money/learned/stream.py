"""An act as a stream of words in which amounts, organisations, years and numbers are signs.

"d'attribuer à l'association Horizon 1 200 € pour 2024" → ``d' attribuer a l' ORG € pour AN``. The models see this
stream: what they learn of one name or sum holds for every other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from extract.linear import Bag
from extract.patterns import words
from extract.pipes.kept import kept
from extract.pipes.model import Amount, Found, Sentence
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.lexicon import classes
from extract.pipes.reading import Reading

#: Most words end with a blank or a stop, which is looked at first.
_WORD = re.compile(
    r"[a-zœæ]++(?:(?=[ ,.\n])|'|[^\W\d_]*(?:-[^\W\d_]+)*)|[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_STEM = 6

SMALL = words("lexicon", "small") | frozenset(',.;:()-"*')
AMOUNT, AUTHORITY, ORGANISATION, YEAR, NUMBER = "€", "AUT", "ORG", "AN", "#"
#: What stands further from an amount says nothing of it: of 4 000 annotated parties the farthest stands at 226.
FAR = 1_000
STOPS = frozenset((";", ":", ".", AMOUNT))


def stem(word: str) -> str:
    """The first letters of a word: "attribuer", "attribution" and "attribuée" are one."""
    return word[:_STEM]


class Line:
    """The tokens of one stretch, side by side, with where its signs and its words that mean something stand.

    ``texts`` are words and signs, ``stems`` their first letters, ``starts`` their first characters, ``refs`` the index
    of the amount or candidate that a sign stands for, else -1. What many amounts or candidates ask of a stretch is
    found once.
    """

    def __init__(self, texts: list[str], stems: list[str], starts: list[int], refs: list[int]) -> None:
        self.texts, self.stems, self.starts, self.refs = texts, stems, starts, refs
        self._bags: dict[str, Bag] = {}

    @kept
    def words(self) -> list[int]:
        """Where the words that mean something stand, signs among them."""
        return [i for i, text in enumerate(self.texts) if text not in SMALL]

    @kept
    def amounts(self) -> list[int]:
        """Where the amounts stand."""
        return [i for i, text in enumerate(self.texts) if text == AMOUNT]

    @kept
    def organisations(self) -> list[int]:
        """Where organisations other than the authority stand."""
        return [i for i, text in enumerate(self.texts) if text == ORGANISATION]

    @kept
    def stops(self) -> list[int]:
        """Where amounts and strong stops stand."""
        return [i for i, text in enumerate(self.texts) if text in STOPS]

    @kept
    def amount_of(self) -> dict[int, int]:
        """Where each amount stands, by its index."""
        return {self.refs[i]: i for i in self.amounts}

    @kept
    def candidate_of(self) -> dict[int, int]:
        """Where each candidate stands, by its index."""
        return {self.refs[i]: i for i, text in enumerate(self.texts) if text in (ORGANISATION, AUTHORITY)}

    @kept
    def signs(self) -> str:
        """The order of amounts and organisations: "n€n€"."""
        order = sorted([*self.amounts, *self.organisations])
        return "".join("n" if self.texts[i] == ORGANISATION else "€" for i in order)

    @kept
    def alternate(self) -> bool:
        """Whether no two organisations and no two amounts follow each other."""
        return all(a != b for a, b in pairwise(self.signs))

    @kept
    def verb(self) -> str:
        """The first word of a decided point ("d'attribuer …", "APPROUVE …") or of a sentence."""
        return next((self.texts[i] for i in self.words if self.texts[i].isalpha() and len(self.texts[i]) > 1), "")

    @kept
    def kinds(self) -> list[tuple[str, ...]]:
        """What each word does, by the lexicon."""
        return [classes(text) for text in self.texts]

    def near(self, at: int, reach: tuple[int, int], names: tuple[str, str]) -> Iterator[str]:
        """The words left and right of a place, alone and joined, as features "L1=…", "L21=…", "R1=…", "R12=…"."""
        (before, after), (west, east) = reach, names
        left = self.stems[max(0, at - before) : at][::-1]
        right = self.stems[at + 1 : at + 1 + after]
        for i, word in enumerate(left, 1):
            yield f"{west}{i}={word}"
        for i, word in enumerate(right, 1):
            yield f"{east}{i}={word}"
        if len(left) > 1:
            yield f"{west}21={left[1]}_{left[0]}"
        if len(left) > 2:
            yield f"{west}321={left[2]}_{left[1]}_{left[0]}"
        if len(right) > 1:
            yield f"{east}12={right[0]}_{right[1]}"

    def content(self, start: int, end: int) -> list[int]:
        """Where words that mean something stand in ``[start, end)``."""
        return self.words[bisect_left(self.words, start) : bisect_left(self.words, end)]

    def bag(self, name: str, most: int | None = None) -> Bag:
        """The first ``most`` words as features "SB=…"."""
        if name not in self._bags:
            self._bags[name] = Bag({f"{name}={self.stems[i]}" for i in self.words[:most]})
        return self._bags[name]

    def kind_bag(self, name: str) -> Bag:
        """What all its words do, as features "cS=…"."""
        if name not in self._bags:
            self._bags[name] = Bag({f"{name}={kind}" for kinds in self.kinds for kind in kinds})
        return self._bags[name]


class Stream:
    """The tokens of an act, and those of each of its sentences."""

    def __init__(self, reading: Reading, amounts: list[Found[Amount]], candidates: list[Candidate]) -> None:
        self._texts: list[str] = []
        self._starts: list[int] = []
        self._refs: list[int] = []
        self._fill(reading.folded, sorted(_signs(reading, amounts, candidates)))
        self._stems = [text[:_STEM] for text in self._texts]
        self._lines: dict[tuple[int, int], Line] = {}

    def _fill(self, folded: str, signs: list[tuple[int, int, str, int]]) -> None:
        """Words between the signs."""
        at = 0
        for start, end, text, ref in [*signs, (len(folded), len(folded), "", -1)]:
            words = list(_WORD.finditer(folded, at, max(at, start)))
            self._starts += map(re.Match.start, words)
            self._texts += [_plain(text) if text[0].isdigit() else text for text in map(re.Match.group, words)]
            self._refs += [-1] * len(words)
            if text:
                self._starts.append(start)
                self._texts.append(text)
                self._refs.append(ref)
            at = max(at, end)

    def within(self, start: int, end: int) -> Line:
        """The tokens that begin in ``[start, end)``."""
        line = self._lines.get((start, end))
        if line is None:
            part = slice(bisect_left(self._starts, start), bisect_left(self._starts, end))
            line = self._lines[start, end] = Line(
                self._texts[part], self._stems[part], self._starts[part], self._refs[part]
            )
        return line

    def of(self, sentence: Sentence) -> Line:
        """The tokens of a sentence."""
        return self.within(sentence.start, sentence.end)


def _signs(
    reading: Reading, amounts: list[Found[Amount]], candidates: list[Candidate]
) -> list[tuple[int, int, str, int]]:
    """Start, end, text and index of each sign; of overlapping ones an amount wins, then the longer candidate."""
    signs = [(f.start, f.end, AMOUNT, i) for i, f in enumerate(amounts)]
    taken = sorted((f.start, f.end) for f in amounts)
    starts = [begin for begin, _ in taken]
    order = sorted(
        range(len(candidates)), key=lambda i: (candidates[i].guessed, candidates[i].start - candidates[i].end)
    )
    for index in order:
        candidate = candidates[index]
        at = bisect_left(starts, candidate.end)
        if at and taken[at - 1][1] > candidate.start:
            continue
        taken.insert(at, (candidate.start, candidate.end))
        starts.insert(at, candidate.start)
        own = candidate.organisation is not None and candidate.organisation is reading.authority
        signs.append((candidate.start, candidate.end, AUTHORITY if own else ORGANISATION, index))
    return signs


def _plain(figures: str) -> str:
    return YEAR if _YEAR.fullmatch(figures) else NUMBER
