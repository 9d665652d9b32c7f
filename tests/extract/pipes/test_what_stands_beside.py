"""What stands beside a name in a row or a list is not the name: what for, where, who it is, the file of a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.pipes.test_small_lists import published

Act = Callable[..., ActFacts]
Minutes = Callable[[str], ActFacts]
ABOVE = "- d'attribuer les aides énumérées ci-dessus ;"
LED = "La commission a retenu ce qui suit.\n\n"


def test_what_a_sum_is_for_is_cut_from_short_names_too(act: Act) -> None:
    rows = (
        "- 3 200 € à l'association Lo Batan pour les rencontres de chant de Lisle ;\n"
        "- 2 000 € à la commune de Brenac pour la traduction du plan du bourg."
    )
    found = published(act(ABOVE, title="Langues", body=f"Sont proposées les aides suivantes :\n{rows}"))
    assert [amount for _, amount in found] == [3200, 2000]
    assert not any(name and "pour" in name for name, _ in found)


def test_a_sum_may_stand_behind_what_is_told_of_a_body(act: Act) -> None:
    rows = (
        "- Lo Batan, organisme de cours pour adultes, à hauteur de 18 500 € ;\n"
        "- la compagnie Herbe Haute, pour l'aménagement de son lieu, à hauteur de 4 000 € ;\n"
        "- la rénovation du plateau, à hauteur de 9 000 €."
    )
    found = published(act(ABOVE, title="Langues – Soutien", body=f"Il est proposé d'accompagner :\n{rows}"))
    assert [amount for _, amount in found] == [18500, 4000]


@pytest.mark.parametrize("head", ["Groupe", "Compagnie", "Chorale"])
def test_communes_beside_names_tell_where_the_bodies_are(act: Act, head: str) -> None:
    table = f"{head}\tCommune\tMontant\nMas Doré\tBrenac\t3 000\nTanbou Vert\tBrenac\t2 500\nSous-total\t\t5 500"
    found = published(act("- d'attribuer les subventions figurant au tableau ;", title="Carnaval", body=LED + table))
    assert found == [("Mas Doré", 3000), ("Tanbou Vert", 2500)]


@pytest.mark.parametrize("head", ["Opération", "Projet"])
def test_communes_beside_what_is_done_receive(act: Act, head: str) -> None:
    table = f"{head}\tCommune\tMontant\nToiture de l'école\tBrenac\t3 000\nPréau\tLisle\t2 500"
    found = published(
        act("- d'attribuer les fonds de concours figurant au tableau ;", title="Écoles", body=LED + table)
    )
    assert [name for name, _ in found] == ["Commune de Brenac", "Commune de Lisle"]


def test_missions_that_a_sum_is_shared_among_are_parts_of_it(act: Act) -> None:
    body = (
        "La Maison de l'emploi du Bocage (MEB) accueille les chercheurs d'emploi.\n\n"
        "La contribution de la Ville est fixée à 16 000 € pour 2024, répartis entre les missions suivantes :\n\n"
        "- fonctionnement général de la structure : 9 500 € ;\n- guichet des clauses : 6 500 €.\n"
    )
    facts = act(
        "- d'approuver la convention à conclure avec la Maison de l'emploi du Bocage ;\n"
        "- d'attribuer à cette association une subvention de 16 000 € ;",
        title="Emploi", body=body,
    )  # fmt: skip
    names = {o.id: o.name for o in facts.organisations}
    told = {(names[f.beneficiary or ""], int(f.amount or 0), f.part_of is not None) for f in facts.fundings}
    house = "Maison de l'emploi du Bocage"
    assert told == {(house, 16000, False), (house, 9500, True), (house, 6500, True)}


def test_a_balance_is_paid_of_what_its_paragraph_tells(act: Act) -> None:
    body = (
        "La Ville ajuste donc ses propres participations.\n\n"
        "S'agissant du Centre social Le Pont, la subvention annuelle est ramenée à 104 000 €. Neuf acomptes mensuels "
        "représentant 78 000 € ont déjà été versés ; il reste donc à verser un solde de 26 000 €.\n\n"
        "S'agissant de la crèche associative Les Lutins, il est proposé de fixer la participation à 61 500 €."
    )
    facts = act(
        "- d'arrêter la participation au Centre social Le Pont à 104 000 € et d'autoriser le versement du solde ;\n"
        "- d'accorder une participation de 61 500 € à la crèche Les Lutins ;",
        title="Enfance", body=body,
    )  # fmt: skip
    names = {o.id: o.name for o in facts.organisations}
    assert {names[f.beneficiary or ""] for f in facts.fundings if f.amount == 26000} == {"Centre social Le Pont"}
    assert len([name for name in names.values() if "Lutins" in name]) == 1


def test_a_file_of_several_lines_helps_whom_it_tells_by_what_he_is(act: Act) -> None:
    files = "\n\n".join(
        f"Dossier n° {number}\nPropriétaire occupant, rue Haute\nMontant des travaux : 48 350 € TTC\n"
        f"Aide de l'Anah notifiée : 27 900 €\nAide proposée : {amount} €"
        for number, amount in ((72, "4 835"), (73, "1 172"))
    )
    facts = act(
        "- d'attribuer aux propriétaires visés aux dossiers n° 72 et 73 les aides détaillées ci-dessus ;",
        title="Attribution d'aides", body=f"La commission a émis un avis favorable :\n\n{files}",
    )  # fmt: skip
    assert published(facts) == [("?", 4835), ("?", 1172)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("- Foyer rural de Brenac : 350 € pour l'arbre de Noël. Accordé.", [("Foyer rural de Brenac", 350)]),
        ("- Amicale des aînés : le conseil décide de verser 50 €.", [("Amicale des aînés", 50)]),
        (
            "- Collège du Lac, deux élèves : 60 € par élève, soit 120 €, versés au foyer du collège. Accordé.",
            [("foyer du collège", 120)],
        ),
        ("- Foyer rural de Brenac : 350 € pour l'arbre de Noël. À revoir.", []),
    ],
)
def test_each_request_has_its_verdict(minutes: Minutes, rows: str, told: list[tuple[str, int]]) -> None:
    text = f"3 - Subventions\n\nLes demandes reçues sont examinées :\n{rows}\n\nVote : 9 pour."
    assert published(minutes(text)) == told


def test_the_company_is_the_one_that_asked(minutes: Minutes) -> None:
    text = (
        "5 - Aide au commerce\n\nLa gérante de l'EURL La Halte a sollicité la commune. Le conseil décide d'attribuer à "
        "l'entreprise une aide exceptionnelle de 1 500 €. Unanimité."
    )
    assert published(minutes(text)) == [("EURL La Halte", 1500)]


def test_no_unanimity_receives(minutes: Minutes) -> None:
    text = (
        "3 - Office de tourisme\n\nL'association Office de tourisme de la Vallée de la Bonne présente un budget de "
        "148 300 €.\nDécision : la subvention 2023 de 96 000 € est votée à l'unanimité."
    )
    names = {o.name for o in minutes(text).organisations}
    assert "Office de tourisme de la Vallée de la Bonne" in names
    assert not names & {"unanimité", "Décision", "Office de tourisme"}


def test_rows_by_level_are_parts_of_the_grant(act: Act) -> None:
    table = (
        "La commune verse le forfait à l'OGEC Saint-Jean.\n\n"
        "| | Coût par élève | Élèves de la commune | Participation |\n|---|---|---|---|\n"
        "| Maternelle | 1 000,00 € | 38 | 38 000,00 € |\n| Élémentaire | 400,00 € | 50 | 20 000,00 € |\n"
        "| Total | | 88 | 58 000,00 € |"
    )
    facts = act("- de fixer à 58 000 € la participation à l'OGEC Saint-Jean ;", title="Forfait communal", body=table)
    told = {(int(f.amount or 0), f.part_of is not None) for f in facts.fundings if f.status == "awarded"}
    assert told == {(58000, False), (38000, True), (20000, True)}


def test_sums_told_respectively_go_to_communes_joined_by_of(act: Act) -> None:
    point = "- d'attribuer aux communes de Brenac et de Lisle un fonds de concours de 12 000 euros et 10 000 euros "
    found = published(act(f"{point}respectivement ;", title="Carnaval", body="Deux communes accueillent la parade."))
    assert found == [("Ville de Brenac", 12000), ("Ville de Lisle", 10000)]


def test_the_bill_that_a_grant_waits_for_is_not_what_it_is(minutes: Minutes) -> None:
    text = (
        "3. Don aux Amis du moulin de Brenac\n\nL'association des Amis du moulin de Brenac lance une souscription. "
        "Le conseil décide d'apporter une participation de 1 000 €, qui sera versée à réception de la facture du "
        "charpentier.\nVote : 10 pour, 0 contre, 0 abstention."
    )
    assert published(minutes(text)) == [("Amis du moulin de Brenac", 1000)]


def test_whom_a_departement_gives_to_is_no_part_of_its_name(act: Act) -> None:
    body = "Une aide de 15 000 € a par ailleurs été accordée par le Département du Gers à Val Danse au mois de mars."
    facts = act("- d'attribuer une subvention de 4 000 € à l'association Cap Sud ;", title="Danse", body=body)
    assert "Département du Gers" in {o.name for o in facts.organisations}
    assert published(facts) == [("Cap Sud", 4000)]
