"""French typography of figures, dates and vocabulary values, for pages and messages.

Thousands are set apart by a narrow no-break space (U+202F), the euro sign by a no-break space (U+00A0), as
CLDR does for ``fr``. The words for vocabulary values are data: ``service/pages/words.toml``.
"""

from __future__ import annotations

import datetime as dt
import functools
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from service.pages.wording import groups, look_up

NARROW = "\u202f"
NBSP = "\u00a0"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def word(group: str, key: str | None) -> str:
    """The French word for ``key`` (an IRI or its local name) in a group of words.toml; the key where unknown."""
    return look_up("words.toml", group, key)


def words(group: str) -> dict[str, str]:
    """All the words of a group, in the order of the file (for select boxes)."""
    return dict(groups("words.toml")[group])


def number(value: int | float | Decimal | str | None) -> str:
    """``12500`` → "12 500"; empty for None. Decimals, if any, are kept as they are with a comma."""
    if value is None or value == "":
        return ""
    return f"{Decimal(str(value)):,f}".replace(",", NARROW).replace(".", ",")


def euros(value: Decimal | int | float | str | None) -> str:
    """``12500`` → "12 500,00 €", to the cent; empty for None. What is no number is given back as it came."""
    if value is None or value == "":
        return ""
    try:
        cents = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return str(value)
    return f"{number(cents)}{NBSP}€"


def date_fr(value: str | dt.date | None) -> str:
    """``2023-01-25`` → "25 janvier 2023" ("1er" for the first); what is no ISO date comes back unchanged."""
    if not value:
        return ""
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value[:10])
    except ValueError:
        return str(value)
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def years(start: int | str | None, end: int | str | None) -> str:
    """``2024, 2026`` → "2024-2026"; one year where they are equal or one is missing; empty without both."""
    first, last = str(start or end or ""), str(end or start or "")
    return first if first == last else f"{first}-{last}"


def confidence(value: float | Decimal | str | None) -> str:
    """A confidence in [0, 1] in words; the thresholds are those of the quality page (words.toml)."""
    if value is None or value == "":
        return ""
    return groups("words.toml")["confidence"][confidence_level(float(value))]


def confidence_level(value: float) -> str:
    """The level of a confidence in [0, 1]: a key of the groups "confidence" of words.toml and words-en.toml."""
    return next(key for key, floor in _thresholds() if value >= floor)


@functools.cache
def _thresholds() -> tuple[tuple[str, float], ...]:
    return tuple((key, float(floor)) for key, floor in groups("words.toml")["confidence_from"].items())


def confidence_levels() -> tuple[tuple[str, float], ...]:
    """The levels with their floor, highest first, as used by :func:`confidence`."""
    return _thresholds()
