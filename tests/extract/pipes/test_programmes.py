"""Programmes with their periods, extension and succession; conventions with their parties; axes and actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.pipes.actions import label
from extract.pipes.model import Programme
from extract.pipes.reading import Reading

Decide = Callable[..., Reading]


def only(reading: Reading) -> Programme:
    (programme,) = reading.programmes
    return programme


@pytest.mark.parametrize(
    ("text", "family", "first", "last"),
    [
        ("le contrat de ville 2015-2020", "contrat-de-ville", 2015, 2020),
        ("le Contrat de Ville de Montclair 2024-2030", "contrat-de-ville", 2024, 2030),
        ("le contrat de ville pour la période 2024-2030", "contrat-de-ville", 2024, 2030),
        ("le Programme de réussite éducative", "pre", None, None),
        ("la Convention territoriale globale 2022 à 2026", "ctg", 2022, 2026),
    ],
)
def test_families_and_periods(decide: Decide, text: str, family: str, first: int | None, last: int | None) -> None:
    programme = only(decide(f"d'approuver {text} ;"))
    assert (programme.family, programme.first, programme.last) == (family, first, last)


def test_extension(decide: Decide) -> None:
    programme = only(decide("de prendre acte du contrat de ville 2015-2020, prorogé jusqu'en 2023 ;"))
    assert (programme.last, programme.until) == (2020, 2023)
    assert programme.valid_in(2022)
    assert not programme.valid_in(2024)


def test_succession_and_undated_mentions(decide: Decide) -> None:
    body = "Le contrat de ville 2015-2020 a pris fin. Le contrat de ville 2024-2030 lui succède."
    reading = decide("de soutenir les actions du contrat de ville ;", body=body)
    old, new = sorted(reading.programmes, key=lambda p: p.first or 0)
    assert new.replaces == [old.id]
    assert (len(old.mentions), len(new.mentions)) == (1, 2)  # what is said today means the one in force


def test_a_sigle_is_its_family_where_the_act_ties_it(decide: Decide) -> None:
    body = "Le contrat local des solidarités (CLS) est un pacte. Le CLS est signé avec l'État."
    programme = only(decide("d'approuver le CLS ;", body=body))
    assert (programme.family, programme.sigle, len(programme.mentions)) == ("cls-solidarites", "CLS", 3)


def parties(reading: Reading) -> list[set[str]]:
    named = {o.id: o.name for o in reading.organisations.entries}
    return [{named[i] for i in agreement.parties} for agreement in reading.agreements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la convention avec l'association Horizon", {"Ville de Montclair", "Horizon"}),
        (
            "la convention entre l'État, l'association Horizon et la Ville de Montclair",
            {"État", "Horizon", "Ville de Montclair"},
        ),
        ("l'avenant n° 1 à la convention avec la SARL Dupont", {"Ville de Montclair", "SARL Dupont"}),
    ],
)
def test_parties_of_conventions(decide: Decide, text: str, expected: set[str]) -> None:
    reading = decide(f"d'approuver {text} ;")
    assert parties(reading) == [expected]
    assert reading.agreements[0].approved


def test_a_convention_without_parties_binds_the_act_s_subject(decide: Decide) -> None:
    reading = decide(
        "d'autoriser la signature de la convention ;", title="Convention avec l'association Horizon 2024-2026"
    )
    assert parties(reading) == [{"Ville de Montclair", "Horizon"}]
    assert (reading.agreements[0].first, reading.agreements[0].last) == (2024, 2026)


def test_axes_and_actions_with_their_numbers(decide: Decide) -> None:
    body = (
        "Axe 1 : Prévenir la précarité\n\nAction 1.1 : Ouvrir un accueil de jour\n\n"
        "Action n° 2 : « Un toit pour tous » portée par l'association Horizon\n\nAxe 2 : Lutter contre l'isolement"
    )
    reading = decide("d'approuver le programme d'actions ;", body=body)
    assert [(s.number, s.label) for s in reading.strands] == [
        ("1", "Prévenir la précarité"),
        ("2", "Lutter contre l'isolement"),
    ]
    assert [(a.number, a.label, a.strand) for a in reading.actions] == [
        ("1.1", "Ouvrir un accueil de jour", "s1"),
        ("2", "Un toit pour tous", "s1"),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("« Ma ville demain », qui réunit", "Ma ville demain"),
        ("Accompagner les familles", "Accompagner les familles"),
        ("l'aide aux devoirs qui concerne 30 enfants", "aide aux devoirs"),
        ("Accueil de jour - subvention de 5 000 €", "Accueil de jour"),
        pytest.param(
            "Aide alimentaire - subvention de 5 000 €",
            "Aide alimentaire",
            marks=pytest.mark.xfail(strict=True, reason="a label that begins with a word of money is cut there"),
        ),
    ],
)
def test_labels(written: str, expected: str) -> None:
    assert label(written) == expected


@pytest.mark.parametrize(
    "text", ["LE DISPOSITIF D'AIDE A L'ACHAT DE VELOS", "LE PLAN LOCAL D'URBANISME", "LE PROGRAMME DES TRAVAUX"]
)
def test_capitals_mark_no_name_in_a_line_of_capitals(decide: Decide, text: str) -> None:
    assert decide(f"D'APPROUVER {text} ;").programmes == []


def test_capitals_mark_a_name_in_a_sentence(decide: Decide) -> None:
    assert only(decide("d'approuver le dispositif CREACTIV ;")).name == "CREACTIV"
