"""What stands beside a short vote: sums due to somebody, what others give of their own, whom a sentence above helps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted
from tests.extract.pipes.test_small_lists import published

Act = Callable[..., ActFacts]


@pytest.mark.parametrize(
    ("told", "name", "value"),
    [
        (
            "Les frais sont répartis par élève : 1,50 € x 134 élèves, soit 201 €, à verser à la commune de Brize.",
            "Commune de Brize",
            201,
        ),
        (
            "Il est décidé d'aider toutes les familles, à hauteur de 50 € par élève, soit 350 € versés "
            "au foyer socio-éducatif du collège Jean-Moulin.",
            "foyer socio-éducatif du collège Jean-Moulin",
            350,
        ),
    ],
)
def test_what_a_product_comes_to_is_paid_to_whom_it_is_due(minutes: Minutes, told: str, name: str, value: int) -> None:
    found = published(minutes(f"Affaires scolaires\n\n{told}\nVote : unanimité.\n"))
    assert [sum_ for _, sum_ in found] == [value]
    assert name.rsplit(maxsplit=1)[-1] in found[0][0]


def test_what_was_asked_before_may_stand_between_a_sum_and_who_is_paid(minutes: Minutes) -> None:
    act = minutes(
        "Frais de scolarité\n\nLa convention fixe la participation à 780 € par enfant, ce qui représente 6 240 € pour "
        "l'année. La commune de Brize avait demandé 850 € par enfant, mais un accord a été trouvé. Le conseil accepte "
        "de verser cette participation à la commune de Brize.\n"
    )
    assert [value for _, value in published(act)] == [6240]


def test_what_another_gives_on_its_side_is_none_of_the_votes(minutes: Minutes) -> None:
    act = minutes(
        "Centre de loisirs\n\nLe conseil verse 8 000 € à l'association Les Bambins. La CAF apporte pour sa part "
        "17 250 € au gestionnaire.\nAdopté à l'unanimité.\n"
    )
    assert list(granted(act).values()) == [8000]


def test_what_an_agreement_brings_that_a_point_mentions_is_not_decided(act: Act) -> None:
    points = (
        "- attribue à l'association Horizon une subvention de 5 000 € ;\n"
        "- précise que ces dépenses s'inscrivent dans la convention pour l'emploi, au titre de laquelle l'État apporte "
        "à la Ville une participation de 16 000 € pour l'année 2024."
    )
    assert [value for _, value in published(act(points, title="Insertion"))] == [5000]


def test_what_another_has_granted_stays_a_line_of_the_plan(act: Act) -> None:
    plan = (
        "La DRAC a d'ores et déjà notifié à la Ville une subvention de 14 960 €. Plan de financement :\n\n"
        "DRAC (acquis)    14 960 €\nRégion Bourgogne    11 220 €\nVille (autofinancement)    20 000 €"
    )
    act_ = act("- sollicite de la Région la subvention correspondante ;", title="Kiosque", body=plan)
    assert published(act_) == []


def test_aids_to_persons_who_asked_are_given_to_nobody_with_a_name(minutes: Minutes) -> None:
    act = minutes(
        "Composteurs\n\nOnze demandes de particuliers ont été reçues depuis juillet. L'aide est de 30 € chacun. "
        "Le Conseil valide le versement de ces onze aides, soit 330 €. Adopté à l'unanimité.\n"
    )
    assert published(act) == [("?", 330)]


def test_whom_a_paragraph_opens_with_is_helped(minutes: Minutes) -> None:
    act = minutes(
        "BAFA\n\nUne jeune lycéenne de la commune souhaite devenir animatrice. Le stage coûte 465 €. Le conseil décide "
        "de l'aider à hauteur de 200 €.\n"
    )
    assert published(act) == [("?", 200)]


REQUESTS = (
    "{}\n\nPlusieurs courriers ont été reçus en mairie :\n"
    "- les Jeunes Agriculteurs du canton organisent le concours de labour : 200 € ;\n"
    "- l'école de rugby du Pays de Brize, qui accueille quatre enfants de la commune : 100 € ;\n"
    "- la Prévention routière : pas de suite.\n{}\n"
)


def test_requests_that_came_in_are_voted_item_by_item(minutes: Minutes) -> None:
    act = minutes(REQUESTS.format("Demandes d'aide", "Accord à l'unanimité."))
    assert granted(act) == {"Jeunes Agriculteurs du canton": 200, "école de rugby du Pays de Brize": 100}


@pytest.mark.parametrize(
    ("title", "vote"), [("Demandes d'aide", "Le point est reporté."), ("Vie du village", "Accord à l'unanimité.")]
)
def test_requests_without_a_vote_or_of_another_matter_are_not(minutes: Minutes, title: str, vote: str) -> None:
    assert "Jeunes Agriculteurs du canton" not in granted(minutes(REQUESTS.format(title, vote)))


@pytest.mark.parametrize(
    ("told", "published_sums"),
    [
        ("La participation de la commune s'élève à 8 400 € pour 2019.", [8400]),
        ("Le nouveau budget fait apparaître une participation communale de 8 400 €, contre 8 000 € jusqu'ici.", [8400]),
        ("La participation des familles s'élève à 8 400 €.", []),
        ("La participation de la commune s'élève à 8 400 €. Mme NOEL propose de la porter à 9 000 €.", [9000]),
    ],
)
def test_the_part_of_the_commune_in_a_point_that_is_voted(
    minutes: Minutes, told: str, published_sums: list[int]
) -> None:
    act = minutes(
        "Centre de loisirs - convention avec Les Bambins\n\nL'accueil est confié à l'association Les Bambins. La "
        f"convention arrive à échéance. {told}\nAdopté à l'unanimité.\n"
    )
    assert [value for _, value in published(act)] == published_sums


def test_a_syndicate_is_named_with_what_it_is_for(minutes: Minutes) -> None:
    act = minutes(
        "Participation au SIVU\n\nLe domaine est géré avec les communes voisines par le SIVU des pistes de fond. Pour "
        "2019, la participation de la commune est fixée à 12 000 €.\nVote : 8 pour, 1 abstention.\n"
    )
    assert granted(act) == {"SIVU des pistes de fond": 12000}
