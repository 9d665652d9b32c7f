"""What a name says of its kind by itself, where a form or a table gives it without a word before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts, OrganisationKind
from extract.pipes.named_kind import named_kind

Act = Callable[..., ActFacts]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Collège Jean-Moulin", "public_establishment"),
        ("Régie de quartier Les Moulins", "association"),
        ("Montclair Basket Club", "association"),
        ("Montclair Handball Féminin", "association"),
        ("Étoile sportive du Val", "association"),
        ("Agence d'urbanisme du Val", "association"),
        ("Commune de Montclair", "local_authority"),
        ("Syndicat mixte du Val", "public_establishment"),
        ("SARL Dupont", "company"),
        ("Groupe scolaire Jules-Ferry", None),
        ("Les Amis de la Loue", None),
    ],
)
def test_a_name_tells_its_kind_or_nothing(name: str, kind: OrganisationKind | None) -> None:
    assert named_kind(name) == kind


def test_who_carries_a_project_has_the_kind_of_its_name(act: Act) -> None:
    cards = [
        f"Porteur : {name}\nSubvention proposée : 900 €" for name in ("Collège Jean-Moulin", "Montclair Basket Club")
    ]
    facts = act("d'attribuer aux porteurs les subventions ci-dessus ;", title="Projets", body="\n\n".join(cards))
    kinds = {o.name: o.kind for o in facts.organisations}
    assert kinds["Collège Jean-Moulin"] == "public_establishment"
    assert kinds["Montclair Basket Club"] == "association"
