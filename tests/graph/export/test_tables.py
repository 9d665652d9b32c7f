"""CSV on the Web and Parquet: the same fundings, typed."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

from pyarrow import parquet

from graph.flows import read_flows
from graph.release import Release
from tests.graph.export.conftest import BASE, Written, table


def test_csvw_reads_its_own_description_and_types_each_cell(written: Written) -> None:
    import csvw  # which loads jsonschema (test_json.conforms)

    path = written("csvw")
    described = csvw.CSVW(str(path), validate=True)
    assert described.is_valid, described.warnings
    rows = list(csvw.Table.from_file(path.with_name(f"{path.name}-metadata.json")).iterdicts(path, strict=True))
    assert len(rows) == len(table(path)) == 11
    (row,) = (row for row in rows if row["montant"] == Decimal("4500.5"))
    assert row["date_seance"] == dt.datetime(2023, 1, 25)  # noqa: DTZ001
    assert row["par_an"] is None
    assert {row["par_an"] for row in rows} == {True, None}
    assert row["confiance"] == Decimal("0.97")
    assert row["financement_iri"].unsplit().startswith(f"{BASE}/id/funding/")


def test_the_description_names_release_licence_and_file(written: Written, register: Release) -> None:
    path = written("csvw")
    told = json.loads(path.with_name(f"{path.name}-metadata.json").read_text(encoding="utf-8"))
    assert (told["url"], told["dc:identifier"]) == (path.name, register.id)
    assert "licence-ouverte" in told["dc:license"]["@id"]
    names = [column["name"] for column in told["tableSchema"]["columns"]]
    assert names == list(table(path)[0])


def test_a_cell_is_never_a_formula(written: Written) -> None:
    for form in ("csv", "csvw", "scdl-subventions", "scdl-deliberations"):
        for row in table(written(form)):
            assert [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_parquet_holds_typed_columns(written: Written, register: Release) -> None:
    found = parquet.read_table(written("parquet"))
    assert found.schema.metadata[b"delibgraph:release"] == register.id.encode()
    assert str(found.schema.field("montant").type) == "decimal128(20, 4)"
    rows = found.to_pylist()
    flows = {flow.funding: flow for flow in read_flows(register.store())}
    assert {row["financement_iri"] for row in rows} == set(flows)
    for row in rows:
        flow = flows[row["financement_iri"]]
        assert row["montant"] == flow.amount
        assert row["par_an"] is flow.per_year
        assert row["date_seance"] == dt.date(2023, 1, 25)
        assert row["beneficiaire"] == (flow.beneficiary.label if flow.beneficiary else None)
    (odd,) = (row for row in rows if row["beneficiaire"] == '=HYPERLINK("x") & Cie <i>' and row["partie_de"] is None)
    assert (odd["montant"], odd["annee_debut"]) == (Decimal(1000), None)
