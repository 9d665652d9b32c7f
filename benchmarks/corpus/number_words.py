"""Whole numbers under a million as French words, for composed acts."""

from __future__ import annotations

_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")


def _plain(words: str) -> str:
    """« quatre-vingts », « deux cents » lose their s before « mille »."""
    return words[:-1] if words.endswith(("vingts", "cents")) else words


def in_words(value: int) -> str:
    """A number under a million as French words."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        head = "mille" if thousands == 1 else _plain(in_words(thousands)) + " mille"
        return head + (" " + in_words(rest) if rest else "")
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent" + ("s" if not rest else "")
        return head + (" " + in_words(rest) if rest else "")
    if value < len(_UNITS):
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    if tens in (7, 9):
        joint = " et " if value == 71 else "-"
        return _TENS[tens] + joint + _UNITS[unit + 10]
    if not unit:
        return _TENS[tens] + ("s" if tens == 8 else "")
    return _TENS[tens] + (" et un" if unit == 1 and tens < 8 else "-" + _UNITS[unit])
