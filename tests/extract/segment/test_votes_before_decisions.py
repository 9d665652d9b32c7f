"""Formulas that tell the vote before what is decided: however they do, the decision behind them is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.acts import extract_source
from extract.read import read_bytes

ACT = """\
COMMUNE DE VALBRUNE

EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL

Séance du 27 janvier 2025

L'an deux mille vingt-cinq, le vingt-sept janvier, le Conseil municipal s'est réuni sous la présidence de M. Paul BLIN.

Présents : M. Paul BLIN, Mme Anne ROUX, M. Serge PETITJEAN, Mme Lise LEROY, M. Bernard SONNERAT

Objet : Vie associative - Subvention à l'association Les Amis du Lavoir

L'association Les Amis du Lavoir restaure le lavoir. Elle a sollicité une aide de 2 000 €.

{formula}

Fait et délibéré les jour, mois et an que dessus.
"""
VOTES = (
    "à l'unanimité",
    "à l'unanimité des suffrages exprimés",
    "à l'unanimité moins une abstention (Mme LEROY)",
    "à l'unanimité (M. Bernard SONNERAT, trésorier de l'association, ne prenant pas part au vote)",
    "à l'unanimité, M. SONNERAT n'ayant pas pris part au vote",
    "à la majorité (14 pour, 1 abstention)",
    "par 12 voix pour et 1 abstention (M. PETITJEAN Serge)",
    "avec 11 voix pour, 2 contre (Mme ROUX, M. BLIN) et 2 abstentions",
)
DELIBERATED = (
    "après en avoir délibéré",
    "ayant délibéré",
    "ouï l'exposé qui précède et après en avoir délibéré",
    "entendu l'exposé du Maire",
)
GIVES = (
    "d'attribuer à l'association Les Amis du Lavoir une subvention de 1 250 €",
    "de verser 1 250 € à l'association Les Amis du Lavoir",
)
SHAPES = (
    "Le Conseil municipal, {told}, décide {vote} {gives}.",
    "Le Conseil municipal, {told}, décide, {vote}, {gives}.",
    "Le Conseil municipal décide, {vote}, {gives}.",
    "Le Conseil municipal, {told},\n{Vote},\n\nDécide {gives} ;\n\nDit que la dépense est inscrite au budget.",
    "Le Conseil municipal, {told},\n{Vote},\n\nDécide le versement de 1 250 € à l'association Les Amis du Lavoir.",
    "Le Conseil municipal, {told} et {vote},\n- {gives} ;\n- d'autoriser le Maire à signer.",
    "{Vote}, le Conseil municipal décide {gives}.",
)


@given(st.sampled_from(SHAPES), st.sampled_from(VOTES), st.sampled_from(DELIBERATED), st.sampled_from(GIVES))
def test_what_is_decided_behind_the_vote_is_read(shape: str, vote: str, told: str, gives: str) -> None:
    formula = shape.format(vote=vote, Vote=vote[0].upper() + vote[1:], told=told, gives=gives)
    (act,) = extract_source(read_bytes("acte.txt", ACT.format(formula=formula).encode())).acts
    names = {o.id: o.name for o in act.organisations}
    told_of = [(f.amount, names.get(f.beneficiary or "")) for f in act.fundings if f.status == "awarded"]
    assert told_of == [(1250, "Les Amis du Lavoir")]


@given(st.sampled_from(("Après échanges, ", "Après échanges, et Mme Anne ROUX, trésorière du club, ne votant pas, ")))
def test_a_formula_behind_other_words_opens_the_decision(before: str) -> None:
    gives = "ACCORDE à l'association Les Amis du Lavoir une subvention de 1 250 €"
    formula = f"{before}le Conseil municipal, par 12 voix pour :\n\n{gives} ;\n\nDIT que la dépense est au budget."
    (act,) = extract_source(read_bytes("acte.txt", ACT.format(formula=formula).encode())).acts
    assert [point.text for point in act.decisions] == [gives, "DIT que la dépense est au budget."]


def test_an_article_is_no_number_of_an_act() -> None:
    heads = ("CINÉMA - GARANTIE D'EMPRUNT", "ÉCOLE SAINTE-ANNE - CONTRAT D'ASSOCIATION")
    points = "\n\n".join(
        f"{head}\n\nLe Maire présente le dossier.\n\nLE CONSEIL MUNICIPAL, après en avoir délibéré, à l'unanimité,\n\n"
        "Article 1er - FIXE à 500 euros la participation.\nArticle 2 - DIT que la dépense est au budget.\n\n"
        "Adopté à l'unanimité."
        for head in heads
    )
    head = "COMMUNE DE VALBRUNE\nProcès-verbal du conseil municipal du 27 janvier 2025\n\nPrésents : M. Paul BLIN"
    acts = extract_source(read_bytes("pv.txt", f"{head}\n\n{points}".encode())).acts
    assert [(act.number, len(act.decisions)) for act in acts] == [(None, 2), (None, 2)]
