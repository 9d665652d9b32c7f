"""Rows that name no body, parts that a row tells, rows told at length: what blind sets 48 to 51, -au to -ax showed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts, FundingFact
from graph.mapping.context import PUBLISH_THRESHOLD
from tests.extract.pipes.minutes import Minutes
from tests.extract.pipes.test_made_tables import granted

Act = Callable[..., ActFacts]
ABOVE = "- d'attribuer les subventions mentionnées ci-dessus ;"


def _parts(found: ActFacts) -> dict[int, str | None]:
    """The sums that are parts, with who gets them."""
    names = {each.id: each.name for each in found.organisations}
    return {int(f.amount or 0): names.get(f.beneficiary or "") for f in found.fundings if f.part_of is not None}


def _awards(found: ActFacts) -> list[FundingFact]:
    return [f for f in found.fundings if f.status == "awarded" and f.confidence >= PUBLISH_THRESHOLD]


def test_rows_of_things_done_are_parts_of_the_one_grant(act: Act) -> None:
    body = (
        "La Ville s'engage à verser à l'association Loisirs du Val une participation de 186 000 €, ainsi répartie :\n\n"
        "- multi-accueil : 104 000 € ;\n- accueil périscolaire et mercredis : 67 500 € ;\n"
        "- actions de vie sociale (Nuit du jeu) : 14 500 €."
    )
    found = act("- d'allouer à l'association Loisirs du Val une participation de 186 000 € ;", body=body)
    assert _parts(found) == {104000: "Loisirs du Val", 67500: "Loisirs du Val", 14500: "Loisirs du Val"}
    assert [int(f.amount or 0) for f in _awards(found) if f.part_of is None] == [186000]


def test_what_costs_is_granted_to_nobody(act: Act) -> None:
    body = (
        "Le cabinet a estimé l'opération de la façon suivante :\n\n"
        "Travaux                          241 500,00 € HT\nMaîtrise d'œuvre (9 %)            21 735,00 € HT\n"
        "Diagnostics, contrôle technique    9 765,00 € HT\n\nIl est proposé de solliciter des subventions."
    )
    found = act("- de solliciter les subventions les plus élevées ;", body=body, title="Demandes de subventions")
    assert _awards(found) == []


def test_a_body_named_by_a_small_noun_is_a_body_all_the_same(act: Act) -> None:
    body = "La commission propose :\n\n- comité des fêtes : 900 €\n- amicale des pompiers : 450 €\n"
    assert sorted(granted(act(ABOVE, body=body)).values()) == [450, 900]


def test_a_list_with_the_body_itself_tells_who_pays(act: Act) -> None:
    body = (
        "Son budget s'élève à 86 000 €, réparti comme suit :\n\n"
        "Agence de l'eau Rhin-Meuse ................ 34 400 €\nMinistère de la culture ................ 20 000 €\n"
        "Ville de Montclair ................ 31 600 €\n"
    )
    found = act("- d'accorder à l'association Puits et Sources une participation de 31 600 € ;", body=body)
    assert granted(found) == {"Puits et Sources": 31600}


def test_files_of_persons_are_granted_to_persons_and_refusals_are_not(act: Act) -> None:
    body = (
        "La commission propose d'accorder les secours suivants :\n\n"
        "- dossier n° 112 : 180 € (facture d'électricité) ;\n- dossier n° 115 : 95,60 € (cantine) ;\n"
        "- dossier n° 116 : avance remboursable de 300 € ;\n- dossier n° 118 : refus (600 € demandés), hors barème."
    )
    awards = _awards(act("- d'accorder les aides individuelles proposées par la commission ;", body=body))
    assert sorted((str(f.amount), f.beneficiary, f.rule) for f in awards) == [
        ("180", None, "list_row/anonymous"),
        ("95.60", None, "list_row/anonymous"),
    ]


@pytest.mark.parametrize(
    "point",
    [
        "Commune de Sarrans : traverse, pour 121 000 € HT. DETR : 36 300 €. Fonds de concours proposé : 12 000 €.",
        "Commune de Sarrans : mise en accessibilité, 17 850 € HT. DETR 7 140 €. Fonds de concours proposé : 12 000 €.",
    ],
)
def test_of_several_sums_of_a_row_the_one_that_its_label_grants(act: Act, point: str) -> None:
    second = "Commune de Tourrens : chaudière, 14 200 € HT. Aucune autre aide. Fonds de concours proposé : 4 260 €."
    body = f"La commission propose de retenir les dossiers suivants :\n\n- {point}\n\n- {second}\n"
    decision = "- d'approuver l'attribution des fonds de concours aux communes pour les montants ci-dessus ;"
    assert sorted(granted(act(decision, body=body)).values()) == [4260, 12000]


def test_a_row_told_at_length_and_the_parts_it_goes_on_with(act: Act) -> None:
    long = (
        "pour des ateliers de langage en grande section de maternelle dans les écoles Jules-Ferry et des Vignes du Haut"
    )
    body = (
        "Trois partenaires interviennent auprès des enfants :\n\n"
        f"- L'association Coup de Pouce, {long} : 9 600 € pour l'année scolaire ;\n"
        "- Le centre social du Pré, pour « Parents en chemin » : 6 400 €, versés en deux fois, 4 000 € en juillet "
        "et 2 400 € en janvier ;\n"
        "- L'association Horizon : 4 800 €, dont 1 800 € pour une armoire froide ;\n"
        "- La société savante d'émulation : 500 €, demande ajournée dans l'attente de pièces."
    )
    found = act("- de verser à ces partenaires les participations indiquées ci-dessus ;", body=body)
    assert sorted(f.amount or 0 for f in _awards(found) if f.part_of is None) == [4800, 6400, 9600]
    assert sorted(_parts(found)) == [1800, 2400, 4000]


def test_rows_that_one_head_begins_are_several_bodies(act: Act) -> None:
    body = (
        "La répartition est la suivante, sur la base des effectifs de rentrée :\n\n"
        "École\tEffectif\tMontant\nCoopérative scolaire de l'école maternelle Les Coquelicots\t84\t1 008 €\n"
        "Coopérative scolaire de l'école élémentaire du Centre\t142\t1 704 €\nTotal\t226\t2 712 €\n"
    )
    found = granted(act("- d'attribuer aux coopératives scolaires les dotations du tableau ci-dessus ;", body=body))
    assert found == {
        "Coopérative scolaire de l'école maternelle Les Coquelicots": 1008,
        "Coopérative scolaire de l'école élémentaire du Centre": 1704,
    }


def test_semicolons_part_a_name_from_what_follows(act: Act) -> None:
    body = (
        "Bénéficiaire ; objet ; canton ; subvention\n"
        "Association Musiques en Bocage ; 14e festival ; Tinchebourg ; 18 000 €\n"
        "Théâtre de l'Écluse ; programmation jeune public ; Port-Maudry ; 42 000 €\n"
    )
    assert granted(act(ABOVE, body=body)) == {"Musiques en Bocage": 18000, "Théâtre de l'Écluse": 42000}


def test_where_a_body_stands_is_no_second_one(act: Act) -> None:
    found = act("- d'attribuer à l'association Textile et Lien, à Bressols-sur-Gers, une subvention de 55 000 € ;")
    assert granted(found) == {"Textile et Lien": 55000}


def test_which_part_is_paid_is_no_name(act: Act) -> None:
    found = act("- de verser à l'association Marnoy Initiatives de la seconde part de la subvention, soit 45 000 € ;")
    assert [each.name for each in found.organisations if "Marnoy" in each.name] == ["Marnoy Initiatives"]


def test_a_part_in_the_expose_is_as_sure_as_its_whole(act: Act) -> None:
    body = (
        "Il est proposé de soutenir l'association Horizon. L'aide de 12 000 € sera versée en deux fois : 9 000 € à la "
        "signature de la convention, puis 3 000 € sur présentation du bilan."
    )
    found = act("- d'attribuer à l'association Horizon une subvention de 12 000 € ;", body=body)
    whole = next(f for f in found.fundings if f.amount == 12000)
    parts = [f for f in found.fundings if f.part_of == whole.id]
    assert sorted(f.amount or 0 for f in parts) == [3000, 9000]
    assert all(f.confidence >= whole.confidence >= PUBLISH_THRESHOLD for f in parts)


def test_a_mark_that_ends_an_act_stops_no_reader(minutes: Minutes) -> None:
    found = minutes(
        "1. Appel à projets\n\nLe bureau retient les projets suivants :\n- Foyer rural du Val – ateliers de cuisine : "
        "2 200 €\nLe reliquat sera remis en jeu.\n> Adopté à l'unanimité.\n\n2. Divers\n\nLe maire informe le conseil "
        "des travaux.\n> Le conseil en prend acte.\n"
    )
    assert [int(f.amount or 0) for f in found.fundings] == [2200]


def test_the_number_of_a_file_names_nobody_and_a_body_beside_it_receives(act: Act) -> None:
    body = (
        "La commission a émis un avis favorable sur les dossiers suivants :\n\n"
        "Dossier\tNature du projet\tTravaux\tAide de la Ville\n"
        "2023-014\tPropriétaire occupant, rue Haute – isolation\t38 400 €\t3 840 €\n"
        "2023-022\tSyndicat des copropriétaires de la résidence Les Gabares – toiture\t212 000 €\t31 800 €\n"
    )
    found = act("- d'attribuer les subventions figurant dans la dernière colonne du tableau ci-dessus ;", body=body)
    names = {each.id: each.name for each in found.organisations}
    told = {int(f.amount or 0): names.get(f.beneficiary or "") for f in _awards(found)}
    assert told == {3840: None, 31800: "Syndicat des copropriétaires de la résidence Les Gabares"}


@pytest.mark.parametrize(
    "card",
    [
        "Dossier 2024-{n} – Association {name}, Vierzelles (18)\nUn forage\nDépense subventionnable : 26 500 €\n"
        "Subvention communale : {sum} €\n\n",
        "Bénéficiaire : Association {name}\nCommune : VIERZELLES\nObjet : forage\nBase subventionnable : 26 500 € TTC\n"
        "Montant de la subvention : {sum} €\n\n",
    ],
)
def test_cards_tell_what_is_eligible_beside_what_is_granted(act: Act, card: str) -> None:
    cards = card.format(n=118, name="Puits et Partages", sum="10 600") + card.format(n=119, name="Lire", sum="2 900")
    found = act(ABOVE, body=f"Les subventions suivantes sont proposées :\n\n{cards}")
    assert granted(found) == {"Puits et Partages": 10600, "Lire": 2900}


def test_a_share_that_another_passage_tells_is_of_the_only_grant_of_its_body(act: Callable[..., ActFacts]) -> None:
    body = """La subvention allouée à l'épicerie sociale Le Quai comprend une part de 1 500 euros destinée à
l'achat d'une chambre froide."""
    found = act("- d'attribuer à l'épicerie sociale Le Quai une subvention de 9 000 euros.", body=body)
    got = {f.amount: f.part_of for f in found.fundings if f.status == "awarded"}
    (whole,) = [f.id for f in found.fundings if f.amount == 9000]
    assert got == {9000: None, 1500: whole}


def test_a_list_behind_a_sum_and_soit_is_of_its_parts(act: Callable[..., ActFacts]) -> None:
    body = """L'association Coup de Main aide en CP. Il est proposé de lui verser une subvention de 17 400 €, soit :
 - 11 400 € pour les clubs de lecture et de langage en CP ;
 - 6 000 € pour l'accompagnement des collégiens."""
    found = act("- d'attribuer à l'association Coup de Main une subvention de 17 400 €.", body=body)
    (whole,) = [f.id for f in found.fundings if f.amount == 17400]
    assert {f.amount: f.part_of for f in found.fundings} == {17400: None, 11400: whole, 6000: whole}


def test_the_sum_of_the_years_of_a_grant_is_no_grant(act: Callable[..., ActFacts]) -> None:
    body = """La Mission locale du Val accueille les jeunes. Il est proposé de porter cette participation à 40 000 €
par an pour les trois années de la convention, soit un engagement global de 120 000 €."""
    found = act("- d'attribuer à la Mission locale du Val une participation de 40 000 € pour 2025.", body=body)
    assert [f.amount for f in found.fundings if f.status == "awarded"] == [40000]
