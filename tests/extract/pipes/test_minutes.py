"""Money and organisations as minutes tell them: in two words, in plans without lines, to nobody in particular."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading

Decide = Callable[..., Reading]


def told(reading: Reading) -> list[tuple[str, float, str | None, str | None]]:
    """Status, sum, funder and beneficiary of each funding, in the order of the sums."""

    def row(draft: Draft) -> tuple[str, float, str | None, str | None]:
        payer, receiver = draft.funder, draft.beneficiary
        return draft.status, float(draft.value or 0), payer and payer.name, receiver and receiver.name

    return sorted((row(d) for d in reading.fundings), key=lambda r: r[1])


def organisations(reading: Reading) -> dict[str, list[str]]:
    return {o.name: list(o.names.values()) for o in reading.organisations.entries}


TITLE = "Subvention pour l'ASV (Association Sport et Vie)"


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("Adoption à 0 contre, 0 abstention, 11 voix pour.", "awarded"),
        ("Le conseil accepte.", "awarded"),
        ("Le point est reporté à la prochaine séance.", "requested"),
        ("La commission en reparlera.", "requested"),
    ],
)
def test_the_only_request_of_an_act_is_granted_where_it_is_adopted(decide: Decide, ending: str, status: str) -> None:
    reading = decide(f"L'ASV a fait une demande de subvention de 500 €.\n{ending}", title=TITLE)
    assert [(r[0], r[1], r[3]) for r in told(reading)] == [(status, 500, "Association Sport et Vie")]


def test_a_sigle_before_its_long_form_is_one_organisation_under_all_its_names(decide: Decide) -> None:
    names = organisations(decide("de verser 500 € à l'ASV (Association Sport et Vie) ;"))
    assert {"ASV", "ASV (Association Sport et Vie)"} <= set(names["Association Sport et Vie"])


PLAN = (
    "Il est proposé de solliciter les aides selon le plan de financement suivant : DÉPENSES Montant HT RESSOURCES % "
    "Travaux 163 000 € | ADEME (Travaux) 130 400 € 80 % Auto financement/ Fonds 32 600 € 20 % TOTAL 163 000 €"
)


def test_a_plan_that_lost_its_lines_keeps_its_funders(decide: Decide) -> None:
    point = "d'approuver ce plan et d'autoriser les demandes de subventions auprès des financeurs ;"
    found = told(decide(point, body=PLAN))
    town, ademe = "Ville de Montclair", "Agence de la transition écologique"
    assert ("requested", 130400, ademe, town) in found
    assert ("budgeted", 32600, town, town) in found
    assert all(status != "awarded" for status, *_ in found)


def test_a_sum_for_persons_who_are_not_named_has_no_beneficiary(decide: Decide) -> None:
    point = "d'accorder une subvention de 750 € à un propriétaire de Sorbiers pour abonder les aides de l'Anah ;"
    assert told(decide(point)) == [("awarded", 750, "Ville de Montclair", None)]


def test_a_sum_that_another_act_decided_is_no_grant_of_this_one(decide: Decide) -> None:
    body = (
        "La Ville participe au projet de l'association Passerelle au travers d'une subvention de 1 500 € attribuée par "
        "délibération n° 2012/088 en date du 2 avril 2012."
    )
    assert told(decide("d'approuver la convention avec l'association Passerelle ;", body=body)) == []


def test_sums_with_their_sign_move_inside_a_budget(decide: Decide) -> None:
    point = "d'ajuster les dotations, soit – 1 697 €, et l'article 2132 : +20 000 € vu le prix du bois ;"
    assert told(decide(point, title="Décision modificative n° 1")) == []


def test_lines_of_the_budget_are_the_authority_s_own(decide: Decide) -> None:
    point = (
        "d'ouvrir les crédits d'investissement suivants avant le vote du budget :\n- Voirie 45 000 €\n- Halle 9 000 €"
    )
    found = told(decide(point, title="Ouverture de crédits d'investissement"))
    assert {(status, value, payer, receiver) for status, value, payer, receiver in found} == {
        ("budgeted", 9000, "Ville de Montclair", None),
        ("budgeted", 45000, "Ville de Montclair", None),
    }


def test_a_list_of_what_was_given_before_names_associations_and_grants_nothing(decide: Decide) -> None:
    body = "Rappel des subventions 2022, on a donné 620 € :\nAmicale sportive 220 €\nCyclo club 400 €\n"
    reading = decide("d'en débattre au printemps ;", title="Subventions aux associations", body=body)
    assert not [r for r in told(reading) if r[0] == "awarded"]
    assert {"Amicale sportive", "Cyclo club"} <= set(organisations(reading))


def test_a_declared_name_is_that_of_its_shorter_form(decide: Decide) -> None:
    body = "Cette association a vu le jour au printemps sous le nom de Jeunes Toits en Bocage Ornais."
    names = organisations(decide("de verser 900 € à l'association Jeunes Toits en Bocage ;", body=body))
    assert "Jeunes Toits en Bocage" in names["Jeunes Toits en Bocage Ornais"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Une subvention peut être demandée au département pour ces travaux.", "Département"),
        ("Le Maire demandera à la Communauté de Communes son avis.", "Communauté de Communes"),
        ("Une part de la taxe est reversée à la CCVL.", "CCVL"),
    ],
)
def test_a_territory_may_be_named_by_its_kind_alone(decide: Decide, text: str, name: str) -> None:
    kinds = {o.name: o.kind for o in decide("d'en prendre acte ;", body=text).organisations.entries}
    assert kinds.get(name) == "local_authority"


def test_the_land_is_no_authority(decide: Decide) -> None:
    reading = decide("d'en prendre acte ;", body="Les communes du département connaissent une sécheresse.")
    assert "Département" not in organisations(reading)


def test_the_initials_of_an_authority_whose_name_has_brackets(decide: Decide) -> None:
    name = "Pôle d'équilibre territorial et rural (PETR) du Haut-Vésinois"
    reading = decide("d'attribuer une subvention de 500 € à l'association Horizon ;", authority=name)
    assert told(reading) == [("awarded", 500.0, reading.authority.name, "Horizon")]
