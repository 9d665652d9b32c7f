"""What another body pays is never the deliberating one's, though no verb of the decision tells them apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]


@pytest.mark.parametrize(
    "told",
    [
        "L'association Le Fil bénéficie pour la même action d'un financement du Département de 9 000 €.",
        "L'association Le Fil bénéficie en outre, pour cet atelier, de 9 000 € de crédits de l'État.",
        "Chaque association perçoit directement les crédits de l'État. Pour 2024, ces crédits s'élèvent à 9 000 € pour "
        "Le Fil et 7 000 € pour Cap Sud.",
        "L'atelier est ouvert à tous, les bailleurs y participant pour leur part à hauteur de 9 000 €.",
    ],
)
def test_the_words_tell_whose_money_it_is(act: Act, told: str) -> None:
    grants = "- d'attribuer à l'association Le Fil une subvention de 4 500 € et à l'association Cap Sud 800 € ;"
    assert granted(act(grants, title="Ateliers", body=told)) == {"Le Fil": 4500, "Cap Sud": 800}


@pytest.mark.parametrize(
    "told",
    [
        "L'État verse par ailleurs à cette association une aide de 3 700 euros.",
        "Le Département de l'Orne interviendra à hauteur de 3 700 €, sous réserve du vote de son assemblée.",
        "La communauté de communes du Val versera 3 700 € au Comité de la foire.",
    ],
)
def test_what_another_pays_is_only_told_in_minutes(minutes: Minutes, told: str) -> None:
    act = minutes(
        f"Atelier\n\nLe conseil, à l'unanimité, accorde une aide de 2 400 € à l'association Un Toit à Brize. {told}\n"
    )
    assert granted(act) == {"Un Toit à Brize": 2400}


def test_what_the_body_approves_of_another_is_decided(act: Act) -> None:
    found = act("- d'approuver le versement par l'État d'une aide de 3 700 € à l'association Le Fil ;", title="Aide")
    assert granted(found) == {"Le Fil": 3700}
