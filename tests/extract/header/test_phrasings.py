"""Séance, convocation, officers, counts and authority in the phrasings of other authorities."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts import SessionFacts
from extract.header import read_session
from extract.header.dates import read_date
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded
from extract.segment.rosters import find_rosters
from extract.view import Stamp
from tests.examples import examples

MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
UNITS = [
    "", "premier", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt", "vingt et un", "vingt-deux",
    "vingt-trois", "vingt-quatre", "vingt-cinq", "vingt-six", "vingt-sept", "vingt-huit", "vingt-neuf", "trente",
    "trente et un",
]  # fmt: skip
DATES = st.dates(dt.date(2001, 1, 1), dt.date(2031, 12, 31))
STYLE = st.sampled_from([str, str.upper, str.capitalize, str.title])


def in_words(date: dt.date, mil: str = "mille") -> tuple[str, str]:
    """Day with month, and year, in words."""
    year = "un" if date.year == 2001 else UNITS[date.year - 2000]
    return f"{UNITS[date.day]} {MONTHS[date.month - 1]}", f"deux {mil} {year}"


def in_figures(date: dt.date) -> str:
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"


def session(header: str, *stamps: Stamp) -> SessionFacts:
    end = len(header)
    rosters = find_rosters(header, folded(header), Span(0, end))
    layout = ActLayout(
        Span(0, end), Span(0, end), rosters, None, None, None, Span(end, end), None, (), None, Span(end, end)
    )
    return read_session(header, layout, lambda _offset: None, stamps)


@settings(max_examples=examples(30), deadline=None)
@given(DATES, st.sampled_from(["mille", "mil"]), STYLE, st.booleans())
def test_any_date_of_the_formula_in_words(date: dt.date, mil: str, style: type[str], hyphens: bool) -> None:
    day, year = in_words(date, mil)
    written = f"l'an {year.replace(' ', '-') if hyphens else year}, le {day}"
    assert read_date(style(written)) == date
    assert session(f"{style(written)} à dix-neuf heures trente, le conseil municipal s'est réuni").date == date


FORMS = [
    "Séance du {}",
    "SÉANCE PUBLIQUE DU LUNDI {}",
    "Réunion du conseil municipal du {} à 20 heures",
    "CONSEIL MUNICIPAL DU {}",
    "COMPTE RENDU de la séance du conseil municipal mardi {}",
    "Le conseil municipal, légalement convoqué, s'est réuni en mairie le {} sous la présidence du maire",
    "Le {} à 18 h 30, le Conseil communautaire s'est réuni",
    "Bureau communautaire – jeudi {} à 18H00",
    "la séance qui s'ouvrira le :\nlundi {}",
]
CONVOKED = [
    "Date de convocation : {}",
    "Convocation du {}",
    "Date de convocation et d'affichage : {}",
    "Le conseil, dûment convoqué le {}",
    "sur la convocation qui leur a été adressée par le Maire, conformément à l'article L. 2121-10 du code, le {}",
    "Convocation adressée et affichée le {}",
    "(convocation du {})",
    "Convoqué le mardi {}",
]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=examples(9), deadline=None)
@given(
    date=DATES, notice=st.integers(3, 30), convoked=st.sampled_from(CONVOKED), words=st.booleans(), first=st.booleans()
)
def test_any_seance_beside_any_convocation(
    form: str, date: dt.date, notice: int, convoked: str, words: bool, first: bool
) -> None:
    before = date - dt.timedelta(days=notice)
    told = " ".join(in_words(before)) if words and before.year > 2000 else in_figures(before)
    lines = [form.format(in_figures(date)) + ".", convoked.format(told) + "."]
    found = session("\n\n".join(lines[::-1] if first else lines) + "\nPrésents : Aline MARSEC, Luc CASTEL")
    assert (found.date, found.convocation_date) == (date, before)


def test_the_year_that_a_convocation_leaves_out() -> None:
    found = session("Séance du 9 janvier 2023\nConvoqué le 28 décembre, le conseil s'est réuni.")
    assert found.convocation_date == dt.date(2022, 12, 28)


def test_the_stamp_settles_leftovers_and_the_title_goes_before_the_formula() -> None:
    header = (
        "CONSEIL MUNICIPAL DU 16 FÉVRIER 2023\nLe premier décembre deux mille vingt-deux, les membres du conseil, "
        "convoqués par Mme la Maire le vingt-deux novembre deux mille vingt-deux, se sont réunis"
    )
    assert session(header).date == dt.date(2023, 2, 16)
    stamp = Stamp(0, 10, "210000000", dt.date(2022, 12, 1), "DEL1", "DE")
    assert session(header, stamp).date == dt.date(2022, 12, 1)


def test_the_minutes_being_approved_are_of_another_day() -> None:
    found = session("Approbation du procès-verbal de la séance du 12 janvier 2023\nSéance du 16 février 2023")
    assert found.date == dt.date(2023, 2, 16)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("le vingt-cing mars 2023", dt.date(2023, 3, 25)),
        ("1% juillet 2022", dt.date(2022, 7, 1)),
        ("2 7 FEV. 2023", dt.date(2023, 2, 27)),
        ("le sept mars deux mil vingt", dt.date(2020, 3, 7)),
        ("12 sept. 2021", dt.date(2021, 9, 12)),
    ],
)
def test_dates_as_scans_and_stamps_leave_them(written: str, date: dt.date) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    ("phrase", "president"),
    [
        ("sous la présidence de Monsieur Luc CASTEL, Maire.", "Luc CASTEL"),
        ("sous la présidence de Madame le Maire, Aline MARSEC", "Aline MARSEC"),
        ("sous la présidence du Maire, M. Luc CASTEL.", "Luc CASTEL"),
        ("Président de séance : M. CASTEL", "CASTEL"),
        ("Présidence : Mme Aline MARSEC. Secrétaire : M. Zoé ROYER", "Aline MARSEC"),
        ("Luc CASTEL est Président de la séance.", "Luc CASTEL"),
        ("M. Luc CASTEL, Maire, préside la séance.", "Luc CASTEL"),
        ("Le Président, M. CASTEL, ouvre la séance.", "CASTEL"),
        ("sur la convocation de Mme Aline MARSEC, Présidente, adressée le 4 mars 2024", "Aline MARSEC"),
        ("présents : Mme Aline MARSEC, Maire, M. Luc CASTEL", "Aline MARSEC"),
    ],
)
def test_who_presides(phrase: str, president: str) -> None:
    found = session(f"Séance du 12 mars 2024\n{phrase[:1].upper()}{phrase[1:]}").president
    assert found is not None
    assert found.written == president


@pytest.mark.parametrize(
    ("phrase", "secretary"),
    [
        ("Secrétaire de séance : Mme Aline MARSEC", "Aline MARSEC"),
        ("Secrétaire : Commune de Valmorin - M. Luc CASTEL", "Luc CASTEL"),
        ("Mme Aline MARSEC a été désignée secrétaire de séance.", "Aline MARSEC"),
        ("M. CASTEL Luc est élu secrétaire.", "CASTEL Luc"),
        ("M. Luc CASTEL a été nommé pour remplir les fonctions de secrétaire.", "Luc CASTEL"),
        (
            "Aline MARSEC, ayant obtenu la majorité des suffrages, a été désignée pour remplir ces fonctions.",
            "Aline MARSEC",
        ),
        (
            "Le conseil a désigné, selon l'article L.2121-15, M. CASTEL pour remplir les fonctions de secrétaire",
            "CASTEL",
        ),
        ("Élection d'un secrétaire de séance : M CASTEL Luc, (Belval)", "CASTEL Luc"),
        ("Le secrétariat a été assuré par Mme Aline MARSEC.", "Aline MARSEC"),
    ],
)
def test_who_is_secretary(phrase: str, secretary: str) -> None:
    found = session(f"Séance du 12 mars 2024\n{phrase}").secretary
    assert found is not None
    assert found.written == secretary


COUNTS = [
    "Nombre de conseillers en exercice : {e}\nPrésents : {p}\nProcurations : {r}",
    "En exercice : {e}Nombre de présents : {p}Pouvoirs : {r}",
    "En exercice {e} | Présents {p} | Pouvoirs {r}",
    "{e} conseillers en exercice – {p} présents – {r} pouvoirs – 25 votants",
    "Présents : {p}  Absents : 06  Représentés : {r}  En exercice : {e}  Total des votes : 27",
    "Le nombre de membres en exercice est de : {e}\nPRÉSENTS ({p}) : Luc CASTEL\nONT DONNÉ POUVOIR ({r}) : Zoé R.",
    "en exercice ........ {e}\nprésents ........... {p}\nprocurations ....... {r}",
    "NOMBRE DE MEMBRES EN EXERCICE {e}\nNOMBRE DE PRÉSENTS {p}\nNOMBRE DE POUVOIRS {r}",
]


@pytest.mark.parametrize("form", COUNTS)
@settings(max_examples=examples(9), deadline=None)
@given(counts=st.tuples(st.integers(1, 140), st.integers(0, 140), st.integers(0, 60)))
def test_any_counts_in_any_order(form: str, counts: tuple[int, int, int]) -> None:
    e, p, r = counts
    found = session(f"Séance du 12 mars 2024\n\n{form.format(e=e, p=p, r=r)}\n")
    assert (found.members_in_office, found.present_count, found.proxy_count) == counts


@pytest.mark.parametrize(
    ("header", "body", "authority"),
    [
        ("COMMUNE DE VALMORIN\nCONSEIL MUNICIPAL DU 12 MARS 2024", "CONSEIL MUNICIPAL", "COMMUNE DE VALMORIN"),
        (
            "DÉPARTEMENT DE L'AUBRE\nCOMMUNE DE VALMORIN\nSéance du conseil municipal",
            "Conseil municipal",
            "COMMUNE DE VALMORIN",
        ),
        ("MAIRIE DE VALMORIN (Aubre)\nLe conseil municipal s'est réuni", "Conseil municipal", "Commune DE VALMORIN"),
        (
            "Communauté de communes des Deux Lacs – BUREAU\nRéunion du 3 mars 2024",
            "BUREAU",
            "Communauté de communes des Deux Lacs",
        ),
        ("Le bureau communautaire de Sarmance Agglo s'est réuni", "Bureau communautaire", "Sarmance Agglo"),
        (
            "C.C.A.S. DE VALMORIN\nCONSEIL D'ADMINISTRATION DU 3 MARS 2024",
            "CONSEIL D'ADMINISTRATION",
            "CCAS DE VALMORIN",
        ),
        (
            "Nous, Luc CASTEL, Maire de La Roche-Claire, avons convoqué le Conseil Municipal",
            "Conseil Municipal",
            "Commune de La Roche-Claire",
        ),
    ],
)
def test_organ_and_authority_of_other_letterheads(header: str, body: str, authority: str) -> None:
    found = session(header)
    assert (found.body, found.authority) == (body, authority)


def test_the_siren_of_the_stamp_names_the_authority() -> None:
    stamp = Stamp(0, 10, "213401722", dt.date(2023, 2, 6), "D13", "DE")
    head = "SÉANCE DU 6 FÉVRIER 2023\nLe conseil municipal s'est réuni"
    assert session(f"{head} à l'hôtel de ville, à Montpellier", stamp).authority == "Commune de Montpellier"
    assert session(head, stamp).authority is None  # nothing written says so: a wrong figure would name another body
