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


def test_what_the_report_alone_tells_beside_what_is_decided_goes_to_review(act: Act) -> None:
    found = act(
        "- d'attribuer à l'association Ensemble Brise une subvention de 70 000 € ;",
        title="Association « Ensemble Brise » - Résidence au théâtre Le Phare - Subvention",
        body="Dix-neuf associations d'amateurs se partagent 52 000 €. Il est proposé de fixer la subvention à "
        "70 000 €, dont 45 000 € pour la résidence au théâtre Le Phare.",
    )
    assert granted(found).get("Ensemble Brise") == 70000
    assert 52000 not in granted(found).values()


def test_a_sum_that_the_report_surely_proposes_is_published_beside_what_is_decided(act: Act) -> None:
    found = act(
        "- d'attribuer à l'association Ensemble Brise une subvention de 7 000 € ;",
        body="Il est proposé d'attribuer à l'association Les Volets Bleus une subvention de 3 000 € et à l'association "
        "Ensemble Brise une subvention de 7 000 €.",
    )
    assert granted(found) == {"Ensemble Brise": 7000, "Les Volets Bleus": 3000}


def test_names_and_what_grants_are_for_are_parted_where_a_table_lost_its_lines(act: Act) -> None:
    found = act(
        "- d'attribuer, au titre du patrimoine rural non protégé de la commune et de ses hameaux, les subventions "
        "suivantes : Bénéficiaire Nature de l'opération Subvention (€) Commune d'Arval-la-Forêt Restauration du "
        "retable de l'église 3 400 Association Mémoire du Verre Inventaire des ateliers 2 500 Fondation des Lavoirs "
        "Participation aux souscriptions locales 12 000 Total 17 900"
    )
    assert granted(found) == {
        "Commune d'Arval-la-Forêt": 3400,
        "Association Mémoire du Verre": 2500,
        "Fondation des Lavoirs": 12000,
    }
