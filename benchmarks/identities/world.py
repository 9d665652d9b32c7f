"""The world that the acts speak of: authorities, their councils by term of office, organisations.

Authorities are real (``ontology.authorities``), because communes are told apart by the reference data; the persons
and the associations are drawn by Faker and exist nowhere. Namesakes are planted: brothers and sisters in one council,
one name in several councils, one common association name in every commune, communes of one name.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faker import Faker

from ontology.authorities import Authority, everything

#: First and last year of each term of office.
TERMS = ((2014, 2019), (2020, 2025))
_SIZES = (19, 23, 29, 35, 43, 55)
_COMMUNES = 90
_GROUPS = 30
_NAMESAKES = 10
_LOCAL = 40
_SHARED = 150

#: Names that most communes have one of.
_COMMON = (
    "Comité des fêtes",
    "Amicale des sapeurs-pompiers",
    "Club du troisième âge",
    "Anciens combattants",
    "Foyer rural",
    "Société de chasse",
    "Donneurs de sang bénévoles",
    "Association des parents d'élèves",
    "Coopérative scolaire",
    "Harmonie municipale",
    "Tennis club",
    "Union sportive",
)
_HEADS = (
    "Maison",
    "Atelier",
    "Collectif",
    "Compagnie",
    "Centre de formation",
    "Réseau",
    "Régie",
    "Fabrique",
    "École de musique",
    "Club nautique",
    "Institut",
    "Ligue",
    "Observatoire",
    "Coordination",
    "Fédération",
)
_OBJECTS = (
    "insertion",
    "médiation",
    "accompagnement",
    "théâtre",
    "mobilité",
    "prévention",
    "jardinage",
    "lecture",
    "cinéma",
    "hébergement",
    "emploi",
    "réemploi",
    "coopération",
    "écologie",
    "escalade",
    "danse",
)


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a council. ``birth_family`` is a woman's other name, borne before or beside the married one."""

    id: str
    gender: str
    given: str
    family: str
    birth_family: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: its name in full, its sigle, a name it bore before; ``place`` where its name needs one."""

    id: str
    name: str
    sigle: str | None = None
    former: str | None = None
    kind: str = "association"


@dataclass(frozen=True)
class Body:
    """An authority with its councils, one a term of office, and the organisations that its acts name."""

    authority: Authority
    councils: tuple[tuple[Person, ...], ...]
    organisations: tuple[Organisation, ...]


def build(seed: int) -> tuple[Body, ...]:
    """The world of a seed: the same seed gives the same world."""
    chance = random.Random(seed)  # noqa: S311 (a reproducible draw, no secret)
    fake = Faker("fr_FR")
    fake.seed_instance(seed)
    names = _Names(fake, chance)
    authorities = _authorities(chance)
    shared = [names.association(f"shared-{i}", distinctive=True) for i in range(_SHARED)]
    bodies = []
    for index, authority in enumerate(authorities):
        councils = _councils(names, chance, f"p{index}")
        local = [names.common(f"o{index}-c{i}", head) for i, head in enumerate(_COMMON) if chance.random() < 0.7]
        local += [names.association(f"o{index}-{i}", distinctive=False) for i in range(_LOCAL)]
        bodies.append(Body(authority, councils, (*local, *chance.sample(shared, 8))))
    return tuple(bodies)


def _authorities(chance: random.Random) -> list[Authority]:
    """Communes, among them pairs of one name in two départements, and groups of communes."""
    communes = [a for a in everything() if a.kind == "commune" and a.siren]
    by_name: dict[str, list[Authority]] = defaultdict(list)
    for commune in communes:
        by_name[commune.name].append(commune)
    namesakes = [group for group in by_name.values() if len({a.department for a in group}) > 1]
    chosen = [a for group in chance.sample(namesakes, _NAMESAKES) for a in group[:2]]
    unique = [group[0] for group in by_name.values() if len(group) == 1]
    chosen += chance.sample(unique, _COMMUNES - len(chosen))
    groups = [a for a in everything() if a.kind == "epci"]
    return [*chosen, *chance.sample(groups, _GROUPS)]


def _councils(names: _Names, chance: random.Random, prefix: str) -> tuple[tuple[Person, ...], ...]:
    """One council a term: half of the members are elected again."""
    size = chance.choice(_SIZES)
    first = names.council(prefix, size)
    kept = chance.sample(first, size // 2)
    second = [*kept, *names.council(f"{prefix}b", size - len(kept), taken=kept)]
    return tuple(first), tuple(second)


class _Names:
    """Draws names; within one council no two persons have the same name."""

    def __init__(self, fake: Faker, chance: random.Random) -> None:
        self._fake = fake
        self._chance = chance
        self._taken: set[str] = set()

    def council(self, prefix: str, size: int, taken: Sequence[Person] = ()) -> list[Person]:
        members: list[Person] = []
        used = {(p.given, p.family) for p in taken}
        for index in range(size):
            person = self._person(f"{prefix}-{index}", [*taken, *members])
            while (person.given, person.family) in used:
                person = self._person(f"{prefix}-{index}", [])
            used.add((person.given, person.family))
            members.append(person)
        return members

    def _person(self, key: str, others: Sequence[Person]) -> Person:
        gender = self._chance.choice("mf")
        given = self._fake.first_name_male() if gender == "m" else self._fake.first_name_female()
        family = self._fake.last_name()
        if others and self._chance.random() < 0.06:
            family = self._chance.choice(others).family  # of one family, or a namesake
        birth = self._fake.last_name() if gender == "f" and self._chance.random() < 0.15 else None
        return Person(key, gender, given, family, birth if birth != family else None)

    def common(self, key: str, head: str) -> Organisation:
        """A name that every commune has."""
        return Organisation(key, head)

    def association(self, key: str, *, distinctive: bool) -> Organisation:
        """A name that no other has; the distinctive ones are named by several authorities and are one everywhere."""
        while True:
            drawn = self._association(key, distinctive=distinctive)
            if drawn.name not in self._taken:
                self._taken.add(drawn.name)
                return drawn

    def _association(self, key: str, *, distinctive: bool) -> Organisation:
        words = [self._chance.choice(_HEADS), *self._complement()]
        if distinctive or self._chance.random() < 0.6:
            words += [self._fake.last_name()] if self._chance.random() < 0.5 else [f"de {self._fake.region()}"]
        name = " ".join(words)
        sigle = _sigle(name) if self._chance.random() < 0.3 else None
        former = None
        if self._chance.random() < 0.08:
            former = " ".join([self._chance.choice(_HEADS), *self._complement(), self._fake.last_name()])
        return Organisation(key, name, sigle, former)

    def _complement(self) -> Iterator[str]:
        first, second = self._chance.sample(_OBJECTS, 2)
        yield f"d'{first}" if first[0] in "aeiouéèh" else f"de {first}"
        if self._chance.random() < 0.5:
            yield f"et d'{second}" if second[0] in "aeiouéèh" else f"et de {second}"


def _sigle(name: str) -> str:
    return "".join(word[0] for word in name.replace("'", " ").replace("-", " ").split() if len(word) > 2).upper()
