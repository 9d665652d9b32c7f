"""What introduces a list of sums decides what they are: granted, asked, recalled, prices, lines of a budget."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import BOTH, ROWS, Minutes, granted


@pytest.mark.parametrize(
    "text",
    [
        "Subventions aux associations\n\nLe conseil décide de verser :\n{rows}\n",
        "SUBVENTIONS 2019\n\nLes élus ont voté les différentes subventions pour 2019 :\n\n{rows}\n",
        "SUBVENTIONS 2019\n\n{rows}\n\nAdopté à l'unanimité.",
        "Aides aux associations\n\nIl est proposé d'octroyer les subventions suivantes :\n{rows}\n\nAdopté.",
        "Attribution de subventions\n\nLe financement des subventions pourrait s'effectuer de la manière suivante :\n"
        "{rows}\n",
        "Vote des subventions\n\nSont attribuées les subventions suivantes :\n{rows}\nVoté à l'unanimité.",
        "Subventions 2019\n\nLa commission propose de répartir l'enveloppe comme suit :\n{rows}\nLe conseil approuve.",
    ],
)
def test_minutes_grant_a_list_in_many_words(minutes: Minutes, text: str) -> None:
    assert granted(minutes(text.format(rows=ROWS))) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "Marché de voirie\n\nLe conseil municipal attribue les lots comme suit :\n{rows}\n",
        "Devis\n\nLe conseil municipal accepte les devis suivants :\n{rows}\n",
        "Décisions modificatives\n\nM. le Maire propose d'adopter les décisions modificatives suivantes :\n{rows}\n",
        "Tarifs 2019\n\nLe conseil, à l'unanimité, fixe les tarifs de location suivants :\n{rows}\n",
        "Dons\n\nLe conseil municipal accepte les dons suivants, faits à la commune :\n{rows}\n",
        "Subventions 2019\n\nLes demandes suivantes ont été reçues et seront examinées en commission :\n{rows}\n",
        "Subventions 2019\n\nPour rappel, les subventions versées en 2018 étaient les suivantes :\n{rows}\n\n"
        "La commission se réunira.",
    ],
)
def test_a_list_of_something_else_grants_nothing(minutes: Minutes, text: str) -> None:
    assert granted(minutes(text.format(rows=ROWS))) == {}


@pytest.mark.parametrize(
    "rows",
    [
        "- Judo Club (500 €) ;\n- Foyer rural de Courlanne (300 €).",
        "- au Judo Club, une subvention de 500 € ;\n- au Foyer rural de Courlanne, une subvention de 300 € ;",
        "- un acompte de 500 €uros au Judo Club,\n- un acompte de 300 €uros au Foyer rural de Courlanne.",
        "- Judo Club : une subvention exceptionnelle de 500 €\n- Foyer rural de Courlanne : une subvention de 300 €",
        "- 500 € au Judo Club, à titre exceptionnel, pour l'organisation d'un tournoi qui réunira, les 27, 28 et 29 "
        "décembre, des clubs de toute la région et leurs familles,\n- 300 € au Foyer rural de Courlanne,",
        "Judo Club : 500 €, Foyer rural de Courlanne : 300 €.",
        "Judo Club (500 €) - Foyer rural de Courlanne (300 €)",
        "Judo Club : 500 € Foyer rural de Courlanne : 300 €",
    ],
)
def test_rows_in_many_forms(minutes: Minutes, rows: str) -> None:
    act = minutes(f"Subventions 2019\n\nLe conseil municipal, à l'unanimité, alloue :\n{rows}\n")
    assert granted(act) == BOTH


def test_names_in_small_letters(minutes: Minutes) -> None:
    act = minutes(
        "Subventions 2019\n\nLes élus ont voté les subventions aux associations :\n\nGym du Val : 450 €, amicale "
        "laïque : 1 200 €, les trompes du Guindal : 200 €. Le comice n'a rien demandé."
    )
    assert set(granted(act).values()) == {450, 1200, 200}


def test_works_receive_nothing(minutes: Minutes) -> None:
    act = minutes(
        "Budget 2019\n\nLe conseil vote les dépenses suivantes :\n- Curage de la Marelle : 1 500 €\n"
        "- Assainissement de la salle des associations : 3 000 €"
    )
    assert granted(act) == {}


def test_a_firm_is_paid_for_its_work(minutes: Minutes) -> None:
    act = minutes("Maîtrise d'œuvre\n\nLa mission est attribuée au cabinet Archi-Val pour un montant de 12 500 €.")
    assert granted(act) == {}


def test_what_follows_a_decision_in_prose_is_read(minutes: Minutes) -> None:
    act = minutes(
        "Subventions 2019\n\nLe conseil municipal décide de reconduire les aides de l'an passé. Une subvention de "
        "250 € est en outre accordée au Judo Club."
    )
    assert granted(act) == {"Judo Club": 250}


def test_minutes_that_are_approved_told_the_grants_of_another_time(minutes: Minutes) -> None:
    act = minutes(
        "Approbation du procès-verbal\n\nLe procès-verbal de la séance du 30 janvier 2019 est adopté à l'unanimité. Il "
        "comportait notamment l'attribution de 2 000 € au Judo Club."
    )
    assert granted(act) == {}


@pytest.mark.parametrize("mark", ["- ", ". ", ""])
def test_each_of_a_list_below_gets_the_sum(minutes: Minutes, mark: str) -> None:
    act = minutes(
        "Subventions 2019\n\nLe conseil décide d'attribuer 300 € à chacune des associations suivantes :\n"
        f"{mark}Judo Club,\n{mark}Foyer rural de Courlanne.\n\nLe maire est autorisé à signer."
    )
    assert granted(act) == {"Judo Club": 300, "Foyer rural de Courlanne": 300}


def test_ceilings_are_nobody_s_grant(minutes: Minutes) -> None:
    act = minutes(
        "Participation aux écoles\n\nLe conseil fixe le montant des participations dans la limite de :\n"
        "- 600 € pour les élèves de primaire,\n- 700 € pour les élèves de maternelle."
    )
    assert granted(act) == {}


def test_what_another_seance_decided_is_recalled(minutes: Minutes) -> None:
    act = minutes(
        "Subventions 2019\n\nLors de notre séance du 24 janvier 2019, le conseil municipal a décidé d'affecter 8 300 € "
        "au Judo Club. Une subvention de 250 € est accordée au Foyer rural de Courlanne."
    )
    assert granted(act) == {"Foyer rural de Courlanne": 250}


def test_advances_that_a_report_proposes_are_grants(minutes: Minutes) -> None:
    act = minutes(
        "Subventions 2019\n\nIl vous est proposé d'accorder un acompte sur subvention aux associations liées par "
        "convention.\n\nProgramme jeunesse\n\n- un acompte sur subvention de fonctionnement 2019 de 6 000 € pour "
        "l'association Cap Sud,\n\n- un acompte sur subvention de fonctionnement 2019 de 1 700 € pour le Foyer "
        "rural de Courlanne.\n\nAdopté à l'unanimité."
    )
    assert granted(act) == {"Cap Sud": 6000, "Foyer rural de Courlanne": 1700}


def test_a_name_wrapped_above_its_sum(minutes: Minutes) -> None:
    act = minutes(
        "Subventions 2019\n\nIl est demandé au conseil de valider les subventions dont le détail est le suivant :\n"
        "association Les Fruits de la Combe pour son centre de loisirs et ses séjours au Grand\nBornoux : 765 €\n"
        "Judo Club : 500 €\nAdopté à l'unanimité."
    )
    assert set(granted(act).values()) == {765, 500}
    assert not any((name or "").startswith("Bornoux") for name in granted(act))


def test_many_sums_each_followed_by_a_name_are_a_list_whatever_the_names(minutes: Minutes) -> None:
    act = minutes(
        "Subventions aux associations\n\nLe maire propose de verser : 70 € à la pétanque, 350 € aux cyclotouristes, "
        "900 € (dont 400 € pour les jeunes) au football, 150 € au Judo Club et 90 € à Solidarité en pays de Brion. "
        "Le conseil approuve à l'unanimité.\n"
    )
    assert granted(act) == {
        "pétanque": 70, "cyclotouristes": 350, "football": 900, "Judo Club": 150, "Solidarité en pays de Brion": 90
    }  # fmt: skip


@pytest.mark.parametrize(
    "paid",
    [
        "400 € à la signature, 300 € à la livraison et 300 € à la réception",
        "400 € au titre de 2018, 300 € au titre de 2019, 200 € au titre de 2020 et 100 € au titre de 2021",
    ],
)
def test_terms_of_a_payment_are_nobody(minutes: Minutes, paid: str) -> None:
    act = minutes(f"Subvention\n\nLe conseil décide de verser : {paid}.\n")
    assert not any(granted(act))


def test_a_name_behind_an_elided_article_is_an_item_like_the_others(minutes: Minutes) -> None:
    act = minutes(
        "Subventions\n\nLe conseil décide de verser :\n\n- 500 € à Judo Club\n- 400 € à L'Outil en main\n"
        "- 300 € à Cap Sud\n"
    )
    assert sorted(granted(act).values()) == [300, 400, 500]
    assert any((name or "").endswith("Outil en main") for name in granted(act))


def test_what_is_said_of_another_request_above_a_table_makes_no_plan_of_it(act: Callable[..., ActFacts]) -> None:
    body = """Le comité a émis un avis favorable sur les actions du tableau ci-dessous. Il a proposé d'ajourner la
demande de l'association Les Semeurs (6 000 € demandés), dans l'attente de compléments sur le plan de financement.

Association\tAction\tCoût total\tSubvention proposée
Centre social La Passerelle\tVacances\t18 400 €\t4 000 €
Boxing Club du Val\tGants et devoirs\t9 800 €\t2 500 €"""
    found = act("- d'attribuer les subventions figurant dans le tableau ci-dessus.", body=body)
    assert sorted(f.amount or 0 for f in found.fundings if f.status == "awarded") == [2500, 4000]


def test_advances_reckoned_from_last_years_grants_are_granted(act: Callable[..., ActFacts]) -> None:
    body = """Pour les associations conventionnées, l'acompte correspond au quart de la subvention perçue en 2022 :

- Maison des jeunes du Val : 37 500 € (subvention 2022 : 150 000 €)
- École de musique du Val : 15 500 € (subvention 2022 : 62 000 €)"""
    found = act("- d'autoriser le versement des acomptes aux associations selon la liste ci-dessus.", body=body)
    assert sorted(f.amount or 0 for f in found.fundings if f.status == "awarded") == [15500, 37500]
