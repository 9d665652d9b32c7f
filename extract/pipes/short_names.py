"""Names told once with the noun that says what they are, elsewhere without: "l'harmonie La Lyre", then "La Lyre"."""

from __future__ import annotations

import re

from extract.pipes.headed import heads
from extract.pipes.orgbook import Organisation, OrgBook, name_key
from extract.text import fold

#: Words in lower case that end with a noun: "d'escrime", "de théâtre amateur".
_TRADE = re.compile(r"\s+(?:(?:d['’]|de (?:la )?|du |des )[a-zà-ÿ-]+\s+)(?:[a-zà-ÿ-]+\s+)?(?=[A-ZÀ-Ý«\"])")


def without_head(book: OrgBook, name: str) -> Organisation | None:
    """The only organisation of the act that bears a name behind a head noun, None where none or several do."""
    short = name_key(name)
    found = [entry for entry in book.entries if short and _is_headed(entry, short)]
    return found[0] if len(found) == 1 else None


def _is_headed(entry: Organisation, short: str) -> bool:
    """Whether a name of an organisation is a head noun, words of its trade, and then these words."""
    written = entry.name.strip(' "«»')
    for _, expression in heads():
        head = expression.match(fold(written))
        if head is not None and name_key(_proper(written[head.end() :])) == short:
            return True
    return False


def _proper(words: str) -> str:
    """The proper name behind a head: "d'escrime La Fine Lame" → "La Fine Lame"; a place ("de Valmore") is none."""
    trade = _TRADE.match(words)
    return words[trade.end() :] if trade else words
