"""Who the acts are of: authorities with their habits, their councils, and the bodies they deal with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.corpus.language import ROSTER, SUMS, Named, Person, of, starts_with_vowel

HERE: Final = Path(__file__).parent
NAMES: Final[dict[str, Any]] = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
LAYOUTS: Final[dict[str, Any]] = tomllib.loads((HERE / "layouts.toml").read_text(encoding="utf-8"))
_KINDS = {"commune": 62, "group": 31, "department": 7}
_SIZES = {"commune": (11, 15, 15, 19, 23, 27, 29), "group": (25, 32, 38, 44), "department": (15, 21, 25)}
_ORGANS = {
    "commune": ("le|Conseil municipal",),
    "group": ("le|Conseil communautaire", "le|Conseil communautaire", "le|Bureau communautaire"),
    "department": ("la|Commission permanente",),
}
_NUMBERS = ("{y}-{n:03}", "{y}-{m:02}-{d:02}", "D{y}{m:02}-{d:02}", "{y}/{n:03}", "DEL-{y}-{n:03}", "{n:02}-{y}")


@dataclass(frozen=True)
class Department:
    """The département an authority lies in, and its région."""

    named: Named
    region: Named

    @property
    def of(self) -> str:
        """ "de la Nièvre"."""
        return self.named.of

    @property
    def OF(self) -> str:  # noqa: N802 (as it is written)
        """ "DE LA NIÈVRE"."""
        return self.named.of.upper()


@dataclass(frozen=True)
class Organ:
    """A governing body in its forms."""

    named: Named

    @property
    def the(self) -> str:
        """ "le Conseil municipal"."""
        return self.named.the

    @property
    def the_cap(self) -> str:
        """ "Le Conseil municipal"."""
        return self.named.The

    @property
    def of(self) -> str:
        """ "du Conseil municipal"."""
        return self.named.of

    @property
    def OF(self) -> str:  # noqa: N802
        """ "DU CONSEIL MUNICIPAL"."""
        return self.named.of.upper()


@dataclass(frozen=True)
class Authority:
    """An authority, its council (the one who presides first), whom it helps, and how its secretary writes."""

    kind: str
    name: str
    named: Named
    town: str
    river: str
    department: Department
    organ: Organ
    council: tuple[Person, ...]
    helped: tuple[Named, ...]
    layout: dict[str, Any]
    roster: str
    joint: str
    sums: str
    grid: str
    numbers: str
    year: int

    @property
    def NAME(self) -> str:  # noqa: N802 (as heads write it)
        """ "COMMUNE DE VALMORIN"."""
        return self.name.upper()

    @property
    def of_town(self) -> str:
        """ "d'Argelan"."""
        return of(self.town)

    @property
    def the(self) -> str:
        """ "la commune"."""
        return self.named.the

    @property
    def The(self) -> str:  # noqa: N802
        """ "La commune"."""
        return self.named.The

    @property
    def of(self) -> str:
        """Of a commune "de la commune de Valmorin", else of its common name."""
        return f"de la commune {self.of_town}" if self.kind == "commune" else self.named.of

    @property
    def of_name(self) -> str:
        """With the name in full: "de la Communauté d'agglomération de Courtelac"."""
        return replace(self.named, name=self.name).of

    @property
    def to(self) -> str:
        """ "à la commune"."""
        return self.named.to


@lru_cache(maxsize=64)
def authority(seed: int, number: int) -> Authority:
    """The authority of that number in the world of a seed."""
    chance = Random(f"{seed}/authority/{number}")  # noqa: S311 (a reproducible draw, no secret)
    kind = chance.choices(list(_KINDS), list(_KINDS.values()))[0]
    root, river = chance.choice(NAMES["roots"]), chance.choice(NAMES["rivers"])
    town = chance.choice(NAMES["roots"] + NAMES["saints"]) + chance.choice(NAMES["tails"]).format(river=river)
    told, region = chance.choice(NAMES["departments"]).split("|")
    article, _, place = told.replace("'", "' ", 1).partition(" ")
    department = Department(Named(article, place), Named("la", f"Région {region}", "collectivite"))
    name, named = _name(kind, town, root, river, department, chance)
    layouts = [each for each in LAYOUTS["layout"] if kind in each["for"]]
    layout = chance.choices(layouts, [each["weight"] for each in layouts])[0]
    rosters = ["long"] if layout["key"] == "metropolis" else [form for form in ROSTER if form != "long"]
    return Authority(
        kind=kind,
        name=name,
        named=named,
        town=town if kind == "commune" else root,
        river=river,
        department=department,
        organ=Organ(Named(*_article(chance.choice(_ORGANS[kind])))),
        council=tuple(_council(chance.choice(_SIZES[kind]), chance)),
        helped=tuple(_helped(town if kind == "commune" else root, river, chance)),
        layout=layout,
        roster=chance.choice(rosters),
        joint=chance.choice((", ", ", ", ", ", " ; ", " - ")),
        sums=chance.choice(list(SUMS)),
        grid=chance.choice(("tabs", "tabs", "pipes", "blanks")),
        numbers=chance.choice(_NUMBERS),
        year=chance.randrange(2015, 2025),
    )


def _name(kind: str, town: str, root: str, river: str, department: Department, chance: Random) -> tuple[str, Named]:
    """The name in full, and what the text calls it."""
    if kind == "commune":
        word = chance.choice(("Commune", "Commune", "Ville"))
        return f"{word} {of(town)}", Named("la", word.lower() if chance.random() < 0.7 else word, "collectivite")
    if kind == "department":
        return f"Département {department.of}", Named("le", "Département", "collectivite")
    article, _, name = chance.choice(NAMES["groups"]).format(**_places(root, river)).partition("|")
    common = " ".join(name.split()[: 3 if "communes" in name else 2]).lower()
    return name, Named(article, common, "collectivite")


def _council(size: int, chance: Random) -> list[Person]:
    """So many members, no two of one family name."""
    found = []
    for family in chance.sample(NAMES["families"], size):
        woman = chance.random() < 0.48
        found.append(Person(woman, chance.choice(NAMES["women" if woman else "men"]), family))
    return found


def _helped(town: str, river: str, chance: Random) -> list[Named]:
    """Associations, no two of one name."""
    found: dict[str, Named] = {}
    for line in chance.sample(NAMES["associations"], 30):
        article, name, sigle = line.split("|")
        drawn = {"x": chance.choice(NAMES["fancy"]), "street": chance.choice(NAMES["streets"])}
        told = name.format(**_places(town, river), **drawn)
        known = Named(article, told, also=(sigle,) if sigle else ())
        found.setdefault(known.known, known)
    return list(found.values())


def named(line: str, kind: str, place: Authority) -> Named:
    """An entry ``article|name`` of the data, its places filled in."""
    article, name = _article(line)
    return Named(article, name.format(**_places(place.town, place.river)), kind)


def _article(line: str) -> tuple[str, str]:
    """``article|name``, or a name without article."""
    article, bar, name = line.partition("|")
    return (article, name.split("|")[0]) if bar else ("", article)


def _places(town: str, river: str) -> dict[str, str]:
    told = {"town": town, "root": town, "river": river}
    the = Named("l'" if starts_with_vowel(river) else "la", river)
    return told | {f"of_{name}": of(place) for name, place in told.items()} | {"of_the_river": the.of}
