"""Sums on the pages of organisations, persons and programmes equal sums by SPARQL, whatever was drawn."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.register import publish
from tests.examples import examples

BASE = "http://localhost:8000"
PREFIXES = "PREFIX dg: <https://w3id.org/delibgraph/ns#> PREFIX dct: <http://purl.org/dc/terms/>"
#: What counts for a party in a role, written anew from DESIGN §5: subsidies and contributions, no part beside a total
#: that answers to the same party, an amount "par an" in each year of its period (fifteen at most), any other in its
#: first.
SUMS = """%s SELECT ?year (SUM(?amount) AS ?sum) WHERE {
  { SELECT DISTINCT ?f ?amount ?first ?last ?yearly WHERE {
    ?f dg:%s <%s> ; dg:status dg:%s ; dg:amount ?amount ; dg:decidedBy/dg:session/dct:date ?date .
    OPTIONAL { ?f dg:kind ?kind }
    FILTER(COALESCE(?kind, dg:subsidy) IN (dg:subsidy, dg:contribution))
    FILTER NOT EXISTS { ?f dg:partOf+ ?whole . ?whole dg:%s <%s> }
    OPTIONAL { ?f dg:startYear ?from } OPTIONAL { ?f dg:endYear ?to }
    BIND(xsd:integer(STR(COALESCE(?from, ?to, YEAR(?date)))) AS ?first)
    BIND(xsd:integer(STR(COALESCE(?to, ?from, YEAR(?date)))) AS ?last)
    BIND(EXISTS { ?f dg:per dg:Year } AS ?yearly)
  } }
  VALUES ?step { 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 }
  FILTER(?step = 0 || (?yearly && ?first + ?step <= ?last))
  BIND(?first + ?step AS ?year)
} GROUP BY ?year"""
#: Columns of the money by year, by role and status of what they add up.
COLUMNS = {
    "organisation": {"Reçu": ("beneficiary", "Awarded"), "Versé": ("funder", "Awarded")},
    "programme": {
        "Attribué": ("underProgramme", "Awarded"), "Demandé": ("underProgramme", "Requested"),
        "Prévu au budget": ("underProgramme", "Budgeted"), "Refusé": ("underProgramme", "Rejected"),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("portraits") / "data"
    publish(data, 120, seed=7)
    return data


@pytest.fixture(scope="module")
def things(store: ox.Store) -> dict[str, list[str]]:
    """Paths of what stands in a funding, by kind."""
    found: dict[str, set[str]] = {}
    for name in ("funder", "beneficiary", "underProgramme"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(f"https://w3id.org/delibgraph/ns#{name}"), None, None):
            path = quad.object.value.removeprefix(BASE)
            found.setdefault(path.split("/")[2], set()).add(path)
    return {kind: sorted(paths) for kind, paths in found.items()}


def by_sparql(store: ox.Store, role: str, status: str, path: str) -> dict[str, Decimal]:
    """Sums by year of what a thing has in a role."""
    head = f"{PREFIXES} PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    rows = store.query(SUMS % (head, role, BASE + path, status, role, BASE + path))
    return {row["year"].value: Decimal(row["sum"].value) for row in rows}


def on_page(see: Any, say: Any, register: TestClient, path: str) -> dict[str, dict[str, Decimal]]:
    """Sums by year of each column of the page, its totals checked against its rows."""
    found: dict[str, dict[str, Decimal]] = {}
    page = see(register, path)
    for section in page.all("section", id="years"):
        head, *body, foot = (
            [say(c) for c in page.all("th", "td", within=row)] for row in page.all("tr", within=section)
        )
        for place, column in enumerate(head[1:], start=1):
            cells = {row[0]: amount(row[place]) for row in body if row[place]}
            assert sum(cells.values()) == amount(foot[place])
            found[column] = cells
    return found


def amount(shown: str) -> Decimal:
    return Decimal(re.sub(r"[ €]", "", shown).replace(",", "."))


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(COLUMNS)), place=st.integers(0, 10_000))
def test_money_by_year_is_what_sparql_adds_up(
    kind: str, place: int, register: TestClient, store: ox.Store, things: dict[str, list[str]], see: Any, say: Any
) -> None:
    path = things[kind][place % len(things[kind])]
    expected = {
        column: sums
        for column, (role, status) in COLUMNS[kind].items()
        if (sums := by_sparql(store, role, status, path))
    }
    assert on_page(see, say, register, path) == expected


@settings(max_examples=examples(9), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000))
def test_the_selection_that_a_portrait_leads_to_has_its_sum(
    place: int, register: TestClient, things: dict[str, list[str]], see: Any, say: Any
) -> None:
    kinds = [path for kind in COLUMNS for path in things[kind]]
    path = kinds[place % len(kinds)]
    sums = on_page(see, say, register, path)
    names = {"funder": "Versé", "beneficiary": "Reçu", "programme": "Attribué"}
    for href in see(register, path).hrefs():
        if href.startswith("/funding?"):
            role = href.removeprefix("/funding?").partition("=")[0]
            told = register.get(href.replace("/funding?", "/funding.json?")).json()["total"]
            assert Decimal(str(told or 0)) == sum(sums.get(names[role], {}).values())


@settings(max_examples=examples(9), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000))
def test_the_sessions_of_a_person_are_counted_as_sparql_counts_them(
    place: int, register: TestClient, store: ox.Store, see: Any, say: Any
) -> None:
    people = sorted(
        row["p"].value
        for row in store.query(f"{PREFIXES} SELECT DISTINCT ?p WHERE {{ ?a dg:member ?p ; a dg:Attendance }}")
    )
    person = people[place % len(people)]
    counted = store.query(
        f"{PREFIXES} SELECT ?year (COUNT(DISTINCT ?sitting) AS ?n) WHERE {{ ?a dg:member <{person}> ; dg:session ?s ."
        " ?s dct:date ?date . OPTIONAL { ?s dct:isVersionOf ?of } BIND(COALESCE(?of, ?s) AS ?sitting)"
        " BIND(YEAR(?date) AS ?year) } GROUP BY ?year"
    )
    expected = {row["year"].value: int(row["n"].value) for row in counted}
    page = see(register, person.removeprefix(BASE))
    shown: dict[str, int] = {}
    for row in page.all("tr", within=page.one("section", id="attendance"))[1:]:
        year, _, sessions = [say(cell) for cell in page.all("th", "td", within=row)][:3]
        shown[year] = shown.get(year, 0) + int(sessions)
    assert shown == expected
