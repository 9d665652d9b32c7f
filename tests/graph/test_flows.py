"""Who funds whom, by year and programme, and the exports that tools read."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal

import networkx as nx
import pyoxigraph as ox
import pytest

from extract.facts import FundingFact, OrganisationFact, ProgrammeFact
from graph.export import FORMATS, ExportError, export
from graph.export.cells import safe_cell
from graph.export.networks import legal
from graph.flows import PRIVATE_LABEL, by_year, flows, network
from graph.mapping import map_document, map_identities
from graph.release import Published, build
from graph.resolve import Registry, resolve

BASE = "http://localhost:8000"


@pytest.fixture(scope="module")
def release(make, tmp_path_factory):
    def funding(ident, amount, **fields):
        defaults = {"status": "awarded", "funder": "d", "beneficiary": "a", "confidence": 0.9}
        return FundingFact(id=ident, amount=amount, **{**defaults, **fields})

    deed = make.act(
        title="=1+1 Subventions",
        organisations=(
            OrganisationFact(id="d", name="Dijon métropole", kind="local_authority"),
            OrganisationFact(id="a", name="Vélo & club <de> Dijon", kind="association"),
        ),
        programmes=(ProgrammeFact(id="p", name="PLIE", family="plie"),),
        fundings=(
            funding("total", 410),
            funding("part", 210, part_of="total", programme="p"),
            funding("yearly", 100, per="year", start_year=2024, end_year=2026),
            funding("loan", 9000, kind="guarantee"),
            funding("asked", 70, status="requested"),
            funding("private", 30, beneficiary=None, private=True, private_name="Zoé KERVADEC"),
            funding("unsaid", None, start_year=2023),
        ),
    )
    facts = make.document([deed])
    found = resolve([facts], Registry())
    identities = map_identities(found, [facts.sha256], BASE)
    return build(tmp_path_factory.mktemp("data"), [Published(facts, map_document(facts, found))], identities)


def _amounts(found):
    return sorted(int(f.amount) for f in found if f.amount is not None)


def test_only_awarded_top_level_subsidies_count(release):
    assert _amounts(flows(release.store())) == [30, 100, 410]
    assert _amounts(flows(release.store(), outside=True)) == [30, 100, 410, 9000]
    assert _amounts(flows(release.store(), status="Requested")) == [70]
    assert _amounts(flows(release.store(), status=None)) == [30, 70, 100, 410]


def test_a_part_counts_for_the_programme_that_its_total_is_not_of(release):
    assert _amounts(
        flows(release.store(), programme=f"{BASE}/id/programme/plan-local-pour-l-insertion-et-l-emploi")
    ) == [210]


def test_a_yearly_amount_counts_in_each_year(release):
    found = flows(release.store())
    assert _amounts(flows(release.store(), year=2025)) == [100]
    sums: dict[int | None, Decimal] = {}
    for year, flow in by_year(found):
        sums[year] = sums.get(year, Decimal(0)) + (flow.amount or 0)
    assert sums == {2023: 440, 2024: 100, 2025: 100, 2026: 100}


def test_flows_are_asked_by_either_end(release):
    club = f"{BASE}/id/organisation/velo-club-de-dijon"
    assert _amounts(flows(release.store(), beneficiary=club)) == [100, 410]
    assert flows(release.store(), funder=club) == []


def test_the_network_has_labels_kinds_and_one_edge_a_funding(release):
    graph = network(flows(release.store()))
    kinds = {data["label"]: data["kind"] for _, data in graph.nodes(data=True)}
    assert kinds == {
        "Dijon métropole": "LocalAuthority",
        "Vélo & club <de> Dijon": "Association",
        PRIVATE_LABEL: "PrivatePerson",
    }
    edges = [data for *_, data in graph.edges(data=True)]
    assert sorted(data.get("amount", 0) for data in edges) == [0, 30, 100, 410]


def test_every_rdf_format_is_read_back_whole(release, tmp_path):
    forms = {
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
        "turtle": ox.RdfFormat.TURTLE,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    triples = {q.triple for q in release.store()}
    for name, form in forms.items():
        export(release, name, tmp_path / name)
        store = ox.Store()
        store.bulk_load(path=str(tmp_path / name), format=form)
        assert {q.triple for q in store} == triples, name


@pytest.mark.parametrize(("name", "reader"), [("gexf", nx.read_gexf), ("graphml", nx.read_graphml)])
def test_networks_are_read_back_by_networkx(release, tmp_path, name, reader):
    export(release, name, tmp_path / "net")
    graph = reader(tmp_path / "net")
    assert graph.number_of_nodes() == 3
    assert graph.number_of_edges() == 4
    assert "Vélo & club <de> Dijon" in {data["label"] for _, data in graph.nodes(data=True)}


def test_texts_that_xml_cannot_hold_are_cleaned(tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", programme="x\x00\x0by\ufffe")
    nx.write_gexf(legal(graph), tmp_path / "g")
    assert [d["programme"] for *_, d in nx.read_gexf(tmp_path / "g").edges(data=True)] == ["xy"]


def test_the_table_is_safe_for_spreadsheets(release, tmp_path):
    export(release, "csv", tmp_path / "f.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 7
    assert {row["objet"] for row in rows} == {"'=1+1 Subventions"}
    assert [row["montant"] for row in rows if row["statut"] == "sollicité"] == ["70"]
    assert [row["par_an"] for row in rows if row["annee_fin"] == "2026"] == ["oui"]
    assert sum(bool(row["partie_de"]) for row in rows) == 1
    assert [safe_cell(c) for c in ("-1", "@x", "+2", "ok")] == ["'-1", "'@x", "'+2", "ok"]


def test_a_failed_export_leaves_the_old_file(release, tmp_path, monkeypatch):
    out = tmp_path / "dump.nq"
    out.write_text("old")

    def broken(_release, aside):
        aside.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, "nquads", replace(FORMATS["nquads"], write=broken))
    with pytest.raises(ExportError, match=r"dump\.nq"):
        export(release, "nquads", out)
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["dump.nq"]
    with pytest.raises(ExportError, match="format « xls » inconnu"):
        export(release, "xls", out)
