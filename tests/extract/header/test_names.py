"""Names of persons as acts write them."""

from __future__ import annotations

import pytest
from faker import Faker
from hypothesis import given
from hypothesis import strategies as st

from extract.header.names import read_name


@pytest.mark.parametrize(
    ("written", "honorific", "given", "family"),
    [
        ("Monsieur François MARSEC", "M.", "François", "MARSEC"),
        ("Madame Dominique BEGIN- CLAUDET", "Mme", "Dominique", "BEGIN-CLAUDET"),
        ("Madame Marie-Hélène JUILLARD-\nRANDRIAN", "Mme", "Marie-Hélène", "JUILLARD-RANDRIAN"),
        ("Monsieur Jean- Claude REVEL", "M.", "Jean-Claude", "REVEL"),
        ("Monsieur Marien LOVICH I", "M.", "Marien", "LOVICHI"),
        ("Monsieur Jean-marc GONÇALVES", "M.", "Jean-marc", "GONÇALVES"),
        ("Monsieur Hamid EL HASSOUNI", "M.", "Hamid", "EL HASSOUNI"),
        ("Monsieur Massar N'DIAYE", "M.", "Massar", "N'DIAYE"),
        ("Monsieur Jacques CARRELET DE LOISY", "M.", "Jacques", "CARRELET DE LOISY"),
        ("Monsieur Jean de LA TOUR", "M.", "Jean", "de LA TOUR"),
        ("Mme Anne d'ARC", "Mme", "Anne", "d'ARC"),
        ("Madame Suzanne O'NEILL", "Mme", "Suzanne", "O'NEILL"),
        ("M. TESSIER Bruno", "M.", "Bruno", "TESSIER"),
        ("DE LA TOUR Jean", None, "Jean", "DE LA TOUR"),
        ("Jean Dupont", None, "Jean", "Dupont"),
        ("Jean de La Tour", None, "Jean", "de La Tour"),
        ("Monsieur VAN DER MEERSCH", "M.", None, "VAN DER MEERSCH"),
        ("M. Roy P-Y", "M.", "P-Y", "Roy"),
        ("JP TESSIER", None, "JP", "TESSIER"),
        ("A. MARSEC", None, "A.", "MARSEC"),
        ("Dr. Paul VIAL, Maire", None, "Paul", "VIAL"),
        ("Monsieur Patrick MAIRE", "M.", "Patrick", "MAIRE"),
        ("M. le Maire, Olivier BLANC", "M.", "Olivier", "BLANC"),
        ("Monsieur le Président Gilles ARTOIS-VALE", "M.", "Gilles", "ARTOIS-VALE"),
        ("Madame la Première adjointe, Lise Noir", "Mme", "Lise", "Noir"),
        ("M. le Maire, M. TESSIER", "M.", None, "TESSIER"),
        ("Mme la Vice-Présidente LE GALL", "Mme", None, "LE GALL"),
        ("Général (2S) Yann ROUX", None, "Général Yann", "ROUX"),
        ("Mme Anne ROUX épouse BLANC", "Mme", "Anne", "ROUX épouse BLANC"),
        ("Mme Anne ROUX ép. BLANC", "Mme", "Anne", "ROUX ép. BLANC"),
        ("Mme Anne ROUX, née à Dijon", "Mme", "Anne", "ROUX"),
        ("Mme Anne ROUX (née BLANC)", "Mme", "Anne", "ROUX née BLANC"),
        ("Mme ROUX (épouse LE GALL) Anne", "Mme", "Anne", "ROUX épouse LE GALL"),
        ("Mme Anne ROUX (née le 3 mars 1960)", "Mme", "Anne", "ROUX"),
        ("Mme Anne ROUX (VALMORIN)", "Mme", "Anne", "ROUX"),
        ("mme zoé blanc", "Mme", "Zoé", "Blanc"),
        ("M. Lucien BRÉHIER et", "M.", "Lucien", "BRÉHIER"),
    ],
)
def test_parts_of_a_name(written: str, honorific: str | None, given: str | None, family: str) -> None:
    name = read_name(written)
    assert name is not None
    assert (name.honorific, name.given, name.family) == (honorific, given, family)


def test_the_name_is_written_without_honorific_and_mended() -> None:
    names = [read_name(w) for w in ("Madame Nuray AKPINAR- ISTIQUAM", "Monsieur Marien LOVICH I", "M. TESSIER Bruno")]
    assert [n and n.written for n in names] == ["Nuray AKPINAR-ISTIQUAM", "Marien LOVICHI", "TESSIER Bruno"]


@pytest.mark.parametrize(
    "written",
    [
        "Monsieur le Président",
        "Madame la Maire",
        "Monsieur le Maire expose au conseil",
        "Monsieur le Maire Rappelle Que",
        "Monsieur le Maire, VU la délibération",
        "Monsieur le Président RAPPELLE",
        "Madame la Maire, Présidente de la Métropole",
        "Monsieur le Maire de Dijon",
        "madame la présidente",
        "mme qui vote",
        "le Maire",
        "Membres présents",
        "Nombre de procurations : 4",
        "12",
        "",
        "Conseillers municipaux",
        "Secrétaire de séance",
        "Absents excusés",
        "l'assemblée",
        "de verser la somme",
    ],
)
def test_what_names_nobody(written: str) -> None:
    assert read_name(written) is None


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(written: str) -> None:
    name = read_name(written)
    assert name is None or name.family


@pytest.mark.parametrize("seed", range(3))
def test_usual_french_names_are_read_in_every_order(seed):
    fake = Faker("fr_FR")
    fake.seed_instance(seed)
    for first, family in ((fake.first_name(), fake.last_name()) for _ in range(400)):
        capitals = family.upper()
        for written in (
            f"{first} {capitals}",
            f"{capitals} {first}",
            f"M. {first} {capitals}",
            f"{first[0]}. {capitals}",
        ):
            name = read_name(written)
            assert name is not None, written
            assert name.family == capitals, written


def test_a_given_name_that_is_also_a_role_is_a_given_name():
    name = read_name("M. Benjamin MENARD")
    assert name is not None
    assert (name.given, name.family) == ("Benjamin", "MENARD")
    assert read_name("le benjamin de l'assemblée") is None
