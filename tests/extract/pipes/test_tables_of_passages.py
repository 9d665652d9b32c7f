"""What columns and rows of short tables hold: instalments, owners, blanks, opinions, a table alone below a formula."""

from __future__ import annotations

from collections.abc import Callable

from extract.facts import ActFacts
from tests.extract.pipes.test_made_tables import granted

Act = Callable[..., ActFacts]
LEAD = "- d'attribuer les subventions suivantes :\n"
FORMULA = "Le Conseil municipal, après en avoir délibéré, décide :\n\n"


def parts(facts: ActFacts) -> list[int]:
    """The sums of what is told as part of a grant."""
    return sorted(int(f.amount or 0) for f in facts.fundings if f.status == "awarded" and f.part_of)


def test_instalments_that_add_up_a_grant_are_parts_of_it(act: Act) -> None:
    table = "Club\tSubvention 2024\tAcompte déjà versé\tSolde à verser\nAviron du Lac\t9 000 €\t4 000 €\t5 000 €\n"
    found = act(f"{LEAD}{table}Judo Club\t6 000 €\t2 500 €\t3 500 €\n")
    assert granted(found) == {"Aviron du Lac": 9000, "Judo Club": 6000}
    assert parts(found) == [2500, 3500, 4000, 5000]


def test_what_a_grant_is_for_makes_it_up_and_a_single_part_is_the_whole(act: Act) -> None:
    table = "Structure\tFonctionnement\tProjet\tTotal\nCentre social du Val\t6 000 €\t500 €\t6 500 €\n"
    found = act(f"{LEAD}{table}Les Lucioles\t\t1 200 €\t1 200 €\n")
    assert granted(found) == {"Centre social du Val": 6500, "Les Lucioles": 1200}
    assert parts(found) == [500, 6000]


def test_an_owner_receives_and_not_the_commune_where_the_house_stands(act: Act) -> None:
    table = "Dossier n°\tPropriétaire\tCommune\tTravaux HT\tAide\n24-01\tM. et Mme G.\tVilleval\t9 000,00 €\t1 500 €\n"
    found = act(f"{LEAD}{table}24-02\tSCI Les Ormes\tVilleval\t21 000,00 €\t4 000 €\n")
    names = {o.id: o.name for o in found.organisations}
    given = {int(f.amount or 0): names.get(f.beneficiary or "") for f in found.fundings if f.status == "awarded"}
    assert given == {1500: None, 4000: "SCI Les Ormes"}


def test_a_share_with_its_rate_is_no_cost(act: Act) -> None:
    table = "Structure\tN° affaire\tEstimation HT\tPart Ville (60 %)\tPart CAF\n"
    table += "Les Lucioles\t23-01-EP\t10 000,00 €\t6 000,00 €\t4 000,00 €\n"
    found = act(f"{LEAD}{table}Foyer rural\t23-02-EP\t5 000,00 €\t3 000,00 €\t2 000,00 €\n")
    assert granted(found) == {"Les Lucioles": 6000, "Foyer rural": 3000}


def test_how_sums_evolve_is_no_grant(act: Act) -> None:
    table = "Association\tMontant 2023\tMontant 2024\tÉvolution\nJudo Club\t500 €\t600 €\t+ 100 €\n"
    assert granted(act(f"{LEAD}{table}Foyer rural\t400 €\t300 €\t- 100 €\n")) == {"Judo Club": 600, "Foyer rural": 300}


def test_a_sum_carried_over_to_the_next_page_is_nobody_s(act: Act) -> None:
    table = "LIBELLÉ\tSUBVENTION\nJudo Club\t500 €\nFoyer rural\t400 €\nÀ REPORTER\t900 €\nREPORT\t900 €\n"
    found = act(f"{LEAD}{table}Les Lucioles\t100 €\nTOTAL\t1 000 €\n")
    assert granted(found) == {"Judo Club": 500, "Foyer rural": 400, "Les Lucioles": 100}


def test_a_row_that_begins_with_a_pipe_has_the_name_above(act: Act) -> None:
    table = "Porteur | Action | Montant\nRégie du Val | Chantiers jeunes | 700 €\n | Jardin partagé | 250 €\n"
    found = act(f"{LEAD}{table}Les Lucioles | Sorties | 400 €\n")
    names = {o.id: o.name for o in found.organisations}
    assert [(names[f.beneficiary or ""], f.amount) for f in found.fundings if f.status == "awarded"] == [
        ("Régie du Val", 700),
        ("Régie du Val", 250),
        ("Les Lucioles", 400),
    ]


def test_a_name_whose_first_line_ends_with_a_pipe_goes_on_below(act: Act) -> None:
    table = "Association             | Montant alloué\nFoyer rural             |      100,00 €\n"
    table += "Association des parents |\ndu groupe Les Tilleuls  |      350,00 €\n"
    assert granted(act(LEAD + table)) == {"Foyer rural": 100, "Association des parents du groupe Les Tilleuls": 350}


def test_an_opinion_between_two_sums_is_no_second_panel(act: Act) -> None:
    table = "Association              Demande    Avis            Décision\n"
    table += "Judo Club                2 500 €    Favorable       2 400 €\n"
    table += "Les Lucioles               600 €    Défavorable         0 €\n"
    assert granted(act(LEAD + table)) == {"Judo Club": 2400}


def test_a_laureate_may_be_a_body(act: Act) -> None:
    table = "Axe | Lauréat | Projet | Aide attribuée\n1 – Produire | SCEA des Ormes | Légumerie | 6 k€\n"
    table += "2 – Éduquer | Couveuse du Val fertile | Test agricole | 4,5 k€\n"
    table += "3 – Partager | Épicerie solidaire | Paniers | 3 k€\n"
    found = granted(act(LEAD + table))
    assert found == {"SCEA des Ormes": 6000, "Couveuse du Val fertile": 4500, "Épicerie solidaire": 3000}


def test_laureates_told_by_their_names_alone_stay_hidden(act: Act) -> None:
    table = "Lauréat | Projet | Bourse attribuée\nLina Berger | Film | 600 €\nHugo Marchal | Disque | 450 €\n"
    found = act(LEAD + table)
    assert not any("Berger" in o.name or "Marchal" in o.name for o in found.organisations)


def test_the_heading_of_a_part_is_no_piece_of_a_stacked_name(act: Act) -> None:
    table = "Associations de la commune\nJudo Club\n450.00 €\nFoyer rural\n135.00 €\nAssociations extérieures\n"
    found = act(f"- décide de verser\n{table}Les Lucioles\n90.00 €\nTotal\n675.00 €\n")
    assert granted(found) == {"Judo Club": 450, "Foyer rural": 135, "Les Lucioles": 90}


def test_a_column_of_legal_forms_may_stand_behind_the_sums(act: Act) -> None:
    table = "Nom de l'organisme\nObjet\nMontant en €\nNature juridique\nVENTOUX NATURE\nFonctionnement\n4 200\n"
    table += "Association\nCINÉ DU LAC\nArt et essai\n6 000\nEntreprise\n"
    assert granted(act(LEAD + table)) == {"VENTOUX NATURE": 4200, "CINÉ DU LAC": 6000}


def test_a_table_right_below_the_formula_is_what_is_decided(minutes: Callable[[str], ActFacts]) -> None:
    table = "Associations\tMontant 2023\tMontant 2024\nJudo Club\t500 €\t600 €\nFoyer rural\t400 €\t300 €\n"
    found = minutes(f"Objet : Subventions 2024\n\nLe maire présente les dossiers.\n\n{FORMULA}{table}")
    assert granted(found) == {"Judo Club": 600, "Foyer rural": 300}


def test_a_sum_under_exceptional_is_a_grant_of_its_own(act: Act) -> None:
    table = "CLUB\nFONCTIONNEMENT\nEXCEPTIONNEL\nÉtoile sportive du Val\n12 000 €\n1 500 €\nJudo Club\n3 400 €\n-\n"
    found = act(LEAD + table)
    given = sorted(int(f.amount or 0) for f in found.fundings if f.status == "awarded" and not f.part_of)
    assert given == [1500, 3400, 12000]


def test_a_head_that_ends_with_a_dot_ends_no_table(act: Act) -> None:
    table = "MAÎTRE D'OUVRAGE\nNATURE DES TRAVAUX\nCOÛT H.T.\nSUBVENTION\nFoyer rural\nClôtures\n24 000\n12 000\n"
    found = act(f"{LEAD}{table}A.D.M.R.\nToiture\n18 000\n7 500\nTOTAL\n19 500\n")
    assert sorted(granted(found).values()) == [7500, 12000]


def test_names_and_sums_in_turn_below_a_lead_are_rows(act: Act) -> None:
    rows = "Amicale laïque (M. PERRIN ne prend pas part au vote)\n230 €\nClub du bel âge\n300 €\nLes Cavaliers\n200 €\n"
    found = act(f"- d'attribuer les subventions suivantes :\n{rows}")
    assert granted(found) == {"Amicale laïque": 230, "Club du bel âge": 300, "Les Cavaliers": 200}


def test_axes_head_the_parts_of_such_a_list(act: Act) -> None:
    rows = "Axe 1 – Prévenir\nAssociation La Marelle\n20 000,00 €\nAxe 3 – Lutter\nEmmaüs du Val\n12 500,00 €\n"
    found = act(f"{LEAD}{rows}Les Lucioles\n31 000,00 €\nTotal Axe 3\n43 500,00 €\n")
    assert granted(found) == {"La Marelle": 20000, "Emmaüs du Val": 12500, "Les Lucioles": 31000}


def test_columns_copied_one_after_the_other_are_told_row_by_row(act: Act) -> None:
    table = "Association\nMontant 2024\nClub de tir\nJudo Club\nLes Lucioles\n130 €\n220 €\n400 €\nTOTAL : 750 €\n"
    assert granted(act(LEAD + table)) == {"Club de tir": 130, "Judo Club": 220, "Les Lucioles": 400}


def test_sums_may_stand_before_their_names(act: Act) -> None:
    rows = "400  Harmonie municipale\n250  Judo Club\n100  Les Lucioles\n750  TOTAL\n"
    found = act(f"- d'accepter le tableau ci-dessous (montants en euros)\n{rows}")
    assert granted(found) == {"Harmonie municipale": 400, "Judo Club": 250, "Les Lucioles": 100}


def test_a_cost_before_taxes_is_not_what_a_row_gives(act: Act) -> None:
    rows = "Foyer rural du Val – réfection du clocher – 48 000 € HT – 30 % – 14 400 €\n"
    rows += "22006714 – ÉDITIONS DU CHAMP (SARL) – publication – 65 400 € TTC – 9 000 €\n"
    found = granted(act(f"- d'accorder les subventions ci-après :\n{rows}"))
    assert sorted(found.values()) == [9000, 14400]
    assert "SARL" not in found


def test_a_rate_is_not_what_a_row_gives(act: Act) -> None:
    rows = "Organisme : Protection civile – montant : 0,50 € par habitant, soit 427,50 €\n"
    rows += "Organisme : Les Lucioles – montant : 200 €\n"
    found = act(f"- d'attribuer les subventions suivantes :\n{rows}")
    assert granted(found) == {"Protection civile": 427, "Les Lucioles": 200}


def test_a_sum_in_letters_and_figures_is_one(act: Act) -> None:
    rows = "1 – Club de l'Amitié : deux cents euros (200 €)\n2 – Judo Club : trois cent cinquante euros (350 €)\n"
    found = act(f"- accorde les subventions énumérées ci-après :\n{rows}")
    assert granted(found) == {"Club de l'Amitié": 200, "Judo Club": 350}


def test_what_counts_the_classes_of_a_school_is_no_name(act: Act) -> None:
    rows = "Coopérative Louise-Michel, 8 classes : 520,00 €\nCoopérative du Petit-Prince, 5 classes : 325,00 €\n"
    found = act(f"- d'attribuer les subventions suivantes :\n{rows}")
    assert granted(found) == {"Coopérative Louise-Michel": 520, "Coopérative du Petit-Prince": 325}


def test_the_word_for_who_carries_a_project_is_no_name(act: Act) -> None:
    rows = "Projet n° 7 « Boîtes à livres » – porteur : Collectif Lire – 980 €\n"
    rows += "Projet n° 12 « Compost » – porteur : Amicale des locataires – 1 450 €\n"
    found = act(f"- de valider l'attribution des aides :\n{rows}")
    assert granted(found) == {"Collectif Lire": 980, "Amicale des locataires": 1450}


def test_dues_of_a_list_are_dues(act: Act) -> None:
    rows = "Organisme\tCotisation 2024\nAssociation des maires du Val\t612,30 €\nVilles fleuries\t175,00 €\n"
    found = act(f"- d'adhérer et de verser les cotisations ci-après :\n{rows}", title="Cotisations 2024")
    assert {f.kind for f in found.fundings if f.status == "awarded"} == {"membership"}


def test_a_college_receives_and_not_its_commune(act: Act) -> None:
    table = "Collège\tCommune\tIntitulé\tCoût\tAide demandée\tAide accordée\nPublic\n"
    table += "Jean-Rostand\tLe Bourg\tClasse astro\t3 150 €\t1 000 €\t800 €\n"
    found = act(f"- d'allouer aux établissements :\n{table}Les Vergers\tHauteroche\tSlam\t1 400 €\t700 €\t600 €\n")
    assert granted(found) == {"Jean-Rostand": 800, "Les Vergers": 600}


def test_a_blank_cell_too_much_moves_no_request_under_the_vote(act: Act) -> None:
    table = "N°|Association|Demande|Vote|Observations\n1|Judo Club|500|300|\n2|Les Lucioles|650|||À revoir en juin\n"
    assert granted(act(f"{LEAD}{table}3|Foyer rural|400|400|\nTotal|||700|\n")) == {
        "Judo Club": 300,
        "Foyer rural": 400,
    }


def test_bodies_in_the_head_receive_what_stands_below(act: Act) -> None:
    table = "                          Les Lutins   Pom d'Api    Mini-Pouss\n"
    table += "1er acompte (janvier)      15 000 €     12 000 €      9 000 €\n"
    table += "Solde (novembre)            7 500 €      6 000 €      4 500 €\n"
    table += "TOTAL 2024                 22 500 €     18 000 €     13 500 €\n"
    found = act(f"- de fixer les subventions et leur échéancier comme suit :\n{table}")
    assert granted(found) == {"Les Lutins": 22500, "Pom d'Api": 18000, "Mini-Pouss": 13500}
    assert len(parts(found)) == 6


def test_semicolons_part_a_table_as_its_head_is_parted(act: Act) -> None:
    table = "ASSOCIATION ;2023 ;2024\nComité des fêtes;2500;2500\nJudo Club;150;200\nTOTAL;2650;2700\n"
    assert granted(act(LEAD + table)) == {"Comité des fêtes": 2500, "Judo Club": 200}


def test_the_words_of_a_body_go_on_in_its_row(act: Act) -> None:
    table = "Association          Subvention 2024   Avantages en nature (locaux, fluides)\n"
    table += "Tous en Selle 94          1 500 €            3 250 €\nLa Compagnie des Rêveurs\n"
    found = act(f"{LEAD}{table}Éveillés                  6 800 €              940 €\n")
    assert {n.removeprefix("La "): v for n, v in granted(found).items()} == {
        "Tous en Selle 94": 1500,
        "Compagnie des Rêveurs Éveillés": 6800,
    }


def test_a_remark_may_tell_a_part_of_what_a_row_gives(act: Act) -> None:
    table = "Judo Club                2 000 €\nUnion musicale           1 000 € (dont 400 € pour l'école de musique)\n"
    found = act(f"- Les subventions suivantes sont attribuées :\n{table}Les Lucioles             100 €\n")
    assert granted(found)["Union musicale"] == 1000
    assert parts(found) == [400]


def test_sums_then_dashes_then_names(act: Act) -> None:
    rows = "80 € – Amicale des donneurs de sang\n110 € – Judo Club\n1 500 € – Foyer des jeunes\n"
    found = act(f"Subventions accordées (somme – destinataire) :\n{rows}")
    assert granted(found) == {"Amicale des donneurs de sang": 80, "Judo Club": 110, "Foyer des jeunes": 1500}


def test_a_stacked_plan_is_no_list_of_grants(act: Act) -> None:
    rows = "DRAC\n10 000 €\nDépartement\n4 000 €\nBilletterie\n2 600 €\n"
    found = act(
        "- d'attribuer une subvention de 3 500 € à la compagnie Les Tréteaux ;",
        body=f"Le plan de financement du projet s'établit comme suit :\n{rows}",
    )
    assert sorted(granted(found).values()) == [3500]


def test_labels_of_a_record_receive_nothing(act: Act) -> None:
    rows = "Association : Mob'Emploi\nAction : Garage solidaire\nCrédits politique de la ville : 4 000 €\n"
    rows += "Crédits de droit commun : 1 500 €\nTotal Ville : 5 500 €\n"
    rows += "Association : Les Lucioles\nAction : Permanences\nTotal Ville : 2 200 €\n"
    found = act(f"- d'allouer les subventions comme indiqué :\n{rows}")
    assert granted(found) == {"Mob'Emploi": 5500, "Les Lucioles": 2200}


def test_records_may_be_of_landlords(act: Act) -> None:
    rows = "Bailleur : Habitat du Val\nOpération : rue du Moulin (4 PLAI)\nAide : 24 000 €\n"
    rows += "Bailleur : SA HLM Logis\nOpération : ZAC du Marais\nAide : 12 000 €\n"
    found = act(f"- d'attribuer aux bailleurs les aides suivantes :\n{rows}")
    assert granted(found) == {"Habitat du Val": 24000, "SA HLM Logis": 12000}


def test_heads_may_be_shortened(act: Act) -> None:
    table = "\tEntreprise\tActivité\tInvest. HT\tSubv.\n1\tAtelier d'Élo\tTapisserie\t6 320,00\t1 264,00\n"
    found = act(
        f"{LEAD}{table}2\tFerronnerie du Val\tMétallerie\t41 000,00\t5 000,00\n\t\tTOTAL\t47 320,00\t6 264,00\n"
    )
    assert granted(found) == {"Atelier d'Élo": 1264, "Ferronnerie du Val": 5000}


def test_a_reserve_and_the_streets_of_one_grant_receive_nothing(act: Act) -> None:
    table = "Bénéficiaire\tSomme\nJudo Club\t400 €\nLes Lucioles\t250 €\nRéserve\t300 €\n"
    assert granted(act(LEAD + table)) == {"Judo Club": 400, "Les Lucioles": 250}
    streets = "Rue\tReste à charge\tFonds de concours\nChemin des Dames\t14 806 €\t7 403 €\n"
    streets += "Impasse du Lavoir\t5 210 €\t2 605 €\n"
    lead = "- d'approuver le versement à la Communauté de communes du Val des fonds de concours suivants :\n"
    assert not {"Chemin des Dames", "Impasse du Lavoir"} & set(granted(act(lead + streets)))


def test_a_rate_in_brackets_is_not_the_sum_of_an_item(act: Act) -> None:
    items = "Judo Club 150 € ; Les Baladins 350 € ; CIFA du Val (3 apprentis x 50 €) 150 € ; MFR du Lac 50 €"
    found = act(f"- octroie les subventions suivantes : {items}.")
    assert granted(found) == {"Judo Club": 150, "Les Baladins": 350, "CIFA du Val": 150, "MFR du Lac": 50}


def test_no_favourable_answer_is_a_refusal(act: Act) -> None:
    found = act(
        "- de ne pas réserver une suite favorable à cette demande.",
        title="Demande de subvention de l'Amicale des pompiers",
        body="L'Amicale des pompiers sollicite une subvention de 800 € pour son congrès.",
    )
    assert granted(found) == {}


def test_who_finances_what_follows_is_the_body(act: Act) -> None:
    table = (
        "\tMaître d'ouvrage\tProjet\tCofinancement Ville\tFEADER\n\tLes Brayauds\tBal itinérant\t1 250,00\t5 000,00\n"
    )
    table += "\tFoyer rural\tTiers-lieu\t6 000,00\t24 000,00\n"
    assert granted(act(f"- d'octroyer les cofinancements suivants :\n{table}")) == {
        "Les Brayauds": 1250,
        "Foyer rural": 6000,
    }


def test_a_rate_times_many_inhabitants_is_what_it_comes_to(act: Act) -> None:
    rows = "- au Pôle du Lac : 1,10 € x 94 713 = 104 184,30 € ;\n- à l'association Réseau Alliance : 25 000 €.\n"
    found = act(f"de verser les subventions suivantes :\n{rows}")
    assert sorted(granted(found).values()) == [25000, 104184]


def test_who_carries_actions_stands_on_a_line_above_them(act: Act) -> None:
    table = "Porteur / Action                          Coût total   CAF      Ville\nAssociation Tremplin\n"
    table += " - Coup de pouce                          21 000 €     2 000 €  5 000 €\n"
    table += " - Permis citoyen                          8 400 €     -        1 400 €\nCompagnons du Val\n"
    found = act(f"{LEAD}{table} - Auto-réhabilitation                    40 000 €     -        7 500 €\n")
    names = {o.id: o.name for o in found.organisations}
    assert [(names[f.beneficiary or ""], f.amount) for f in found.fundings if f.status == "awarded"] == [
        ("Tremplin", 5000),
        ("Tremplin", 1400),
        ("Compagnons du Val", 7500),
    ]


def test_a_table_may_tell_the_parts_of_one_grant(act: Act) -> None:
    rows = "USC Handball\t21 000 €\nUSC Escrime\t6 000 €\nUSC Siège\t4 500 €\n"
    found = act(f"- d'attribuer à l'Union Sportive Colombine une subvention de 31 500 € ainsi ventilée :\n{rows}")
    assert granted(found) == {"Union Sportive Colombine": 31500}
    assert parts(found) == [4500, 6000, 21000]
