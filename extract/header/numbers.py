"""Small whole numbers in figures or in words."""

from __future__ import annotations

from functools import cache

from extract.patterns import table
from extract.text import fold


@cache
def number_words() -> dict[str, int]:
    """French number words in folded form, with their values."""
    return {fold(word): value for word, value in table("numbers")["numbers"].items()}


def read_number(written: str) -> int | None:
    """ "34", "trente-quatre", "aucune"; None for anything else."""
    source = fold(written).strip()
    if source.isdigit():
        return int(source)
    words = [word for word in source.replace("-", " ").split() if word != "et"]
    if not words or any(word not in number_words() for word in words):
        return None
    return sum(number_words()[word] for word in words)
