"""Boxes to tick: an outcome that a form prints and nobody ticked tells nothing."""

from __future__ import annotations

import pytest

from extract.boxes import unticked
from extract.text import fold


def left(text: str) -> str:
    chars = list(text)
    for span in unticked(fold(text)):
        chars[span.start : span.end] = " " * (span.end - span.start)
    return " ".join("".join(chars).split())


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("☐ Rejeté / ☑ Adopté", "/ ☑ Adopté"),
        ("☒ Adopté à l'unanimité des suffrages exprimés   ☐ Rejeté", "☒ Adopté à l'unanimité des suffrages exprimés"),
        ("[X] Adopté à l'unanimité\n[ ] Adopté à la majorité\n[ ] Rejeté", "[X] Adopté à l'unanimité"),
        ("Adoptée : [X]   Rejetée : [ ]   Ajournée : [ ]", "Adoptée : [X]"),
        ("Unanimité ☐  Majorité ☑", "Majorité ☑"),
        ("□ La délibération est ajournée  ■ Adoptée", "■ Adoptée"),
        ("[ ] à la majorité  [x] à l'unanimité", "[x] à l'unanimité"),
        ("(x) Adoptée  ( ) Rejetée", "(x) Adoptée"),
        ("○ Rejetée\n● Adoptée à la majorité", "● Adoptée à la majorité"),
    ],
)
def test_only_what_is_ticked_remains(form: str, told: str) -> None:
    assert left(form) == told


@pytest.mark.parametrize(
    "bullets", ["☐ Approuve la convention ;\n☐ Autorise le maire à la signer.", "☐ Fiche signée  ☐ RIB", "(x) note"]
)
def test_boxes_that_tell_no_outcome_stay(bullets: str) -> None:
    assert left(bullets) == " ".join(bullets.split())
