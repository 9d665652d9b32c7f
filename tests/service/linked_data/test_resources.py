"""Linked data as its users fetch it: by Accept, by suffix, after a merge, page by page."""

from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef

from tests.service.conftest import PATIENCE

BASE = "http://localhost:8000"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
READERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
FUNDING = "/id/funding/atelier-2024"


def triples(answer: httpx.Response, reader: str) -> set[tuple[str, ...]]:
    assert answer.status_code == 200
    return {tuple(map(str, triple)) for triple in Graph().parse(data=answer.text, format=reader)}


def test_each_suffix_and_each_accept_gives_the_same_triples(http: httpx.Client) -> None:
    by_suffix = [triples(http.get(f"{FUNDING}.{suffix}"), reader) for suffix, reader in READERS.items()]
    accepts = ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples")
    by_accept = [
        triples(http.get(FUNDING, headers={"Accept": accept}), reader)
        for accept, reader in zip(accepts, READERS.values(), strict=True)
    ]
    assert len({frozenset(found) for found in by_suffix + by_accept}) == 1
    subjects = {subject for subject, _, _ in by_suffix[0]}
    assert subjects == {BASE + FUNDING, f"{BASE}/id/evidence/aaaa000000000001-410-450"}


def test_alternates_are_announced_and_exist(http: httpx.Client) -> None:
    links = httpx.get(str(http.base_url) + FUNDING, timeout=PATIENCE).links
    assert "alternate" in links
    header = http.get(FUNDING).headers["link"]
    for suffix in (*READERS, "html"):
        assert f"<{FUNDING}.{suffix}>" in header
        assert http.get(f"{FUNDING}.{suffix}").status_code == 200


def test_a_merged_person_redirects_to_the_end_of_the_chain(http: httpx.Client) -> None:
    for path in ("/id/person/jeane-morel", "/id/person/jeanne-morele"):
        assert (http.get(path).status_code, http.get(path).headers["location"]) == (301, "/id/person/jeanne-morel")
    assert http.get("/id/person/jeane-morel.ttl").headers["location"] == "/id/person/jeanne-morel.ttl"
    assert http.get("/id/person/jeane-morel?lang=en").headers["location"] == "/id/person/jeanne-morel?lang=en"
    assert http.head("/id/person/jeane-morel").status_code == 301


def test_what_is_not_there_is_a_problem_or_a_page(http: httpx.Client) -> None:
    answer = http.get("/id/person/nobody.ttl")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "Introuvable" in http.get("/id/person/nobody", headers=HTML).text


@pytest.mark.parametrize(
    "key",
    [
        "%00",
        "%ff",
        "a%20b",
        "<script>",
        "%3Cscript%3E",
        "..%2f..%2fetc",
        "a\\b",
        "é" * 300,
        "%",
        "%zz",
        "{x}",
        "|",
        ".ttl",
        "x.exe",
    ],
)
def test_odd_keys_do_not_break(http: httpx.Client, key: str) -> None:
    for prefix in ("/id/person/", "/graph/", "/dump/", "/ns."):
        assert http.get(prefix + key).status_code in (404, 406)


def test_a_key_with_accents_and_reserved_characters_is_found(http: httpx.Client) -> None:
    page = http.get("/id/theme/" + quote("vie%20associative%20&%20«%20culture%20»", safe="%&"), headers=HTML)
    assert page.status_code == 200
    assert "Vie associative &amp; « culture »" in page.text
    again = http.get("/id/theme/vie%20associative%20%26%20%C2%AB%20culture%20%C2%BB.nt")
    assert again.status_code == 200


def test_incoming_links_come_by_pages(serve: Callable[..., httpx.Client]) -> None:
    hub = f"<{BASE}/id/organisation/hub>"
    facts = "".join(f"<{BASE}/id/funding/f{n}> <https://w3id.org/delibgraph/ns#funder> {hub} .\n" for n in range(8))
    client = serve(f"<{BASE}/graph/d> {{ {facts} }}".encode(), page_size=3)
    seen: list[str] = []
    url: str | None = "/id/organisation/hub.nt"
    while url is not None:
        answer = client.get(url)
        seen += [str(s) for s in Graph().parse(data=answer.text, format="nt").subjects(None, URIRef(hub[1:-1]))]
        url = answer.links["next"]["url"] + "&format=nt" if "next" in answer.links else None
    assert len(seen) == len(set(seen)) == 8
    assert "Liens suivants" in client.get("/id/organisation/hub", headers=HTML).text
    assert client.get("/id/organisation/hub?page=0").status_code == 400


def test_the_page_speaks_french_links_values_and_runs_no_markup(http: httpx.Client) -> None:
    page = http.get(FUNDING, headers=HTML).text
    assert "bénéficiaire" in page.lower()
    assert 'href="/id/organisation/atelier-du-pont"' in page
    assert "une subvention de 4 500 €" in page
    assert "/document/aaaa000000000001#e-410-450" in page
    assert page.count("<script") == page.count('<script type="application/ld+json">')


@pytest.mark.parametrize(
    "path",
    [
        "/id/document/aaaa000000000001", "/id/deliberation/valmont-conseil-2024-03-14-atelier", "/id/vote/atelier",
        "/id/session/valmont-conseil-2024-03-14", "/id/person/jeanne-morel", "/id/organisation/valmont",
        "/id/evidence/aaaa000000000001-410-450", "/graph/aaaa000000000001", "/graph/identities",
    ],
)  # fmt: skip
def test_every_type_has_a_page(http: httpx.Client, path: str) -> None:
    page = http.get(path, headers=HTML)
    assert page.status_code == 200
    assert f"{path}.ttl" in page.text


def test_a_named_graph_is_all_and_only_its_triples(http: httpx.Client) -> None:
    found = triples(http.get("/graph/identities.nt"), "nt")
    assert len(found) == 7
    assert (f"{BASE}/id/person/jeanne-morel", "http://xmlns.com/foaf/0.1/name", "Jeanne MOREL") in found


def test_unchanged_resources_are_304(http: httpx.Client) -> None:
    tag = http.get(FUNDING).headers["etag"]
    again = http.get(FUNDING, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert http.get(f"{FUNDING}.nt").headers["etag"] != tag


def test_a_format_that_is_none_is_406(http: httpx.Client) -> None:
    assert http.get(FUNDING, headers={"Accept": "image/png"}).status_code == 406


def test_a_query_is_a_resource_that_runs_where_it_says(http: httpx.Client) -> None:
    graphs = [triples(http.get(f"/id/query/votes.{suffix}"), reader) for suffix, reader in READERS.items()]
    assert len({len(graph) for graph in graphs}) == 1
    node, select, target = f"{BASE}/id/query/votes", "http://www.w3.org/ns/shacl#select", "http://schema.org/target"
    told = {predicate: value for subject, predicate, value in graphs[0] if subject == node}
    assert told[target] == f"{BASE}/sparql"
    assert http.get("/sparql", params={"query": told[select]}).status_code == 200
    page = http.get("/id/query/votes?lang=en", headers=HTML)
    assert (page.status_code, page.headers["location"]) == (303, "/queries/votes?lang=en")
    assert http.get("/id/query/nothing").status_code == 404


def test_a_graph_query_is_told_as_such(http: httpx.Client) -> None:
    (told,) = [
        value
        for _, predicate, value in triples(http.get("/id/query/grants-schema-org.nt"), "nt")
        if predicate == "http://www.w3.org/ns/shacl#construct"
    ]
    assert http.get("/sparql", params={"query": told}, headers={"Accept": "text/turtle"}).status_code == 200


def test_releases_say_what_came_before_and_which_are_kept(
    serve: Callable[..., httpx.Client], swap: Callable[..., object]
) -> None:
    client = serve()
    swap("r2", f"<{BASE}/graph/d> {{ <{BASE}/id/person/x> a <http://xmlns.com/foaf/0.1/Person> }}".encode())
    second, first = f"{BASE}/id/release/r2", f"{BASE}/id/release/r1"
    assert (second, "http://www.w3.org/ns/prov#wasRevisionOf", first) in triples(
        client.get("/id/release/r2.ttl"), "turtle"
    )
    assert (first, "http://purl.org/dc/terms/isReplacedBy", second) in triples(client.get("/id/release/r1.nt"), "nt")
    assert "delibgraph, release r2" in client.get("/id/release/r2?lang=en", headers=HTML).text
    missing = client.get("/id/release/r0")
    assert missing.status_code == 404
    assert "r1, r2" in missing.json()["detail"]


def test_labels_are_in_the_language_that_is_asked(http: httpx.Client) -> None:
    french = http.get(FUNDING, headers={**HTML, "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"})
    english = http.get(FUNDING, headers={**HTML, "Accept-Language": "en"})
    assert "bénéficiaire" in french.text
    assert "beneficiary" in english.text
    assert 'lang="en"' in english.text
    assert "Accept-Language" in english.headers["vary"]
    assert "bénéficiaire" in http.get(f"{FUNDING}?lang=fr", headers={**HTML, "Accept-Language": "en"}).text
    assert 'href="/id/organisation/valmont?lang=en"' in http.get(f"{FUNDING}?lang=en", headers=HTML).text


def test_a_label_without_the_language_is_better_than_one_of_another(serve: Callable[..., httpx.Client]) -> None:
    pref = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    client = serve(
        f'<{BASE}/graph/d> {{ <{BASE}/id/organisation/a> {pref} "Zed"@en , "Abc"@fr . '
        f'<{BASE}/id/organisation/b> {pref} "Milieu" , "Abc"@fr }}'.encode()
    )
    assert "<h1>Zed</h1>" in client.get("/id/organisation/a?lang=en", headers=HTML).text
    assert "<h1>Abc</h1>" in client.get("/id/organisation/a", headers=HTML).text
    assert "<h1>Milieu</h1>" in client.get("/id/organisation/b?lang=en", headers=HTML).text


def test_link_headers_lead_to_what_describes_and_licenses(http: httpx.Client) -> None:
    header = http.get(f"{FUNDING}.ttl").headers["link"]
    for link in (
        f'<{BASE}{FUNDING}>; rel="canonical"',
        '</.well-known/void>; rel="describedby"',
        '<https://spdx.org/licenses/etalab-2.0>; rel="license"',
    ):
        assert link in header
