"""Minutes of several points are read back: debates, reminders and other money grant nothing."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.read import read_bytes
from tests.extract.pipes.made_minutes import HEAD, made_minutes
from tests.extract.pipes.test_made_articles import assert_read_back, granted

_SEEDS, _LEAST_READ = 20, 0.94
LISTED = "Il est proposé d'attribuer les subventions suivantes :"


def awards(text: str) -> list[tuple[set[str], int]]:
    """The published awards of all points."""
    return [award for act in extract_source(read_bytes("pv.txt", text.encode())).acts for award in granted(act)]


def of_point(point: str, title: str = "Subventions 2024") -> dict[str, int]:
    """Receiver → sum of minutes that have this point, and another without money."""
    other = "2. Emploi\n\nLe conseil décide, à l'unanimité, de créer un poste d'adjoint technique.\n"
    text = HEAD.format(minutes="COMPTE RENDU DE LA SÉANCE DU CONSEIL MUNICIPAL DU 15 FÉVRIER 2024")
    return {max(known, key=len): value for known, value in awards(f"{text}1. {title}\n\n{point}\n\n{other}")}


def test_minutes_are_read_back_and_nothing_beside_their_grants() -> None:
    assert_read_back(made_minutes, awards, _SEEDS, _LEAST_READ)


ROWS = "Tennis club valmorin : 560 €\nHarmonie de Valmore : 220 €\nComité des fêtes de Valmore : 440 €"
ALL = {"tennis club valmorin": 560, "harmonie de valmore": 220, "comite des fetes de valmore": 440}


@pytest.mark.parametrize(
    "said",
    [
        "M. ROYER demande ce que coûte l'entretien du terrain. Le maire répond : 900 € par an.",
        "Mme NOIRAUD rappelle le prix du minibus : 900 €",
        "Le maire précise que le club dispose d'une trésorerie : 900 €",
        "",
    ],
)
def test_what_is_said_behind_a_list_is_no_row_of_it(said: str) -> None:
    assert of_point(f"{LISTED}\n{ROWS}\n{said}\n\nLe conseil décide d'attribuer les subventions ci-dessus.") == ALL


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ("Mme NOIRAUD propose 450 € au Judo Club de Courlanne.\nAccord du conseil.", {"judo club de courlanne": 450}),
        ("Mme NOIRAUD propose 450 € au Judo Club de Courlanne.\nLa question est reportée.", {}),
        ("M. ROYER propose de soutenir le Judo Club de Courlanne à hauteur de 450 €. Le maire répond que la commission "
         "l'examinera.\nLe conseil en prend acte.", {}),
        ("Selon M. ROYER, il faudrait donner au moins 450 € au Judo Club de Courlanne.\nLe conseil en prend acte.", {}),
    ],
)  # fmt: skip
def test_what_a_member_proposes_is_granted_where_the_body_agrees(point: str, found: dict[str, int]) -> None:
    assert of_point(point, "Subvention au Judo Club de Courlanne") == found


def test_a_proposal_that_is_not_kept_leaves_the_list_that_is_voted() -> None:
    other = "M. ROYER propose de porter l'aide à 950 €. Cette proposition n'est pas retenue."
    assert of_point(f"{LISTED}\n{ROWS}\n{other}\n\nLe conseil décide de voter les subventions ci-dessus.") == ALL
