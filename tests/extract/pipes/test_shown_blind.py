"""Layouts and phrasings that blind sets 44 to 47 and -aq to -at showed, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from extract.header.bodies import read_body
from extract.segment.layout import Span
from extract.segment.lines import folded
from extract.segment.points import find_points
from tests.extract.pipes.test_made_tables import granted

Act = Callable[..., ActFacts]
ABOVE = "- d'attribuer les subventions mentionnées ci-dessus ;"


def _names(found: ActFacts) -> dict[str, tuple[str, ...]]:
    return {each.name: each.aliases for each in found.organisations}


def test_a_head_parted_by_slashes_parts_its_rows(act: Act) -> None:
    body = (
        "Les participations suivantes sont proposées en faveur des structures d'insertion :\n\n"
        "Structure / Territoire / Postes conventionnés / Participation 2023 / Participation 2024\n"
        "ACI Les Jardins du Val / Mirville / 14 / 23 800 € / 24 800 €\n"
        "Association Recyclerie des Hauts / Valbrune / 11 / - / 20 400 €"
    )
    assert sorted(granted(act(ABOVE, body=body)).values()) == [20400, 24800]


def test_the_column_that_the_decision_names_is_granted_though_others_pay(act: Act) -> None:
    body = (
        "Le comité de pilotage a retenu trois actions qui sollicitent un financement de la Ville :\n\n"
        "| Porteur | Action | Coût total | État | Ville |\n|---|---|---|---|---|\n"
        "| Les Jardins du Val | Potager | 7 400 € | 2 500 € | 2 200 € |\n"
        "| Stade athlétique | Courir ensemble | 6 150 € | 2 000 € | 1 800 € |\n"
    )
    decision = "- d'attribuer aux porteurs les subventions figurant dans la colonne « Ville » du tableau ci-dessus ;"
    assert granted(act(decision, body=body)) == {"Les Jardins du Val": 2200, "Stade athlétique": 1800}


def test_who_runs_a_structure_receives(act: Act) -> None:
    body = (
        "Le tableau ci-dessous récapitule les propositions de participation :\n\n"
        "| Structure | Gestionnaire | Budget | Bonus Caf | Participation de la Ville |\n|---|---|---|---|---|\n"
        "| Multi-accueil Les P'tits Loups | Familles rurales du Val | 212 000 € | 38 400 € | 61 500 € |\n"
        "| Accueil de loisirs | Foyer rural de Tranzac | 96 700 € | 14 250 € | 27 800 € |\n"
    )
    found = granted(act("- d'attribuer les participations du tableau ci-dessus ;", body=body))
    assert found == {"Familles rurales du Val": 61500, "Foyer rural de Tranzac": 27800}


def test_cards_of_communes(act: Act) -> None:
    card = "Commune : {}\nOpération : cour d'école\nCoût des travaux : {} €\nFonds de concours proposé : {} €\n\n"
    body = "Deux dossiers complets ont été reçus :\n\n" + card.format("Pechbrun", "148 200", "44 460")
    body += card.format("Castelrou", "61 000", "18 300")
    decision = "- d'attribuer aux communes de Pechbrun et Castelrou les fonds de concours mentionnés ci-dessus ;"
    found = act(decision, title="Cours d'école", body=body)
    assert sorted(f.amount for f in found.fundings if f.status == "awarded" and f.beneficiary) == [18300, 44460]


def test_operations_told_by_place_and_bearer_go_to_whom_the_decision_names(act: Act) -> None:
    body = (
        "Deux opérations répondent aux critères :\n\n"
        "1) Marquise, rue Jules-Guesde – Foyers du Val : construction de 22 logements. Aide de la Ville : 90 000 €.\n\n"
        "2) Hénincourt, ancien site – Habitat du Nord : construction de 10 logements. Aide de la Ville : 60 000 €.\n"
    )
    decision = "- d'accorder les aides ci-dessus à Foyers du Val et à Habitat du Nord ;"
    found = granted(act(decision, title="Aides au logement social", body=body))
    assert found == {"Foyers du Val": 90000, "Habitat du Nord": 60000}


@pytest.mark.parametrize(
    "told",
    [
        "En 2022, la Ville a versé 9 000 € à l'association Horizon.",
        "La Ville a versé 9 000 € à l'association Horizon en 2022.",
        "L'association Horizon reçoit une subvention (9 000 € en 2022).",
    ],
)
def test_what_was_paid_in_a_year_that_is_over_is_not_granted(act: Act, told: str) -> None:
    decision = "- d'attribuer à l'association Horizon une subvention de 9 500 € pour 2023 ;"
    assert granted(act(decision, title="Horizon - Subvention", body=told)) == {"Horizon": 9500}


def test_a_star_marks_an_item_of_a_list(act: Act) -> None:
    body = (
        "Il est proposé de tenir compte du nombre d'élèves accueillis et de verser en 2023 :\n\n"
        "* à l'Union musicale de Verdel, 850 € (17 élèves) ;\n* à l'Harmonie de Noizeaux, 550 € (11 élèves)."
    )
    found = granted(act("- d'approuver le versement des subventions aux deux associations ci-dessus ;", body=body))
    assert found == {"Union musicale de Verdel": 850, "Harmonie de Noizeaux": 550}


def test_a_total_that_soit_opens_names_nobody(act: Act) -> None:
    body = (
        "Monsieur le Maire propose de retenir les subventions suivantes :\n\n"
        "    Comité des fêtes de Val ............. 1 800 €\n    Ski-club du Clot ............. 2 500 €\n"
        "    Soit un total de                      4 300 €\n"
    )
    assert granted(act(ABOVE, body=body)) == {"Comité des fêtes de Val": 1800, "Ski-club du Clot": 2500}


def test_the_year_of_a_report_above_a_list_is_not_that_of_the_list(act: Act) -> None:
    body = (
        "Considérant que l'association La Fruitière n'a pas encore fourni son bilan 2022 ;\n\n"
        "Monsieur le Maire propose de retenir les montants suivants :\n\n"
        "- Comité des fêtes de Val : 1 800 € ;\n- Ski-club du Clot : 2 500 €."
    )
    found = act(ABOVE, title="Subventions aux associations - Année 2023", body=body)
    assert {f.start_year for f in found.fundings if f.status == "awarded"} == {2023}


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("la société de pêche La Gaule du Val", "La Gaule du Val"),
        ("l'épicerie sociale et solidaire Le Panier d'Augustine", "Le Panier d'Augustine"),
    ],
)
def test_the_own_name_behind_what_a_body_is_is_a_name_of_it(act: Act, written: str, own: str) -> None:
    names = _names(act(f"- d'attribuer à {written} une subvention de 900 € ;"))
    assert any(own in aliases or own == name for name, aliases in names.items())


def test_where_a_house_stands_is_no_part_of_its_name(act: Act) -> None:
    body = (
        "Il est proposé d'allouer aux collèges une dotation complémentaire de fonctionnement :\n\n"
        "- collège Pierre-Fabre à Castérac : 14 300 € ;\n- collège Germaine-Tillion à Monpazier : 11 200 €."
    )
    found = granted(act("- d'attribuer les dotations ci-dessus ;", title="Dotations aux collèges", body=body))
    assert {name.lower() for name in found} == {"collège pierre-fabre", "collège germaine-tillion"}


def test_a_region_is_named_by_its_assembly_too(act: Act) -> None:
    names = _names(act("- de solliciter de la Région Bretagne une subvention de 9 000 € ;"))
    assert "Conseil régional Bretagne" in names["Région Bretagne"]


def test_no_body_pays_dues_to_a_town(act: Act) -> None:
    found = act(
        "- d'approuver la contribution statutaire 2023 de 12 950 € ;",
        title="Adhésion au Syndicat mixte Numérique du Val - Contribution 2023",
        body="Le Président indique que la contribution statutaire au Syndicat mixte Numérique du Val, "
        "fixée à 1,85 € par habitant, représentera 12 950 € en 2023.",
    )
    told = [f for f in found.fundings if f.amount == 12950 and f.status == "awarded"]
    assert told
    assert all(f.beneficiary != found.organisations[0].id for f in told)


def test_a_name_that_stands_before_its_kind_on_one_line_is_the_authority() -> None:
    text = "GRAND VAL D'ORGE COMMUNAUTÉ D'AGGLOMÉRATION\nConseil communautaire du mercredi 28 mai 2025\n"
    _, authority = read_body(text, folded(text), Span(0, len(text)), ())
    assert authority is not None
    assert authority.value == "GRAND VAL D'ORGE"


def test_minutes_may_number_their_points_by_year_and_rank() -> None:
    text = "COMPTE RENDU\n\n" + "".join(
        f"25/00{n} – Subvention au club {n}\n\nIl est proposé 400 €.\n\nAdopté à l'unanimité.\n\n" for n in (1, 2, 3)
    )
    points = find_points(text, folded(text), Span(0, len(text)))
    assert points is not None
    assert len(points.sections) == 3
