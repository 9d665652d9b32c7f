"""Tables of grants with three columns and more, with what disturbs them in real acts (``disturbed_tables.toml``).

Sums that are missing, requests that are refused or put off, remarks, themes with sub-totals, page heads, heads that
are told again, names over three lines.

:func:`made_disturbed_table` draws one; what it should be read as stands beside the text.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from tests.extract.pipes.made_disturbed import WAYS as TOLD
from tests.extract.pipes.made_tables import (
    BARE,
    HEADS,
    NAMED,
    OBJECTS,
    THEMES,
    Made,
    filled,
    pipes,
    spaces,
    stacked,
    tabs,
)

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("disturbed_tables.toml").read_text(encoding="utf-8"))
SHAPES = (
    ("name", "object", "granted"), ("name", "asked", "granted"), ("name", "before", "granted"),
    ("name", "before", "asked", "granted"), ("name", "object", "asked", "granted"),
    ("name", "object", "asked", "before", "granted"), ("name", "before", "asked", "granted", "remark"),
    ("name", "asked", "granted", "remark"), ("name", "granted", "remark"),
    ("name", "object", "cost", "asked", "granted"), ("rank", "name", "before", "granted"),
    ("name", "members", "before", "granted"),
)  # fmt: skip
MONEY = ("granted", "asked", "before", "cost")
_MEMBERS = ("Durand", "Lemaire", "Fournol", "Guichard")
#: A table of so many rows may have parts; a head so long is set over two lines.
_FEWEST_PARTED, _LONG = 4, 14
_KINDS = ("empty", "refused", "between", "again", "themed", "wrapped", "total", "wrapped_heads")
FORMS = (tabs, pipes, spaces, stacked)


def made_disturbed_table(random: Random) -> Made:
    """A table of three to eight grants with one to four disturbances."""
    return _Maker(random).made()


class _Maker:
    """What is drawn for one table: its columns, how it is set, its rows and what disturbs them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.shape, self.form = random.choice(SHAPES), random.choice(FORMS)
        self.kinds = set(random.sample(_KINDS, random.randint(1, 4)))
        count = random.randint(3, 8)
        names = random.sample(NAMED + BARE, count + 2)
        self.idle, self.names = names[count:], names[:count]
        self.unit = random.choice((" €", " €", "€", "", " euros", ",00 €", ",00"))
        headed = self.unit in ("", ",00") and random.random() < 0.7
        self.unit_head = random.choice(WAYS["unit_heads"]) if headed else ""
        self.sums = random.sample([value for value in range(50, 9_000, 10) if not 1_900 <= value <= 2_100], count)
        self.member = random.choice(_MEMBERS)
        self.label = self.shape.index("name")
        self.traits = [f"form={self.form.__name__}", "shape=" + "-".join(self.shape)]
        self.traits += [f"unit={self.unit}{self.unit_head}", *sorted(self.kinds)]

    def money(self, value: int) -> str:
        return f"{value:,}".replace(",", " ") + self.unit

    def row(self, at: int, name: str, granted: int) -> list[str]:
        random = self.random
        asked = (granted or 400) + random.randint(1, 90) * 10
        cells = {
            "name": name, "object": random.choice(OBJECTS), "rank": str(at + 1), "members": str(23 + 7 * at),
            "before": self.money(random.randint(5, 800) * 10 + 5), "asked": self.money(asked),
            "cost": self.money(asked * 4 + 1),
            "granted": self.money(granted) if granted else random.choice(WAYS["refused"]), "remark": "",
        }  # fmt: skip
        if random.random() < 0.4:
            cells["remark"] = random.choice(WAYS["remarks" if granted else "refused_remarks"]).format(m=self.member)
        for column in ("before", "asked", "object") if "empty" in self.kinds else ():
            if random.random() < 0.3 and (granted or column != "asked"):
                cells[column] = random.choice(WAYS["none"]) if column != "object" else ""
        if not granted:
            self.traits.append("refused=" + cells["granted"])
        return [cells[column] for column in self.shape]

    def rows(self) -> tuple[list[list[str]], list[int]]:
        """The rows, and what each grants: nothing where a request is refused."""
        told = zip(self.names, self.sums, strict=True)
        rows = [self.row(at, name, value) for at, (name, value) in enumerate(told)]
        granted = list(self.sums)
        for _ in range(self.random.randint(1, 2) if "refused" in self.kinds else 0):
            at = self.random.randint(1, len(rows))
            rows.insert(at, self.row(at, self.idle.pop(), 0))
            granted.insert(at, 0)
        if "rank" in self.shape:
            for number, row in enumerate(rows, 1):
                row[self.shape.index("rank")] = str(number)
        return rows, granted

    def added(self, told: str, granted: list[int]) -> list[str]:
        """A row that adds up others."""
        cells = ["" for _ in self.shape]
        cells[self.label] = told
        for column, kind in enumerate(self.shape):
            if kind in MONEY and (kind == "granted" or self.random.random() < 0.8):
                cells[column] = self.money(sum(granted) if kind == "granted" else sum(granted) * 2 + 30)
        return cells

    def parted(self, rows: list[list[str]], granted: list[int]) -> list[list[str]]:
        """The rows, in two themes with their sub-totals where the table has them."""
        if "themed" not in self.kinds or len(rows) < _FEWEST_PARTED:
            return list(rows)
        cut = self.random.randint(2, len(rows) - 2)
        ways = self.random.choice(WAYS["subtotals"]) if self.random.random() < 0.6 else ""
        self.traits += ["subtotal=" + ways] * bool(ways)
        lines: list[list[str]] = []
        for theme, part in zip(self.random.sample(THEMES, 2), (slice(cut), slice(cut, None)), strict=True):
            lines += [[theme], *rows[part]]
            lines += [self.added(ways.format(theme=theme), granted[part])] * bool(ways)
        return lines

    def paged(self, lines: list[list[str]], head: list[str]) -> None:
        """Put the head of a page, a remark, or the head of the table between two rows."""
        at = self.random.choice([i for i, line in enumerate(lines) if len(line) > 1 and i])
        if "between" in self.kinds:
            told = self.random.choice(WAYS["between"]).format(m=self.member)
            self.traits.append("between=" + told)
            lines.insert(at, [told])
            at += 1
        if "again" in self.kinds:
            lines.insert(at, list(head))

    def made(self) -> Made:
        """The table, in a proposal that the decision takes up, or in the decision."""
        random = self.random
        head = [_head(random, column, self.unit_head) for column in self.shape]
        rows, granted = self.rows()
        lines = self.parted(rows, granted)
        self.paged(lines, head)
        if "total" in self.kinds:
            told = random.choice(WAYS["totals"])
            lines.append(self.added(told, granted))
            self.traits.append("total=" + told)
        grid = [head, *lines]
        if "wrapped" in self.kinds:
            _wrap(random, grid, self.label, self.form is stacked, self.traits)
        if "wrapped_heads" in self.kinds and self.form is stacked:
            grid[0] = ["\n".join(h.rsplit(" ", 1)) if len(h) > _LONG else h for h in grid[0]]
        text, title = self.form(random, grid), random.choice(TOLD["titles"])
        paid = list(zip(self.names, self.sums, strict=True))
        if random.random() < 0.5:
            lead, decision = random.choice(TOLD["above"]).split("|")
            decided = f"- {decision} ;\n- d'autoriser le maire à signer."
            return Made(title, f"{lead}\n\n{text}", decided, paid, self.traits)
        lead = random.choice(TOLD["within"])
        return Made(title, "La commune soutient la vie locale.", f"- {lead}\n\n{text}\n", paid, self.traits)


def _head(random: Random, column: str, unit: str) -> str:
    if column == "rank":
        return "N°"
    if column == "remark":
        return str(random.choice(WAYS["remark_heads"]))
    told = random.choice(HEADS[column])
    return told + unit if column in MONEY and not told[-1:].isdigit() else told


def _wrap(random: Random, grid: list[list[str]], at: int, one_a_line: bool, traits: list[str]) -> None:
    """Names that do not fit their column over two or three lines, as a narrow column has them."""
    names = [row[at] for row in grid[1:] if len(row) > 1]
    room = max(random.randint(9, 24), *(len(word) for name in names for word in name.split()))
    index = 1
    while index < len(grid):
        row = grid[index]
        if len(row) > 1 and len(row[at]) > room and row[at] != grid[0][at]:
            told = filled(row[at], room)
            traits.append(f"wrapped{len(told)}")
            if one_a_line:
                row[at] = "\n".join(told)
            else:
                row[at] = told[0]
                grid[index + 1 : index + 1] = [
                    [piece if i == at else "" for i in range(len(row))] for piece in told[1:]
                ]
                index += len(told) - 1
        index += 1
