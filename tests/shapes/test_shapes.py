"""Every shape fires on the graph that breaks it, alone, and on no other; all speak French and English."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import SH

from ontology.terms import DGS
from shapes import gate, library

CASES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))

#: Broken together, they make a graph with findings of most kinds.
COMBINED = (
    "vote-more-than-members",
    "session-present-listed",
    "attendance-holder-not-on-roster",
    "attendance-holder-two-proxies",
    "funding-parts-total",
    "table-total",
    "period-reversed",
    "agreement-ended-before-approval",
    "private-person-closed",
)


def names(report: gate.Report) -> set[str]:
    return {result.shape.removeprefix(str(DGS)) for result in report.results}


def test_the_conforming_act_gives_no_finding(vary):
    report = gate.check(vary())
    assert report.results == ()
    assert report.conforms


def test_no_shape_goes_untested():
    written = {shape.removeprefix(str(DGS)) for shape in library.texts()}
    assert written - {iri.removeprefix(str(DGS)) for iri in gate.BEFORE_ALL} == set(CASES)


@pytest.mark.parametrize("shape", CASES)
def test_a_shape_fires_on_what_breaks_it_and_nothing_else_does(shape, vary):
    case = CASES[shape]
    report = gate.check(vary(case.get("drop", ()), case.get("add", "")))
    assert names(report) == {shape, *case.get("also", ())}
    found = next(result for result in report.results if result.shape == str(DGS[shape]))
    assert report.conforms is not any(result.severity == "violation" for result in report.results)
    for language in ("fr", "en"):
        if language in case:
            assert getattr(found, f"message_{language}").replace("\u00a0", " ") == case[language]


@pytest.mark.parametrize("shape", sorted(library.texts()))
def test_a_shape_speaks_french_and_english(shape):
    text = library.texts()[shape]
    assert set(text.messages) == {"fr", "en"}
    assert set(text.templates) in (set(), {"fr", "en"})
    assert text.messages["fr"] != text.messages["en"]
    assert text.path is not None or "private-person" in shape or shape in gate.BEFORE_ALL


@pytest.mark.parametrize("shape", sorted(iri for iri, text in library.texts().items() if text.select))
def test_every_figure_of_a_message_is_selected(shape):
    text = library.texts()[shape]
    selected = text.select.partition("SELECT")[2].partition("WHERE")[0]
    wanted = {name for template in text.templates.values() for name in re.findall(r"\{(\w+)\}", template)}
    assert wanted <= set(re.findall(r"\?(\w+)", selected))


def test_the_gate_finds_what_pyshacl_alone_finds(vary):
    broken = Graph()
    for shape in COMBINED:
        for triple in vary(CASES[shape].get("drop", ()), CASES[shape].get("add", "")):
            broken.add(triple)
    for graph in (
        broken,
        vary(),
        *(vary((), CASES[shape].get("add", "")) for shape in ("vote-sum", "funding-kind")),
    ):
        _, stock, _ = pyshacl.validate(graph, shacl_graph=library.load(), advanced=True, inference="none")
        expected = {
            (str(stock.value(node, SH.focusNode)), str(stock.value(node, SH.sourceShape)))
            for node in stock.objects(None, SH.result)
        }
        assert {(result.focus, result.shape) for result in gate.check(graph).results} == expected


KINDS = ("Association", "LocalAuthority", "State", "PublicEstablishment", "Company")


@pytest.mark.parametrize("pair", list(combinations(KINDS, 2)), ids="-".join)
def test_two_kinds_of_an_organisation_exclude_each_other_but_that_of_an_epci(vary, pair):
    one, other = pair
    graph = vary((), f"<organisation/two> a dg:Organisation , dg:{one} , dg:{other} ; skos:prefLabel 'Deux'@fr .")
    found = [result for result in gate.check(graph).results if result.shape == str(DGS["organisation-classes"])]
    assert [result.message_fr for result in found] == (
        [] if set(pair) == {"LocalAuthority", "PublicEstablishment"} else ["« Deux » a deux natures qui s'excluent."]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_organisation_of_any_kind_is_an_organisation(vary, kind):
    found = gate.check(vary((), f"<organisation/one> a dg:{kind} ."))
    assert str(DGS["organisation-typed"]) in {result.shape for result in found.violations}


@pytest.mark.parametrize("rows", [2, 3])
def test_who_is_on_the_roster_more_than_once_is_told_once(vary, rows):
    row = "a dg:Attendance ; dg:session <session/s> ; dg:member <person/denis> ; dg:status dg:Present ."
    graph = vary((), "".join(f"<attendance/more-{number}> {row}\n" for number in range(rows)))
    found = [result for result in gate.check(graph).results if result.shape == str(DGS["attendance-member-twice"])]
    assert len(found) == 1
    assert found[0].message_fr.count("figure deux fois") == 1
