"""Whom a sum goes to where a pronoun, a place, a fund or a duty might be taken for its receiver; parts told twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.minutes import Minutes, granted

Act = Callable[..., ActFacts]


def parts(act: ActFacts) -> list[int]:
    return sorted(int(f.amount or 0) for f in act.fundings if f.status == "awarded" and f.part_of is not None)


def test_who_keeps_a_fund_is_not_given_what_feeds_it(act: Act) -> None:
    told = (
        "- fixe à 90 000 € la contribution de la Ville au Fonds de solidarité pour le logement géré par la CAF du Val ;"
    )
    assert granted(act(told, title="Logement")) == {}


@pytest.mark.parametrize(
    "told",
    [
        "- accorde 3 000 € à chacun des deux couples concernés, domiciliés au bourg et à la Sablière ;",
        "- l'aide de 3 000 € est accordée à deux exploitants installés cette année, l'un à Colombe, l'autre à Mirval ;",
    ],
)
def test_where_persons_live_receives_nothing(act: Act, told: str) -> None:
    assert set(granted(act(told, title="Aide à l'installation"))) <= {"", None}


def test_this_association_is_the_one_its_sentence_names(act: Act) -> None:
    body = "L'association Mots d'Ambre a tenu 23 ateliers.\n\nL'épicerie solidaire Le Panier Vert demande une avance."
    grant = "- de prendre en charge les ateliers de Mots d'Ambre en versant à cette association la somme de 1 150 € ;"
    assert granted(act(grant, title="Solidarité", body=body)) == {"Mots d'Ambre": 1150}


def test_whom_a_pronoun_meant_the_decision_tells(act: Act) -> None:
    body = (
        "Le projet du centre a reçu l'agrément de la CAF du Val. L'association a demandé 78 000 €. Il est proposé de "
        "lui accorder une subvention de 72 000 €."
    )
    grants = "- d'attribuer 72 000 € au Centre social La Galerne ;\n- de solliciter la CAF du Val pour ses travaux ;"
    assert granted(act(grants, title="Conventions", body=body)) == {"Centre social La Galerne": 72000}


def test_what_comes_on_top_goes_to_the_same(minutes: Minutes) -> None:
    act = minutes(
        "Centre social La Galerne\n\nIl est proposé d'allouer 98 000 € à l'association La Galerne des Monts, à "
        "laquelle s'ajoutent 6 500 € pour l'été. Adopté à l'unanimité.\n"
    )
    names = {o.id: o.name for o in act.organisations}
    told = {int(f.amount or 0): names.get(f.beneficiary or "") for f in act.fundings if f.status == "awarded"}
    assert told == {98000: "La Galerne des Monts", 6500: "La Galerne des Monts"}


@pytest.mark.parametrize(
    "told",
    [
        "Une participation de 12 € est demandée aux accompagnants.",
        "Le conseil fixe la participation des accompagnants à 12 €.",
        "Une somme de 900 € est prévue pour la sortie des aînés, organisée par le service.",
        "L'association Lire à Brize souhaite une subvention de 250 € pour son bus.",
    ],
)
def test_what_persons_pay_or_the_body_spends_is_given_to_nobody(act: Act, told: str) -> None:
    found = act("- d'attribuer 500 € à l'association Le Fil ;", title="Aînés", body=f"Le Fil tient un atelier. {told}")
    assert granted(found) == {"Le Fil": 500}


def test_what_a_grant_is_paid_from_is_no_part_of_it(act: Act) -> None:
    body = "La subvention s'élève à 115 000 €, dont 25 000 € sur les fonds propres de la Ville."
    assert parts(act("- d'attribuer à l'association Le Fil 115 000 € ;", title="Le Fil", body=body)) == []


def test_parts_told_by_the_report_and_by_the_payment_are_told_once(act: Act) -> None:
    body = (
        "Il est proposé d'attribuer à l'association Le Fil une subvention de 8 000 € se décomposant comme suit :\n"
        "- 7 000 € au titre du fonctionnement ;\n- 1 000 € au titre de l'acquisition du véhicule.\n\nLa somme de "
        "7 000 € sera mandatée après signature et celle de 1 000 € sur présentation de la carte grise."
    )
    assert parts(act("- ATTRIBUE à l'association Le Fil une subvention de 8 000 €.", title="Le Fil", body=body)) == [
        1000,
        7000,
    ]


def test_dues_by_the_title_of_their_act(minutes: Minutes) -> None:
    act = minutes(
        "Adhésions 2019\n\nLe conseil renouvelle l'adhésion à Territoires Unis (1 312 €) et au CAUE (450 €).\n"
    )
    assert {f.kind for f in act.fundings if f.status == "awarded"} == {"membership"}


def test_a_cell_that_fills_its_column_is_cut_where_the_next_begins(act: Act) -> None:
    rows = (
        "Organisme                  Objet                        Montant\n"
        "Garage du Val              Auto-école sociale           48 000 €\n"
        "Relais des Vallées         Suivi de 80 allocataires RSA 62 500 €\n"
        "Chantier des Hautes-Combes Encadrement                  27 300 €\n"
    )
    found = act(f"- d'attribuer les subventions suivantes :\n\n{rows}", title="Insertion")
    assert granted(found) == {"Garage du Val": 48000, "Relais des Vallées": 62500, "Chantier des Hautes-Combes": 27300}


def test_whom_a_sum_is_paid_to_receives_it_whoever_it_is_for(minutes: Minutes) -> None:
    act = minutes(
        "Séjour\n\nLe foyer socio-éducatif du collège Jean-Zay organise un séjour à Berlin. Le conseil décide "
        "d'allouer 50 € par élève, soit 450 € versés au foyer socio-éducatif.\n"
    )
    assert granted(act) == {"foyer socio-éducatif du collège Jean-Zay": 450}


def test_a_cooperative_of_the_school_is_that_of_the_school_just_named(act: Act) -> None:
    body = (
        "Il est proposé de verser :\n\n- Coopérative de l'école de Mirval : 624 €\n- Coopérative de l'école de Brize : "
        "852 €\n\nMirval part en classe verte."
    )
    found = act(
        "- ATTRIBUE les subventions énumérées ci-dessus ;\n- DÉCIDE de participer à la classe de l'école de Mirval à "
        "hauteur de 3 000 €, à verser à la coopérative de l'école ;",
        title="Coopératives scolaires",
        body=body,
    )
    names = {o.id: o.name for o in found.organisations}
    told = {int(f.amount or 0): names.get(f.beneficiary or "") for f in found.fundings if f.status == "awarded"}
    assert told.get(3000) == "Coopérative de l'école de Mirval"
