"""What ties an authority to the national registers: département and SIREN of a header."""

from __future__ import annotations

import pytest

from extract.header.register import read_department, read_siren
from extract.segment.layout import Span
from extract.segment.lines import folded
from extract.view import view
from ontology.identifiers import is_rna, is_siren, is_siret


def _department(text, authority):
    found = read_department(text, folded(text), Span(0, len(text)), authority)
    return found and found.value


def _siren(text):
    seen = view(text)
    found = read_siren(folded(text), Span(0, len(text)), seen.stamps)
    return found and found.value


@pytest.mark.parametrize(
    ("text", "authority", "code"),
    [
        (
            "DÉPARTEMENT DE L'AUBE\nARRONDISSEMENT DE TROYES\nCommune de Sainte-Colombe",
            "Commune de Sainte-Colombe",
            "10",
        ),
        ("Département de la Côte-d'Or Arrondissement de Dijon\nCommune de X", "Commune de X", "21"),
        ("République française – DEPARTEMENT DES ALPES DE HAUTE PROVENCE\n", None, "04"),
        ("département du Val-d’Oise", None, "95"),
        ("Mairie de Saint-Denis (93)\n", "Ville de Saint-Denis", "93"),
        ("Commune de Propriano (2A)", "Commune de Propriano", "2A"),
        ("Hôtel de ville\n1 place de la République\n97400 Saint-Denis\n", "Commune de Saint-Denis", "974"),
        ("20000 AJACCIO\n", "Ville d'Ajaccio", "2A"),
        # The letterhead of somebody else, a département that is none, a bare figure.
        ("Trésorerie\n21200 BEAUNE\n", "Commune de Sainte-Marie-la-Blanche", None),
        ("le Président du Conseil départemental", "Commune de Sainte-Colombe", None),
        ("Département des ressources humaines", "Commune de Sainte-Colombe", None),
        ("un crédit de 21000 euros (21)", "Commune de Sainte-Colombe", None),
    ],
)
def test_the_departement_of_a_header(text, authority, code):
    assert _department(text, authority) == code


def test_the_siren_of_the_stamp_goes_before_that_of_the_letterhead():
    stamp = "ID : 021-242100410-20230316-DB_2023_12-DE"
    assert _siren(f"SIRET : 213 901 983 00012\n{stamp}\n") == "242100410"


def test_a_siren_of_the_letterhead():
    assert _siren("Commune de X – SIREN n° 242 100 410") == "242100410"
    assert _siren("SIRET 24210041000012") == "242100410"


def test_figures_that_are_no_siren_are_not_taken():
    assert _siren("SIREN : 242 100 411") is None


def test_the_form_of_register_numbers():
    assert is_siren("242100410")
    assert not is_siren("242100411")
    assert not is_siren("000000000")
    assert is_siret("35600000000048")  # La Poste, by its own rule too
    assert is_siret("35600000049837")
    assert not is_siret("24210041100012")
    assert is_rna("W751234567")
    assert is_rna("W2A1234567")
    assert not is_rna("W75123456")
