"""One entry a person: what a roster tells twice of the same member is put together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from extract.facts import AttendanceFact, Evidence, PersonName
from extract.text import key

#: Two spellings of one name in one document ("TESIER", "TESSIER") are so much alike.
_ALIKE = 88


class _Key(NamedTuple):
    """A name in the forms in which it is compared."""

    words: tuple[str, ...]
    family: str
    given: str

    @property
    def signs(self) -> tuple[tuple[str, ...], ...]:
        """What two names of one person have in common, one of them at least."""
        return self.words, ("family", self.family), ("given", self.given.replace(" ", ""))


@lru_cache(maxsize=4096)
def _key(written: str, family: str, given: str | None) -> _Key:
    words = tuple(sorted(key(word) for word in written.split()))
    return _Key(words, key(family), key(given or ""))


def _key_of(name: PersonName) -> _Key:
    return _key(name.written, name.family, name.given)


_Told = tuple[int, AttendanceFact, _Key]


def merged(told: Iterable[tuple[int, AttendanceFact]]) -> tuple[AttendanceFact, ...]:
    """The facts without repetitions, each given with the number of its list.

    The proxy of somebody also listed as absent tells both. Somebody who is present and gave a proxy came or left in
    between: both are kept. Two spellings may be one person in two lists, never in one.
    """
    kept: list[_Told] = []
    seen: set[tuple[str, ...]] = set()
    for number, fact in told:
        mine = _key_of(fact.member)
        signs = mine.signs
        alike = enumerate(kept) if not seen.isdisjoint(signs) else ()
        seen.update(signs)
        index = next((i for i, other in alike if _one(other, (number, fact, mine), kept)), None)
        if index is None:
            kept.append((number, fact, mine))
        else:
            together = _together(kept[index][1], fact)
            kept[index] = (kept[index][0], together, _key_of(together.member))
    return tuple(fact for _, fact, _ in kept)


def _one(known: _Told, told: _Told, roster: list[_Told]) -> bool:
    present = "present" in (known[1].status, told[1].status)
    if present and known[1].status != told[1].status and not _came(known, told):
        return False
    if known[0] == told[0] and _of_two_civilities(known[1].member, told[1].member):
        return False
    if known[2].words == told[2].words:
        return True
    if known[2].family != told[2].family and (
        present or known[2].given.replace(" ", "") != told[2].given.replace(" ", "")
    ):
        return False
    return _same(known[2], told[2], (each for _, _, each in roster), alike=not present and known[0] != told[0])


def _came(known: _Told, told: _Told) -> bool:
    """Whether somebody is listed as absent who came later, as the list says: they are present, from that moment."""
    absent = "absent" in (known[1].status, told[1].status)
    return absent and known[2].words == told[2].words and bool(known[1].valid_from or told[1].valid_from)


def _of_two_civilities(one: PersonName, other: PersonName) -> bool:
    """Whether "M. ROYER" and "Mme ROYER" stand for two persons: nothing but the civility tells them apart."""
    return None not in (one.honorific, other.honorific) and one.honorific != other.honorific


def same_person(one: PersonName, other: PersonName, roster: list[PersonName], *, alike: bool = False) -> bool:
    """Whether two names of one document are the same person's: the same words, or a family name no other bears.

    With ``alike``, a family name spelt in two ways is one where the given name is the same.
    """
    return _same(_key_of(one), _key_of(other), map(_key_of, roster), alike=alike)


def _same(one: _Key, other: _Key, roster: Iterable[_Key], *, alike: bool) -> bool:
    if one.words == other.words:
        return True
    if one.given and other.given:
        same_given = one.given.replace(" ", "") == other.given.replace(" ", "")
        if one.family == other.family:
            return same_given or _abbreviates(one.given, other.given)
        return alike and same_given and ratio(one.family, other.family) >= _ALIKE
    if one.family != other.family:
        return False
    return len({name.words for name in roster if name.family == one.family}) <= 1


def _abbreviates(one: str, other: str) -> bool:
    """Whether one given name is the initials of the other: "R" and "Raymond", "J-P." and "Jean-Pierre"."""
    short, long = sorted((one.split(), other.split()), key=lambda words: sum(map(len, words)))
    initials = "".join(short)
    return len(initials) <= len(long) and all(long[i][0] == c for i, c in enumerate(initials)) and len(initials) < 4


def _together(known: AttendanceFact, fact: AttendanceFact) -> AttendanceFact:
    statuses = (known.status, fact.status)
    status = next((each for each in ("represented", "present") if each in statuses), known.status)
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
