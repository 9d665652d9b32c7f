"""Heads as town halls publish them: glued into a line, cut, or told by members, candidates and town halls.

Every head is of our own writing, on what heads of some fifty authorities were seen to do; the names are invented.
"""

from __future__ import annotations

import datetime as dt

import pytest

from extract.facts import SessionFacts
from extract.header import read_session
from extract.mended import mended
from extract.segment import segment
from extract.view import view

BELOW = """

Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD

OBJET : Subvention au club de voile

Le conseil, après en avoir délibéré, à l'unanimité,

DÉCIDE d'attribuer une subvention de 500 € au club de voile.
"""


def read(head: str, below: str = BELOW) -> SessionFacts:
    seen = view(head + below)
    layouts = segment(seen.text)
    return read_session(seen.text, layouts[0], lambda _offset: None)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("L an deux mil vingt, le conseil s est réuni", "L'an deux mil vingt, le conseil s'est réuni"),
        ("à l unanimité, la date d affichage", "à l'unanimité, la date d'affichage"),
        ("l unanimité des lots a, b, c, d et e", "l'unanimité des lots a, b, c, d et e"),
        ("l unanimité ; M. D ANGELO", "l'unanimité ; M. D ANGELO"),
        ("les lots d à f sont attribués", "les lots d à f sont attribués"),
        ("A B S E N T S", "ABSENTS"),
        ("V I L L E D E M O N T C L A I R", "VILLE DE MONTCLAIR"),
        ("P R É S E N T S   E X C U S É S", "PRÉSENTS EXCUSÉS"),
        ("Les points A B C D E F du plan", "Les points A B C D E F du plan"),
        ("PROCES - VERBAL, MARSEC Jean - Paul", "PROCES---VERBAL, MARSEC Jean---Paul"),
        ("Jean-Paul MARSEC - Bruno TESSIER", "Jean-Paul MARSEC - Bruno TESSIER"),
        ("TESSIER Patric k, ROYER", "TESSIER Patrick , ROYER"),
    ],
)
def test_what_a_converter_broke_is_mended_in_its_place(broken: str, whole: str) -> None:
    assert mended(broken).lstrip() == whole
    assert len(mended(broken)) == len(broken)


def test_a_mended_name_keeps_its_place_in_the_document() -> None:
    head = "PROCES - VERBAL\nCOMMUNE DE SAULT\nSéance du 6 mars 2023\nPrésents : MARSEC Jean - Paul, ROYER Marie - Rose"
    below = BELOW.split("\n\n", 2)[2]
    first = read(head + "\n\n", below).attendance[0]
    assert first.member.written == "MARSEC Jean-Paul"
    assert head[first.evidence[0].start : first.evidence[0].end] == "MARSEC Jean - Paul"


@pytest.mark.parametrize(
    "opening",
    [
        "Le 11 juillet suivant la convocation adressée le 4 juillet 2017, le conseil municipal de Sault s'est réuni.",
        "L an deux mille dix-sept, le onze juillet, le conseil municipal de Sault s est réuni.",
        "Le conseil municipal de Sault s'est réuni le mardi 11juillet 2017 à 20 h.",
        "COMPTE RENDU DU CONSEIL MUNICIPAL DE SAULT DU 11 JUILLET 2017",
        "Date de convocation L'an deux mille dix-sept, le mardi 11 juillet, le conseil municipal de Sault s'est réuni.",
    ],
)
def test_the_day_of_the_seance(opening: str) -> None:
    assert read(f"COMMUNE DE SAULT\n\n{opening}").date == dt.date(2017, 7, 11)


def test_minutes_approved_below_the_lists_are_of_another_seance() -> None:
    below = BELOW.replace("OBJET", "Procès-verbal de la séance du 2 juin 2017 : adopté.\n\nOBJET")
    head = "COMMUNE DE SAULT\n\nL'an deux mille dix-sept, le 11 juillet, le conseil municipal s'est réuni."
    assert read(head, below).date == dt.date(2017, 7, 11)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (
            "Le maire propose la candidature de Monsieur Bruno TESSIER en qualité de secrétaire de séance.",
            "Bruno TESSIER",
        ),
        ("Secrétaire de séance : Aline MARSEC : je vous propose la candidature de M. Bruno TESSIER.", "Bruno TESSIER"),
        ("Je vous propose de désigner, comme d'habitude, monsieur Tessier comme secrétaire de séance.", "Tessier"),
        ("Le conseil décide que Monsieur Bruno TESSIER sera secrétaire de séance.", "Bruno TESSIER"),
        ("Le conseil désigne à l'unanimité Bruno TESSIER comme secrétaire de séance.", "Bruno TESSIER"),
        ("SECRETAIRES DE SEANCE : Mr Bruno TESSIER Melle Carla NOIRAUD", "Bruno TESSIER"),
    ],
)
def test_the_secretary(told: str, name: str) -> None:
    secretary = read(f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\n{told}").secretary
    assert secretary is not None
    assert secretary.written == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("sous la présidence de monsieur Bruno TESSIER, maire", "Bruno TESSIER"),
        ("sous la présidence de Madame Aline DUVAL\nLAFARGE MARSEC.", "Aline DUVAL LAFARGE MARSEC"),
        ("Début : 20 h Président de séance : Monsieur Bruno TESSIER, Maire", "Bruno TESSIER"),
    ],
)
def test_the_president(told: str, name: str) -> None:
    president = read(f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\nLe conseil s'est réuni, {told}").president
    assert president is not None
    assert president.written == name


@pytest.mark.parametrize(
    ("head", "authority", "body"),
    [
        (
            "Les conseillers communautaires de Vals Communauté se sont réunis.",
            "Vals Communauté",
            "Conseil communautaire",
        ),
        ("Conseil de la Communauté de Communes du Val d'Orne", "Communauté de Communes du Val d'Orne", "Conseil de la"),
        (
            "Le conseil municipal s'est réuni en mairie de SAULT, le 6 mars 2023.",
            "Commune de SAULT",
            "Conseil municipal",
        ),
        ("Le conseil municipal de la commune de SAULT était réuni.", "Commune de SAULT", "Conseil municipal"),
        ("COMMUNE DE SAULT CONSEIL MUNICIPAL Procès-verbal", "COMMUNE DE SAULT", "CONSEIL MUNICIPAL"),
        ("SIAEP du VAL D'ORNE Réunion du 6 mars 2023", "SIAEP du VAL D'ORNE", None),
        (
            "DÉPARTEMENT DE LA HAUTE-ORNE EXTRAIT DES DÉLIBÉRATIONS DE LA COMMISSION PERMANENTE Séance",
            "DÉPARTEMENT DE LA HAUTE-ORNE",
            "COMMISSION PERMANENTE",
        ),
        (
            "DÉPARTEMENT DE LA HAUTE-ORNE EXTRAIT DU REGISTRE\nCOMMUNE DE SAULT CONSEIL MUNICIPAL",
            "COMMUNE DE SAULT",
            "CONSEIL MUNICIPAL",
        ),
    ],
)
def test_the_authority_and_its_organ(head: str, authority: str, body: str | None) -> None:
    facts = read(f"{head}\n\nSéance du 6 mars 2023")
    assert facts.authority == authority
    assert body is None or (facts.body or "").startswith(body)


@pytest.mark.parametrize(
    "counts",
    [
        "29 conseillers en exercice : 21 présents 4 pouvoirs 4 excusés",
        "29 en exercice, 21 présents, 4 pouvoirs",
        "Nombre de conseillers municipaux en exercice au jour de la séance : 29 Présents : 21 Pouvoirs : 4",
        "Nombre de conseillers En exercice 29 Présents 21 Pouvoirs 4 Votants 25",
        "En exercice : 29   Présents : 21   Excusés avec pouvoir : 4   Pouvoirs : 4",
    ],
)
def test_figures_on_either_side_of_their_labels(counts: str) -> None:
    facts = read(f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\n{counts}")
    assert (facts.members_in_office, facts.present_count, facts.proxy_count) == (29, 21, 4)


def test_a_text_with_no_more_than_a_formula_and_a_secretary_is_an_act() -> None:
    text = "L an deux mil treize, le six mars, le conseil communautaire s est réuni.\nSecrétaire de séance : A. Roy"
    assert segment(view(text).text)
