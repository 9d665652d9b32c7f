"""Whom a decision means that names nobody: "à ces deux clubs", "à la première", "à l'harmonie", "au bailleur"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
Rows = list[tuple[int, str | None]]


def _awarded(act: ActFacts) -> list[tuple[Decimal | None, str | None]]:
    names = {o.id: o.name for o in act.organisations}
    published = (f for f in act.fundings if f.status == "awarded" and f.confidence >= Decimal("0.65"))
    return [(f.amount, names.get(f.beneficiary or "")) for f in published]


TWO = "Deux clubs, l'Étoile sportive de Varzy et le Judo Club du Lac, ont déposé un dossier."
THREE = "Trois dossiers sont complets : le salon de coiffure Mèche Folle, la SARL Bar du Lac et le bar La Table d'Or."


@pytest.mark.parametrize(
    ("body", "decision", "granted"),
    [
        (
            TWO,
            "- de verser respectivement 3 200 € et 1 750 € à ces deux clubs ;",
            [(3200, "Étoile sportive de Varzy"), (1750, "Judo Club du Lac")],
        ),
        (
            TWO,
            "- d'octroyer au premier une aide de 900 € ;\n- d'octroyer au second une aide de 400 € ;",
            [(900, "Étoile sportive de Varzy"), (400, "Judo Club du Lac")],
        ),
        (
            THREE,
            "- d'accorder à ces trois entreprises une aide de 1 000 € chacune, soit une dépense de 3 000 € ;",
            [(1000, "Mèche Folle"), (1000, "SARL Bar du Lac"), (1000, "La Table d'Or")],
        ),
        (
            "La ville aide les Restos du Cœur – antenne de Varzy et le Secours populaire français, comité de Lormes.",
            "- d'attribuer à chacune de ces associations la somme de 500 € ;",
            [(500, "Restos du Cœur – antenne de Varzy"), (500, "Secours populaire français, comité de Lormes")],
        ),
        (
            "Le bal sera animé par l'orchestre Palissandre. L'harmonie municipale La Vaillante défilera.",
            "- qu'un complément de subvention de 450 € est alloué à l'harmonie ;",
            [(450, "Harmonie municipale La Vaillante")],
        ),
        (
            "La SA d'HLM Le Foyer Varzycois rénove trente logements.",
            "- d'allouer au bailleur une subvention de 2 000 € par logement, soit 60 000 € ;",
            [(60000, "SA d'HLM Le Foyer Varzycois")],
        ),
        (
            "L'association Les Amis du Moulin organise la fête du blé.",
            "- de soutenir la manifestation par le versement de 1 500 € à l'organisateur ;",
            [(1500, "Les Amis du Moulin")],
        ),
    ],
)
def test_words_for_those_named_above(act: Act, body: str, decision: str, granted: Rows) -> None:
    assert _awarded(act(decision, body=body, title="Soutien à la vie locale")) == granted


def test_as_many_as_are_told(act: Act) -> None:
    found = act("- de verser 300 € à chacun de ces trois clubs ;", body=TWO, title="Sports")
    assert _awarded(found) == []  # two are named: nobody can say who the third is
