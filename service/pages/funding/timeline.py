"""Sums by year as bars, with the years that have none between them. Units: SVG user units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 960, 300
_TOP, _BOTTOM = 34, 36
_WIDEST = 90


@dataclass(frozen=True)
class Bar:
    """A year: the left edge and the middle of its bar, its top and height; ``amount`` None where none is told."""

    year: int
    x: float
    width: float
    y: float
    height: float
    amount: Decimal | None

    @property
    def middle(self) -> float:
        """Where its labels are centred."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Timeline:
    """All that the template draws."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - _BOTTOM


def layout(sums: Mapping[int, Decimal | None]) -> Timeline | None:
    """The bars of all years from the first to the last; None where no amount is told."""
    told = [amount for amount in sums.values() if amount]
    if not told:
        return None
    years = range(min(sums), max(sums) + 1)
    step = min(_WIDEST, WIDTH / len(years))
    largest = float(max(told))
    return Timeline(tuple(_bar(year, place, step, sums.get(year), largest) for place, year in enumerate(years)))


def _bar(year: int, place: int, step: float, amount: Decimal | None, largest: float) -> Bar:
    height = (HEIGHT - _TOP - _BOTTOM) * float(amount or 0) / largest
    return Bar(year, place * step + step * 0.12, step * 0.76, HEIGHT - _BOTTOM - height, height, amount)
