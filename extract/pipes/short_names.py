"""Names told once with the noun that says what they are, elsewhere without: "l'harmonie La Lyre", then "La Lyre"."""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.headed import heads
from extract.pipes.orgbook import Organisation, OrgBook, name_key
from extract.text import fold

_PREPOSITIONS = ("de", "du", "des", "a", "au", "aux", "en", "sur", "pour")


def without_head(book: OrgBook, name: str) -> Organisation | None:
    """The only organisation of the act that bears a name behind a head noun, None where none or several do."""
    short = name_key(name)
    found = [entry for entry in book.entries if short and _is_headed(entry, short)]
    return found[0] if len(found) == 1 else None


def _is_headed(entry: Organisation, short: str) -> bool:
    """Whether a name of an organisation is a head noun, words of its trade, and then these words."""
    written = entry.name.strip(' "«»')
    folded = fold(written)
    forms = (*(expression for _, expression in heads()), pattern("organisations", "role.if_receiving"))
    found = (expression.match(folded) for expression in forms)
    return any(head is not None and name_key(_proper(written[head.end() :])) == short for head in found)


def _proper(words: str) -> str:
    """The proper name behind a head: "d'escrime La Fine Lame" → "La Fine Lame"; a place ("de Valmore") is none."""
    parts = words.split()
    trade = next((n for n, part in enumerate(parts) if not part.islower()), 0)
    placed = trade and fold(parts[trade - 1]) in (*_PREPOSITIONS, "la", "le", "les")
    return words if placed else " ".join(parts[trade:])
