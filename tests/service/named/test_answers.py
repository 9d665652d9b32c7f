"""The named queries as an API: every format that fits, typed refusals, pages that neither lose nor repeat a row."""

import csv
import io
import re
import threading
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.plugins.sparql.results.jsonresults import JSONResultParser
from rdflib.plugins.sparql.results.tsvresults import TSVResultParser
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser

import queries
from service.named import routes
from service.settings import Settings
from service.store import NoReleaseError
from tests.examples import examples
from tests.service.conftest import PATIENCE, publish, running
from tests.service.named.conftest import REGISTER

SELECTS = [query for query in queries.catalogue().values() if query.form == "SELECT"]
GRAPHS = [query for query in queries.catalogue().values() if query.form == "CONSTRUCT"]
DOCUMENT = "http://localhost:8000/id/document/bbbb000000000002"
READERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_each_format_of_a_table_gives_the_same_rows(client: TestClient, query: queries.NamedQuery) -> None:
    path = f"/queries/{query.name}"
    rows = client.get(f"{path}.json").json()["rows"]
    parsed = [
        JSONResultParser().parse(io.BytesIO(client.get(f"{path}.srj").content)),
        XMLResultParser().parse(io.BytesIO(client.get(f"{path}.xml").content)),
        TSVResultParser().parse(io.BytesIO(client.get(f"{path}.tsv").content)),
    ]
    for result in parsed:
        assert [str(name) for name in result.vars or ()] == [column.name for column in query.columns]
        assert [{str(name): str(term) for name, term in row.items()} for row in result.bindings] == [
            {str(name): str(term) for name, term in row.items()} for row in parsed[0].bindings
        ]
        assert len(result.bindings) == len(rows)
    table = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv").text)))
    assert len(table) == len(rows)
    for line, row in zip(table, rows, strict=True):
        assert {name for name, value in line.items() if value} == set(row)


@pytest.mark.parametrize("query", GRAPHS, ids=lambda query: query.name)
def test_each_format_of_a_graph_gives_the_same_triples(client: TestClient, query: queries.NamedQuery) -> None:
    path = f"/queries/{query.name}"
    values = {"document": DOCUMENT} if query.name == "evidence-annotations" else {}
    graphs = [
        Graph().parse(data=client.get(f"{path}.{suffix}", params=values).text, format=reader)
        for suffix, reader in READERS.items()
    ]
    assert len(graphs[0]) > 5
    assert len({frozenset(graph) for graph in graphs}) == 1
    assert client.get(f"{path}.csv").status_code == 406


def test_the_grants_are_those_of_the_table_and_year_selects(client: TestClient) -> None:
    ask = "SELECT ?grant { ?grant a <http://schema.org/MonetaryGrant> }"
    graph = Graph().parse(data=client.get("/queries/grants-schema-org.ttl").text, format="turtle")
    rows = client.get("/queries/fundings.json?status=Awarded").json()["rows"]
    assert {str(row[0]) for row in graph.query(ask)} == {row["funding_iri"] for row in rows}
    of_2024 = Graph().parse(data=client.get("/queries/grants-schema-org.ttl?year=2024").text, format="turtle")
    assert 0 < len(list(of_2024.query(ask))) < len(rows)


def test_accept_chooses_the_format(client: TestClient) -> None:
    for accept, told in (
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml;q=0.9, text/html;q=0.1", "application/sparql-results+xml"),
        ("text/html", "text/html; charset=utf-8"),
    ):
        answer = client.get("/queries/votes", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, told)
    refused = client.get("/queries/votes", headers={"Accept": "text/turtle"})
    assert refused.status_code == 406
    assert "text/csv" in refused.json()["formats"]


@pytest.mark.parametrize(
    ("url", "parameter", "example"),
    [
        ("votes.json?date=yesterday", "date", "2023-01-25"),
        ("votes.srj?colour=red", "colour", None),
        ("acts.csv?year=soon", "year", "2023"),
        ("acts.csv?limit=0", "limit", "limit=100"),
        ("acts.csv?limit=many", "limit", "limit=100"),
        ("acts.tsv?offset=-1", "offset", "limit=100"),
        ("acts.json?year=2023&year=2024", "year", "year=2024"),
        ("sentences.xml?act=deliberation/1", "act", "http://localhost:8000/id/organisation/cesam"),
        ("grants-schema-org.ttl?limit=3", "limit", None),
    ],
)
def test_a_400_says_which_parameter_what_was_expected_and_an_example(
    client: TestClient, url: str, parameter: str, example: str | None
) -> None:
    answer = client.get(f"/queries/{url}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    told = answer.json()
    assert told["parameter"] == parameter
    assert told["expected"]
    assert parameter in told["detail"]
    if example is not None and parameter != "offset":
        assert told["example"] == example


@settings(max_examples=examples(9), deadline=None)
@given(limit=st.integers(1, 7), name=st.sampled_from(["fundings", "names", "session-attendance", "votes"]))
def test_pages_followed_from_the_first_are_the_whole(limit: int, name: str, client: TestClient) -> None:
    whole = client.get(f"/queries/{name}.json").json()["rows"]
    seen: list[object] = []
    url = f"/queries/{name}.json?limit={limit}"
    previous = None
    while url:
        answer = client.get(url)
        seen += answer.json()["rows"]
        links = answer.links
        assert links["first"]["url"].endswith(f"limit={limit}&offset=0")
        if previous is not None:
            assert client.get(links["prev"]["url"]).json()["rows"] == previous
        assert ("next" in links) == ("next" in answer.json())
        previous, url = answer.json()["rows"], links.get("next", {}).get("url", "")
    assert seen == whole


def test_links_keep_the_values_and_the_format(client: TestClient) -> None:
    answer = client.get("/queries/session-attendance.csv?body=bureau&limit=2&offset=2")
    assert answer.links["next"]["url"] == "/queries/session-attendance.csv?body=bureau&limit=2&offset=4"
    assert answer.links["prev"]["url"] == "/queries/session-attendance.csv?body=bureau&limit=2&offset=0"
    assert answer.links["describedby"]["url"] == "/id/query/session-attendance"


def test_beyond_the_end_there_is_nothing_and_a_way_back(client: TestClient) -> None:
    answer = client.get("/queries/votes.json?limit=2&offset=500")
    assert answer.json()["rows"] == []
    assert "next" not in answer.links
    back = client.get(answer.links["prev"]["url"]).json()
    assert back["rows"] == client.get("/queries/votes.json").json()["rows"][-len(back["rows"]) :]


@pytest.mark.parametrize("suffix", ["csv", "json", "srj", "xml", "tsv"])
def test_head_and_etag(client: TestClient, suffix: str) -> None:
    url = f"/queries/votes.{suffix}"
    answer = client.get(url)
    head = client.head(url)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    again = client.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{url}?limit=1").headers["etag"] != answer.headers["etag"]


def test_a_value_is_bound_and_never_read_as_sparql(client: TestClient) -> None:
    hostile = '") } DELETE { ?s ?p ?o } #'
    assert client.get("/queries/names.json", params={"name": hostile}).json()["rows"] == []


def test_the_list_says_what_a_program_needs(client: TestClient) -> None:
    listed = {query["name"]: query for query in client.get("/queries.json").json()}
    assert listed.keys() == queries.catalogue().keys()
    votes = listed["votes"]
    assert (votes["form"], votes["formats"]["csv"]) == ("SELECT", "text/csv")
    assert {column["name"] for column in votes["columns"]} >= {"date", "for", "against"}
    (date,) = (p for p in votes["parameters"] if p["name"] == "date")
    assert client.get(f"/queries/votes.json?date={date['example']}").status_code == 200
    for suffix in listed["grants-schema-org"]["formats"]:
        assert client.get(f"/queries/grants-schema-org.{suffix}").status_code == 200


def test_the_form_speaks_the_language_that_is_asked(client: TestClient) -> None:
    query = queries.find("money-to")
    french = client.get("/queries/money-to?name=cesam").text
    assert query.titles["fr"].partition("’")[0] in french
    assert '<html lang="fr">' in french
    assert 'href="/queries/money-to?name=cesam&amp;lang=en"' in french
    for english in (
        client.get("/queries/money-to?name=cesam&lang=en").text,
        client.get("/queries/money-to?name=cesam", headers={"Accept-Language": "en-GB,en;q=0.9,fr;q=0.8"}).text,
    ):
        assert query.titles["en"] in english
        assert '<html lang="en">' in english
        assert re.search(r"€\d", english)


def test_the_page_of_a_long_answer_leads_to_the_next(client: TestClient) -> None:
    page = client.get("/queries/session-attendance?limit=2&lang=en").text
    assert 'rel="next" href="/queries/session-attendance?lang=en&amp;limit=2&amp;offset=2"' in page
    assert "below are rows 1 to 2" in page
    assert "Previous page" not in page


def test_over_many_acts_the_form_comes_first_and_answers_when_asked(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.named.routes.WHOLE", 0)
    html = {"Accept": "text/html"}
    alone = client.get("/queries/money-to", headers=html).text
    assert "Remplir le formulaire" in alone
    assert "<tbody" not in alone
    for asked in ("?name=&status=", "?name=cesam", "?limit=2"):
        assert "<tbody" in client.get(f"/queries/money-to{asked}", headers=html).text
    assert client.get("/queries/money-to.json").json()["count"] > 0


def test_over_many_acts_the_form_is_read_while_the_answer_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.named.routes.WHOLE", 0)
    ready, found = threading.Event(), routes._found
    monkeypatch.setattr(routes, "_found", lambda *asked: ready.wait(PATIENCE) and found(*asked))
    data, address = publish(tmp_path, "r1", REGISTER.read_bytes()), "/queries/money-to?name=cesam"
    with (
        running(Settings(data=data)) as url,
        httpx.Client(base_url=url, headers={"Accept": "text/html"}, timeout=PATIENCE) as reader,
    ):
        with reader.stream("GET", address, timeout=PATIENCE) as answer:
            told = answer.iter_text()
            first = next(told)
            assert answer.status_code == 200
            assert answer.headers["Content-Encoding"] == "gzip"
            assert 'value="cesam"' in first
            assert "La réponse suit" in first
            assert "<tbody" not in first
            ready.set()
            rest = "".join(told)
        assert "<tbody" in rest
        assert rest.endswith("</html>")
        again = reader.get(address)
        assert "La réponse suit" not in again.text
        assert rest.partition("<p>")[2] in again.text
        assert "ETag" in again.headers


def test_a_fault_of_a_store_is_told_on_the_page_that_is_under_way(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: object) -> routes.Found:
        raise NoReleaseError("entrepôt abîmé")

    monkeypatch.setattr("service.named.routes.WHOLE", 0)
    monkeypatch.setattr(routes, "_found", broken)
    page = client.get("/queries/votes?body=x", headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    assert "content-encoding" not in page.headers
    assert "entrepôt abîmé" in page.text
    assert page.text.endswith("</html>")


def test_several_names_in_a_cell_are_in_alphabetical_order(client: TestClient) -> None:
    """SPARQL gives the parts of a GROUP_CONCAT no order: each store has its own."""
    assert queries.find("programme-lineage").joined == {"replaces": " ; ", "replaced_by": " ; ", "signatories": " ; "}
    cells = [
        row[name]
        for query in SELECTS
        for row in client.get(f"/queries/{query.name}.json").json()["rows"]
        for name, separator in query.joined.items()
        if separator in str(row.get(name, ""))
    ]
    assert cells
    for cell in cells:
        assert cell.split(" ; ") == sorted(cell.split(" ; "), key=queries.fold)
