"""Lists of grants as minutes write them, composed at random (``lists.toml``): title × lead × form of a row × sums.

:func:`made_list` gives the text and what must be read back of it; a trap grants nothing. All names are invented.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("lists.toml").read_text(encoding="utf-8"))
_TO = {"le": "au ", "la": "à la ", "l'": "à l'", "les": "aux "}
_FEWEST, _MOST = 2, 6
#: One act of so many is a trap, one list of so many a running line.
_TRAPS, _RUNS = 5, 4


@dataclass(frozen=True, slots=True)
class MadeList:
    """A composed act, the sums it grants by the name that receives, and the traits it was drawn with."""

    text: str
    grants: dict[str, int]
    traits: tuple[str, ...]


class _Composer:
    """What one act is drawn from."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.form = random.choice(WAYS["sums"])

    def sums(self, count: int) -> list[int]:
        """Different sums, none of them a year."""
        kinds = [value for value in range(50, 12_000, 50) if not 1_900 <= value <= 2_100]
        return self.random.sample(kinds, count)

    def written(self, value: int) -> str:
        spaced = f"{value:,}".replace(",", " ")
        return str(self.form.format(s=spaced, g=value, p=f"{value:,}".replace(",", ".")))

    def row(self, form: str, article: str, name: str, value: int) -> str:
        purpose = self.random.choice(WAYS["purposes"]) if "{for}" in form else ""
        return form.format(n=name, s=self.written(value), to=_TO[article] + name, **{"for": purpose})

    def rows(self, named: list[tuple[str, str]], values: list[int], *, bare: bool = False) -> tuple[str, str]:
        """The list and the form of its rows: one a line, or all in a running one; ``bare`` of name and sum alone."""
        pairs = list(zip(named, values, strict=True))
        if self.random.randrange(_RUNS) == 0:
            run = self.random.choice([form for form in WAYS["runs"] if not (bare and "{to}" in form)])
            form, joint = run.split("|")
            return joint.join(self.row(form, *each, value) for each, value in pairs) + ".", run
        forms = [form for form in WAYS["rows"] if not (bare and ("{to}" in form or "subvention" in form))]
        form = self.random.choice(forms)
        return "\n".join(self.row(form, *each, value) for each, value in pairs), form


def made_list(random: Random) -> MadeList:
    """An act with a list of grants, or now and then one that grants nothing."""
    composer = _Composer(random)
    head = random.choice(WAYS["heads"])
    count = random.randint(_FEWEST, _MOST)
    values = composer.sums(count)
    if random.randrange(_TRAPS) == 0:
        title, lead, kind = random.choice(WAYS["traps"]).split("|")
        names = [each.split("|")[-1] for each in random.sample(WAYS[kind], min(count, len(WAYS[kind])))]
        listed, form = composer.rows([("l'", name) for name in names], values[: len(names)], bare=True)
        return MadeList(f"{head}\n\n{title}\n\n{lead.format(list=listed)}\n", {}, (f"trap {title}", form))
    named = [(article, name) for article, name in (r.split("|") for r in random.sample(WAYS["receivers"], count))]
    title, lead = random.choice(WAYS["titles"]), random.choice(WAYS["leads"])
    listed, form = composer.rows(named, values)
    text = f"{head}\n\n{title}\n\n{lead.format(list=listed)}\n"
    grants = {name: value for (_, name), value in zip(named, values, strict=True)}
    return MadeList(text, grants, (f"title {title}", f"lead {lead}", f"row {form}", f"sum {composer.form}"))
