"""How the texts of the data files are written out: ``<one|the other|>`` is a choice, ``{name.form}`` is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

_CHOICE = re.compile(r"<([^<>]*)>")
_ALONE = re.compile(r"\s*\{[^{}]+\}\s*")
_GAPS = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"(?<=\S) {2,3}(?=\S)")
_BEFORE_STOPS = re.compile(r" +(?=[,.]|$)", re.MULTILINE)


class Told(dict[str, object]):
    """Values by name, and the names that were asked for: what the text tells is what it took."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> object:
        self.used.add(name)
        return super().__getitem__(name)


def choose(text: str, chance: Random) -> str:
    """The text with every choice made, inner ones first."""
    while "<" in text:
        text, made = _CHOICE.subn(lambda found: chance.choice(found[1].split("|")), text)
        if not made:
            break
    return text


def write(text: str, told: Told, chance: Random) -> str:
    """One choice of the text, filled in. Lines that hold nothing but an empty value are left out."""
    lines = []
    for line in choose(text, chance).split("\n"):
        filled = line.format_map(told)
        if filled.strip() or not _ALONE.fullmatch(line):
            lines.append(filled)
    return _GAPS.sub("\n\n", "\n".join(lines))


def tidy(line: str) -> str:
    """A sentence without the blanks that empty choices leave."""
    return _BEFORE_STOPS.sub("", _BLANKS.sub(" ", line)).strip()
