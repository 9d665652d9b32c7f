"""Acts of one to three grants in prose, in the template of the register (``exposes.toml``).

An exposé of many paragraphs that tell other sums, then a decision of one to six points: the sum stands in the exposé
alone and is taken up, in the decision alone, or in both. :func:`made_exposes` draws one act; what it should be read as
stands beside the text.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from tests.extract.pipes.composer import Flow, Prose

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("exposes.toml").read_text(encoding="utf-8"))
HEAD = """\
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS du {organ} de {head}

Séance du jeudi 8 février 2024

Président : Monsieur MARSEC

Secrétaire de séance : Madame NOIRAUD

Convocation envoyée le 1er février 2024

Nombre de membres en exercice : 4

Nombre de présents participant au vote : 4

Nombre de procurations : 0

Membres présents :

Monsieur Alain MARSEC	Madame Carla NOIRAUD	Monsieur Denis ROYER
Madame Aline TESSIER

OBJET : {theme}

{title}

"""
SCRUTIN = """

SCRUTIN	POUR : 4	ABSTENTION : 0
	CONTRE : 0	NE SE PRONONCE PAS : 0
	DONT 0 PROCURATION(S)

La secrétaire,
Madame NOIRAUD

Le Président,
Monsieur MARSEC
"""
_PARTS = (
    "presentation",
    "action",
    "budget",
    "asked",
    "before",
    "funders",
    "commission",
    "debate",
    "reminders",
    "envelope",
)


def to(name: str) -> str:
    """« à l'association X », « au club X »."""
    return "au " + name[3:] if name.startswith("le ") else "à " + name


def of(name: str) -> str:
    """« de l'association X », « du club X », « d'Un Toit »."""
    if name.startswith("le "):
        return "du " + name[3:]
    return ("d'" if name[0] in "AEIOUÉ" else "de ") + name


def capital(words: str) -> str:
    """Words at the head of a sentence."""
    return words[0].upper() + words[1:]


def known_as(name: str) -> str:
    """A name without article and without "association"."""
    for lead in ("le ", "la ", "les ", "l'"):
        name = name.removeprefix(lead)
    return name.removeprefix("association ").strip("«» ")


class _Drawn:
    """The random choices of one act."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.head, self.organ, self.common = random.choice(WAYS["authorities"]).split("|")
        bodies = [b for b in WAYS["bodies"] if "commune" not in b or "Ville" not in self.head]
        count = random.choice((1, 1, 1, 2, 3))
        self.bodies = [tuple(body.split("|")) for body in random.sample(bodies, count)]
        self.strangers = random.sample(WAYS["strangers"], len(WAYS["strangers"]))
        self.sums = random.sample([v for v in range(600, 90_000, 50) if not 1_900 <= v <= 2_100], 60)
        self.unit = random.choice(WAYS["units"])
        self.traits: list[str] = []

    def money(self, value: int) -> str:
        """A sum as this act writes it."""
        return f"{value:,}".replace(",", " ") + self.unit

    def fill(self, template: str, body: tuple[str, ...], value: int = 0, total: int = 0, payer: str = "") -> str:
        """A template with its parts; sums that are not given are those of nobody's grant."""
        payer = payer or self.random.choice(WAYS["others"])
        stranger = self.random.choice(self.strangers)
        name, later = body
        half = value // 2
        told = {
            "{N}": capital(name), "{It}": capital(later), "{it}": later, "{à it}": to(later),
            "{C}": capital(self.common), "{P}": capital(payer), "{s}": self.money(value), "{a}": self.money(value),
            "{sum}": self.money(total), "{h}": self.money(half), "{r}": self.money(value - half),
            "{k}": str(self.random.choice((14, 45, 120, 260, 640))),
        }  # fmt: skip
        for letter, words in (("n", name), ("p", payer), ("c", self.common), ("x", stranger)):
            told |= {f"{{à {letter}}}": to(words), f"{{de {letter}}}": of(words), f"à {{{letter}}}": to(words)}
            told |= {f"{{{letter}}}": words}
        for part, words in told.items():
            template = template.replace(part, words)
        while "{o}" in template:
            template = template.replace("{o}", self.money(self.sums.pop()), 1)
        return template

    def choose(self, *place: str) -> str:
        """One of the ways of a table, remembered as a trait."""
        ways: Any = WAYS
        for name in place:
            ways = ways[name]
        chosen = str(self.random.choice(ways))
        self.traits.append(f"{'.'.join(place)}={chosen}")
        return chosen


def made_exposes(random: Random) -> Prose:
    """An act whose decision grants one to three sums."""
    d = _Drawn(random)
    values = [d.sums.pop() for _ in d.bodies]
    payee = known_as(d.head)
    flows = [Flow(payee, known_as(name), v) for (name, _), v in zip(d.bodies, values, strict=True)]
    alone = len(d.bodies) == 1
    more = ("meant", "titled", "yearly", "twice") if alone else ()
    mode = random.choice(("exposé", "decision", "decision", "both", *more))
    d.traits.append(f"mode={mode}")
    told: list[str] = []
    points: list[str] = []
    for body, value in zip(d.bodies, values, strict=True):
        parts = sorted(random.sample(range(len(_PARTS)), random.randint(1, 5 if alone else 2)))
        told += [d.fill(d.choose("exposed", _PARTS[part]), body) for part in parts]
        if mode == "meant" and not any(body[0] in paragraph for paragraph in told):
            told.insert(0, d.fill(d.choose("exposed", "presentation"), body))
        tail = d.choose("gives", "tails") if random.random() < 0.3 else ""
        if mode in ("exposé", "both"):
            told.append(d.fill(_with(d.choose("proposes", "one"), tail), body, value))
        if mode != "exposé":
            way = mode if mode in ("meant", "titled", "yearly", "twice") else random.choice(("one", "one", "beside"))
            chosen = _with(d.choose("gives", way), "" if mode == "twice" or way == "beside" else tail)
            if "{t}" in chosen:
                other = d.sums.pop()
                chosen = chosen.replace("{t}", d.money(other))
                flows.append(Flow(payee, known_as(body[0]), other))
            points.append(d.fill(chosen, body, value))
    if mode == "exposé":
        points.append(d.fill(d.choose("takes_up", "one" if alone else "several"), d.bodies[0]))
    first = d.bodies[0], values[0], sum(flow.amount for flow in flows)
    if random.random() < 0.3 and mode != "titled":
        points.insert(0, d.fill(d.choose("points", "before"), *first))
    count = random.choice((0, 1, 1, 2, 3))
    points += [d.fill(d.choose("points", "after"), *first) for _ in range(count)]
    if random.random() < 0.2:
        _receive(d, told, points, flows)
    title = d.choose("gives", "titles") if mode == "titled" else d.choose("titles")
    return Prose(_set(d, d.fill(title, d.bodies[0]), told, list(dict.fromkeys(points))), flows, d.traits)


def _with(told: str, tail: str) -> str:
    """A sentence or a point with what stands behind its sum: at its end."""
    stop = "." if told.endswith(".") else ""
    return told.removesuffix(".") + tail + stop


def _receive(d: _Drawn, told: list[str], points: list[str], flows: list[Flow]) -> None:
    """Money that another body pays: to the one that deliberates, or to who receives."""
    payer, value = d.random.choice(WAYS["others"]), d.sums.pop()
    way = d.random.choice(("points", "points", "to_third", "told"))
    if way == "told":
        told.append(d.fill(d.choose("received", "told"), d.bodies[0], value, payer=payer))
        points.append(d.fill(d.choose("received", "accepts"), d.bodies[0], value, payer=payer))
    else:
        points.append(d.fill(d.choose("received", way), d.bodies[0], value, payer=payer))
    receiver = d.bodies[0][0] if way == "to_third" else d.head
    flows.append(Flow(known_as(payer), known_as(receiver), value))


def _set(d: _Drawn, title: str, told: list[str], points: list[str]) -> str:
    """The act as the register sets it."""
    form = d.random.choice(("- {p} ;", "- {p},", "{k}. {p} ;", "- **{v}** {r} ;"))
    d.traits.append(f"form={form}")
    lines = []
    for k, point in enumerate(points, 1):
        verb, _, rest = point.partition(" ")
        if verb == "de":
            second, _, rest = rest.partition(" ")
            verb = f"de {second}"
        lines.append(form.format(p=point, k=k, v=verb, r=rest))
    head = HEAD.format(organ=d.organ, head=d.head, theme=d.random.choice(WAYS["themes"]), title=capital(title))
    organ = d.organ.split()[0]
    return (
        head
        + "\n\n".join(told)
        + f"\n\n**Le {organ},\naprès en avoir délibéré, décide :**\n\n"
        + "\n\n".join(lines)
        + SCRUTIN
    )
