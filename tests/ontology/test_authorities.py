"""Authorities: found by the name an act gives, or not at all rather than wrongly."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import authorities, build_reference, data_path


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("Dijon métropole", "epci", "242100410"),
        ("DIJON MÉTROPOLE", "epci", "242100410"),
        ("métropole de Dijon", "epci", "242100410"),
        ("Chenôve", "commune", "212101661"),
        ("Ville de Dijon", "commune", "212102313"),
        ("commune de Quetigny", "commune", "212105159"),
        ("La Châtre", "commune", "213600463"),
        ("Labastide St-Pierre", "commune", "218200798"),
        ("L’Haÿ-les-Roses", "commune", "219400389"),
        ("Métropole de Lyon", "epci", "200046977"),
        ("Communauté de communes Charlieu-Belmont", "epci", "200035202"),
        ("Charlieu-Belmont", "epci", "200035202"),
        ("communauté d'agglomération du Grand Chalon", "epci", "247100589"),
        ("Plaine Commune", "ept", "200057867"),
        ("Paris", "commune", "217500016"),
    ],
)
def test_an_authority_is_found_by_the_name_an_act_gives(name, kind, code):
    found = authorities.find(name)
    assert found is not None
    assert (found.kind, found.siren) == (kind, code)


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("Département de la Côte-d’Or", "departement", "21"),
        ("Conseil départemental de la Côte d'Or", "departement", "21"),
        ("Côte-d'Or", "departement", "21"),
        ("Conseil régional de Bourgogne-Franche-Comté", "region", "27"),
        ("Région Bourgogne-Franche-Comté", "region", "27"),
    ],
)
def test_departments_and_regions_have_a_code_and_no_invented_siren(name, kind, code):
    found = authorities.find(name)
    assert found is not None
    assert (found.kind, found.insee, found.siren) == (kind, code, None)


@pytest.mark.parametrize("name", ["", "Métropole", "le Département", "Saint-Denis", "association Les Ateliers", "CCAS"])
def test_what_is_unknown_or_ambiguous_is_not_guessed(name):
    assert authorities.find(name) is None


def test_homonyms_are_settled_by_department_or_epci():
    assert authorities.find("Saint-Apollinaire") is None
    assert authorities.find("Saint-Apollinaire", hint_epci="242100410").insee == "21540"
    assert authorities.find("Saint-Apollinaire", "21").insee == "21540"
    assert authorities.find("Saint-Denis", "93").insee == "93066"
    assert authorities.find("Saint-Denis", "21") is None


def test_a_hint_never_turns_down_a_name_that_is_borne_once():
    assert authorities.find("Chenôve", "75").insee == "21166"


def test_dijon_metropole_has_its_twenty_three_communes():
    names = {commune.name for commune in authorities.members("242100410")}
    assert len(names) == 23
    assert {"Dijon", "Chenôve", "Longvic", "Talant", "Quetigny"} <= names
    assert authorities.members("000000000") == ()


def test_codes_find_their_authority():
    assert authorities.by_siren("242100410").name == "Dijon Métropole"
    assert authorities.by_insee("21166").name == "Chenôve"
    assert authorities.by_insee("99999") is None


def test_every_authority_is_found_by_its_own_name_where_that_is_unique():
    for authority in (a for a in authorities.everything() if a.kind in ("epci", "departement", "region")):
        assert authority in authorities.candidates_for(_introduced(authority)), authority


def _introduced(authority):
    return {"departement": "département de ", "region": "région "}.get(authority.kind, "") + authority.name


def test_sirens_are_well_formed_and_borne_once():
    sirens = [authority.siren for authority in authorities.everything() if authority.siren]
    assert len(sirens) == len(set(sirens)) > 36_000
    assert all(len(siren) == 9 and siren.isdigit() for siren in sirens)


@given(st.text(max_size=40))
def test_any_text_is_looked_up_without_fuss(text):
    normal = authorities.normalise(text)
    assert authorities.normalise(normal) == normal
    authorities.find(text)


def test_the_same_package_gives_the_same_bytes(tmp_path):
    data = tmp_path / "package" / "data"
    data.mkdir(parents=True)
    commune = {"code": "21166", "nom": "Chenôve", "type": "commune-actuelle", "departement": "21", "region": "27"}
    tables = {
        "communes": [{**commune, "siren": "212101661"}, {**commune, "type": "commune-deleguee"}],
        "epci": [{"code": "242100410", "nom": "Dijon Métropole", "type": "METRO", "membres": [{"code": "21166"}]}],
        "ept": [],
        "departements": [{"code": "21", "nom": "Côte-d'Or", "region": "27"}],
        "regions": [{"code": "27", "nom": "Bourgogne-Franche-Comté"}],
    }
    for name, rows in tables.items():
        (data / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    for target in ("one", "two"):
        build_reference.build(tmp_path / "package", tmp_path / target)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    rows = gzip.decompress((tmp_path / "one" / "communes.csv.gz").read_bytes()).decode().splitlines()
    assert rows == ["insee,name,department,region,epci,siren", "21166,Chenôve,21,27,242100410,212101661"]
    epci = gzip.decompress((tmp_path / "one" / "epci.csv.gz").read_bytes()).decode().splitlines()
    assert epci[1] == "242100410,Dijon Métropole,METRO,21,27"


def test_the_readme_says_source_version_and_licence():
    text = data_path("reference/README.md").read_text("utf-8")
    assert "@etalab/decoupage-administratif" in text
    assert "6.0.0" in text
    assert "Licence Ouverte" in text
