"""Lists of projects: who carries a project is given its sum, never the project."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.test_lists import granted

Act = Callable[..., ActFacts]
LEAD = "Le comité de pilotage propose de retenir les actions suivantes :"
ABOVE = "- d'attribuer les subventions détaillées ci-dessus ;"
PROJECTS = {
    ("Boîtes à livres du quartier", "Les Amis du Lavoir"): 7350,
    ("Parents en scène", "Théâtre du Verger"): 900,
    ("Bricolage partagé", "SAS Copeaux"): 1400,
    ("Petits-déjeuners à l'école", "Mutualité du Plessis"): 1120,
}
SUMS = "7 350 € aux Amis du Lavoir, 900 € au Théâtre du Verger, 1 400 € à la SAS Copeaux, 1 120 € à la Mutualité du "
SUMS += "Plessis"


@pytest.mark.parametrize("pair", ["{p} ({c})", "{p} (porté par {c})", "{p} – {c}", "{p}, porté par {c}", "{p}, {c}"])
@pytest.mark.parametrize("decided", [ABOVE, f"- de verser {SUMS} ;"])
def test_the_carrier_receives(act: Act, pair: str, decided: str) -> None:
    rows = "\n".join(f"- {pair.format(p=p, c=c)} : {value} €" for (p, c), value in PROJECTS.items())
    told = "Les Amis du Lavoir, le Théâtre du Verger et la Mutualité du Plessis mènent des actions dans le quartier."
    found = act(decided, body=f"{told}\n\n{LEAD}\n\n{rows}")
    wanted = {carrier.removeprefix("Les "): value for (_, carrier), value in PROJECTS.items()}
    assert {name.removeprefix("Les "): value for name, value in granted(found).items()} == wanted


def test_a_project_of_the_authority_itself_is_given_nothing(act: Act) -> None:
    rows = "- Parents en scène (Théâtre du Verger) : 900 €\n- Bricolage partagé (SAS Copeaux) : 1 400 €"
    rows += "\n- Orchestre à l'école (conservatoire, régie municipale) : 800 €"
    found = act(ABOVE, body=f"{LEAD}\n\n{rows}")
    assert granted(found) == {"Théâtre du Verger": 900, "SAS Copeaux": 1400}


@pytest.mark.parametrize("told", ["({})", "– {}", ", {}"])
def test_what_tells_where_a_body_is_or_what_it_does_receives_nothing(act: Act, told: str) -> None:
    clubs = {"Cercle du Lavoir": "Brenac", "Tennis Club": "section jeunes", "Foyer rural": "théâtre"}
    rows = "\n".join(f"- {name} {told.format(more)} : {100 + at} €" for at, (name, more) in enumerate(clubs.items()))
    found = granted(act(f"- d'attribuer les subventions suivantes :\n\n{rows}"))
    assert [next(c for c in clubs if name.startswith(c)) for name in found] == list(clubs), found


def test_who_carries_a_numbered_action_stands_before_its_sum(act: Act) -> None:
    rows = """- fiche-action 1.1 : aide à l'installation du centre social du Plessis, 3 000 € versés en deux fois ;
- fiche-action 1.2 : ateliers de cuisine, Le Panier solidaire, 1 200 € ;
- fiche-action 2.1 : défi « Bouger », comité départemental sport santé, 780 € ; l'ARS apporte 600 € au comité."""
    found = granted(act("- d'attribuer les subventions détaillées ci-dessus ;", body=f"{LEAD}\n\n{rows}"))
    assert {name.lower(): value for name, value in found.items()} == {
        "centre social du plessis": 3000, "panier solidaire": 1200, "comité départemental sport santé": 780
    }  # fmt: skip


def test_what_an_aid_is_for_is_no_part_of_who_gets_it(act: Act) -> None:
    rows = "- Aide au fonctionnement du Foyer rural : 500 €\n- Subvention d'équipement au Tennis Club : 300 €"
    found = act(f"- d'attribuer les subventions suivantes :\n\n{rows}")
    assert granted(found) == {"Foyer rural": 500, "Tennis Club": 300}


def test_sums_told_first_on_lines_without_a_mark_are_rows(act: Act) -> None:
    rows = "350 € aux Amis du Lavoir pour l'action « Café »\n"
    rows += "840 € à la Caisse des écoles de Montclair pour l'action « Jardin »"
    found = act(ABOVE, body=f"La commission propose d'allouer :\n\n{rows}")
    assert [(name.removeprefix("Les "), value) for name, value in granted(found).items()] == [
        ("Amis du Lavoir", 350), ("Caisse des écoles de Montclair", 840)
    ]  # fmt: skip


def test_a_few_words_that_stand_by_themselves_head_a_part_of_a_list(act: Act) -> None:
    rows = [f"{p}, {c} : {value} €" for (p, c), value in PROJECTS.items()]
    listed = f"Cadre de vie\n\n{rows[0]}\n\nLien social\n\n" + "\n".join(rows[1:])
    found = granted(act(ABOVE, body=f"{LEAD}\n\n{listed}"))
    assert {name.removeprefix("Les ") for name in found} == {c.removeprefix("Les ") for _, c in PROJECTS}


@pytest.mark.parametrize("pair", ["{p} ({c})", "{p}, porté par {c}", "{p} – {c}", "{p}, {c}", "{p} / {c}"])
def test_a_project_that_sounds_like_works_or_a_scale_has_a_carrier_too(act: Act, pair: str) -> None:
    told = {
        ("Réparation de vélos", "SAS Copeaux"): 950, ("Bourse au permis", "Foyer rural"): 1400,
        ("Théâtre forum au collège", "Les Amis du Lavoir"): 7350, ("Achat de jeux", "Centre social du Val"): 620,
    }  # fmt: skip
    rows = "\n".join(f"- {pair.format(p=p, c=c)} : {value} €" for (p, c), value in told.items())
    found = granted(act(ABOVE, body=f"{LEAD}\n\n{rows}"))
    wanted = {carrier.removeprefix("Les "): value for (_, carrier), value in told.items()}
    assert {name.removeprefix("Les "): value for name, value in found.items()} == wanted


def test_companies_of_a_list_of_works_are_granted_nothing(act: Act) -> None:
    rows = "- SARL Martin : 4 500 € ;\n- SAS Durand : 3 200 € ;\n- Réfection du toit (SARL Petit) : 900 €."
    assert granted(act(f"- de retenir les entreprises suivantes :\n\n{rows}", title="Travaux de l'école")) == {}


def test_what_a_sum_is_for_is_no_part_of_who_gets_it_behind_the_sum(act: Act) -> None:
    rows = "500 € à l'association Lire ; 900 € au comité d'animation de Saint-Clar pour la foire aux chevaux ; "
    rows += "120 € à l'Association pour la paix"
    found = granted(act(f"- d'attribuer les subventions suivantes : {rows} ;"))
    assert {name.lower(): value for name, value in found.items()} == {
        "lire": 500, "comité d'animation de saint-clar": 900, "association pour la paix": 120
    }  # fmt: skip
    rows = "- Ludothèque : 500 € à Un Temps pour Soi ;\n- Café : 300 € au Foyer rural ;"
    assert granted(act(ABOVE, body=f"{LEAD}\n\n{rows}")) == {"Un Temps pour Soi": 500, "Foyer rural": 300}
