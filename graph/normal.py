"""The forms in which names are compared: no case, accents, ligatures or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` without case, accents and ligatures; punctuation is kept.

    >>> fold("L’Œuvre DIJONNAISE")
    "l'oeuvre dijonnaise"
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The folded words of ``text``.

    >>> words("Contrat d'intégration 2022")
    ('contrat', 'd', 'integration', '2022')
    """
    return tuple(_WORD.findall(fold(text)))


def compact(text: str) -> str:
    """The folded letters and digits of ``text``, run together: equal whatever hyphens, spaces and line breaks."""
    return "".join(words(text))


def squeeze(text: str) -> str:
    """``text`` with every run of white space made one space."""
    return " ".join(text.split())
