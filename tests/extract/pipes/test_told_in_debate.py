"""What is asked, proposed and recalled in a debate beside what the body then decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]


@pytest.mark.parametrize(
    "asks",
    [
        "Mme RAVEL demande si l'enveloppe annuelle de 60 000 € sera suffisante.",
        "M. Paul RAVEL demande comment la subvention de 60 000 € a été calculée.",
        "Mme RAVEL souhaite savoir si l'aide de 60 000 € couvre les charges.",
    ],
)
def test_a_member_who_puts_a_question_asks_for_no_grant(act: Act, asks: str) -> None:
    found = act("- d'approuver l'avenant n° 1 ;", title="Aides aux propriétaires - Subventions", body=asks)
    assert not [f for f in found.fundings if f.status in ("awarded", "requested")]
    assert not [o for o in found.organisations if "RAVEL" in o.name]


def test_what_is_proposed_and_then_paid_is_one_grant(minutes: Minutes) -> None:
    act = minutes(
        "Subvention d'équilibre au CCAS\n\nLe maire explique que le CCAS de Montclair a besoin d'une subvention pour "
        "le portage de repas. Il est proposé 46 000 €.\n"
        "Adopté à l'unanimité : la commune versera 46 000 € au CCAS de Montclair au titre de l'exercice 2019.\n"
    )
    assert [f.amount for f in act.fundings if f.status == "awarded"] == [46000]


def test_a_company_that_its_kind_announces_is_none_named_before(act: Act) -> None:
    found = act(
        "- d'attribuer à la société coopérative agricole Lin'Or une subvention d'investissement de 78 000 € ;",
        body="Vu le traité sur le fonctionnement de l'Union européenne, et notamment ses articles 107 et 108,",
    )
    assert granted(found) == {"Société coopérative agricole Lin'Or": 78000}


def test_what_an_earlier_agreement_promised_is_not_given_again(act: Act) -> None:
    found = act(
        "- d'approuver l'avenant n° 1 à la convention ;",
        title="Maison des adolescents L'Ancrage - Avenant n° 1",
        body="Par convention en date du 6 mars 2023, conclue pour les années 2023 à 2025, la Ville s'est engagée à "
        "soutenir la Maison des adolescents L'Ancrage par une subvention annuelle de 8 000 €. Il est proposé "
        "d'augmenter ce concours de 2 700 € pour l'année 2024.",
    )
    assert 8000 not in [f.amount for f in found.fundings if f.status == "awarded"]
