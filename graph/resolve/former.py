"""Former names of organisations: "X (ex-Y)", "X, anciennement Y", "Y, devenue X"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile

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


def placed_former(former: tuple[str, ...], current: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a former name; where they are a legal form alone, of the name that has another form now.

    >>> placed_former(("opac",), ("oph", "saint", "orval"))
    ('opac', 'saint', 'orval')
    """
    forms = settings()["words"]["legal_forms"]
    if not all(word in forms for word in former) or current[:1] == former[:1]:
        return former
    rest = tuple(dropwhile(lambda word: word in forms, current))
    return (*former, *rest) if rest != current else former


@cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in settings()["former"]["expressions"])


def _tidy(name: str) -> str:
    return name.strip(" ,;:«»\"'()-–—")
