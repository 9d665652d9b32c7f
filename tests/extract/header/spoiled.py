"""What converters and typists do to a head that was written well: each spoiler changes the text, never what it says.

:func:`spoil` applies one of them to a composed head (``composed.py``), chosen at random among those that fit it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.extract.header.composed import INLINE, Head

Spoiler = Callable[[Head, Random], str | None]
#: A comma between two names written with a family name in capitals, given name first or last.
_COMMA = {
    "given family": re.compile(r"(?<=[A-ZÀ-Ý]{2}), (?=[A-ZÀ-Ý][a-zà-ÿ])"),
    "family given": re.compile(r"(?<=[a-zà-ÿ]), (?=[A-ZÀ-Ý][A-ZÀ-Ý'-]+ )"),
}
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-(?=[A-ZÀ-Ý][a-zà-ÿ])|(?<=[A-ZÀ-Ý])-(?=[A-ZÀ-Ý]{2})")
_LINKS = (
    "{g} pouvoir à {h}",
    "{g} a donné pouvoir à {h}",
    "{g} donne pouvoir à {h}",
    "{g}, pouvoir à {h}",
    "{g} donne procuration à {h}",
    "{g} a donné procuration à {h}",
)
#: A line of a list of proxies.
_PAIR = re.compile(
    r"^[-•* ]*(?P<giver>[^\n:;,(]+?),?(?P<link> (?:a donné |donne )?(?:pouvoir|procuration) à )"
    r"(?P<holder>[^\n:;,)]+)[,;]?$",
    re.MULTILINE,
)
_HEADING = re.compile(r"^(?:PRÉSENTS|PRESENTS|ABSENTS)(?= ?:?$)", re.MULTILINE)


def lost_apostrophes(head: Head, random: Random) -> str | None:
    """A converter made each apostrophe of the prose a space."""
    return re.sub(r"\b([dlsnDLSN])'(?=[aeéèêiouyh])", r"\1 ", head.text)


def wide_hyphens(head: Head, random: Random) -> str | None:
    """A converter set every hyphen between spaces, also where it joins no names."""
    if "dash" in head.axes["layout"] or not re.search(r"\b(?:Jean|Marie|Anne)-[A-Z]", head.text):
        return None
    return _HYPHEN.sub(" - ", head.text)


def spaced_heading(head: Head, random: Random) -> str | None:
    """A heading set in spaced letters."""
    return _HEADING.sub(lambda found: " ".join(found.group()), head.text) if _HEADING.search(head.text) else None


def missing_comma(head: Head, random: Random) -> str | None:
    """The comma between two of the present was forgotten."""
    return _one_comma(head, random, " ")


def full_stop(head: Head, random: Random) -> str | None:
    """A full stop was typed for a comma."""
    return _one_comma(head, random, ". ") if head.axes["name"] == "given family" else None


def doubled_comma(head: Head, random: Random) -> str | None:
    """A name was taken out of the list, its comma left."""
    return _one_comma(head, random, ", , ")


def _one_comma(head: Head, random: Random, instead: str) -> str | None:
    form = _COMMA.get(head.axes["name"])
    places = list(form.finditer(head.text)) if form and head.axes["layout"] in INLINE else []
    if len(places) < 4:
        return None
    at = random.choice(places)
    return head.text[: at.start()] + instead + head.text[at.end() :]


def misplaced_comma(head: Head, random: Random) -> str | None:
    """The comma stands inside the next name: "A Anne, B Paul" became "A, Anne B Paul"."""
    if head.axes["name"] != "family given" or head.axes["layout"] not in INLINE:
        return None
    pairs = list(
        re.finditer(
            r"(?<=, )([A-ZÀ-Ý'-]{3,}) ([A-ZÀ-Ý][a-zà-ÿ]+), (?=[A-ZÀ-Ý'-]{3,} [A-ZÀ-Ý][a-zà-ÿ]+[,.\n])", head.text
        )
    )
    if not pairs:
        return None
    found = random.choice(pairs)
    return head.text[: found.start()] + f"{found[1]}, {found[2]} " + head.text[found.end() :]


def glued(head: Head, random: Random) -> str | None:
    """A converter made one line of the whole document."""
    return " ".join(head.text.split()) if head.axes["layout"] in INLINE and ":" in head.axes["present"] else None


def in_two_columns(head: Head, random: Random) -> str | None:
    """Givers and holders were two columns, read one after the other."""
    pairs = list(_PAIR.finditer(head.text))
    if (
        head.axes.get("link") not in _LINKS
        or len(pairs) < 2
        or len(pairs) != len(head.proxies)
        or head.axes.get("where") != "list"
    ):
        return None
    if any(head.text[one.end() : other.start()].strip("\n -•*") for one, other in pairwise(pairs)):
        return None
    columns = [found["giver"] for found in pairs] + [f"{found['link'].strip()} {found['holder']}" for found in pairs]
    return head.text[: pairs[0].start()] + "\n".join(columns) + head.text[pairs[-1].end() :]


SPOILERS: dict[str, Spoiler] = {
    each.__name__: each
    for each in (
        lost_apostrophes, wide_hyphens, spaced_heading, missing_comma, full_stop, doubled_comma, misplaced_comma, glued,
        in_two_columns,
    )
}  # fmt: skip


def spoil(head: Head, name: str, random: Random) -> Head | None:
    """The head spoiled in one way; None where that way does not fit it."""
    text = SPOILERS[name](head, random)
    return replace(head, text=text) if text and text != head.text else None
