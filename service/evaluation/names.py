"""The normal forms in which names are compared: without case, accents, punctuation and articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

#: Words that do not tell two names apart.
_EMPTY_WORDS = frozenset(
    (
        "le",
        "la",
        "les",
        "l",
        "d",
        "de",
        "du",
        "des",
        "association",
        "m",
        "mme",
        "monsieur",
        "madame",
        "commune",
        "ville",
    )
)
_HONORIFIC = re.compile(r"(monsieur|madame|mademoiselle|mme|mlle|mr|m|dr|docteur)\b\.?\s+", re.IGNORECASE)
#: Similarity from which two names are one, two titles are one.
NAME, TITLE = 0.9, 0.85


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("œ", "oe")
    return re.findall(r"[a-z0-9]+", plain)


@cache
def normal(text: str) -> str:
    """The normal form of a name: "L'association CESAM" → "cesam"; all its words where nothing else is left."""
    words = _words(text)
    return " ".join([word for word in words if word not in _EMPTY_WORDS] or words)


@cache
def person(name: str) -> str:
    """The normal form of a person's name, in which the order of its words does not matter."""
    return " ".join(
        sorted(_words(_HONORIFIC.sub("", name.strip(), count=1) if _HONORIFIC.match(name.strip()) else name))
    )


@cache
def same(left: str, right: str, threshold: float = NAME) -> bool:
    """Whether two names are the same, up to `threshold` of similarity (difflib's ratio)."""
    a, b = normal(left), normal(right)
    return bool(a and b) and (a == b or SequenceMatcher(None, a, b).ratio() >= threshold)


def any_same(left: Iterable[str], right: Iterable[str], threshold: float = NAME) -> bool:
    """Whether a name of `left` is a name of `right`."""
    others = list(right)
    return any(same(a, b, threshold) for a in left for b in others)
