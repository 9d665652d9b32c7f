"""Register numbers beside the name of an organisation."""

from __future__ import annotations

import pytest

RNA = "W211002233"
SIRET = "24210041000008"
SIREN = "242100410"


def _numbers(document, body):
    facts = document("- de prendre acte du bilan", body=body)
    return {o.name: (o.siren, o.siret, o.rna) for a in facts.acts for o in a.organisations}


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (f"(RNA {RNA})", (None, None, RNA)),
        (f"(n° RNA : W21 1002233, SIRET {SIRET[:3]} {SIRET[3:6]} {SIRET[6:9]} {SIRET[9:]})", (SIREN, SIRET, RNA)),
        (f", n° SIREN {SIREN[:3]} {SIREN[3:6]} {SIREN[6:]},", (SIREN, None, None)),
        (f", SIRET n° {SIRET},", (SIREN, SIRET, None)),
        # Wrong check digits, a number that is none, a telephone.
        (", SIRET n° 24210041100008,", (None, None, None)),
        (", SIREN 242100411,", (None, None, None)),
        (", joignable au 03 80 50 35 35,", (None, None, None)),
    ],
)
def test_the_numbers_of_an_association(document, written, numbers):
    body = f"L'association Les Lanternes du port {written} organise un festival."
    assert _numbers(document, body)["Les Lanternes du port"] == numbers


def test_a_number_is_that_of_the_name_before_it_in_its_sentence(document):
    body = f"La commune soutient l'association Les Lanternes du port. Le numéro {RNA} est cité à titre d'exemple."
    assert _numbers(document, body)["Les Lanternes du port"] == (None, None, None)


def test_two_numbers_of_one_kind_are_none(document):
    body = f"L'association Les Lanternes du port (RNA {RNA}) et l'association Les Lanternes du port (RNA W211009999)."
    assert _numbers(document, body)["Les Lanternes du port"] == (None, None, None)
