"""Labels of automatic lists, as word processors print them: "1.", "b)", "III", "2.1"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%(\d)")
#: A bullet is a sign of a symbol font, often of no meaning in Unicode; dashes are kept as such.
BULLET = "•"
_DASHES = "-–—"


@dataclass(frozen=True)
class Level:
    """One level of a list: ``form`` is decimal, lowerLetter, upperLetter, lowerRoman, upperRoman, bullet or none.

    ``text`` is the label with %1 for the number of the first level, %2 for that of the second …
    """

    form: str
    text: str
    start: int = 1


@dataclass
class Counter:
    """The running numbers of one list."""

    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def label(self, depth: int) -> str:
        """The label of the next item at a depth, counted from 0; empty where it has none."""
        level = self.levels.get(depth)
        if level is None:
            return BULLET
        for deeper in [d for d in self.counts if d > depth]:
            del self.counts[deeper]
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        if level.form == "bullet":
            sign = level.text.strip()
            return sign if sign and sign in _DASHES else BULLET
        if level.form == "none":
            return ""
        return _PLACE.sub(lambda place: self._number(int(place[1]) - 1), level.text).strip()

    def _number(self, depth: int) -> str:
        level = self.levels.get(depth)
        if level is None:
            return ""
        return numeral(self.counts.get(depth, level.start), level.form)


def numeral(number: int, form: str) -> str:
    """A number in one of the forms of :class:`Level`; decimal for a form that is not known."""
    if form in ("lowerLetter", "upperLetter") and 0 < number < 1000:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        made = ""
        for value, sign in _ROMAN:
            made += sign * (number // value)
            number %= value
        return made if form == "lowerRoman" else made.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)
