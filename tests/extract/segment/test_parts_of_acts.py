"""Acts in parts: what heads a part of one act is no act, and what puts off one file puts off no act."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts, DocumentFacts
from extract.read import read_bytes

HEAD = "DÉPARTEMENT DE L'ORGE\nCOMMISSION PERMANENTE\nSéance du 6 mars 2023\n\nExtrait des délibérations\n\n"
ROSTER = "Présents : Mme MARSEC Aline, M. TESSIER Bruno, Mme NOIR Carla\nAbsent : M. PAUL Denis\n\n"
RECITALS = "N° CP 23.03.B4\nPOLITIQUE SPORTIVE – AIDES 2023\n\nVu le code du sport ;\nVu le règlement des aides ;\n\n"
TOWN = "COMMUNE DE VALMORIN\nCONSEIL MUNICIPAL\nSéance du 6 mars 2023\n"


def facts(text: str) -> DocumentFacts:
    return extract_source(read_bytes("acte.txt", text.encode()))


def awards(act: ActFacts) -> list[int]:
    return sorted(int(f.amount or 0) for f in act.fundings if f.status == "awarded")


@pytest.mark.parametrize("numbers", [("I", "II", "III"), ("1", "2", "3")])
def test_parts_below_the_recitals_are_one_act(numbers: tuple[str, ...]) -> None:
    points = (
        "Aides aux clubs\n\nAttribue une aide de 900 € au Judo Club de Valmorin.",
        "Matériel\n\nApprouve à l'unanimité le prêt de matériel aux clubs.",
        "Dispositions communes\n\nAutorise la Présidente à signer les conventions.\n\nAdopté.",
    )
    parts = "\n\n".join(f"{number}. {point}" for number, point in zip(numbers, points, strict=True))
    (act,) = facts(HEAD + ROSTER + RECITALS + parts).acts
    assert (act.number, act.title) == ("CP 23.03.B4", "POLITIQUE SPORTIVE – AIDES 2023")
    assert awards(act) == [900]


@pytest.mark.parametrize(
    "told",
    [
        "Le club de tir n'ayant pas remis ses comptes, son dossier est ajourné.",
        "Le club de tir et le club de boules complèteront leur bilan ; leur dossier a été reporté.",
    ],
)
def test_the_file_of_one_association_is_put_off_and_the_act_is_not(told: str) -> None:
    body = f"Objet : Subventions 2023\n\nLe Judo Club de Valmorin a remis ses comptes. {told}\n\n"
    ruling = "Le Conseil municipal, par 3 voix pour et 0 contre, attribue 900 € au Judo Club de Valmorin.\n"
    (act,) = facts(TOWN + ROSTER + body + ruling).acts
    assert act.vote is not None
    assert act.vote.outcome == "adopted"
    assert awards(act) == [900]


def test_an_act_that_is_put_off_grants_nothing() -> None:
    body = "Objet : Subventions 2023\n\nIl est proposé d'attribuer 900 € au Judo Club de Valmorin.\n\n"
    (act,) = facts(TOWN + ROSTER + body + "Le dossier est ajourné à l'unanimité.\n").acts
    assert awards(act) == []


@pytest.mark.parametrize("initial", ["M. ROY P.", "Mme A. NOIR, M. B. TESSIER"])
def test_initials_of_voters_within_the_formula(initial: str) -> None:
    body = "Objet : Club de judo\n\nM. TESSIER dit qu'il s'abstiendra pour cette raison.\n\nLe Conseil municipal,\n"
    ruling = f"Vu le budget ;\nAprès en avoir délibéré, par 3 voix pour, 0 contre et 1 abstention ({initial}),\n\n"
    (act,) = facts(
        TOWN + ROSTER + body + ruling + "ARTICLE 1er – Une aide de 900 € est attribuée au Judo Club de Valmorin.\n"
    ).acts
    assert len(act.decisions) == 1
    assert awards(act) == [900]


@pytest.mark.parametrize(
    ("line", "number"), [("2023 / 41", "2023 / 41"), ("2023 / 7", "2023 / 7"), ("2022 / 2023", None)]
)
def test_a_number_of_year_and_rank_alone_on_its_line(line: str, number: str | None) -> None:
    text = f"{TOWN}{ROSTER}\n{line}\nObjet : Aide au club de judo\n\nLe club accueille 60 enfants.\n\n"
    (act,) = facts(text + "Le conseil, après en avoir délibéré, à l'unanimité, DÉCIDE de verser 500 €.\n").acts
    assert act.number == number


@pytest.mark.parametrize("theme", ["CULTURE. ", "CULTURE – ", "CULTURE - "])
def test_a_rubric_in_capitals_before_the_title(theme: str) -> None:
    text = f"{TOWN}{ROSTER}\nObjet : {theme}École de musique : convention 2023\n\nVu le budget,\n\n"
    (act,) = facts(text + "Le conseil, après en avoir délibéré, à l'unanimité, DÉCIDE de verser 500 €.\n").acts
    assert (act.theme, act.title) == ("CULTURE", "École de musique : convention 2023")


def test_the_theme_of_a_labelled_line_above_the_objet() -> None:
    text = f"{TOWN}{ROSTER}\nThème : Sport et jeunesse\nObjet : Aide au club de judo\n\nVu le budget,\n\n"
    (act,) = facts(text + "Le conseil, après en avoir délibéré, à l'unanimité, DÉCIDE de verser 500 €.\n").acts
    assert (act.theme, act.title) == ("Sport et jeunesse", "Aide au club de judo")


@pytest.mark.parametrize(
    ("head", "authority"),
    [
        ("LISSOU AGGLOMÉRATION\nCommunauté d'agglomération\n\nRELEVÉ DE DÉCISIONS", "LISSOU AGGLOMÉRATION"),
        ("GRAND LISSOU\nCommunauté de communes\n\nRegistre des délibérations", "GRAND LISSOU"),
        ("COMMUNAUTÉ DE COMMUNES\nDU LISSOU\n\nRELEVÉ DE DÉCISIONS", "COMMUNAUTÉ DE COMMUNES DU LISSOU"),
    ],
)
def test_the_name_of_a_community_above_what_it_is(head: str, authority: str) -> None:
    text = f"{head}\nConseil communautaire – Séance du 6 mars 2023\n\n{ROSTER}\n"
    body = "Objet : Aide au club de judo\n\nLe conseil, après en avoir délibéré, DÉCIDE de verser 500 € au Judo Club.\n"
    (session,) = facts(text + body).sessions
    assert session.authority == authority


def test_the_formula_of_the_head_completes_the_name_above() -> None:
    sitting = "DÉLIBÉRATION DU BUREAU COMMUNAUTAIRE\nSéance du 6 mars 2023"
    text = f"GRAND LISSOU\nCOMMUNAUTÉ D'AGGLOMÉRATION\n\n{sitting}\n\n{ROSTER}"
    head = (
        "Le Bureau communautaire de la Communauté d'agglomération du Grand Lissou, convoqué, s'est réuni au siège.\n\n"
    )
    body = "Objet : Aide au club de judo\n\nLe bureau, après en avoir délibéré, DÉCIDE de verser 500 € au Judo Club.\n"
    (session,) = facts(text + head + body).sessions
    assert session.authority == "Communauté d'agglomération du Grand Lissou"


@pytest.mark.parametrize(
    "heads",
    [
        "ARTICLE 1 – |ARTICLE 2 – |ARTICLE 3 – |ARTICLE 4 – ",
        "Article 1er : |Article 2 : |Article 3 : |Article 4 : ",
        "Art. 1 - |Art. 2 - |Art. 3 - |Art. 4 - ",
        "ARTICLE PREMIER : |ARTICLE 2 : |ARTICLE 3 : |ARTICLE 4 : ",
        "Article I - |Article II - |Article III - |Article IV - ",
        "Article 1 :\n|Article 2 :\n|Article 3 :\n|Article 4 :\n",
        "**Article 1er**\n|**Article 2**\n|**Article 3**\n|**Article 4**\n",
        "ARTICLE PREMIER.- |ARTICLE DEUX.- |ARTICLE TROIS.- |ARTICLE QUATRE.- ",
        "ARTICLE N° 1 : |ARTICLE N° 2 : |ARTICLE N° 3 : |ARTICLE N° 4 : ",
    ],
)
@pytest.mark.parametrize(
    "articles",
    [
        "Attribue 900 € au Judo Club de Valmorin.|Prend acte du bilan de la saison.|Prend acte, à l'unanimité, "
        "du rapport annuel.|Charge la Présidente de l'exécution.",
        "D'ATTRIBUER 900 € au Judo Club de Valmorin.|DIT QUE la dépense est inscrite au budget.|PREND ACTE de "
        "l'avis favorable rendu à l'unanimité par la commission.|D'AUTORISER la Présidente à signer.",
        "Une subvention de 900 € est attribuée au Judo Club de Valmorin.|La dépense est imputée au chapitre 65.|Le "
        "règlement adopté à l'unanimité en 2022 reste en vigueur.|La Présidente est chargée de l'exécution.",
    ],
)
def test_the_articles_of_a_decision_are_one_act(heads: str, articles: str) -> None:
    told = [head + article for head, article in zip(heads.split("|"), articles.split("|"), strict=True)]
    head = "N° 2023/14 - SPORT - Aide au club de judo\n\nLe club accueille soixante enfants.\n\n"
    formula = "Le conseil municipal,\nVu le budget,\naprès en avoir délibéré,\n\n"
    (act,) = facts(TOWN + ROSTER + head + formula + "\n\n".join(told) + "\n\nAdopté à l'unanimité\n").acts
    assert (act.number, act.title) == ("2023/14", "Aide au club de judo")
    assert len(act.decisions) == 4
    assert awards(act) == [900]
