"""Sums that short minutes settle in a secretary's prose: of nobody in particular, row by row, behind a debate."""

from __future__ import annotations

import pytest

from tests.extract.pipes.minutes import Minutes, granted


@pytest.mark.parametrize(
    "settled",
    [
        "Après discussion, le conseil retient la somme de 250 €.",
        "M. PERRIN propose 300 €, Mme NOEL 200 €. Par 7 voix contre 4, le montant est fixé à 250 €.",
        "Le conseil, par 9 voix contre 2, se prononce pour 250 €.",
        "Le conseil municipal s'en tient aux 250 € habituels.",
        "Il est décidé de renouveler l'aide, même montant que l'an dernier, soit 250 €.",
        "Le conseil accorde 25 € par licencié, soit 250 €.",
    ],
)
def test_a_sum_settled_without_a_name_goes_to_the_only_one_who_asks(minutes: Minutes, settled: str) -> None:
    act = minutes(
        "Divers\n\nLe Vélo-Club de Courlanne organise une étape avec le Comité des fêtes de Brize et sollicite la "
        f"commune à hauteur de 400 €. {settled}\n"
    )
    assert granted(act) == {"Vélo-Club de Courlanne": 250}


def test_a_sum_settled_between_two_who_ask_goes_to_none_of_them(minutes: Minutes) -> None:
    act = minutes(
        "Divers\n\nLe Vélo-Club de Courlanne sollicite 400 €. Le Judo Club de Brize demande 300 €. Après discussion, "
        "le conseil retient la somme de 250 €.\n"
    )
    assert granted(act) == {}


@pytest.mark.parametrize(
    "matter",
    [
        "Le conseil retient le devis de 250 €.",
        "Le conseil fixe le tarif à 250 €.",
        "Le conseil vote un crédit de 250 €.",
    ],
)
def test_a_price_or_a_credit_is_settled_for_nobody(minutes: Minutes, matter: str) -> None:
    assert granted(minutes(f"Divers\n\nLe Vélo-Club de Courlanne sollicite la commune. {matter}\n")) == {}


def test_rows_that_tell_what_was_asked_and_voted_grant_what_was_voted(minutes: Minutes) -> None:
    act = minutes(
        "Associations – vote individuel\n\nM. ROUX présente chaque dossier.\n"
        "→ Judo Club de Brize : demande 600 € ; proposition 500 € ; voté 500 €.\n"
        "→ Les Godillots : demande 250 € ; proposition 200 € ; voté 240 € après discussion.\n"
        "→ Familles rurales : 500 euros demandés, 400 euros accordés.\n"
        "→ Radio Brize : pas de subvention.\n"
    )
    assert granted(act) == {"Judo Club de Brize": 500, "Les Godillots": 240, "Familles rurales": 400}


def test_rows_that_are_each_adopted_are_granted(minutes: Minutes) -> None:
    act = minutes(
        "Subventions aux associations\n\nMme NOEL donne lecture des dossiers reçus.\n\n"
        "Viennent ensuite les demandes :\nClub de l'Amitié : 300 euros. Adopté.\n"
        "US Brize Football : 1.200 euros – M. ROUX demande que les vestiaires soient nettoyés. Adopté (1 abstention).\n"
        "Harmonie Sainte-Cécile : dossier incomplet, reporté.\n"
    )
    assert granted(act) == {"Club de l'Amitié": 300, "US Brize Football": 1200}


def test_the_options_of_a_ballot_are_no_rows_and_a_sentence_is_none(minutes: Minutes) -> None:
    act = minutes(
        "Subvention à l'Union Sportive de Brize\n\nM. ROUX suggère 2 900 €, Mme NOEL 3 050 €.\n"
        "Résultat du vote : 2 900 € : 6 voix – 3 050 € : 9 voix.\nL'Union Sportive de Brize percevra donc 3 050 €.\n"
    )
    assert granted(act) == {"Union Sportive de Brize": 3050}


def test_two_grants_of_one_row_are_both_read_though_the_first_tells_what_it_is_for(minutes: Minutes) -> None:
    act = minutes(
        "Subventions aux associations\n\nLe conseil décide d'octroyer les subventions suivantes :\n"
        "Gym Club de Brize : 1 100 € de fonctionnement + 400 € pour le tournoi des jeunes\nLes Doigts d'Or : 90 €\n"
    )
    sums = sorted(f.amount for f in act.fundings if f.status == "awarded" and f.amount is not None)
    assert sums == [90, 400, 1100]


def test_a_name_ends_before_a_sum_with_dashes_for_its_cents(minutes: Minutes) -> None:
    act = minutes(
        "Divers\n\nLe conseil vote les subventions suivantes :\nChorale Sainte-Odile 150,-- €\nJudo Club 80,-- €\n"
    )
    assert granted(act) == {"Chorale Sainte-Odile": 150, "Judo Club": 80}


def test_votes_against_are_no_refusal_where_those_for_are_not_counted(minutes: Minutes) -> None:
    act = minutes(
        "Subvention au Judo Club de Brize\n\nLe Conseil, à la majorité (2 contre : MM. PERRIN et ROUX), attribue au "
        "Judo Club de Brize une subvention de 1 400 €.\n"
    )
    assert granted(act) == {"Judo Club de Brize": 1400}


@pytest.mark.parametrize(
    ("told", "sums"),
    [
        ("Les élus décident l'achat d'une gerbe (65 €) et un don de 100 € à l'association Les Volets Bleus.", [100]),
        (
            "Le déficit constaté par l'association Les Volets Bleus sera comblé par un versement de 90 €.",
            [90],
        ),
        ("Un complément de 200 € est consenti à l'association Les Volets Bleus.", [200]),
        ("La participation de 862 € sera donc réglée à l'association Les Volets Bleus.", [862]),
        ("Un bal est prévu. Deux orchestres sont retenus (Los Amigos, 1 900 €, et le Trio Brize, 650 €).", []),
    ],
)
def test_what_minutes_tell_as_given_in_few_words(minutes: Minutes, told: str, sums: list[int]) -> None:
    act = minutes(f"Questions du jour\n\n{told}\n")
    assert sorted(f.amount for f in act.fundings if f.status == "awarded" and f.confidence >= 0.5) == sums
