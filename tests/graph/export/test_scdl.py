"""SCDL, read by the validator that the French open-data portal uses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest

from graph.export import ExportError, export
from graph.flows import flows
from graph.release import Release
from tests.graph.export.conftest import DATA, SIRET, Written, report, table

FORMS = {"scdl-subventions": "scdl-subventions-2.1.1.json", "scdl-deliberations": "scdl-deliberations-2.1.5.json"}


def faults(path: Path, schema: str) -> set[tuple[int, str, str]]:
    """(line, column, type of error) of each fault that frictionless finds."""
    described = frictionless.Schema.from_descriptor(json.loads((DATA / schema).read_text(encoding="utf-8")))
    resource = frictionless.Resource(path=path.name, basepath=str(path.parent), format="csv", schema=described)
    found = resource.validate().flatten(["rowNumber", "fieldName", "type"])
    return {(line, column, kind) for line, column, kind in found}


def to_complete(path: Path, schema: str) -> set[tuple[int, str, str]]:
    """What the report lists among the columns that the schema requires, as frictionless would tell it."""
    fields = json.loads((DATA / schema).read_text(encoding="utf-8"))["fields"]
    required = {f["name"] for f in fields if f.get("constraints", {}).get("required")}
    listed = [row for row in report(path) if row["quoi"] == "à compléter" and row["colonne"] in required]
    return {(int(row["ligne"]), row["colonne"], "constraint-error") for row in listed}


@pytest.mark.parametrize(("form", "schema"), FORMS.items())
def test_all_that_the_schema_finds_wanting_is_reported_and_nothing_else(
    written: Written, form: str, schema: str
) -> None:
    path = written(form)
    assert faults(path, schema) == to_complete(path, schema) != set()


@pytest.mark.parametrize(("form", "schema"), FORMS.items())
def test_the_seeds_likewise(written: Written, seeds: Release, form: str, schema: str) -> None:
    path = written(form, seeds)
    assert faults(path, schema) == to_complete(path, schema) != set()
    assert len(table(path)) == {"scdl-subventions": 12, "scdl-deliberations": 5}[form]


def test_each_cell_of_a_subsidy(written: Written) -> None:
    rows = table(written("scdl-subventions"))
    (row,) = (row for row in rows if row["montant"] == "4500.5")
    assert row == {
        "nomAttribuant": "Dijon métropole",
        "idAttribuant": SIRET,
        "dateConvention": "",
        "referenceDecision": "2023-014",
        "nomBeneficiaire": "Atelier du Pont",
        "idBeneficiaire": "",
        "rnaBeneficiaire": "W212345678",
        "objet": "Subventions aux associations",
        "montant": "4500.5",
        "nature": "aide en numéraire",
        "conditionsVersement": "",
        "datesPeriodeVersement": "",
        "idRAE": "",
        "notificationUE": "",
        "pourcentageSubvention": "1",
        "dispositifAide": "Contrat de ville 2015-2020",
    }


def test_only_awarded_top_level_subsidies_and_a_shared_one_a_line_each(written: Written) -> None:
    rows = table(written("scdl-subventions"))
    told = [(row["nomBeneficiaire"], row["montant"], row["pourcentageSubvention"]) for row in rows]
    assert sorted(told) == [
        ('\'=HYPERLINK("x") & Cie <i>', "1000", "0.75"),  # its share of f5
        ('\'=HYPERLINK("x") & Cie <i>', "1000", "1"),
        ("Atelier du Pont", "", "1"),
        ("Atelier du Pont", "1000", "0.25"),
        ("Atelier du Pont", "3000", "1"),
        ("Atelier du Pont", "4500.5", "1"),
        ("Dijon métropole", "70000", "1"),
    ]


@pytest.mark.parametrize("which", ["register", "seeds"])
def test_no_euro_is_lost_and_none_is_counted_twice(
    written: Written, request: pytest.FixtureRequest, which: str
) -> None:
    release = request.getfixturevalue(which)
    rows = table(written("scdl-subventions", release))
    shares = [Decimal(r["montant"]) * Decimal(r["pourcentageSubvention"] or 1) for r in rows if r["montant"]]
    named = [f for f in flows(release.store()) if f.beneficiary is None or f.beneficiary.kind != "PrivatePerson"]
    assert sum(shares) == sum(flow.amount for flow in named if flow.amount is not None) > 0


def test_the_report_names_file_line_column_and_reason(written: Written) -> None:
    path = written("scdl-subventions")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = report(path)
    assert {row["fichier"] for row in rows} == {path.name}
    (yearly,) = (row for row in rows if row["colonne"] == "montant" and row["quoi"] == "à vérifier")
    assert ",3000," in lines[int(yearly["ligne"]) - 1]
    assert "2023 à 2025" in yearly["raison"]
    (other,) = (row for row in rows if row["colonne"] == "nomAttribuant")
    assert lines[int(other["ligne"]) - 1].startswith("État,")
    (missing,) = (row for row in rows if row["colonne"] == "montant" and row["quoi"] == "à compléter")
    assert missing["raison"] == "L'acte ne dit pas le montant."
    (private,) = (row for row in rows if row["quoi"] == "laissé de côté")
    assert "personne physique" in private["raison"]


def test_each_cell_of_a_deliberation(written: Written) -> None:
    (row,) = (row for row in table(written("scdl-deliberations")) if row["DELIB_ID"])
    assert {name: value for name, value in row.items() if value} == {
        "COLL_NOM": "Dijon métropole",
        "COLL_SIRET": SIRET,
        "DELIB_ID": "2023-014",
        "DELIB_DATE": "2023-01-25",
        "DELIB_MATIERE_CODE": "7.5",
        "DELIB_MATIERE_NOM": "Finances locales/subventions",
        "DELIB_OBJET": "Subventions aux associations",
        "VOTE_EFFECTIF": "42",
        "VOTE_REEL": "33",  # 30 + 2 + 1: the four who take no part stay outside
        "VOTE_POUR": "30",
        "VOTE_CONTRE": "2",
        "VOTE_ABSTENTION": "1",
        "DELIB_URL": "https://deliberations.example.org/id/deliberation/"
        "dijon-metropole-bureau-metropolitain-2023-01-25-subventions-aux",
    }


def test_votes_are_told_whole_or_not_at_all(written: Written) -> None:
    path = written("scdl-deliberations")
    for row in table(path):
        told = [row[name] for name in row if name.startswith("VOTE_")]
        assert all(told) or not any(told)
    reasons = {row["raison"] for row in report(path) if row["colonne"] == "VOTE_EFFECTIF"}
    assert reasons == {
        "Vote laissé vide : 43 votes pour 42 membres en exercice.",
        "Vote laissé vide : l'acte ne dit pas VOTE_CONTRE, VOTE_ABSTENTION.",
    }


def test_of_two_matters_none_is_chosen(written: Written) -> None:
    path = written("scdl-deliberations")
    (row,) = (row for row in report(path) if "7.1, 7.5" in row["raison"])
    assert row["colonne"] == "DELIB_MATIERE_CODE"
    assert table(path)[int(row["ligne"]) - 2]["DELIB_MATIERE_CODE"] == ""


def test_the_page_of_a_machine_of_ones_own_is_no_url(written: Written, register: Release) -> None:
    home = Release(register.path, register.id, {**register.manifest, "base": "http://localhost:8000"})
    from graph.export.scdl_acts import write_acts

    target = register.path / "home.csv"
    write_acts(home, target)
    assert {row["DELIB_URL"] for row in table(target)} == {""}


def test_the_schema_names_the_columns(written: Written) -> None:
    for form, schema in FORMS.items():
        fields = json.loads((DATA / schema).read_text(encoding="utf-8"))["fields"]
        header = written(form).read_bytes().split(b"\r\n", 1)[0].decode("utf-8")
        assert header == ",".join(field["name"] for field in fields)


@pytest.mark.parametrize("named", ["242100410", "dijon MÉTROPOLE "])
def test_the_file_of_one_authority_holds_what_it_grants_and_decides(
    register: Release, tmp_path: Path, named: str
) -> None:
    export(register, "scdl-subventions", tmp_path / "s.csv", named)
    assert {row["nomAttribuant"] for row in table(tmp_path / "s.csv")} == {"Dijon métropole"}
    assert faults(tmp_path / "s.csv", FORMS["scdl-subventions"]) == to_complete(
        tmp_path / "s.csv", FORMS["scdl-subventions"]
    )
    export(register, "scdl-deliberations", tmp_path / "d.csv", named)
    assert len(table(tmp_path / "d.csv")) == 3
    export(register, "scdl-subventions", tmp_path / "e.csv", "État")
    assert [row["montant"] for row in table(tmp_path / "e.csv")] == ["70000"]
    export(register, "scdl-deliberations", tmp_path / "f.csv", "État")
    assert table(tmp_path / "f.csv") == []


def test_an_authority_that_is_none_is_told_with_those_there_are(register: Release, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"aucune collectivité.*Dijon métropole \(242100410\)"):
        export(register, "scdl-subventions", tmp_path / "s.csv", "Atelier du Pont")
    with pytest.raises(ExportError, match="scdl-subventions, scdl-deliberations"):
        export(register, "csv", tmp_path / "s.csv", "État")
    assert list(tmp_path.iterdir()) == []
