"""Decisions in articles (``articles.toml``): grants, lists of grants, and articles that grant nothing.

What the exposé and the recitals tell of other money, page heads between two articles and lines that wrap disturb them.
:func:`made_articles` draws one act; what it should be read as stands beside the text.
"""

from __future__ import annotations

import textwrap
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("articles.toml").read_text(encoding="utf-8"))
HEAD = """\
COMMUNE DE VALMORE
Conseil municipal
Séance du 15 février 2024

Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD, M. Denis ROYER
Secrétaire de séance : Mme Carla NOIRAUD

N° 2024/14
Objet : {title}

"""
PLAIN = (
    "le Judo Club de Courlanne", "l'association Horizon", "le Foyer rural des Prés", "la Compagnie du Lavoir",
    "le Comité des fêtes de Valmore", "l'Amicale laïque", "l'association Les Genêts d'Or", "la Croix-Rouge française",
    "le Secours populaire", "l'Harmonie de Valmore", "le club de voile Cap Sud", "l'association sportive du collège",
    "la Mission locale du Haut Val", "l'association Un Toit Demain", "la Société d'histoire de Valmore",
    "le Tennis club valmorin", "l'association Radio Valmore", "le collectif Terre d'Accueil", "la crèche Les Lutins",
)  # fmt: skip
_MEMBERS = ("Durand", "Lemaire", "Fournol", "Guichard")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_UNITS = (" €", "\u00a0€", "€", " euros", ",00 €")


@dataclass(slots=True)
class Articles:
    """A composed act, who receives what of it, and the traits it was drawn with."""

    text: str
    granted: list[tuple[str, int]]
    traits: list[str] = field(default_factory=list)


def bare(name: str) -> str:
    """A name without its article and "association"."""
    for lead in ("le ", "la ", "les ", "l'"):
        name = name.removeprefix(lead)
    return name.removeprefix("association ") if name.startswith("association ") and name[12].isupper() else name


def to(name: str) -> str:
    """« à l'association X », « au club X »."""
    return "au " + name[3:] if name.startswith("le ") else "à " + name


def of(name: str) -> str:
    """« de l'association X », « du club X »."""
    return "du " + name[3:] if name.startswith("le ") else "de " + name


def capital(words: str) -> str:
    """Words at the head of a sentence."""
    return words[0].upper() + words[1:]


def _shouted(article: str) -> str:
    """« DE FIXER », « D'ATTRIBUER », « ATTRIBUE »."""
    verb, gap, rest = article.partition(" ")
    if verb != "de":
        return verb.upper() + gap + rest
    second, gap, rest = rest.partition(" ")
    return f"DE {second.upper()}{gap}{rest}"


class _Drawn:
    """The random choices of one act."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = random.sample(PLAIN, len(PLAIN))
        self.sums = random.sample([v for v in range(50, 40_000, 10) if not 1_900 <= v <= 2_100], 40)
        self.unit = random.choice(_UNITS)
        self.traits: list[str] = []

    def money(self, value: int) -> str:
        return f"{value:,}".replace(",", self.random.choice((" ", "\u00a0", " "))) + self.unit

    def filled(self, template: str, name: str = "", value: int = 0, total: int = 0) -> str:
        """A template with its parts; a name and a sum that are not given are those of nobody's grant."""
        name = name or self.names.pop()
        payer = self.random.choice(WAYS["more"]["payers"])
        told = {
            "à {n}": to(name), "de {n}": of(name), "{n}": name, "{N}": capital(name),
            "{p_of}": of(payer), "à {p}": to(payer), "{p}": payer, "{P}": capital(payer),
            "{s}": self.money(value), "{o}": self.money(self.sums.pop()), "{sum}": self.money(total),
            "{m}": self.random.choice(_MEMBERS), "{y}": self.random.choice(("65748", "6574", "65734")),
        }  # fmt: skip
        for part, words in told.items():
            template = template.replace(part, words)
        return template


def made_articles(random: Random) -> Articles:
    """An act whose decision has two to seven articles."""
    d = _Drawn(random)
    mood = random.choice(("infinitive", "infinitive", "present", "present", "passive", "noun"))
    shout = mood in ("infinitive", "present") and random.random() < 0.4
    granted: list[tuple[str, int]] = []
    articles: list[str] = []
    if random.random() < 0.25:
        count = random.randint(2, 5)
        rows = [(d.names.pop(0), d.sums.pop(0)) for _ in range(count)]
        form = random.choice(("- {n} : {s}", "- {n} – {s} ;", "{n} : {s}", "• {s} à {n} ;", "a) {n} : {s}"))
        shown = [d.filled(form, n if "à {n}" in form else bare(n), v).strip() for n, v in rows]
        articles.append(random.choice(WAYS["lists"][mood]) + "\n" + "\n".join(shown))
        granted += rows
        d.traits.append("list=" + form)
    for _ in range(random.choice((1, 1, 1, 2, 3)) if not granted or random.random() < 0.4 else 0):
        name, value = d.names.pop(0), d.sums.pop(0)
        chosen = random.choice(WAYS["grants"][mood])
        articles.append(d.filled(chosen, name, value))
        granted.append((name, value))
        d.traits.append("grant=" + chosen)
    total = sum(value for _, value in granted)
    for _ in range(random.choice((0, 1, 1, 2))):
        chosen = random.choice(WAYS["beside"][mood])
        told = d.filled(chosen, total=total)
        articles.insert(random.randint(0, len(articles)) if "{sum}" not in chosen else len(articles), told)
        d.traits.append("beside=" + chosen)
    articles += random.sample(WAYS["ends"][mood], random.randint(1, 2))
    mark = random.choice(WAYS["marks"])
    d.traits += [f"mood={mood}", f"mark={mark}", f"shout={shout}", f"unit={d.unit}"]
    lines: list[str] = []
    turned = random.randrange(1, len(articles)) if len(articles) > 1 and random.random() < 0.25 else 0
    for at, article in enumerate(articles):
        if turned and at == turned:
            lines.append(random.choice(WAYS["more"]["turns"]))
            d.traits.append("turn=" + lines[-1])
        if shout:
            article = _shouted(article)
        elif mood == "infinitive" and random.random() < 0.5:
            article = capital(article)
        k = at + 1
        lead = mark.format(k=k, first="1er" if k == 1 else k, K=f"N° {k}", FIRST="PREMIER" if k == 1 else k,
                           roman=_ROMAN[at])  # fmt: skip
        lines.append(lead + article)
    return _around(d, lines, granted)


def _around(d: _Drawn, lines: list[str], granted: list[tuple[str, int]]) -> Articles:
    """The act around its articles."""
    random = d.random
    body = ["La commune soutient chaque année la vie locale."]
    for _ in range(random.choice((0, 0, 1, 2))):
        chosen = random.choice(WAYS["told"]["sentences"])
        body.append(d.filled(chosen))
        d.traits.append("told=" + chosen)
    recitals = []
    for _ in range(random.choice((0, 0, 1))):
        chosen = random.choice(WAYS["told"]["recitals"])
        recitals.append(d.filled(chosen))
        d.traits.append("recital=" + chosen)
    formula = random.choice(WAYS["formulas"])
    d.traits.append("formula=" + formula)
    vote = random.choice(WAYS["more"]["votes"])
    parts = ["\n".join(body), *(["\n".join(recitals)] if recitals else []), formula, "\n\n".join(lines)]
    if vote:
        parts.append(vote.replace("{m}", random.choice(_MEMBERS)))
    text = "\n\n".join(parts)
    if random.random() < 0.2:
        text = "\n".join("\n".join(textwrap.wrap(line, 90)) if line else "" for line in text.splitlines())
        d.traits.append("wrapped")
    signed = "\n\nFait et délibéré à Valmore, les jour, mois et an susdits.\nLe maire, Aline MARSEC\n"
    return Articles(HEAD.format(title=random.choice(WAYS["more"]["titles"])) + text + signed, granted, d.traits)
