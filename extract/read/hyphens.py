"""Words that a line or page break cut with a hyphen, made whole: "associa-" + "tion" is "association".

The rest of the word goes up to the line it began on, so that no line is lost. A hyphen of the word's own stays, whether
known by its parts ("vice-président") or because the document writes it so elsewhere. Lines of a table stay as they are.
"""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.text import fold

#: The end of a line, in the middle of a word that goes on in lower case.
_CUT = re.compile(
    r"(?<![\w'’-])((?:[^\W\d_]['’])?)([^\W\d_]+)[-\u2010\u00ad](\n+)([ ]*)([a-zà-öø-ÿœ][^\s,;:.()]*)([,;:.)]*)[ ]?"
)
_SOFT = "\u00ad"


def rejoined(pages: list[str]) -> list[str]:
    """The pages of a document with their cut words made whole; a word cut by the page goes to the first of the two."""
    whole = fold("\n".join(pages))
    joined = [_CUT.sub(lambda found: _join(found, whole), page) for page in pages]
    for at in range(len(joined) - 1):
        joined[at], joined[at + 1] = _over_page(joined[at], joined[at + 1], whole)
    return joined


def _over_page(page: str, after: str, whole: str) -> tuple[str, str]:
    tail, head = page.rstrip("\n "), after.lstrip("\n ")
    if not tail.endswith(("-", "\u2010", _SOFT)) or not head[:1].islower():
        return page, after
    start = tail.rfind("\n") + 1
    made, count = _CUT.subn(lambda found: _join(found, whole), f"{tail[start:]}\n{head}")
    if not count:
        return page, after
    above, _, below = made.partition("\n")
    return tail[:start] + above, below


def _join(found: re.Match[str], whole: str) -> str:
    article, first, breaks, _, second, signs = found.groups()
    if len(breaks) > 2 or len(second) < 2 or (len(first) > 1 and first.isupper()):
        return found.group()
    before, after = fold(first), fold(second)
    hyphened = f"{before}-{after}"
    own = (
        pattern("hyphens", "kept.before").fullmatch(before)
        or pattern("hyphens", "kept.after").fullmatch(after)
        or (hyphened in whole and f"{before}{after}" not in whole)
    )
    return f"{article}{first}{'-' if own else ''}{second}{signs}{breaks}"
