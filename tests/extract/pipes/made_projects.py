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
PARTED = (("carrier", "granted"), ("carrier", "project", "granted"), ("carrier", "project", "cost", "granted"))
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


def made_years(random: Random) -> Made:
    """A table of what two to five bodies get in each of three years."""
    maker = _Maker(random)
    ways = WAYS["years"]
    count = random.randint(2, min(5, len(maker.carriers)))
    bodies = [name for _, name in maker.carriers[:count]]
    firm = random.random() < 0.3
    sums = [[value, value + (0 if firm else random.choice((0, 200, 400))), value + 600] for value in maker.sums[:count]]
    years, whole = random.choice(ways["years"]), random.choice(ways["total_heads"])
    grid = [[random.choice(ways["names"]), *years.split("|"), *([whole] if whole else [])]]
    for name, row in zip(bodies, sums, strict=True):
        grid.append([name, *map(maker.money, row), *([maker.money(sum(row))] if whole else [])])
    total = sum(map(sum, sums))
    if random.random() < 0.4:
        added = [sum(row[at] for row in sums) for at in range(3)]
        grid.append(["Total", *map(maker.money, added), *([maker.money(total)] if whole else [])])
    form = random.choice(_FORMS)
    told = [
        f"{maker.money(sum(row))} pour {_BY[article]}{name}"
        for (article, name), row in zip(maker.carriers, sums, strict=False)
    ]
    behind = random.choice(ways["behind"]).format(rows=", ".join(told[:-1]) + " et " + told[-1], t=maker.money(total))
    decision = random.choice(ways["decisions"]).format(t=maker.money(total))
    traits = [f"form={form.__name__}", f"shape={grid[0]}", f"behind={behind[:30]}", f"decision={decision[:60]}"]
    body = f"La ville soutient ces structures.\n\n{random.choice(ways['leads'])}\n\n{form(random, grid)}\n\n{behind}"
    granted = [(name, value) for name, row in zip(bodies, sums, strict=True) for value in row]
    return Made(random.choice(ways["titles"]), body, f"- {decision} ;", granted, traits)


def made_parts(random: Random) -> Made:
    """A table of projects in two parts with their headings and sub-totals, or a column of parts and their sums."""
    maker = _Maker(random)
    shape = random.choice(
        (("carrier", "granted"), ("carrier", "project", "granted"), ("carrier", "project", "cost", "granted"))
    )
    heading, ways = random.choice(WAYS["parts"]["headings"]), random.choice(WAYS["years"]["subtotals"])
    axes, cut = random.sample(WAYS["axes"], 2), random.randint(1, len(maker.sums) - 1)
    grid = [[random.choice(WAYS["heads"][column]) for column in shape]]
    for part, places in enumerate((range(cut), range(cut, len(maker.sums)))):
        grid.append([heading.format(i=part + 1, a=axes[part])])
        for at in places:
            value = maker.sums[at]
            cells = {"carrier": maker.carriers[at][1], "project": maker.projects[at]}
            money = {"cost": value * 4 + 10, "granted": value}
            grid.append([maker.money(money[c]) if c in money else cells[c] for c in shape])
        added = sum(maker.sums[at] for at in places)
        label = ways.format(i=part + 1, a=axes[part])
        row = [label, *("" for _ in shape[1:])]
        for column, kind in enumerate(shape):
            if kind in _MONEY:
                row[column] = maker.money(added if kind == "granted" else added * 4 + 10 * len(places))
        grid.append(row)
    form = random.choice((tabs, tabs, pipes, spaces))
    decision = random.choice(WAYS["decisions"][:4]).format(t=maker.money(sum(maker.sums)))
    body = f"La ville soutient les habitants.\n\n{random.choice(WAYS['leads'])}\n\n{form(random, grid)}\n"
    traits = [
        f"form={form.__name__}",
        f"shape={'-'.join(shape)}",
        f"behind={ways}",
        f"rubric={heading}",
        f"decision={decision[:50]}",
    ]
    granted = [(name, value) for (_, name), value in zip(maker.carriers, maker.sums, strict=True)]
    return Made(random.choice(WAYS["titles"]), body, f"- {decision} ;", granted, traits)
