"""What stands below "décide :" is decided, whatever its words."""

from __future__ import annotations

import pytest

from extract.segment import segment

HEAD = (
    "COMMUNE DE VARZY\n\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nSéance du 12 mars 2024\n\n"
    "Présents : M. Bruno TESSIER, Mme Carla NOIR\n\nObjet : Réfection de l'orgue\n\nLe devis s'élève à 9 000 €.\n\n"
    "Le Conseil municipal, après en avoir délibéré, à l'unanimité, décide :\n\n"
)


@pytest.mark.parametrize(
    ("decided", "points"),
    [
        (
            "Sur proposition de Madame le Maire,\n- une subvention de 800 € est allouée à l'Orgue du Lac ;\n"
            "- le versement aura lieu après les travaux.\n",
            ["une subvention de 800 € est allouée à l'Orgue du Lac ;", "le versement aura lieu après les travaux."],
        ),
        (
            "Vu l'intérêt du projet, DÉCIDE de subventionner l'Orgue du Lac pour 712 €.\n",
            ["Vu l'intérêt du projet, DÉCIDE de subventionner l'Orgue du Lac pour 712 €."],
        ),
    ],
)
def test_the_rest_is_decided(decided: str, points: list[str]) -> None:
    text = f"{HEAD}{decided}\nFait et délibéré les jour, mois et an que dessus.\nLe Maire\n"
    (act,) = segment(text)
    assert [text[p.start : p.end] for p in act.decisions] == points
