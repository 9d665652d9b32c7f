"""What the build of a sentence tells, whatever the names are: who pays, who receives, and which sums are nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading
from graph.mapping.context import PUBLISH_THRESHOLD

Decide = Callable[..., Reading]
Act = Callable[..., ActFacts]
CITY = "Ville de Montclair"


def awarded(reading: Reading) -> list[tuple[str | None, str | None, int]]:
    """Payer, receiver and sum of each grant, in the order of the sums."""

    def row(draft: Draft) -> tuple[str | None, str | None, int]:
        payer, receiver = draft.funder, draft.beneficiary
        return payer and payer.name, receiver and receiver.name, int(draft.value or 0)

    grants = [d for d in reading.fundings if d.status == "awarded" and d.kind in ("subsidy", "contribution")]
    return sorted(map(row, grants), key=lambda r: r[2])


def published(facts: ActFacts) -> list[tuple[str, int]]:
    """Receiver and sum of each award that is sure enough to be published."""
    told = {o.id: o.name for o in facts.organisations}
    return sorted(
        (told.get(f.beneficiary or "", "?"), int(f.amount or 0))
        for f in facts.fundings
        if f.status == "awarded" and f.confidence >= PUBLISH_THRESHOLD
    )


@pytest.mark.parametrize(
    "point",
    [
        "d'attribuer, au titre de 2024, au Bagad Ar Mor une aide de 1 200 € ;",
        "de soutenir financièrement le Bagad Ar Mor en lui versant 1 200 € ;",
        "d'apporter son soutien au Bagad Ar Mor en lui versant une dotation de 1 200 € ;",
        "de participer pour 1 200 € aux frais de déplacement du Bagad Ar Mor ;",
        "de prendre en charge, à hauteur de 1 200 €, les frais d'assurance du Bagad Ar Mor ;",
        "de porter à 1 200 € la subvention versée au Bagad Ar Mor ;",
        "de fixer la dotation allouée au Bagad Ar Mor à 1 200 € pour 2024 ;",
        "de procéder au versement d'une subvention de 1 200 € au profit du Bagad Ar Mor ;",
    ],
)
def test_a_grant_in_many_words_goes_to_the_one_it_is_told_of(decide: Decide, point: str) -> None:
    assert awarded(decide(point, title="Subventions")) == [(CITY, "Bagad Ar Mor", 1200)]


@pytest.mark.parametrize(
    ("point", "payer"),
    [
        ("d'approuver la convention avec l'État, qui versera à la Ville une aide de 800 € ;", "État"),
        ("d'accepter la participation de la Fondation Kerval d'un montant de 800 € ;", "Fondation Kerval"),
        ("d'accepter la subvention de 800 € attribuée par la Fondation Kerval ;", "Fondation Kerval"),
    ],
)
def test_what_another_body_gives_the_authority_is_paid_by_it(decide: Decide, point: str, payer: str) -> None:
    assert awarded(decide(point, title="Participation financière")) == [(payer, CITY, 800)]


def test_each_of_a_list_gets_the_sum(decide: Decide) -> None:
    found = awarded(decide("d'attribuer aux associations Cap Sud, Horizon et Les Genêts d'Or, 500 € chacune ;"))
    assert sorted(str(receiver) for _, receiver, _ in found) == ["Cap Sud", "Horizon", "Les Genêts d'Or"]


def test_a_sum_that_a_list_shares_is_given_to_no_one_of_it(decide: Decide) -> None:
    found = awarded(decide("d'attribuer à l'association Cap Sud et à l'association Horizon une enveloppe de 900 € ;"))
    assert not {"Cap Sud", "Horizon"} & {receiver for _, receiver, _ in found}


@pytest.mark.parametrize(
    "point",
    [
        "de fixer à 900 € le plafond de l'aide par dossier ;",
        "de fixer à 900 € le tarif annuel de la salle ;",
        "d'approuver le marché de travaux conclu avec la société Batival pour 900 € HT ;",
        "de demander à la Fondation Kerval une participation de 900 € ;",
        "de verser à la société Batival la somme de 900 € au titre du marché n° 2024-07 ;",
    ],
)
def test_a_ceiling_a_price_and_a_request_are_no_grants(decide: Decide, point: str) -> None:
    assert awarded(decide(point, title="Vie locale")) == []


@pytest.mark.parametrize(
    ("title", "receiver"),
    [
        ("Soutien à l'Espérance valmorine", "Espérance valmorine"),
        ("Attribution d'une subvention au Judo Club Kodokan", "Judo Club Kodokan"),
        ("Convention avec le Judo Club Kodokan – aide financière", "Judo Club Kodokan"),
    ],
)
def test_the_title_alone_names_who_receives(act: Act, title: str, receiver: str) -> None:
    assert published(act("- d'approuver le versement d'une aide de 650 € pour 2024 ;", title=title)) == [
        (receiver, 650)
    ]


def test_a_title_that_names_nobody_gives_to_nobody(act: Act) -> None:
    facts = act("- de verser à cette association une aide de 650 € ;", title="Vie associative – subvention")
    assert [row for row in published(facts) if row[0] != "?"] == []


def test_who_is_meant_is_whom_the_expose_is_about(act: Act) -> None:
    body = "Le Bagad Ar Mor a fait parvenir son bilan. Le Centre social Horizon a retiré sa demande de 400 €."
    assert published(act("- de lui attribuer une aide de 650 € ;", title="Vie locale", body=body)) == [
        ("Bagad Ar Mor", 650)
    ]


def test_what_another_body_pays_somebody_else_is_not_the_authoritys(act: Act) -> None:
    body = "L'ARS versera 550 € au Judo Club Kodokan dans le cadre d'un autre dispositif."
    facts = act("- d'attribuer à l'association Horizon une aide de 650 € ;", body=body)
    assert published(facts) == [("Horizon", 650)]


def test_points_that_a_number_opens_end_the_name_above(act: Act) -> None:
    points = (
        "1 - APPROUVE l'attribution d'une aide de 700 € à l'association Horizon\n"
        "2 - APPROUVE l'attribution d'une aide de 300 € au Judo Club Kodokan\n3 - AUTORISE le Maire à signer"
    )
    assert published(act(points)) == [("Horizon", 700), ("Judo Club Kodokan", 300)]


def test_a_name_that_the_end_of_a_line_cuts_is_whole(act: Act) -> None:
    facts = act("- d'allouer à la SCIC Le Trans-\nformateur une subvention de 5 500 € ;")
    assert published(facts) == [("SCIC Le Transformateur", 5500)]


def test_rows_that_dashes_part_below_a_head_with_a_column_for_each_payer(act: Act) -> None:
    body = (
        "La programmation est la suivante :\n\nASSOCIATION - ACTION - PART VILLE (€) - PART ÉTAT (€)\n\n"
        "Cap Sud - Ateliers du soir - 4 500 - 6 000\nHorizon - Sorties - 2 000 - 2 500\n\nTOTAL - 6 500 - 8 500\n\n"
        "La commission est favorable."
    )
    assert published(act("- d'accorder les subventions figurant ci-dessus ;", body=body)) == [
        ("Cap Sud", 4500), ("Horizon", 2000)]  # fmt: skip


@pytest.mark.parametrize("dash", [" – ", " - "])
def test_what_a_row_is_for_is_no_part_of_its_name(act: Act, dash: str) -> None:
    rows = [("Horizon", "fonctionnement", "700 €"), ("Cap Sud", "tournoi", "300 €"), ("Judo Club", "Achat", "90 €")]
    listed = "\n".join(dash.join(row) for row in rows)
    facts = act(f"- d'attribuer les subventions suivantes :\n{listed}")
    assert published(facts) == [("Cap Sud", 300), ("Horizon", 700), ("Judo Club", 90)]


def test_who_bears_a_cost_is_told_no_grant(act: Act) -> None:
    body = (
        "Le coût de la construction du Campus se répartit comme suit :\n\n- État : 75 000 €\n- Région : 62 000 €\n"
        "- Ville de Montclair : 24 000 €\n\nLa commission est favorable."
    )
    facts = act("- de verser à l'Université de Valmore une subvention de 24 000 € ;", body=body)
    assert published(facts) == [("Université de Valmore", 24000)]


@pytest.mark.parametrize(
    "mark", ["Article 1er –", "ARTICLE PREMIER :", "Art. 1 :", "Article 1.", "1°)", "1 -", "Article I -"]
)
def test_what_an_article_tells_of_a_body_is_decided(act: Act, mark: str) -> None:
    told = f"{mark} Le Judo Club Kodokan bénéficie d'un soutien exceptionnel de 650 €, versé en une fois."
    assert published(act(told, title="Vie locale")) == [("Judo Club Kodokan", 650)]


def test_points_of_a_decision_are_no_rows_of_a_table(act: Act) -> None:
    articles = (
        "ARTICLE 1 – D'attribuer à l'association Horizon une subvention de 700 €\n"
        "ARTICLE 2 – D'accepter d'octroyer au Judo Club Kodokan une subvention de 300 €\n"
        "ARTICLE 3 – D'acquérir une parcelle au prix de 5 250 €"
    )
    assert published(act(articles)) == [("Horizon", 700), ("Judo Club Kodokan", 300)]


TAKEN_UP = "- d'accorder les aides mentionnées ci-dessus ;"


@pytest.mark.parametrize(
    ("told", "receiver"),
    [
        ("L'association Horizon, qui intervient dans les lycées du Val, percevra 650 €.", "Horizon"),
        ("Le Judo Club Kodokan (150 licenciés) recevra 650 €.", "Judo Club Kodokan"),
        ("Une aide de 650 € ira au Judo Club Kodokan.", "Judo Club Kodokan"),
        ("650 € seront versés à l'association Horizon pour ses ateliers.", "Horizon"),
        ("Pour la Fête du livre, le Judo Club Kodokan, club local, reçoit quant à lui 650 €.", "Judo Club Kodokan"),
        ("L'Amicale du Val aligne tous les ans trente chars : 650 € lui seront versés.", "Amicale du Val"),
        ("650 € iront au Foyer socio-éducatif du collège Anne-Frank.", "Foyer socio-éducatif du collège Anne-Frank"),
    ],
)  # fmt: skip
def test_what_the_expose_promises_and_the_decision_takes_up_is_a_grant(act: Act, told: str, receiver: str) -> None:
    assert published(act(TAKEN_UP, body=f"Plusieurs dossiers ont été examinés.\n\n{told}")) == [(receiver, 650)]


def test_money_that_is_consacre_to_somebody_is_read_and_left_to_review(act: Act) -> None:
    """It may be what the work for them costs: the reading is not sure enough to be published."""
    told = "Le Judo Club Kodokan réunit chaque année cent jeunes : 650 € lui seront consacrés."
    facts = act(TAKEN_UP, body=f"Plusieurs dossiers ont été examinés.\n\n{told}")
    assert [(f.status, f.amount, f.confidence < PUBLISH_THRESHOLD) for f in facts.fundings] == [("awarded", 650, True)]
    assert published(facts) == []


@pytest.mark.parametrize(
    "told",
    [
        "Le Judo Club Kodokan recevra 650 € du Département.",
        "Le Judo Club Kodokan, qui fêtera ses cent ans, percevra par ailleurs 650 € de la Région.",
        "Le groupe de travail propose de ramener le plafond à 650 €.",
    ],
)
def test_what_somebody_else_gives_is_no_grant_of_the_body_that_decides(decide: Decide, told: str) -> None:
    point = "d'accorder les aides mentionnées ci-dessus ;"
    ours = [row for row in awarded(decide(point, title="Subventions", body=told)) if row[0] == CITY]
    assert ours == []


def test_what_another_body_engages_to_pay_is_paid_by_it(act: Act) -> None:
    body = "La convention formalise l'engagement de l'ARS de participer au poste de coordination à raison de 650 €."
    facts = act("- d'approuver la convention avec l'ARS ;", title="Convention avec l'ARS", body=body)
    told = {o.id: o.name for o in facts.organisations}
    assert [told.get(f.funder or "") for f in facts.fundings if f.status == "awarded"] in (
        [],
        ["Agence régionale de santé"],
    )


def test_a_share_due_to_a_body_is_given_to_it(act: Act) -> None:
    facts = act("- de renouveler sa participation au RPI (650 €), due au Syndicat scolaire de la Brenne ;")
    assert [row for row in published(facts) if row[1] == 650] == [("Syndicat scolaire de la Brenne", 650)]


def test_what_another_body_notified_before_is_no_new_grant(act: Act) -> None:
    points = "Article 1 : la subvention de 650 € notifiée par la Région Val-de-Saône le 3 mai 2023 reste inchangée."
    assert published(act(points, title="Travaux du gymnase")) == []
