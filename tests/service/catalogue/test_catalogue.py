"""The catalogue as a data portal harvests it, VoID as a federated query planner reads it, counted again by SPARQL."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import httpx
import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, VOID, XSD, Graph, Literal, Namespace, URIRef

import queries
from service.catalogue import sitemap
from service.linked_data.exports import offers

BASE = "http://localhost:8000"
HTML = {"Accept": "text/html"}
DATASET = URIRef(f"{BASE}/.well-known/void#dataset")
SCHEMA = Namespace("http://schema.org/")
SHAPES = Path(__file__).parent / "dcat-ap-3.ttl"
READERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def catalogue(http: httpx.Client) -> Graph:
    return Graph().parse(data=http.get("/catalog.ttl").text, format="turtle")


@pytest.fixture(scope="module")
def void(http: httpx.Client) -> Graph:
    return Graph().parse(data=http.get("/.well-known/void").text, format="turtle")


def results(catalogue: Graph) -> list[tuple[str, str, str]]:
    """Severity, path and focus of each result of the shapes."""
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=Graph().parse(SHAPES))
    assert isinstance(report, Graph)
    return sorted(
        (
            str(report.value(node, SH.resultSeverity)).rpartition("#")[2],
            str(report.value(node, SH.resultPath)).rpartition("/")[2],
            str(report.value(node, SH.focusNode)),
        )
        for node in report.subjects(RDF.type, SH.ValidationResult)
    )


def test_the_catalogue_is_dcat_ap_3(catalogue: Graph) -> None:
    # What remains is what only its publisher knows: which kind of body it is.
    assert results(catalogue) == [("Warning", "type", f"{BASE}/catalog#publisher")]


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (URIRef(f"{BASE}/catalog#catalog"), DCTERMS.title, None),
        (DATASET, DCTERMS.description, None),
        (URIRef(f"{BASE}/catalog#sparql-service"), DCAT.endpointURL, None),
        (URIRef(f"{BASE}/catalog#publisher"), FOAF.name, None),
        (DATASET, DCTERMS.spatial, URIRef("urn:nowhere")),
        (DATASET, DCTERMS.issued, Literal("yesterday")),
        (URIRef(f"{BASE}/catalog#sparql"), DCAT.accessURL, None),
        (URIRef(f"{BASE}/catalog#sparql"), DCAT.byteSize, Literal("1", datatype=XSD.decimal)),
    ],
)
def test_the_shapes_see_what_is_missing_or_wrong(
    catalogue: Graph, subject: URIRef, predicate: URIRef, value: URIRef | Literal | None
) -> None:
    broken = Graph() + catalogue
    broken.remove((subject, predicate, None)) if value is None else broken.add((subject, predicate, value))
    assert [found for found in results(broken) if found[0] == "Violation"]


def test_each_suffix_and_accept_gives_the_same_catalogue(http: httpx.Client, catalogue: Graph) -> None:
    for suffix, reader in READERS.items():
        answer = http.get(f"/catalog.{suffix}")
        assert len(Graph().parse(data=answer.text, format=reader)) == len(catalogue)
        again = http.get(f"/catalog.{suffix}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
    assert http.get("/catalog.exe").status_code == 406
    assert (
        http.get("/catalog", headers={"Accept": "application/ld+json"})
        .headers["content-type"]
        .startswith("application/ld+json")
    )


def test_what_the_catalogue_points_to_is_there(http: httpx.Client, catalogue: Graph) -> None:
    pointed = {
        str(target)
        for predicate in (DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription, DCAT.landingPage, FOAF.page)
        for target in catalogue.objects(None, predicate)
        if str(target).startswith(BASE)
    }
    assert len(pointed) > 20
    for address in pointed:
        path = urlsplit(address).path
        if path.startswith("/dump/"):
            assert path.removeprefix("/dump/") in offers()
        else:
            assert http.get(path, headers=HTML).status_code == 200, path


def test_every_named_query_is_an_example_that_runs(http: httpx.Client, catalogue: Graph) -> None:
    found = {str(node).rpartition("/")[2]: node for node in catalogue.subjects(RDF.type, SH.SPARQLExecutable)}
    assert found.keys() == queries.catalogue().keys()
    for name, node in found.items():
        text = catalogue.value(node, SH.select) or catalogue.value(node, SH.construct)
        assert (node, SCHEMA.target, URIRef(f"{BASE}/sparql")) in catalogue
        assert {label.language for label in catalogue.objects(node, None) if isinstance(label, Literal)} >= {"fr", "en"}
        assert http.get("/sparql", params={"query": str(text)}).status_code == 200, name


def test_publisher_and_contact_are_those_of_the_settings(serve: Callable[..., httpx.Client]) -> None:
    client = serve(
        publisher="Ville de Valmont", publisher_url="https://valmont.example/", contact="data@valmont.example"
    )
    graph = Graph().parse(data=client.get("/catalog.ttl").text, format="turtle")
    assert Literal("Ville de Valmont", lang="fr") in set(graph.objects(None, FOAF.name))
    assert URIRef("mailto:data@valmont.example") in set(graph.objects())
    assert not [found for found in results(graph) if found[0] == "Violation"]
    page = client.get("/catalog", headers=HTML).text
    assert "Ville de Valmont" in page
    assert "mailto:data@valmont.example" in page


def test_the_page_says_release_licence_and_files_in_both_languages(http: httpx.Client) -> None:
    page = http.get("/catalog", headers=HTML).text
    assert "Licence Ouverte 2.0" in page
    assert 'href="/dump/scdl-subventions.csv"' in page
    assert "délibération" in page
    english = http.get("/catalog?lang=en", headers=HTML).text
    assert "Published by" in english
    assert "deliberation" in english


def count(http: httpx.Client, query: str) -> int:
    answer = http.get("/sparql", params={"query": f"SELECT ({query}", "format": "csv"})
    return int(answer.text.split()[1])


def test_the_counts_of_void_are_those_of_sparql(http: httpx.Client, void: Graph) -> None:
    def told(name: str) -> int:
        return int(str(void.value(DATASET, VOID[name])))

    assert told("triples") == count(http, "COUNT(*) AS ?n) { ?s ?p ?o }")
    assert told("distinctSubjects") == count(http, "COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    assert told("distinctObjects") == count(http, "COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")
    assert told("properties") == count(http, "COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }")
    assert told("classes") == count(http, "COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }")
    parts = list(void.objects(DATASET, VOID.propertyPartition))
    assert len(parts) == told("properties")
    assert sum(int(str(void.value(part, VOID.triples))) for part in parts) == told("triples")
    for part in parts:
        iri = void.value(part, VOID.property)
        assert int(str(void.value(part, VOID.triples))) == count(http, f"COUNT(*) AS ?n) {{ ?s <{iri}> ?o }}")
        distinct = int(str(void.value(part, VOID.distinctObjects)))
        assert distinct == count(http, f"COUNT(DISTINCT ?o) AS ?n) {{ ?s <{iri}> ?o }}")
    for part in void.objects(DATASET, VOID.classPartition):
        iri = void.value(part, VOID["class"])
        assert int(str(void.value(part, VOID.entities))) == count(http, f"COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{iri}> }}")


def test_linksets_count_the_links_to_other_datasets(serve: Callable[..., httpx.Client]) -> None:
    register = "https://annuaire-entreprises.data.gouv.fr/entreprise/"
    see, a, b = (
        "<http://www.w3.org/2000/01/rdf-schema#seeAlso>",
        f"{BASE}/id/organisation/a",
        f"{BASE}/id/organisation/b",
    )
    client = serve(
        f"<{BASE}/graph/d> {{ <{a}> {see} <{register}242100410> , <{b}> . <{b}> {see} <{register}212102313> . "
        f"<urn:x> {see} <{register}242100410> }}".encode()
    )
    void = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    (linkset,) = void.subjects(RDF.type, VOID.Linkset)
    assert (DATASET, VOID.subset, linkset) in void
    assert int(str(void.value(linkset, VOID.triples))) == 2
    target = void.value(linkset, VOID.objectsTarget)
    assert (target, VOID.uriSpace, Literal(register)) in void


def test_void_follows_the_release(serve: Callable[..., httpx.Client], swap: Callable[..., object]) -> None:
    client = serve()
    before = client.get("/.well-known/void")
    swap("r2", f"<{BASE}/graph/d> {{ <{BASE}/id/person/x> a <http://xmlns.com/foaf/0.1/Person> }}".encode())
    after = client.get("/.well-known/void", headers={"If-None-Match": before.headers["etag"]})
    void = Graph().parse(data=after.text, format="turtle")
    assert int(str(void.value(DATASET, VOID.triples))) == 1
    assert (DATASET, DCTERMS.hasVersion, URIRef(f"{BASE}/id/release/r2")) in void


def test_void_in_a_browser_is_shown_and_not_handed_over(http: httpx.Client) -> None:
    assert http.get("/.well-known/void", headers=HTML).headers["content-type"].startswith("text/plain")


def locations(text: str) -> list[str]:
    return [str(element.text) for element in ET.fromstring(text).iter(f"{SITEMAP}loc")]


def test_the_sitemap_lists_pages_that_are_there_and_no_person(http: httpx.Client) -> None:
    answer = http.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    found = locations(answer.text)
    assert f"{BASE}/document/aaaa000000000001" in found
    assert f"{BASE}/id/organisation/valmont" in found
    assert not [address for address in found if "/person/" in address]
    for address in found:
        if "/document/aaaa" not in address:  # its text is not in this release
            assert http.get(address.removeprefix(BASE), headers=HTML).status_code == 200, address
    assert http.get("/sitemap.xml", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_a_long_sitemap_comes_in_parts(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(http.get("/sitemap.xml").text)
    monkeypatch.setattr(sitemap, "MOST", 4)
    parts = locations(http.get("/sitemap.xml").text)
    assert len(parts) == -(-len(whole) // 4)
    assert [a for part in parts for a in locations(http.get(part.removeprefix(BASE)).text)] == whole
    assert http.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is(http: httpx.Client) -> None:
    text = http.get("/robots.txt").text
    assert f"Sitemap: {BASE}/sitemap.xml" in text
    assert "Disallow: /review" in text


def test_a_catalogue_before_a_release_is_a_503(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from service.app import create_app
    from service.settings import Settings

    with TestClient(create_app(Settings(data=tmp_path))) as client:
        for path in ("/catalog.ttl", "/.well-known/void", "/sitemap.xml"):
            assert client.get(path).status_code == 503
        assert client.get("/robots.txt").status_code == 200
