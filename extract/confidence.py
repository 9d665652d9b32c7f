"""How sure a funding is: the share of right ones among those the same rule read on annotated acts.

The figures are data (``patterns/confidence.toml``), written by ``tests/acts/calibrate.py`` from the development
acts and never by hand: (right + 1) / (read + 2) for each (rule, way the beneficiary was found).
"""

from __future__ import annotations

from functools import cache

from extract.patterns import table

_UNKNOWN = 0.5


@cache
def _figures() -> dict[str, float]:
    return {str(name): float(value) for name, value in table("confidence").get("rule", {}).items()}


def confidence(status: str, rule: str, how: str) -> float:
    """The calibrated precision of a reading; of the rule as a whole where this way was too rarely seen."""
    figures = _figures()
    for name in (f"{status}/{rule}/{how}", f"{status}/{rule}", status):
        if name in figures:
            return figures[name]
    return _UNKNOWN
