"""Sums that stand beside a grant: what it was, what it rose by, who bears its parts, what has no object any more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]


def _awarded(act: ActFacts) -> list[tuple[Decimal | None, str | None]]:
    names = {o.id: o.name for o in act.organisations}
    return [(f.amount, names.get(f.beneficiary or "")) for f in act.fundings if f.status == "awarded"]


@pytest.mark.parametrize(
    ("body", "decision", "amount", "receiver"),
    [
        (
            "L'ADIL assure une permanence mensuelle.",
            "- d'approuver le versement à l'ADIL de la Côte d'une aide de 18 500 €, soit une hausse de 500 € ;",
            18500,
            "Agence départementale d'information sur le logement de la Côte",
        ),
        (
            "L'association Passerelles demande 12 000 € ; le comité retient 9 500 €, dont 6 000 € de l'État et 3 500 € "
            "de la Ville.",
            "- d'attribuer à l'association Passerelles une subvention de 3 500 € ;",
            3500,
            "Passerelles",
        ),
        (
            "Le PLIE perçoit du FSE 320 000 € pour 2024. La Ville y contribue.",
            "- de verser à l'association PLIE du Val de Rance une participation de 54 300 € ;",
            54300,
            "PLIE du Val de Rance",
        ),
    ],
)
def test_only_the_grant_is_one(act: Act, body: str, decision: str, amount: int, receiver: str) -> None:
    assert _awarded(act(decision, title="Partenariat 2024", body=body)) == [(amount, receiver)]


def test_what_has_no_object_any_more_is_not_granted(act: Act) -> None:
    body = "La manifestation étant annulée, la subvention de 3 000 € n'a plus d'objet."
    decision = (
        "- d'annuler la subvention de 3 000 € attribuée à l'association Fêtes et Traditions le 12 décembre 2023 ;"
    )
    assert _awarded(act(decision, title="Annulation", body=body)) == []


def test_brackets_behind_a_sum_tell_another_year_or_the_request(act: Act) -> None:
    rows = (
        "- d'attribuer aux associations les subventions suivantes :\n  - Amicale laïque : 1 200 € (1 000 € en 2023)\n"
        "  - Club de l'amitié : 800 € (demande : 1 500 €)\n  - APE du Bourg : 600 € ;"
    )
    found = act(rows, title="Subventions 2024")
    assert _awarded(found) == [(1200, "Amicale laïque"), (800, "Club de l'amitié"), (600, "APE du Bourg")]
    assert {f.start_year for f in found.fundings if f.status == "awarded"} == {2024}


def test_who_carries_a_project_is_given_its_sum(act: Act) -> None:
    found = act(
        "- d'allouer aux porteurs des projets lauréats les sommes suivantes :\n  - Jardin des Lilas (association Les "
        "Mains vertes) : 8 000 €\n  - Boîtes à livres (Comité de quartier Nord) : 2 500 €\n"
        "  - Secours catholique (délégation du Val) : 600 € ;",
        title="Budget participatif 2024",
    )
    receivers = [name for _, name in _awarded(found)]
    assert receivers[:2] == ["Les Mains vertes", "Comité de quartier Nord"]
    assert "Secours catholique" in (receivers[2] or "")


def test_a_branch_is_no_second_receiver(act: Act) -> None:
    found = act("- d'attribuer au Secours populaire français, fédération de la Côte, une subvention de 13 000 € ;")
    assert _awarded(found) == [(13000, "Secours populaire français, fédération de la Côte")]


def test_a_network_that_is_joined_gets_its_fee(act: Act) -> None:
    found = act(
        "- d'adhérer au réseau Villes Soignantes et de régler la cotisation annuelle de 593 € ;", title="Adhésion"
    )
    assert _awarded(found) == [(593, "Villes Soignantes")]
