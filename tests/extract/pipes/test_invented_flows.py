"""Sums beside a grant that nobody is given: what a project costs, how revenue went, what others pay, a total."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from graph.mapping.context import PUBLISH_THRESHOLD

Act = Callable[..., ActFacts]
GRANT = "- d'attribuer à l'association Horizon une aide de 650 € ;"


def flows(facts: ActFacts) -> list[tuple[str, str, int]]:
    """Payer, receiver and sum of each award that is sure enough to be published."""
    told = {o.id: o.name for o in facts.organisations}
    return sorted(
        (told.get(f.funder or "", "?"), told.get(f.beneficiary or "", "?"), int(f.amount or 0))
        for f in facts.fundings
        if f.status == "awarded" and f.confidence >= PUBLISH_THRESHOLD
    )


@pytest.mark.parametrize(
    "told",
    [
        "La taxe de séjour, intégralement reversée au Judo Club Kodokan, est passée de 700 € à 900 €.",
        "Une aide de 650 € est apportée à l'association Horizon, logée grâce à un don du Département de 900 €.",
        "Le Judo Club Kodokan occupe un local, que la Ville louera 500 € par mois au lieu de 900 €.",
        "Le Maire rappelle que la Ville supporte une dépense de 50 € par enfant et verse au Judo Club Kodokan 900 €.",
        "Le Judo Club Kodokan a perçu de la Ville 900 € en 2022 puis 800 € en 2023.",
        "Le budget du Judo Club Kodokan est le suivant :\n\n- fonds propres : 500 € ;\n"
        "- subvention de la Ville, accordée par le Conseil municipal du 14 mars 2023 : 900 € ;",
        "Le Judo Club Kodokan projette l'achat de tatamis (coût : 900 € HT). La commission est favorable.",
    ],
)
def test_a_cost_or_what_others_pay_is_no_grant(act: Act, told: str) -> None:
    assert flows(act(GRANT, body=f"Plusieurs dossiers ont été examinés.\n\n{told}")) == [
        ("VILLE DE MONTCLAIR", "Horizon", 650)
    ]


def test_the_budget_of_a_project_is_no_grant_of_a_list(act: Act) -> None:
    body = (
        "Le jury propose de retenir les projets suivants :\n\n"
        "1. Le Judo Club Kodokan, pour ses stages. Budget : 2 300 €, dont 500 € de la CAF. Aide proposée : 400 €.\n\n"
        "2. L'association Horizon achète un four (coût : 1 900 € HT). Aide proposée : 650 €."
    )
    listed = "- d'attribuer les aides suivantes :\n  - 400 € au Judo Club Kodokan,\n  - 650 € à l'association Horizon ;"
    assert [row[1:] for row in flows(act(listed, body=body))] == [("Horizon", 650), ("Judo Club Kodokan", 400)]


def test_a_sum_that_the_decision_shares_out_is_told_once(act: Act) -> None:
    body = "Il est proposé d'apporter une aide de 900 €, répartie entre le Judo Club Kodokan et l'association Horizon."
    facts = act("- d'accorder une aide de 500 € au Judo Club Kodokan et de 400 € à l'association Horizon ;", body=body)
    assert [row[1:] for row in flows(facts)] == [("Horizon", 400), ("Judo Club Kodokan", 500)]


def test_what_a_body_is_in_law_is_no_body(act: Act) -> None:
    body = "L'Office de tourisme du Val est un établissement public industriel et commercial (EPIC)."
    facts = act("- d'attribuer à l'Office de tourisme du Val une aide de 650 € ;", body=body)
    assert [o.name for o in facts.organisations if "industriel" in o.name] == []


def test_what_a_body_wished_for_in_vain_is_no_grant(act: Act) -> None:
    told = "Le Judo Club Kodokan, qui souhaitait un apport de 900 €, est invité à revoir son projet pour 2025."
    assert [row[1:] for row in flows(act(GRANT, body=told))] == [("Horizon", 650)]


def test_each_of_those_whom_a_request_lists_is_asked(act: Act) -> None:
    points = "- de solliciter l'État (Fonds vert) à hauteur de 900 € et la Région, par un fonds de concours de 300 € ;"
    facts = act(points, title="Plan de financement")
    assert {(f.status, int(f.amount or 0)) for f in facts.fundings} == {("requested", 900), ("requested", 300)}


@pytest.mark.parametrize(
    "point",
    [
        "- d'accorder une aide de 500 € au Judo Club Kodokan (judo) et de 400 € à l'association Horizon ;",
        "- de verser : 500 € au Judo Club Kodokan, 400 € à l'association Horizon ;",
    ],
)
def test_a_series_of_sums_goes_to_those_behind_them(act: Act, point: str) -> None:
    assert [row[1:] for row in flows(act(point))] == [("Horizon", 400), ("Judo Club Kodokan", 500)]


def test_a_contribution_that_is_owed_is_no_grant(act: Act) -> None:
    facts = act("- d'acquitter la contribution 2024 au groupement « Bien vivre », soit 650 € ;", title="Groupement")
    assert [f.kind for f in facts.fundings if f.status == "awarded"] == ["membership"]


def test_a_request_put_off_leaves_the_others(act: Act) -> None:
    body = "La commission propose :\n\nJudo Club ......... 500 €\nCap Sud ......... 300 €\n\nHorizon est à revoir."
    point = "- d'accorder les subventions énumérées ci-dessus, sauf celle de Horizon dont l'examen est reporté ;"
    assert [row[1:] for row in flows(act(point, body=body))] == [("Cap Sud", 300), ("Judo Club", 500)]


def test_a_body_called_by_its_kind_is_the_one_whose_name_begins_so(act: Act) -> None:
    body = (
        "Le Judo Club Kodokan anime le centre. La Pépinière Envol accompagne des projets. En contrepartie, la "
        "pépinière percevra une participation de 900 €, payable en deux termes."
    )
    point = "- d'approuver les conventions à passer avec le Judo Club Kodokan et avec la Pépinière Envol ;"
    assert [row[1:] for row in flows(act(point, title="Deux conventions", body=body))] == [("Pépinière Envol", 900)]


@pytest.mark.parametrize("thing", ["microscope à force atomique", "sculpture monumentale"])
def test_what_a_row_is_for_is_no_part_of_the_name(act: Act, thing: str) -> None:
    rows = f"  - Horizon – {thing} : 650 €\n  - Cap Sud – antenne de Brax : 300 € ;"
    points = f"- d'attribuer les subventions suivantes :\n{rows}"
    assert [row[1:] for row in flows(act(points))] == [("Cap Sud – antenne de Brax", 300), ("Horizon", 650)]


def test_the_first_and_the_second_are_those_of_the_item_before(act: Act) -> None:
    points = (
        "- d'approuver les conventions avec l'association Horizon et le Judo Club Kodokan ;\n\n"
        "- de fixer la participation de la Ville à 650 € pour la première et à 400 € pour le second ;"
    )
    assert [row[1:] for row in flows(act(points))] == [("Horizon", 650), ("Judo Club Kodokan", 400)]


def test_the_year_in_which_a_rule_was_adopted_is_no_year_of_a_table(act: Act) -> None:
    body = (
        "La commission a appliqué la grille adoptée en 2022. Elle soumet au Conseil les propositions ci-après :\n\n"
        "Bénéficiaire\tObjet\tDemandé\tProposé\nHorizon\tConcert\t900 €\t650 €\nCap Sud\tStage\t500 €\t300 €\n"
    )
    facts = act("- ATTRIBUE les subventions figurant dans la colonne « Proposé » ;", title="Culture", body=body)
    assert {f.start_year for f in facts.fundings if f.status == "awarded"} <= {None, 2024}


@pytest.mark.parametrize(
    ("told", "receivers"),
    [
        ("Il sollicitait 900 € ; la commission propose de ramener l'aide à 700 €.", ["Judo Club Kodokan"]),
        ("L'association Horizon le soutient ; la commission propose une aide de 700 €.", []),
    ],
)
def test_the_only_one_whom_a_paragraph_is_about_receives(act: Act, told: str, receivers: list[str]) -> None:
    body = f"Plusieurs dossiers ont été examinés.\n\nLe Judo Club Kodokan accueillera une manche. {told}"
    facts = act("- d'accorder les aides mentionnées ci-dessus ;", title="Manifestations", body=body)
    assert [row[1] for row in flows(facts) if row[1] == "Judo Club Kodokan"] == receivers
