"""Séance, convocation, president, secretary and counts in the ways of ``told.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from extract.facts import SessionFacts
from extract.header import read_session
from extract.segment import segment
from extract.view import view

WAYS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("told.toml").read_text(encoding="utf-8"))
BELOW = """

Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD

OBJET : Subvention au club de voile

Le conseil, après en avoir délibéré, à l'unanimité,

DÉCIDE d'attribuer une subvention de 500 € au club de voile.
"""
NAMES = ("Bruno TESSIER", "TESSIER Bruno", "TESSIER BRUNO", "TESSIER")


def read(told: str, seance: str = "Séance du 11 juillet 2017\n\n") -> SessionFacts:
    text = view(f"COMMUNE DE SAULT\n\n{seance}{told}{BELOW}").text
    return read_session(text, segment(text)[0], lambda _offset: None)


@pytest.mark.parametrize("told", WAYS["president"])
def test_who_presides(told: str) -> None:
    president = read(told).president
    assert president is not None
    assert president.written in NAMES


@pytest.mark.parametrize("told", WAYS["secretary"])
def test_who_is_secretary(told: str) -> None:
    secretary = read(told).secretary
    assert secretary is not None
    assert secretary.written in NAMES


@pytest.mark.parametrize("told", WAYS["seance"])
def test_the_day_of_the_seance(told: str) -> None:
    assert read(told, "").date == dt.date(2017, 7, 11)


@pytest.mark.parametrize("told", WAYS["convocation"])
def test_the_day_of_the_convocation(told: str) -> None:
    assert read(told).convocation_date == dt.date(2017, 7, 4)


@pytest.mark.parametrize("told", WAYS["counts"])
def test_the_counts(told: str) -> None:
    facts = read(told)
    assert (facts.members_in_office, facts.present_count, facts.proxy_count) == (29, 21, 4)
