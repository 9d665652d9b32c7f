"""The head of an excerpt is one though nothing is decided in it; what only looks like it is still refused."""

from __future__ import annotations

import pytest

from extract.segment import segment
from extract.view import view

LIST = "Aline MARSEC, Bruno TESSIER, Carla NOIRAUD, Denis ROYER"
HEADS = [
    f"La Commission permanente s'est réunie en séance ordinaire à l'hôtel de région, le vendredi dix-neuf juin deux mil"
    f" quinze, sous la présidence de M. Paul CASTEL.\nSont présents :\n{LIST}\n",
    f"1 CONSEIL MUNICIPAL DU 13 FEVRIER 2014 à 18h30 Hôtel de Ville PROCES-VERBAL DE LA SEANCE Étaient présents (es) :"
    f" {LIST}. La séance est ouverte.",
    "Procès-verbal n°5-15 Comité Syndical Les membres du Comité Syndical se sont réunis le 1décembre 2015, dans la"
    " salle des fêtes Présents Délégués titulaires / communes : M. Bruno TESSIER (Valmorin), Mme Carla NOIRAUD,"
    " M. Denis ROYER (Les Essarts),",
    f"Le Bureau communautaire s'est réuni le 3 mars 2021.\n\nPrésents : {LIST}\n",
]
NONE = [
    # an association, whose board is no public body
    f"Le bureau du club de voile s'est réuni le 3 mars 2021.\n\nPrésents : {LIST}\n\nLe goûter est fixé à 16 heures.\n",
    # a newspaper, with no list
    "Le conseil municipal s'est réuni le 3 mars 2021. Mme Aline MARSEC, maire, a présenté le budget de la commune.\n",
    # a list of a company
    f"Chantier de la salle des fêtes, 3 mars 2021\n\nPrésents : {LIST}\n\nLe lot 4 est en retard.\n",
    # a body and a day, but nobody named
    "Le conseil municipal s'est réuni le 3 mars 2021.\n\nPrésents : 12\n",
]


@pytest.mark.parametrize("text", HEADS)
def test_a_public_body_that_sat_with_those_present_is_an_act(text: str) -> None:
    assert len(segment(text)) == 1


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_head_is_none(text: str) -> None:
    assert segment(text) == ()


def test_a_table_of_aids_with_a_column_of_status_is_no_roster() -> None:
    text = view("""VILLE DE MONTCLAIR

Séance du 15 juin 2023

Membres présents :

Monsieur Jean-Claude FORESTIER\tMonsieur Didier DUFOUR\tMadame Claire MARCHAND
Madame Nicole AUBERTIN\tMonsieur Roland BESSON\tMadame Aline MARSEC

OBJET : HABITAT
Aides aux propriétaires

Quatre dossiers ont reçu un avis favorable :

Dossier\tStatut\tTravaux\tAide Anah\tAide Ville
OPAH-118\tPropriétaire occupant\tRénovation énergétique\t14 320 €\t2 864 €
OPAH-121\tPropriétaire occupant\tAdaptation\t4 575 €\t915 €

Le Conseil, après en avoir délibéré, décide :

- d'attribuer les aides aux propriétaires telles que définies dans le tableau ci-dessus.
""").text
    (act,) = segment(text)
    assert [text[slice(*roster.listed)].split()[2] for roster in act.rosters] == ["FORESTIER"]
