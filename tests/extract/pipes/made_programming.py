"""Programming tables: columns in every order, with what stands beside and between rows (``programming.toml``).

Themes in a cell that spans rows or on lines of their own, what others pay, gifts in kind, opinions, rates, dashes for
nothing, "dont" rows, notes, refused and postponed rows, sub-totals, heads told again.
:func:`made_programming` draws one; what it should be read as stands beside the text.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from tests.extract.pipes.made_projects import WAYS as PROJECTS
from tests.extract.pipes.made_tables import Made, pipes, spaces, tabs

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("programming.toml").read_text(encoding="utf-8"))
_MONEY = ("cost", "before", "asked", "state", "kind", "granted")
_ASIDE = ("rank", "part", "project", "cost", "before", "asked", "state", "kind", "opinion", "rate", "remark", "place")
_KINDS = ("dont", "refused", "subtotals", "again", "notes", "dashes", "total", "lines")
_FORMS = (tabs, pipes, spaces)


def made_programming(random: Random) -> Made:
    """A table of four to nine rows told in the exposé and taken up by the decision, or told in the decision."""
    return _Maker(random).made()


class _Maker:
    """What is drawn for one table."""

    def __init__(self, random: Random) -> None:
        self.random = random
        count = random.randint(4, 9)
        self.projects = random.sample(PROJECTS["projects"], count + 3)
        bodies = random.sample([each.split("|")[1] for each in PROJECTS["carriers"]], count + 2)
        self.bodies, self.idle = bodies[:count], bodies[count:]
        self.sums = random.sample([value for value in range(150, 9_900, 50) if not 1_900 <= value <= 2_100], count)
        self.unit = random.choice((" €", "€", " euros", ",00 €", "", ""))
        self.form = random.choice(_FORMS)
        aside = random.sample(_ASIDE, random.randint(1, 5))
        self.kinds = set(random.sample(_KINDS, random.randint(1, 4)))
        words = [c for c in ("carrier", "project", "part", "rank", "place") if c == "carrier" or c in aside]
        random.shuffle(words)
        money = [c for c in (*_MONEY, "opinion", "rate") if c == "granted" or c in aside]
        random.shuffle(money)
        for first in ("part", "rank"):
            words.sort(key=lambda c: c != first)  # what numbers or groups the rows stands before them
        self.shape = [*words, *money, *(["remark"] if "remark" in aside else [])]
        self.heads = {c: random.choice(WAYS["heads"][c]) for c in self.shape}
        self.traits = ["form=" + self.form.__name__, "shape=" + "-".join(self.shape), f"unit={self.unit}"]
        self.traits += ["head=" + self.heads["granted"], "name=" + self.heads["carrier"], *sorted(self.kinds)]

    def money(self, value: int) -> str:
        return f"{value:,}".replace(",", " ") + self.unit

    def row(self, at: int, body: str, project: str, granted: int) -> list[str]:
        """One row: a request that is not granted has words, a dash or nothing in the place of its sum."""
        random = self.random
        asked = (granted or 700) + 10 * random.randint(1, 60)
        cells = {
            "rank": f"{at // 3 + 1}.{at % 3 + 1}", "part": "", "carrier": body, "project": project,
            "place": random.choice(WAYS["places"]), "cost": self.money(asked * 4 + 30), "asked": self.money(asked),
            "before": self.money((granted or 600) + random.choice((0, 25, 35))), "state": self.money(asked * 2 - 15),
            "kind": self.money(random.randint(11, 49) * 15), "opinion": "Favorable", "remark": "",
            "rate": f"{random.randint(5, 60)} %",
            "granted": self.money(granted) if granted else random.choice(WAYS["refused"]),
        }  # fmt: skip
        if not granted:
            cells["opinion"] = random.choice(("Défavorable", "Ajourné"))
        for column in ("before", "state", "kind") if "dashes" in self.kinds else ():
            if random.random() < 0.4:
                cells[column] = random.choice(WAYS["none"])
        if random.random() < 0.3:
            cells["remark"] = random.choice(WAYS["remarks"]) if granted else "dossier incomplet"
        if "notes" in self.kinds and random.random() < 0.3 and granted:
            column = random.choice(("carrier", "granted"))
            cells[column] += random.choice((" (1)", " *", " (2)"))
        return [cells[c] for c in self.shape]

    def alone(self, words: dict[str, str]) -> list[str]:
        return [words.get(c, "") for c in self.shape]

    def added(self, told: str, granted: list[int]) -> list[str]:
        """A row that adds up others."""
        first = next(i for i, c in enumerate(self.shape) if c in ("carrier", "part", "project"))
        cells = ["" for _ in self.shape]
        cells[first] = told
        for at, column in enumerate(self.shape):
            if column == "granted" or (column in _MONEY and column != "kind" and self.random.random() < 0.8):
                cells[at] = self.money(sum(granted) * (1 if column == "granted" else 3) + (column != "granted") * 45)
        return cells

    def lines(self) -> list[list[str]]:
        """The rows in two parts, with what stands between them."""
        random = self.random
        count = len(self.bodies)
        cut = random.randint(2, count - 2)
        themes = random.sample(PROJECTS["axes"], 2)
        told = random.choice(WAYS["subtotals"])
        found: list[list[str]] = []
        head = [self.heads[c] for c in self.shape]
        for number, (theme, part) in enumerate(zip(themes, (range(cut), range(cut, count)), strict=True)):
            if "lines" in self.kinds and "part" not in self.shape:
                found.append([random.choice(WAYS["theme_lines"]).format(i=number + 1, a=theme)])
            for at in part:
                row = self.row(at, self.bodies[at], self.projects[at], self.sums[at])
                if "part" in self.shape and at == part[0]:
                    row[self.shape.index("part")] = theme
                found.append(row)
                if "dont" in self.kinds and random.random() < 0.25 and self.sums[at] > 600:
                    found.append(
                        self.alone({"carrier": "dont fonctionnement", "granted": self.money(self.sums[at] // 2)})
                    )
            if "refused" in self.kinds and number == 0:
                found.append(self.row(count, self.idle[0], self.projects[-1], 0))
            if "subtotals" in self.kinds:
                found.append(self.added(told.format(a=theme, i=number + 1), [self.sums[at] for at in part]))
            if "again" in self.kinds and number == 0:
                found += [[random.choice(WAYS["pages"])], head]
        return found

    def made(self) -> Made:
        """The whole act."""
        random = self.random
        lines = self.lines()
        if "total" in self.kinds:
            lines.append(self.added(random.choice(WAYS["totals"]), self.sums))
        grid = [[self.heads[c] for c in self.shape], *lines]
        table = self.form(random, grid)
        if "notes" in self.kinds:
            table += "\n\n" + random.choice(WAYS["notes"])
        title, total = random.choice(PROJECTS["titles"]), self.money(sum(self.sums))
        granted = list(zip(self.bodies, self.sums, strict=True))
        if random.random() < 0.25:
            lead = random.choice(WAYS["within"])
            return Made(title, "La ville soutient les habitants.", f"- {lead}\n\n{table}\n", granted, self.traits)
        decision = random.choice(WAYS["decisions"]).format(t=total)
        body = f"La ville soutient les habitants.\n\n{random.choice(PROJECTS['leads'])}\n\n{table}"
        return Made(title, body, f"- {decision} ;", granted, [*self.traits, "decision=" + decision[:50]])
