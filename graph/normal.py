"""The forms in which names are compared: no case, accents, ligatures or punctuation."""

from __future__ import annotations

import re
import unicodedata

from graph.remembered import remembered

_WORD = re.compile(r"[a-z0-9]+")
#: The marks of Latin letters, and all that may be a mark (unicodedata.combining tells; U+034F is none).
_MARKS, _BEYOND = re.compile("[\u0300-\u034e\u0350-\u036f]+"), re.compile("[\u0300-\U0010ffff]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'"})


@remembered(2048)
def fold(text: str) -> str:
    """``text`` without case, accents and ligatures; punctuation is kept.

    >>> fold("L’Œuvre DIJONNAISE")
    "l'oeuvre dijonnaise"
    """
    return folded(text)


def folded(text: str) -> str:
    """The same, of a text that is not kept in memory: a paragraph that is asked for once."""
    if text.isascii():
        return text.casefold()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))
    return _BEYOND.sub(_unmarked, plain).casefold()


def _unmarked(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


@remembered(2048)
def words(text: str) -> tuple[str, ...]:
    """The folded words of ``text``.

    >>> words("Contrat d'intégration 2022")
    ('contrat', 'd', 'integration', '2022')
    """
    return tuple(words_of(fold(text)))


def words_of(text: str) -> list[str]:
    """The words of a text that is folded already."""
    return _WORD.findall(text)


def compact(text: str) -> str:
    """The folded letters and digits of ``text``, run together: equal whatever hyphens, spaces and line breaks."""
    return "".join(words(text))


def squeeze(text: str) -> str:
    """``text`` with every run of white space made one space."""
    return " ".join(text.split())
