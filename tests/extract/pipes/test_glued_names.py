"""Words glued to a name: what a commune pays behind its own name, the next line of a head, a verb, a matter."""

from __future__ import annotations

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import read_bytes

HEAD = """COMMUNE DE VALMORIN
CONSEIL MUNICIPAL
Séance du 6 mars 2023

Présents : Mme Aline MARSEC, maire, M. Bruno TESSIER, Mme Carla NOIR
"""


def act(objet: str, told: str, decided: str) -> ActFacts:
    text = (
        f"{HEAD}\nObjet : {objet}\n\n{told}\n\n"
        f"Le Conseil municipal, après en avoir délibéré, à l'unanimité, décide :\n- {decided} ;\n\nLe Maire\n"
    )
    (only,) = extract_source(read_bytes("acte.txt", text.encode())).acts
    return only


def awarded(read: ActFacts) -> list[tuple[str | None, str | None, int]]:
    names = {organisation.id: organisation.name for organisation in read.organisations}
    return [
        (names.get(f.funder or ""), names.get(f.beneficiary or ""), int(f.amount))
        for f in read.fundings
        if f.status == "awarded" and f.amount is not None
    ]


@pytest.mark.parametrize(
    "paid", ["Syndicat départemental d'énergie", "SIVOS du Val d'Orge", "Syndicat intercommunal des eaux de l'Orge"]
)
@pytest.mark.parametrize("town", ["commune de Valmorin", "Ville de Valmorin", "commune de Valmorin-le-Vieux"])
def test_the_commune_pays_its_syndicat(paid: str, town: str) -> None:
    read = act(
        f"Participation 2023 au {paid}",
        "Le comité syndical a arrêté les participations de ses membres.",
        f"d'approuver la contribution de la {town} au {paid}, fixée à 12 500 € pour 2023",
    )
    assert all(" au " not in organisation.name for organisation in read.organisations)
    ((funder, beneficiary, amount),) = awarded(read)
    assert funder != beneficiary
    assert (beneficiary, amount) == (paid, 12_500)


@pytest.mark.parametrize(
    ("objet", "told"),
    [
        ("Convention avec le Foyer rural de Valmorin – Approbation", "Le Foyer rural de Valmorin a déposé un dossier."),
        (
            "Soutien au Foyer rural de Valmorin\nDélibération n° 2023-07",
            "Le Foyer rural de Valmorin a déposé un dossier.",
        ),
        ("Soutien au Foyer rural de Valmorin\nN° DEL-2023-07", "Le Foyer rural de Valmorin a déposé un dossier."),
        ("Soutien au Foyer rural de Valmorin", "Le Foyer rural de Valmorin mène, avec la commune, des actions."),
        ("Soutien au Foyer rural de Valmorin", "Le Foyer rural de Valmorin organise un carnaval."),
    ],
)
def test_nothing_is_glued_to_a_name(objet: str, told: str) -> None:
    read = act(objet, told, "d'attribuer au Foyer rural de Valmorin une subvention de 2 500 €")
    kept = [o.name for o in read.organisations if "Foyer" in o.name or o.kind == "organisation"]
    assert kept == ["Foyer rural de Valmorin"]
    assert awarded(read) == [("COMMUNE DE VALMORIN", "Foyer rural de Valmorin", 2_500)]


def test_the_number_below_a_plural_is_no_association() -> None:
    read = act(
        "Attribution des subventions aux associations\nDélibération n° 2023-07",
        "Les demandes ont été examinées.",
        "d'attribuer au Foyer rural de Valmorin une subvention de 2 500 €",
    )
    assert "Délibération" not in [organisation.name for organisation in read.organisations]


def test_who_holds_a_proxy_is_no_organisation() -> None:
    text = (
        "Communauté d'agglomération de Valmorin\nLe Conseil communautaire – Séance du 6 mars 2023\n\n"
        "Objet : Soutien au Foyer rural de Valmorin\n\nPrésents : MARSEC Aline, TESSIER Bruno, NOIR Carla\n"
        "Ont donné pouvoir : PAUL Denis représenté par TESSIER Bruno, DE LA RIVE Odile représentée par NOIR Carla\n\n"
        "Le Foyer rural de Valmorin a déposé un dossier.\n\nLe Conseil communautaire, après en avoir délibéré, à "
        "l'unanimité, décide :\n- d'attribuer au Foyer rural de Valmorin une subvention de 2 500 €\n\nLe Président\n"
    )
    (read,) = extract_source(read_bytes("acte.txt", text.encode())).acts
    names = [organisation.name for organisation in read.organisations]
    assert not [name for name in names if "TESSIER" in name or "NOIR" in name or "RIVE" in name]


def test_the_association_of_rural_mayors_keeps_its_whole_name() -> None:
    read = act(
        "Adhésion à l'Association des maires ruraux",
        "L'Association des maires ruraux accompagne les collectivités.",
        "d'adhérer à l'Association des maires ruraux pour l'année 2023",
    )
    assert [o.name for o in read.organisations if "maires" in o.name] == ["Association des maires ruraux"]
