"""One selection, one sum: the page, CSV, JSON, GEXF and the SPARQL behind it agree, whatever is selected."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import networkx as nx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.register import publish
from tests.examples import examples

BASE = "http://localhost:8000"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of generated acts: every status, sums "par an", totals with parts, money that comes back."""
    data = tmp_path_factory.mktemp("register") / "data"
    publish(data, 80)
    return data


@pytest.fixture(scope="module")
def parties(store: ox.Store) -> dict[str, list[str]]:
    """Paths of what pays, frames and receives."""
    found = {}
    for role, name in (("funder", "funder"), ("programme", "underProgramme"), ("beneficiary", "beneficiary")):
        objects = {
            q.object.value
            for q in store.quads_for_pattern(None, ox.NamedNode(f"https://w3id.org/delibgraph/ns#{name}"), None, None)
        }
        found[role] = sorted(iri.removeprefix(BASE) for iri in objects)
    return found


def party(role: str) -> st.SearchStrategy[object]:
    """Nobody in particular, a name or a part of one, or the place of one among all."""
    names = ["dijon", "DIJON MÉTROPOLE", "état", "comité des fêtes", "école", "l'", "contrat", "no such name", "ville-"]
    return st.one_of(st.just(""), st.just(""), st.sampled_from(names), st.integers(0, 10_000))


selections = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["", "", "Awarded", "Requested", "Budgeted", "Rejected"]),
        "funder": party("funder"),
        "programme": party("programme"),
        "beneficiary": party("beneficiary"),
        "theme": st.sampled_from(["", "", "", "culture", "/id/theme/sport", "dg:matter-7"]),
        "from": st.sampled_from(["", "", "", "2016", "2022"]),
        "to": st.sampled_from(["", "", "", "2021", "2024"]),
        "min": st.sampled_from(["", "", "", "0", "5000", "20 000"]),
        "max": st.sampled_from(["", "", "", "4000", "1000000"]),
        "confidence": st.sampled_from(["", "", "", "60", "80", "95"]),
    }
)
years = st.lists(st.integers(2014, 2028), max_size=2)


def sums(client: TestClient, address: str, store: ox.Store) -> dict[str, Decimal]:
    """The sum of a selection, told five times."""
    page = client.get(f"/funding?{address}", headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text[:300]
    told = client.get(f"/funding.json?{address}").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/funding.csv?{address}").text)))
    assert len(rows) == told["count"]
    graph = nx.read_gexf(io.BytesIO(client.get(f"/funding.gexf?{address}").content))
    return {
        "page": Decimal(str(told["total"] or 0)),
        "rows": sum((Decimal(str(row["amount"])) for row in told["rows"] if "amount" in row), Decimal(0)),
        "csv": sum((Decimal(row["amount"]) for row in rows if row["amount"]), Decimal(0)),
        "gexf": sum((Decimal(str(edge["amount"])) for *_, edge in graph.edges(data=True)), Decimal(0)),
        "lines": Decimal(told["count"]),
        **asked(page.text, store),
    }


def asked(html: str, store: ox.Store) -> dict[str, Decimal]:
    """What the two queries behind the page give: the lines, and their sum."""
    links = [part.split('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]
    queries = [parse_qs(urlsplit(link).query)["query"][0] for link in links if link.startswith("/sparql?")]
    if not queries:
        return {}
    lines, summed = queries
    (row,) = store.query(summed)
    found = list(store.query(lines))
    assert len({(line["funding"].value, line["year"].value) for line in found}) == len(found)
    return {
        "sparql sum": Decimal(row["total"].value),
        "sparql lines": Decimal(row["lines"].value),
        "sparql rows": sum((Decimal(line["amount"].value) for line in found if line["amount"]), Decimal(0)),
    }


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=selections, asked_years=years)
def test_every_form_of_a_selection_gives_the_same_sum(
    chosen: dict[str, object],
    asked_years: list[int],
    register: TestClient,
    store: ox.Store,
    parties: dict[str, list[str]],
) -> None:
    pairs = [("year", str(year)) for year in asked_years]
    for name, value in chosen.items():
        there = parties.get(name, [])
        pairs.append((name, there[value % len(there)] if isinstance(value, int) else str(value)))
    found = sums(register, urlencode([(name, value) for name, value in pairs if value]), store)
    lines, counted = found.pop("lines"), found.pop("sparql lines", None)
    assert counted in (None, lines)
    assert len({value.quantize(Decimal("0.0001")) for value in found.values()}) == 1, found


def test_the_whole_is_the_sum_of_its_years_and_of_its_funders(
    register: TestClient, parties: dict[str, list[str]]
) -> None:
    def total(**filters: str) -> Decimal:
        return Decimal(str(register.get("/funding.json", params=filters).json()["total"] or 0))

    whole = total()
    assert sum(total(year=str(year)) for year in range(2014, 2031)) == whole
    unnamed = sum(
        Decimal(str(row["amount"]))
        for row in register.get("/funding.json").json()["rows"]
        if "funder" not in row and "amount" in row
    )
    assert sum(total(funder=path) for path in parties["funder"]) + unnamed == whole


def test_a_part_counts_for_who_is_named_in_it_alone(client: TestClient) -> None:
    """30 000 € to nobody in particular, of which 12 000 € to CESAM, which is given 60 000 € beside."""
    assert client.get("/funding.json").json()["total"] == 211200
    assert client.get("/funding.json?beneficiary=cesam").json()["total"] == 72000
    assert client.get("/funding.json?beneficiary=cesam&year=2022").json()["total"] == 12000
    assert client.get("/funding.json?funder=/id/organisation/dijon-metropole&year=2022").json()["total"] == 30000


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("year=soon", "quatre chiffres"),
        ("from=0", "quatre chiffres"),
        ("min=beaucoup", "nombre entier d’euros"),
        ("confidence=101", "de 0 à 100"),
        ("status=Promised", "Awarded"),
        ("funder=/id/x y", "adresse"),
        ("theme=" + "a" * 600, "caractères au plus"),
    ],
)
def test_what_cannot_be_read_is_said(client: TestClient, query: str, told: str) -> None:
    for path in ("/funding", "/funding.csv", "/funding.svg", "/funding/embed"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert told in answer.text


@given(text=st.text(max_size=40))
@settings(max_examples=examples(14), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_a_name(client: TestClient, text: str) -> None:
    answer = client.get("/funding", params={"beneficiary": text, "programme": text, "ego": text, "sort": text})
    assert answer.status_code in (200, 400)


def test_amounts_are_read_as_people_write_them(client: TestClient) -> None:
    assert client.get("/funding.json", params={"min": "60 000 €", "max": "90\u202f000"}).json()["count"] == 2
