"""Heads and titles told otherwise: by a commission, in a list of deliberations, below the recitals, or nowhere."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts, DocumentFacts
from extract.read import read_bytes

COUNCIL = "COMMUNE DE VALMORIN\nCONSEIL MUNICIPAL\nSéance du 6 mars 2023\n"
ROSTER = "Présents : Mme Aline MARSEC, maire, M. Bruno TESSIER, Mme Carla NOIR\nAbsent : M. Denis PAUL\n"
DECIDED = "Le conseil, après en avoir délibéré, à l'unanimité,\nDÉCIDE de verser 500 € au club de voile de Valmorin.\n"


def facts(text: str) -> DocumentFacts:
    return extract_source(read_bytes("acte.txt", text.encode()))


def titles(document: DocumentFacts) -> list[str | None]:
    return [act.title for act in document.acts]


def act(text: str) -> ActFacts:
    (only,) = facts(text).acts
    return only


COMMISSION = """DÉPARTEMENT DE L'ORGE
CONSEIL DÉPARTEMENTAL
COMMISSION PERMANENTE
Réunion du 12 mai 2023

Rapport n° 4.12
RAPPORTEUR : Mme LAGARDE

{present} : Mmes BREVAL, CHAUSSON, LAGARDE
MM. DELORME, FAVIER, GUÉRIN
{proxies}
Absents excusés : M. SIMON, Mme TEXIER

AIDES AUX CLUBS SPORTIFS DE HAUT NIVEAU
DEUXIÈME RÉPARTITION 2023

La Commission permanente du Conseil départemental,
VU le code général des collectivités territoriales ;
Après en avoir délibéré,

DÉCIDE

Article 1. - d'allouer les subventions suivantes :

BÉNÉFICIAIRE                    PROJET                    MONTANT
Orge Handball                   Saison 2023               12 000 €

Article 2. - d'imputer la dépense au chapitre 65.

Adopté à l'unanimité.

Le Président du Conseil départemental,
Luc GUÉRIN
"""


@pytest.mark.parametrize("present", ["Étaient présents", "Membres présents", "Présent(e)s", "ÉTAIENT PRÉSENTS"])
@pytest.mark.parametrize(
    "proxies",
    [
        "Excusé(s) ayant donné délégation de vote : M. PETIT à M. FAVIER ; Mme ROCHER à Mme BREVAL",
        "Absents ayant donné délégation de vote : M. PETIT (délégation à M. FAVIER), Mme ROCHER (délégation à Mme "
        "BREVAL)",
        "Avaient donné délégation de vote : M. PETIT à M. FAVIER, Mme ROCHER à Mme BREVAL",
    ],
)
def test_a_commission_permanente_that_names_families_alone(present: str, proxies: str) -> None:
    document = facts(COMMISSION.format(present=present, proxies=proxies))
    (session,), (only,) = document.sessions, document.acts
    assert only.title == "AIDES AUX CLUBS SPORTIFS DE HAUT NIVEAU DEUXIÈME RÉPARTITION 2023"
    assert (only.number, len(only.decisions)) == ("4.12", 2)
    assert (session.authority, session.body) == ("DÉPARTEMENT DE L'ORGE", "COMMISSION PERMANENTE")
    told = {"present": set[str](), "represented": set[str](), "absent": set[str]()}
    for entry in session.attendance:
        told[entry.status].add(entry.member.family)
    assert told["present"] == {"BREVAL", "CHAUSSON", "LAGARDE", "DELORME", "FAVIER", "GUÉRIN"}
    assert told["represented"] == {"PETIT", "ROCHER"}
    assert told["absent"] == {"SIMON", "TEXIER"}


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


@pytest.mark.parametrize(
    "said",
    [
        "M. TESSIER quitte la salle, Mme NOIR prend la présidence.",
        "Mme NOIR assure la présidence de la séance, M. TESSIER étant sorti de la salle.",
        "Le maire se retire et le conseil siège sous la présidence de Mme Carla NOIR.",
        "Sous la présidence de Mme Carla NOIR pour ce point, le compte est examiné.",
    ],
)
def test_who_takes_the_chair_for_one_point_does_not_preside(said: str) -> None:
    document = facts(
        "PROCÈS-VERBAL DU CONSEIL MUNICIPAL DE VALMORIN\ndu jeudi 28 mars 2024\n\n"
        "Présents : Bruno TESSIER, Carla NOIR, Denis PAUL\n\n"
        f"1. Compte administratif\n{said} Adopté à l'unanimité.\n\n"
        "2. Réfection de la toiture\nLe devis est de 3 000 €. Adopté à l'unanimité.\n\n"
        "La séance est levée.\nLe maire, Bruno TESSIER            La secrétaire, Carla NOIR\n"
    )
    assert titles(document) == ["Compte administratif", "Réfection de la toiture"]
    assert document.sessions[0].president is not None
    assert document.sessions[0].president.written == "Bruno TESSIER"


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


def test_the_centre_of_social_action_of_a_town() -> None:
    document = facts(
        "VILLE DE VALMORIN\nCENTRE COMMUNAL D'ACTION SOCIALE\n\nDélibération du Conseil d'administration\n"
        "Séance du 14 juin 2023\n\nÉtaient présents : Mme Aline MARSEC, Présidente ; M. Bruno TESSIER, Mme Carla NOIR "
        "(membres élus) ; M. Denis PAUL (UDAF), Mme Élise ROY (Secours catholique) (membres nommés)\n"
        "Excusés : M. Hugo LEROY (Croix-Rouge)\n\nOBJET : Aide aux Amis de la gare\n\n"
        "Le Conseil d'administration, par 5 voix pour,\n➢ accorde une aide de 800 € ;\n➢ autorise la Présidente.\n"
    )
    (session,) = document.sessions
    assert session.authority == "CCAS DE VALMORIN"
    assert {entry.member.family for entry in session.attendance if entry.status == "present"} == {
        "MARSEC", "TESSIER", "NOIR", "PAUL", "ROY",
    }  # fmt: skip
    assert len(document.acts[0].decisions) == 2


@pytest.mark.parametrize(
    "roster",
    [
        "Présents : M. Éric VASSEROT, Mme Laure TIXIDRE, Mme Anne ROY,\nMme Maud CHAPELAIN, M. Luc AMBLARD, M. Kévin\n"
        "LOISON, M. René STEF.",
        "Présents : Éric VASSEROT, Laure TIXIDRE, Anne ROY, Maud CHAPELAIN, Luc AMBLARD, Kévin\nLOISON, René STEF.",
        "Présents :\nM. Éric VASSEROT, Mme Laure TIXIDRE, Adjoints,\nMme Anne ROY, Mme Maud CHAPELAIN, M. Luc AMBLARD, "
        "M.\nKévin LOISON, M. René STEF, Conseillers Municipaux,\nformant la majorité.",
        "DÉLÉGUÉS PRÉSENTS :\nValmorin : M. Éric VASSEROT, Mme Laure TIXIDRE, Mme Anne ROY,\nMme Maud CHAPELAIN\n"
        "Belcastel : M. Luc AMBLARD, M. Kévin\nLOISON\nOrsay : M. René STEF",
    ],
)
def test_a_name_over_the_end_of_a_line(roster: str) -> None:
    document = facts(f"{COUNCIL}{roster}\n\nOBJET : Aide au club de voile\n\n{DECIDED}")
    assert [entry.member.written for entry in document.sessions[0].attendance] == [
        "Éric VASSEROT", "Laure TIXIDRE", "Anne ROY", "Maud CHAPELAIN", "Luc AMBLARD", "Kévin LOISON", "René STEF",
    ]  # fmt: skip


def test_two_officers_on_one_line() -> None:
    head = "COMMUNAUTÉ DE COMMUNES DU VAL D'ORGE\nRéunion du 27 FÉVRIER 2024\n"
    officers = "Présidence : Mme Aline MARSEC        Secrétaire de séance : M. Bruno TESSIER\n"
    document = facts(f"{head}{officers}{ROSTER}\nOBJET : Aide au club de voile\n\n{DECIDED}")
    (session,) = document.sessions
    assert session.president is not None
    assert session.secretary is not None
    assert (session.president.written, session.secretary.written) == ("Aline MARSEC", "Bruno TESSIER")


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


def test_a_heading_below_a_list_that_ends_with_an_office() -> None:
    document = facts(
        f"{COUNCIL}Étaient présents : Aline MARSEC, maire, Bruno TESSIER, Carla NOIR, adjoints, Élise ROY, "
        f"conseillers\nAvait donné procuration : Hugo LEROY à Bruno TESSIER\n\nOBJET : Aide au club\n\n{DECIDED}"
    )
    told = {entry.member.written: entry.status for entry in document.sessions[0].attendance}
    assert told["Élise ROY"] == "present"
    assert told["Hugo LEROY"] == "represented"


@pytest.mark.parametrize(
    ("told", "figures"),
    [
        ("par 8 voix contre 2 et 1 abstention, décide", (8, 2, 1)),
        ("par 8 voix contre 2, décide", (8, 2, None)),
        ("par huit voix contre deux, décide", (8, 2, None)),
        ("par 8 voix pour, 2 voix contre et 1 abstention, décide", (8, 2, 1)),
        ("par 8 voix pour 2 contre 1 abstention, décide", (8, 2, 1)),
        ("par 2 voix contre 1 abstention et 8 voix pour, décide", (8, 2, 1)),
        ("après délibération et vote à bulletin secret (5 oui, 2 non, 1 blanc), décide", (5, 2, None)),
    ],
)
def test_figures_of_a_vote_in_other_words(told: str, figures: tuple[int | None, ...]) -> None:
    vote = act(f"{COUNCIL}{ROSTER}\nOBJET : Aide au club\n\nLe conseil, {told} de verser 500 € au club.\n").vote
    assert vote is not None
    assert (vote.votes_for, vote.votes_against, vote.abstentions) == figures
    assert vote.outcome == "adopted"


def test_no_opposition_and_no_abstention_is_unanimity() -> None:
    told = "sans opposition ni abstention, décide de verser 500 € au club"
    vote = act(f"{COUNCIL}{ROSTER}\nOBJET : Aide au club\n\nLe conseil, {told}.\n").vote
    assert vote is not None
    assert (vote.unanimous, vote.outcome) == (True, "adopted")


@pytest.mark.parametrize(
    ("head", "formula", "authority"),
    [
        ("COMMUNAUTÉ DE COMMUNES DU VAL D'ORNE", "le Conseil communautaire du Val d'Orne", "du val d'orne"),
        (
            "Orval Agglomération",
            "le Conseil de la communauté d'agglomération Orval Agglomération",
            "orval agglomération",
        ),
        ("CAISSE DES ÉCOLES DE VALMORIN", "le Comité de la Caisse des écoles", "caisse des écoles de valmorin"),
    ],
)
def test_the_letterhead_completes_the_authority_of_a_formula(head: str, formula: str, authority: str) -> None:
    text = f"{head}\n\nSéance du 6 mars 2023\n\nL'an deux mille vingt-trois, le six mars, {formula} s'est réuni.\n"
    (session,) = facts(f"{text}\n{ROSTER}\nOBJET : Aide au club de voile\n\n{DECIDED}").sessions
    assert session.authority is not None
    assert session.authority.lower().endswith(authority)
    assert not session.authority.lower().startswith("communauté d'agglomération")


def test_a_bureau_is_no_bureau_of_its_community() -> None:
    text = "Orval Agglomération\nBUREAU COMMUNAUTAIRE\n\nLes membres du Bureau de la communauté d'agglomération Orval "
    text += f"Agglomération se sont réunis le 6 mars 2023.\n\n{ROSTER}\nOBJET : Aide au club de voile\n\n{DECIDED}"
    (session,) = facts(text).sessions
    assert session.authority == "Orval Agglomération"
    assert session.body == "BUREAU COMMUNAUTAIRE"


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


def present(roster: str) -> list[str]:
    (session,) = facts(f"{COUNCIL}{roster}\nOBJET : Aide au club de voile\n\n{DECIDED}").sessions
    return [each.member.written for each in session.attendance if each.status == "present"]


def test_names_without_civility_before_those_that_have_one() -> None:
    told = "Présents : Aline MARSEC, Bruno TESSIER, Carla NOIR, M. ROYER Denis, Mme VIDAL Eva\nAbsent : Luc PAUL\n"
    assert present(told) == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIR", "ROYER Denis", "VIDAL Eva"]


@pytest.mark.parametrize("first", ["Mmes et MM. les adjoints", "MM. les adjoints au maire", "les adjointes"])
@pytest.mark.parametrize("then", ["les conseillers", "les conseillers municipaux"])
def test_ranks_before_the_names_of_a_list_are_no_part_of_them(first: str, then: str) -> None:
    told = (
        f"Membres présents : {first} Aline MARSEC, Bruno TESSIER ; {then} Carla NOIR, Denis ROYER\nAbsent : Luc PAUL\n"
    )
    assert present(told) == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIR", "Denis ROYER"]


def test_the_name_with_its_place_stands_below_what_the_body_is() -> None:
    head = "DÉPARTEMENT DE L'ORGE\nSYNDICAT INTERCOMMUNAL À VOCATION SCOLAIRE\nSIVOS des Trois Moulins\n\n"
    told = COUNCIL.split("\n", 1)[1].replace("CONSEIL MUNICIPAL", "COMITÉ SYNDICAL") + ROSTER
    (session,) = facts(head + told + "\nObjet : Club de voile\n\n" + DECIDED).sessions
    assert session.authority == "SIVOS des Trois Moulins"


def test_a_vote_alone_above_the_first_article_opens_the_decision() -> None:
    decided = (
        "M. TESSIER, salarié du club, ne prend part ni au débat ni au vote.\n\nLe Conseil municipal,\nVu le code "
        "général des collectivités territoriales ;\n\nÀ l'unanimité des suffrages exprimés,\n\nArticle 1er : APPROUVE "
        "la convention avec le club de voile.\n\nArticle 2 : ATTRIBUE au club de voile une subvention de 800 €.\n"
    )
    read = act(f"{COUNCIL}{ROSTER}\nObjet : Club de voile\n\nLe club demande une aide.\n\n{decided}")
    assert [d.text.split(" ")[0] for d in read.decisions] == ["APPROUVE", "ATTRIBUE"]
