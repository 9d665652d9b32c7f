"""Lists of grants printed in two panels side by side: each line holds two names, each before its own sum.

``Club de voile    600 €        Amis du lac    100 €`` is two rows. Left as one line, a reader of columns would give the
second sum to the first name. Plans of financing, which set expenses beside resources, are tables of their own kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder
from extract.patterns import pattern

#: One such line alone proves no panels; what heads a plan stands within this many characters above.
_FEWEST, _ABOVE = 2, 300
#: The least that stands between two panels.
_GAP = " " * 3


def panel_breaks(source: str) -> Iterator[int]:
    """Offsets of a space before each second panel, where a line break parts the two; ``source`` is folded."""
    if _GAP not in source:
        return
    run: list[int] = []
    start = end = -1
    for found in finder("view", "panels.row").finditer(source):
        if run and found.start() != end + 1:
            yield from _kept(source, start, run)
            run = []
        start = start if run else found.start()
        end = found.end()
        run.append(found.start("second") - 1)
    yield from _kept(source, start, run)


def _kept(source: str, start: int, run: list[int]) -> list[int]:
    plan = pattern("view", "panels.plan").search(source, max(0, start - _ABOVE), run[-1]) if run else None
    if len(run) < _FEWEST or plan is not None or _is_headed(source[:start].rstrip("\n")):
        return []
    return run


def _is_headed(above: str) -> bool:
    """Whether the line above names a column for each cell of a row: "Association    Demande    Avis    Décision"."""
    heads = re.split(r"\x20{2,}", above[above.rfind("\n") + 1 :].strip())
    told = all(pattern("tables", "header.line").fullmatch(head) for head in heads)
    return len(heads) > _FEWEST and len(set(heads)) == len(heads) and told
