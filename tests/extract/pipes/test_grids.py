"""Tables in every flattening: what a generated table says is read back, and what is no grant is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.facts import ActFacts
from extract.pipes.money.cells import Cell, Grid, joined
from extract.pipes.money.layout import line_grids
from extract.pipes.money.line_cells import Line
from extract.pipes.money.stacked import stacked_grids
from extract.text import fold
from tests.examples import examples

Act = Callable[..., ActFacts]
AS_TABLE = "- d'attribuer les subventions figurant au tableau ci-dessus ;"
STAMP = "Envoyé en préfecture le 04/07/2023\nReçu en préfecture le 04/07/2023\nID : 059-215900001-20230629-23_06_44-DE"
HEADS, TAILS = ("Amicale", "Cercle", "Harmonie", "Étoile", "Fanfare"), ("Bleue", "du Val", "des Prés", "d'Arvenne")
NAMES = [f"{head} {tail}" for head in HEADS for tail in TAILS]
ACTIONS = ("Stages de printemps", "Fête du quartier", "Chorale intergénérationnelle", "Tournoi des jeunes")


class Row(NamedTuple):
    """A row of a generated table."""

    name: str
    action: str
    asked: int
    granted: int


rows = st.lists(
    st.builds(Row, st.sampled_from(NAMES), st.sampled_from(ACTIONS), st.integers(900, 9_999), st.integers(101, 899)),
    min_size=3, max_size=9, unique_by=(lambda r: r.name, lambda r: r.granted),
)  # fmt: skip


def figure(value: int, euro: str) -> str:
    """A sum as acts write it."""
    return f"{value:,}".replace(",", " ") + euro


def cells(table: list[Row], columns: str, euro: str, total: str) -> list[list[str]]:
    """The header, rows and total of a table with some of the columns n(ame), a(ction), r(equested), g(ranted)."""
    header = {"n": "Association", "a": "Action", "r": "Montant demandé", "g": "Montant attribué"}
    grid = [[header[c] for c in columns]]
    for row in table:
        told = {"n": row.name, "a": row.action, "r": figure(row.asked, euro), "g": figure(row.granted, euro)}
        grid.append([told[c] for c in columns])
    whole = {"n": total, "a": "", "r": figure(sum(r.asked for r in table), euro)}
    whole["g"] = figure(sum(r.granted for r in table), euro)
    return [*grid, [whole[c] for c in columns]] if total else grid


def tabs(grid: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in grid)


def pipes(grid: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    return "\n".join([lines[0], "|" + "|".join("---" for _ in grid[0]) + "|", *lines[1:]])


def spaces(grid: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in grid) + 3 for i in range(len(grid[0]))]
    return "\n".join("".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in grid)


def stacked(grid: list[list[str]]) -> str:
    return "\n".join(c for row in grid for c in row if c)


def awarded(act: ActFacts) -> dict[str, int]:
    """Name of the receiver → sum."""
    names = {o.id: o.name for o in act.organisations}
    return {names.get(f.beneficiary or "", ""): int(f.amount or 0) for f in act.fundings if f.status == "awarded"}


@settings(max_examples=examples(24), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows,
    st.sampled_from(["ng", "nag", "nrg", "narg"]),
    st.sampled_from([tabs, pipes, spaces, stacked]),
    st.sampled_from([" €", ""]),
    st.sampled_from(["TOTAL", "Total général", ""]),
    st.booleans(),
)
def test_a_table_is_read_back(
    act: Act, table: list[Row], columns: str, flatten: Callable[[list[list[str]]], str], euro: str, total: str,
    stamp: bool,
) -> None:  # fmt: skip
    """Any columns, any flattening, a stamp in the middle or none: each row once, the total never."""
    text = flatten(cells(table, columns, euro, total))
    if stamp:
        lines = text.split("\n")
        middle = len(lines) * 2 // 3
        text = "\n".join([*lines[:middle], STAMP, *lines[middle:]])
    facts = act(AS_TABLE, body=f"Les subventions suivantes sont proposées :\n\n{text}\n\nLa commission est favorable.")
    assert awarded(facts) == {row.name: row.granted for row in table}
    if "r" in columns:
        asked = sorted(int(f.amount or 0) for f in facts.fundings if f.status == "requested")
        assert asked == sorted(row.asked for row in table)


def grids(text: str) -> list[Grid]:
    return line_grids(text, fold(text)) + stacked_grids(text, fold(text))


def words(grid: Grid) -> list[list[str]]:
    return [[c.text for c in row] for row in grid.rows]


def test_names_wrapped_above_and_below_their_row() -> None:
    (grid,) = grids("Code\tAssociation\tMontant\n\tAMIS DE LA\n12\t\t500 €\n\tRIVIÈRE\n14\tCAP SUD\t300 €")
    assert words(grid) == [["12", "AMIS DE LA RIVIÈRE", "500 €"], ["14", "CAP SUD", "300 €"]]


def test_names_wrapped_in_one_cell_a_line() -> None:
    (grid,) = grids(
        "Porteur\nAction\nQuartier\nSubvention Ville\nCentre social\nLes Tilleuls\nCafé des parents\nCentre\n4 200 €\n"
        "Cap Sud\nSorties\nGare\n800 €\nRégie de quartier\nDeux Ponts\nJardins\npartagés\nGare\n900 €\n5 900 €"
    )
    assert [row[:1] + row[-1:] for row in words(grid)] == [
        ["Centre social Les Tilleuls", "4 200 €"], ["Cap Sud", "800 €"],
        ["Régie de quartier Deux Ponts", "900 €"], ["", "5 900 €"],
    ]  # fmt: skip


def test_an_agenda_is_no_table_of_sums(act: Act) -> None:
    facts = act(AS_TABLE, body="N°\nObjet\n1\nSubvention au Cercle Bleu\n2\nVœu\n3\nSubvention à Cap Sud\n4\nDivers")
    assert awarded(facts) == {}


def test_headings_and_subtotals_between_rows(act: Act) -> None:
    body = """\
Subventions 2023, en euros :

En euros
Association
Versé en 2022
Demandé
Accordé
SPORT
Étoile du Val
2 800
3 500
3 000
Tennis des Prés
900
900
850
Sous-total sport
3 700
4 400
3 850
CULTURE ET LOISIRS
Harmonie Cécile
1 600
1 600
1 500
TOTAL
5 300
6 000
5 350

Fin du tableau, qui appelle un vote du conseil."""
    facts = act("- d'accorder aux associations les montants de la dernière colonne ;", body=body)
    assert awarded(facts) == {"Étoile du Val": 3000, "Tennis des Prés": 850, "Harmonie Cécile": 1500}
    (table,) = facts.tables
    assert table.stated_total == 5350


def test_refused_rows_and_rows_without_a_sum(act: Act) -> None:
    body = "Subventions :\n\nPorteur\tAction\tDemande\tProposition\nCap Sud\tStages\t900 €\t800 €\n" \
           "Harmonie Bleue\tBal\t500 €\tnon retenu\n" \
           "Cercle du Val\tJoutes\t400 €\t-\nTotal\t\t1 800 €\t800 €"  # fmt: skip
    facts = act(AS_TABLE, body=body)
    assert awarded(facts) == {"Cap Sud": 800}
    assert [int(f.amount or 0) for f in facts.fundings if f.status == "rejected"] == [500]


def test_the_column_that_the_decision_names(act: Act) -> None:
    body = "Subventions :\n\nClub\tAide de base\tAide validée\tPlafond\nCap Sud\t300 €\t450 €\t900 €\n" \
           "Cercle du Val\t200 €\t250 €\t900 €"  # fmt: skip
    facts = act("- d'attribuer les subventions de la colonne « Aide validée » ;", body=body)
    assert awarded(facts) == {"Cap Sud": 450, "Cercle du Val": 250}


def test_sums_in_thousands(act: Act) -> None:
    facts = act(AS_TABLE, body="Subventions :\n\nStructure\tSubvention (k€)\nCap Sud\t12\nCercle du Val\t7,5")
    assert awarded(facts) == {"Cap Sud": 12000, "Cercle du Val": 7500}


def test_dot_leaders(act: Act) -> None:
    body = "Il est proposé d'attribuer les subventions suivantes :\n\nCap Sud ............. 450 €\n" \
           "Cercle du Val ....... 1 200 €\n               TOTAL  1 650 €"  # fmt: skip
    assert awarded(act(AS_TABLE, body=body)) == {"Cap Sud": 450, "Cercle du Val": 1200}


def test_a_name_given_once_for_several_rows(act: Act) -> None:
    body = "Subventions :\n\nAssociation\tProjet\tMontant\nCap Sud\tStages d'été\t450 €\n\tBal du port\t300 €"
    facts = act(AS_TABLE, body=body)
    assert sorted(int(f.amount or 0) for f in facts.fundings if f.status == "awarded") == [300, 450]
    assert len({f.beneficiary for f in facts.fundings if f.status == "awarded"}) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Rappel des subventions de 2022 :\n\nAssociation\tMontant\nCap Sud\t450 €\nCercle du Val\t300 €",
        "Décisions du maire :\n\nN°\tDate\tObjet\tMontant\n2024-41\t3 mai\tÉlagage\t450 €\n"
        "2024-42\t4 mai\tToiture\t90 €",
        "Aides de l'État aux communes :\n\nAnnée\tNombre de dossiers\tMontant des aides\n2021\t14\t4 500 €\n"
        "2022\t9\t900 €",
    ],
)
def test_tables_that_grant_nothing(act: Act, body: str) -> None:
    assert awarded(act("- de prendre acte du rapport ;", body=body)) == {}


def test_contributors_pay(act: Act) -> None:
    body = "Contributions des partenaires au fonds :\n\nContributeur\t2022\t2023\nEnergia\t48 000 €\t45 000 €\n" \
           "Caisse du Val\t35 000 €\t32 500 €\nTOTAL\t83 000 €\t77 500 €"  # fmt: skip
    facts = act("- d'approuver les contributions au fonds pour 2023 ;", body=body)
    names = {o.id: o.name for o in facts.organisations}
    told = {(names.get(f.funder or ""), f.beneficiary, int(f.amount or 0)) for f in facts.fundings}
    assert told == {("Energia", None, 45000), ("Caisse du Val", None, 32500)}


PANELS = [
    ["Dépenses", "Montant HT", "Recettes", "Montant"],
    ["Travaux", "80 000 €", "État – DETR", "30 000 €"],
    ["Honoraires", "20 000 €", "Région", "25 000 €"],
    ["", "", "Autofinancement", "45 000 €"],
    ["TOTAL", "100 000 €", "TOTAL", "100 000 €"],
]


@pytest.mark.parametrize("flatten", [tabs, pipes, spaces, stacked])
def test_a_plan_in_two_panels(act: Act, flatten: Callable[[list[list[str]]], str]) -> None:
    body = f"Le plan de financement est le suivant :\n\n{flatten(PANELS)}\n\nLes travaux dureront un an."
    facts = act("- d'adopter le plan de financement ;", body=body)
    names = {o.id: o.name for o in facts.organisations}
    told = {(names.get(f.funder or ""), int(f.amount or 0)) for f in facts.fundings}
    assert {("État", 30000), ("Région", 25000), (None, 100000)} <= told
    assert {value for _, value in told} == {30000, 25000, 45000, 100000}
    assert {f.status for f in facts.fundings} == {"budgeted"}


def test_a_plan_told_as_a_list(act: Act) -> None:
    body = "Son plan de financement se présente ainsi :\n\nÉtat – DSIL : 150 000 €\nRégion : 80 000 €\n" \
           "Autofinancement : 120 000 €\nCoût total HT : 350 000 €"  # fmt: skip
    facts = act("- d'adopter le plan de financement ;", body=body)
    assert sorted(int(f.amount or 0) for f in facts.fundings) == [80000, 120000, 150000, 350000]
    assert {f.status for f in facts.fundings} == {"budgeted"}


@pytest.mark.parametrize(
    "plan",
    [
        "Financeur\tMontant\nEtat (DSIL)\t150 000 €\nRégion\t80 000 €\nAutofinancement\t120 000 €",
        "Etat (DSIL) 150 000 € 43 % Région 80 000 € 23 % Autofinancement 120 000 € 34 %",
    ],
)
def test_a_funder_is_known_by_what_the_plan_calls_it_with_its_fund(act: Act, plan: str) -> None:
    facts = act("- d'adopter le plan de financement ;", body=f"Le plan de financement est le suivant :\n\n{plan}\n")
    (state,) = [o for o in facts.organisations if o.kind == "state"]
    assert state.name == "État"
    assert "Etat (DSIL)" in state.aliases


def test_lines_of_dots_and_very_long_tables_are_no_trouble() -> None:
    assert grids("....................\n\n____________________\n") == []
    (grid,) = grids("Association\tMontant\n" + "Cap Sud\t500 €\n" * 5000)
    assert len(grid.rows) == 5000


def test_labels_above_their_sums_are_rows(act: Act) -> None:
    body = (
        "Le plan de financement serait le suivant :\n\nDépenses\tRecettes\nTravaux\tAgence de l'eau Meuse-Aval (50 %)\n"
        "60 000 €\t40 000 €\nÉtudes\tRégion (25 %)\n20 000 €\t20 000 €\nTotal\tAutofinancement\n80 000 €\t20 000 €\n"
    )
    facts = act("- de solliciter l'Agence de l'eau et la Région ;", title="Rivière : plan de financement", body=body)
    names = {o.id: o.name for o in facts.organisations}
    lines = {(names.get(f.funder or ""), f.status, int(f.amount or 0)) for f in facts.fundings}
    assert {
        ("Agence de l'eau Meuse-Aval", "requested", 40000),
        ("Région", "requested", 20000),
        ("VILLE DE MONTCLAIR", "budgeted", 20000),
    } <= lines


@pytest.mark.parametrize("word", ["acquis", "obtenu", "notifié", "accordée"])
def test_what_others_have_granted_already_is_told_not_decided(act: Act, word: str) -> None:
    body = (
        f"Plan de financement :\n\nFinanceur\tMontant\tStatut\nÉtat (DSIL)\t40 000 €\t{word}\n"
        "Région Normandie\t20 000 €\tà solliciter\nVille de Montclair\t30 000 €\t\n"
    )
    facts = act("- de solliciter la Région Normandie ;", title="Rénovation de l'école", body=body)
    names = {o.id: o.name for o in facts.organisations}
    lines = {(names.get(f.funder or ""), f.status, int(f.amount or 0)) for f in facts.fundings}
    assert {("État", "budgeted", 40000), ("Région Normandie", "requested", 20000)} <= lines


@pytest.mark.parametrize(
    ("decision", "asked"),
    [
        ("- de solliciter les subventions mentionnées ci-dessus ;", {"État", "Région Normandie"}),
        ("- de solliciter les financeurs ;", {"État", "Région Normandie"}),
        ("- de solliciter l'État ;", {"État"}),
        ("- d'approuver le plan de financement ;", set()),
    ],
)
def test_a_plan_is_asked_of_those_whom_the_decision_solicits(act: Act, decision: str, asked: set[str]) -> None:
    body = (
        "Plan de financement :\n\nFinanceur\tMontant\nÉtat (DSIL)\t40 000 €\nRégion Normandie\t20 000 €\n"
        "Ville de Montclair\t30 000 €\n"
    )
    facts = act(decision, title="Rénovation de l'école", body=body)
    names = {o.id: o.name for o in facts.organisations}
    assert {names[f.funder] for f in facts.fundings if f.status == "requested" and f.funder} == asked


@pytest.mark.parametrize("again", ["idem", "Idem", "id.", "d°", "»", "dito"])
def test_a_name_told_again(act: Act, again: str) -> None:
    body = f"Subventions :\n\nAssociation\tObjet\tMontant\nCap Sud\tfonctionnement\t1 500 €\n{again}\tuniformes\t250 €"
    facts = act(AS_TABLE, body=body)
    names = {o.id: o.name for o in facts.organisations}
    assert sorted((names[f.beneficiary or ""], int(f.amount or 0)) for f in facts.fundings) == [
        ("Cap Sud", 250),
        ("Cap Sud", 1500),
    ]


def test_a_sum_told_with_its_reckoning(act: Act) -> None:
    body = "Subventions :\n\nAssociation\tMontant\nCap Sud\t22 jeunes x 15 € = 330 €\nHorizon\t200 €"
    assert sorted(int(f.amount or 0) for f in act(AS_TABLE, body=body).fundings) == [200, 330]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Musique munici-", "pale Concordia", "Musique municipale Concordia"),
        ("Collège Paul-", "Verneuil", "Collège Paul-Verneuil"),
        ("Amicale des sous-", "officiers", "Amicale des sous-officiers"),
        ("Amis de", "la nature", "Amis de la nature"),
    ],
)
def test_names_wrapped_at_a_hyphen(above: str, below: str, whole: str) -> None:
    assert joined([Cell(above, 0, len(above)), Cell(below, 20, 20 + len(below))]).text == whole


def test_the_part_of_the_authority_is_the_grant(act: Act) -> None:
    head, rows = "Porteur\nAction\nPart Ville\nPart État", "Cap Sud\nChantier\n1 500\n900\nHorizon\nVélo\n700\n300"
    body = f"Programmation :\n\n{head}\n{rows}\n"
    facts = act(AS_TABLE, body=body)
    assert sorted(int(f.amount or 0) for f in facts.fundings if f.status == "awarded") == [700, 1500]


@pytest.mark.parametrize("sigle", ["SIAEP", "SIVU", "SIVOM", "SICTOM"])
def test_a_row_that_names_a_syndicat_by_its_sigle(act: Act, sigle: str) -> None:
    facts = act(AS_TABLE, body=f"Subventions :\n\nBénéficiaire\tMontant\n{sigle} du Val\t1 500 €\nHorizon\t250 €")
    kinds = {o.name: o.kind for o in facts.organisations}
    assert (kinds[f"{sigle} du Val"], kinds["Horizon"]) == ("public_establishment", "association")


FLATTENED = [
    # a head that no list of words knows, wrapped heads, names and actions over several lines
    ("Association\nRendez-vous\nSubvention\ndemandée\nSubvention\nproposée\nLes Amis du clavecin\n"
     "Festival – 12 au 28 juillet\n4 000 €\n3 000 €\nJazz en Vire\nNuits du jazz\n5 000 €\n4 500 €\n{stamp}\n"
     "Patrimoine & Mémoire\nen pays d’Auge\nExposition « Le tissage »\n1 800 €\n1 200 €\nTOTAL\n10 800 €\n8 700 €",
     {"Les Amis du clavecin": 3000, "Jazz en Vire": 4500, "Patrimoine & Mémoire en pays d’Auge": 1200}),
    ("Porteur\nManifestation\nDates\nAide sollicitée\nAide accordée\nAtelier du Lin\nFête des toiles\n12 mai\n2 000 €\n"
     "1 500 €\nCercle\nphilatélique vironnais\nBourse aux timbres\n3 juin\n800 €\n600 €\n{stamp}\nCompagnie de\n"
     "l'Estran\nSpectacle de rue\n14 juillet\n3 000 €\n2 500 €",
     {"Atelier du Lin": 1500, "Cercle philatélique vironnais": 600, "Compagnie de l'Estran": 2500}),
    ("Organisme\nClub d'aviron\nfonctionnement\n1 800 €\n{stamp}\nClub d'échecs\nfonctionnement\n300 €",
     {"Club d'aviron": 1800, "Club d'échecs": 300}),
    ("Nom de l'association\nÉvènement\nDemande 2024\nProposition 2024\nClub nautique\nRégate du lac\n1 800\n1 500\n"
     "Page 2/4\nClub d'échecs\nOpen d'été\n300\n300\nTotal\n2 100\n1 800",
     {"Club nautique": 1500, "Club d'échecs": 300}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "granted"), FLATTENED)
def test_flattened_heads_and_columns_of_words(act: Act, table: str, granted: dict[str, int]) -> None:
    facts = act(AS_TABLE, body="La commission propose :\n\n" + table.format(stamp=STAMP))
    assert awarded(facts) == granted
    assert {o.name for o in facts.organisations} == {"VILLE DE MONTCLAIR", *granted}


def test_each_line_of_a_long_table_without_figures_is_looked_at_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    figured = Line.figured.fget
    monkeypatch.setattr(Line, "figured", property(lambda line: asked.append(line.start) or figured(line)))
    rows = 400
    text = "Nom | Objet | Motif\n" * rows
    assert line_grids(text, fold(text)) == []
    assert rows <= len(asked) < 100 * rows
