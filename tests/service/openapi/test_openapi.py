"""The OpenAPI document says all that the service has, in both languages."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute

import queries
from service.app import create_app
from service.openapi.document import describe, entries
from service.settings import Settings
from tests.service.conftest import PATIENCE


def addresses(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Method and pattern of every route, those of included routers too."""
    for route in routes:
        pattern = getattr(route, "path", None)
        if pattern is None:
            yield from addresses(route.original_router.routes)  # type: ignore[attr-defined]
        else:
            yield from ((method.lower(), pattern) for method in route.methods)  # type: ignore[attr-defined]


def test_every_route_is_told_and_no_other() -> None:
    app: FastAPI = create_app(Settings())
    found = {(method, path) for method, path in addresses(app.routes) if method in ("get", "post")}
    told = {(entry.get("method", "get"), entry["route"]) for entry in entries()}
    twins = {("get", "/sparql/"), ("post", "/sparql/")}  # the same address with a slash at its end
    assert told == found - twins


@pytest.mark.parametrize("language", ["fr", "en"])
def test_named_queries_are_told_with_their_types(language: Any) -> None:
    paths = describe(language)["paths"]
    for query in queries.catalogue().values():
        operation = paths[f"/queries/{query.name}.{{form}}"]["get"]
        assert operation["summary"] == query.titles[language]
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert names >= {"form", *(parameter.name for parameter in query.parameters)}


def test_the_document_and_its_page_are_served(address: str) -> None:
    document = httpx.get(f"{address}/openapi.json", timeout=PATIENCE).json()
    assert document["openapi"] == "3.1.0"
    page = httpx.get(f"{address}/api", headers={"Accept": "text/html"}, timeout=PATIENCE).text
    assert "<script" not in page
    for path in document["paths"]:
        assert path in page
    assert "Addresses, for a program" in httpx.get(f"{address}/api?lang=en", timeout=PATIENCE).text
