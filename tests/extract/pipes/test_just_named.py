""" "Lui", "cette dernière", "ladite société" mean whoever was named last, known or not, and reach no one before."""

from __future__ import annotations

import pytest

from tests.extract.pipes.made_articles import HEAD
from tests.extract.pipes.test_made_articles import FORMULA, awards, published

BEFORE = "L'association Horizon anime le quartier depuis 1998. L'association Horizon emploie trois salariés."
#: Bodies by a noun for one, by a noun of no list, and by a name alone.
BODIES = {
    "la société d'économie mixte Valénergie": "valenergie",
    "la société publique locale Batival": "batival",
    "la société coopérative d'intérêt collectif Les Vergers": "les vergers",
    "l'établissement public de coopération culturelle La Manufacture": "la manufacture",
    "le groupement de coopération sanitaire Valsanté": "valsante",
    "la paroisse Saint-Martin": "saint martin",
    "la brasserie La Mousse du Val": "la mousse du val",
    "le domaine des Ormes": "ormes",
    "Solavie": "solavie",
}


WAYS = [
    ("", ["Approuve la convention avec {body} et de lui attribuer une subvention de 12 500 €."]),
    ("", ["Approuve la convention avec {body}.", "Décide de lui verser une subvention de 12 500 €."]),
    ("{Body} sollicite le soutien de la commune.", ["Décide de lui attribuer une subvention de 12 500 €."]),
]


@pytest.mark.parametrize(("body", "way"), [(body, n % 3) for n, body in enumerate(BODIES)] + [("Solavie", 0)])
def test_a_pronoun_means_who_was_named_last(body: str, way: int) -> None:
    told, articles = WAYS[way]
    told = f"{BEFORE}\n\n{told}".format(Body=body[0].upper() + body[1:])
    decided = "\n".join(f"Article {n} : {article.format(body=body)}" for n, article in enumerate(articles, 1))
    ((name, value),) = awards(decided, told).items()
    assert BODIES[body] in name
    assert value == 12500


def test_a_pronoun_for_somebody_unknown_goes_to_review() -> None:
    told = "L'association Horizon anime le quartier. La commune a reçu la lettre de Durand Frères."
    decided = "Article 1 : Approuve le bilan de l'association Horizon, les travaux de Durand Frères et lui verse 900 €."
    assert "horizon" not in awards(decided, told)


@pytest.mark.parametrize(
    "told",
    [
        "Après discussion, il est proposé de lui attribuer 900 €.",
        "La fête aura lieu à Villebois. Il est proposé de lui attribuer 900 €.",
        "La Mutualité lui apporte 300 €. Il est proposé de lui attribuer 900 €.",
    ],
)
def test_what_is_no_body_is_not_meant(told: str) -> None:
    told = f"L'association Horizon prépare sa fête. {told}"
    assert awards("Article 1 : Approuve l'attribution de cette subvention.", told) == {"horizon": 900}


@pytest.mark.parametrize(
    ("decided", "granted"),
    [
        ("Attribue à cette même école une aide de 1 500 €.", {"ecole de musique du val": 1500}),
        ("Attribue à ce collège une aide de 1 500 €.", {}),
        ("Attribue à chacune une subvention de 800 €.", {"ecole de musique du val": 800, "horizon": 800}),
        (
            "Attribue une subvention de 800 € à chacune des deux associations.",
            {"ecole de musique du val": 800, "horizon": 800},
        ),
        ("Attribue une subvention de 800 € à chacune des trois associations.", {}),
        (
            "Décide de participer au déficit du centre de santé à hauteur de 900 €, et de verser cette somme à la "
            "commune de Brény.",
            {"commune de breny": 900},
        ),
        (
            "Renouvelle l'adhésion à la Ligue du Val et accorde une aide de 300 € au comice agricole de Brény.",
            {"comice agricole de breny": 300},
        ),
    ],
)
def test_who_is_told_by_a_kind_or_by_a_number(decided: str, granted: dict[str, int]) -> None:
    told = "L'école de musique du Val et l'association Horizon ont sollicité une aide."
    assert awards(f"Article 1 : {decided}", told) == granted


def test_a_pronoun_means_the_public_body_that_is_agreed_with() -> None:
    told = "L'association Horizon anime le quartier."
    decided = (
        "Article 1 : Attribue 700 € à l'association Horizon.\n"
        "Article 2 : Approuve l'avenant conclu avec la commune de Brény et lui attribue à ce titre une aide de 900 €."
    )
    assert awards(decided, told) == {"horizon": 700, "commune de breny": 900}


def test_a_name_that_opens_title_and_expose_is_who_the_act_is_about() -> None:
    text = HEAD.format(title="Soutien d'Un Toit Demain – Année 2024") + (
        "Un Toit Demain gère trois établissements. L'association Vivre ici met à disposition du matériel.\n\n"
        f"{FORMULA}Article 1 : Verse à l'association une aide de 900 €.\n"
    )
    assert [name for names, _ in published(text) for name in names if "toit" in name] == ["un toit demain"]


def test_what_members_propose_is_no_grant() -> None:
    told = "L'association Horizon anime le quartier. Le groupe d'opposition propose de porter la subvention à 4 000 €."
    decided = "Article 1 : Attribue à l'association Horizon une aide de 900 €, aux côtés du Département (400 €)."
    assert awards(decided, told) == {"horizon": 900}
