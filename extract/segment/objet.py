"""The "OBJET :" of acts, told from the field of a card ("Bénéficiaire : Foyer rural / Objet : saison 2024")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder
from extract.patterns import pattern

#: A card has no more characters above its "Objet :".
_CARD = 600


def told_objets(source: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Every "OBJET :" of ``source[start:end]`` (folded text) that is not the field of a card."""
    for found in finder("segment", "objet").finditer(source, start, end):
        if not _in_card(source, max(start, found.start() - _CARD), found.start()):
            yield found


def _in_card(source: str, start: int, at: int) -> bool:
    """Whether a line of the same paragraph, above the place, names whom a card is about."""
    above = source[start:at].rpartition("\n\n")[2]
    return any(pattern("segment", "card").match(line) for line in above.splitlines())
