"""Words that the end of a line cut with a hyphen: "Le Trans-" above "formateur" names Le Transformateur.

A hyphen of the word's own stays: before a capital, or by its parts ("vice-président", ``patterns/hyphens.toml``).
"""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.text import fold

#: A word that goes on in the next line, in lower case.
_CUT = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n[^\S\n]*(?P<after>[a-zà-öø-ÿœ][^\W\d_]+(?:['’-][^\W\d_]+)*)")
#: The same in a name whose white space was squeezed.
_SQUEEZED = re.compile(r"(?P<before>[^\W\d_]+)[-\u2010\u00ad] (?P<after>[a-zà-öø-ÿœ][^\W\d_]+)")
_CUTS = ("- ", "\u2010 ", "\u00ad ")
#: Small words that a hyphen ties to a name: "Saint-Jean- de-Luz".
_SMALL = re.compile(r"(?:[dl]['’]|(?:la|les?|de|du|des|sur|sous|en|lès|lez|et|aux?)-)")


def keeps(before: str, after: str) -> bool:
    """Whether the hyphen at the end of a line is the name's own: before a capital, or after a word like "vice"."""
    word = re.split(r"[\s'’-]", before.rstrip("-\u2010\u00ad"))[-1]
    return not after[0].islower() or any(
        pattern("hyphens", f"kept.{side}").fullmatch(fold(part))
        for side, part in (("before", word), ("after", re.split(r"[\s,;]", after)[0]))
    )


def whole_word(text: str, stop: int) -> int:
    """Where the word ends whose first part ends at ``stop``, which it is where no line cuts it."""
    cut = _CUT.match(text, stop)
    return cut.end() if cut else stop


def uncut(name: str) -> str:
    """A name with its cut words made whole; its white space is squeezed already."""
    return _SQUEEZED.sub(_join, name) if any(cut in name for cut in _CUTS) else name


def _join(found: re.Match[str]) -> str:
    before, after = found["before"], found["after"]
    if _SMALL.match(found.string, found.start("after")):
        return found.group()
    return f"{before}-{after}" if keeps(before, after) else before + after
