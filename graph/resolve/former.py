"""Former names of organisations: "X (ex-Y)", "X, anciennement Y", "Y, devenue X"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.resolve.places import settings


@dataclass(frozen=True, slots=True)
class Named:
    """A name as an act gives it: the one in use, and those borne before."""

    current: str
    former: tuple[str, ...] = ()


def split_former(written: str) -> Named:
    """The names that ``written`` gives; "ex-Y" alone is Y, for want of a newer one.

    >>> split_former("Ligue de Beaune (ex-Atelier Dumas)")
    Named(current='Ligue de Beaune', former=('Atelier Dumas',))
    """
    text = written.strip()
    former: list[str] = []
    for expression in _expressions():
        found = expression.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        former.append(_tidy(parts["former"]))
        text = _tidy(parts.get("current") or parts["former"])
    return Named(text, tuple(name for name in former if name and name != text))


@cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in settings()["former"]["expressions"])


def _tidy(name: str) -> str:
    return name.strip(" ,;:«»\"'()-–—")
