"""Sigles tied to their long form: "Concilier l'Economique et le Social et Aider aux Mutations (CESAM)".

The long form is found by aligning the letters of the sigle, from the last, with the initials of the words before
the parenthesis (A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003),
also in the other order: "CESAM (Concilier …)".
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import cased_finder
from extract.patterns import cased
from extract.patterns import words as words_of
from extract.pipes.model import Definition
from extract.pipes.reading import Reading
from extract.text import fold

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_REACH = 200
_MOST_WORDS = 24
_MOST_LETTERS = 4
#: A sigle of so many letters may leave out so many words at the end of its long form.
_LONG_SIGLE, _TAIL = 5, 6


def long_form(text: str, sigle: str) -> int | None:
    """Where in ``text`` the long form begins that ends with it, None when the letters do not align.

    Every letter of the sigle must be the initial of a word, or follow it in that word ("PLIE"); all words passed
    over must be small ones.
    """
    letters = [c for c in fold(sigle) if c.isalnum()]
    words = [(m.start(), fold(m.group()).replace("œ", "oe")) for m in _WORD.finditer(text)]
    return _align(words, letters, len(words) - 1, len(letters) - 1) if letters else None


def _align(words: list[tuple[int, str]], letters: list[str], position: int, index: int) -> int | None:
    """Start of the word that letter 0 falls on, aligning ``letters[:index + 1]`` with ``words[:position + 1]``.

    A small word is passed over where it can be ("et" is seldom the E of a sigle), else it may give its letter.
    """
    if position < 0 or len(words) - position > _MOST_WORDS:
        return None
    offset, word = words[position]
    if word in words_of("abbreviations", "sigle.small"):
        passed = _align(words, letters, position - 1, index)
        if passed is not None:
            return passed
    for count in range(1, _MOST_LETTERS + 1):
        first = index - count + 1
        taken = "".join(letters[first : index + 1])
        if first < 0 or not (word.startswith(taken) or (count > 1 and _compound(word, taken))):
            continue
        if first == 0:
            return offset
        found = _align(words, letters, position - 1, first - 1)
        if found is not None:
            return found
    return None


def _compound(word: str, letters: str) -> bool:
    """Whether a word of two gives the initials of both: "handball" HB, "socioculturel" SC."""
    return any(
        len(word) > len(second) > 0 and word.endswith(second) and letters == word[0] + second[0]
        for second in words_of("abbreviations", "sigle.second")
    )


def find_definitions(text: str) -> list[Definition]:
    """Every tie of a sigle to its long form in a text."""
    return [*_sigle_after(text), *_sigle_before(text)]


def _sigle_after(text: str) -> list[Definition]:
    found = []
    for match in cased("abbreviations", "sigle.after").finditer(text):
        stop = len(text[: match.start()].rstrip())
        begin = max(0, stop - _REACH)
        window = text[begin:stop]
        cut = max(window.rfind("\n\n"), window.rfind(". "), window.rfind(";"), window.rfind("("), window.rfind("\t"))
        window, begin = window[cut + 1 :], begin + cut + 1
        start = long_form(window, match[1])
        place = cased("abbreviations", "sigle.place").search(window) if start is None else None
        if start is None:
            start = _beside_tail(window, match[1])
        if start is None and place:  # "Union commerciale et artisanale du Pays de Valmorin (UCA)"
            start = long_form(window[: place.start()], match[1])
        if start is not None:
            found.append(Definition(begin + start, stop, match[1], match.start(1)))
    return found


def _beside_tail(window: str, sigle: str) -> int | None:
    """Where a long form begins whose last words, in lower case, give a longer sigle no letter.

    "Union Nationale de Familles et Amis de personnes malades (UNAFAM)"; it begins with a capital.
    """
    words = list(_WORD.finditer(window))
    for last in reversed(words[-_TAIL:] if len(sigle) >= _LONG_SIGLE else []):
        if not last.group().islower():
            return None
        start = long_form(window[: last.start()], sigle)
        if start is not None:
            return start if window[start].isupper() else None
    return None


def _sigle_before(text: str) -> list[Definition]:
    found = []
    for match in cased_finder("abbreviations", "sigle.before").finditer(text):
        start = long_form(match[2], match[1])
        if start is not None and start <= 4:
            found.append(Definition(match.start(2) + start, match.end(2), match[1], match.start(1)))
    return found


@Language.component("delibgraph_abbreviations")
def abbreviations_component(doc: Doc) -> Doc:
    """Fill ``doc._.reading.definitions``."""
    reading: Reading = doc._.reading
    reading.definitions = find_definitions(reading.text)
    return doc
