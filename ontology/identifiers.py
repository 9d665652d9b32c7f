"""Numbers of the national registers: form and check digit.

SIREN (nine digits) and SIRET (fourteen) end with a digit that makes their Luhn sum a multiple of ten (INSEE, ISO/IEC
7812); La Poste (SIREN 356000000) numbers its establishments so that the plain sum of the digits is a multiple of five.
An RNA number is W and nine figures (arrêté du 14 octobre 2009, répertoire national des associations).
"""

from __future__ import annotations

import re

_RNA = re.compile(r"W[0-9][0-9A-B][0-9]{7}")
_POST = "356000000"


def is_siren(figures: str) -> bool:
    """Whether nine figures, without spaces, can be a SIREN."""
    return len(figures) == 9 and _are_digits(figures) and _luhn(figures) % 10 == 0


def is_siret(figures: str) -> bool:
    """Whether fourteen figures, without spaces, can be a SIRET: that of its unit and its own check digit."""
    if len(figures) != 14 or not _are_digits(figures) or not is_siren(figures[:9]):
        return False
    return _luhn(figures) % 10 == 0 or (figures.startswith(_POST) and sum(map(int, figures)) % 5 == 0)


def is_rna(text: str) -> bool:
    """Whether ``text`` is the number of an association in the RNA (W751234567; Corsica has W2A and W2B)."""
    return _RNA.fullmatch(text) is not None


def _are_digits(figures: str) -> bool:
    return figures.isascii() and figures.isdigit() and any(c != "0" for c in figures)


def _luhn(figures: str) -> int:
    """The Luhn sum: every second digit from the right is doubled, and the digits of the products are added."""
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    return sum(doubled[int(c)] if place % 2 else int(c) for place, c in enumerate(reversed(figures)))
