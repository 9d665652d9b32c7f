"""Text folding that keeps offsets: the form in which patterns and names are compared.

Everything in ``extract`` that searches text searches its folded form, in which every character stands at the
same index as in the original, so that a match is its own evidence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: How :mod:`extract.mended` marks a hyphen between spaces.
_WIDE_HYPHEN = re.compile(r"(?<=[^\W\d_])---(?=[^\W\d_])")
#: What stands in parentheses.
PARENTHESES = re.compile(r"\([^)]*\)")

#: Typographic variants that French acts mix freely, each mapped to one plain character.
_SAME = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2007": " ",
    "\u2009": " ",
    "º": "°",
}


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


#: The 256 characters that most texts keep to, each folded.
_LATIN = "".join(map(_fold_char, map(chr, range(256)))).encode("latin-1")
_OTHERS = re.compile(r"([^\x00-\xff]+)")


def fold(text: str) -> str:
    """Lower case, no accents, quotes, dashes, figures and spaces made plain, bold marks blank.

    ``len(fold(t)) == len(t)``.
    """
    text = text.replace("**", "  ")
    try:
        return _fold_latin(text)
    except UnicodeEncodeError:
        parts = _OTHERS.split(text)
        return "".join("".join(map(_fold_char, part)) if at % 2 else _fold_latin(part) for at, part in enumerate(parts))


def _fold_latin(text: str) -> str:
    return text.encode("latin-1").translate(_LATIN).decode("latin-1")


def squeeze(text: str) -> str:
    """One space for any run of white space, none at the ends; a hyphen that stood between spaces is one again."""
    joined = " ".join(text.split())
    return _WIDE_HYPHEN.sub("-", joined) if "---" in joined else joined


def key(text: str) -> str:
    """The words of a text, folded, joined by single spaces: equality of keys is equality of names."""
    kept = fold(text).replace("œ", "oe").replace("æ", "ae")
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())
