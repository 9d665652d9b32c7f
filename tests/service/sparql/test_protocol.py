"""What a SPARQL client sees: formats, datasets, caching, CORS, errors."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import httpx
import pytest
from rdflib import Graph

BASE = "http://localhost:8000"
AMOUNT = "SELECT ?f ?a { ?f dg:amount ?a }"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def ask(http: httpx.Client, query: str, **parameters: str) -> httpx.Response:
    return http.get("/sparql", params={"query": query, **parameters})


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle, application/sparql-results+json;q=0.5", "application/sparql-results+json"),
    ],
)
def test_select_in_the_format_that_is_preferred(http: httpx.Client, accept: str, content_type: str) -> None:
    answer = http.get("/sparql", params={"query": AMOUNT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert "4500" in answer.text


def test_format_wins_over_accept_and_each_format_parses(http: httpx.Client) -> None:
    iri = f"{BASE}/id/funding/atelier-2024"
    assert ask(http, AMOUNT, format="json").json()["results"]["bindings"][0]["f"]["value"] == iri
    assert list(csv.reader(io.StringIO(ask(http, AMOUNT, format="csv").text)))[1] == [iri, "4500"]
    assert ask(http, AMOUNT, format="tsv").text.splitlines()[1].startswith(f'<{iri}>\t"4500"^^<')
    assert iri in ET.tostring(ET.fromstring(ask(http, AMOUNT, format="xml").content), "unicode")
    construct = f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"
    sizes = {
        len(Graph().parse(data=ask(http, construct, format=name).text, format=reader))
        for name, reader in {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}.items()
    }
    assert sizes == {10}
    assert ask(http, "ASK {}", format="xml").text.count("<boolean>true</boolean>") == 1


def test_describe_gives_the_outgoing_triples(http: httpx.Client) -> None:
    graph = Graph().parse(data=ask(http, "DESCRIBE <id/organisation/valmont>", format="nt").text, format="nt")
    assert {str(subject) for subject in graph.subjects()} == {f"{BASE}/id/organisation/valmont"}


def test_406_lists_the_formats(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": AMOUNT}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["formats"]
    assert ask(http, AMOUNT, format="turtle").status_code == 406
    assert ask(http, "DESCRIBE <x>", format="csv").status_code == 406


def test_the_default_graph_is_the_union_unless_a_dataset_is_named(http: httpx.Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) {0} {{ {{ ?s foaf:name ?o }} UNION {{ ?s dg:amount ?o }} }}"
    identities = f"{BASE}/graph/identities"

    def n(dataset: str = "", **parameters: str) -> int:
        rows = ask(http, count.format(dataset), **parameters).json()["results"]["bindings"]
        return int(rows[0]["n"]["value"])

    assert n() == 2
    assert n(f"FROM <{identities}>") == 1
    assert n(f"FROM NAMED <{identities}>") == 0
    assert n(f"FROM <{BASE}/nowhere>") == 0
    assert n(f"FROM <{BASE}/nowhere>", **{"default-graph-uri": identities}) == 1
    assert n(**{"named-graph-uri": identities}) == 0


def test_from_fetches_nothing(http: httpx.Client, server: str) -> None:
    before = http.get("/metrics").text.count('route="/id"')
    answer = ask(http, f"SELECT * FROM <{server}/id/organisation/valmont.nt> {{ ?s ?p ?o }}")
    assert answer.json()["results"]["bindings"] == []
    assert http.get("/metrics").text.count('route="/id"') == before


def test_head_has_the_headers_and_no_body(http: httpx.Client) -> None:
    full = ask(http, AMOUNT)
    head = http.head("/sparql", params={"query": AMOUNT})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == full.headers[name]


def test_etag_depends_on_query_and_format_and_gives_304(http: httpx.Client) -> None:
    tags = {ask(http, AMOUNT, format=name).headers["etag"] for name in ("json", "csv")}
    tags.add(ask(http, "ASK {}", format="json").headers["etag"])
    assert len(tags) == 3
    tag = ask(http, AMOUNT).headers["etag"]
    again = http.get("/sparql", params={"query": AMOUNT}, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert "etag" not in ask(http, "SELECT (NOW() AS ?t) {}").headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sparql?query=ASK%20%7B%7D", 200),
        ("GET", "/sparql?query=ASK", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", 403),
        ("POST", "/sparql", 415),
        ("DELETE", "/sparql", 405),
        ("GET", "/id/nothing", 404),
        ("GET", "/nowhere", 404),
        ("OPTIONS", "/sparql", 204),
    ],
)
def test_cors_and_security_headers_on_every_answer(http: httpx.Client, method: str, path: str, status: int) -> None:
    answer = http.request(method, path, headers={"Origin": "https://elsewhere.test"})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/sparql?query=ASK%20%7B%7D", "/sparql?query=ASK", "/id/nothing", "/", "/sparql"])
def test_every_answer_tells_its_release(http: httpx.Client, path: str) -> None:
    answer = http.get(path)
    assert answer.headers["delibgraph-release"] == "r1"
    tag = answer.headers.get("etag", "")
    again = http.get(path, headers={"If-None-Match": tag} if tag else {})
    assert again.headers["delibgraph-release"] == "r1"


def test_answers_are_compressed_for_who_asks(http: httpx.Client) -> None:
    values = " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 10 }}" for name in "abc")
    parameters = {"query": f"SELECT * {{ {values} }}", "format": "json"}
    plain = http.get("/sparql", params=parameters, headers={"Accept-Encoding": "identity"})
    packed = http.get("/sparql", params=parameters, headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert packed.content == plain.content
    assert packed.num_bytes_downloaded < len(plain.content) / 5
    assert packed.headers["etag"] == plain.headers["etag"]
    assert packed.headers["etag"].startswith("W/")
    assert {part.strip() for part in packed.headers["vary"].split(",")} == {"Accept", "Accept-Encoding"}
    head = http.head("/sparql", params=parameters, headers={"Accept-Encoding": "gzip"})
    assert (head.content, head.headers["content-encoding"]) == (b"", "gzip")


def test_a_page_with_a_secret_is_not_compressed(http: httpx.Client) -> None:
    """Its length would betray the secret (BREACH)."""
    packed = {"Accept-Encoding": "gzip", **BROWSER}
    assert http.get("/", headers=packed).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in http.get("/review", headers=packed).headers


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_both_addresses_are_one(http: httpx.Client, path: str, method: str) -> None:
    answer = http.request(method, path, **({"data": {"query": "ASK {}"}} if method == "POST" else {}))
    assert answer.status_code == (204 if method == "OPTIONS" else 200)
    if method == "OPTIONS":
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_preflight_allows_what_clients_send(http: httpx.Client) -> None:
    headers = {"Origin": "https://a.test", "Access-Control-Request-Method": "POST"}
    answer = http.options("/sparql", headers={**headers, "Access-Control-Request-Headers": "content-type"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


def test_a_syntax_error_says_line_and_column(http: httpx.Client) -> None:
    answer = ask(http, "SELECT *\n{ ?s ?p }")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["line"], answer.json()["column"]) == (2, 10)
    assert "ligne" in answer.json()["detail"].lower()


def test_post_forms(http: httpx.Client) -> None:
    direct = http.post("/sparql", content="ASK {}", headers={"Content-Type": "application/sparql-query"})
    form = http.post("/sparql/", data={"query": "ASK {}", "format": "csv"})
    assert direct.json() == {"head": {}, "boolean": True}
    assert form.text.strip() == "true"
    assert (
        http.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}).status_code
        == 403
    )
    assert http.post("/sparql", data={"query": "ASK { " + "x" * 400_000}).status_code == 413


def test_bare_get_describes_the_service_or_shows_a_form(http: httpx.Client) -> None:
    described = Graph().parse(data=http.get("/sparql", headers={"Accept": "text/turtle"}).text, format="turtle")
    formats = {str(o) for o in described.objects() if "/ns/formats/" in str(o)}
    assert "http://www.w3.org/ns/formats/SPARQL_Results_JSON" in formats
    page = http.get("/sparql", headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert "<textarea" in page.text
    assert "<script>" not in page.text  # none inline


def test_a_browser_sees_rows_and_errors_in_the_form(http: httpx.Client) -> None:
    rows = http.get("/sparql", params={"query": "SELECT ?o { ?s skos:prefLabel ?o }"}, headers=BROWSER)
    assert rows.status_code == 200
    assert "&lt;script&gt;alert(1)" in rows.text
    assert "<script>alert" not in rows.text
    wrong = http.get("/sparql", params={"query": "SELECT <b>"}, headers=BROWSER)
    assert wrong.status_code == 400
    assert "SELECT &lt;b&gt;" in wrong.text
    assert "Erreur de syntaxe" in wrong.text


@pytest.mark.parametrize("value", ["0", "-1", "nan", "soon"])
def test_a_timeout_that_is_none(http: httpx.Client, value: str) -> None:
    assert ask(http, "ASK {}", timeout=value).status_code == 400


def test_a_large_result_is_whole_and_a_larger_one_is_an_error(http: httpx.Client) -> None:
    values = " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 10 }}" for name in "abcd")
    whole = ask(http, f"SELECT * {{ {values} }}", format="csv")
    assert len(whole.text.splitlines()) == 10_001
    over = ask(http, f"SELECT * {{ {values} VALUES ?e {{ 1 2 3 4 5 6 7 8 9 10 }} }}", format="json")
    assert over.status_code == 422
    assert json.loads(over.text)["type"].endswith("result-too-large")
