"""The commune that the list of a group of communes writes beside a member, and brackets that hold something else."""

from __future__ import annotations

import pytest

from extract.header.towns import group_of, with_towns
from extract.segment.lines import folded
from ontology.authorities import members
from tests.extract.header.marked import marked

METROPOLIS = group_of("Dijon métropole", None, "21")


def towns(text: str, group=METROPOLIS) -> list[str | None]:
    """The commune of each entry; entries are what stands between « and »."""
    plain, facts = marked(text)
    return [fact.commune for fact in with_towns(folded(plain), group, facts)]


@pytest.mark.parametrize(
    ("entry", "commune"),
    [
        ("Mme Anne PETIT (Talant)", "Talant"),
        ("PETIT Anne (TALANT)", "Talant"),
        ("M. Luc ROY ( Fontaine-lès-Dijon )", "Fontaine-lès-Dijon"),
        ("M. Luc ROY (FONTAINE LES DIJON)", "Fontaine-lès-Dijon"),
        ("M. Luc ROY (St Apollinaire)", "Saint-Apollinaire"),
        ("M. Luc ROY – Chenôve", "Chenôve"),
        ("M. Luc ROY (maire de Chenôve)", "Chenôve"),
        ("Mme Léa ROY (conseillère municipale de Longvic)", "Longvic"),
        ("Mme Léa ROY (commune d'Ahuy)", "Ahuy"),
        ("Mme Léa ROY (Longvic) (Maire)", "Longvic"),
        ("Mme Léa ROY (Longvic) pouvoir à M. Luc ROY (Talant)", "Longvic"),
        ("M. Luc ROY, Vice-président (Daix)", "Daix"),
        ("Mme Anne PETIT, Talant", "Talant"),
        ("Mme Anne PETIT, TALANT ;", "Talant"),
        ("Mme Anne PETIT, Vice-présidente, Talant", "Talant"),
        ("M. Luc ROY, maire de Chenôve", "Chenôve"),
        ("M. Luc ROY, adjoint au maire de Chenôve.", "Chenôve"),
        ("M. Luc ROY, délégué de Fontaine-lès-Dijon", "Fontaine-lès-Dijon"),
        ("M. Luc ROY, Talant, pouvoir à Mme Anne PETIT, Daix", "Talant"),
        ("M. Luc ROY, Talant, Daix", None),
        ("M. Luc ROY, élu de Beaune", None),
        ("M. TALANT, Luc", None),
        ("Mme Anne PETIT (Talant avenir)", None),
        ("Mme Anne PETIT (groupe Talant)", None),
        ("Mme Anne PETIT (Maire)", None),
        ("Mme Anne PETIT (pouvoir à M. TALANT)", None),
        ("Mme Anne PETIT, pouvoir à M. ROY (Talant)", None),
        ("M. Paul BERNARD (Fontaine d'Ouche)", None),
        ("M. Paul BERNARD (Beaune)", None),
        ("M. Paul BERNARD (PS)", None),
        ("M. Jean TALANT", None),
        ("M. Jean-Talant ROY", None),
        ("Mme Anne PETIT (Talant) (Daix)", None),
        ("Mme Anne BLANC (née NOIR)", None),
    ],
)
def test_the_commune_beside_a_name(entry: str, commune: str | None) -> None:
    assert towns(f"Étaient présents :\n«{entry}»\n") == [commune]


def test_members_in_a_bracket_behind_their_commune() -> None:
    text = "Présents : TALANT («PETIT Anne»), CHENÔVE («ROY Luc»), GROUPE ÉCOLOGISTE («NOIR Paul»)"
    assert towns(text) == ["Talant", "Chenôve", None]


@pytest.mark.parametrize(
    ("text", "communes"),
    [
        ("Talant : «Mme PETIT»\nDaix : «M. ROY»", ["Talant", "Daix"]),
        ("TALANT : «PETIT Anne», «BLANC Julie»\nDAIX : «ROY Luc»", ["Talant", "Talant", "Daix"]),
        ("Présents : Talant : «Mme PETIT» ; Daix : «M. ROY», «Mme VIDAL»", ["Talant", "Daix", "Daix"]),
        ("Commune de Talant : «Mme PETIT»\nVille de Daix : «M. ROY»", ["Talant", "Daix"]),
        ("Pour Talant : «Mme PETIT»\nPour la commune d'Ahuy : «M. ROY»", ["Talant", "Ahuy"]),
        ("- Talant : «Mme PETIT»\n- Daix : «M. ROY»", ["Talant", "Daix"]),
        ("• Talant: «Mme PETIT»\n• Daix: «M. ROY»", ["Talant", "Daix"]),
        ("St-Apollinaire : «Mme PETIT»\nFONTAINE LES DIJON : «M. ROY»", ["Saint-Apollinaire", "Fontaine-lès-Dijon"]),
        ("Talant : «Mme PETIT (Daix)»\nDaix : «M. ROY»", ["Daix", "Daix"]),
        ("Talant : «Mme PETIT»\nDaix : «M. ROY»\nExcusés : «M. NOIR»", ["Talant", "Daix", None]),
        ("Talant : «Mme PETIT»\nDaix : «M. ROY»\n«M. NOIR»", ["Talant", "Daix", None]),
        ("Talant : «Mme PETIT» ; «M. NOIR» ; Daix : «M. ROY»", ["Talant", None, "Daix"]),
        ("Talant : «Mme PETIT», «M. NOIR»", [None, None]),
        ("Beaune : «Mme PETIT»\nNuits : «M. ROY»", [None, None]),
        ("Président : «Mme PETIT»\nSecrétaire : «M. ROY»", [None, None]),
        ("Groupe Talant : «Mme PETIT»\nGroupe Daix : «M. ROY»", [None, None]),
    ],
)
def test_the_commune_that_a_label_gives_those_behind_it(text: str, communes: list[str | None]) -> None:
    assert towns(text) == communes


def test_every_commune_of_a_group_is_read_as_the_register_names_it() -> None:
    for siren in ("242100410", "243500139", "200054807"):
        group = group_of(None, siren, None)
        assert group is not None
        names = [commune.name for commune in members(siren)]
        assert towns("\n".join(f"«M. Luc ROY ({name})»" for name in names), group) == names


def test_a_municipal_council_and_an_unknown_authority_write_no_commune() -> None:
    assert group_of("Commune de Dijon", None, "21") is None
    assert group_of("Syndicat mixte du Haut-Doubs", None, None) is None
    assert group_of("Conseil communautaire", "242100410", None) == METROPOLIS
    assert towns("«M. Luc ROY (Talant)»", None) == [None]
