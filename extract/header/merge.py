"""One entry a person: what a roster tells twice of the same member is put together."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from extract.facts import AttendanceFact, Evidence, PersonName
from extract.text import key

#: Two spellings of one name in one document ("TESIER", "TESSIER") are so much alike.
_ALIKE = 88


def merged(told: Iterable[tuple[int, AttendanceFact]]) -> tuple[AttendanceFact, ...]:
    """The facts without repetitions, each given with the number of its list.

    The proxy of somebody also listed as absent tells both. Somebody who is present and gave a proxy came or left in
    between: both are kept. Two spellings may be one person in two lists, never in one.
    """
    kept: list[tuple[int, AttendanceFact]] = []
    for number, fact in told:
        roster = [other.member for _, other in kept]
        index = next((i for i, other in enumerate(kept) if _one(other, (number, fact), roster)), None)
        if index is None:
            kept.append((number, fact))
        else:
            kept[index] = (kept[index][0], _together(kept[index][1], fact))
    return tuple(fact for _, fact in kept)


def _one(known: tuple[int, AttendanceFact], told: tuple[int, AttendanceFact], roster: list[PersonName]) -> bool:
    one, other = known[1], told[1]
    present = "present" in (one.status, other.status)
    if present and one.status != other.status:
        return False
    return same_person(one.member, other.member, roster, alike=not present and known[0] != told[0])


def same_person(one: PersonName, other: PersonName, roster: list[PersonName], *, alike: bool = False) -> bool:
    """Whether two names of one document are the same person's: the same words, or a family name no other bears.

    With ``alike``, a family name spelt in two ways is one where the given name is the same.
    """
    if _words(one) == _words(other):
        return True
    if one.given and other.given:
        if key(one.family) == key(other.family) and _abbreviates(one.given, other.given):
            return True
        same_given = _given(one) == _given(other)
        return alike and same_given and ratio(key(one.family), key(other.family)) >= _ALIKE
    if key(one.family) != key(other.family):
        return False
    namesakes = {tuple(_words(name)) for name in roster if key(name.family) == key(one.family)}
    return len(namesakes) <= 1


def _abbreviates(one: str, other: str) -> bool:
    """Whether one given name is the initials of the other: "R" and "Raymond", "J-P." and "Jean-Pierre"."""
    short, long = sorted((key(one).split(), key(other).split()), key=lambda words: sum(map(len, words)))
    initials = "".join(short)
    return len(initials) <= len(long) and all(long[i][0] == c for i, c in enumerate(initials)) and len(initials) < 4


def _words(name: PersonName) -> list[str]:
    return sorted(key(word) for word in name.written.split())


def _given(name: PersonName) -> str:
    return key(name.given or "").replace(" ", "")


def _together(known: AttendanceFact, fact: AttendanceFact) -> AttendanceFact:
    status = "represented" if "represented" in (known.status, fact.status) else known.status
    member = fact.member if fact.member.given and not known.member.given else known.member
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys((*known.evidence, *fact.evidence)))
    return known.model_copy(
        update={
            "member": member,
            "status": status,
            "proxy_holder": known.proxy_holder or fact.proxy_holder,
            "valid_from": known.valid_from or fact.valid_from,
            "valid_until": known.valid_until or fact.valid_until,
            "evidence": evidence,
        }
    )
