"""Turns of phrase of acts in the seeds' template: sums before names, what was given before, axes under a lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from extract.pipes.reading import Reading

BODY = """\
Il est demandé de se prononcer sur les soutiens suivants pour la saison 2023-2024 :

Au titre du haut niveau :

- 14 500 € à l'Aviron Clavennois ;
- 8 200 € au Judo Club du Haut-Pré, dont l'équipe accède à la division 2 ;
- 3 100 € à la section tennis de l'Amicale laïque de Brusson.
"""


def _awards(act: Reading) -> set[tuple[int, str | None]]:
    return {
        (int(d.value or 0), d.beneficiary.name if d.beneficiary else None)
        for d in act.fundings
        if d.status == "awarded"
    }


def test_sums_before_names_that_the_decision_takes_up(decide: Callable[..., Reading]) -> None:
    act = decide(
        "- d'attribuer les subventions énumérées ci-dessus ;", title="Clubs – Subventions 2023-2024", body=BODY
    )
    assert _awards(act) == {
        (14500, "Aviron Clavennois"),
        (8200, "Judo Club du Haut-Pré"),
        (3100, "Amicale laïque de Brusson"),
    }


@pytest.mark.parametrize(
    "told",
    [
        "Il est rappelé que la Ville avait versé 4 000 € à Clavenne Sport Santé en 2022, à titre expérimental.",
        "Une première aide de 4 000 € avait été accordée à l'association Clavenne Sport Santé.",
        "La Ville avait déjà attribué 4 000 € à l'association Clavenne Sport Santé.",
    ],
)
def test_what_had_been_given_is_no_award(decide: Callable[..., Reading], told: str) -> None:
    act = decide("- d'allouer 5 500 € à l'association Clavenne Sport Santé ;", title="Sport santé", body=told)
    assert [int(d.value or 0) for d in act.fundings if d.status == "awarded"] == [5500]


def test_a_payer_called_the_latter(decide: Callable[..., Reading]) -> None:
    act = decide(
        "- d'approuver l'avenant à conclure avec l'État et d'accepter le versement par celui-ci d'une contribution de"
        " 214 000 € à la Ville au titre de l'année 2024 ;"
    )
    flows = [(d.funder and d.funder.name, d.beneficiary and d.beneficiary.name) for d in act.fundings]
    assert flows == [("État", "Ville de Montclair")]


def test_axes_that_only_their_lead_calls_so(act: Callable[..., ActFacts]) -> None:
    found = act(
        body="La convention retient trois orientations :\n\n- Accompagner les parents\n- Garantir l'accès aux droits\n"
        "- Faciliter l'engagement des jeunes\n",
        decisions="- d'approuver la convention ;",
    )
    assert [s.label for s in found.strands] == [
        "Accompagner les parents",
        "Garantir l'accès aux droits",
        "Faciliter l'engagement des jeunes",
    ]
