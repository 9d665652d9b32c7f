"""Tables of grants that are not laid out as tables, or whose words look like another kind: each bug found, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.test_made_tables import granted

Act = Callable[..., ActFacts]
LEAD = "Il est proposé d'attribuer les subventions suivantes."
ABOVE = "- d'attribuer les subventions proposées au tableau ci-dessus ;"
SAID = "Les dossiers sont complets et ont été examinés en commission. " * 2
#: What a text that lost its lines has before and behind its table.
FLAT = (
    "La commission, réunie les 9 et 16 mars, a examiné les demandes reçues en mairie, au regard du nombre d'adhérents. "
)
FLAT += (
    "Le tableau ci-après récapitule ses propositions. {} La Ville met également une salle à disposition du Judo Club."
)


@pytest.mark.parametrize(
    "heads",
    [
        "Association Demandé Proposé",
        "Associations Demande 2024 Proposition",
        "Bénéficiaire Montant demandé Montant proposé",
    ],
)
def test_a_table_within_a_line_is_read_by_its_total(act: Act, heads: str) -> None:
    table = f"{heads} Judo Club 4 500 4 000 Foyer rural 1 200 900 Amis du Lavoir 600 600 Total 6 300 5 500"
    found = act(ABOVE, body=FLAT.format(table))
    assert granted(found) == {"Judo Club": 4000, "Foyer rural": 900, "Amis du Lavoir": 600}


def test_the_next_table_of_a_line_begins_behind_the_last_row_of_the_first(act: Act) -> None:
    sports = (
        "SPORT Association Montant 2024 Judo Club 4 500 € Foyer rural 1 200 € Amis du Lavoir 600 € Sous-total 6 300 €"
    )
    arts = "CULTURE Association Montant 2024 Chorale 900 € Lo Cantel 750 € Théâtre 400 € Sous-total 2 050 €"
    found = act(ABOVE, body=FLAT.format(f"{sports} {arts} Total général 8 350 €."))
    assert {"Chorale": 900, "Lo Cantel": 750, "Judo Club": 4500}.items() <= granted(found).items()


def test_heads_in_capitals_on_a_line_of_their_own_head_the_line_below(act: Act) -> None:
    rows = "Judo Club 4 500 4 000 Foyer rural 1 200 900 Amis du Lavoir 600 600 Total 6 300 5 500"
    found = act(ABOVE, body=FLAT.format(f"\nASSOCIATION SUBVENTION 2023 SUBVENTION 2024\n{rows} {SAID}"))
    assert granted(found) == {"Judo Club": 4000, "Foyer rural": 900, "Amis du Lavoir": 600}


def test_a_table_within_a_line_whose_figures_read_in_two_ways_is_none(act: Act) -> None:
    table = "Association Demandé Proposé Judo Club 4 500 4 000 Foyer rural 1 200 900 Amis du Lavoir 600 600"
    assert not [f for f in act(ABOVE, body=FLAT.format(table)).fundings if f.amount in (900, 200_900)]


def test_a_sum_told_again_in_letters_is_a_sum(act: Act) -> None:
    table = """| Association | 2023 | Proposition 2024 |
| Judo Club | 2 000 € | 2 200 € (deux mille deux cents euros) |
| Foyer rural | 300 € | 350 € (trois cent cinquante euros) |
| Amis du Lavoir | néant | 500 € (cinq cents euros) |"""
    found = act(ABOVE, body=f"{LEAD}\n\n{table}")
    assert granted(found) == {"Judo Club": 2200, "Foyer rural": 350, "Amis du Lavoir": 500}


def test_who_carries_a_project_is_given_what_the_town_finances(act: Act) -> None:
    table = "Porteur\tAction\tCoût du projet\tDemande\tProposition Ville\n"
    table += "Lire et Grandir\tCafé des parents\t11 900\t4 000\t3 500"
    table += "\nBoxing Club\tBoxe au féminin\t9 600\t3 000\t1 500\nTOTAL\t\t21 500\t7 000\t5 000"
    found = act(ABOVE, body=f"Les projets ci-dessous relèvent d'un financement de la Ville :\n\n{table}")
    assert granted(found) == {"Lire et Grandir": 3500, "Boxing Club": 1500}


def test_a_plan_de_financement_gives_nothing_to_who_pays(act: Act) -> None:
    table = "Organismes\tSubvention demandée\tSubvention accordée\n"
    table += "État\t5 000\t4 000\nCAF\t3 000\t2 000\nTotal\t8 000\t6 000"
    assert not granted(act("- d'approuver le projet ;", body=f"Le plan de financement est le suivant :\n\n{table}"))


@pytest.mark.parametrize("club", ["Montclair Rugby XV", "Montclair Rugby XIII", "Étoile SPORTIVE"])
def test_a_club_is_no_person(act: Act, club: str) -> None:
    table = f"Association\tDemandé\tProposé\n{club}\t3 000\t2 800\nJudo Club\t900\t700"
    assert granted(act(ABOVE, body=f"{LEAD}\n\n{table}")) == {club: 2800, "Judo Club": 700}


def test_what_a_body_does_is_no_part_of_its_name(act: Act) -> None:
    rows = (
        "- Fédération des chasseurs, plantation de haies : 7 200 €\n- Atelier du Plessis, animations scolaires : 900 €"
    )
    found = act(f"- d'attribuer les subventions suivantes :\n\n{rows}")
    assert granted(found) == {"Fédération des chasseurs": 7200, "Atelier du Plessis": 900}


def test_sentences_behind_a_word_for_a_column_are_no_table(act: Act) -> None:
    told = "Associations : subventions 2024. Le budget s'élève à 148 600 €, dont 52 000 € de la Ville et 9 000 € du "
    told += "Département ; Total des aides 209 600 €. "
    found = act("- d'approuver le rapport ;", body=FLAT.format(told))
    assert not granted(found)


def test_what_a_row_of_years_comes_to_is_told_not_given(act: Act) -> None:
    table = "Structure\t2024\t2025\t2026\nJudo Club\t1 200 €\t1 200 €\t1 250 €\nFoyer rural\t840 €\t860 €\t860 €"
    told = "Soit, pour la durée de la convention, 3 650 € pour le Judo Club et 2 560 € pour le Foyer rural."
    lead = "Il est proposé de conclure des conventions triennales, pour les montants annuels ci-après :"
    found = act(
        "- d'approuver les conventions triennales 2024-2026 avec le Judo Club et le Foyer rural, pour ces montants ;",
        body=f"{lead}\n\n{table}\n\n{told}",
    )
    given = sorted((f.start_year, int(f.amount or 0)) for f in found.fundings if f.status == "awarded")
    assert given == [(2024, 840), (2024, 1200), (2025, 860), (2025, 1200), (2026, 860), (2026, 1250)]


def test_the_columns_of_all_years_of_a_convention_are_granted(act: Act) -> None:
    table = "Structure\tRappel 2023\t2024\t2025\nJudo Club\t1 000\t1 200\t1 300\nFoyer rural\t800\t840\t860"
    found = act(ABOVE, body=f"Les subventions proposées pour la durée des conventions sont :\n\n{table}")
    assert sorted(int(f.amount or 0) for f in found.fundings if f.status == "awarded") == [840, 860, 1200, 1300]


def test_the_heading_of_a_part_is_no_piece_of_the_name_below(act: Act) -> None:
    table = "Association\tProposé\nAxe 1 : Lien social\nassociation Horizon\t900\nJudo Club\t700\n"
    table += "Axe 2\nassociation Cap\t300"
    assert granted(act(ABOVE, body=f"{LEAD}\n\n{table}")) == {"Horizon": 900, "Judo Club": 700, "Cap": 300}


def test_a_year_with_a_remark_heads_a_column(act: Act) -> None:
    table = (
        "Association\tManifestation\t2022 (rappel)\t2023\nJudo Club\tTournoi\t600 €\t650 €\nCap Sud\tStages\t0 €\t300 €"
    )
    found = act(ABOVE, body=f"{LEAD}\n\n{table}", title="Soutien à la saison 2023")
    assert granted(found) == {"Judo Club": 650, "Cap Sud": 300}


def test_what_the_authority_carries_itself_is_given_to_nobody(act: Act) -> None:
    table = "Action\tOpérateur\tMontant\nPlateforme\tLe Lien\t900 €\nCoordination (un poste)\tVille de Montclair\t400 €"
    found = act(ABOVE, body=f"{LEAD}\n\n{table}")
    assert {name.removeprefix("Le "): value for name, value in granted(found).items()} == {"Lien": 900}


def test_a_commune_beside_whoever_receives_is_a_place(act: Act) -> None:
    rows = "Commune\tBailleur\tOpération\tAide de la Ville\nSaint-Avre\tOPH du Val\true des Salines\t98 000 €\n"
    rows += "Hampont\tNéolia Vallées\tLes Vergers\t84 000 €\n\t\tTotal\t182 000 €\n"
    assert granted(act(ABOVE, body=f"{LEAD}\n\n{rows}")) == {"OPH du Val": 98000, "Néolia Vallées": 84000}


def test_advances_are_granted_and_not_what_was_given_the_year_before(act: Act) -> None:
    rows = "Association\tSubvention 2023\tAvance 2024\nJudo Club\t142 000 €\t35 500 €\nFoyer rural\t38 400 €\t9 600 €\n"
    body = f"Il est proposé de consentir les avances suivantes, dans la limite du quart de 2023 :\n\n{rows}"
    decision = "- d'accorder une avance sur subvention de 35 500 € au Judo Club et de 9 600 € au Foyer rural ;"
    assert granted(act(decision, title="Avances sur les subventions 2024", body=body)) == {
        "Judo Club": 35500,
        "Foyer rural": 9600,
    }


def test_a_list_of_what_another_body_pays_is_none_of_ours(act: Act) -> None:
    lead = "Ces sommes sont versées directement aux porteurs par les services de la préfecture :"
    body = f"{lead}\n\n- Judo Club : 5 500 € pour une action ;\n- Foyer rural : 6 200 € pour des ateliers."
    assert granted(act("- de prendre acte de cette information ;", title="Contrat de ville", body=body)) == {}


def test_the_number_of_a_file_names_nobody_and_the_opinion_beside_it_decides(act: Callable[..., ActFacts]) -> None:
    body = """La commission permanente a émis les avis suivants :

Dossier\tNature de la demande\tAvis\tMontant
2024-141\tImpayé d'eau (Eaux de la Lys)\tFavorable\t280,00 €
2024-142\tFrais de transport\tFavorable\t150,00 €
2024-146\tDette de cantine\tDéfavorable\t320,00 €
2024-149\tFrais d'obsèques\tAjourné\t600,00 €
Total des avis favorables\t\t\t430,00 €"""
    found = act(
        "- de ratifier les avis favorables de la commission et d'accorder les aides correspondantes.",
        body=body,
        title="Attribution d'aides individuelles",
    )
    told = {f.amount: f.status for f in found.fundings}
    assert told == {280: "awarded", 150: "awarded", 320: "rejected", 600: "requested"}
    assert not any(f.beneficiary or f.part_of for f in found.fundings)


def test_cards_of_files_give_to_owners_whom_nobody_names_and_to_a_body(act: Callable[..., ActFacts]) -> None:
    body = """Les dossiers suivants sont éligibles :

Dossier n° 1 – propriétaire occupant, rue Haute – Adaptation
Travaux subventionnables : 9 860 €
Aide Anah : 4 930 €
Aide de la Ville : 986 €

Dossier n° 2 – syndicat des copropriétaires « Le Belvédère » – Parties communes
Travaux subventionnables : 112 000 €
Aide Anah : 28 000 €
Aide de la Ville : 11 200 €"""
    found = act("- d'accorder les aides mentionnées ci-dessus.", body=body, title="OPAH – Aides aux propriétaires")
    names = {o.id: o.name for o in found.organisations}
    got = {f.amount: names.get(f.beneficiary or "") for f in found.fundings if f.status == "awarded"}
    assert got == {986: None, 11200: "Syndicat des copropriétaires « Le Belvédère »"}


def test_what_other_members_contribute_is_no_flow_of_ours(act: Callable[..., ActFacts]) -> None:
    body = """Les contributions attendues des autres membres s'établissent comme suit :

- Ville de Vaubrécourt : 1 200 000 € ;
- Région : 540 000 €.

Il est proposé de fixer la contribution de la Ville à 315 000 €."""
    found = act("- d'approuver la contribution de la Ville à l'EPCC Le Quai, d'un montant de 315 000 €.", body=body)
    assert not [f for f in found.fundings if f.amount in (1200000, 540000) and f.status == "awarded"]


def test_the_sum_of_what_persons_are_given_is_no_grant_of_its_own(act: Callable[..., ActFacts]) -> None:
    body = """La commission propose d'accorder les aides suivantes :

– dossier n° 2024-11 : aide de 180 € pour une facture d'électricité ;
– dossier n° 2024-12 : aide de 250 € pour des frais d'obsèques ;
– dossier n° 2024-15 : aide de 150 € à la formation BAFA."""
    found = act(
        "- approuve l'octroi des aides individuelles proposées par la commission, pour un montant total de 580 €.",
        body=body,
        title="Aides facultatives",
    )
    told = {f.amount: f.part_of for f in found.fundings if f.status == "awarded"}
    assert told == {180: None, 250: None, 150: None}


def test_a_row_that_tells_when_a_grant_is_paid_names_nobody(act: Callable[..., ActFacts]) -> None:
    body = """Il est proposé d'allouer à l'association Office du Val une subvention de 124 000 €.

Cette subvention sera versée selon l'échéancier suivant :
- mars 2025 : 62 000 €
- juillet 2025 : 37 200 €
- novembre 2025 : 24 800 €"""
    found = act("- d'attribuer à l'association Office du Val une subvention de 124 000 €.", body=body)
    names = {o.id: o.name for o in found.organisations}
    (whole,) = [f.id for f in found.fundings if f.amount == 124000]
    parts = {f.amount: (names.get(f.beneficiary or ""), f.part_of) for f in found.fundings if f.amount != 124000}
    assert parts == dict.fromkeys((62000, 37200, 24800), ("Office du Val", whole))


def test_heads_below_rows_begin_another_table(act: Callable[..., ActFacts]) -> None:
    found = act(
        """- d'attribuer aux bénéficiaires désignés ci-dessous les aides suivantes :

N° dossier   Bénéficiaire               Objet                        Montant
24004117     Mission locale du Bocage   Fonctionnement 2024     142 000,00 €
24004123     Association Réseau Sud     Animation                58 000,00 €

Subventions proportionnelles

N° dossier   Bénéficiaire              Objet                 Dépense subventionnable   Taux    Montant
24003980     Les Ateliers du Possible  Tournée des métiers            60 000,00 €      50 %    30 000,00 €
24003991     Club des Jeunes du Sud    Plateforme numérique           57 500,00 €      40 %    23 000,00 €"""
    )
    assert granted(found) == {
        "Mission locale du Bocage": 142000,
        "Association Réseau Sud": 58000,
        "Les Ateliers du Possible": 30000,
        "Club des Jeunes du Sud": 23000,
    }


def test_the_sentence_above_a_table_tells_which_year_it_grants(act: Callable[..., ActFacts]) -> None:
    found = act(
        """- d'attribuer pour l'année 2023 les subventions suivantes :

Association                              2022          2023
Comité des fêtes                      1 500 €       1 600 €
Amicale des sapeurs-pompiers            300 €         310 €

- rappelle que le versement interviendra après remise du compte de résultat 2022 par l'association."""
    )
    assert granted(found) == {"Comité des fêtes": 1600, "Amicale des sapeurs-pompiers": 310}


def test_heads_that_the_sentence_above_names_as_parts_of_a_grant(act: Callable[..., ActFacts]) -> None:
    body = """Le Conseil municipal du 18 décembre 2023 a autorisé le versement d'avances, soit 46 250 € pour l'Escale.

Les conventions prévoient une subvention annuelle composée d'une part « pilotage » et d'une part « actions » :

\tPilotage\tActions\tTotal 2024
Centre social l'Escale\t120 000 €\t68 000 €\t188 000 €
Centre social la Passerelle\t98 000 €\t56 500 €\t154 500 €"""
    found = act(
        "- d'attribuer au titre de l'année 2024 les subventions de fonctionnement détaillées ci-dessus.", body=body
    )
    wholes = {f.id: f.amount for f in found.fundings if f.status == "awarded" and f.part_of is None}
    assert sorted(wholes.values()) == [154500, 188000]
    parts = [(f.amount, wholes[f.part_of]) for f in found.fundings if f.part_of is not None]
    assert sorted(parts) == [(56500, 154500), (68000, 188000), (98000, 154500), (120000, 188000)]
