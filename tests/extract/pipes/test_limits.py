"""Texts made to be slow: what is looked at for one amount does not grow with the length of its sentence or its act."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extract.pipeline import read_act
from extract.pipes.model import ActContext, Amount
from extract.pipes.money.draft import Draft
from extract.pipes.money.learned.reader import Scene, scene_of
from extract.pipes.money.learned.stream import FAR
from extract.pipes.money.parts import link_parts

CONTEXT = ActContext("Ville de Montclair", "Conseil municipal", dt.date(2024, 2, 15))


def scene(text: str) -> Scene:
    """An exposé of the Ville de Montclair as the models look at it."""
    return scene_of(read_act(text, CONTEXT))


def grant(value: int) -> Draft:
    """A sum awarded to nobody in particular."""
    return Draft("awarded", "subsidy", "noun", 0, "decision", amount=Amount(Decimal(value), f"{value} €"))


@pytest.mark.parametrize(("others", "tied"), [(3, True), (77, False)])
def test_sums_that_add_up_by_chance_among_many_are_no_parts(others: int, tied: bool) -> None:
    parts, total = [grant(1_000), grant(2_000), grant(4_000)], grant(7_000)
    link_parts([*parts, total, *(grant(111 + 7 * number) for number in range(others))])
    assert [part.parent is total for part in parts] == [tied] * 3


@pytest.mark.parametrize(("filler", "seen"), [(FAR // 2, True), (FAR + 200, False)])
def test_who_is_named_too_far_from_an_amount_is_no_candidate(filler: int, seen: bool) -> None:
    said = ", dont le projet est connu de tous"
    text = f"Il est proposé d'aider l'association Horizon{said * (filler // len(said))}, à hauteur de 500 €."
    names = {view.candidate.name for view in scene(text).parties(0) if view.place == "own"}
    assert ("Horizon" in names) is seen


def test_an_amount_looks_at_as_many_organisations_in_a_sentence_twice_as_long() -> None:
    def most(count: int) -> int:
        items = ", ".join(f"{100 + number} € à l'association Horizon {number}" for number in range(count))
        looked = scene(f"Il est proposé d'attribuer {items}.")
        return max(len(looked.parties(index)) for index in range(count))

    assert most(120) == most(60) > 30
