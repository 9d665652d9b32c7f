"""Minutes with every heading and vote of ``minutes.toml``, with an agenda or without, are cut at their points."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.segment import segment
from extract.text import key
from extract.view import view

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("minutes.toml").read_text(encoding="utf-8"))
POINTS: list[dict[str, str]] = WAYS["point"]
TITLES = [point["title"] for point in POINTS]
HEAD = """COMMUNE DE MONTCLAIR

PROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL
DU JEUDI 16 MARS 2023

Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD, M. Denis ROYER
Absents : M. Paul VIDALIN
Secrétaire de séance : Mme Carla NOIRAUD

"""
AGENDAS = [
    "",
    "ORDRE DU JOUR\n" + "".join(f"{n}. {title}\n" for n, title in enumerate(TITLES, 1)) + "\n",
    "Ordre du jour :\n" + "".join(f"- {title}\n" for title in TITLES) + "\n",
]
END = """Questions diverses

Le maire informe que le broyeur est en panne.

La séance est levée à 22 h 15.

Le maire, Aline MARSEC      La secrétaire, Carla NOIRAUD
"""
ROMAN = ["I", "II", "III", "IV", "V"]


def heading(form: str, n: int, title: str) -> str:
    return form.format(n=n, r=ROMAN[n - 1], c=f"{n + 10:03}", t=title, T=title.upper())


@pytest.mark.parametrize("form", WAYS["heading"])
@pytest.mark.parametrize("vote", WAYS["vote"])
def test_minutes_are_cut_at_their_points(form: str, vote: str) -> None:
    points = [f"{heading(form, n, each['title'])}\n\n{each['text']}\n\n{vote}" for n, each in enumerate(POINTS, 1)]
    for agenda in AGENDAS:
        text = view(HEAD + agenda + "\n\n".join(points) + "\n\n" + END).text
        found = [text[slice(*act.title)] if act.title else "" for act in segment(text)]
        assert list(map(key, found)) == list(map(key, TITLES))


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_minutes_are_cut_at_titles_that_nothing_marks(gap: str) -> None:
    told = "Le conseil a pris connaissance du dossier, que la commission compétente a examiné au mois de mars. "
    points = [f"{each['title']}{gap}{told}{' '.join(each['text'].split())}\nVote : 14 pour" for each in POINTS]
    text = view(HEAD + "\n\n".join(points) + "\n\n" + END).text
    found = [text[slice(*act.title)] if act.title else "" for act in segment(text)]
    assert list(map(key, found)) == list(map(key, TITLES))
