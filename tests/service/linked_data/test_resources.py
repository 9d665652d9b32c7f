"""Linked data as its users fetch it: by Accept, by suffix, after a merge, page by page."""

from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef

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
    links = httpx.get(str(http.base_url) + FUNDING).links
    assert "alternate" in links
    header = http.get(FUNDING).headers["link"]
    for suffix in (*READERS, "html"):
        assert f"<{FUNDING}.{suffix}>" in header
        assert http.get(f"{FUNDING}.{suffix}").status_code == 200


def test_a_merged_person_redirects_to_the_end_of_the_chain(http: httpx.Client) -> None:
    for path in ("/id/person/jeane-morel", "/id/person/jeanne-morele"):
        assert (http.get(path).status_code, http.get(path).headers["location"]) == (301, "/id/person/jeanne-morel")
    assert http.get("/id/person/jeane-morel.ttl").headers["location"] == "/id/person/jeanne-morel.ttl"
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
    assert "<script" not in page


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
