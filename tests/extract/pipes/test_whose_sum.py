"""Whose a sum is, and of what year: persons told by their rank, bodies behind persons, prices, columns of a year."""

from __future__ import annotations

from collections.abc import Callable

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]


def awarded(found: ActFacts) -> dict[int, str]:
    names = {o.id: o.name for o in found.organisations}
    return {
        int(f.amount or 0): "private" if f.private else names.get(f.beneficiary or "", "")
        for f in found.fundings
        if f.status == "awarded"
    }


def test_the_first_and_the_second_are_the_persons_just_named(act: Act) -> None:
    found = act(
        "- d'accorder les secours proposés ;",
        title="Aides individuelles",
        body="Le Foyer de jeunes La Rade a refait quatre chambres. Deux demandes d'aide ont été reçues : Mme Odette "
        "RAVEL, 12 rue des Lices, pour un fauteuil, et M. Karim BENALI, pour une dette d'énergie. Il est proposé un "
        "secours de 180 € au profit de la première et de 240 € au profit du second.",
    )
    told = awarded(found)
    assert told.get(180, "private") == told.get(240, "private") == "private"
    assert "La Rade" not in str(told)


def test_a_body_behind_persons_is_no_person(act: Act) -> None:
    found = act(
        "- accorde 1 200 € à M. Gaston TRUCHET, 3 rue Haute, et 2 000 € à la SCI du Donjon.", title="Opération façades"
    )
    assert awarded(found) == {1200: "private", 2000: "SCI du Donjon"}


def test_a_price_told_by_a_pronoun_is_no_grant(act: Act) -> None:
    found = act(
        "- d'attribuer une subvention de 4 000 € à l'association Cap Sud ;",
        title="Subvention et tarif",
        body="La résidence Les Tilleuls applique un tarif de 7,40 € le repas ; il est proposé de le porter à 7,90 €.",
    )
    assert awarded(found) == {4000: "Cap Sud"}


def test_the_year_of_a_column_is_that_of_its_sums(minutes: Minutes) -> None:
    act = minutes(
        "Subventions aux associations\n\nEn 2022, la commune avait versé 9 350 €.\n\n"
        "Association | Subvention 2022 | Proposition 2023\nPilotari Club | 1 200 | 1 500\n"
        "Chorale des Monts | 300 | 350\nAmicale laïque | 1 800 | 1 900\n\n"
        "Le conseil, à l'unanimité, VOTE les subventions telles que proposées dans le tableau ci-dessus.\n"
    )
    assert granted(act) == {"Pilotari Club": 1500, "Chorale des Monts": 350, "Amicale laïque": 1900}
    assert {f.start_year for f in act.fundings if f.status == "awarded"} == {2023}


def test_the_heading_of_a_part_is_no_part_of_a_name_that_begins_with_initials(minutes: Minutes) -> None:
    act = minutes(
        "Subventions 2023\n\nLe conseil attribue :\n\nAssociations\tEn nature\tSubvention 2023\nSPORT\n"
        "A.S. Montclair football\t14300 €\t6500 €\nJudo Club des Monts\t5200 €\t2100 €\nTennis Club\t9800 €\t1200 €\n"
    )
    assert granted(act) == {"A.S. Montclair football": 6500, "Judo Club des Monts": 2100, "Tennis Club": 1200}
