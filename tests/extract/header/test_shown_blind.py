"""Heads, titles and votes that blind acts of November 2026 showed: each in a text of our own words."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.facts import SessionFacts, VoteFacts
from extract.header import read_session
from extract.header.vote import read_vote
from extract.segment import ActLayout, segment
from extract.view import view

PRESENT = "Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD\n"
DECIDED = "Le conseil, après en avoir délibéré,\n\nDÉCIDE d'attribuer une subvention de 500 € au club de voile.\n"
REGION = """RÉGION VAL-DE-SAULT

DÉLIBÉRATION N° 2023.0142
COMMISSION PERMANENTE DU 29 JUIN 2023

{head}
La Commission permanente du Conseil régional, réunie le 29 juin 2023, sous la présidence de M. Bruno TESSIER,

Vu le code général des collectivités territoriales,

{decision}

Article 1 :
D'attribuer une subvention de 90 000 € à :

Bénéficiaire : Foyer des Ormes
Objet : Programme de la saison
Montant de la subvention : 90 000 €

Article 2 :
D'autoriser le Président à signer les conventions.

Le Président du Conseil régional
Bruno TESSIER
"""
BALLOT = (
    "DÉCIDE\n\nPar 41 voix « Pour »\nPar 9 voix « Contre » : Groupe Les Amis\nPar 6 abstentions : Groupe Alternative"
)


def read(document: str) -> tuple[str, ActLayout, SessionFacts]:
    text = view(document).text
    (act,) = segment(text)
    return text, act, read_session(text, act, lambda _: None)


def told(document: str) -> tuple[str | None, str | None]:
    text, act, _ = read(document)
    theme, title = (span and text[slice(*span)] for span in (act.theme, act.title))
    return theme, title


def vote_of(document: str) -> VoteFacts:
    text, act, session = read(document)
    vote = read_vote(text, act, session, lambda _: None)
    assert vote is not None
    return vote


@pytest.mark.parametrize("label", ["Thématique", "Secteur", "Domaine"])
def test_a_title_below_its_labelled_theme(label: str) -> None:
    head = f"{label} : Arts de la scène\nTitre : Aides aux lieux de spectacle - Troisième répartition 2023\n"
    document = REGION.format(head=head, decision="Après en avoir délibéré, décide :")
    assert told(document) == ("Arts de la scène", "Aides aux lieux de spectacle - Troisième répartition 2023")


def test_the_object_of_a_card_is_not_that_of_the_act() -> None:
    document = REGION.format(
        head="Titre : Aides aux lieux de spectacle 2023\n", decision="Après en avoir délibéré, décide :"
    )
    assert told(document)[1] == "Aides aux lieux de spectacle 2023"


def test_a_scrutin_between_the_verb_and_the_first_article() -> None:
    document = REGION.format(head="Titre : Aides aux lieux de spectacle 2023\n", decision=BALLOT)
    vote = vote_of(document)
    assert (vote.votes_for, vote.votes_against, vote.abstentions) == (41, 9, 6)
    assert vote.abstained_by == vote.voted_against_by == ()  # a group is no person
    _, act, _ = read(document)
    assert len(act.decisions) == 2


def test_a_title_behind_the_number_of_the_act_stands_above_its_rubrics() -> None:
    document = (
        "SYNDICAT MIXTE DU CLOS\n\nPROCÈS-VERBAL DE DÉLIBÉRATION DU COMITÉ SYNDICAL\n\n"
        "Délibération n° 2025-03 – Participations statutaires et soutien aux acteurs du massif\n\n"
        f"Date de la réunion : 6 février 2025\n\n{PRESENT}\n1 – Participations statutaires 2025\n\n"
        "Le Président rappelle les statuts.\n\n2 – Soutien aux acteurs du massif\n\nDeux aides sont proposées.\n\n"
        "Le comité syndical, après en avoir délibéré, par 9 voix pour :\n\n– arrête les participations ;\n"
        "– accorde les aides du point 2.\n"
    )
    assert told(document)[1] == "Participations statutaires et soutien aux acteurs du massif"


@pytest.mark.parametrize(
    "numbered", ["N° CP-2022-07-312     Direction des sports", "Délibération n° 2025-10-14/06 – 7.8 Fonds de concours"]
)
def test_what_stands_behind_a_number_is_not_always_the_title(numbered: str) -> None:
    document = (
        f"COMMUNE DE SAULT\n{numbered}\n\nSéance du conseil municipal du 6 mars 2023\n\n{PRESENT}\n"
        f"Aide au club de voile\n\nLe maire rappelle la demande.\n\n{DECIDED}"
    )
    assert told(document)[1] == "Aide au club de voile"


def test_an_objet_alone_on_its_line() -> None:
    document = (
        f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\n{PRESENT}\nObjet de la délibération\nAide au club de voile\n\n"
        f"Le maire rappelle la demande.\n\n{DECIDED}"
    )
    assert told(document)[1] == "Aide au club de voile"


@pytest.mark.parametrize(
    ("printed", "number"),
    [("DCC 2023-077          Domaine : 7.8 Fonds de concours", "DCC 2023-077"), ("CPR N° 24.05.31.42", "24.05.31.42")],
)
def test_a_number_beside_its_domain_or_behind_its_organ(printed: str, number: str) -> None:
    text, act, _ = read(
        f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\n{printed}\n\nObjet : Aide au club de voile\n\n{PRESENT}\n{DECIDED}"
    )
    assert act.number is not None
    assert text[slice(*act.number)] == number


def test_an_agglomeration_is_an_authority() -> None:
    _, _, session = read(
        "AGGLOMÉRATION DU BAS-CLOS\nConseil d'agglomération\n\nSéance du lundi 3 juillet 2023\n\n"
        f"{PRESENT}\nObjet : Aide au club de voile\n\n{DECIDED}"
    )
    assert session.authority == "AGGLOMÉRATION DU BAS-CLOS"


def test_the_organ_of_the_letterhead_goes_before_the_one_of_a_sentence() -> None:
    _, _, session = read(
        "COMMUNAUTÉ D'AGGLOMÉRATION DU CLOS\n\nCONSEIL COMMUNAUTAIRE DU 17 OCTOBRE 2024\n\n"
        "Le 17 octobre 2024, le Conseil de la Communauté d'agglomération du Clos s'est assemblé.\n\n"
        f"{PRESENT}\nObjet : Aide au club de voile\n\n{DECIDED}"
    )
    assert session.body == "CONSEIL COMMUNAUTAIRE"
    assert session.authority == "Communauté d'agglomération du Clos"


@pytest.mark.parametrize(
    "signed",
    [
        "Le Président, Luc CASTEL                      La secrétaire de séance, Carla NOIRAUD",
        "Luc CASTEL\nMaire de Sault",
        "Signé électroniquement\nLe Maire, Luc CASTEL",
    ],
)
def test_who_presides_as_the_signature_tells(signed: str) -> None:
    text, act, session = read(
        f"COMMUNE DE SAULT\nSéance du conseil municipal du 6 mars 2023\n\n{PRESENT}\nObjet : Aide au club de voile\n\n"
        f"Le conseil, après en avoir délibéré :\n\n- approuve l'aide ;\n- accepte les adhésions.\n\n{signed}\n"
    )
    assert session.president is not None
    assert session.president.written == "Luc CASTEL"
    assert text[act.decisions[-1].start : act.decisions[-1].end].startswith("accepte les adhésions")


def test_who_presided_the_seance() -> None:
    _, _, session = read(
        "CCAS DE SAULT\n\nSéance du conseil d'administration du 6 mars 2023\n\n"
        "Présidait la séance : Mme Aline MARSEC, Vice-présidente, en l'absence de M. Luc CASTEL, Maire.\n\n"
        f"{PRESENT}\nObjet : Aide au club de voile\n\n{DECIDED}"
    )
    assert session.president is not None
    assert session.president.written == "Aline MARSEC"


def act(formula: str) -> str:
    """An act whose decision opens with a formula."""
    return (
        f"COMMUNE DE SAULT\nSéance du conseil municipal du 6 mars 2023\n\n{PRESENT}\nOBJET : Aide au club de voile\n\n"
        f"Le maire rappelle la demande. Il propose de verser une aide.\n\n{formula}\n"
    )


@pytest.mark.parametrize(
    "formula",
    [
        "Le conseil municipal, après en avoir délibéré, à la majorité (9 pour, 1 contre : Bruno\nTESSIER) :\n\n"
        "- APPROUVE le projet ;\n- ATTRIBUE une aide de 500 € au club de voile.",
        "LE CONSEIL MUNICIPAL,\nVu l'avis de la commission (pour : 7 ; abstention : 2),\nAprès en avoir délibéré,\n"
        "À la majorité, par 9 voix pour et 1 abstention (Bruno TESSIER), Carla NOIRAUD ne prenant pas part au vote en "
        "sa qualité de présidente du club,\n\nAPPROUVE le projet ;\nATTRIBUE une aide de 500 € au club de voile.",
        "Le comité, après en avoir délibéré et procédé au vote à main levée :\n\n1. approuve le projet ;\n"
        "2. attribue une aide de 500 € au club de voile.",
        "Après en avoir délibéré,\n\nDécide :\n\nArticle Un :\nd'approuver le projet.\n\nArticle Deux :\n"
        "d'attribuer une aide de 500 € au club de voile.",
    ],
)
def test_two_decisions_below_their_formula(formula: str) -> None:
    _, layout, _ = read(act(formula))
    assert len(layout.decisions) == 2


def test_who_withdrew_is_told_in_the_brackets_of_the_vote() -> None:
    vote = vote_of(
        act(
            "Le conseil municipal,\nVu le budget,\nAprès en avoir délibéré, à l'unanimité (Bruno TESSIER, président du "
            "club, s'étant retiré),\n\n1. ATTRIBUE une aide de 500 € au club de voile."
        )
    )
    assert [name.written for name in vote.not_voting_by] == ["Bruno TESSIER"]
    assert (vote.not_voting, vote.unanimous) == (1, True)


@pytest.mark.parametrize(
    ("ticked", "unanimous"),
    [
        ("[X] Adopté à l'unanimité  [ ] Adopté à la majorité", True),
        ("[ ] Adopté à l'unanimité  [X] Adopté à la majorité", False),
    ],
)
def test_boxes_of_a_scrutin(ticked: str, unanimous: bool) -> None:
    vote = vote_of(
        act(
            "Le conseil municipal, après en avoir délibéré, décide :\n\nd'attribuer une aide de 500 € au club.\n\n"
            "VOTE DU CONSEIL MUNICIPAL\n\nPour : 9     Contre : 0     Abstention : 0\n"
            f"Ne participe pas au vote : 1 (Mme Carla NOIRAUD, présidente du club)\n\n{ticked}      [ ] Rejeté"
        )
    )
    assert (vote.votes_for, vote.not_voting, vote.unanimous, vote.outcome) == (9, 1, unanimous, "adopted")


def test_the_day_that_a_line_below_the_objet_tells() -> None:
    _, _, session = read(
        "RÉGION VAL-DE-SAULT\nDÉLIBÉRATION DE LA COMMISSION PERMANENTE\n\nOBJET : Aide au club de voile\n\n"
        "La Commission permanente du Conseil régional, réunie le 14 juin 2024 à l'Hôtel de Région ;\n\n"
        "Vu l'avis de la commission, réunie le 3 juin 2024 ;\n\nAprès en avoir délibéré ;\n\nDÉCIDE\n\nArticle 1 :\n"
        "- d'attribuer une subvention de 500 € au club de voile.\n"
    )
    assert session.date == dt.date(2024, 6, 14)


def test_a_number_like_a_date_is_not_the_day_of_the_seance() -> None:
    _, _, session = read(
        "COMMUNE DE SAULT\n\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL\n\n2023-06-04\n\n"
        f"L'an deux mil vingt-trois et le dix-neuf juin, le Conseil municipal s'est réuni.\n\n{PRESENT}\n"
        f"Objet : Aide au club de voile\n\n{DECIDED}"
    )
    assert session.date == dt.date(2023, 6, 19)


def test_members_in_office_among_whom_some_are_present() -> None:
    _, _, session = read(
        f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\n{PRESENT}\nLe quorum étant atteint (3 présents sur 7), le "
        f"maire ouvre la séance.\n\nObjet : Aide au club de voile\n\n{DECIDED}"
    )
    assert (session.present_count, session.members_in_office) == (3, 7)


def test_a_scrutin_among_the_counts_of_the_head() -> None:
    vote = vote_of(
        "COMMUNE DE SAULT\nSéance du 6 mars 2023\n\nVotants : 12\nPour : 11     Contre : 0     Abstentions : 1\n\n"
        f"{PRESENT}\nObjet : Aide au club de voile\n\n{DECIDED}"
    )
    assert (vote.votes_for, vote.votes_against, vote.abstentions) == (11, 0, 1)


def test_a_favourable_opinion_is_no_vote_of_one() -> None:
    vote = vote_of(
        act(
            "Le Bureau a émis un avis favorable.\n\nAprès en avoir délibéré, le conseil, à l'unanimité :\n\n"
            "Article 1er : attribue une aide de 500 € au club de voile."
        )
    )
    assert (vote.votes_for, vote.unanimous) == (None, True)


def test_decisions_below_a_discussion() -> None:
    _, layout, _ = read(
        act(
            "Après discussion et échange de vues, le Conseil municipal :\n\nFIXE les tarifs, par 8 voix pour ;\n\n"
            "APPROUVE l'aide de 500 € au club de voile."
        )
    )
    assert len(layout.decisions) == 2


def test_the_rank_of_a_session_goes_with_a_title_in_capitals() -> None:
    document = (
        f"COMMUNE DE SAULT\nSéance du 6 mars 2023\n\nATTRIBUTION DE FONDS AUX CLUBS – 2e SESSION 2023\n\n{PRESENT}\n"
        f"Le maire rappelle la demande.\n\n{DECIDED}"
    )
    assert told(document) == (None, "ATTRIBUTION DE FONDS AUX CLUBS – 2e SESSION 2023")


def test_the_name_of_an_authority_beside_the_number_of_its_act() -> None:
    _, _, session = read(
        "VAUBRISSE AGGLOMÉRATION                              N° B2025/046\n\nBUREAU COMMUNAUTAIRE\n\n"
        f"REGISTRE DES DÉLIBÉRATIONS\nSéance du lundi 19 mai 2025\n\n{PRESENT}\nObjet : Aide au club\n\n{DECIDED}"
    )
    assert session.authority == "VAUBRISSE AGGLOMÉRATION"
