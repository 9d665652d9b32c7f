"""Features by which two person names are compared: each gives a value with its reason, or a hard no.

Values and weights are declared in ``data/persons.toml``. A hard no (:class:`Never`) cannot be outweighed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from graph.resolve.match import Reason
from graph.resolve.names import PersonForm, settings, short_forms

#: What brings in the name of an estate.
_LAND = (("de",), ("d",), ("du",), ("des",))


@dataclass(frozen=True, slots=True)
class Never:
    """The two names cannot be one person's; ``why`` in French."""

    why: str


def compare(one: PersonForm, other: PersonForm) -> tuple[float, tuple[Reason, ...]] | Never:
    """Score and reasons of a pair of names, or why they are two persons."""
    clash = honorifics(one, other)
    if clash:
        return clash
    if one.letters == other.letters and one.is_full and other.is_full and one.generation == other.generation:
        return 1.0, (Reason("name.identical", 1.0, "mêmes prénom et nom"),)
    given = given_names(one, other)
    if isinstance(given, Never):
        return given
    family = family_names(one, other)
    if isinstance(family, Never):
        return family
    weights = settings()["weights"]
    score = weights["family"] * family.value + weights["given"] * given.value
    reasons: tuple[Reason, ...] = (family, given)
    if one.generation != other.generation:
        reasons = (
            *reasons,
            Reason("bearer.generation", weights["generation"], "père ou fils, l'autre nom ne le dit pas"),
        )
        score += weights["generation"]
    if family.feature == "family.double":
        extra = _bearer(one, other)
        if extra:
            score += extra.value
            reasons = (*reasons, extra)
    return score, reasons


def honorifics(one: PersonForm, other: PersonForm) -> Never | None:
    """ "M." and "Mme" are two persons; so are "Mme MARTIN" and "Jean MARTIN", "MARTIN père" and "MARTIN fils"."""
    if one.honorific and other.honorific and one.honorific != other.honorific:
        return Never(f"« {one.honorific} » et « {other.honorific} »")
    if one.generation and other.generation and one.generation != other.generation:
        return Never(f"« {one.generation} » et « {other.generation} »")
    agreed = one.honorific is not None and one.honorific == other.honorific
    if not agreed and one.given_letters != other.given_letters and {one.gender, other.gender} == {"m", "f"}:
        return Never("un homme et une femme")
    return None


def family_names(one: PersonForm, other: PersonForm) -> Reason | Never:
    """How alike the family names are."""
    values = settings()["family"]
    if one.family_letters == other.family_letters:
        return Reason("family.identical", values["identical"], "même nom de famille")
    if "".join(one.core) == "".join(other.core):
        return Reason("family.particle", values["particle"], "même nom de famille, à la particule près")
    if sorted(one.core) == sorted(other.core):
        return Reason("family.reversed", values["reversed"], "mêmes noms, dans l'autre ordre")
    if _is_without_land(one.family, other.family) or _is_without_land(other.family, one.family):
        return Reason("family.land", values["land"], "le même nom, sans son nom de terre")
    if _is_part(one.core, other.core) or _is_part(other.core, one.core):
        return Reason("family.double", values["double"], "l'un des noms est une partie du nom double")
    return _family_typo(one, other)


def given_names(one: PersonForm, other: PersonForm) -> Reason | Never:
    """How alike the given names are; a missing one counts only inside one séance (see :mod:`persons`)."""
    values = settings()["given"]
    if not one.given or not other.given:
        return Reason("given.missing", values["missing"], "prénom non écrit")
    if one.given_letters == other.given_letters:
        return Reason("given.identical", values["identical"], "même prénom")
    if _initials(one, other) or _initials(other, one):
        return Reason("given.initial", values["initial"], "initiale du prénom")
    if _heard(one, other):
        return Reason("given.heard", values["heard"], "deux graphies d'un prénom")
    if other.given_letters in short_forms().get(one.given_letters, ()) or (
        one.given_letters in short_forms().get(other.given_letters, ())
    ):
        return Reason("given.short", values["short"], "diminutif du prénom")
    if _abbreviated(one.given, other.given):
        return Reason("given.abbreviated", values["abbreviated"], "prénom composé écrit en abrégé")
    if _is_part(one.given, other.given) or _is_part(other.given, one.given):
        return Reason("given.compound", values["compound"], "une partie du prénom composé")
    return _given_typo(one, other)


def _family_typo(one: PersonForm, other: PersonForm) -> Reason | Never:
    """One letter or two in a long name; where a given name is missing, nothing but a clear slip."""
    values, left, right = settings()["family"], one.family_letters, other.family_letters
    shortest, longest = sorted((len(left), len(right)))
    distance = OSA.distance(left, right, score_cutoff=2)
    text = f"{distance} lettre{'s' if distance > 1 else ''} de différence dans le nom"
    letters = values["letters"]
    if distance > 2:
        return Never("noms de famille différents")
    if _single(left) == _single(right) and shortest >= letters["one"]:
        return Reason("family.doubled", values["doubled"], "une lettre simple ou double dans le nom")
    if (distance == 1 and longest >= letters["one_sure"]) or (distance == 2 and shortest >= letters["two_sure"]):
        return Reason("family.typo", values["typo"], text)
    if not one.given or not other.given:
        return Never("noms de famille différents")
    if (distance == 1 and shortest >= letters["one"]) or (distance == 2 and shortest >= letters["two"]):
        rare = not one.is_common and not other.is_common
        return Reason("family.typo", values["typo_rare"] if rare else values["typo_short"], text)
    return Never("noms de famille différents")


def _single(letters: str) -> str:
    return re.sub(r"(.)\1", r"\1", letters)


def _given_typo(one: PersonForm, other: PersonForm) -> Reason | Never:
    values = settings()["given"]
    if one.is_common and other.is_common:
        return Never("prénoms différents")
    shortest = min(len(one.given_letters), len(other.given_letters))
    distance = OSA.distance(one.given_letters, other.given_letters, score_cutoff=1)
    if distance != 1 or shortest < values["letters"]["one"] or len(one.given) != len(other.given):
        return Never("prénoms différents")
    sure = shortest >= values["letters"]["one_sure"]
    return Reason("given.typo", values["typo" if sure else "typo_short"], "une lettre de différence dans le prénom")


def _bearer(one: PersonForm, other: PersonForm) -> Reason | None:
    weights = settings()["weights"]
    genders = {one.gender, other.gender} - {None}
    if genders == {"f"}:
        return None
    if genders == {"m"}:
        return Reason("bearer.masculine", weights["masculine"], "un homme porte rarement deux noms tour à tour")
    rare = not one.is_common and not other.is_common
    return Reason("bearer.unknown", weights["unknown_rare" if rare else "unknown"], "genre inconnu")


def _is_without_land(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "MONTREVEL", "MONTREVEL DE LUSSY": what a particle brings in behind a whole name is left off at will."""
    behind = long[len(short) :]
    return bool(short) and long[: len(short)] == short and behind[:1] in _LAND and len("".join(short)) > 3


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return len(part) < len(whole) and set(part) <= set(whole) and max(map(len, part), default=0) > 2


def _initials(short: PersonForm, full: PersonForm) -> bool:
    """Whether the one given name is short for the other: "J.", "J.-M.", "JM" (Jean-Marc), "Ph." (Philippe)."""
    if not short.given or short.is_full or not full.given:
        return False
    firsts = "".join(word[0] for word in full.given)
    if short.given_letters in (firsts, firsts[0]) or (
        not full.is_full and full.given_letters[0] == short.given_letters
    ):
        return True
    return len(short.given) == len(full.given) and all(
        b.startswith(a) for a, b in zip(short.given, full.given, strict=True)
    )


def _heard(one: PersonForm, other: PersonForm) -> bool:
    """Whether two given names sound alike and their bearers' civilities do not tell that they are two names."""
    if one.sound != other.sound or not one.is_full:
        return False
    return one.gender == other.gender or (one.honorific is not None and one.honorific == other.honorific)


def _abbreviated(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether compound names are equal word by word, some of the words cut ("J.-Charles", "Marie-Fçoise")."""
    if len(one) != len(other) or len(one) < 2:
        return False
    pairs = list(zip(one, other, strict=True))
    same = [a for a, b in pairs if a == b and len(a) > 2]
    return bool(same) and all(a == b or _cut(a, b) or _cut(b, a) for a, b in pairs)


def _cut(short: str, word: str) -> bool:
    """Whether ``short`` is the beginning of ``word``, or what is left of it without letters in the middle."""
    if len(short) >= len(word):
        return False
    if len(short) <= 2:
        return word.startswith(short)
    rest = iter(word)
    return len(short) > 3 and short[0] == word[0] and short[-1] == word[-1] and all(c in rest for c in short)
