"""Checks on the whole dataset, on a store that holds what each must find."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from shapes import dataset
from shapes.dataset import CheckError

BASE = "http://localhost:8000/id/"
BY_NAME = {check.name: check for check in dataset.checks()}
#: For each check: what it must find, and what is near and must be left alone.
FOUND = {
    "authority-two-sirens": ('<o/a> dg:siren "1", "2" .', '<o/a> dg:siren "1" . <o/b> dg:siren "2" .'),
    "organisation-two-rna": (
        '<o/a> dg:rna "W1", "W2" .',
        '<o/a> dg:rna "W1" . <o/b> dg:rna "W2" .',
    ),
    "siren-shared": (
        '<o/a> dg:siren "1" . <o/b> dg:siren "1" .',
        '<o/a> dg:siren "1" . <o/b> dg:siren "1" ; dct:isReplacedBy <o/a> .',
    ),
    "name-shared": (
        '<o/a> a dg:Organisation ; skos:prefLabel "X"@fr . <o/b> a dg:Organisation ; skos:prefLabel "X"@fr .',
        '<o/a> a dg:Organisation ; skos:prefLabel "X"@fr . <p/b> a dg:Programme ; skos:prefLabel "X"@fr .',
    ),
    "person-twice-in-session": (
        "<r/1> a dg:Attendance ; dg:session <s/s> ; dg:member <p/a> . "
        "<r/2> a dg:Attendance ; dg:session <s/s> ; dg:member <p/a> .",
        "<r/1> a dg:Attendance ; dg:session <s/s> ; dg:member <p/a> . "
        '<r/2> a dg:Attendance ; dg:session <s/s> ; dg:member <p/a> ; dg:from "19h" .',
    ),
    "funding-decided-twice": (
        '{money} <d/1> dg:session <s/1> . <d/2> dg:session <s/2> . <s/1> dct:date "2023-01-01"^^xsd:date . '
        '<s/2> dct:date "2023-01-01"^^xsd:date .',
        '{money} <d/1> dg:session <s/1> . <d/2> dg:session <s/2> . <s/1> dct:date "2023-01-01"^^xsd:date . '
        '<s/2> dct:date "2024-01-01"^^xsd:date .',
    ),
    "deliberation-in-two-documents": (
        "<d/1> a dg:Deliberation ; dct:source <f/1>, <f/2> .",
        "<d/1> a dg:Deliberation ; dct:source <f/1> .",
    ),
    "number-shared": (
        '<d/1> a dg:Deliberation ; eli:id_local "7" ; dg:session <s/1> . <s/1> dg:governingBody <b/b> . '
        '<d/2> a dg:Deliberation ; eli:id_local "7" ; dg:session <s/2> . <s/2> dg:governingBody <b/b> .',
        '<d/1> a dg:Deliberation ; eli:id_local "7" ; dg:session <s/1> . <s/1> dg:governingBody <b/b> . '
        '<d/2> a dg:Deliberation ; eli:id_local "7" ; dg:session <s/2> . <s/2> dg:governingBody <b/c> .',
    ),
    "private-person-named": ('<p/a> a dg:PrivatePerson ; foaf:name "X" .', '<p/a> a dg:Person ; foaf:name "X" .'),
    "flow-without-funding": (
        "<o/a> dg:funds <o/b> .",
        "<o/a> dg:funds <o/b> . <f/1> dg:funder <o/a> ; dg:beneficiary <o/b> ; dg:status dg:Awarded ; "
        "dg:kind dg:subsidy .",
    ),
    "redirect-loop": (
        "<p/a> dct:isReplacedBy <p/b> . <p/b> dct:isReplacedBy <p/a> .",
        "<p/a> dct:isReplacedBy <p/b> . <p/b> dct:isReplacedBy <p/c> .",
    ),
}
MONEY = " ".join(
    f"<f/{n}> a dg:Funding ; dg:status dg:Awarded ; dg:funder <o/a> ; dg:beneficiary <o/b> ; dg:amount 100.0 ;"
    f" dg:decidedBy <d/{n}> ."
    for n in (1, 2)
)


def store(turtle: str) -> ox.Store:
    """Statements in the default graph, where a release holds the union of its graphs."""
    prefixes = "".join(
        f"@prefix {prefix}: <{iri}> .\n"
        for prefix, iri in {
            "dg": "https://w3id.org/delibgraph/ns#",
            "dct": "http://purl.org/dc/terms/",
            "eli": "http://data.europa.eu/eli/ontology#",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }.items()
    )
    loaded = ox.Store()
    loaded.load((prefixes + turtle).encode(), ox.RdfFormat.TURTLE, base_iri=BASE)
    return loaded


def test_no_check_goes_untested():
    assert set(BY_NAME) == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_a_check_finds_what_is_wrong_and_leaves_its_neighbour_alone(name):
    wrong, right = (text.replace("{money}", MONEY) for text in FOUND[name])
    findings = dataset.run(BY_NAME[name], store(wrong))
    assert findings
    assert all(finding.check == name and finding.about for finding in findings)
    assert dataset.run(BY_NAME[name], store(right)) == ()


def test_the_same_money_told_twice_names_beneficiary_amount_and_date():
    (finding,) = dataset.run(
        BY_NAME["funding-decided-twice"], store(FOUND["funding-decided-twice"][0].replace("{money}", MONEY))
    )
    assert "100" in finding.about
    assert "2023-01-01" in finding.about
    assert finding.other == BASE + "f/2"


def test_a_private_name_is_not_told_again_by_the_check():
    (finding,) = dataset.run(BY_NAME["private-person-named"], store('<p/a> a dg:PrivatePerson ; foaf:name "Jeanne" .'))
    assert "Jeanne" not in finding.about


def test_a_check_without_its_header_is_refused():
    with pytest.raises(CheckError, match=r"neuf\.rq.*severity"):
        dataset._read("neuf", "SELECT ?this ?about WHERE { ?this a ?about }")
