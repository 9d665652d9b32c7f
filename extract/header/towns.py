"""The commune that the list of a group of communes writes beside each member.

"Mme X (Talant)", "Mme X, Talant", "TALANT (M. Y)", "Talant : M. Y, Mme Z".

Only the communes of that group count, in full: a bracket may as well hold a political group, a district, an office or
who holds the proxy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from extract.facts import AttendanceFact
from extract.finder import finder
from extract.patterns import pattern
from ontology.authorities import Authority, by_siren, find, members, normalise

#: The name of a commune before the bracket in which its member stands is at most so long.
_REACH = 60
_ENDS_LABEL = re.compile(r"[\n;]")


def with_towns(
    source: str, group: Authority | None, attendance: Sequence[AttendanceFact]
) -> tuple[AttendanceFact, ...]:
    """The roster of ``group`` with the commune of each member, where it is printed; ``source`` is the folded text."""
    if group is None or group.siren is None:
        return tuple(attendance)
    names = _names(group.siren)
    shared = Counter(fact.evidence[:1] for fact in attendance)
    labels = _labels(source, attendance, names)
    out: list[AttendanceFact] = []
    for fact in attendance:
        told: set[str] = set()
        if fact.evidence and shared[fact.evidence[:1]] == 1:
            start, end = fact.evidence[0].start, fact.evidence[-1].end
            written = (normalise(each) for each in _written(source[max(0, start - _REACH) : start], source[start:end]))
            told = {names[town] for town in written if town in names} or _labelled(source, start, labels)
        out.append(fact.model_copy(update={"commune": told.pop()}) if len(told) == 1 else fact)
    return tuple(out)


def _labels(source: str, attendance: Sequence[AttendanceFact], names: Mapping[str, str]) -> list[tuple[int, str]]:
    """Where each "Talant :" of the lists ends, with its commune; none where only one commune is told so."""
    spans = [span for fact in attendance for span in fact.evidence]
    if not spans:
        return []
    start, end = max(0, min(s.start for s in spans) - _REACH), max(s.end for s in spans)
    found = ((m.end(), normalise(m["town"])) for m in pattern("towns", "label").finditer(source, start, end))
    labels = [(at, names[town]) for at, town in found if town in names]
    return labels if len({town for _, town in labels}) > 1 else []


def _labelled(source: str, start: int, labels: Sequence[tuple[int, str]]) -> set[str]:
    """The commune of the last label before ``start``, on the same line and before a semicolon."""
    at, town = labels[place - 1] if (place := bisect_right(labels, (start, ""))) else (start, None)
    return {town} if town and not _ENDS_LABEL.search(source, at, start) else set()


def group_of(name: str | None, siren: str | None, department: str | None) -> Authority | None:
    """The group of communes that an authority is, by its name, else by its SIREN; None where it is no such group."""
    known = find(name, department) if name else None
    if known is None and siren:
        known = by_siren(siren)
    return known if known and known.kind == "epci" else None


def _written(before: str, entry: str) -> Iterator[str]:
    """What may be a commune: in a bracket or behind a dash, before the entry comes to a proxy; before its bracket."""
    stop = pattern("offices", "ends.proxy").search(entry)
    for found in pattern("towns", "behind").finditer(entry[: stop.start()] if stop else entry):
        yield found["town"]
    if above := finder("towns", "before").search(before):
        yield above["town"]


@cache
def _names(siren: str) -> dict[str, str]:
    """The communes of a group, by their names as compared."""
    return {normalise(commune.name): commune.name for commune in members(siren)}
