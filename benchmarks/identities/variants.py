"""How acts write a name: the phenomena of French registers, drawn at random at the rates given here."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from benchmarks.identities.world import Organisation, Person

#: Share of mentions that a phenomenon touches.
MISSPELT = 0.02
BROKEN = 0.3  # of the double names
SHORTENED = 0.3  # of the women with two family names, in one séance
INITIALS = 0.08  # of the séances
REVERSED = 0.3  # of the authorities write the family name first
NO_ACCENTS = 0.4  # of the authorities write capitals without accents
SIGLE_ALONE = 0.4  # of the mentions of an organisation that has a sigle
FORMER = 0.25  # of the mentions of an organisation that had another name: "A (ex-B)"


@dataclass(frozen=True, slots=True)
class Style:
    """What a secretary always does (``reversed``, ``accents``, ``honorific``) and a séance does (``initials``)."""

    reversed: bool
    accents: bool
    honorific: bool
    initials: bool = False


def style(chance: random.Random) -> Style:
    """The style of an authority."""
    return Style(chance.random() < REVERSED, chance.random() >= NO_ACCENTS, chance.random() < 0.7)


def family_in(person: Person, chance: random.Random) -> str:
    """The family name that one séance gives somebody: one of two, or both."""
    if person.birth_family is None:
        return person.family
    return person.family if chance.random() < SHORTENED else f"{person.birth_family}-{person.family}"


def write_person(person: Person, family: str, how: Style, chance: random.Random) -> str:
    """A member as a roster writes them: capitals, order, accents, initials, a slip of the pen, a broken hyphen."""
    if chance.random() < MISSPELT and len(family) > 7:
        family = slip(family, chance)
    family = family.upper()
    if "-" in family and chance.random() < BROKEN:
        family = family.replace("-", "- ", 1)
    given = person.given
    if how.initials:
        given = "-".join(f"{part[0]}." for part in given.split("-"))
    if not how.accents:
        family = plain(family)
    words = f"{family} {given}" if how.reversed and not how.initials else f"{given} {family}"
    title = ("M. " if person.gender == "m" else "Mme ") if how.honorific else ""
    return title + words


def write_organisation(organisation: Organisation, chance: random.Random) -> tuple[str, str | None]:
    """An organisation as an act names it: name, and the sigle that the act ties to it."""
    name, sigle = organisation.name, organisation.sigle
    if sigle and chance.random() < SIGLE_ALONE:
        return chance.choice((sigle, f"le {sigle}")), None
    if chance.random() < MISSPELT:
        words = name.split()
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        words[longest] = slip(words[longest], chance)
        name = " ".join(words)
    if organisation.former and chance.random() < FORMER:
        name = chance.choice((f"{name} (ex-{organisation.former})", f"{name}, anciennement {organisation.former}"))
    elif organisation.former and chance.random() < FORMER:
        name = organisation.former
    shape = chance.random()
    if shape < 0.1:
        name = plain(name.upper())
    elif shape < 0.2:
        name = plain(name)
    elif shape < 0.3:
        name = f"l'association {name}"
    elif shape < 0.35:
        name = f"Association {name}"
    return name, sigle


def is_tie(name: str) -> bool:
    """Whether ``name`` gives a former name beside the one in use."""
    lowered = name.lower()
    return "(ex-" in lowered or ", anciennement " in lowered


def bare(name: str) -> str:
    """``name`` without the word that says that it is an association's."""
    return name.removeprefix("l'association ").removeprefix("Association ")


def slip(word: str, chance: random.Random) -> str:
    """One letter left out, doubled or exchanged with the next, not the first nor the last."""
    at = chance.randrange(1, len(word) - 2)
    how = chance.choice("odx")
    if how == "o":
        return word[:at] + word[at + 1 :]
    if how == "d":
        return word[: at + 1] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def plain(text: str) -> str:
    """Without accents, as old registers write capitals."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
