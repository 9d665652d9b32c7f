"""Heads of acts composed at random: layouts × forms of names × forms of dates, officers, counts and proxies.

Every axis is a table of ways to write one thing, each seen in real acts or a near relative of one; a head takes one of
each. :func:`compose` gives the text and what must be read back. All names are invented.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from extract.text import fold


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
    def long(self) -> str:
        return "Madame" if self.woman else "Monsieur"

    @property
    def initials(self) -> str:
        """ "J.-P." for Jean-Pierre."""
        return "-".join(f"{part[0]}." for part in self.given.replace(" ", "-").split("-"))


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
    "MARSEC", "TESSIER", "NOIRAUD", "ROYER", "SALAÜN", "LAFARGE", "PONTET", "CASTEL", "VIDALIN", "DE LA TOUR", "LE GALL",
    "D'ARCY", "N'DIAYE", "EL AMRANI", "DUVAL-MARTEL", "VAN DAMME", "BÉRENGUIER", "OUALI", "DU BOISROND", "LESCOT",
    "L'HELGOUACH", "CHAUVET", "MASSON", "PRADEAU", "HUGUENIN", "BOURGEOT-NOËL", "GUÉRINEAU", "SAINT-ROMAIN", "BLANCHET",
    "PETITJEAN", "FROMONT", "DELCAMBRE", "ZEROUALI", "AUZANNET", "QUÉMÉNER", "FAYARD", "TURPAULT", "ROUX", "ABADIE",
]  # fmt: skip
COMMUNES = ["Valmorin", "Sault-le-Bas", "La Roche-Clermont", "Pontaubert", "Saint-Amand", "Les Essarts", "Montclair"]


def people(random: Random, count: int) -> list[Person]:
    """So many persons, no two of one family name."""
    women = [random.random() < 0.5 for _ in range(count)]
    return [
        Person(woman, random.choice(WOMEN if woman else MEN), family)
        for woman, family in zip(women, random.sample(FAMILIES, count), strict=True)
    ]


def plain(family: str) -> str:
    """A family name in small letters: "De La Tour", "N'Diaye"."""
    return "-".join(
        " ".join(w.capitalize() if "'" not in w else w[:2] + w[2:].capitalize() for w in p.split())
        for p in family.split("-")
    )


Form = Callable[[Person], str]
#: How a name is written.
NAMES: dict[str, Form] = {
    "given family": lambda p: f"{p.given} {p.family}",
    "civility given family": lambda p: f"{p.civility} {p.given} {p.family}",
    "civility family given": lambda p: f"{p.civility} {p.family} {p.given}",
    "family given": lambda p: f"{p.family} {p.given}",
    "long civility": lambda p: f"{p.long} {p.given} {p.family}",
    "civility family": lambda p: f"{p.civility} {p.family}",
    "civility initial": lambda p: f"{p.civility} {p.initials} {p.family}",
    "initial": lambda p: f"{p.initials} {p.family}",
    "family initial": lambda p: f"{p.family} {p.initials}",
    "civility family initial": lambda p: f"{p.civility} {p.family} {p.initials}",
    "small letters": lambda p: f"{p.given} {plain(p.family)}",
    "civility small letters": lambda p: f"{p.civility} {p.given} {plain(p.family)}",
    "civility small family": lambda p: f"{p.civility} {plain(p.family)}",
    "mr": lambda p: f"{'Mme' if p.woman else 'Mr'} {p.given} {p.family}",
    "no point": lambda p: f"{'Mme' if p.woman else 'M'} {p.given} {p.family}",
}
CIVIL = [n for n in NAMES if n.startswith(("civility", "long", "mr", "no point"))]


def wrap(text: str, width: int = 96) -> str:
    return textwrap.fill(text, width, break_on_hyphens=True, break_long_words=False)


def columns(items: Sequence[str], count: int, gap: str) -> str:
    rows = [items[at : at + count] for at in range(0, len(items), count)]
    if gap == "\t":
        return "\n".join("\t".join(row) for row in rows)
    width = max(map(len, items)) + 4
    return "\n".join("".join(item.ljust(width) for item in row).rstrip() for row in rows)


def by_commune(items: Sequence[str], sign: str) -> str:
    half = (len(items) + 1) // 2
    groups = [(COMMUNES[0], items[:half]), (COMMUNES[2], items[half:])]
    return sign.join(f"{town} : {', '.join(group)}" for town, group in groups if group)


Layout = Callable[[list[str]], str]
#: How a list of names is laid out, below or behind its heading.
LAYOUTS: dict[str, Layout] = {
    "commas": lambda items: wrap(", ".join(items)),
    "commas, full stop": lambda items: wrap(", ".join(items) + "."),
    "commas, et": lambda items: wrap(", ".join(items[:-1]) + f" et {items[-1]}." if len(items) > 1 else items[0]),
    "semicolons": lambda items: wrap(" ; ".join(items)),
    "dashes": lambda items: wrap(" - ".join(items)),
    "en dashes": lambda items: wrap(" – ".join(items)),
    "em dashes": lambda items: wrap(" — ".join(items)),
    "lines": "\n".join,
    "lines with commas": ",\n".join,
    "bullets": lambda items: "\n".join(f"- {item}" for item in items),
    "round bullets": lambda items: "\n".join(f"• {item}" for item in items),
    "numbered": lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)),
    "two tabs": lambda items: columns(items, 2, "\t"),
    "three tabs": lambda items: columns(items, 3, "\t"),
    "two columns": lambda items: columns(items, 2, " "),
    "three columns": lambda items: columns(items, 3, " "),
    "slashes": lambda items: wrap(" / ".join(items)),
    "by commune": lambda items: wrap(by_commune(items, " ; ")),
    "by commune, lines": lambda items: by_commune(items, "\n"),
    "markdown bullets": lambda items: "\n".join(f"* {item}" for item in items),
    "paragraphs": "\n\n".join,
}
#: Those that need names with civility, and those that need capitals after a first name.
CIVIL_LAYOUTS: dict[str, Layout] = {"no sign": lambda items: wrap(" ".join(items))}
CASED_LAYOUTS: dict[str, Layout] = {
    "case alone": lambda items: wrap(" ".join(items)),
    "one word a line": lambda items: "\n".join(", ".join(items).split()),
}

PRESENT = [
    "Étaient présents :", "Etaient présents :", "ÉTAIENT PRÉSENTS :", "Présents :", "PRÉSENTS :", "PRESENTS :", "Présents ({n}) :",
    "Membres présents :", "Conseillers présents :", "Étaient présents : Mmes et MM.", "Présents : Mmes, MM.",
    "Étaient présents les conseillers municipaux suivants :", "Étaient présents, les conseillers :", "Présent(e)s :",
    "**Présents** :", "Sont présents :", "Étaient présents à l'ouverture de la séance :", "Les membres présents :", "Présents : {n}\n",
    "Élus présents :", "Étaient présents Mesdames et Messieurs :", "Etaient présents : ({n})", "Présents-es :", "- Présents :",
    "Étaient présents (par ordre du tableau) :", "Conseillers municipaux présents :", "Membres présents ({n}) :",
    "Étaient présents\n", "PRÉSENTS\n", "Présents\n", "ÉTAIENT PRÉSENTS ({n}) :", "Mesdames et Messieurs les conseillers présents :",
    "Étaient présents : Mesdames et Messieurs", "Présents : MM. et Mmes", "Etaient présents : {n} conseillers\n", "Présents – {n} :",
    "Étaient présents et ont pris part au vote :", "Délégués présents :", "Étaient présents en séance :", "Présentes et présents :",
]  # fmt: skip
ABSENT = [
    "Absents :", "Absents excusés :", "Étaient absents :", "Excusés :", "ABSENTS :", "Absents ({n}) :", "Étaient excusés :",
    "Absents non excusés :", "Membres absents :", "Absent(e)s :", "Était absent :", "Absents et excusés :", "Étaient absents excusés :",
    "Étaient absents\n", "ABSENTS\n", "Absents : {n}\n", "Absents sans pouvoir :", "Conseillers absents :", "Absences :",
]  # fmt: skip
#: Lists of proxies with their own heading; the link between giver and holder is told in each entry.
PROXY_LISTS = [
    "Pouvoirs :", "Procurations :", "Avaient donné pouvoir :", "Ont donné pouvoir :", "Absents ayant donné pouvoir :", "Représentés :",
    "Étaient représentés :", "Absents représentés :", "PROCURATIONS :", "Pouvoirs ({n}) :", "Ont donné procuration :",
    "Excusés ayant donné procuration :", "Absents ayant donné procuration :", "Étaient absents et avaient donné pouvoir :",
    "Absents excusés ayant donné pouvoir :", "Ayant donné pouvoir :", "Pouvoirs de vote :", "Délégations de vote :", "Pouvoir :",
    "AVAIENT DONNÉ POUVOIR\n", "Conseillers représentés :", "Mandats :", "Membres ayant donné pouvoir :", "Absents avec pouvoir :",
    "Procurations : {n}\n", "Ont donné mandat de vote :", "Étaient excusés et avaient donné pouvoir :", "Votes par procuration :",
    "Ont donné pouvoir de voter en leur nom :", "Absents ayant remis un pouvoir :", "Liste des pouvoirs :",
]  # fmt: skip
LINKS = [
    "{g} à {h}", "{g} a donné pouvoir à {h}", "{g} pouvoir à {h}", "{g} donne pouvoir à {h}", "{g} (pouvoir à {h})", "{g} → {h}",
    "{g} a donné procuration à {h}", "{g} représenté par {h}", "{g}, pouvoir à {h}", "{g} ayant donné pouvoir à {h}", "{g} => {h}",
    "de {g} à {h}", "Pouvoir de {g} à {h}", "{g} (procuration à {h})", "{g} donne procuration à {h}", "{g} qui a donné pouvoir à {h}",
    "{g} par {h}", "{g} (à {h})", "{g} procuration à {h}", "{g}, représentée par {h}", "{g} avait donné pouvoir à {h}", "{g} > {h}",
    "{g} a donné mandat à {h}", "{g} : pouvoir à {h}", "{g} (représenté par {h})", "{g} ; pouvoir à {h}", "{g} -> {h}",
    "{g} a remis pouvoir à {h}", "{g} a donné délégation de vote à {h}", "{g} donnant pouvoir à {h}", "{g} : {h}",
    "{g} (a donné pouvoir à {h})", "{g} (ayant donné pouvoir à {h})", "{g}, qui a donné procuration à {h}", "{g} (donne pouvoir à {h})",
    "{g} (Pouvoir donné à {h})", "{g} pouvoir donné à {h}", "{g} ayant donné procuration à {h}", "{g} a donné pouvoir écrit à {h}",
    "{g} excusé, pouvoir à {h}", "{g} a donné son pouvoir à {h}", "{g} a confié son pouvoir à {h}", "{g} donne son mandat à {h}",
    "{h} pour {g}", "Procuration de {g} à {h}", "{g}, mandataire {h}", "{g}, mandataire : {h}", "{g} = {h}",
]  # fmt: skip
#: Links that say enough to stand in a list of the absent.
SURE = [
    link
    for link in LINKS
    if any(word in link for word in ("pouvoir", "procuration", "mandat", "représent", "délégation"))
    and not link.startswith(("de ", "Pouvoir", "Procuration"))
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
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
UNITS = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
]  # fmt: skip


def words(number: int) -> str:
    """A number under 60 in words."""
    if number < 20:
        return UNITS[number]
    tens, unit = divmod(number, 10)
    head = ["vingt", "trente", "quarante", "cinquante"][tens - 2]
    return head if not unit else f"{head} et un" if unit == 1 else f"{head}-{UNITS[unit]}"


def day_words(date: dt.date) -> str:
    return "premier" if date.day == 1 else words(date.day)


def year_words(date: dt.date, mille: str = "mille") -> str:
    return f"deux {mille} {words(date.year - 2000)}"


def figures(date: dt.date) -> str:
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"


def in_words(date: dt.date, mille: str = "mille") -> str:
    return f"{day_words(date)} {MONTHS[date.month - 1]} {year_words(date, mille)}"


def weekday(date: dt.date) -> str:
    return WEEKDAYS[date.weekday()]


Dated = Callable[[dt.date], str]
#: Heads that tell the date of the séance; {organ} is "conseil municipal".
SEANCES: dict[str, Dated] = {
    "séance du": lambda d: f"Séance du {figures(d)}",
    "séance du weekday": lambda d: f"Séance du {weekday(d)} {figures(d)}",
    "SÉANCE DU": lambda d: f"SÉANCE DU {weekday(d)} {figures(d)}".upper(),
    "séance figures": lambda d: f"Séance du {d:%d/%m/%Y}",
    "séance dots": lambda d: f"Séance du {d:%d.%m.%Y}",
    "séance hyphens": lambda d: f"Séance du {d:%d-%m-%Y}",
    "réunion du": lambda d: f"Réunion du {figures(d)}",
    "conseil municipal du": lambda d: f"CONSEIL MUNICIPAL DU {figures(d)}",
    "conseil municipal dash": lambda d: f"Conseil municipal – {weekday(d)} {figures(d)}",
    "title in two lines": lambda d: (
        f"PROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL\nDU {weekday(d)} {figures(d)}".upper()
    ),
    "title with time": lambda d: f"Séance du {figures(d)} à 18 h 30",
    "date alone": lambda d: f"{weekday(d).capitalize()} {figures(d)}",
    "date label": lambda d: f"Date de la séance : {figures(d)}",
    "date label figures": lambda d: f"Date de séance : {d:%d/%m/%Y}",
    "words in title": lambda d: f"Séance du {weekday(d)} {in_words(d)}",
    "capital words": lambda d: f"Séance du {in_words(d, 'Mil')}".title(),
    "an": lambda d: (
        f"L'an {year_words(d)}, le {day_words(d)} {MONTHS[d.month - 1]} à dix-huit heures trente, le conseil municipal s'est réuni en mairie."
    ),
    "an mil": lambda d: (
        f"L'an {year_words(d, 'mil')} et le {day_words(d)} {MONTHS[d.month - 1]}, à 20 heures, le conseil municipal, dûment convoqué, s'est réuni en session ordinaire."
    ),
    "an hyphens": lambda d: (
        f"L'An {year_words(d, 'Mil').replace(' ', '-')}, le {day_words(d).capitalize()} du mois de {MONTHS[d.month - 1].capitalize()}, à dix-neuf heures, s'est réuni le conseil municipal."
    ),
    "an capitals": lambda d: f"L'AN {year_words(d)} LE {day_words(d)} {MONTHS[d.month - 1]} À DIX-NEUF HEURES".upper(),
    "an figures": lambda d: (
        f"L'an {d.year}, le {d.day} {MONTHS[d.month - 1]} à 20 h 00, le conseil municipal s'est réuni à la mairie."
    ),
    "an weekday": lambda d: (
        f"L'an {year_words(d, 'mil')}, le {weekday(d)} {day_words(d)} {MONTHS[d.month - 1]}, le conseil municipal s'est assemblé."
    ),
    "an wrapped": lambda d: wrap(
        f"L'an {year_words(d, 'mil')}, le {day_words(d)} du mois de {MONTHS[d.month - 1]} à dix-huit heures, le conseil municipal s'est réuni",
        34,
    ),
    "words without an": lambda d: f"Le {in_words(d)} à vingt heures, le conseil municipal s'est réuni en mairie.",
    "words weekday without an": lambda d: (
        f"Le {weekday(d)} {in_words(d, 'mil')}, à 18 heures, les membres du conseil municipal se sont réunis."
    ),
    "réuni le": lambda d: f"Le conseil municipal s'est réuni le {weekday(d)} {figures(d)} à 20 h, salle du conseil.",
    "réuni le words": lambda d: wrap(
        f"Le Conseil municipal s'est réuni à la mairie le {weekday(d)} {in_words(d)} à dix-neuf heures", 60
    ),
    "en date du": lambda d: f"En séance du {figures(d)}",
    "compte rendu du": lambda d: f"COMPTE RENDU DU CONSEIL MUNICIPAL DU {figures(d)}",
    "pv du": lambda d: f"PV du conseil municipal du {d:%d/%m/%Y}",
    "date in a title": lambda d: f"Délibérations du conseil municipal – séance du {figures(d)}",
    "tenue le": lambda d: f"Séance ordinaire tenue le {figures(d)} en mairie",
    "an after": lambda d: (
        f"Le {day_words(d)} {MONTHS[d.month - 1]} de l'an {year_words(d)}, à 19 heures, le conseil municipal s'est réuni."
    ),
    "registered session": lambda d: f"Session ordinaire du {figures(d)}",
    "public session": lambda d: f"SÉANCE PUBLIQUE ORDINAIRE DU {figures(d).upper()}",
    "séance cell": lambda d: f"Séance\t{figures(d)}",
    "séance below": lambda d: f"SÉANCE DU\n{figures(d)}",
    "ISO": lambda d: f"Séance du {d:%Y-%m-%d}",
    "two figures": lambda d: f"Séance du {d:%d/%m/%y}",
    "short month": lambda d: (
        f"Séance du {d.day:02} {['JANV.', 'FÉV.', 'MARS', 'AVR.', 'MAI', 'JUIN', 'JUIL.', 'AOÛT', 'SEPT.', 'OCT.', 'NOV.', 'DÉC.'][d.month - 1]} {d.year}"
    ),
    "journée du": lambda d: (
        f"Le conseil municipal de Montclair, réuni en séance publique le {figures(d)} sous la présidence du maire,"
    ),
    "year last line": lambda d: f"Séance du {weekday(d)} {d.day} {MONTHS[d.month - 1]}\n{d.year}",
}
CONVOCATIONS: dict[str, Dated] = {
    "none": lambda d: "",
    "date de convocation": lambda d: f"Date de convocation : {d:%d/%m/%Y}",
    "date de la convocation": lambda d: f"Date de la convocation : {figures(d)}",
    "convocation du": lambda d: f"Convocation du {figures(d)}",
    "convocation envoyée le": lambda d: f"Convocation envoyée le {figures(d)}",
    "convocation label": lambda d: f"Convocation : {figures(d)}",
    "date d'envoi": lambda d: f"Date d'envoi de la convocation : {d:%d/%m/%Y}",
    "convoqué le": lambda d: f"Le conseil municipal a été convoqué le {figures(d)}.",
    "par lettre du": lambda d: f"Conseillers convoqués par lettre du {in_words(d)}.",
    "par convocation en date du": lambda d: f"Le conseil s'est réuni sur convocation en date du {figures(d)}.",
    "envoi dématérialisé": lambda d: f"Convocation adressée par voie dématérialisée le {figures(d)}",
    "short": lambda d: f"Le conseil municipal, légalement convoqué le {d.day} {MONTHS[d.month - 1]}, s'est réuni.",
    "affichage beside": lambda d: (
        f"Date de convocation : {d:%d/%m/%Y}   Date d'affichage : {d + dt.timedelta(days=9):%d/%m/%Y}"
    ),
    "in words": lambda d: f"Date de la convocation : le {in_words(d, 'mil')}",
    "convoqué par envoi": lambda d: (
        f"Convoqué par envoi dématérialisé du {figures(d)}, le conseil municipal s'est réuni en mairie."
    ),
    "convocations": lambda d: (
        f"Les convocations individuelles ont été transmises par écrit aux conseillers municipaux le {d:%d/%m/%Y}."
    ),
    "dash": lambda d: f"Convocation – {d:%d.%m.%Y}",
    "table": lambda d: f"DATE DE CONVOCATION\t{d:%d/%m/%Y}",
    "below": lambda d: f"DATE DE CONVOCATION\n{d:%d/%m/%Y}",
}
PRESIDENTS = [
    "Sous la présidence de {n}, maire", "sous la présidence de {n}, Maire.", "Président : {n}", "Présidence : {n}", "PRÉSIDENT : {n}",
    "Président de séance : {n}", "{n}, maire, préside la séance.", "La séance est présidée par {n}, maire.", "Présidente : {n}",
    "Sous la présidence de {n}", "{n} préside la séance.", "La séance est ouverte sous la présidence de {n}, maire.",
    "{n}, maire, ouvre la séance.", "Le maire, {n}, ouvre la séance à 20 h 05.", "Présidence de {n}", "Présidée par {n}",
    "Président de la séance : {n}", "La présidence est assurée par {n}.", "PRÉSIDENCE DE {n}, MAIRE", "Séance présidée par {n}",
    "sous la présidence de {n}, première adjointe", "La séance s'est tenue sous la présidence effective de {n}.",
    "{n}, Maire, assure la présidence.", "Sous la présidence du maire, {n}",
]  # fmt: skip
SECRETARIES = [
    "Secrétaire de séance : {n}", "Secrétaire : {n}", "SECRÉTAIRE DE SÉANCE : {n}", "{n} a été désignée secrétaire de séance.",
    "{n} est désigné secrétaire de séance.", "{n} est nommée secrétaire.", "{n} a été élu secrétaire de séance.",
    "A été nommée secrétaire de séance : {n}", "Est désigné secrétaire de séance : {n}", "{n} assure le secrétariat de la séance.",
    "Secrétariat de séance assuré par {n}", "Le secrétariat est assuré par {n}.", "Désignation du secrétaire de séance : {n}",
    "{n} remplit les fonctions de secrétaire.", "{n} est désignée pour remplir les fonctions de secrétaire de séance.",
    "Le conseil désigne {n} comme secrétaire de séance.", "Le conseil municipal nomme {n} secrétaire de séance.",
    "Secrétaire de séance – {n}", "A été élue secrétaire : {n}", "{n} a été désignée en qualité de secrétaire de séance.",
    "{n}, ayant obtenu la majorité des suffrages, a été désignée pour remplir ces fonctions qu'elle a acceptées.",
    "Élection du secrétaire de séance : {n}", "{n} est élue secrétaire de séance à l'unanimité.", "{n} a accepté les fonctions de secrétaire.",
    "Il a été procédé à la nomination d'un secrétaire pris dans le conseil : {n} est désignée.", "Secrétaire(s) de séance : {n}",
    "{n} est secrétaire de séance.", "Est nommée secrétaire : {n}", "Nomination du secrétaire de séance : {n} est nommé.",
    "Conformément à l'article L. 2121-15 du CGCT, {n} a été désigné secrétaire de séance.", "Secrétaire de séance désigné : {n}",
    "{n} a été nommé(e) secrétaire de séance.", "{n} a été désigné(e) comme secrétaire.", "Secrétaire élu : {n}",
]  # fmt: skip


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
    counts: dict[str, int] = field(default_factory=dict)


def key(name: str) -> tuple[str, ...]:
    """The words of a name in any order, for comparison."""
    return tuple(sorted(fold(name).replace("-", " ").replace(".", " ").replace("'", " ").split()))


def counts_block(random: Random, office: int, present: int, proxies: int) -> str:
    votants = present + proxies
    return random.choice(
        [
            "",
            f"Nombre de membres en exercice : {office}\nPrésents : {present}\nPouvoirs : {proxies}\nVotants : {votants}",
            f"Nombre de conseillers en exercice : {office} – Présents : {present} – Votants : {votants}",
            f"En exercice : {office}   Présents : {present}   Procurations : {proxies}   Votants : {votants}",
            f"Nombre de conseillers :\n- en exercice : {office}\n- présents : {present}\n- votants : {votants}",
            f"Membres en exercice : {office}\nMembres présents : {present}\nSuffrages exprimés : {votants}",
            f"Nombre de membres\nAfférents au conseil : {office}\nEn exercice : {office}\nQui ont pris part à la délibération : {votants}",
            f"NOMBRE DE MEMBRES\nEN EXERCICE : {office} PRÉSENTS : {present} VOTANTS : {votants}",
            f"Effectif légal : {office} / En exercice : {office} / Présents : {present} / Représentés : {proxies}",
            f"En exercice\t{office}\nPrésents\t{present}\nVotants\t{votants}",
        ]
    )


AFTER = [
    "", "Formant la majorité des membres en exercice.", "Le quorum étant atteint, l'assemblée peut valablement délibérer.",
    "Assistaient également à la séance : M. Paul EXTERNE, directeur général des services",
    "Date d'affichage : 12/12/2023", "Lesquels forment la majorité des membres en exercice et peuvent délibérer valablement.",
    "Le maire ouvre la séance à 20 h 10 et constate que le quorum est atteint.", "Monsieur le Maire constate que le quorum est atteint.",
]  # fmt: skip
TITLES = [
    "OBJET : Subvention au club de voile", "Objet : SUBVENTION AU CLUB DE VOILE", "SUBVENTION AU CLUB DE VOILE",
    "N° 2023-14 – FINANCES – Subvention au club de voile", "Objet de la délibération : subvention au club de voile",
    "Délibération n° 2023-14 : Subvention au club de voile", "2023-14 Subvention au club de voile",
]  # fmt: skip
BODY = """Le maire expose que le club de voile accueille chaque été les enfants des écoles de la commune.

Le conseil municipal, après en avoir délibéré, à l'unanimité,

DÉCIDE d'attribuer une subvention de 500 € au club de voile pour l'année.

Fait et délibéré les jour, mois et an susdits."""


def compose(random: Random) -> Head:
    """One head at random."""
    axes: dict[str, str] = {}

    def pick(axis: str, ways: Sequence[str]) -> str:
        axes[axis] = random.choice(list(ways))
        return axes[axis]

    date = dt.date(2015, 1, 5) + dt.timedelta(days=random.randrange(4_300))
    convoked = date - dt.timedelta(days=random.randrange(3, 12))
    members = people(random, random.randrange(6, 22))
    away = random.randrange(0, min(5, len(members) - 3))
    lent = random.randrange(0, min(5, len(members) - away - 2))
    absent, rest = members[:away], members[away:]
    givers, present = rest[:lent], rest[lent:]
    pairs = [(giver, random.choice(present)) for giver in givers]
    form = pick("name", NAMES)
    write = NAMES[form]
    layouts = LAYOUTS | (CIVIL_LAYOUTS if form in CIVIL else {})
    if form in ("given family", "family given"):
        layouts = layouts | CASED_LAYOUTS
    layout = pick("layout", layouts)
    lay = layouts[layout]
    officer = NAMES[form if form in CIVIL else "civility given family"]
    president, secretary = present[0], present[-1]
    where = pick("where", ["list", "inline", "none"]) if pairs else "none"
    blocks: list[str] = []
    heading = pick("present heading", PRESENT)

    def headed(heading: str, body: str, count: int, *, one_line: bool) -> str:
        told = heading.format(n=count)
        return told + ("" if told.endswith("\n") else " " if one_line else "\n") + body

    one_line = layout in (
        "commas",
        "commas, full stop",
        "commas, et",
        "semicolons",
        "dashes",
        "en dashes",
        "em dashes",
        "no sign",
        "slashes",
        "case alone",
    )
    one_line = one_line and random.random() < 0.6
    blocks.append(headed(heading, lay([write(p) for p in present]), len(present), one_line=one_line))
    simple = (
        lay
        if layout in ("commas", "lines", "bullets", "semicolons", "round bullets", "two tabs", "lines with commas")
        else LAYOUTS["commas"]
    )
    if pairs:
        link = pick("link", LINKS if where == "list" else SURE)
        told = [link.format(g=write(g), h=write(h)) for g, h in pairs]
        if "," in link and simple is LAYOUTS["commas"]:
            simple = LAYOUTS["semicolons"]
        if ";" in link and simple is LAYOUTS["semicolons"]:
            simple = LAYOUTS["lines"]
        if where == "list":
            blocks.append(
                headed(pick("proxy heading", PROXY_LISTS), simple(told), len(told), one_line=random.random() < 0.4)
            )
            if absent:
                blocks.append(
                    headed(
                        pick("absent heading", ABSENT),
                        simple([write(p) for p in absent]),
                        len(absent),
                        one_line=random.random() < 0.4,
                    )
                )
        else:
            blocks.append(
                headed(
                    pick("absent heading", [a for a in ABSENT if "sans" not in a]),
                    simple([*told, *(write(p) for p in absent)]),
                    len(told) + len(absent),
                    one_line=random.random() < 0.4,
                )
            )
    elif absent:
        blocks.append(
            headed(
                pick("absent heading", ABSENT),
                simple([write(p) for p in absent]),
                len(absent),
                one_line=random.random() < 0.4,
            )
        )
    gap = pick("gap", ["blank", "line"])
    roster = ("\n\n" if gap == "blank" else "\n").join(blocks)
    seance = SEANCES[pick("séance", SEANCES)](date)
    convocation = CONVOCATIONS[pick("convocation", CONVOCATIONS)](convoked)
    presided = pick("president", PRESIDENTS).format(n=officer(president))
    written = pick("secretary", SECRETARIES).format(n=officer(secretary))
    counts = counts_block(random, len(members), len(present), len(pairs))
    after = pick("after", AFTER)
    title = pick("title", TITLES)
    upper = ["COMMUNE DE MONTCLAIR", seance]
    lower = [convocation, presided, counts]
    random.shuffle(lower)
    below = [written, after]
    random.shuffle(below)
    text = "\n\n".join(part for part in [*upper, *lower, roster, *below, title, BODY] if part) + "\n"
    return Head(text, axes, date, convoked if convocation else None, president, secretary, present, absent, pairs)
