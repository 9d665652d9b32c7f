"""docs/http.md names every route of the SPARQL and linked-data faces."""

from pathlib import Path

from service.catalogue import routes as catalogue
from service.linked_data import files, health, routes
from service.named import routes as named
from service.openapi import routes as openapi
from service.pages import search
from service.reconcile import routes as reconcile
from service.sparql import protocol
from service.uploads import routes as uploads
from service.vocabulary import routes as vocabulary

DOCS = Path(__file__).parents[2] / "docs" / "http.md"


def test_every_route_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    faces = (protocol, routes, vocabulary, files, health, catalogue, named, search, reconcile, openapi, uploads)
    paths = {path for face in faces for route in face.router.routes if (path := getattr(route, "path", None))}
    assert len(paths) > 10
    assert [path for path in sorted(paths) if f"`{path}`" not in text] == []
