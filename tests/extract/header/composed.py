"""Heads of acts composed at random: layouts × forms of names × dates × officers × counts × proxies.

Every axis is a table of ways to write one thing (``heads.toml``); a head takes one of each. :func:`compose` gives the
text and what must be read back. All names are invented.
"""

from __future__ import annotations

import datetime as dt
import textwrap
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from extract.text import fold

WAYS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("heads.toml").read_text(encoding="utf-8"))
#: Links that say enough to stand in a list of the absent.
SURE = [
    link
    for link in WAYS["link"]
    if any(word in link for word in ("pouvoir", "procuration", "mandat", "représent", "délégation"))
    and link.startswith("{g}")
]
WOMEN = [
    "Aline",
    "Carla",
    "Marie-Hélène",
    "Zoé",
    "Océane",
    "Maryvonne",
    "Éliane",
    "Anne-Sophie",
    "Claude",
    "Fatima",
    "Rose",
]
MEN = ["Bruno", "Éric", "Jean-Pierre", "Luc", "Karim", "François", "Yves-Marie", "Dominique", "Loïc", "Hubert", "Ange"]
FAMILIES = [
    "MARSEC",
    "TESSIER",
    "NOIRAUD",
    "ROYER",
    "SALAÜN",
    "LAFARGE",
    "PONTET",
    "CASTEL",
    "VIDALIN",
    "DE_LA_TOUR",
    "LE_GALL",
    "D'ARCY",
    "N'DIAYE",
    "EL_AMRANI",
    "DUVAL-MARTEL",
    "VAN_DAMME",
    "BÉRENGUIER",
    "OUALI",
    "DU_BOISROND",
    "LESCOT",
    "L'HELGOUACH",
    "CHAUVET",
    "MASSON",
    "PRADEAU",
    "HUGUENIN",
    "BOURGEOT-NOËL",
    "GUÉRINEAU",
    "SAINT-ROMAIN",
    "BLANCHET",
    "PETITJEAN",
    "FROMONT",
    "DELCAMBRE",
    "ZEROUALI",
    "AUZANNET",
    "QUÉMÉNER",
    "FAYARD",
    "TURPAULT",
    "ROUX",
    "ABADIE",
]
MONTHS = [
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
SHORT_MONTHS = ["JANV.", "FÉV.", "MARS", "AVR.", "MAI", "JUIN", "JUIL.", "AOÛT", "SEPT.", "OCT.", "NOV.", "DÉC."]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]


@dataclass(frozen=True)
class Person:
    """A member as the composer knows them; ``woman`` tells the civility."""

    woman: bool
    given: str
    family: str

    @property
    def civility(self) -> str:
        return "Mme" if self.woman else "M."

    @property
    def initials(self) -> str:
        """ "J.-P." for Jean-Pierre."""
        return "-".join(f"{part[0]}." for part in self.given.split("-"))


@dataclass
class Head:
    """A composed head and what it says."""

    text: str
    axes: dict[str, str]
    date: dt.date
    convocation: dt.date | None
    president: Person
    secretary: Person
    present: list[Person]
    absent: list[Person]
    proxies: list[tuple[Person, Person]]

    def key(self, person: Person) -> tuple[str, ...]:
        """The words of a person's name as the lists write it, civility aside."""
        form = self.axes["name"]
        written = NAMES[form](person)
        return key(written.split(" ", 1)[1] if form in CIVIL else written)


def key(name: str) -> tuple[str, ...]:
    """The words of a name in any order, for comparison."""
    return tuple(sorted(fold(name).replace("-", " ").replace(".", " ").replace("'", " ").split()))


def people(random: Random, count: int) -> list[Person]:
    """So many persons, no two of one family name."""
    women = [random.random() < 0.5 for _ in range(count)]
    return [
        Person(woman, random.choice(WOMEN if woman else MEN), family.replace("_", " "))
        for woman, family in zip(women, random.sample(FAMILIES, count), strict=True)
    ]


def plain(family: str) -> str:
    """A family name in small letters: "De La Tour", "N'Diaye"."""
    return family.title()


Form = Callable[[Person], str]
NAMES: dict[str, Form] = {
    "given family": lambda p: f"{p.given} {p.family}",
    "family given": lambda p: f"{p.family} {p.given}",
    "initial": lambda p: f"{p.initials} {p.family}",
    "family initial": lambda p: f"{p.family} {p.initials}",
    "small letters": lambda p: f"{p.given} {plain(p.family)}",
    "civility given family": lambda p: f"{p.civility} {p.given} {p.family}",
    "civility family given": lambda p: f"{p.civility} {p.family} {p.given}",
    "civility family": lambda p: f"{p.civility} {p.family}",
    "civility initial": lambda p: f"{p.civility} {p.initials} {p.family}",
    "civility family initial": lambda p: f"{p.civility} {p.family} {p.initials}",
    "civility small letters": lambda p: f"{p.civility} {p.given} {plain(p.family)}",
    "civility small family": lambda p: f"{p.civility} {plain(p.family)}",
    "civility in full": lambda p: f"{'Madame' if p.woman else 'Monsieur'} {p.given} {p.family}",
    "civility Mr": lambda p: f"{'Mme' if p.woman else 'Mr'} {p.given} {p.family}",
    "civility without point": lambda p: f"{'Mme' if p.woman else 'M'} {p.given} {p.family}",
}
CIVIL = [name for name in NAMES if name.startswith("civility")]


def wrap(text: str) -> str:
    """A paragraph as a typesetter breaks it, at hyphens too."""
    return textwrap.fill(text, 96, break_long_words=False)


def columns(items: Sequence[str], count: int, gap: str) -> str:
    """Rows of so many columns, parted by tabs or set under each other with blanks."""
    rows = [items[at : at + count] for at in range(0, len(items), count)]
    width = max(map(len, items)) + 4
    return "\n".join(gap.join(row) if gap else "".join(item.ljust(width) for item in row).rstrip() for row in rows)


def by_commune(items: Sequence[str], sign: str) -> str:
    """Two communes with their members."""
    half = (len(items) + 1) // 2
    groups = [("Valmorin", items[:half]), ("La Roche-Clermont", items[half:])]
    return sign.join(f"{town} : {', '.join(group)}" for town, group in groups if group)


Layout = Callable[[Sequence[str]], str]
#: Lists that may begin on the line of their heading.
INLINE: dict[str, Layout] = {
    "commas": lambda items: wrap(", ".join(items)),
    "commas, full stop": lambda items: wrap(", ".join(items) + "."),
    "commas, et": lambda items: wrap(" et ".join(filter(None, [", ".join(items[:-1]), items[-1]])) + "."),
    "semicolons": lambda items: wrap(" ; ".join(items)),
    "dashes": lambda items: wrap(" - ".join(items)),
    "en dashes": lambda items: wrap(" – ".join(items)),
    "em dashes": lambda items: wrap(" — ".join(items)),
    "slashes": lambda items: wrap(" / ".join(items)),
}
LAYOUTS: dict[str, Layout] = {
    **INLINE,
    "lines": "\n".join,
    "lines with commas": ",\n".join,
    "bullets": lambda items: "\n".join(f"- {item}" for item in items),
    "round bullets": lambda items: "\n".join(f"• {item}" for item in items),
    "stars": lambda items: "\n".join(f"* {item}" for item in items),
    "numbered": lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)),
    "two tabs": lambda items: columns(items, 2, "\t"),
    "three tabs": lambda items: columns(items, 3, "\t"),
    "two columns": lambda items: columns(items, 2, ""),
    "three columns": lambda items: columns(items, 3, ""),
    "by commune": lambda items: wrap(by_commune(items, " ; ")),
    "by commune, lines": lambda items: by_commune(items, "\n"),
    "paragraphs": "\n\n".join,
}
#: Those that only civilities, or only capitals, part.
CIVIL_LAYOUTS: dict[str, Layout] = {"no sign": lambda items: wrap(" ".join(items))}
CASED_LAYOUTS: dict[str, Layout] = {
    "case alone": lambda items: wrap(" ".join(items)),
    "one word a line": lambda items: "\n".join(", ".join(items).split()),
}
#: Layouts in which the absent and the proxies may stand, too.
SIMPLE = ("commas", "lines", "bullets", "semicolons", "round bullets", "two tabs", "lines with commas")
BODY = """Le maire expose que le club de voile accueille chaque été les enfants des écoles de la commune.

Le conseil municipal, après en avoir délibéré, à l'unanimité,

DÉCIDE d'attribuer une subvention de 500 € au club de voile pour l'année.

Fait et délibéré les jour, mois et an susdits."""


def in_words(number: int) -> str:
    """A number under 60."""
    if number < len(UNITS):
        return UNITS[number]
    tens, unit = divmod(number, 10)
    head = ["vingt", "trente", "quarante", "cinquante"][tens - 2]
    return head if not unit else f"{head} et un" if unit == 1 else f"{head}-{UNITS[unit]}"


def dated(way: str, date: dt.date) -> str:
    """A way to tell a date, filled in."""
    day = "premier" if date.day == 1 else in_words(date.day)
    month, weekday = MONTHS[date.month - 1], WEEKDAYS[date.weekday()]
    year = f"deux mille {in_words(date.year - 2000)}"
    year_mil = year.replace("mille", "mil")
    figures = f"{'1er' if date.day == 1 else date.day} {month} {date.year}"
    words, mil = f"{day} {month} {year}", f"{day} {month} {year_mil}"
    told = {
        "figures": figures,
        "weekday": weekday,
        "words": words,
        "mil": mil,
        "year": year,
        "day": day,
        "month": month,
    }
    told |= {name.upper(): value.upper() for name, value in told.items()}
    told |= {"Weekday": weekday.title(), "Mil": mil.title(), "Day": day.title(), "Month": month.title()}
    told |= {"year_mil": year_mil, "Year-mil": year_mil.replace(" ", "-").title()}
    told |= {"slash": f"{date:%d/%m/%Y}", "dots": f"{date:%d.%m.%Y}", "hyphens": f"{date:%d-%m-%Y}", "iso": f"{date}"}
    told |= {"short": f"{date:%d/%m/%y}", "later": f"{date + dt.timedelta(days=9):%d/%m/%Y}"}
    told |= {"short_month": f"{date.day:02} {SHORT_MONTHS[date.month - 1]} {date.year}"}
    told |= {"day_figures": str(date.day), "year_figures": str(date.year)}
    return way.format(**told)


class Composer:
    """One head in the making: every choice is kept in ``axes``."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.axes: dict[str, str] = {}

    def pick(self, axis: str, ways: Sequence[str]) -> str:
        """One way of an axis."""
        return self.axes.setdefault(axis, self.random.choice(list(ways)))

    def listed(self, axis: str, ways: Sequence[str], items: Sequence[str], layout: Layout, odds: float) -> str:
        """A list behind its heading, on the same line with the given odds."""
        heading = self.pick(axis, ways).format(n=len(items))
        gap = "" if heading.endswith("\n") else " " if self.random.random() < odds else "\n"
        return heading + gap + layout(items)

    def layouts(self) -> dict[str, Layout]:
        """The layouts in which names of the chosen form can be told apart."""
        form = self.axes["name"]
        cased = CASED_LAYOUTS if form in ("given family", "family given") else {}
        return LAYOUTS | cased | (CIVIL_LAYOUTS if form in CIVIL else {})

    def away(self, write: Form, pairs: Sequence[tuple[Person, Person]], absent: Sequence[Person]) -> list[str]:
        """The lists of those who are not there: proxies in a list of their own, or among the absent."""
        simple = LAYOUTS[self.axes["layout"] if self.axes["layout"] in SIMPLE else "commas"]
        names = [write(person) for person in absent]
        where = self.pick("where", ["list", "absent"]) if pairs else ""
        if not pairs:
            return [self.listed("absent", WAYS["absent"], names, simple, 0.4)] if names else []
        link = self.pick("link", WAYS["link"] if where == "list" else SURE)
        if ("," in link or ";" in link) and "\n" not in simple(["a", "b"]):
            simple = LAYOUTS["lines"]
        told = [link.format(g=write(giver), h=write(holder)) for giver, holder in pairs]
        if where == "absent":
            ways = [way for way in WAYS["absent"] if "sans" not in way]
            return [self.listed("absent", ways, [*told, *names], simple, 0.4)]
        lists = [self.listed("proxies", WAYS["proxies"], told, simple, 0.4)]
        return lists + ([self.listed("absent", WAYS["absent"], names, simple, 0.4)] if names else [])


@dataclass(frozen=True)
class SetUp:
    """A way to set the whole roster: the forms of names that it fits, and what writes its blocks.

    ``write`` takes the composer, the form, the present, the absent and the proxies; what it leaves unwritten is
    written in the ordinary way.
    """

    forms: Sequence[str]
    write: Callable[[Composer, Form, Sequence[Person], Sequence[Person], Sequence[tuple[Person, Person]]], list[str]]


def compose(random: Random, set_up: SetUp | None = None) -> Head:
    """One head at random; ``set_up`` writes its roster where one is given."""
    made = Composer(random)
    if set_up:
        made.axes["name"] = random.choice(list(set_up.forms))
    date = dt.date(2015, 1, 5) + dt.timedelta(days=random.randrange(4_300))
    convoked = date - dt.timedelta(days=random.randrange(3, 12))
    members = people(random, random.randrange(6, 22))
    away = random.randrange(0, min(5, len(members) - 3))
    lent = random.randrange(0, min(5, len(members) - away - 2))
    absent, givers, present = members[:away], members[away : away + lent], members[away + lent :]
    pairs = [(giver, random.choice(present)) for giver in givers]
    write = NAMES[made.pick("name", list(NAMES))]
    layout = made.pick("layout", list(made.layouts()))
    officer = NAMES[made.axes["name"] if made.axes["name"] in CIVIL else "civility given family"]
    odds = 0.6 if layout in INLINE or layout in ("no sign", "case alone") else 0.0
    blocks = set_up.write(made, write, present, absent, pairs) if set_up else []
    if not blocks:
        blocks = [made.listed("present", WAYS["present"], list(map(write, present)), made.layouts()[layout], odds)]
        blocks += made.away(write, pairs, absent)
    counts = made.pick("counts", WAYS["counts"]).format(
        o=len(members), p=len(present), r=len(pairs), v=len(present) + len(pairs)
    )
    convocation = dated(made.pick("convocation", WAYS["convocation"]), convoked)
    lower = [convocation, made.pick("president", WAYS["president"]).format(n=officer(present[0])), counts]
    below = [
        made.pick("secretary", WAYS["secretary"]).format(n=officer(present[-1])),
        made.pick("after", WAYS["after"]),
    ]
    random.shuffle(lower)
    random.shuffle(below)
    parts = ["COMMUNE DE MONTCLAIR", dated(made.pick("seance", WAYS["seance"]), date), *lower]
    parts += [random.choice(["\n\n", "\n"]).join(blocks), *below, made.pick("title", WAYS["title"]), BODY]
    text = "\n\n".join(filter(None, parts)) + "\n"
    told = convoked if convocation else None
    return Head(text, made.axes, date, told, present[0], present[-1], present, absent, pairs)
