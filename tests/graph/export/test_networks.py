"""Networks open where they are meant to, and GEXF is what its schema says."""

from __future__ import annotations

import networkx as nx
import pytest
from lxml import etree

from graph.flows import flows
from graph.release import Release
from tests.graph.export.conftest import DATA, Written


def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(DATA / "gexf-1.3.rng"))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networkx_reads_who_funds_whom(written: Written, register: Release, form: str) -> None:
    path = written(form)
    found = nx.read_gexf(path, version="1.3") if form == "gexf" else nx.read_graphml(path, force_multigraph=True)
    whole = [flow for flow in flows(register.store()) if flow.funder and flow.beneficiary]
    assert found.is_directed()
    assert found.number_of_edges() == len(whole) == 6
    assert sorted(data["amount"] for *_, data in found.edges(data=True) if "amount" in data) == sorted(
        float(flow.amount) for flow in whole if flow.amount is not None
    )
    labels = {data["label"] for _, data in found.nodes(data=True)}
    assert {"Atelier du Pont", '=HYPERLINK("x") & Cie <i>', "État", "Dijon métropole"} <= labels


def test_gexf_is_valid(written: Written, register: Release) -> None:
    tree = etree.parse(written("gexf"))
    rules = schema()
    assert rules.validate(tree), rules.error_log
    assert tree.getroot()[0].get("lastmodifieddate") == str(register.manifest["created"])[:10]


def test_gexf_of_the_seeds_is_valid(written: Written, seeds: Release) -> None:
    rules = schema()
    assert rules.validate(etree.parse(written("gexf", seeds))), rules.error_log
