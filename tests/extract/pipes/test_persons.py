"""Sums that natural persons get: published without a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from graph.mapping.context import PUBLISH_THRESHOLD

Act = Callable[..., ActFacts]


def given(facts: ActFacts) -> list[int]:
    """The sums that nobody with a name gets, sure enough to be published."""
    return sorted(
        int(f.amount or 0)
        for f in facts.fundings
        if f.status == "awarded" and f.beneficiary is None and f.confidence >= PUBLISH_THRESHOLD
    )


@pytest.mark.parametrize(
    ("point", "sums"),
    [
        ("d'allouer la somme de 50 € à chacune des deux familles, soit 100 € ;", [50]),
        ("d'attribuer une bourse de 800 € à chacun des 59 étudiants listés en annexe ;", [800]),
        ("d'octroyer à 3 propriétaires une aide de 750 € chacun ;", [750]),
        ("d'accorder une aide de 200 € à la famille K., de 100 € à la famille L. ;", [100, 200]),
        ("d'allouer au Docteur Sophie Marcelin une aide à l'installation de 15 000 € ;", [15000]),
    ],
)
def test_a_decision_gives_to_persons(act: Act, point: str, sums: list[int]) -> None:
    facts = act(f"- {point}", title="Aides individuelles")
    assert given(facts) == sums
    assert not any("famille" in o.name or "Marcelin" in o.name for o in facts.organisations)


@pytest.mark.parametrize(
    "point",
    [
        "de verser une indemnité de 650 € à Mme Odile Marchand, receveuse ;",
        "d'attribuer 50 € par élève à des familles ;",
        "de rejeter la demande de 650 € de la famille K. ;",
    ],
)
def test_what_is_earned_refused_or_a_rate_is_no_grant(act: Act, point: str) -> None:
    assert given(act(f"- {point}", title="Affaires diverses")) == []
