"""Minutes of a séance (``composed_minutes.toml``): several points, some of which grant, with their debates and votes.

:func:`made_minutes` draws one; what it grants stands beside the text.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.extract.pipes.made_articles import PLAIN, bare, capital, of, to

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("composed_minutes.toml").read_text(encoding="utf-8"))
HEAD = """\
COMMUNE DE VALMORE

{minutes}

Présents : Mme Aline MARSEC, maire, M. Bruno TESSIER, Mme Carla NOIRAUD, M. Denis ROYER
Absent : M. Paul HENRY (pouvoir à M. Bruno TESSIER)
Secrétaire de séance : Mme Carla NOIRAUD

"""
_MEMBERS = ("TESSIER", "NOIRAUD", "ROYER", "Tessier", "Royer")
#: Fewer names than this are left to those who get nothing.
_FEWEST = 8
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_PAYERS = ("le Département de la Valmore", "la Région", "l'État", "la communauté de communes du Haut Val")


@dataclass(slots=True)
class Minutes:
    """Composed minutes, who receives what of them, how many points they have, and the traits they were drawn with."""

    text: str
    granted: list[tuple[str, int]]
    points: int
    traits: list[str] = field(default_factory=list)


class _Drawn:
    """The random choices of one set of minutes."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = random.sample(PLAIN, len(PLAIN))
        self.sums = random.sample([v for v in range(50, 60_000, 10) if not 1_900 <= v <= 2_100], 80)
        self.unit = random.choice((" €", "\u00a0€", "€", " euros", ",00 €"))
        self.granted: list[tuple[str, int]] = []
        self.traits: list[str] = []

    def chosen(self, key: str, ways: list[str]) -> str:
        """One way of several, noted as a trait."""
        way = self.random.choice(ways)
        self.traits.append(f"{key}={way}")
        return way

    def money(self, value: int) -> str:
        return f"{value:,}".replace(",", " ") + self.unit

    def filled(self, template: str, name: str = "", value: int = 0) -> str:
        """A template with its parts; a name and sums that are not given are those of nobody's grant."""
        name = name or self.random.choice(self.names)
        payer = self.random.choice(_PAYERS)
        told = {
            "{a_n}": to(name), "{de_n}": of(name), "{n}": name, "{N}": capital(name), "{p_of}": of(payer),
            "{p}": payer, "{P}": capital(payer), "{s}": self.money(value),
        }  # fmt: skip
        for part, words in told.items():
            template = template.replace(part, words)
        while "{o}" in template:
            template = template.replace("{o}", self.money(self.sums.pop()), 1)
        while "{m}" in template:
            template = template.replace("{m}", self.random.choice(_MEMBERS), 1)
        return template


def _grant(d: _Drawn) -> tuple[str, list[str], str]:
    """A point that grants: its title, its exposé, its decision."""
    name, value = d.names.pop(), d.sums.pop()
    d.granted.append((name, value))
    title = d.filled(d.chosen("title", WAYS["grant"]["titles"]), name)
    body = [d.filled(d.chosen("body", WAYS["grant"]["body"]), name, value)]
    return title, body, d.filled(d.chosen("grant", WAYS["grant"]["decided"]), name, value)


def _grants(d: _Drawn) -> tuple[str, list[str], str]:
    """A point with a list of grants."""
    rows = [(d.names.pop(), d.sums.pop()) for _ in range(d.random.randint(2, 4))]
    d.granted += rows
    form = d.chosen("rows", WAYS["grants"]["rows"])
    listed = [d.filled(form, n if "{a_n}" in form else bare(n), v) for n, v in rows]
    lead = d.filled(d.chosen("lead", WAYS["grants"]["lead"]))
    decided = d.chosen("taken up", WAYS["grants"]["decided"])
    return d.random.choice(WAYS["grants"]["titles"]), [lead + "\n" + "\n".join(listed)], decided


def _told(d: _Drawn) -> tuple[str, list[str], str]:
    """A point told in a few words, its decision among them."""
    name, value = d.names.pop(), d.sums.pop()
    granted = d.random.random() < 0.65
    if granted:
        d.granted.append((name, value))
    told = d.filled(d.chosen("told", WAYS["told"]["ways" if granted else "refused"]), name, value)
    body, decided = told.split("|")
    return d.filled(d.random.choice(WAYS["told"]["titles"]), name), [body], decided


def _none(d: _Drawn) -> tuple[str, list[str], str]:
    """A point that grants nothing."""
    name = d.random.choice(d.names)
    title, body, decided = (d.filled(part, name) for part in d.chosen("none", WAYS["none"]["points"]).split("|"))
    return title, [body], decided


def made_minutes(random: Random) -> Minutes:
    """Minutes of three to six points."""
    d = _Drawn(random)
    head = d.chosen("head", WAYS["heads"])
    count = random.randint(3, 6)
    kinds = [random.choice((_grant, _grants, _told, _told, _none, _none)) for _ in range(count - 1)] + [_grant]
    random.shuffle(kinds)
    parts = [HEAD.format(minutes=random.choice(WAYS["minutes"])).rstrip()]
    formula = random.choice(WAYS["formulas"])
    vote = random.choice(WAYS["votes"])
    for k, kind in enumerate(kinds, 1):
        title, body, decided = (kind if len(d.names) > _FEWEST else _none)(d)
        parts.append(head.format(k=k, kk=f"{k + 11:03}", t=title, T=title.upper(), roman=_ROMAN[k - 1]))
        for _ in range(0 if kind is _told else random.choice((0, 0, 1, 1, 2))):
            body.append(d.filled(d.chosen("debate", WAYS["debate"]["sentences"])))
        if kind is _told:
            parts += ["\n".join([*body, decided]).strip()]
            continue
        told = formula if random.random() < 0.8 else random.choice(WAYS["formulas"])
        d.traits.append("formula=" + told)
        parts += ["\n".join(body), told + decided]
        if "unanimité" not in told and "voix" not in told:
            parts.append(d.filled(vote if random.random() < 0.7 else random.choice(WAYS["votes"])))
        if random.random() < 0.2 and k < len(kinds):
            parts.append(d.filled(d.chosen("between", WAYS["more"]["between"])))
    if end := d.filled(d.chosen("end", WAYS["more"]["ends"])):
        parts.append(end)
    parts.append("La séance est levée à 22 h 15.")
    return Minutes("\n\n".join(parts) + "\n", d.granted, count, d.traits)
