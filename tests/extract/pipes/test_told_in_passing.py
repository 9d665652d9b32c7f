"""What councils tell beside their grants (plans, prices, what was, what others do); grants told in unusual builds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
CITY = "VILLE DE MONTCLAIR"


def _flows(act: ActFacts, *, parts: bool = True) -> set[tuple[str | None, str | None, int]]:
    names = {o.id: o.name for o in act.organisations}
    return {
        (names.get(f.funder or ""), names.get(f.beneficiary or ""), int(f.amount or 0))
        for f in act.fundings
        if f.status == "awarded" and (parts or f.part_of is None)
    }


@pytest.mark.parametrize(
    "beside",
    [
        "Le plan de financement de la boutique est le suivant :\n\nTravaux : 31 000 € ; Région : 9 000 € ; Fondation "
        "Tissage : 6 500 € ; Ville de Montclair : 7 500 € ; emprunt : 5 000 € ; fonds propres : 3 000 €.",
        "Produits : CAF 26 500 €, Ville de Montclair 26 500 €.",
        "La convention prévoit aussi un partenariat avec la régie Orbe Mobilités, laquelle prendra en charge les "
        "navettes pour un coût de 9 300 €.",
        "Par délibération du 8 février 2023, le Conseil a approuvé une convention avec l'association Le Fil. Celle-ci "
        "fixe la subvention de fonctionnement à 13 000 € par an.",
        "Sa subvention, de 9 000 € à l'origine, a progressivement été portée à 11 000 € en 2016, puis à 12 500 € en "
        "2021.",
        "La contribution de la Ville pour cet exercice sera ainsi portée à 16 200 €.",
        "Une première convention a été signée en 2004, pour une aide de 2 000 € ; la Fondation Tissage, qui apportait "
        "chaque année 1 800 €, se retire.",
        "Le Département continue pour sa part de financer l'accompagnement à hauteur de 1 100 € par poste.",
        "Le groupe d'opposition propose de réduire cette subvention de 2 000 € au profit de la bibliothèque du Val.",
        "Un membre a proposé par amendement de majorer de 1 500 € l'aide au Foyer rural du Val.",
        "La dépense totale, soit 61 000 € en 2023, a été couverte de la manière suivante :\n\n- participation des "
        "familles : 18 000 €\n- prestation de service de la CAF : 27 000 €\n- bonus territoire : 16 000 €",
        "Le plan de financement est le suivant :\n\nDépenses (TTC) : Fourniture et pose 31 200 € ; Contrôle technique "
        "800 € ; Total 32 000 €",
        "Il est décidé de retirer l'aide de 6 000 € accordée à l'association Cap Sud.",
        "Le produit de la taxe de séjour, reversé par la Ville à l'office, est attendu à hauteur de 7 100 €.",
        "Considérant que la subvention de la Ville à cette association s'élevait à 14 300 € en 2023 ;",
        "L'aide est fixée à 25 % du prix, dans la limite de 400 € pour un vélo et de 800 € pour un vélo cargo.",
        "La Ville lui a apporté un concours, auquel s'ajoutait une aide exceptionnelle de 1 200 €.",
        "Sur la période 2019-2023, le bilan est bon. Sur cette même période, la Ville a versé 94 000 € à Cap Sud.",
        "L'association Le Fil a employé en 2023 une coordinatrice, grâce à une aide de 10 000 € de la Ville.",
        "Un élève coûte 642 € à la Ville, à hauteur de 642 € par élève, soit 29 532 € pour 46 élèves.",
    ],
)
def test_what_is_told_beside_is_no_grant(act: Act, beside: str) -> None:
    grant = "- d'attribuer à l'association Le Fil une subvention de 4 500 € ;"
    body = f"L'association Le Fil anime un atelier de couture.\n\n{beside}"
    assert _flows(act(grant, title="Atelier de couture – Subvention", body=body)) == {(CITY, "Le Fil", 4500)}


@pytest.mark.parametrize(
    ("decision", "flows"),
    [
        (
            "- d'accorder les subventions suivantes :\n    * 46.000 € à l'association Le Fil, pour ses ateliers ;\n"
            "    * 18.500 € à l'association Cap Sud, pour sa formation ;",
            {("Le Fil", 46000), ("Cap Sud", 18500)},
        ),
        (
            "- d'attribuer les subventions suivantes : 62 000 € à l'association Le Fil, 44 000 € à Cap Sud et 36 500 € "
            "à Bois et Compagnie ;",
            {("Le Fil", 62000), ("Cap Sud", 44000), ("Bois et Compagnie", 36500)},
        ),
        (
            "- d'allouer à l'Entente Athlétique 14 200 €, au Football Club du Val 24 000 € et à l'Étoile Gymnique "
            "11 900 € ;",
            {("Entente Athlétique", 14200), ("Football Club du Val", 24000), ("Étoile Gymnique", 11900)},
        ),
        (
            "- d'attribuer à l'association Le Fil une subvention de fonctionnement de 11 000 € et une compensation "
            "tarifaire de 9 300 € ;",
            {("Le Fil", 11000), ("Le Fil", 9300)},
        ),
        (
            "- d'allouer une subvention de 900 € à chacune des trois équipes suivantes, au titre des résidences de "
            "territoire : Le Bruit des Herbes, Les Cordes Vives, Lignes de Faille ;",
            {("Le Bruit des Herbes", 900), ("Les Cordes Vives", 900), ("Lignes de Faille", 900)},
        ),
        (
            "- d'approuver la convention 2025-2027 avec l'association Le Fil, et de lui attribuer à ce titre une "
            "subvention de 12 000 € pour 2025, de 12 400 € pour 2026 et de 12 600 € pour 2027 ;",
            {("Le Fil", 12000), ("Le Fil", 12400), ("Le Fil", 12600)},
        ),
        (
            "- d'accorder à la coopérative scolaire de l'école Jean-Macé une subvention de 2 300 € et décide de ne pas "
            "donner suite à la demande du Foyer rural du Val ;",
            {("coopérative scolaire de l'école Jean-Macé", 2300)},
        ),
        (
            "- d'attribuer à l'association Le Fil 1 500 € pour son fonctionnement et 600 € pour son atelier, soit "
            "2 100 € au total ;",
            {("Le Fil", 1500), ("Le Fil", 600)},
        ),
    ],
)
def test_each_is_given_its_own(act: Act, decision: str, flows: set[tuple[str, int]]) -> None:
    facts = act(decision, title="Soutien aux associations", body="La Ville soutient la vie locale.")
    assert _flows(facts) == {(CITY, *flow) for flow in flows}


def test_what_is_paid_to_the_town_comes_from_the_other_party(act: Act) -> None:
    decision = (
        "- d'approuver la convention avec la Fondation Tissage, relative au versement à la Ville d'une participation "
        "de 30 000 € pour le dispositif « Un artiste en classe » ;"
    )
    facts = act(decision, title="Un artiste en classe – Convention", body="Le dispositif est reconduit.")
    assert _flows(facts) == {("Fondation Tissage", CITY, 30000)}


def test_half_of_a_grant_is_a_part_of_it_and_not_another_bodys(act: Act) -> None:
    body = (
        "L'association Le Fil doit engager 16 400 €. La Fondation Tissage l'a dotée de 2 000 €. Il est proposé de lui "
        "allouer une subvention de 4 500 €. Celle-ci sera versée à raison de la moitié à la signature, soit 2 250 €, "
        "le solde étant mandaté sur factures."
    )
    facts = act("- d'attribuer à l'association Le Fil une subvention de 4 500 € ;", title="Le Fil", body=body)
    assert _flows(facts, parts=False) == {(CITY, "Le Fil", 4500)}
    assert {receiver for _, receiver, _ in _flows(facts)} == {"Le Fil"}


def test_lui_is_whom_the_paragraph_is_about(act: Act) -> None:
    body = (
        "L'association Le Fil tient trois ateliers.\n\nL'ADIL 74-bis, association d'entraide, tient des permanences. "
        "La CAF y contribuant pour 14 100 €, il est proposé de lui allouer 3 800 €."
    )
    facts = act("- d'approuver les subventions proposées ci-dessus ;", title="Associations", body=body)
    assert _flows(facts) == {(CITY, "Agence départementale d'information sur le logement 74-bis", 3800)}


def test_a_noun_with_a_capital_is_the_one_body_of_that_name(act: Act) -> None:
    body = (
        "Le Conservatoire des prairies humides restaure les zones humides. Le Conservatoire s'engage à suivre douze "
        "sites.\n\nLa participation de la Ville s'élève à :\n– 3 400 € en 2024 ;\n– 3 800 € en 2025 ;"
    )
    decision = "- d'approuver la convention 2024-2025 avec le Conservatoire des prairies humides ;"
    facts = act(decision, title="Convention avec le Conservatoire des prairies humides", body=body)
    assert {o.name for o in facts.organisations} == {CITY, "Conservatoire des prairies humides"}
    assert {receiver for _, receiver, _ in _flows(facts)} == {"Conservatoire des prairies humides"}


def test_an_action_in_quotes_is_no_cost(act: Act) -> None:
    body = (
        "Il convient d'arrêter les participations de la Ville :\n\n- à l'association Le Fil, pour ses visites : "
        "9 600 € ;\n- à l'association Cap Sud, pour quinze ateliers « Mes factures sous contrôle » dans les "
        "quartiers : 7 800 €."
    )
    facts = act("- d'approuver les participations telles qu'exposées ci-dessus ;", title="Partenaires 2024", body=body)
    assert _flows(facts) == {(CITY, "Le Fil", 9600), (CITY, "Cap Sud", 7800)}


def test_what_the_decision_sets_otherwise_than_its_list(act: Act) -> None:
    body = "Il est proposé les subventions suivantes :\n\n- Amicale laïque : 450 €\n- Société de chasse du Val : 200 €"
    decision = "- d'attribuer les subventions ci-dessus, celle de la Société de chasse du Val étant fixée à 300 € ;"
    facts = act(decision, title="Subventions aux associations", body=body)
    assert _flows(facts) == {(CITY, "Amicale laïque", 450), (CITY, "Société de chasse du Val", 300)}


def test_the_first_and_the_second_of_two_sentences(act: Act) -> None:
    body = (
        "La commune de Varzelles réhabilite son stade. La commune de Lanselles refait sa piste. Il est proposé "
        "d'accorder 9 600 € à la première et 4 100 € à la seconde."
    )
    facts = act("- d'approuver les aides proposées ci-dessus ;", title="Équipements sportifs", body=body)
    assert _flows(facts) == {(CITY, "Ville de Varzelles", 9600), (CITY, "Ville de Lanselles", 4100)}


def test_fonds_de_concours_of_a_list_are_such(act: Act) -> None:
    decision = (
        "- ACCORDE les fonds de concours suivants :\n. à la commune de Bréville, 19 280,00 € pour la chaufferie ;\n"
        ". à la commune de Lanselles, 42 000,00 € pour la salle des fêtes ;"
    )
    facts = act(decision, title="Fonds de concours aux communes", body="Le pacte a créé une enveloppe.")
    assert {f.kind for f in facts.fundings} == {"matchingFund"}


@pytest.mark.parametrize(
    "told",
    [
        "S'y ajoute une aide de 1 000 € pour l'aménagement du local du passage Brossolette.",
        "Le CIAS verse par ailleurs 3 100 € au service de portage de repas, et la mutuelle Acorélis soutient la fête.",
    ],
)
def test_streets_and_other_bodies_are_given_nothing(act: Act, told: str) -> None:
    decision = (
        "- d'approuver la convention avec l'association Le Fil et de lui verser une subvention de 4 500 €, ainsi "
        "qu'une subvention d'investissement de 1 000 € ;"
    )
    flows = _flows(act(decision, title="Le Fil", body=f"L'association Le Fil anime un atelier. {told}"))
    assert flows == {(CITY, "Le Fil", 4500), (CITY, "Le Fil", 1000)}


def test_equal_payments_are_of_the_grant_that_they_come_to(act: Act) -> None:
    body = "Il est proposé :\n\n- association La Mauve : 9 600 €\n- association Le Fil : 3 200 €"
    decision = (
        "- d'attribuer les subventions ci-dessus ;\n- dit que la subvention de l'épicerie sera versée en trois "
        "acomptes, de 3 200 € chacun, en mars, juillet et novembre ;"
    )
    facts = act(decision, title="Subventions aux associations", body=body)
    assert _flows(facts, parts=False) == {(CITY, "La Mauve", 9600), (CITY, "Le Fil", 3200)}
    names = {o.id: o.name for o in facts.organisations}
    assert [names.get(f.beneficiary or "") for f in facts.fundings if f.part_of] == ["La Mauve"]


def test_the_sum_that_a_complement_comes_to_is_not_granted_again(act: Act) -> None:
    decision = (
        "- d'accorder à l'association Le Fil une subvention complémentaire de 4 000 € pour l'exercice, la portant "
        "ainsi à 12 000 € ;"
    )
    assert _flows(act(decision, title="Atelier de couture – Subvention")) == {(CITY, "Le Fil", 4000)}


def test_operations_that_a_body_carries_are_not_what_it_is_given(act: Act) -> None:
    body = (
        "Les opérations sont retracées dans le tableau suivant :\n\nOpération\tMaître d'ouvrage\tCoût\tEnveloppe\n"
        "Système d'alerte\tSyndicat mixte du Val\t124 000\t62 000\n"
        "Repères de crue\tSyndicat mixte du Val\t31 500\t15 750"
    )
    decision = "- d'approuver le versement au Syndicat mixte du Val d'une participation de 96 400 € pour 2024 ;"
    assert _flows(act(decision, title="Prévention des inondations", body=body)) == {
        (CITY, "Syndicat mixte du Val", 96400)
    }


def test_the_years_of_a_grant_stay_granted_beside_another_one_of_the_same_body(act: Act) -> None:
    body = (
        "La convention avec l'association Le Fil est renouvelée pour les années 2025 et 2026. "
        "L'engagement financier de la Ville est le suivant :\n\n- 2025 : 315 000 € ;\n- 2026 : 320 000 €."
    )
    decision = (
        "- d'approuver la convention avec l'association Le Fil et la subvention qu'elle prévoit ;\n\n"
        "- de verser à l'association Le Fil une aide à la résidence d'artistes de 12 000 € ;"
    )
    granted = _flows(act(decision, title="Le Fil – Convention pluriannuelle d'objectifs", body=body))
    assert granted == {(CITY, "Le Fil", 315000), (CITY, "Le Fil", 320000), (CITY, "Le Fil", 12000)}
