"""Which local body a name means beside whoever writes it: CCAS, caisses, offices of housing, communautés."""

from __future__ import annotations

import pytest

from graph.resolve.places import Context, authority_body, body

CHENOVE = [
    "CCAS de Chenôve", "CCAS Chenôve", "C.C.A.S. de Chenôve", "le CCAS de Chenôve", "Ccas de Chenove",
    "Centre communal d'action sociale de Chenôve", "Centre Communal d’Action Sociale (CCAS) de Chenôve",
    "CENTRE COMMUNAL D'ACTION SOCIALE DE CHENOVE", "CCAS de la Ville de Chenôve", "CCAS de la commune de Chenôve",
    "CCAS (Chenôve)", "CCAS - Chenôve", "CCAS de Chenôve (21)", "Centre communal d'action sociale - CCAS de Chenôve",
    "centre communal d'action sociale de la ville de Chenôve", "CCAS DE CHENÔVE", "CCAS (CHENÔVE)",
    "Le Centre Communal d'Action Sociale de la Ville de Chenôve", "Centre communal d'action sociale (Chenôve)",
    "C.C.A.S. de la Ville de Chenôve",
]  # fmt: skip
CAISSES = {
    "caf:departement:21": [
        "CAF 21", "C.A.F.", "la CAF", "CAF Côte-d'Or", "CAF de Côte d'Or", "Caisse d'Allocations Familiales (CAF)",
        "Caisse d'allocations familiales de la Côte-d'Or", "CAISSE D'ALLOCATIONS FAMILIALES",
    ],
    "cpam:departement:21": [
        "CPAM 21", "la CPAM", "Caisse primaire d'assurance maladie", "CPAM de Côte-d'Or",
        "Caisse primaire d'assurance maladie de la Côte-d'Or",
    ],
    "caisse-des-ecoles:siren:212102313": [
        "Caisse des écoles", "la Caisse des écoles", "Caisse des Ecoles de la Ville de Dijon",
        "Caisse des écoles (Dijon)",
    ],
    "national:cnaf": ["CNAF", "Caisse nationale d'allocations familiales"],
    "national:cnsa": ["CNSA", "Caisse nationale de solidarité pour l'autonomie"],
}  # fmt: skip


@pytest.mark.parametrize("name", CHENOVE)
def test_the_ccas_of_a_commune_is_that_commune_s_whoever_writes_it(name):
    for writer, organ in (("Dijon métropole", None), ("Commune de Dijon", "Conseil municipal")):
        found = body(name, context_of(writer, organ))
        assert found is not None
        assert (found.signature, found.seat) == ("ccas:siren:212101661", "siren:212101661")


@pytest.mark.parametrize(("signature", "name"), [(s, name) for s, names in CAISSES.items() for name in names])
def test_the_caisses_of_a_departement_a_commune_the_country(signature, name):
    found = body(name, context_of("Commune de Dijon", "Conseil municipal"))
    assert found is not None
    assert found.signature == signature


@pytest.mark.parametrize(
    "name",
    [
        "Office public de l'habitat de Dijon métropole", "OPH de Dijon métropole",
        "Office de tourisme de Dijon métropole",
        "Grand Dijon Habitat", "OPH Grand Dijon Habitat", "OPAC de Dijon", "Office public d'HLM de Dijon",
        "Office HLM de Dijon", "Office public HLM de la Ville de Dijon", "OPHLM de Dijon",
        "Office public de l'habitat de la Côte-d'Or", "OPH 21", "OPH de la Côte d'Or", "Office municipal HLM",
        "Office départemental de l'habitat", "l'Office public de l'habitat", "SA d'HLM Villéo", "Habitat 21",
        "Office public d'aménagement et de construction de Dijon", "Maison de Dijon métropole",
    ],
)  # fmt: skip
def test_an_office_of_housing_is_no_authority(name):
    assert body(name, context_of("Dijon métropole", None)) is None


def test_a_metropole_is_no_communaute_de_communes_of_its_name():
    community = body("Communauté de communes des Deux Rives", None)
    assert community is not None
    assert community.siren == "248200016"
    metropole = body("Métropole des Deux Rives", None)
    assert metropole is not None
    assert metropole.siren is None
    assert authority_body("Métropole des Deux Rives", "Conseil métropolitain").siren is None


def context_of(name, organ):
    found = authority_body(name, organ, "21")
    return Context(found.signature, found.authority, name, "21", found)
