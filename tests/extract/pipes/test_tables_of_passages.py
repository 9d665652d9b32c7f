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
