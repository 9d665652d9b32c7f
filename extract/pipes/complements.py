"""What completes a name in lower case: "Institut du lin et du chanvre", "École de voile et de plongée".

Nothing but a complement tells such bodies apart, and no capital shows where it ends. A head noun alone goes on with
one, and a complement with another that "et" joins to it: "à la Maison de l'emploi et de la formation". Behind "de"
another body may be joined ("la participation du Comité des fêtes et des bénévoles"), unless the act names the whole
elsewhere. Some heads go on with what they are for: "Fédération pour la pêche et la protection du milieu aquatique".
"""

from __future__ import annotations

from extract.patterns import cased, pattern
from extract.text import fold

#: So many characters behind and before a name are looked at.
_BEHIND, _BEFORE = 80, 8
#: What tells how something is done ("à vélo") is shorter than this.
_HOW = 16


def completed(text: str, start: int, stop: int, limit: int) -> int:
    """Where a name ends with its complements; ``stop`` where it has none that the rules know."""
    stop = _with_complements(text, start, max(stop, purpose_end(text, start, limit)), limit)
    if pattern("names", "complement.placed").fullmatch(fold(text[start:stop])):
        place = cased("names", "complement.place").match(text, stop, limit)
        stop = place.end() if place else stop
    how = pattern("names", "complement.manner").match(fold(text[stop : min(limit, stop + _HOW)]))
    return stop + (how.end() if how else 0)


def _with_complements(text: str, start: int, stop: int, limit: int) -> int:
    behind = fold(text[stop : min(limit, stop + _BEHIND)])
    if not behind.startswith((" ", "\n")):
        return stop
    name, at = fold(text[start:stop]), 0
    if pattern("names", "complement.lone").fullmatch(name):
        first = pattern("names", "complement.first").match(behind)
        if first is None:
            return stop
        at = first.end()
    elif pattern("names", "complement.told").search(name) is None:
        return stop
    more, joined = at, pattern("names", "complement.joined")
    while found := joined.match(behind, more):
        more = found.end()
    return stop + (more if more > at and _is_one(text, start, stop + more) else at)


def purpose_end(text: str, start: int, limit: int) -> int:
    """Where a name ends that tells what the body is for: "Fédération pour la pêche et la protection du milieu …"."""
    if not text[start : start + 1].isupper():
        return start
    found = pattern("names", "complement.purpose").match(fold(text[start : min(limit, start + _BEHIND)]))
    return start + found.end() if found else start


def _is_one(text: str, start: int, stop: int) -> bool:
    """Whether what "et de" joins is in the name: nothing before it says "de", here or where the act names it again."""
    name = text[start:stop]
    at = text.find(name)
    while at >= 0:
        if pattern("names", "complement.of").search(fold(text[max(0, at - _BEFORE) : at])) is None:
            return True
        at = text.find(name, at + 1)
    return False
