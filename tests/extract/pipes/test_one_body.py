"""One body under two names is one, and its advance is part of its grant; points may stand behind a lone stop."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.facts import FundingFact
from extract.read import read_bytes
from tests.extract.pipes.made_articles import HEAD

DECIDES = "Le conseil municipal, après en avoir délibéré, à l'unanimité,\n\nDÉCIDE\n\n"


def awarded(decision: str, told: str = "La commune soutient la vie locale.") -> list[tuple[str, FundingFact]]:
    """Who receives each sum that a decision grants."""
    text = HEAD.format(title="Vie locale – soutien de l'année 2024") + f"{told}\n\n{decision}\n"
    (act,) = extract_source(read_bytes("acte.txt", text.encode())).acts
    named = {o.id: o.name for o in act.organisations}
    return [(named.get(f.beneficiary or "", ""), f) for f in act.fundings if f.status == "awarded"]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("à l'harmonie La Lyre", "à La Lyre"),
        ("à la Mission locale du Haut Val", "à la Mission locale"),
        ("au club d'escrime La Fine Lame", "à La Fine Lame"),
        ("à la compagnie Les Funambules", "aux Funambules"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_the_advance_of_a_body_named_by_half_is_part_of_its_grant(long: str, short: str, first: bool) -> None:
    one, other = (long, short) if first else (short, long)
    found = awarded(
        f"{DECIDES}- d'attribuer {one} une subvention de 6 000 € pour 2024,\n"
        f"- de verser {other} une avance de 2 500 € dès la signature de la convention."
    )
    assert len({name for name, _ in found}) == 1
    assert [f.amount for _, f in found if f.part_of is None] == [6000]


def test_an_advance_alone_is_a_grant() -> None:
    found = awarded(f"{DECIDES}- de verser à l'Amicale laïque une avance de 5 000 € sur la subvention de 2025.")
    assert [(name, int(f.amount or 0), f.part_of or "") for name, f in found] == [("Amicale laïque", 5000, "")]


def test_two_bodies_of_one_kind_stay_two() -> None:
    found = awarded(
        f"{DECIDES}- d'attribuer à la Mission locale du Haut Val une subvention de 6 000 €,\n"
        "- d'attribuer à la Mission locale de Courlanne une subvention de 4 000 €,\n"
        "- d'attribuer à la Croix-Rouge française 300 €."
    )
    assert len({name for name, _ in found}) == 3


@pytest.mark.parametrize("mark", [". ", ".\t"])
def test_points_behind_a_stop_are_points(mark: str) -> None:
    found = awarded(
        f"Le conseil décide, à l'unanimité,\n{mark}d'attribuer à l'Amicale laïque une subvention de 450 €\n"
        f"{mark}d'approuver la convention avec le Foyer rural des Prés et de lui verser 300 €\n"
        f"{mark}d'autoriser le maire à la signer"
    )
    assert [(name, int(f.amount or 0)) for name, f in found] == [("Amicale laïque", 450), ("Foyer rural des Prés", 300)]
