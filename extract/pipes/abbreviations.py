"""Sigles tied to their long form: "Concilier l'Economique et le Social et Aider aux Mutations (CESAM)".

The long form is found by aligning the letters of the sigle, from the last, with the initials of the words before
the parenthesis (A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003),
also in the other order: "CESAM (Concilier …)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.pipes.model import Reading
from extract.text import fold

_SIGLE = r"[A-Z][A-Z0-9][A-Za-z0-9.&+'’/-]{0,12}"
_AFTER = re.compile(r"[\s\n]*\(\s*(?:dit[es]?\s+)?[«\"“]?\s*(" + _SIGLE + r")\s*[»\"”]?\s*\)")
_BEFORE = re.compile(r"(?<![\w'’])(" + _SIGLE + r")\s*[,]?\s*\(\s*([^()\n]{8,120})\)")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SMALL = frozenset("de des du d la le les l et en au aux a pour sur sous par dans un une the of".split())
_REACH = 200


@dataclass(frozen=True, slots=True)
class Definition:
    """A long form (its extent) and the sigle the text ties to it (and where the sigle stands)."""

    start: int
    end: int
    sigle: str
    sigle_start: int


def long_form(text: str, sigle: str) -> int | None:
    """Where in ``text`` the long form begins that ends with it, None when the letters do not align.

    Every letter of the sigle must be the initial of a word or stand inside the word of the letter before it; all
    words passed over must be small ones.
    """
    letters = [c for c in fold(sigle) if c.isalnum()]
    words = [(m.start(), fold(m.group())) for m in _WORD.finditer(text)]
    if not letters or not words:
        return None
    return _align(words, letters)


def _align(words: list[tuple[int, str]], letters: list[str]) -> int | None:
    position, index = len(words) - 1, len(letters) - 1
    start: int | None = None
    while index >= 0:
        if position < 0:
            return None
        offset, word = words[position]
        if word[0] == letters[index]:
            start = offset
            index -= 1
        elif index > 0 and _inside(word, letters, index):
            start = offset
            index -= _consumed(word, letters, index)
        elif word not in _SMALL:
            return None
        position -= 1
    return start


def _inside(word: str, letters: list[str], index: int) -> bool:
    """Two or three letters of the sigle come from one word: "PLIE", "CREATIV"."""
    return _consumed(word, letters, index) > 0


def _consumed(word: str, letters: list[str], index: int) -> int:
    for count in (2, 3, 4):
        if index - count + 1 < 0:
            break
        chunk = "".join(letters[index - count + 1 : index + 1])
        if word.startswith(chunk):
            return count
    return 0


def definitions(text: str, reading: Reading) -> list[Definition]:
    """Every tie of a sigle to its long form in the act, computed once per act."""
    if "definitions" not in reading.extras:
        reading.extras["definitions"] = [*_sigle_after(text), *_sigle_before(text)]
    found: list[Definition] = reading.extras["definitions"]
    return found


def _sigle_after(text: str) -> list[Definition]:
    found = []
    for match in _AFTER.finditer(text):
        begin = max(0, match.start() - _REACH)
        window = text[begin : match.start()]
        cut = max(
            window.rfind("\n\n"), window.rfind(". "), window.rfind(";"), window.rfind("("), window.rfind("\t")
        )
        window, begin = window[cut + 1 :], begin + cut + 1
        start = long_form(window, match[1])
        if start is not None:
            found.append(Definition(begin + start, match.start(), match[1], match.start(1)))
    return found


def _sigle_before(text: str) -> list[Definition]:
    found = []
    for match in _BEFORE.finditer(text):
        start = long_form(match[2], match[1])
        if start is not None and start <= 4:
            found.append(Definition(match.start(2) + start, match.end(2), match[1], match.start(1)))
    return found
