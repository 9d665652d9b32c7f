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


@pytest.mark.parametrize(
    "paid",
    [
        "Le conseil valide et s'engage à verser ladite somme à l'association Les Volets Bleus après les travaux.",
        "Le conseil accepte le versement de cette somme à l'association Les Volets Bleus.",
    ],
)
def test_the_next_sentence_tells_who_is_paid_a_sum(minutes: Minutes, paid: str) -> None:
    act = minutes(f"Éclairage du préau\n\nM. ROUX présente le projet. Notre part, 40 %, est de 620 €. {paid}\n")
    assert granted(act) == {"Les Volets Bleus": 620}


def test_a_sum_that_is_proposed_and_adopted_in_two_words_goes_to_the_one_spoken_of(minutes: Minutes) -> None:
    act = minutes(
        "Budget\n\nIl convient de voter la subvention d'équilibre au CCAS de Montclair. M. le Maire propose 4 500 "
        "euros. Pas de remarque : adopté.\n"
    )
    assert granted(act) == {"CCAS de Montclair": 4500}


@pytest.mark.parametrize(
    ("title", "lead", "behind"),
    [
        ("Divers dons", "", "Le Conseil Municipal est d'accord pour ces dépenses."),
        (
            "Contributions aux syndicats",
            "Le maire lit les appels de fonds :\n",
            "Les deux contributions sont approuvées.",
        ),
        ("Associations", "Le Conseil, sur proposition de M. ROUX, vote pour l'exercice 2019 :\n", ""),
        ("Subventions", "Est approuvée la liste suivante, pour un total de 80 euros :\n", ""),
        ("Subventions", "A l'article 65748, le conseil inscrit 80 € répartis ainsi :\n", ""),
    ],
)
def test_rows_are_granted_by_what_stands_above_or_below(minutes: Minutes, title: str, lead: str, behind: str) -> None:
    act = minutes(
        f"{title}\n\nM. ROUX est rapporteur.\n\n{lead}Croix Bleue du Val : 30 €\nLe Panier Brizois : 50 €\n{behind}\n"
    )
    assert granted(act) == {"Croix Bleue du Val": 30, "Le Panier Brizois": 50}


def test_rows_are_not_granted_by_a_refusal_below_or_a_title_of_other_things(minutes: Minutes) -> None:
    rows = "Croix Bleue du Val : 30 €\nLe Panier Brizois : 50 €\n"
    refused = minutes(f"Divers dons\n\nM. ROUX est rapporteur.\n\n{rows}Le conseil rejette ces demandes de dons.\n")
    works = minutes(
        "Demande de subvention DETR – toiture\n\nM. ROUX est rapporteur.\n\nPeinture Durand : 30 €\n"
        "Zinc Martin : 50 €\n"
        "Le conseil valide ces montants.\n"
    )
    assert granted(works) == {}
    sold = minutes(f"Location de la salle\n\nM. ROUX est rapporteur.\n\n{rows}Le conseil valide ces montants.\n")
    assert granted(refused) == granted(sold) == {}


def test_him_is_the_body_of_common_nouns_that_the_sentence_before_is_about(minutes: Minutes) -> None:
    act = minutes(
        "Bal du 14 juillet\n\nLe spectacle est confié à la SARL Étoiles pour 3 800 € TTC. Le comité d'animation prend "
        "en charge la buvette. Pour compenser cette dépense, le conseil lui attribue 450 €.\n"
    )
    assert granted(act) == {"comité d'animation": 450}


def test_a_person_whose_name_is_cut_short_is_no_body(minutes: Minutes) -> None:
    act = minutes("Bourse au permis\n\nLes dossiers de Enzo B. et Manon V. sont retenus, le premier pour 500 €.\n")
    assert not [o for o in act.organisations if "Enzo" in o.name or "Manon" in o.name]


def test_a_label_is_no_body_where_the_sum_of_its_row_goes_to_one(minutes: Minutes) -> None:
    act = minutes(
        "Subventions scolaires\n\nLe conseil décide d'attribuer :\n- sorties : 1 440 € à la coopérative OCCE n° 412, "
        "soit 15 €/élève\n- projet « cirque » : 1 000 € à la même coopérative OCCE n° 412, à condition que "
        "l'Amicale y aide\n"
        "- MFR de Brize, 2 apprentis : 60 €\n"
    )
    names = {o.id: o.name for o in act.organisations}
    given = sorted((f.amount, names.get(f.beneficiary or "")) for f in act.fundings if f.status == "awarded")
    assert given == [(60, "MFR de Brize"), (1000, "coopérative OCCE n° 412"), (1440, "coopérative OCCE n° 412")]


@pytest.mark.parametrize(
    ("told", "receiver"),
    [
        ("Pour son fest-noz, va pour 160 € à l'association Les Volets Bleus.", "Les Volets Bleus"),
        ("En conséquence, l'aide communale à l'association Les Volets Bleus sera de 160 €.", "Les Volets Bleus"),
        (
            "Le conseil partage cet avis et ramène la subvention de l'association Les Volets Bleus à 160 €.",
            "Les Volets Bleus",
        ),
        (
            "Le Football Club de Brize rachètera les buts ; la commune l'aidera à hauteur de 50 %, soit 160 €.",
            "Football Club de Brize",
        ),
        (
            "Le conseil : d'accord pour indemniser l'association Les Volets Bleus à hauteur de 160 €.",
            "Les Volets Bleus",
        ),
    ],
)
def test_what_a_secretary_tells_as_agreed(minutes: Minutes, told: str, receiver: str) -> None:
    assert granted(minutes(f"Questions du jour\n\nM. ROUX est rapporteur. {told}\n")) == {receiver: 160}


def test_what_stands_behind_an_arrow_is_voted(minutes: Minutes) -> None:
    act = minutes(
        "Subventions : examen des demandes\n\nMme NOEL reprend la liste.\nMusique en Val : 150 € proposés. M. ROUX dit "
        "que le concert n'a pas eu lieu. → 140 €.\nMJC de Brize : 3 jeunes → 45 €.\nPeña del Val : hors délai → 0 €.\n"
    )
    assert granted(act) == {"Musique en Val": 140, "MJC de Brize": 45}


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ("(4 versements trimestriels de 600 €)", 600),
        ("sur deux exercices (1 200 € par an)", 1200),
        ("versée par douzièmes (200 € par mois)", 200),
        (", à raison de 1 000 € en avril et de 1 400 € en juin", 1000),
    ],
)
def test_how_a_grant_is_paid_makes_parts_of_it(minutes: Minutes, told: str, part: int) -> None:
    act = minutes(
        f"Subvention\n\nLe conseil décide de verser au Judo Club de Brize une subvention de 2 400 € {told}.\n"
    )
    parts = {f.amount: f.part_of for f in act.fundings if f.status == "awarded"}
    assert parts[2400] is None
    assert parts[part] is not None


@pytest.mark.parametrize(
    "told",
    [
        "L'entreprise Durand réclame 300 €. Le conseil accepte de régler 300 €.",
        "L'association Les Volets Bleus gère la base nautique. Le conseil arrête les comptes à 300 €.",
        "L'association Les Volets Bleus gère la cantine. Le conseil fixe à 300 € la participation des familles.",
        "Le Département apporte 900 € à la voirie. Après discussion, le conseil retient la somme de 300 €.",
    ],
)
def test_what_is_settled_of_another_matter_is_given_to_nobody(minutes: Minutes, told: str) -> None:
    act = minutes(f"Questions du jour\n\nM. ROUX est rapporteur. {told}\n")
    assert not [f for f in act.fundings if f.status == "awarded" and f.amount == 300 and f.confidence >= 0.65]


@pytest.mark.parametrize(
    "told",
    [
        "Le SIAEP du Val réclame une participation aux poteaux d'incendie. Pour Montclair : 6 poteaux x 50 € = 300 €. "
        "Le conseil décide de payer mais demande des explications.",
        "M. ROUX rappelle que l'association SIAEP du Val prépare un ouvrage. Tirage : 300 exemplaires, coût "
        "4 100 €.\n\nLe conseil fixe l'aide à 300 €.",
        "Le SIAEP du Val, organisateur du festival Les Embruns, a sollicité 500 €.\n\nLe Département apporte "
        "900 €.\n\nLe conseil municipal reconduit le montant 2018, soit 300 €.",
    ],
)
def test_who_is_given_what_is_settled_stands_in_another_sentence(minutes: Minutes, told: str) -> None:
    found = [name for name, amount in granted(minutes(f"Questions du jour\n\n{told}\n")).items() if amount == 300]
    assert len(found) == 1
    assert found[0] is not None
    assert found[0].endswith("SIAEP du Val")


def test_a_series_that_semicolons_part_goes_on(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nMme NOEL propose de revaloriser les crédits. Le conseil en est d'accord et attribue : à "
        "la coopérative de l'école « Les Coquelicots » 620 €, à l'USEP 130 € ; au RASED 75 € ; "
        "40 € à l'association Les Volets Bleus.\n"
    )
    assert granted(act).get("RASED") == 75
    assert granted(act).get("Les Volets Bleus") == 40


def test_sentences_of_a_name_and_a_sum_are_granted_by_what_stands_below(minutes: Minutes) -> None:
    act = minutes(
        "Associations hors commune\n\nMme NOEL énumère les demandes. Règle fixée en 2015 : 20 € par jeune licencié.\n"
        "Judo Club du Val (4 jeunes) : 80 €. Handball Brize-Courlanne (7) : 140 €.\nAccord pour ces deux subventions. "
        "La demande de Danse Passion n'est pas chiffrée : à revoir.\n"
    )
    assert granted(act) == {"Judo Club du Val": 80, "Handball Brize-Courlanne": 140}


@pytest.mark.parametrize(
    "told",
    [
        "En contrepartie de l'entretien des chemins, le conseil reverse une subvention de 150 € à l'ACCA de Brize.",
        "Les Volets Bleus de l'ACCA de Brize ne demandent rien. L'ACCA de Brize touchera 150 €.",
    ],
)
def test_the_body_that_passes_money_on_gives_it(minutes: Minutes, told: str) -> None:
    assert 150 in granted(minutes(f"Affouages et chasse\n\nM. ROUX est rapporteur. {told}\n")).values()
