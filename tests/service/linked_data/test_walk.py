"""Every IRI of a published dataset leads somewhere: each IRI that the samples publish is asked for.

To one IRI in twenty each representation comes, by its suffix and by what is accepted; to the others one of them in one
of these ways, in turn.
"""

from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from service.app import create_app
from service.settings import Settings

BASE = "http://localhost:8000"
DG, DGS = "https://w3id.org/delibgraph/ns#", "https://w3id.org/delibgraph/shapes#"
READERS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client(published: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=published)), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def iris(client: TestClient) -> list[str]:
    """Every IRI of the store: subjects, objects, graphs."""
    store = client.app.state.reader.on_disk()  # type: ignore[attr-defined]
    found: set[str] = set()
    for quad in store:
        found |= {t.value for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, NamedNode)}
        found |= {quad.predicate.value}
    return sorted(found)


def test_each_resource_and_graph_of_ours(client: TestClient, iris: list[str]) -> None:
    ours = [iri for iri in iris if iri.startswith(f"{BASE}/")]
    assert len(ours) > 1000
    ways = list(product(READERS, (True, False)))
    turn = cycle(ways)
    for number, iri in enumerate(ours):
        path = iri.removeprefix(BASE)
        for suffix, suffixed in ways if number % 20 == 0 else [next(turn)]:
            media, form = READERS[suffix]
            answer = client.get(f"{path}.{suffix}") if suffixed else client.get(path, headers={"Accept": media})
            assert answer.status_code == 200, iri
            assert answer.headers["content-type"].startswith(media)
            terms = {t for q in parse(answer.content, form) for t in (q.subject, q.object)}
            # A graph is what it holds; a resource is spoken of.
            assert terms if path.startswith("/graph/") else NamedNode(iri) in terms, iri
        if number % 20 == 0:
            page = client.get(f"{path}.html")
            assert (page.status_code, f'href="{quote(path, safe="/%")}.ttl"' in page.text) == (200, True), iri


def test_each_term_of_the_vocabulary_and_each_shape(client: TestClient, iris: list[str]) -> None:
    pages = {path: client.get(path, headers={"Accept": "text/html"}).text for path in ("/ns", "/shapes")}
    for namespace, path in ((DG, "/ns"), (DGS, "/shapes")):
        names = [iri.removeprefix(namespace) for iri in iris if iri.startswith(namespace) and iri != namespace]
        assert names
        for name in names:
            assert f'id="{name}"' in pages[path], name
            for suffix, (_, form) in READERS.items():
                answer = client.get(f"{path}/{name}.{suffix}")
                assert answer.status_code == 200, name
                assert NamedNode(namespace + name) in {q.subject for q in parse(answer.content, form)}
            moved = client.get(f"{path}/{name}", headers={"Accept": "text/html"})
            assert (moved.status_code, moved.headers["location"]) == (303, f"{path}#{name}")


def test_each_release_and_the_descriptions_of_the_service(client: TestClient) -> None:
    live = client.app.state.reader.live().id  # type: ignore[attr-defined]
    for path in (f"/id/release/{live}", "/id/query/votes", "/catalog"):
        for suffix, (media, form) in READERS.items():
            answer = client.get(f"{path}.{suffix}")
            assert answer.headers["content-type"].startswith(media)
            assert any(isinstance(q.subject, NamedNode | BlankNode) for q in parse(answer.content, form))
