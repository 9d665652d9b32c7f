"""What looks like the head of another act and is none: running heads inside a sentence, rubrics of one act."""

from __future__ import annotations

import pytest

from extract.header import read_session
from extract.segment import segment
from extract.view import view

HEAD = """{head}

DÉLIBÉRATION
Séance du 16 mars 2023

Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD, Denis ROYER

Subvention au club de voile

Le maire expose que le club accueille chaque été les enfants des écoles.

Le conseil, après en avoir délibéré, à l'unanimité,

DÉCIDE d'attribuer une subvention de 500 € à l'association Club de voile ;
{turned}
RAPPELLE qu'il verse 9 000 € au Comité des fêtes ;

AUTORISE le maire à signer la convention et adopte ces dispositions à l'unanimité.

Le maire, Aline MARSEC
"""


@pytest.mark.parametrize("page", ["Page 1 sur 2", "- 1 -", "1/2", "2", ""])
@pytest.mark.parametrize(
    "head", ["COMMUNE DE MONTCLAIR\nCONSEIL MUNICIPAL DU 16 MARS 2023", "CONSEIL DÉPARTEMENTAL DE LA HAUTE LOUE"]
)
def test_a_running_head_inside_a_list_of_decisions_opens_no_act(page: str, head: str) -> None:
    running = head.splitlines()[-1]
    text = view(HEAD.format(head=head, turned=f"\n{page}\n\n{running}\n")).text
    (act,) = segment(text)
    assert "RAPPELLE" in text[slice(*act.whole)]


def test_rubrics_of_one_act_are_no_points() -> None:
    text = view("""COMMUNAUTÉ DE COMMUNES DU HAUT VAL

Séance du 16 mars 2023

Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD, Denis ROYER

DÉLIBÉRATION N° 2023-031
Soutien aux associations d'insertion

M. Bruno TESSIER, vice-président, rapporte que trois dossiers ont été déposés par des associations du territoire.

I. Le chantier des Prés

Le conseil avait accordé 8 000 € en 2022. L'association demande 9 000 €.

II. La ressourcerie

Son local a été trouvé à l'unanimité des bénévoles.

III. La régie de quartier

Le dossier est arrivé en février.

Le Conseil communautaire, après en avoir délibéré,

Article 1 – Accorde au chantier des Prés une subvention de 8 500 €.
Article 2 – Reporte la demande de la régie de quartier.

La Présidente, Aline MARSEC
""").text
    (act,) = segment(text)
    assert act.title
    assert text[slice(*act.title)] == "Soutien aux associations d'insertion"
    assert len(act.decisions) == 2


def test_the_centre_of_social_action_is_the_authority_below_its_town() -> None:
    text = view("""COMMUNE DE MONTCLAIR
CENTRE COMMUNAL D'ACTION SOCIALE

Extrait du registre des délibérations

Séance du 16 mars 2023

Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD

OBJET : Convention avec la Ville

Vu la délibération du conseil municipal du 3 février 2023,

Le conseil d'administration, après en avoir délibéré, à l'unanimité,

APPROUVE la convention.

La Présidente, Aline MARSEC
""").text
    session = read_session(text, segment(text)[0], lambda _: None)
    assert (session.authority, session.body) == ("CCAS DE MONTCLAIR", "Conseil d'administration")


def test_what_all_rubrics_come_to_stands_in_articles_below_the_last() -> None:
    text = view("""COMMUNAUTÉ DE COMMUNES DU HAUT VAL

EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS

Séance du 16 mars 2023

Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD, Denis ROYER

Participations aux organismes

1. Syndicat du numérique

Le comité syndical a voté la participation de chacun. Le bureau propose de s'en tenir à 74 500 €.

2. Office de tourisme

L'office demande 225 000 €. Le bureau propose de s'en tenir à 215 000 €.

3. Aide à la coopérative du Val

Le bureau décide de soumettre au vote une aide de 7 500 €.

Vu le code général des collectivités territoriales ;

Article 1er : Une participation de 74 500 € est versée au Syndicat du numérique.

Article 2 : Une subvention de 215 000 € est attribuée à l'Office de tourisme du Val.

Le conseil adopte.
""").text
    (act,) = segment(text)
    assert "Syndicat du numérique" in text[slice(*act.whole)]
    assert "Article 2" in text[slice(*act.whole)]


def test_what_is_numbered_below_one_title_is_one_act() -> None:
    text = view("""CCAS DE MONTCLAIR

Séance du 29 novembre 2023

Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD, Denis ROYER

OBJET : ACTION SOCIALE
Secours d'urgence et subventions aux associations

1) Secours individuels

La commission permanente a émis un avis favorable aux dossiers suivants, qu'elle a décidé de transmettre.

Dossier 2023-61 : facture d'électricité, 240,00 €
Dossier 2023-62 : dette de loyer, 415,50 €

2) Associations

Il est proposé de porter l'aide à 4 500 € pour le Panier du Val.

Le Conseil d'administration, après en avoir délibéré, décide :

- d'accorder les secours individuels proposés par la commission permanente ;
- d'attribuer une subvention de 4 500 € à l'association Le Panier du Val.

La Présidente, Aline MARSEC
""").text
    (act,) = segment(text)
    assert "Dossier 2023-61" in text[slice(*act.whole)]
    assert len(act.decisions) == 2
