"""Who pays the body, what one grant is for, in how many payments, for which years; what is put off, or only noted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
CITY = "VILLE DE MONTCLAIR"


def awarded(facts: ActFacts) -> set[tuple[str | None, str | None, int]]:
    names = {o.id: o.name for o in facts.organisations}
    told = [f for f in facts.fundings if f.status == "awarded" and f.confidence is not None and f.confidence >= 0.65]
    return {(names.get(f.funder or ""), names.get(f.beneficiary or ""), int(f.amount or 0)) for f in told}


@pytest.mark.parametrize(
    ("decision", "payer"),
    [
        ("le versement par l'État à la Ville d'une dotation complémentaire de 60 000 €", "État"),
        ("la convention ; de prendre acte du versement par l'État de la somme de 60 000 € à la Ville", "État"),
        (
            "la convention avec l'État et le versement par celui-ci d'une subvention de 60 000 € au profit de la Ville",
            "État",
        ),
        (
            "l'avenant à la convention avec le Département de la Brenne et le versement par ce dernier d'une "
            "participation de 60 000 € à la Ville",
            "Département de la Brenne",
        ),
    ],
)
def test_who_is_said_to_pay_the_body_does(act: Act, decision: str, payer: str) -> None:
    assert awarded(act(f"d'approuver {decision} ;", title="Convention")) == {(payer, CITY, 60000)}


@pytest.mark.parametrize("parts", ["\t", " : "])
def test_what_finances_a_cost_is_a_plan(act: Act, parts: str) -> None:
    rows = [
        "Fonds d'aide au football 14 000 €",
        "Département 11 700 €",
        "Commune 12 000 €",
        "Association 9 100 €",
        "TOTAL 46 800 €",
    ]
    told = "\n".join(
        parts.join(row.split(" ", 1) if row[0] != "F" else ["Fonds d'aide au football", "14 000 €"]) for row in rows
    )
    body = f"Le coût s'élève à 46 800 € TTC, financé comme suit :\n\n{told}\n"
    facts = act("d'attribuer à l'association Étoile du Val une subvention de 12 000 € ;", title="Terrain", body=body)
    assert awarded(facts) == {(CITY, "Étoile du Val", 12000)}


def test_what_one_grant_is_for_receives_nothing(act: Act) -> None:
    rows = "Objet\tMontant\nFonctionnement général\t98 000 €\nFestival Jeunes Talents\t52 000 €\nTotal\t150 000 €\n"
    body = f"Le soutien de la Ville pour 2025 pourrait être ainsi établi :\n\n{rows}"
    decision = "d'attribuer à la MJC du Val une subvention de 150 000 €, répartie conformément au tableau ci-dessus ;"
    facts = act(decision, title="MJC – Subvention 2025", body=body)
    wholes = facts.model_copy(update={"fundings": [f for f in facts.fundings if f.part_of is None]})
    assert awarded(wholes) == {(CITY, "MJC du Val", 150000)}
    assert awarded(facts) - awarded(wholes) == {(CITY, "MJC du Val", 98000), (CITY, "MJC du Val", 52000)}


def test_a_total_and_the_payments_it_is_made_in(act: Act) -> None:
    body = (
        "En contrepartie, la Ville s'engage à verser au club, pour la saison 2023-2024, une subvention de 85 000 €, "
        "soit 60 000 € à la signature de la convention et 25 000 € au mois de février 2024, au vu du compte rendu."
    )
    facts = act("d'approuver la convention à conclure avec l'association Val Volley ;", title="Val Volley", body=body)
    whole = {f.id: int(f.amount or 0) for f in facts.fundings}
    assert {(whole[f.id], whole.get(f.part_of or "")) for f in facts.fundings} == {
        (85000, None),
        (60000, 85000),
        (25000, 85000),
    }


@pytest.mark.parametrize(
    "told",
    [
        "38 000 € (trente-huit mille euros), en deux fois : 20 000 € en septembre 2023 et 18 000 € en février 2024",
        "38 000 €, payable en 2 versements : 20 000 € à la signature et 18 000 € sur présentation du bilan",
    ],
)
def test_instalments_are_parts_and_as_sure_as_their_total(act: Act, told: str) -> None:
    facts = act(f"de verser au Rugby Club du Val une subvention de {told} ;", title="Rugby Club du Val")
    whole = next(f for f in facts.fundings if f.amount == 38000)
    parts = [f for f in facts.fundings if f.part_of == whole.id]
    assert [int(f.amount or 0) for f in parts] == [20000, 18000]
    assert all(f.confidence >= whole.confidence for f in parts)


def test_what_is_told_of_a_grant_of_the_decision_is_a_part_of_it(act: Act) -> None:
    body = "Il y a lieu d'arrêter les aides :\n\n1. Chantier : association Rivières Vives, 28 000 € ;\n"
    body += "2. Mobilité : garage solidaire Le Cambouis, 12 400 €, dont 2 400 € pour l'achat d'une valise."
    decision = (
        "de fixer les subventions comme suit : Mission locale 54 000 €, Rivières Vives 28 000 €, Le Cambouis 12 400 € ;"
    )
    facts = act(decision, title="Opérateurs 2024", body=body)
    wholes = {int(f.amount or 0) for f in facts.fundings if f.part_of is None and f.status == "awarded"}
    assert wholes == {54000, 28000, 12400}


def test_a_sum_for_several_is_not_that_of_one_who_gets_a_part(act: Act) -> None:
    told = "de verser 15 000 € aux clubs sportifs, dont 2 400 € au Judo Club et 800 € au Tennis Club ;"
    facts = act(told, title="Clubs sportifs")
    assert {amount for _, _, amount in awarded(facts)} >= {2400, 800}
    assert not [f for f in facts.fundings if f.amount == 15000 and f.beneficiary]


def test_a_row_of_several_years_gives_in_each(act: Act) -> None:
    rows = "- Le Verger : 210 000 € en 2023, 215 000 € en 2024 et 220 000 € en 2025 ;"
    facts = act(f"d'attribuer les subventions suivantes :\n{rows}\n- Le Noir : 50 000 € en 2023.", title="Subventions")
    assert {(int(f.amount or 0), f.start_year, f.end_year) for f in facts.fundings} == {
        (210000, 2023, 2023),
        (215000, 2024, 2024),
        (220000, 2025, 2025),
        (50000, 2023, 2023),
    }


def test_those_whose_request_is_put_off_are_not_those_of_the_list(act: Act) -> None:
    rows = "Union du Val ............ 1 900 €\nLes Aînés de la Vallée ........ 400 €\nChorale À Tout Vent ...... 350 €"
    decision = f"d'allouer pour 2022 les subventions suivantes :\n\n{rows}\n\n"
    later = "- d'inviter les associations dont le dossier est reporté à le compléter ;"
    facts = act(f"{decision}{later}", title="Subventions aux associations")
    assert {amount for _, _, amount in awarded(facts)} == {1900, 400, 350}


@pytest.mark.parametrize(
    "told",
    [
        "de prendre acte de l'attribution par la Fondation Armor d'une aide de 12 000 € à Partage en Val ;",
        "La Fondation Armor a fait savoir qu'elle apportait 12 000 € à l'association Partage en Val.",
        "La CAF devrait verser 12 000 € et le Département, pour sa part, prévoit d'apporter 3 000 €.",
        "Mme Roux s'interroge. M. le Maire répond que la Ville verse chaque année 12 000 € au lycée Jean-Moulin.",
    ],
)
def test_what_another_body_gives_is_not_this_ones_grant(act: Act, told: str) -> None:
    grant = "- d'attribuer à l'association Partage en Val une subvention de 4 500 € ;"
    noted = told.startswith("de ")
    facts = act(f"{told}\n{grant}" if noted else grant, title="Épicerie", body="" if noted else told)
    assert awarded(facts) == {(CITY, "Partage en Val", 4500)}


@pytest.mark.parametrize(
    "told",
    [
        "La subvention est versée en trois fois, 50 % en mars, 30 % en juillet et 20 % en novembre, soit "
        "respectivement 27 000 €, 16 200 € et 10 800 €.",
        "L'aide fera l'objet d'une avance de 27 000 € à la notification, d'un acompte de 16 200 € et d'un solde de "
        "10 800 € maximum.",
        "Elle sera versée selon les modalités du règlement : 50 % (27 000 €) au démarrage, 30 % (16 200 €) hors d'eau "
        "et 20 % (10 800 €) à la livraison.",
        "Il est proposé de fixer la subvention à 54 000 €, dont 27 000 € pour la résidence au théâtre Le Phare, "
        "16 200 € pour les concerts et 10 800 € pour les ateliers.",
    ],
)
def test_how_a_grant_is_paid_may_stand_in_another_sentence(act: Act, told: str) -> None:
    facts = act("- d'attribuer à l'association Les Loriots une subvention de 54 000 € ;", body=told)
    (total,) = (f for f in facts.fundings if f.amount == 54000 and f.status == "awarded")
    parts = {int(f.amount or 0) for f in facts.fundings if f.part_of == total.id and f.beneficiary == total.beneficiary}
    assert parts == {27000, 16200, 10800}
    assert {int(f.amount or 0) for f in facts.fundings if f.status == "awarded"} == {54000, *parts}


def test_one_of_equal_payments_is_no_grant_of_its_own(act: Act) -> None:
    facts = act("- d'attribuer à l'association Cap Sud une subvention de 26 500 €, en deux versements de 13 250 € ;")
    assert {int(f.amount or 0) for f in facts.fundings if f.status == "awarded" and f.part_of is None} == {26500}


def test_what_is_given_to_others_is_no_instalment(act: Act) -> None:
    told = "Il est proposé de répartir 54 000 €, dont 37 000 € à l'association Cap Sud et 17 000 € au Judo Club du Val."
    facts = act("- d'attribuer à l'association Les Loriots une subvention de 54 000 € ;", body=told)
    names = {o.id: o.name for o in facts.organisations}
    assert not [f for f in facts.fundings if f.amount != 54000 and names.get(f.beneficiary or "") == "Les Loriots"]


def test_sums_that_come_to_no_grant_of_the_act_are_no_instalments(act: Act) -> None:
    told = "La Région verse une avance de 27 000 € et un solde de 16 200 €."
    facts = act("- d'attribuer à l'association Les Loriots une subvention de 54 000 € ;", body=told)
    assert awarded(facts) == {(CITY, "Les Loriots", 54000)}


@pytest.mark.parametrize(
    "told",
    [
        "La Région compte apporter 40 000 € au projet.",
        "La CAF devrait verser 12 000 €.",
        "À titre indicatif, l'État prévoit d'apporter 91 000 € par an.",
        "Mme Roux s'interroge. M. le Maire répond que la Ville verse chaque année 21 000 € au lycée Jean-Moulin.",
        "M. Martin précise que l'association Cap Sud reçoit, elle, 4 500 €.",
    ],
)
def test_what_an_expose_alone_tells_of_others_is_no_grant(act: Act, told: str) -> None:
    decision = "- d'approuver la convention pluriannuelle avec l'association Partage en Val ;"
    assert awarded(act(decision, title="Partage en Val – Convention", body=told)) == set()


def test_payments_told_in_expose_and_decision_are_told_once(act: Act) -> None:
    body = "Un acompte de 28 000 € serait payé à l'association dès notification, le solde de 7 000 € sur bilan."
    decision = (
        "- d'attribuer une subvention de 35 000 € aux Jardins du Val, payable en un acompte de 28 000 € et un solde "
        "de 7 000 € ;"
    )
    facts = act(decision, title="Chantiers d'insertion", body=f"Les Jardins du Val sollicitent 38 000 €. {body}")
    assert sorted(int(f.amount or 0) for f in facts.fundings if f.status == "awarded") == [7000, 28000, 35000]


@pytest.mark.parametrize(
    "told",
    [
        "La subvention donnerait lieu à un acompte de 29 400 € à la signature, puis à un solde de 12 600 €.",
        "Cette somme serait versée en deux fois : 29 400 € au lancement et 12 600 € à la remise du décompte.",
        "Elle sera versée à raison de 70 % au démarrage, soit 29 400 €, et de 30 % à la livraison, soit 12 600 €.",
        "Le versement de la subvention est échelonné ainsi :\n\n- 70 % à la signature, soit 29 400 € ;\n- 30 % en "
        "décembre, soit 12 600 €.",
        "Le montant comprend 29 400 € au titre du fonctionnement et 12 600 € pour la literie.",
    ],
)
def test_sums_that_come_to_a_grant_are_its_parts(act: Act, told: str) -> None:
    decision = "d'attribuer à l'association Semeurs d'Avance une subvention de 42 000 € ;"
    body = f"L'association Semeurs d'Avance aide ceux qui s'installent.\n\n{told}"
    facts = act(decision, title="Semeurs d'Avance – Subvention", body=body)
    whole = {f.id: int(f.amount or 0) for f in facts.fundings if f.status == "awarded"}
    parts = {(int(f.amount or 0), whole[f.part_of]) for f in facts.fundings if f.part_of}
    assert parts == {(29400, 42000), (12600, 42000)}
    assert awarded(facts) == {(CITY, "Semeurs d'Avance", sum_) for sum_ in (42000, 29400, 12600)}


def test_grants_that_come_to_another_grant_are_no_parts_of_it(act: Act) -> None:
    decision = (
        "d'attribuer à l'association Cap Sud une subvention de 28 000 € ;\n- d'attribuer à l'association du Chantier "
        "une subvention de 20 000 €, dont 8 000 € en 2024 et 12 000 € en 2025 ;"
    )
    facts = act(decision, title="Subventions")
    names = {o.id: o.name for o in facts.organisations}
    assert not [f for f in facts.fundings if f.part_of and names[f.beneficiary or ""] == "Cap Sud"]


def test_two_equal_payments_are_parts(act: Act) -> None:
    decision = "d'attribuer au cinéma Le Rex une subvention de 21 000 € ;"
    body = "La convention prévoit deux versements égaux de 10 500 €, en mai et en octobre."
    facts = act(decision, title="Cinéma", body=body)
    assert {int(f.amount or 0) for f in facts.fundings if f.part_of is None} == {21000}


def test_rows_of_who_contributes_are_no_parts_of_another_contribution(act: Act) -> None:
    decision = "d'approuver la contribution de 12 480 € du CCAS de Valmorin et les participations suivantes ;"
    rows = "- Commune de Saint-Privat : 7 800 € ;\n- CCAS de Lavernède : 4 680 €."
    body = f"Les communes participent. Les contributions sont ainsi réparties :\n\n{rows}"
    facts = act(decision, title="Réussite éducative – Participations des communes", body=body)
    assert not [f for f in facts.fundings if f.part_of]


def test_the_years_of_a_grant_that_is_decided_are_its_parts(act: Act) -> None:
    decision = "d'attribuer au Foyer du Val une subvention de 120 000 € selon la répartition annuelle ci-dessus ;"
    rows = "- 2024 : 30 000 € ;\n- 2025 : 50 000 € ;\n- 2026 : 40 000 €."
    body = f"La Ville apporterait au Foyer du Val une subvention de 120 000 €, ainsi répartie :\n\n{rows}"
    facts = act(decision, title="Foyer du Val – Subvention d'investissement", body=body)
    assert {int(f.amount or 0) for f in facts.fundings if f.status == "awarded" and f.part_of is None} == {120000}
    assert {int(f.amount or 0) for f in facts.fundings if f.part_of} == {30000, 50000, 40000}
