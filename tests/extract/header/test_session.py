"""The head of an act: compared with the annotation, and in the variants that other authorities write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts import SessionFacts
from extract.header import read_session
from extract.header.dates import read_date
from extract.segment import segment
from extract.text import key

Act = Callable[..., str]
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip


def session_of(text: str) -> SessionFacts:
    return read_session(text, segment(text)[0], lambda _offset: None)


def people(session: SessionFacts, status: str) -> list[str]:
    return sorted(" ".join(sorted(key(a.member.written).split())) for a in session.attendance if a.status == status)


def words(names: list[str]) -> list[str]:
    return sorted(" ".join(sorted(key(name).split())) for name in names)


def test_the_header_is_that_of_the_annotation(gold: tuple[str, dict[str, Any]]) -> None:
    text, want = gold
    session = session_of(text)
    counts = want.get("effectif", {})
    assert str(session.date) == want["date_seance"]
    assert str(session.convocation_date) == want["date_convocation"]
    assert session.body == want["organe"]
    assert session.authority == want["collectivite"]
    assert session.members == counts.get("membres")
    assert session.members_in_office == counts.get("en_exercice")
    assert session.present_count == counts.get("presents")
    assert session.proxy_count == counts.get("procurations")


def test_the_officers_are_those_of_the_annotation_as_the_act_spells_them(gold: tuple[str, dict[str, Any]]) -> None:
    text, want = gold
    session = session_of(text)
    for field, told in (("president", want["president"]), ("secretary", want["secretaire"])):
        name = getattr(session, field)
        (evidence,) = session.evidence[field]
        assert name.given is None
        # The annotation resolves a misspelt family name; the fact keeps it as written.
        assert SequenceMatcher(None, key(name.family), key(told.split(" ", 1)[1])).ratio() >= 0.9
        assert key(name.family) in key(text[evidence.start : evidence.end])


def test_the_roster_is_that_of_the_annotation(gold: tuple[str, dict[str, Any]]) -> None:
    text, want = gold
    session = session_of(text)
    assert people(session, "present") == words(want["presents"])
    assert people(session, "absent") == words(want["absents"])
    proxies = {
        (key(a.member.written), key(a.proxy_holder.written))
        for a in session.attendance
        if a.status == "represented" and a.proxy_holder
    }
    assert proxies == {(key(giver), key(holder)) for giver, holder in want["pouvoirs"]}
    assert len(people(session, "represented")) == len(want["pouvoirs"])


def test_each_field_shows_where_it_was_read(gold: tuple[str, dict[str, Any]]) -> None:
    text, _ = gold
    session = session_of(text)
    fields = {"date", "convocation_date", "body", "authority", "president", "secretary"}
    counts = {"members", "members_in_office", "present_count", "proxy_count"}
    assert set(session.evidence) == fields | counts
    for attendance in session.attendance:
        quoted = " ".join(text[e.start : e.end] for e in attendance.evidence)
        assert key(attendance.member.family)[:4] in key(quoted)
    for field in counts:
        (evidence,) = session.evidence[field]
        assert str(getattr(session, field)) in text[evidence.start : evidence.end]


@pytest.mark.parametrize(
    ("formula", "body", "authority"),
    [
        ("du Conseil métropolitain de Dijon métropole", "Conseil métropolitain", "Dijon métropole"),
        ("du Conseil métropolitain d'Orvanne Métropole", "Conseil métropolitain", "Orvanne Métropole"),
        (
            "du Bureau communautaire de la communauté d'agglomération du Val d'Aurence",
            "Bureau communautaire",
            "Communauté d'agglomération du Val d'Aurence",
        ),
        (
            "du Conseil municipal de la Ville de Saint-Donan-l'Étang",
            "Conseil municipal",
            "Ville de Saint-Donan-l'Étang",
        ),
        ("du Conseil municipal Ville de Montrevel", "Conseil municipal", "Ville de Montrevel"),
        ("du Conseil municipal de Quetigny", "Conseil municipal", "Quetigny"),
        ("du Conseil d'administration du CCAS de Roubières", "Conseil d'administration", "CCAS de Roubières"),
        (
            "de la Commission permanente du Conseil départemental de la Nièvre",
            "Commission permanente",
            "Département de la Nièvre",
        ),
        (
            "de la Commission permanente du Conseil régional de Bretagne",
            "Commission permanente",
            "Région Bretagne",
        ),
        ("du Conseil départemental de la Nièvre", "Conseil départemental", "Département de la Nièvre"),
        ("du Conseil régional d'Île-de-France", "Conseil régional", "Région Île-de-France"),
        (
            "\n\ndu Comité syndical du Syndicat mixte des Trois Rivières",
            "Comité syndical",
            "Syndicat mixte des Trois Rivières",
        ),
        ("DU CONSEIL MUNICIPAL DE LA VILLE DE CHENÔVE", "CONSEIL MUNICIPAL", "VILLE DE CHENÔVE"),
        ("du Conseil municipal de Saint-\nApollinaire", "Conseil municipal", "Saint-Apollinaire"),
    ],
)
def test_organ_and_authority(act: Act, formula: str, body: str, authority: str) -> None:
    session = session_of(act(body=formula))
    assert (session.body, session.authority) == (body, authority)


def test_an_authority_named_on_its_own_line(act: Act) -> None:
    session = session_of("COMMUNE DE VALMORIN\n" + act(body="DU CONSEIL MUNICIPAL"))
    assert (session.body, session.authority) == ("CONSEIL MUNICIPAL", "COMMUNE DE VALMORIN")


@pytest.mark.parametrize(
    "counts",
    [
        "Nombre de membres du Bureau : 12\nNombre de membres en exercice : 11Nombre de présents participant"
        " au vote : 9\nNombre de procurations : 2",
        "Nombre de membres du Bureau : 12\tMembres en exercice : 11\nNombre de présents : 9\tPouvoirs : 2",
        "Nombre de conseillers : 12\nConseillers en exercice : 11\nPrésents : 9\nPouvoirs : 2\nVotants : 11",
        "Nombre de membres : 12 - En exercice : 11 - Présents : 9 - Procurations : 2",
    ],
)
def test_counts_in_other_words_and_places(act: Act, counts: str) -> None:
    text = act()
    start, end = text.index("Nombre de membres du Bureau"), text.index("Membres présents")
    session = session_of(text[:start] + counts + "\n\n" + text[end:])
    found = (session.members, session.members_in_office, session.present_count, session.proxy_count)
    assert found == (12, 11, 9, 2)
    assert people(session, "present") == words(["Bruno MARSEC", "Carla NOIR"])


def test_a_header_that_states_no_count_gives_none(act: Act) -> None:
    text = act()
    start, end = text.index("Nombre de membres du Bureau"), text.index("Membres présents")
    session = session_of(text[:start] + text[end:])
    assert (session.members, session.present_count, session.proxy_count) == (None, None, None)


@settings(deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["", "mardi ", "MARDI "]))
def test_any_date_with_its_month_in_letters(date: dt.date, weekday: str) -> None:
    day = "1er" if date.day == 1 else str(date.day)
    month = MONTHS[date.month - 1]
    for written in (month, month.upper(), month.capitalize()):
        assert read_date(f"{weekday}{day} {written} {date.year}") == date


@settings(deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from("/.-"))
def test_any_date_in_figures(date: dt.date, sign: str) -> None:
    assert read_date(f"le {date.day:02}{sign}{date.month:02}{sign}{date.year}") == date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("l'an deux mille vingt-trois, le six mars", dt.date(2023, 3, 6)),
        ("L'An Deux-Mil-Vingt-Cinq, le Huit du mois d'Avril", dt.date(2025, 4, 8)),
        ("le vingt-deux juin deux mille vingt-deux", dt.date(2022, 6, 22)),
        ("l'an deux mille vingt-et-un, le trente et un mai", dt.date(2021, 5, 31)),
        ("le premier décembre deux mille vingt", dt.date(2020, 12, 1)),
        ("14/02/23", dt.date(2023, 2, 14)),
        ("le 31 février 2023", None),
        ("n° 2023", None),
        ("mars", None),
    ],
)
def test_dates_in_words_and_what_is_no_date(written: str, date: dt.date | None) -> None:
    assert read_date(written) == date


@settings(deadline=None)
@given(st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)))
def test_the_date_of_the_seance_is_never_that_of_the_convocation(date: dt.date) -> None:
    text = (
        "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\n\nConvocation envoyée le 9 mars 2014\n\n"
        f"Séance du {date.day} {MONTHS[date.month - 1]} {date.year}\n\n"
        "OBJET : Tarifs\n\nDÉCIDE :\n\n- d'approuver."
    )
    session = session_of(text)
    assert (session.date, session.convocation_date) == (date, dt.date(2014, 3, 9))
