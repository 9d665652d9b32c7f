"""Every way to print a title in ``titles.toml`` is read, above the roster or below it, whatever opens the exposé."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest

from extract.segment import segment
from extract.text import key
from extract.view import view

WAYS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
HEAD = "COMMUNE DE MONTCLAIR\n\nDÉLIBÉRATION DU CONSEIL MUNICIPAL\nSéance du 16 mars 2023"
ROSTER = """Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD, M. Denis ROYER
Absents : M. Paul VIDALIN
Secrétaire de séance : Mme Carla NOIRAUD"""
RULING = """Le conseil municipal, après en avoir délibéré, à l'unanimité,

DÉCIDE d'approuver la proposition.

Fait et délibéré les jour, mois et an susdits.
"""


@pytest.mark.parametrize("form", WAYS["form"])
@pytest.mark.parametrize("place", WAYS["place"])
def test_a_title_in_any_form_and_place(form: str, place: str) -> None:
    for title, body in product(WAYS["title"], WAYS["body"]):
        printed = form.format(t=title, T=title.upper())
        text = view(place.format(head=HEAD, roster=ROSTER, title=printed, body=f"{body}\n\n{RULING}")).text
        (act,) = segment(text)
        assert act.title is not None, text
        assert key(text[slice(*act.title)]) == key(title), text
