"""The names of persons, taken apart for comparison."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from extract.facts import PersonName
from graph.normal import compact, words

DATA = Path(__file__).parent / "data"
Gender = Literal["m", "f"]


@cache
def settings() -> Mapping[str, Any]:
    """Weights, values and thresholds: ``data/persons.toml``."""
    return tomllib.loads((DATA / "persons.toml").read_text(encoding="utf-8"))


@cache
def _given_names() -> Mapping[str, str]:
    with (DATA / "given-names.csv").open(encoding="utf-8", newline="") as stream:
        return {compact(row["name"]): row["gender"] for row in csv.DictReader(stream)}


@dataclass(frozen=True)
class PersonForm:
    """A name in the form in which it is compared: folded words of the given and the family name.

    ``honorific`` is "M." or "Mme" where the acts that write the name agree on it.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    honorific: str | None = None

    @classmethod
    def of(cls, name: PersonName) -> PersonForm:
        """The form of a name as an act writes it."""
        return cls(words(name.given or ""), words(name.family), name.honorific)

    @property
    def signature(self) -> str:
        """ "family|given": what names of one spelling share."""
        return f"{'-'.join(self.family)}|{'-'.join(self.given)}"

    @cached_property
    def family_letters(self) -> str:
        """The family name run together: "LOVICH I" and "LOVICHI" are equal."""
        return "".join(self.family)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words of the family name without particles; all of them where nothing else is left."""
        particles = settings()["names"]["particles"]
        return tuple(w for w in self.family if w not in particles) or self.family

    @cached_property
    def given_letters(self) -> str:
        """The given name run together."""
        return "".join(self.given)

    @property
    def is_common(self) -> bool:
        """Whether the given name is so common that two bearers of like family names are likely two persons."""
        return self.given_letters in _given_names()

    @property
    def gender(self) -> Gender | None:
        """From the honorific, else from the given name, None where neither tells."""
        if self.honorific:
            return "m" if self.honorific == "M." else "f"
        usual = _given_names().get(self.given_letters) or _given_names().get(self.given[0] if self.given else "")
        return "m" if usual == "m" else "f" if usual == "f" else None
