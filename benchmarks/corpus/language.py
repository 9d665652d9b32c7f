"""Things as French names them: with their article, in their forms, dates and sums in figures and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.corpus.number_words import in_words

_TO = {"le": "au ", "la": "à la ", "l'": "à l'", "les": "aux ", "": "à "}
_OF = {"le": "du ", "la": "de la ", "l'": "de l'", "les": "des ", "": "de "}
_VOWELS = "aeéèêiouyhâîôAEÉÈIOUYHÎÔ"
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def capital(words: str) -> str:
    """With a capital first."""
    return words[:1].upper() + words[1:]


def starts_with_vowel(words: str) -> bool:
    """Whether an article before it is cut."""
    return words[:1] in _VOWELS


def of(words: str) -> str:
    """« de » or « d' » and the words."""
    return ("d'" if starts_with_vowel(words) else "de ") + words


@dataclass(frozen=True)
class Named:
    """An organisation: ``article`` le, la, l', les; ``kind`` as the gold has it; ``known`` how it is also named."""

    article: str
    name: str
    kind: str = "association"
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As a list tells it."""
        return capital(self.name)

    @property
    def the(self) -> str:
        """ "l'association Horizon"."""
        return self.article + ("" if self.article.endswith("'") or not self.article else " ") + self.name

    @property
    def to(self) -> str:
        """ "à l'association Horizon"."""
        return _TO[self.article] + self.name

    @property
    def of(self) -> str:
        """ "de l'association Horizon"."""
        return _OF[self.article] + self.name

    @property
    def The(self) -> str:  # noqa: N802 (the form with a capital)
        """ "L'association Horizon"."""
        return capital(self.the)

    @property
    def Name(self) -> str:  # noqa: N802
        """ "Association Horizon"."""
        return capital(self.name)

    @property
    def known(self) -> str:
        """The name that the gold gives: without "association" and quotes."""
        name = self.name
        for generic in ("association ", "commune ", "Entreprise "):
            name = name.removeprefix(generic)
        return name.strip("« »")


@dataclass(frozen=True)
class Person:
    """A member of a council."""

    woman: bool
    given: str
    family: str

    @property
    def name(self) -> str:
        """ "Claire NOËL"."""
        return f"{self.given} {self.family}"

    @property
    def civility(self) -> str:
        """Short."""
        return "Mme" if self.woman else "M."

    @property
    def full(self) -> str:
        """ "Mme Claire NOËL"."""
        return f"{self.civility} {self.name}"

    @property
    def long(self) -> str:
        """ "Madame Claire NOËL"."""
        return f"{'Madame' if self.woman else 'Monsieur'} {self.name}"

    @property
    def title(self) -> str:
        """ "Madame NOËL"."""
        return f"{'Madame' if self.woman else 'Monsieur'} {self.family}"

    @property
    def e(self) -> str:
        """The ending of a participle."""
        return "e" if self.woman else ""


#: How a roster writes a member.
ROSTER: Mapping[str, Callable[[Person], str]] = {
    "civil": lambda p: p.full,
    "plain": lambda p: p.name,
    "reverse": lambda p: f"{p.family} {p.given}",
    "civil reverse": lambda p: f"{p.civility} {p.family} {p.given}",
    "long": lambda p: p.long,
}


@dataclass(frozen=True)
class Day:
    """A date in its writings."""

    date: dt.date

    def __str__(self) -> str:
        """ "4 avril 2023"."""
        date = self.date
        return f"{'1er' if date.day == 1 else date.day} {_MONTHS[date.month - 1]} {date.year}"

    @property
    def weekday(self) -> str:
        """ "mardi 4 avril 2023"."""
        return f"{_DAYS[self.date.weekday()]} {self}"

    @property
    def UPPER(self) -> str:  # noqa: N802
        """ "4 AVRIL 2023"."""
        return str(self).upper()

    @property
    def day_words(self) -> str:
        """ "quatre avril"."""
        date = self.date
        return f"{'premier' if date.day == 1 else in_words(date.day)} {_MONTHS[date.month - 1]}"

    @property
    def year_words(self) -> str:
        """ "deux mille vingt-trois"."""
        return in_words(self.date.year)


def spaced(value: int) -> str:
    """ "12 500"."""
    return f"{value:,}".replace(",", " ")


#: How an authority writes sums.
SUMS: Mapping[str, Callable[[int], str]] = {
    "spaced": lambda value: f"{spaced(value)} €",
    "cents": lambda value: f"{spaced(value)},00 €",
    "no-break": lambda value: f"{spaced(value)} €".replace(" ", "\u00a0"),
    "narrow": lambda value: f"{value:,}".replace(",", "\u202f") + "\u00a0€",
    "plain": lambda value: f"{value} €",
    "glued": lambda value: f"{value}€",
    "points": lambda value: f"{value:,}".replace(",", ".") + " €",
    "euros": lambda value: f"{spaced(value)} euros",
    "words": lambda value: (
        f"{in_words(value)} euros ({spaced(value)} €)" if value < 1_000_000 else f"{spaced(value)} €"
    ),
}


@dataclass(frozen=True)
class Chief:
    """Who speaks and signs for an authority of a kind."""

    kind: str
    person: Person

    @property
    def the(self) -> str:
        """ "Madame la Présidente"."""
        return f"{'Madame' if self.person.woman else 'Monsieur'} {self.title[0].lower()}{self.title[1:]}"

    @property
    def The(self) -> str:  # noqa: N802
        """The same: it begins with a capital."""
        return self.the

    @property
    def of(self) -> str:
        """ "de Madame la Présidente"."""
        return f"de {self.the}"

    @property
    def title(self) -> str:
        """ "La Présidente", "Le Maire"."""
        if self.kind == "commune":
            return "Le Maire"
        return "La Présidente" if self.person.woman else "Le Président"


class Verbs:
    """Verbs at the head of a point, in the mood of a layout: of, present, capitals, bold, running."""

    def __init__(self, present: Mapping[str, str], mood: str) -> None:
        """``present`` is by infinitive."""
        self._present, self._mood = present, mood

    def __getattr__(self, infinitive: str) -> str:
        """ "d'attribuer", "Attribue", "ATTRIBUE", "**d'attribuer**"."""
        present = self._present[infinitive]
        forms = {"present": capital(present), "capitals": present.upper(), "bold": f"**{of(infinitive)}**"}
        return forms.get(self._mood, of(infinitive))
