"""Features by which two person names are compared: each gives a value with its reason, or a hard no.

Values and weights are declared in ``data/persons.toml``. A hard no (:class:`Never`) cannot be outweighed.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from graph.resolve.match import Reason
from graph.resolve.names import PersonForm, settings


@dataclass(frozen=True, slots=True)
class Never:
    """The two names cannot be one person's; ``why`` in French."""

    why: str


def compare(one: PersonForm, other: PersonForm) -> tuple[float, tuple[Reason, ...]] | Never:
    """Score and reasons of a pair of names, or why they are two persons."""
    clash = honorifics(one, other)
    if clash:
        return clash
    given = given_names(one, other)
    if isinstance(given, Never):
        return given
    family = family_names(one, other)
    if isinstance(family, Never):
        return family
    weights = settings()["weights"]
    score = weights["family"] * family.value + weights["given"] * given.value
    reasons: tuple[Reason, ...] = (family, given)
    if family.feature == "family.double":
        extra = _bearer(one, other)
        if extra:
            score += extra.value
            reasons = (*reasons, extra)
    return score, reasons


def honorifics(one: PersonForm, other: PersonForm) -> Never | None:
    """ "M." and "Mme" are two persons."""
    if one.honorific and other.honorific and one.honorific != other.honorific:
        return Never(f"« {one.honorific} » et « {other.honorific} »")
    return None


def family_names(one: PersonForm, other: PersonForm) -> Reason | Never:
    """How alike the family names are."""
    values = settings()["family"]
    if one.family_letters == other.family_letters:
        return Reason("family.identical", values["identical"], "même nom de famille")
    if "".join(one.core) == "".join(other.core):
        return Reason("family.particle", values["particle"], "même nom de famille, à la particule près")
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
    if _initials(one.given, other.given):
        return Reason("given.initial", values["initial"], "initiale du prénom")
    if _is_part(one.given, other.given) or _is_part(other.given, one.given):
        return Reason("given.compound", values["compound"], "une partie du prénom composé")
    return _given_typo(one, other)


def _family_typo(one: PersonForm, other: PersonForm) -> Reason | Never:
    values = settings()["family"]
    letters = values["letters"]
    shortest = min(len(one.family_letters), len(other.family_letters))
    distance = OSA.distance(one.family_letters, other.family_letters, score_cutoff=2)
    text = f"{distance} lettre(s) de différence dans le nom"
    if (distance == 1 and shortest >= letters["one_sure"]) or (distance == 2 and shortest >= letters["two_sure"]):
        return Reason("family.typo", values["typo"], text)
    if (distance == 1 and shortest >= letters["one"]) or (distance == 2 and shortest >= letters["two"]):
        rare = not one.is_common and not other.is_common
        return Reason("family.typo", values["typo_rare"] if rare else values["typo_short"], text)
    return Never("noms de famille différents")


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
    return Reason("bearer.unknown", weights["unknown"], "genre inconnu")


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return len(part) < len(whole) and set(part) <= set(whole) and max(map(len, part), default=0) > 2


def _initials(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one given name is made of initials of the other ("J.-M.", "Jean-Marc")."""
    if len(one) != len(other) or not (all(len(w) == 1 for w in one) or all(len(w) == 1 for w in other)):
        return False
    return all(a[0] == b[0] for a, b in zip(one, other, strict=True))
