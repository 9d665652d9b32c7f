"""Offices as rosters print them, and names that only look like offices."""

from __future__ import annotations

import pytest

from extract.facts import AttendanceFact, Evidence, PersonName
from extract.header.offices import with_offices
from extract.segment.lines import folded
from tests.extract.header.marked import marked


def offices(text: str, status: str = "present") -> dict[str, str | None]:
    """Office by name, the entries being what stands between « and »; a bar parts the status of later entries."""
    plain, facts = marked(text, status)
    return {f.member.written: f.office for f in with_offices(folded(plain), facts)}


@pytest.mark.parametrize(
    ("entry", "office"),
    [
        ("A. VOUILLAT (maire)", "mayor"),
        ("Mme BOISSELIER Éliane, Maire, Présidente", "president"),
        ("M. DUPONT Jean, 3ème adjoint", "deputy-mayor"),
        ("Mme DUPONT Anne – première adjointe au maire", "deputy-mayor"),
        ("Mme DUPONT Anne, Maire-adjointe", "deputy-mayor"),
        ("M. LOPEZ Luc, 2e vice-président", "vice-president"),
        ("SOULETIS Évelyne (Vice-Présidente)", "vice-president"),
        ("M. ROY Paul, conseiller municipal délégué", "delegated-councillor"),
        ("Mme ROY Léa, conseillère déléguée", "delegated-councillor"),
        ("Mme ROY Léa, conseillère municipale", "councillor"),
        ("M. Jean MAIRE", None),
        ("Mme Anne PRÉSIDENT-ROUX", None),
        ("M. PETIT Luc (pouvoir à Mme BON, maire)", None),
        ("M. PETIT Luc, maire honoraire", None),
        ("M. PETIT Luc, maire de Talant", None),
        ("M. PETIT Luc, président de l'association Arc", None),
        ("M. PETIT Luc, adjoint administratif", None),
        ("M. PETIT Luc, adjoint au maire de Talant", None),
        ("Mme Astrid HALDENWANG, Adjoints, ", None),
    ],
)
def test_an_office_beside_the_name(entry: str, office: str | None) -> None:
    assert list(offices(f"Étaient présents : «{entry}»").values()) == [office]


def test_the_office_of_a_group_holds_until_another_heading() -> None:
    told = offices(
        "Présents : Maire : «Mme Zoé HAUT ; Adjoints : »«M. Luc BAS, »«Mme Léa ROY ; Conseillers délégués : »"
        "«M. Max ROC ; Conseillers : »«M. Guy SEL, Maire »\nInvités : «M. Tom PRÉ»"
    )
    assert list(told.values()) == ["mayor", "deputy-mayor", "deputy-mayor", "delegated-councillor", "mayor", None]


def test_a_plural_behind_a_group_is_the_office_of_all_of_it_where_its_beginning_is_told() -> None:
    told = offices(
        "Présents : «M. Max HAUT, Maire», «MM. Luc BAS», «Paul ROC» et «Mme Léa ROY, adjoints», «Mmes Zoé SEL» et"
        " «Anne PIC, conseillères déléguées», «M. Guy VAL», «M. Tom PRÉ»."
    )
    assert list(told.values()) == [
        "mayor",
        *["deputy-mayor"] * 3,
        *["delegated-councillor"] * 2,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Présents : «MM. Luc BAS» et «Paul ROC, vice-présidents», «M. Guy VAL»", ["vice-president"] * 2 + [None]),
        ("Présents : «M. Luc BAS», «M. Paul ROC, adjoints»", [None, None]),  # where did the group begin?
        ("Présents : «M. Luc BAS, maire», «M. Paul ROC, adjoint», «M. Guy VAL»", ["mayor", "deputy-mayor", None]),
        ("Présents : «M. Luc BAS, maire», «M. Paul ROC (pouvoir à Mme PIC, adjoints)»", ["mayor", None]),
        ("Présents : «MM. Luc BAS», «Paul ROC» ; Conseillers municipaux : «Guy VAL»", [None, None, "councillor"]),
        ("Présents : «MM. Luc BAS», «Paul ROC, adjoints de quartier»", [None, None]),
    ],
)
def test_where_a_group_begins_is_told_or_it_has_no_office(text: str, expected: list[str | None]) -> None:
    assert list(offices(text).values()) == expected


def test_a_passage_that_names_two_tells_neither() -> None:
    both = Evidence(start=0, end=30)
    facts = [
        AttendanceFact(member=PersonName(written=n, family=n), status="present", evidence=(both,)) for n in ("A", "B")
    ]
    assert [f.office for f in with_offices(folded("M. A, maire (pouvoir de M. B)  "), facts)] == [None, None]


def test_an_empty_roster_is_left_alone() -> None:
    assert with_offices("", ()) == ()
