"""The framed JSON-LD is what a JSON-LD processor makes of the dataset and the frame, and says nothing else."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from graph.export.frame import frame
from graph.release import Release
from tests.graph.export.conftest import BASE, Written


def union(release: Release) -> str:
    quads = release.store().quads_for_pattern(None, None, None, ox.DefaultGraph())
    return (ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def ordered(value: Any) -> Any:
    """The same with the order of arrays, which means nothing, made one."""
    if isinstance(value, list):
        return sorted(map(ordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict):
        return {key: ordered(inner) for key, inner in value.items()}
    return value


def term(value: ox.NamedNode | ox.BlankNode | ox.Literal) -> dict[str, str]:
    """A term as pyld has it."""
    if isinstance(value, ox.NamedNode):
        return {"type": "IRI", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "blank node", "value": str(value)}
    told = {"type": "literal", "value": value.value, "datatype": value.datatype.value}
    return told | ({"language": value.language} if value.language else {})


def same_as_a_processor(release: Release, content: dict[str, Any]) -> None:
    # pyld's own reader of N-Quads compares each triple with every other
    quads = release.store().quads_for_pattern(None, None, None, ox.DefaultGraph())
    triples = [{"subject": term(q.subject), "predicate": term(q.predicate), "object": term(q.object)} for q in quads]
    flat = jsonld.from_rdf({"@default": triples})
    expected = jsonld.frame(flat, frame(), {"omitGraph": False, "processingMode": "json-ld-1.1"})
    assert ordered(content["@graph"]) == ordered(expected["@graph"])


def test_it_is_what_a_processor_makes_of_the_frame(written: Written, register: Release) -> None:
    same_as_a_processor(register, json.loads(written("jsonld-framed").read_text(encoding="utf-8")))


def test_it_is_of_the_seeds_too(written: Written, seeds: Release) -> None:
    same_as_a_processor(seeds, json.loads(written("jsonld-framed", seeds).read_text(encoding="utf-8")))


def test_expanded_it_states_only_what_the_dataset_states(written: Written, register: Release) -> None:
    content = json.loads(written("jsonld-framed").read_text(encoding="utf-8"))
    lines = jsonld.to_rdf(content, {"format": "application/n-quads"}).encode()
    told = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)}
    known = set(ox.parse(union(register).encode(), format=ox.RdfFormat.N_TRIPLES))
    assert told <= {quad.triple for quad in known}
    assert len(told) > 100


def test_a_tree_reads_without_rdf(written: Written) -> None:
    trees = json.loads(written("jsonld-framed").read_text(encoding="utf-8"))["@graph"]
    (tree,) = (tree for tree in trees if tree.get("amount") == "4500.5")
    assert tree["funder"]["label"] == "Dijon métropole"
    assert tree["funder"]["siren"] == "242100410"
    assert (tree["status"], tree["kind"], tree["startYear"]) == ("Awarded", "subsidy", "2023")
    assert tree["decidedBy"]["session"]["date"] == "2023-01-25"
    assert tree["action"]["label"] == "chantier d'insertion"
    (private,) = (tree for tree in trees if tree.get("amount") == "600")
    assert set(private["beneficiary"]) == {"id", "type"}
    (part,) = (tree for tree in trees if tree.get("amount") == "250")
    assert part["partOf"].startswith(f"{BASE}/id/funding/")


@pytest.mark.parametrize("form", ["nquads-gz", "nquads", "trig", "jsonld"])
def test_the_dumps_are_the_dataset(written: Written, register: Release, form: str) -> None:
    content = written(form).read_bytes()
    kinds = {"trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    text = gzip.decompress(content) if form == "nquads-gz" else content
    with gzip.open(register.dump) as packed:
        dataset = ox.Dataset(ox.parse(packed.read(), format=ox.RdfFormat.N_QUADS))
    found = ox.Dataset(ox.parse(text, format=kinds.get(form, ox.RdfFormat.N_QUADS)))
    for graphs in (dataset, found):
        graphs.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == dataset
