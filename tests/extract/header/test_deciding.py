"""The organ that only the clause of the decision names, and the title that no letterhead is."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.facts import DocumentFacts
from extract.read import read_bytes

HEAD = """Département de l'Orge                      Commune de Valmorin

L'an deux mille vingt-trois et le six mars, l'assemblée régulièrement convoquée le 25 février 2023 s'est réunie sous la
présidence de Mme Aline MARSEC.

Sont présents : Mme MARSEC Aline - M. TESSIER Bruno - Mme NOIR Carla - M. PAUL Denis
Secrétaire de séance : Mme Carla NOIR

Objet : Club de voile – Demande de subvention

Le club de voile a présenté son bilan.

"""


def facts(text: str) -> DocumentFacts:
    return extract_source(read_bytes("acte.txt", text.encode()))


@pytest.mark.parametrize(
    "clause",
    [
        "Ouï cet exposé et après en avoir délibéré, le Conseil municipal à l'unanimité :\n- VERSE 500 € au club.",
        "Le Conseil municipal, après en avoir délibéré, (pour : 3, contre : 1), décide de verser 500 € au club.",
        "Le Conseil municipal, sur proposition de la commission des sports, accorde 500 € au club de voile.",
        "Le Conseil municipal décide de verser 500 € au club de voile.",
        "Le Conseil municipal, l'exposé entendu, par 4 voix pour :\nDécide de verser 500 € au club de voile.",
        "Après en avoir délibéré, par 4 voix pour, le Conseil municipal décide :\n- de verser 500 € au club de voile.",
    ],
)
def test_the_clause_of_the_decision_names_the_organ(clause: str) -> None:
    document = facts(f"{HEAD}{clause}\n\nLe Maire\n")
    session = document.sessions[0]
    assert (session.body, session.authority) == ("Conseil municipal", "Commune de Valmorin")
    (place,) = session.evidence["body"]
    assert document.text[place.start : place.end] == "Conseil municipal"


def test_the_organ_of_the_association_is_not_that_of_the_commune() -> None:
    clause = "L'assemblée décide de verser 500 € au club, dont le bureau du club de voile a fait la demande.\n"
    assert facts(f"{HEAD}{clause}\nLe Maire\n").sessions[0].body != "Bureau"


def test_two_organs_in_the_clause_settle_nothing() -> None:
    clause = "Le Conseil municipal décide de verser 500 € au club ; le Conseil communautaire décide de même.\n"
    assert facts(f"{HEAD}{clause}\nLe Maire\n").sessions[0].body is None


@pytest.mark.parametrize("matter", ["Contribution 2023", "Participation statutaire", "Convention de gestion"])
def test_a_title_that_opens_with_a_syndicat_is_no_letterhead(matter: str) -> None:
    document = facts(
        f"""DÉPARTEMENT DE L'ORGE

COMMISSION PERMANENTE
Réunion du 6 mars 2023

Délibération n° 2023-04-02

Syndicat mixte des rives de l'Orge – {matter}

Président : Mme Aline MARSEC
Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIR

LA COMMISSION PERMANENTE,

Vu le rapport de Madame la Présidente,

Le comité syndical a arrêté les participations de ses membres.

Après en avoir délibéré, à l'unanimité,

DÉCIDE

ARTICLE 1 : Verse au Syndicat mixte des rives de l'Orge la participation 2023, d'un montant de 9 000 €.

La Présidente
"""
    )
    assert document.sessions[0].authority == "DÉPARTEMENT DE L'ORGE"
    (act,) = document.acts
    assert act.title == f"Syndicat mixte des rives de l'Orge – {matter}"
    names = {organisation.id: organisation.name for organisation in act.organisations}
    awarded = [
        (names[f.funder or ""], names[f.beneficiary or ""], f.amount) for f in act.fundings if f.status == "awarded"
    ]
    assert awarded == [("DÉPARTEMENT DE L'ORGE", "Syndicat mixte des rives de l'Orge", 9_000)]
