"""Lists as reports, minutes and their copies tell them: series in a sentence, headings and sums of parts, labels."""

from __future__ import annotations

import pytest

from tests.extract.pipes.minutes import BOTH, Minutes, granted

VOTED = "Subventions aux associations\n\nLes élus ont voté les subventions suivantes :\n\n{told}\n"


@pytest.mark.parametrize(
    "told",
    [
        "Judo Club, 500 € ; Foyer rural de Courlanne, 300 € ; donneurs de sang, 100 € ; tennis, 450 €.",
        "Judo Club (section jeunes), 500 € ; Foyer rural de Courlanne (aînés), 300 €; donneurs de sang, 100 €; tennis, "
        "450 € (+ 50 € si le tournoi a lieu).",
        "Judo Club : 500 €. Foyer rural de Courlanne : 300 €. Donneurs de sang : 100 €. Tennis : 450 €",
        "Judo Club 500 € Foyer rural de Courlanne 300 € Donneurs de sang 100 € Tennis 450 €",
        "JUDO CLUB 500 € FOYER RURAL DE COURLANNE 300 € DONNEURS DE SANG 100 € TENNIS 450 €",
        "500 € au Judo Club, 300 € au Foyer rural de Courlanne, 100 € aux donneurs de sang, 450 € au tennis.",
        "500 € au Judo Club, 300 € au Foyer rural de Courlanne, 100 € aux donneurs de sang, 40 € aux pêcheurs, "
        "le tennis : 450 €.",
    ],
)
def test_a_series_in_many_forms(minutes: Minutes, told: str) -> None:
    act = minutes(VOTED.format(told=told))
    found = {(name or "").upper().removeprefix("DES "): amount for name, amount in granted(act).items()}
    wanted = {"JUDO CLUB": 500, "FOYER RURAL DE COURLANNE": 300, "DONNEURS DE SANG": 100, "TENNIS": 450}
    assert {name: found.get(name) for name in wanted} == wanted
    assert set(found) <= {*wanted, "PÊCHEURS"}


def test_two_sums_of_one_name(minutes: Minutes) -> None:
    act = minutes(
        VOTED.format(told="ADAR, 70 € ; lycée Monet, 586 € et 172 € (sport et foyer) ; ACCA, 60 € ; Réel, 80 €")
    )
    sums = sorted(f.amount or 0 for f in act.fundings if f.status == "awarded")
    assert sums == [60, 70, 80, 172, 586]


@pytest.mark.parametrize(
    "text",
    [
        "Budget 2019\n\nLe conseil vote les dépenses suivantes : électricité, 500 € ; eau, 300 € ; carburant, 120 € ; "
        "timbres, 90 €.",
        "Tarifs 2019\n\nLe conseil fixe les tarifs suivants : petite salle, 50 € ; grande salle, 150 € ; vaisselle, "
        "30 € ; caution, 500 €.",
        "Tarifs\n\nLe conseil vote les tarifs suivants : Petite salle 500 € Grande salle 150 € Vaisselle 250 € "
        "Ménage 100 €",
        "Subventions aux associations\n\nLes demandes reçues sont les suivantes : Judo Club, 500 € ; ACCA, 300 € ; "
        "donneurs de sang, 100 € ; tennis, 450 €. La commission se réunira le 3 avril.",
        "Subventions aux associations\n\nEn 2018, les subventions votées étaient les suivantes : Judo Club, 500 € ; "
        "ACCA, 300 € ; donneurs de sang, 100 € ; tennis, 450 €.",
        "Marchés\n\nLes offres retenues sont les suivantes : lot 1 : 12 000 € à l'entreprise Martin ; lot 2 : 8 000 € "
        "à la SARL Dumas.",
        "Fêtes et cérémonies\n\nLe conseil vote les crédits suivants : Repas des aînés : 2 500 € à l'article 6232 ; "
        "feu d'artifice : 1 800 € à l'article 6232.",
        "Subventions aux associations\n\nPlus de 12 000 € de subventions sont accordés cette année.",
    ],
)
def test_series_of_something_else_grant_nothing(minutes: Minutes, text: str) -> None:
    assert granted(minutes(text)) == {}


@pytest.mark.parametrize(
    "told",
    [
        "Activités sportives : 500 €\n- Judo Club 500 €\n\n"
        "Activités sociales : 300 €\n- Foyer rural de Courlanne 300 €",
        "| Sport : | 500,00 € |\n| Judo Club | 200,00 € |\n| Judo Club | 300,00 € |\n",
        "Subventions de fonctionnement : 800 €\nJudo Club : 500 €\nFoyer rural de Courlanne : 300 €",
    ],
)
def test_the_sum_of_a_part_is_nobody_s(minutes: Minutes, told: str) -> None:
    assert set(granted(minutes(VOTED.format(told=told)))) <= set(BOTH)


def test_sums_that_part_a_whole_table_are_nobody_s(minutes: Minutes) -> None:
    act = minutes(
        VOTED.format(
            told="Sports de balle 700 €\nTennis Club 400 €\nVolley Club 300 €\nMusique 500 €\nChorale du Val 200 €\n"
            "Harmonie du Val 300 €"
        )
    )
    assert set(granted(act)) == {"Tennis Club", "Volley Club", "Chorale du Val", "Harmonie du Val"}


def test_a_body_whose_sum_happens_to_be_that_of_the_next_two_is_one(minutes: Minutes) -> None:
    act = minutes(
        VOTED.format(told="- Comité des fêtes : 800 €\n- Judo Club : 500 €\n- Foyer rural de Courlanne : 300 €")
    )
    assert granted(act) == {"Comité des fêtes": 800, **BOTH}


def test_totals_under_the_heading_of_a_plural_go_to_nobody(minutes: Minutes) -> None:
    act = minutes(
        "Subventions aux associations\n\nAssociations de Montclair\n1) subventions de fonctionnement : 8 125 €\n"
        "2) subventions exceptionnelles : 245 €\nAssociations extérieures\n1) subventions de fonctionnement : 405 €"
    )
    assert granted(act) == {}


def test_who_gets_a_labelled_sum_stands_behind_it(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLes subventions accordées pour le canton sont les suivantes.\nActions éducatives :\n"
        "- Atelier d'écriture : 400 € au collège Jean-Moulin de Courlanne.\n"
        "- Aide au projet : 250 € à l'AS du collège des Tilleuls.\n"
        "Dotation piscine 2019 : 814 € au collège des Tilleuls ; 248 € au collège Pasteur.\n"
        "Abris bus : 5 000 € à la commune de Virmont ; trottoirs : 3 000 € à la commune de Brion."
    )
    found = {name or "": amount for name, amount in granted(act).items()}
    assert sorted(found.values()) == [248, 250, 400, 814, 3000, 5000]
    assert not any(word in name for name in found for word in ("Atelier", "Aide", "Sport", "Abris", "Dotation"))


def test_reasons_behind_a_sum_are_no_receivers(minutes: Minutes) -> None:
    told = "- Judo Club : 500 € à titre exceptionnel\n- Foyer rural de Courlanne : 300 € à l'occasion de ses 20 ans"
    assert granted(minutes(VOTED.format(told=told))) == BOTH


def test_what_grants_are_for_tells_who_gets_them(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLe présent rapport propose d'approuver l'attribution de subventions au titre : - de la "
        "Fondation du Val pour un montant total de 500 €, - du Foyer rural de Courlanne pour un montant de 300 €.\n\n"
        "Adopté."
    )
    assert granted(act) == {"Fondation du Val": 500, "Foyer rural de Courlanne": 300}


def test_another_is_not_the_one_before(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLe conseil a fait attribuer une subvention à l'association Cap Sud, et une autre, symbolique "
        "(de 100 euros), pour le vide-grenier."
    )
    assert "Cap Sud" not in granted(act)


def test_what_was_decided_in_another_month_is_recalled(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLa Ville a accepté de verser, en janvier 2019, une avance de 200 € à l'association Cap Sud. "
        "Le conseil a décidé de verser, en mars 2019, une aide de 500 € au Judo Club."
    )
    assert granted(act) == {"Judo Club": 500}


@pytest.mark.parametrize(
    ("articles", "wanted"),
    [
        ("d'attribuer une subvention au Judo Club.|le montant de la subvention est fixé à 500 €.", {"Judo Club": 500}),
        (
            "Une subvention est attribuée au Judo Club.|La dépense correspondante, soit 500 €, sera imputée.",
            {"Judo Club": 500},
        ),
        ("Une subvention est allouée au Judo Club.|Cette subvention s'élève à 500 euros.", {"Judo Club": 500}),
        (
            "Une subvention est attribuée au Judo Club, et une autre à l'association Cap Sud.|La dépense "
            "correspondante, soit 500 €, sera imputée au chapitre 65.",
            {},
        ),
        ("L'acquisition de la parcelle AB 12 est approuvée.|La dépense correspondante, soit 500 €, sera imputée.", {}),
        ("d'approuver la convention avec le Judo Club.|de fixer le loyer du local à 500 €.", {}),
    ],
)
def test_a_grant_and_its_sum_in_two_articles(minutes: Minutes, articles: str, wanted: dict[str, int]) -> None:
    told = "".join(f"Article {n} : {each}\n" for n, each in enumerate(articles.split("|"), 1))
    assert granted(minutes(f"Soutien au sport\n\nLe conseil municipal décide :\n{told}")) == wanted


def test_a_request_that_is_answered_is_no_request_to_who_asked(minutes: Minutes) -> None:
    act = minutes(
        "Subvention\n\nPour répondre à la demande de l'association Cap Sud, il est proposé d'accepter de verser une "
        "subvention d'un montant de 700 € au titre de la saison 2019/2020.\n\nAdopté à l'unanimité."
    )
    assert granted(act) == {"Cap Sud": 700}
