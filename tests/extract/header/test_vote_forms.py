"""Every way to tell a vote in ``votes.toml`` is read, wherever an act may print it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.facts import VoteFacts
from extract.header import read_session
from extract.header.vote import read_vote
from extract.segment import segment
from extract.view import view

WAYS = tomllib.loads(Path(__file__).with_name("votes.toml").read_text(encoding="utf-8"))
ACT = """COMMUNE DE MONTCLAIR

DÉLIBÉRATION DU CONSEIL MUNICIPAL
Séance du 16 mars 2023

Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD, M. Denis ROYER, Mme Ève PONTET, M. Luc CASTEL
Absents : M. Paul VIDALIN
Secrétaire de séance : Mme Carla NOIRAUD

Objet : Subvention au club de voile

Le maire expose que le club de voile accueille chaque été les enfants des écoles de la commune.

{ruling}

Fait et délibéré les jour, mois et an susdits.
Le maire, Aline MARSEC
"""
FORMULA = "Le conseil municipal, après en avoir délibéré,"
DECISION = "DÉCIDE d'attribuer une subvention de 500 € au club de voile pour l'année."
#: The vote of a commission, which is not that of the council.
COMMISSION = "Vu l'avis favorable de la commission des finances (pour : 5, contre : 2, abstention : 1) ;"
FIELDS = {
    "for": "votes_for",
    "against": "votes_against",
    "abstentions": "abstentions",
    "not_voting": "not_voting",
    "unanimous": "unanimous",
}
VOTERS = {"against_by": "voted_against_by", "abstained_by": "abstained_by", "not_voting_by": "not_voting_by"}


def read(ruling: str) -> VoteFacts:
    text = view(ACT.format(ruling=ruling)).text
    (act,) = segment(text)
    vote = read_vote(text, act, read_session(text, act, lambda _: None), lambda _: None)
    assert vote is not None
    return vote


def told(vote: VoteFacts) -> dict[str, Any]:
    """What a vote tells, in the words of the data file."""
    figures = {name: getattr(vote, field) for name, field in FIELDS.items()}
    voters = {name: len(getattr(vote, field)) or None for name, field in VOTERS.items()}
    return {name: value for name, value in (figures | voters | {"outcome": vote.outcome}).items() if value is not None}


def wanted(way: dict[str, Any]) -> dict[str, Any]:
    return {"outcome": "adopted"} | {name: value for name, value in way.items() if name != "text"}


@pytest.mark.parametrize("way", WAYS["below"], ids=lambda way: way["text"])
def test_a_vote_below_the_decision(way: dict[str, Any]) -> None:
    assert told(read(f"{FORMULA}\n\n{DECISION}\n\n{way['text']}")) == wanted(way)


@pytest.mark.parametrize("recital", ["", COMMISSION])
@pytest.mark.parametrize("way", WAYS["formula"], ids=lambda way: way["text"])
def test_a_vote_in_the_formula(way: dict[str, Any], recital: str) -> None:
    assert told(read(f"{recital}\n\n{way['text']}\n\n{DECISION}")) == wanted(way)


@pytest.mark.parametrize("way", WAYS["alone"], ids=lambda way: way["text"])
def test_what_came_of_an_act_without_a_vote(way: dict[str, Any]) -> None:
    vote = read(way["text"])
    assert told(vote) == wanted(way)
    assert vote.evidence


@pytest.mark.parametrize("name", ["« Terre d'Accueil »", "« Les Amis »", "»", "-"])
def test_what_stands_below_the_count_of_abstentions_names_no_voter(name: str) -> None:
    vote = read(
        "Le conseil municipal par 6 voix pour, 0 contre et 0 abstention :\n"
        f"Verse aux associations suivantes :\n- Association {name}, pour ses bénévoles : 3 770 €\n- Foyer rural : 200 €"
    )
    assert vote.abstained_by == ()
