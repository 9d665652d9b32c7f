"""The offices of the members of an assembly, as its roster prints them: maire, adjointe, vice-président …

Beside the name ("DUPONT Jean, 3ème adjoint"; "(Maire)"), above a group ("Adjoints : M. A, Mme B") or behind one ("M. A,
maire, MM. B, C et Mme D, adjoints"). Only what is printed is read; patterns are in ``patterns/offices.toml``. A plural
behind a group counts where it is told where the group began: behind another office, or at "MM.", "Mmes".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import Literal, cast

from extract.facts import AttendanceFact, MemberOffice
from extract.finder import may_match
from extract.patterns import named, pattern

#: A heading stands at most so far before the first name of its group.
_REACH = 60


def with_offices(source: str, attendance: Sequence[AttendanceFact]) -> tuple[AttendanceFact, ...]:
    """The roster with the office of each member, where it is printed; ``source`` is the folded text."""
    if not _tells_any(source, attendance):
        return tuple(attendance)
    groups = {**dict(_closed(source, attendance)), **dict(_groups(source, attendance))}
    shared = Counter(fact.evidence[:1] for fact in attendance)
    out: list[AttendanceFact] = []
    for fact in attendance:
        office = None
        if fact.evidence and shared[fact.evidence[:1]] == 1:
            start, end = fact.evidence[0].start, fact.evidence[-1].end
            office = _beside(source[start:end]) or groups.get(start)
        out.append(fact.model_copy(update={"office": office}) if office else fact)
    return tuple(out)


def _tells_any(source: str, attendance: Sequence[AttendanceFact]) -> bool:
    """Whether an office may be told at all, around the roster."""
    places = [passage for fact in attendance for passage in fact.evidence]
    if not places:
        return False
    start, end = min(place.start for place in places), max(place.end for place in places)
    return bool(_any_office(("member", "group", "closing"))(source[max(0, start - _REACH) : end + _REACH]))


@cache
def _any_office(sections: tuple[str, ...]) -> Callable[[str], object]:
    """A quick test of a passage: None where it holds no word of an office."""
    return may_match(
        "offices", tuple(f"{section}.{name}" for section in sections for name, _ in named("offices", section))
    )


def _beside(entry: str) -> MemberOffice | None:
    """The office that an entry gives its member, before it comes to who holds the proxy."""
    if not _any_office(("member",))(entry):
        return None
    stop = pattern("offices", "ends.proxy").search(entry)
    told = entry[: stop.start()] if stop else entry
    return next((cast(MemberOffice, key) for key, each in named("offices", "member") if each.search(told)), None)


def _groups(source: str, attendance: Sequence[AttendanceFact]) -> Iterator[tuple[int, MemberOffice]]:
    """Start of each entry that stands in a group with an office, and that office."""
    told = sorted((fact for fact in attendance if fact.evidence), key=lambda fact: fact.evidence[0].start)
    starts = [fact.evidence[0].start for fact in told]
    office: MemberOffice | None = None
    status = None
    for (before, start), fact in zip(pairwise([starts[0] - _REACH if starts else 0, *starts]), told, strict=True):
        between = source[max(0, before, start - _REACH) : start]
        heading = _heading(between)
        if heading is not None or fact.status != status:
            office = heading or None
        status = fact.status
        if office:
            yield start, office


def _closed(source: str, attendance: Sequence[AttendanceFact]) -> Iterator[tuple[int, MemberOffice]]:
    """Start of each entry of a group that a plural closes, and its office: those behind the last office told."""
    told = sorted((fact for fact in attendance if fact.evidence), key=lambda fact: fact.evidence[0].start)
    begun: list[int] = []
    bounded = False
    for fact, following in zip_longest(told, told[1:]):
        start, end = fact.evidence[0].start, fact.evidence[-1].end
        same = following is not None and following.status == fact.status
        entry = source[start : following.evidence[0].start if following and same else end]
        if _beside(source[start:end]):
            begun, bounded = [], same
            continue
        begun.append(start)
        office = _closing(entry)
        if office and (bounded or pattern("offices", "ends.several").match(source, begun[0])):
            yield from ((entry_start, office) for entry_start in begun)
        if office or not same:
            begun, bounded = [], bool(office) and same


def _closing(entry: str) -> MemberOffice | None:
    """The office in the plural behind the last name of a group."""
    if not _any_office(("closing",))(entry):
        return None
    stop = pattern("offices", "ends.proxy").search(entry)
    told = entry[: stop.start()] if stop else entry
    return next((cast(MemberOffice, key) for key, each in named("offices", "closing") if each.search(told)), None)


def _heading(between: str) -> MemberOffice | Literal[""] | None:
    """The office of the heading that ends a stretch; "" for another heading, None for none."""
    if ":" not in between:  # what heads a group ends with a colon
        return None
    for key, each in named("offices", "group"):
        if any(match.end() == len(between) for match in each.finditer(between)):
            return cast(MemberOffice, key)
    other = any(match.end() == len(between) for match in pattern("offices", "heading.any").finditer(between))
    return "" if other else None
