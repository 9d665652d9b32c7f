"""Plain text made even: line breaks, composed letters, no control characters, pages at form feeds."""

from __future__ import annotations

import re
import unicodedata

from extract.facts import Evidence

_BREAKS = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")
#: Signs that show nothing: of width none, and those that turn the direction of what follows, by which a name or an
#: amount can be shown as another than the one that is read (Unicode Technical Report 36, "Trojan Source").
_DROPPED = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
#: Control characters, and codes that are none (no XML may hold the last two).
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
#: A character that French texts hardly have; a text without one is even as it is.
_ODD = re.compile("[^\t\n\f\x20-~\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u203a\u20ac\u25a0-\u25ff]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def even(text: str) -> str:
    """``\\n`` line breaks, NFC, ligatures of typesetting taken apart, invisible and control characters off."""
    if _ODD.search(text) is None:
        return text
    text = _BREAKS.sub("\n", text)
    text = _CONTROLS.sub(" ", _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", text.translate(_LIGATURES))


def paged(pages: list[str]) -> tuple[str, tuple[Evidence, ...]]:
    """Pages joined by an empty line, and the extent of each in the whole."""
    extents: list[Evidence] = []
    at = 0
    for number, page in enumerate(pages, 1):
        extents.append(Evidence(start=at, end=at + len(page), page=number))
        at += len(page) + 2
    return "\n\n".join(pages), tuple(extents)


def read_plain(text: str) -> tuple[str, tuple[Evidence, ...]]:
    """A decoded text, with pages where it has form feeds and none where it has not."""
    made = even(text)
    if "\f" not in made:
        return made, ()
    return paged([page.strip("\n") for page in made.rstrip("\f\n ").split("\f")])
