"""Text folding that keeps offsets: the form in which patterns and names are compared.

Everything in ``extract`` that searches text searches its folded form, in which every character stands at the
same index as in the original, so that a match is its own evidence.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

#: How :mod:`extract.mended` marks a hyphen between spaces.
_WIDE_HYPHEN = re.compile(r"(?<=[^\W\d_])---(?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
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


#: Characters beyond Latin-1 that French texts are set in: as a code page they stand where it has control characters.
_TYPESET = "€œŒŸ’‘“”–—…‐‑−•\u202f\u2009\u2007"
_CONTROLS = range(0x80, 0xA0)
_PAGE = [*map(chr, range(_CONTROLS.start)), *_TYPESET.ljust(len(_CONTROLS), "\ufffe"), *map(chr, range(0xA0, 0x100))]
#: Characters to bytes, and the same bytes to the folded characters: ``codecs`` takes "\ufffe" for no character.
_TO_PAGE = codecs.charmap_build("".join(_PAGE))
_FOLDED_PAGE = "".join(map(_fold_char, _PAGE))
_OTHERS = re.compile(f"([^{re.escape(''.join(_PAGE))}]+|\ufffe+)")


def fold(text: str) -> str:
    """Lower case, no accents, quotes, dashes, figures and spaces made plain, bold marks blank.

    ``len(fold(t)) == len(t)``.
    """
    text = text.replace("**", "  ")
    if text.isascii():
        return text.lower().replace("`", "'")
    try:
        return _fold_page(text)
    except UnicodeEncodeError:
        parts = _OTHERS.split(text)
        return "".join("".join(map(_fold_char, part)) if at % 2 else _fold_page(part) for at, part in enumerate(parts))


def _fold_page(text: str) -> str:
    return codecs.charmap_decode(codecs.charmap_encode(text, "strict", _TO_PAGE)[0], "strict", _FOLDED_PAGE)[0]


def squeeze(text: str) -> str:
    """One space for any run of white space, none at the ends; a hyphen that stood between spaces is one again."""
    joined = " ".join(text.split())
    return _WIDE_HYPHEN.sub("-", joined) if "---" in joined else joined


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The words of a text, folded, joined by single spaces: equality of keys is equality of names."""
    return " ".join(_WORD.findall(fold(text).replace("œ", "oe").replace("æ", "ae")))
