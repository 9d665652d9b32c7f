"""What acts cite, each in its normal form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts import CitationFact
from extract.header.citations import read_citations

CGCT = "Code général des collectivités territoriales"


def cited(text: str) -> tuple[CitationFact, ...]:
    return read_citations(text, 0, len(text), lambda _offset: None)


def labels(text: str) -> list[str]:
    return [fact.label for fact in cited(text)]


def test_the_numbers_of_the_annotation_are_found(gold: tuple[str, dict[str, Any]]) -> None:
    text, want = gold
    numbers = {fact.number for fact in cited(text)}
    assert set(want.get("references", [])) <= numbers


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("par délibération n° 2023-14 du 3 mars 2023", ["délibération n° 2023-14 du 3 mars 2023"]),
        (
            "la délibération du conseil (DM20240607028) en date du 28 juin 2024",
            ["délibération n° DM20240607028 du 28 juin 2024"],
        ),
        ("par délibération du 4 mai 2019 n° 2019-12", ["délibération n° 2019-12 du 4 mai 2019"]),
        (
            "par délibération du conseil municipal en date du 1er octobre 2020",
            ["délibération du 1er octobre 2020"],
        ),
        (
            "les délibérations n° 12-2022 et n° 13-2022 du 4 mai 2022",
            ["délibération n° 12-2022 du 4 mai 2022", "délibération n° 13-2022 du 4 mai 2022"],
        ),
        ("voir l'acte DM20240607028", ["délibération n° DM20240607028"]),
        ("la loi n° 2014-173 du 21 février 2014 de programmation", ["loi n° 2014-173 du 21 février 2014"]),
        (
            "la loi de programmation pour la ville du 21 février 2014",
            ["loi de programmation pour la ville du 21 février 2014"],
        ),
        ("la loi NOTRe", ["loi NOTRe"]),
        (
            "les articles L.2121-29 et L. 2131-1 du CGCT",
            [f"article L2121-29 du {CGCT}", f"article L2131-1 du {CGCT}"],
        ),
        (
            "l'article L 5111-1 et suivants du code général des collectivités territoriales",
            [f"article L5111-1 du {CGCT}"],
        ),
        (
            "Vu le CGCT, notamment ses articles L. 5211-10 et R. 12",
            [f"article L5211-10 du {CGCT}", f"article R12 du {CGCT}"],
        ),
        ("Vu le code de l'urbanisme ;", ["Code de l'urbanisme"]),
        ("l'article 2305 du code civil", ["article 2305 du Code civil"]),
        ("le décret n° 2001-495 du 6 juin 2001", ["décret n° 2001-495 du 6 juin 2001"]),
        ("l'arrêté préfectoral n° 2022-114 du 3 mai 2022", ["arrêté préfectoral n° 2022-114 du 3 mai 2022"]),
        (
            "l'instruction interministérielle du 28 novembre 2014",
            ["instruction interministérielle du 28 novembre 2014"],
        ),
        ("le règlement (UE) n° 1407/2013", ["règlement n° 1407/2013"]),
    ],
)
def test_normal_forms(text: str, want: list[str]) -> None:
    assert labels(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "annexée à la présente délibération",
        "une association loi 1901",
        "à l'article 6574 du budget",
        "la convention du 3 mai 2022",
        "le registre des délibérations du conseil, séance du 3 mai 2022",
        "le code postal 21000 et le code d'accès",
        "Le conseil a fait la loi ; la commission s'est réunie le 3 mai 2022",
    ],
)
def test_what_cites_nothing(text: str) -> None:
    assert labels(text) == []


def test_the_same_act_cited_twice_is_one_fact_with_two_passages() -> None:
    text = "Vu la loi du 21 février 2014 ; en application de la loi n° 2014-173 du 21 février 2014"
    (fact,) = cited(text)
    assert (fact.number, fact.date, fact.kind) == ("2014-173", dt.date(2014, 2, 21), "law")
    assert [text[e.start : e.end] for e in fact.evidence] == [
        "loi du 21 février 2014",
        "loi n° 2014-173 du 21 février 2014",
    ]


@given(
    st.from_regex(r"(20[12][0-9]-[0-9]{2,3}|[A-Z]{2,3}20[0-9]{6}|[0-9]{2}-[0-9]{2}/[0-9]{3})", fullmatch=True),
    st.dates(dt.date(2000, 1, 1), dt.date(2035, 1, 1)),
)
def test_any_number_of_a_deliberation(number: str, date: dt.date) -> None:
    (fact,) = cited(f"Par délibération n° {number} du {date:%d/%m/%Y}, le conseil a approuvé le contrat.")
    assert (fact.kind, fact.number, fact.date) == ("deliberation", number, date)


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for fact in cited(text):
        assert fact.label
        assert all(e.end <= len(text) for e in fact.evidence)
