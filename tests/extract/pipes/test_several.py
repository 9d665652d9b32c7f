"""One sum told to several at once is given to none of them alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Decided = Callable[..., ActFacts]


def receivers(act: ActFacts) -> list[str | None]:
    """Who receives each published award."""
    names = {o.id: o.name for o in act.organisations}
    return [
        names.get(f.beneficiary) if f.beneficiary else None
        for f in act.fundings
        if f.status == "awarded" and f.confidence >= 0.5
    ]


@pytest.mark.parametrize(
    "decision",
    [
        "de verser 100 € aux associations suivantes : ADMR, Amicale des pompiers, Club du troisième âge ;",
        "de verser une aide de 300 € aux écoles de musique de Brion et de Lamure ;",
        "d'attribuer une subvention de 1 200 € aux deux clubs Judo Montclair et Foyer rural de Courlanne ;",
    ],
)
def test_no_one_of_several_receives_what_is_told_to_all(act: Decided, decision: str) -> None:
    assert not any(receivers(act(decisions=decision)))


@pytest.mark.parametrize(
    ("decision", "receiver"),
    [
        ("d'attribuer une subvention de 500 € aux Restos du Cœur ;", "Restos du Cœur"),
        (
            "d'attribuer 500 € à l'association Judo Montclair, ouverte aux clubs de Brion et de Lamure ;",
            "Judo Montclair",
        ),
        ("d'attribuer une subvention de 500 € au Comité des fêtes pour l'aide aux associations ;", "Comité des fêtes"),
    ],
)
def test_who_is_told_alone_receives(act: Decided, decision: str, receiver: str) -> None:
    assert any(receiver in (name or "") for name in receivers(act(decisions=decision)))
