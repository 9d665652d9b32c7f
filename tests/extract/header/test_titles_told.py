"""Titles and numbers told otherwise: in a list of deliberations, below recitals, under another label, or nowhere."""

from __future__ import annotations

import pytest

from tests.extract.header.whole_acts import COUNCIL, DECIDED, ROSTER, act, facts, titles


def test_headings_that_repeat_the_agenda() -> None:
    document = facts(
        "Mairie de Valmorin\nCompte rendu de la réunion du conseil municipal du 9 février 2023\n\n"
        "Présents : Aline MARSEC, Bruno TESSIER, Carla NOIR, Denis\nPAUL\n\n"
        "Ordre du jour :\n- Compte administratif\n- Subventions aux associations\n- Questions diverses\n\n"
        "Compte administratif\nSous la présidence de M. Bruno TESSIER, Mme le Maire ayant quitté la salle, le compte "
        "administratif est approuvé à l'unanimité.\n\n"
        "Subventions aux associations\nLe conseil décide à l'unanimité d'accorder 200 € au comité des fêtes.\n\n"
        "Questions diverses\nLa fête aura lieu le 14 juillet.\n\n"
        "Le maire, Aline MARSEC            La secrétaire, Carla NOIR\n"
    )
    assert titles(document) == ["Compte administratif", "Subventions aux associations"]
    (session,) = document.sessions
    assert session.president is not None
    assert session.president.written == "Aline MARSEC"
    assert [entry.member.written for entry in session.attendance][-1] == "Denis PAUL"


def test_a_title_between_the_recitals_and_the_expose() -> None:
    only = act(
        f"{COUNCIL}{ROSTER}\nVu le code général des collectivités territoriales,\nVu le budget primitif 2023,\n\n"
        "Attribution d'une aide exceptionnelle à l'association Les Amis de la gare\n\n"
        f"Madame le maire expose que l'association a subi un dégât des eaux.\n\n{DECIDED}"
    )
    assert only.title == "Attribution d'une aide exceptionnelle à l'association Les Amis de la gare"
    assert not only.title_lent
    assert [citation.label for citation in only.citations]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (DECIDED, "de verser 500 € au club de voile de Valmorin"),
        (
            "Vu le code général des collectivités territoriales,\n"
            "M. le maire présente la demande de subvention du club de voile. Le club compte 40 enfants.\n\n" + DECIDED,
            "M. le maire présente la demande de subvention du club de voile",
        ),
    ],
)
def test_an_act_without_title_is_named_by_what_it_says(body: str, title: str) -> None:
    text = f"{COUNCIL}{ROSTER}\n{body}\nLe maire, Aline MARSEC\n"
    only = act(text)
    assert (only.title, only.title_lent) == (title, True)
    (passage,) = only.evidence["title"]
    assert " ".join(text[passage.start : passage.end].split()) == title


def test_a_lent_title_is_no_longer_than_a_title_and_ends_with_a_word() -> None:
    long = "M. le maire présente la demande de subvention " + "du club de voile " * 30
    only = act(f"{COUNCIL}{ROSTER}\n{long}.\n\n{DECIDED}")
    assert only.title is not None
    assert len(only.title) <= 180
    assert only.title.split()[-1] in ("du", "club", "de", "voile")


def test_rubrics_in_capitals_between_commas_are_no_names() -> None:
    only = act(
        f"{COUNCIL}{ROSTER}\nDCM2023_03_11 – EMPLOI, LOGEMENT, ÉCONOMIE : PARTICIPATIONS AUX ORGANISMES\n\n"
        f"Rapporteur : M. TESSIER\n\nLe rapporteur expose que plusieurs organismes sont aidés.\n\n{DECIDED}"
    )
    assert only.number == "DCM2023_03_11"
    assert only.title == "EMPLOI, LOGEMENT, ÉCONOMIE : PARTICIPATIONS AUX ORGANISMES"


@pytest.mark.parametrize(
    "label", ["Titre : ", "Intitulé de la délibération : ", "Sujet : ", "AFFAIRE : ", "**Titre :** "]
)
def test_a_title_under_another_label(label: str) -> None:
    only = act(f"{COUNCIL}\n{label}Rénovation de la salle des fêtes\n\n{ROSTER}\nLe projet est estimé.\n\n{DECIDED}")
    assert (only.title, only.title_lent) == ("Rénovation de la salle des fêtes", False)


@pytest.mark.parametrize("sign", "►▶❖■◆")
def test_points_of_minutes_behind_a_sign(sign: str) -> None:
    document = facts(
        f"Conseil municipal de Belcastel - 14 novembre 2023\nCompte-rendu sommaire\n\n{ROSTER}\n"
        f"{sign} Budget : décision modificative n° 2\nVirement de 2 000 €. Vote à l'unanimité.\n\n"
        f"{sign} Aide au club de pétanque\nUne aide de 150 € est votée (unanimité).\n\nSéance levée à 21 h.\n"
    )
    assert titles(document) == ["Budget : décision modificative n° 2", "Aide au club de pétanque"]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("DCM 2023-03 : Aide au club de voile", "DCM 2023-03"),
        ("D2023-04\nAide au club de voile", "D2023-04"),
        ("2023-03-062 - 3.2 Aliénations\n\nAide au club de voile", "2023-03-062"),
        ("Délibération du conseil municipal - 2023_03_05\n\nAide au club de voile", "2023_03_05"),
    ],
)
def test_numbers_of_other_shapes(printed: str, number: str) -> None:
    only = act(
        f"COMMUNE DE VALMORIN\nSéance du 6 mars 2023\n{ROSTER}\n{printed}\n\nM. Tessier expose la demande.\n\n{DECIDED}"
    )
    assert (only.number, only.title) == (number, "Aide au club de voile")


@pytest.mark.parametrize("told", ["– délibération n° 2023-14", "(délib. 2023-14)", ", DCM 2023-14", "(2023-14)"])
def test_the_number_of_a_point_behind_its_title(told: str) -> None:
    points = "".join(
        f"{n} – {title} {told.replace('14', str(13 + n))}\nLe maire expose le sujet.\nVote : unanimité.\n\n"
        for n, title in enumerate(("Affectation du résultat", "Vote des taux", "Aide au club"), 1)
    )
    head = "COMMUNE DE VALMORIN\nPROCÈS-VERBAL DE LA RÉUNION\nDU CONSEIL MUNICIPAL DU 6 MARS 2023\n"
    document = facts(f"{head}\n{ROSTER}\nLe procès-verbal du 2 février est approuvé à l'unanimité.\n\n{points}")
    assert [(a.number, a.title) for a in document.acts] == [
        ("2023-14", "Affectation du résultat"),
        ("2023-15", "Vote des taux"),
        ("2023-16", "Aide au club"),
    ]


def test_a_report_by_somebody_is_no_title() -> None:
    only = act(f"{COUNCIL}{ROSTER}\nSOUTIEN AUX CLUBS - PROGRAMME 2023\n\nRapport de Madame Carla NOIR\n\n{DECIDED}")
    assert only.title == "SOUTIEN AUX CLUBS - PROGRAMME 2023"


def test_a_rubric_before_the_title_and_a_year_on_its_own_line() -> None:
    only = act(f"{COUNCIL}{ROSTER}\nOBJET : HABITAT – Aide au club de voile\n\nM. Tessier expose.\n\n{DECIDED}")
    assert (only.theme, only.title) == ("HABITAT", "Aide au club de voile")
    only = act(
        f"{COUNCIL}{ROSTER}\nOBJET : SUBVENTIONS AUX CLUBS – SAISON\n2022-2023\n\nM. Tessier expose.\n\n{DECIDED}"
    )
    assert only.title == "SUBVENTIONS AUX CLUBS – SAISON 2022-2023"


@pytest.mark.parametrize("number", ["DEL-2023-06{n}", "2023-06{n}", "DCC_2023_06{n}", "Délibération n° {n}"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_of_deliberations_with_one_cell_a_line(number: str, gap: str) -> None:
    said = [
        "Approbation du procès-verbal de la séance du 5 mai",
        "Tarifs de la piscine",
        "Aide de 350 € au club de voile",
    ]
    votes = ["Adoptée à l'unanimité", "Votée par 10 voix pour et 1 abstention", "Adoptée – 11 pour, 2 contre"]
    rows = "\n\n".join(
        gap.join([number.format(n=n), title, vote]) for n, (title, vote) in enumerate(zip(said, votes, strict=True), 1)
    )
    document = facts(
        "COMMUNAUTÉ DE COMMUNES DU VAL D'ORGE\nLISTE DES DÉLIBÉRATIONS EXAMINÉES\nSéance du 6 mars 2023\n\n"
        f"{ROSTER}\nN° DE DÉLIBÉRATION{gap}OBJET{gap}DÉCISION\n\n{rows}\n\nLa Présidente,\nAline MARSEC\n"
    )
    assert titles(document) == said
    assert all(only.vote and only.vote.outcome == "adopted" for only in document.acts)
