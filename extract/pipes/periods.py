"""Years and spans of years. Registered as ``delibgraph_periods``; patterns in ``patterns/periods.toml``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import finder, finders
from extract.pipes.model import Found, Period
from extract.pipes.reading import Reading

_LONGEST = 40


def find_periods(folded: str) -> list[Found[Period]]:
    """Every period of a folded text, longest reading first, in order; a year inside a date is marked so."""
    taken: list[Found[Period]] = []
    dates = [(m.start(), m.end()) for m in finder("periods", "context.date_inside").finditer(folded)]
    for _, expression in finders("periods", "period"):
        for match in expression.finditer(folded):
            if any(match.start() < t.end and match.end() > t.start for t in taken):
                continue
            years = [int(value) for value in match.groupdict().values() if value]
            first, last = years[0], years[-1]
            if 0 <= last - first <= _LONGEST:
                in_date = len(years) == 1 and any(s <= match.start() < e for s, e in dates)
                taken.append(Found(match.start(), match.end(), Period(first, last, in_date)))
    return sorted(taken, key=lambda f: f.start)


@Language.component("delibgraph_periods")
def periods_component(doc: Doc) -> Doc:
    """Fill ``doc._.reading.periods``."""
    reading: Reading = doc._.reading
    reading.periods = find_periods(reading.folded)
    return doc
