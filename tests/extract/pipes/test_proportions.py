"""Payments of several grants told at once, and two ways to come to one grant."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
DECIDED = "- d'attribuer une subvention de 9 000 € au Rugby Club du Lac et de 6 000 € au Handball Varzycois ;"


def _parts(act: ActFacts) -> set[tuple[Decimal | None, str, Decimal | None]]:
    names = {o.id: o.name for o in act.organisations}
    sums = {f.id: f.amount for f in act.fundings}
    return {(f.amount, names[f.beneficiary or ""], sums[f.part_of]) for f in act.fundings if f.part_of is not None}


def test_one_stated_part_of_each_of_two_grants(act: Act) -> None:
    body = (
        "Les subventions seront versées en deux fois : 60 % en octobre, soit 5 400 € et 3 600 €, et 40 % en mars, "
        "soit 3 600 € et 2 400 €."
    )
    assert _parts(act(DECIDED, body=body)) == {
        (5400, "Rugby Club du Lac", 9000),
        (3600, "Rugby Club du Lac", 9000),
        (3600, "Handball Varzycois", 6000),
        (2400, "Handball Varzycois", 6000),
    }


def test_sums_that_are_no_stated_part_are_not_shared_out(act: Act) -> None:
    body = "Les subventions seront versées en deux fois : 60 % en octobre, soit 1 000 € et 2 000 €."
    assert "Handball Varzycois" not in {name for _, name, _ in _parts(act(DECIDED, body=body))}


def test_brackets_that_come_to_a_sum_are_its_parts(act: Act) -> None:
    decided = (
        "- d'attribuer à l'association Les Amis du Lac une aide de 1 500 € étalée sur trois exercices (500 € en 2024, "
        "500 € en 2025, 500 € en 2026) et une aide de 200 € pour la fête ;"
    )
    assert _parts(act(decided)) == {(500, "Les Amis du Lac", 1500)}
