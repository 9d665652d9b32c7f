"""Who presides a body is read whether the name or the body comes first; who is only named beside it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]


@pytest.mark.parametrize(
    "told",
    [
        "Madame Julie MARTIN, présidente de l'association Horizon Neuf, a présenté le bilan.",
        "L'association Horizon Neuf, présidée par Madame Julie MARTIN, anime le quartier.",
        "L'association Horizon Neuf, présidée par Mme Julie MARTIN a sollicité une aide.",
        "L'association Horizon Neuf (présidente : Mme Julie MARTIN) anime le quartier.",
        "L'association Horizon Neuf, dont la présidente est Madame Julie Martin, anime le quartier.",
        "L'association Horizon Neuf, dont Madame Julie MARTIN est la présidente, anime le quartier.",
    ],
)
def test_the_one_who_presides(act: Act, told: str) -> None:
    found = act("- d'attribuer une subvention de 500 € à l'association Horizon Neuf ;", body=told)
    names = {o.id: o.name for o in found.organisations}
    assert [(p.name.family.upper(), p.role[:5], names[p.organisation or ""]) for p in found.persons] == [
        ("MARTIN", "prési", "Horizon Neuf")
    ]


@pytest.mark.parametrize(
    "told",
    [
        "L'association Horizon Neuf, rencontrée par Madame Julie MARTIN, anime le quartier.",
        "L'association Horizon Neuf anime le quartier. Une réunion présidée par Madame Julie MARTIN s'est tenue.",
        "L'association Horizon Neuf, dont Madame Julie MARTIN est la voisine, anime le quartier.",
    ],
)
def test_one_who_is_only_named_beside_it(act: Act, told: str) -> None:
    assert not act("- d'attribuer une subvention de 500 € à l'association Horizon Neuf ;", body=told).persons
