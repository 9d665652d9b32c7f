"""Heads of acts that other tests do not write: dates without year, offices in lists, signatures, broken names."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.facts import SessionFacts
from extract.header import read_session
from extract.segment import segment
from extract.view import view

FRAME = """{head}

{roster}

SUBVENTION AU CLUB DE VOILE

Le Conseil, après en avoir délibéré, à l'unanimité,
DÉCIDE d'attribuer une subvention de 500 € au Club de voile.

{signature}
"""
HEAD = "COMMUNE DE VALMORIN\nSéance du 8 avril 2025\nConvocation du 1er avril 2025"
ROSTER = "Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD."


def session(*, head: str = HEAD, roster: str = ROSTER, signature: str = "") -> SessionFacts:
    text = view(FRAME.format(head=head, roster=roster, signature=signature)).text
    (layout,) = segment(text)
    return read_session(text, layout, lambda _: None)


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("Séance du 30 mars, 18 h 15, à Valmorin – l'an 2026", dt.date(2026, 3, 30)),
        ("Séance du 8 avril\nConvocation du 1er avril 2025", dt.date(2025, 4, 8)),
        ("Réunion du mardi 6 janvier\nConvoqué le 29 décembre 2024", dt.date(2025, 1, 6)),
    ],
)
def test_a_year_that_stands_elsewhere(told: str, date: dt.date) -> None:
    assert session(head=f"COMMUNE DE VALMORIN\nCONSEIL MUNICIPAL\n{told}").date == date


@pytest.mark.parametrize(
    ("written", "authority"),
    [
        ("Département du Val-d'Arc            COMMUNE DE VALMORIN", "COMMUNE DE VALMORIN"),
        ("Mairie de VALMORIN                                                    25-06/044", "Commune de VALMORIN"),
        (
            "PÔLE D'ÉQUILIBRE TERRITORIAL ET RURAL (PETR) DU PAYS DE SAULT",
            "PÔLE D'ÉQUILIBRE TERRITORIAL ET RURAL (PETR) DU PAYS DE SAULT",
        ),
        (
            "SYNDICAT INTERCOMMUNAL À VOCATION SCOLAIRE\nDE LA VALLÉE DU LIRON\nMairie - 32 Valmorin",
            "SYNDICAT INTERCOMMUNAL À VOCATION SCOLAIRE DE LA VALLÉE DU LIRON",
        ),
        ("COMMUNAUTÉ DE COMMUNES\nDU PAYS DE SAULT\nConseil communautaire", "COMMUNAUTÉ DE COMMUNES DU PAYS DE SAULT"),
        ("CENTRE COMMUNAL D'ACTION SOCIALE\nDE VALMORIN", "CENTRE COMMUNAL D'ACTION SOCIALE DE VALMORIN"),
        ("COMMUNE\nDE VALMORIN\nArrondissement de Sault", "COMMUNE DE VALMORIN"),
        ("COMMUNE DE VALMORIN\ndu canton de Sault", "COMMUNE DE VALMORIN"),
        ("VILLE DE VALMORIN\nDU 8 AVRIL 2025", "VILLE DE VALMORIN"),
        (
            "Le bureau communautaire de la Communauté\nd'agglomération du Grand Clos, légalement convoqué le 2 avril",
            "Communauté d'agglomération du Grand Clos",
        ),
    ],
)
def test_the_authority_in_a_crowded_letterhead(written: str, authority: str) -> None:
    found = session(head=f"{written}\nSéance du 8 avril 2025").authority
    assert found == authority


@pytest.mark.parametrize(
    "roster",
    [
        "Maire : Mme Aline MARSEC ; Adjoints : M. Bruno TESSIER ; Conseillers : Mme Carla NOIRAUD.",
        "Mesdames et Messieurs : MARSEC Aline, Maire ; TESSIER Bruno ; NOIRAUD Carla",
        "Étaient présents : Mme Aline MARSEC, M. Bruno\nTESSIER, Mme Carla NOI-\nRAUD.\nSecrétaire : Mme NOIRAUD",
        "Étaient présents : Mme Aline MARSEC, M.\nBruno TESSIER, Mme Carla\nNOIRAUD.",
    ],
)
def test_lists_with_offices_and_wrapped_names(roster: str) -> None:
    members = [(fact.member.family, fact.member.given) for fact in session(roster=roster).attendance]
    assert members == [("MARSEC", "Aline"), ("TESSIER", "Bruno"), ("NOIRAUD", "Carla")]


@pytest.mark.parametrize(
    "signature",
    [
        "Le Maire, Aline MARSEC",
        "Le Président du Conseil départemental\nsigné : Aline MARSEC",
        "La Maire,\nAline MARSEC",
    ],
)
def test_who_signs_presides(signature: str) -> None:
    president = session(signature=signature).president
    assert president is not None
    assert (president.given, president.family) == ("Aline", "MARSEC")


@pytest.mark.parametrize(
    "signature", ["Pour le Maire,\nBruno TESSIER", "Pour le Maire et par délégation,\nL'adjoint, Bruno TESSIER"]
)
def test_who_signs_for_another_does_not(signature: str) -> None:
    assert session(signature=signature).president is None


def test_a_4_read_for_a_grave() -> None:
    roster = ROSTER + "\nAbsents ayant donné procuration : Mme Denise PONTET 4 Mme Aline MARSEC"
    (giver,) = [fact for fact in session(roster=roster).attendance if fact.status == "represented"]
    assert giver.member.family == "PONTET"
    assert giver.proxy_holder is not None
    assert giver.proxy_holder.family == "MARSEC"


def test_a_replacement_is_no_list_of_the_replaced() -> None:
    facts = session(roster=ROSTER + "\n\nREMPLACEMENT DE LA CHAUDIÈRE DU GYMNASE").attendance
    assert [fact.status for fact in facts] == ["present"] * 3


GLUED = (
    "{place} - Compte rendu du conseil municipal du 2 février 2024 Réunion ouverte à 20 h 15. En exercice : 4 - "
    "Présents : 3 - Votants : 3. Présents : A. MARSEC (maire), B. TESSIER, C. NOIRAUD. Absent : D. PONTET. "
    "Secrétaire : C. NOIRAUD.Le compte rendu de la dernière réunion est adopté.1) Tarif de la salle. Le week-end "
    "passe à 140 € pour les habitants. Unanimité.2) Subvention au foyer. Le foyer demande 700 €, on passe au vote : "
    "2 pour, 1 abstention.Divers : le broyeur est en panne. Séance levée à 22 h 40. Le maire, A. MARSEC."
)


@pytest.mark.parametrize(("place", "authority"), [("Valmorin", "Commune de Valmorin"), ("Aubrac", "Commune d'Aubrac")])
def test_minutes_of_a_village_in_one_line(place: str, authority: str) -> None:
    text = view(GLUED.format(place=place)).text
    acts = segment(text)
    assert [text[slice(*act.title)] for act in acts if act.title] == ["Tarif de la salle", "Subvention au foyer"]
    found = read_session(text, acts[0], lambda _: None)
    assert (found.authority, found.date, found.present_count) == (authority, dt.date(2024, 2, 2), 3)
    assert sum(fact.status == "present" for fact in found.attendance) == 3


@pytest.mark.parametrize(
    "title", ["Délibération n° 2023_031 Toiture de l'église : demandes d'aide", "N° 2023-017 – FINANCES – Aide au club"]
)
def test_a_title_behind_its_number(title: str) -> None:
    text = FRAME.replace("SUBVENTION AU CLUB DE VOILE", title + "\n\nM. le Maire rappelle l'état de la couverture.")
    text = text.format(head=HEAD, roster=ROSTER, signature="")
    (act,) = segment(text)
    assert act.title is not None
    assert title.endswith(text[slice(*act.title)])
    assert act.number is not None


def test_initials_before_names_over_lines() -> None:
    """A civility left at the end of a line, and a first name whose initial looks like one."""
    roster = (
        "Délégués présents (7) : M. F. BELLECOURT, Mme A. PERRAUD, M. D. MONTVERT, Mme S. COTTIN,\n"
        "M. G. RAMBERT, Mme M. DESTREZ, Mme\nP. MUGNIER"
    )
    names = [a.member.written for a in session(roster=roster).attendance if a.status == "present"]
    assert names == [
        "F. BELLECOURT", "A. PERRAUD", "D. MONTVERT", "S. COTTIN", "G. RAMBERT", "M. DESTREZ", "P. MUGNIER",
    ]  # fmt: skip


def test_a_signature_gives_the_president_in_full() -> None:
    head = HEAD + "\nSous la présidence de A. MARSEC, maire"
    president = session(head=head, signature="Le Maire, Aline MARSEC").president
    assert president is not None
    assert president.given == "Aline"


def test_the_office_of_a_secretary_names_nobody() -> None:
    told = ROSTER + "\n\nAssistait également : M. NOIRAUD Carl, directeur du CCAS, qui assure le secrétariat."
    secretary = session(roster=told).secretary
    assert secretary is not None
    assert secretary.family == "NOIRAUD"


@pytest.mark.parametrize(
    ("of", "authority", "body"),
    [
        ("d'Oriance métropole", "Oriance métropole", "Conseil métropolitain"),
        ("de Belval agglomération", "Belval agglomération", "Conseil communautaire"),
    ],
)
def test_a_council_without_a_name_is_that_of_its_authority(of: str, authority: str, body: str) -> None:
    head = f"EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS du Conseil {of}\nSéance du 8 avril 2025"
    found = session(head=head)
    assert (found.authority, found.body) == (authority, body)
