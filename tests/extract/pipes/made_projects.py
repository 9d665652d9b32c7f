"""Lists and tables of projects with who carries each, in every order and punctuation (``projects.toml``).

:func:`made_projects` draws one; what it should be read as stands beside the text.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from tests.extract.pipes.made_tables import Made, pipes, spaces, stacked, tabs

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("projects.toml").read_text(encoding="utf-8"))
_TO = {"le": "au ", "la": "à la ", "l'": "à l'", "les": "aux ", "": "à ", "Le": "au "}
_BY = {"le": "le ", "la": "la ", "l'": "l'", "les": "les ", "": "", "Le": "le "}
SHAPES = (
    ("project", "carrier", "granted"), ("carrier", "project", "granted"), ("carrier", "project", "asked", "granted"),
    ("project", "carrier", "cost", "granted"), ("carrier", "project", "cost", "asked", "granted"),
    ("carrier", "project", "before", "asked", "granted"), ("project", "carrier", "cost", "state", "granted"),
    ("carrier", "project", "cost", "granted", "state"), ("part", "project", "carrier", "granted"),
    ("part", "carrier", "project", "asked", "granted"), ("rank", "project", "carrier", "cost", "granted"),
    ("rank", "carrier", "project", "before", "granted"), ("carrier", "project", "cost", "before", "state", "granted"),
)  # fmt: skip
_MONEY = ("cost", "before", "asked", "state", "granted")
_FORMS = (tabs, tabs, pipes, pipes, spaces, stacked)


def made_projects(random: Random) -> Made:
    """A list or a table of three to seven projects, told in the exposé and taken up by the decision."""
    return _Maker(random).made()


class _Maker:
    """What is drawn for one act."""

    def __init__(self, random: Random) -> None:
        self.random = random
        count = random.randint(3, 7)
        self.projects = random.sample(WAYS["projects"], count + 2)
        told = [tuple(each.split("|")) for each in random.sample(WAYS["carriers"], count + 1)]
        self.idle, self.carriers = told[-1], told[:-1]
        values = [value for value in range(150, 9_900, 50) if not 1_900 <= value <= 2_100]
        self.sums = random.sample(values, count)
        self.unit = random.choice((" €", " €", " euros", ",00 €", "€"))
        self.traits: list[str] = []

    def money(self, value: int) -> str:
        return f"{value:,}".replace(",", " ") + self.unit

    def listed(self) -> str:
        """The rows of a list, with headings of parts and a row of the authority's own now and then."""
        random = self.random
        form, mark, end = (random.choice(WAYS[kind]) for kind in ("rows", "marks", "ends"))
        self.traits.append(f"row={mark}{form}")
        lines = [
            mark + self.filled(form, at, self.projects[at], carrier, value) + end
            for at, (carrier, value) in enumerate(zip(self.carriers, self.sums, strict=True))
        ]
        if random.random() < 0.3:
            rubric = random.choice(WAYS["rubrics"])
            self.traits.append("rubric=" + rubric)
            axes = random.sample(WAYS["axes"], 2)
            lines.insert(2, "\n" + rubric.format(i=2, a=axes[1]) + "\n")
            lines.insert(0, rubric.format(i=1, a=axes[0]) + "\n")
        if "({c}) : {s}" in form and random.random() < 0.3:
            own = random.choice(WAYS["own_rows"])
            self.traits.append("own=" + own)
            lines.append(mark + own.format(p=self.projects[-1], s=self.money(random.randint(20, 90) * 95)) + end)
        return "\n".join(lines)

    def filled(self, form: str, at: int, project: str, carrier: tuple[str, ...], value: int) -> str:
        article, name = carrier
        small = project[:1].lower() + project[1:]
        return form.format(
            p=project, q=small, c=name, lc=_BY[article] + name, to=_TO[article] + name, s=self.money(value),
            i=f"{at // 3 + 1}.{at % 3 + 1}",
        )  # fmt: skip

    def table(self) -> str:
        """The rows of a table."""
        random = self.random
        shape, form = random.choice(SHAPES), random.choice(_FORMS)
        grid = [[random.choice(WAYS["heads"][column]) for column in shape]]
        self.traits += ["form=" + form.__name__, "shape=" + "-".join(shape), "heads=" + "|".join(grid[0])]
        part, sums = "", dict.fromkeys(_MONEY, 0)
        for at, ((_, name), value) in enumerate(zip(self.carriers, self.sums, strict=True)):
            if at in (0, 2):
                part = random.choice([axe for axe in WAYS["axes"] if axe != part])
            money = {
                "cost": value * 4 + 10, "before": value + random.choice((0, 40, 90)), "asked": value + 10 * (at + 1),
                "state": value * 2 - 30, "granted": value,
            }  # fmt: skip
            cells = {"project": self.projects[at], "carrier": name, "part": part, "rank": str(at + 1)}
            grid.append([self.money(money[c]) if c in money else cells[c] for c in shape])
            sums = {column: sums[column] + money[column] for column in _MONEY}
        if random.random() < 0.5:
            words = ["Total" if not at else "" for at, _ in enumerate(c for c in shape if c not in _MONEY)]
            grid.append([self.money(sums[c]) if c in _MONEY else words.pop(0) for c in shape])
        return form(random, grid)

    def made(self) -> Made:
        """The whole act."""
        random = self.random
        told = self.listed() if random.random() < 0.6 else self.table()
        behind = random.choice(WAYS["behind"]) if random.random() < 0.5 else ""
        article, name = self.idle
        total = self.money(sum(self.sums))
        if behind:
            self.traits.append("behind=" + behind)
            behind = behind.format(
                p=self.projects[-2], lc=_BY[article] + name, s=self.money(random.randint(100, 190) * 105), t=total
            )
        decision = random.choice(WAYS["decisions"])
        self.traits.append("decision=" + decision)
        given = [self.money(v) + " " + _TO[a] + n for (a, n), v in zip(self.carriers, self.sums, strict=True)]
        decision = decision.format(t=total, list=", ".join(given[:-1]) + " et " + given[-1])
        body = f"La ville soutient les habitants.\n\n{random.choice(WAYS['leads'])}\n\n{told}\n\n{behind}"
        granted = [(name, value) for (_, name), value in zip(self.carriers, self.sums, strict=True)]
        return Made(random.choice(WAYS["titles"]), body, f"- {decision} ;", granted, self.traits)
