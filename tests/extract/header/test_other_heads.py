"""Heads told otherwise: by a commission, by a body that its letterhead completes, names and votes in other forms."""

from __future__ import annotations

import pytest

from tests.extract.header.whole_acts import COUNCIL, DECIDED, ROSTER, act, facts, titles

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


@pytest.mark.parametrize(
    ("head", "authority"),
    [
        ("CENTRE COMMUNAL D'ACTION SOCIALE\nCCAS de Brémonville\n\n", "CCAS de Brémonville"),
        (
            "CENTRE COMMUNAL D'ACTION SOCIALE\nVILLE DE BRÉMONVILLE (NORD)\n\nCCAS de Brémonville\n",
            "CCAS de Brémonville",
        ),
        (
            "EXTRAIT DU REGISTRE des délibérations du Bureau de territoire de l'Établissement public territorial "
            "Deux Forts\n",
            "Établissement public territorial Deux Forts",
        ),
        ("VAUSSERANNE-LE-HAUT\nCommune de Savoie - altitude 1 210 m\n\n", "Commune de VAUSSERANNE-LE-HAUT"),
    ],
)
def test_the_name_of_a_body_beside_the_line_that_tells_its_sort(head: str, authority: str) -> None:
    told = COUNCIL.split("\n", 1)[1] + ROSTER
    (session,) = facts(head + told + "\nObjet : Club de voile\n\n" + DECIDED).sessions
    assert session.authority == authority
