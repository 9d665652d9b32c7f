"""Ontology, shapes, dumps, VoID, health and metrics."""

import re
from pathlib import Path

import httpx
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDFS, VOID

from ontology.terms import DG

HTML = {"Accept": "text/html"}
SH = Namespace("http://www.w3.org/ns/shacl#")


def test_the_ontology_as_rdf_and_as_a_page_with_an_anchor_a_term(http: httpx.Client) -> None:
    graph = Graph().parse(data=http.get("/ns.ttl").text, format="turtle")
    assert (DG.Funding, RDF.type, OWL.Class) in graph
    page = http.get("/ns", headers=HTML).text
    classes = [str(term) for term in graph.subjects(RDF.type, OWL.Class) if str(term).startswith(str(DG))]
    assert len(classes) > 20
    for iri in classes:
        assert f'id="{iri.removeprefix(str(DG))}"' in page
    label = next(o for o in graph.objects(DG.beneficiary, RDFS.label) if isinstance(o, Literal) and o.language == "fr")
    assert str(label) in page


def test_the_shapes_as_rdf_and_as_a_page(http: httpx.Client) -> None:
    graph = Graph().parse(data=http.get("/shapes", headers={"Accept": "application/n-triples"}).text, format="nt")
    assert len(set(graph.subjects(RDF.type, SH.PropertyShape))) > 10
    assert "Le financement ne dit pas quelle délibération en décide." in http.get("/shapes", headers=HTML).text
    assert http.get("/shapes.exe").status_code == 406


def test_dumps_are_listed_and_served_whole(http: httpx.Client, trig: bytes) -> None:
    listing = http.get("/dump/").json()
    (file,) = (file for file in listing["files"] if file["bytes"])
    assert (file["name"], file["bytes"], file["href"]) == ("delibgraph.trig", len(trig), "/dump/delibgraph.trig")
    answer = http.get("/dump/delibgraph.trig")
    assert (answer.content, answer.headers["content-type"]) == (trig, "application/trig")
    assert http.get("/dump/delibgraph.trig", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert http.get("/dump/..%2fmanifest.json").status_code == 404
    assert "delibgraph.trig" in http.get("/dump/", headers=HTML).text


def test_void_counts_are_true(http: httpx.Client, trig: bytes) -> None:
    void = Graph().parse(data=http.get("/.well-known/void").text, format="turtle")
    dataset = next(void.subjects(RDF.type, VOID.Dataset))
    counted = http.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"})
    assert int(str(void.value(dataset, VOID.triples))) == int(counted.text.split()[1])
    part = next(void.subjects(VOID["class"], URIRef(str(DG.Organisation))))
    assert int(str(void.value(part, VOID.entities))) == 2
    assert http.get("/.well-known/void", headers=HTML).headers["content-type"].startswith("text/plain")


def test_health_says_what_is_live(http: httpx.Client) -> None:
    answer = http.get("/healthz")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json() == {"status": "ok", "release": "r1", "store": True, "workers": True}


def test_metrics_count_requests_and_queries(http: httpx.Client) -> None:
    def value(pattern: str) -> float:
        found = re.search(pattern + r" ([0-9.e+]+)", http.get("/metrics").text)
        return float(found[1]) if found else 0.0

    requests = r'requests_total\{method="GET",route="/sparql",status="400"\}'
    queries = r'queries_total\{outcome="query-syntax"\}'
    before = value(requests), value(queries)
    assert http.get("/sparql", params={"query": "SELECT"}).status_code == 400
    assert (value(requests), value(queries)) == (before[0] + 1, before[1] + 1)


def test_a_term_tells_its_relations_both_ways_its_alignments_and_an_example(http: httpx.Client) -> None:
    page = http.get("/ns", headers=HTML).text
    funding = page[page.index('id="Funding"') : page.index('id="FundingKind"')]
    assert "frapo:Grant" in funding  # what it is a kind of
    assert 'href="#beneficiary"' in funding  # a property said of it
    assert "schema:MonetaryGrant" in funding  # what it is close to
    assert 'href="/id/funding/atelier-2024"' in funding  # one of the live release
    amount = page[page.index('id="amount"') :]
    assert "“4500”" in amount[: amount.index("<h3")]


def test_the_vocabulary_and_the_shapes_are_in_both_languages(http: httpx.Client) -> None:
    for path, french, english in (
        ("/ns", "Vocabulaire", "Money that a funder awards, requests, budgets or rejects for a beneficiary."),
        ("/shapes", "Règles de contrôle", "The funding does not tell which deliberation decides it."),
    ):
        assert french in http.get(path, headers=HTML).text
        page = http.get(path, headers={**HTML, "Accept-Language": "en"}).text
        assert english in page
        assert 'lang="en"' in page


def test_the_diagram_draws_each_box_and_each_property_between_two(http: httpx.Client) -> None:
    page = http.get("/ns?lang=en", headers=HTML).text
    svg = page[page.index("<svg") : page.index("</svg>")]
    for anchor in ("Session", "Deliberation", "Funding", "Evidence", "decidedBy", "funder", "beneficiary", "supports"):
        assert f'href="#{anchor}"' in svg
    assert " style=" not in svg
    assert [anchor for anchor in re.findall(r'href="#([^"]+)"', svg) if f'id="{anchor}"' not in page] == []


def test_every_link_within_the_pages_has_its_target(http: httpx.Client) -> None:
    for path in ("/ns", "/shapes"):
        page = http.get(path, headers=HTML).text
        ids = set(re.findall(r' id="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_one_term_alone_with_what_points_to_it(http: httpx.Client) -> None:
    for suffix, reader in (("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml"), ("nt", "nt")):
        graph = Graph().parse(data=http.get(f"/ns/Funding.{suffix}").text, format=reader)
        assert (DG.Funding, RDF.type, OWL.Class) in graph
        assert (DG.row, None, DG.Funding) in graph
    shape = Graph().parse(data=http.get("/shapes/funding-status.ttl").text, format="turtle")
    assert DG.Awarded in set(shape.objects())  # in the list of a blank node
    moved = http.get("/ns/Funding?lang=en", headers=HTML)
    assert (moved.status_code, moved.headers["location"]) == (303, "/ns?lang=en#Funding")
    assert http.get("/ns/Nothing").status_code == http.get("/shapes/%3Cx%3E").status_code == 404


def test_the_pages_of_the_vocabulary_do_without_a_release(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from service.app import create_app
    from service.settings import Settings

    with TestClient(create_app(Settings(data=tmp_path))) as client:
        assert client.get("/ns", headers=HTML).status_code == 200
        assert client.get("/ns/Funding.ttl").status_code == 200


@pytest.mark.parametrize("path", ["/ns.ttl", "/ns", "/ns/funder.jsonld", "/shapes.ttl", "/shapes", "/"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_held_is_not_sent_again(http: httpx.Client, path: str, accept: str) -> None:
    first = http.get(path, headers={"Accept": accept})
    if first.status_code == 303:  # a term as a page is a place in the page of all
        return
    tag = first.headers["etag"]
    again = http.get(path, headers={"Accept": accept, "If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "vary" in again.headers
    assert "content-type" not in again.headers
    head = http.head(path, headers={"Accept": accept})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert http.get(path, headers={"Accept": accept, "If-None-Match": '"other"'}).content == first.content


def test_a_page_in_another_language_is_another(http: httpx.Client) -> None:
    for path in ("/ns", "/reconcile/help", "/queries"):
        tags = {http.get(path, headers={**HTML, "Accept-Language": tag}).headers["etag"] for tag in ("fr", "en")}
        assert len(tags) == 2, path


def test_pages_of_one_visitor_and_errors_have_no_tag(http: httpx.Client) -> None:
    for path in ("/review", "/nowhere"):
        assert "etag" not in http.get(path, headers={"Accept": "text/html"}).headers
