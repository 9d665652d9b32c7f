"""The names of persons, taken apart for comparison."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from extract.facts import PersonName
from graph.normal import compact, words
from graph.remembered import remembered

DATA = Path(__file__).parent / "data"
Gender = Literal["m", "f"]
_VOWEL = re.compile(r"[aeiouy]")


@cache
def settings() -> Mapping[str, Any]:
    """Weights, values and thresholds: ``data/persons.toml``."""
    return tomllib.loads((DATA / "persons.toml").read_text(encoding="utf-8"))


@cache
def _given_names() -> Mapping[str, str]:
    with (DATA / "given-names.csv").open(encoding="utf-8", newline="") as stream:
        return {compact(row["name"]): row["gender"] for row in csv.DictReader(stream)}


@cache
def _family_names() -> frozenset[str]:
    with (DATA / "family-names.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(compact(row["name"]) for row in csv.DictReader(stream))


def is_family_name(letters: str) -> bool:
    """Whether folded letters ("dasilva") are one of the frequent family names: ``data/family-names.csv``."""
    return letters in _family_names()


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """Diminutive → the given names it stands for (``data/given-variants.csv``)."""
    found: dict[str, set[str]] = {}
    with (DATA / "given-variants.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(compact(row["short"]), set()).add(compact(row["name"]))
    return {short: frozenset(names) for short, names in found.items()}


@dataclass(frozen=True)
class PersonForm:
    """A name in the form in which it is compared: folded words of the given and the family name.

    ``honorific`` is "M." or "Mme" where the acts that write the name agree on it; ``generation`` the word that tells
    the father from the son ("pere", "fils").
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    honorific: str | None = None
    generation: str | None = None

    @classmethod
    def of(cls, name: PersonName) -> PersonForm:
        """The form of a name as an act writes it."""
        return _form(name.given or "", name.family, name.honorific)

    @cached_property
    def signature(self) -> str:
        """ "family|given": what names of one spelling share."""
        which = f"|{self.generation}" if self.generation else ""
        return f"{'-'.join(self.family)}|{'-'.join(self.given)}{which}"

    @cached_property
    def family_letters(self) -> str:
        """The family name run together: "LOVICH I" and "LOVICHI" are equal, "ST-AUBERT" and "SAINT-AUBERT" too."""
        return "".join(self._spelt)

    @property
    def _spelt(self) -> tuple[str, ...]:
        table = settings()["names"]["abbreviated"]
        return tuple(table.get(word, word) for word in self.family) if len(self.family) > 1 else self.family

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words of the family name without particles; all of them where nothing else is left."""
        particles = settings()["names"]["particles"]
        return tuple(w for w in self._spelt if w not in particles) or self.family

    @cached_property
    def given_letters(self) -> str:
        """The given name run together."""
        return "".join(self.given)

    @cached_property
    def is_full(self) -> bool:
        """Whether a given name is written, and not by its initials or first letters ("JM", "Ph.", "Chr.")."""
        return any((len(word) > 2 and _VOWEL.search(word)) or word in _given_names() for word in self.given)

    @cached_property
    def letters(self) -> str:
        """All letters, in the order given name, family name: equal wherever the layout cut the name."""
        return self.given_letters + self.family_letters

    @cached_property
    def sound(self) -> str:
        """The given name as it is heard: "Michèle" and "Michelle", "Muriel" and "Murielle" are equal."""
        return heard(self.given_letters)

    @property
    def is_common(self) -> bool:
        """Whether the given name is so common that two bearers of like family names are likely two persons."""
        return self.given_letters in _given_names()

    @property
    def has_common_family(self) -> bool:
        """Whether the family name is one of the most frequent ones of the country, or of two of them."""
        return all(word in _family_names() for word in self.core) or self.family_letters in _family_names()

    @cached_property
    def gender(self) -> Gender | None:
        """From the honorific, else from the given name, None where neither tells."""
        if self.honorific:
            return "m" if self.honorific == "M." else "f"
        usual = _given_names().get(self.given_letters) or _given_names().get(self.given[0] if self.given else "")
        return "m" if usual == "m" else "f" if usual == "f" else None


@remembered(2048)
def _form(given: str, family: str, honorific: str | None) -> PersonForm:
    """One object for each name, so that what is derived from it is derived once.

    What the reading left to be told apart here: "M.-J. NOIRMONT" (no civility), "LAUDREN S." (an initial, no family
    name), "Me Sophie LANGLADIER" (a title, no given name).
    """
    first, last = words(given), words(family)
    if given.startswith("-") and honorific == "M.":
        first, honorific = ("m", *first), None
    if len(last) == 1 and len(last[0]) == 1 and len("".join(first)) > 2:
        first, last = last, first
    generation = settings()["names"]["generations"].get(last[-1]) if len(last) > 1 else None
    last = last[:-1] if generation else last
    titles = settings()["names"]["titles"]
    while first and first[0] in titles:
        honorific = honorific or titles[first[0]] or None
        first = first[1:]
    return PersonForm(first, last, honorific, generation)


@remembered(2048)
def heard(letters: str) -> str:
    """Folded letters as they are heard in French: rules of ``data/persons.toml``, in their order.

    >>> heard("frederique") == heard("frederic")
    True
    """
    for expression, sound in _sounds():
        letters = expression.sub(sound, letters)
    return letters


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(written), sound) for written, sound in settings()["names"]["sounds"])


@remembered(4096)
def term(date: dt.date | None) -> int | None:
    """The year in which the term of office began that ``date`` falls in, None without a date."""
    if date is None:
        return None
    starts: list[dt.date] = settings()["terms"]["starts"]
    place = bisect_right(starts, date)
    return starts[place - 1].year if place else 0
