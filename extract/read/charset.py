"""Which bytes are text, in which encoding: by their mark, else UTF-8, UTF-16 (by its zeros), Windows-1252.

Windows-1252 accepts nearly anything, so what it gives must look like text.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Latin text in UTF-16 has a zero in nearly every second byte.
_MANY_ZEROS, _FEW_ZEROS = 0.4, 0.1
_STRAY_CONTROLS, _MOST_CONTROLS = 2, 0.005
_FEWEST_LETTERS = 0.5
_SAMPLE = 65536
_LOOKED_AT = 8192


def decode(data: bytes) -> str | None:
    """The text of some bytes, byte order mark off; None where they are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data[:_SAMPLE]:
        utf16 = _utf16(data)
        return _strict(data, utf16) if utf16 else None
    text = _strict(data, "utf-8")
    return text if text is not None else _strict(data, "cp1252") or _strict(data, "latin-1")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text[:_LOOKED_AT]) else None


def _utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    even, odd = sample[::2], sample[1::2]
    zeros = even.count(0) / max(len(even), 1), odd.count(0) / max(len(odd), 1)
    if zeros[1] >= _MANY_ZEROS and zeros[0] <= _FEW_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] >= _MANY_ZEROS and zeros[1] <= _FEW_ZEROS else None


@lru_cache(maxsize=4096)
def _told(char: str) -> tuple[bool, bool, bool]:
    """Whether a character counts, is a control character, and is a letter, a figure or white space."""
    kind = unicodedata.category(char)
    if kind in ("Cf", "Mn"):
        return False, False, False
    control = kind in ("Cc", "Cn", "Co") and char not in "\t\n\r\f\v\x85"
    return True, control, char.isalnum() or char.isspace()


def _is_text(sample: str) -> bool:
    """Few control characters, and mostly letters and white space; signs without width do not count."""
    seen = controls = wordy = 0
    for char, times in Counter(sample).items():  # a text has few different ones
        counts, control, word = _told(char)
        seen += times * counts
        controls += times * control
        wordy += times * word
    return controls <= _STRAY_CONTROLS + _MOST_CONTROLS * seen and wordy >= _FEWEST_LETTERS * seen
