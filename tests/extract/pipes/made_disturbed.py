"""Lists of grants with what disturbs them in real minutes (``disturbed.toml``).

Rows that grant nothing or reckon, remarks and page heads between two rows, other money told above and below, an
exception in the decision.

:func:`made_disturbed` draws one; what it should be read as stands beside the text.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from tests.extract.pipes.made_tables import BARE, NAMED, Made

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("disturbed.toml").read_text(encoding="utf-8"))
_FORMS = ("{b}{n} : {s}", "{b}{n} – {s}", "{b}{n} ............ {s}", "{n}\t{s}", "{n}        {s}", "| {n} | {s} |")
_UNITS = (" €", " €", " euros", ",00 €", "")
_MEMBERS = ("Durand", "Lemaire", "Fournol", "Guichard")
_NO_GRANT = ("Les Amis du Lavoir", "Patrimoine en Valmore", "Un Toit Demain", "Moto Club des Cimes", "Radio Valmore")


def made_disturbed(random: Random) -> Made:
    """A list of three to seven grants with one to three disturbances."""
    count = random.randint(3, 7)
    names = random.sample(NAMED + BARE, count)
    idle = random.sample(_NO_GRANT, len(_NO_GRANT))
    sums = random.sample([value for value in range(50, 9_000, 10) if not 1_900 <= value <= 2_100], count)
    other = random.sample(range(55, 9_000, 10), 20)
    unit, form = random.choice(_UNITS), random.choice(_FORMS)
    bullet = random.choice(("- ", "", "", "• ", "– " if "–" not in form else "- "))
    traits = [f"form={form}", f"unit={unit}", f"bullet={bullet}"]

    def money(value: int, told: str = unit) -> str:
        return f"{value:,}".replace(",", " ") + told

    def filled(template: str, **also: str) -> str:
        euros = unit or " €"
        return template.format(
            n=idle.pop(0) if "{n}" in template else "", s=money(other.pop(), euros), m=random.choice(_MEMBERS),
            t=money(sum(sums), euros), q=random.randint(100, 900), **also,
        )  # fmt: skip

    def row(template: str) -> str:
        """A row of a list as the form of this list writes it."""
        name, _, rest = template.partition(" : ")
        return form.format(b=bullet, n=name, s=rest)

    lines = [form.format(b=bullet, n=name, s=money(value)) for name, value in zip(names, sums, strict=True)]
    kinds = random.sample(("idle", "reckoned", "between", "before", "behind", "excepting"), random.randint(1, 3))
    if "reckoned" in kinds:
        at = random.randrange(count)
        chosen = random.choice(WAYS["reckoned_rows"])
        told = chosen.format(g=names[at], s=money(sums[at]), q=random.randint(100, 900))
        lines[at] = row(told)
        traits.append("reckoned=" + chosen)
    if "idle" in kinds:
        chosen = random.choice(WAYS["idle_rows"])
        lines.insert(random.randint(1, len(lines)), row(filled(chosen)))
        traits.append("idle=" + chosen)
    if "between" in kinds:
        chosen = random.choice(WAYS["between"])
        lines.insert(random.randint(1, len(lines) - 1), filled(chosen))
        traits.append("between=" + chosen)
    text = "\n".join(lines)
    if "behind" in kinds:
        chosen = random.choice(WAYS["behind"])
        text += ("\n" if "{t}" in chosen or "(1)" in chosen else "\n\n") + filled(chosen)
        traits.append("behind=" + chosen)
    excepting = random.choice(WAYS["excepting"]) if "excepting" in kinds else ""
    if excepting:
        traits.append("excepting=" + excepting)
    told = filled(random.choice(WAYS["before"])) if "before" in kinds else ""
    if told:
        traits.append("before=" + told)
    title = random.choice(WAYS["titles"])
    granted = list(zip(names, sums, strict=True))
    if random.random() < 0.5:
        lead, decision = random.choice(WAYS["above"]).split("|")
        traits.append("above=" + lead)
        body = "\n\n".join(part for part in (told, f"{lead}\n\n{text}") if part)
        return Made(
            title, body, f"- {decision}{filled(excepting)} ;\n- d'autoriser le maire à signer.", granted, traits
        )
    lead = random.choice(WAYS["within"])
    traits.append("within=" + lead)
    return Made(title, told or "La commune soutient la vie locale.", f"- {lead}\n\n{text}\n", granted, traits)
