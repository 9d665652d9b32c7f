"""How sure a funding is: the share of right ones among those read in the same way on annotated texts.

What the trained models read (``sure``, the product of their probabilities) is put through a calibration curve
(``patterns/calibration.toml``), measured on texts of authors the models had not seen. Rows of tables are read by rule:
their figures are data (``patterns/confidence.toml``), written by ``tests/acts/calibrate.py`` from the development
acts and never by hand: (right + 1) / (read + 2) for each (rule, way the beneficiary was found). What awards of acts
that nobody had read before came to has the last word (``patterns/seen.toml``).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from extract.facts import Rules
from extract.patterns import table

_UNKNOWN = 0.5


@cache
def _figures() -> dict[str, float]:
    return {str(name): float(value) for name, value in table("confidence").get("rule", {}).items()}


def learned(sure: float, rules: Rules) -> float:
    """The share of right ones among readings of which the models are that sure, by what rules say of it."""
    curve = table("calibration")[rules]
    points = list(zip(curve["sure"], curve["right"], strict=True))
    for (low, below), (high, above) in pairwise(points):
        if sure <= high:
            part = (sure - low) / (high - low) if high > low else 1.0
            return round(float(below + (above - below) * max(0.0, part)), 3)
    return float(points[-1][1])


def as_seen(sure: float, rule: str, how: str, *, exposed: bool) -> float:
    """The confidence of an award, lowered where such readings of acts that nobody had read before were seen to fail.

    ``exposed`` tells that the exposé alone tells it. Two kinds fail oftener than their confidence says
    (``patterns/seen.toml``): what is read less surely there, and money of which no receiver is found.
    """
    seen = table("seen")
    if how == "none" and rule in seen["nobody"]["rules"]:
        sure = min(sure, float(seen["nobody"]["right"]))
    told = seen["exposed"]
    if exposed and sure < told["surely"] and rule not in told["fields"]:
        sure = min(sure, float(told["right"]))
    return sure


def as_part(sure: float, whole: float) -> float:
    """The confidence of a part of an award, an instalment or a share: that of the whole, where its own is lower.

    Who pays and who receives is what may be wrong of either, and that is the same: of 362 parts of awards that are
    published, in all annotated acts, none was wrong whose whole was right.
    """
    return max(sure, whole)


def confidence(status: str, rule: str, how: str, sure: float | None = None, rules: Rules = "silent") -> float:
    """The calibrated precision of a reading; of the rule as a whole where this way was too rarely seen.

    ``sure`` is how sure the trained models are, None where none was asked; ``rules`` what rules say.
    """
    if sure is not None:
        return learned(sure, rules)
    figures = _figures()
    for name in (f"{status}/{rule}/{how}", f"{status}/{rule}", status):
        if name in figures:
            return figures[name]
    return _UNKNOWN
