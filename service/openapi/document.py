"""The OpenAPI document: routes.toml, and one address for each named query, made from its header."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.metadata import version
from typing import Any, Final, TypeAlias

import queries
from queries import NamedQuery
from service.language import LANGUAGES, Language
from service.named.formats import data
from service.pages.lists import LISTS

Entry: TypeAlias = Mapping[str, Any]
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "expected": {"type": "string"},
        "example": {"type": "string"},
    },
}
#: Types of the parameters of named queries → JSON Schema.
_TYPES: Final[Mapping[str, Entry]] = {
    "iri": {"type": "string", "format": "uri", "maxLength": 500},
    "string": {"type": "string", "maxLength": 500},
    "name": {"type": "string", "maxLength": 500},
    "year": {"type": "string", "pattern": "^[12][0-9]{3}$"},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "status": {"enum": ["Awarded", "Requested", "Budgeted", "Rejected"]},
}


@functools.cache
def table() -> Entry:
    """routes.toml, as it is."""
    text = resources.files("service.openapi").joinpath("routes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def entries() -> Iterator[Entry]:
    """Every address: those of routes.toml, those of the lists."""
    yield from table()["route"]
    for name in LISTS:
        for form, media in (("", "text/html"), (".csv", "text/csv"), (".json", "application/json")):
            told: dict[str, Any] = {tag: f"{table()['lists'][tag]} : /{name}" for tag in LANGUAGES}
            asked = ["filter"] if form else ["filter", "page", "lang"]
            yield {"route": f"/{name}{form}", "tag": "pages", **told, "query": asked, "media": [media]}


def describe(language: Language = "fr") -> dict[str, Any]:
    """The document, its texts in one language."""
    paths: dict[str, dict[str, Any]] = {}
    for entry in entries():
        path = entry.get("path", entry["route"])
        paths.setdefault(path, {})[entry.get("method", "get")] = _operation(entry, language)
    for query in queries.catalogue().values():
        paths[f"/queries/{query.name}.{{form}}"] = {"get": _named(query, language)}
    tags = [{"name": told[language]} for told in table()["tags"].values()]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "delibgraph",
            "version": version("delibgraph"),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "tags": tags,
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _operation(entry: Entry, language: Language) -> dict[str, Any]:
    known = table()["parameters"]
    method, path = entry.get("method", "get"), entry.get("path", entry["route"])
    asked = [_parameter(known[name], name, "path", language) for name in entry.get("place", ())]
    asked += [_parameter(known[name], name, "query", language) for name in entry.get("query", ())]
    found: dict[str, Any] = {
        "operationId": f"{method} {path}",
        "tags": [table()["tags"][entry["tag"]][language]],
        "summary": entry[language],
        "parameters": asked,
        "responses": _responses(entry, language),
    }
    if "body" in entry:
        found["requestBody"] = {"required": True, "content": {media: _body(entry, media) for media in entry["body"]}}
    return found


def _parameter(told: Entry, name: str, place: str, language: Language) -> dict[str, Any]:
    found = {
        "name": told.get("name", name),
        "in": place,
        "description": told[language],
        "schema": told.get("schema", {"type": "string"}),
        **({"required": True} if place == "path" else {}),
    }
    return {**found, "example": told["example"]} if "example" in told else found


def _body(entry: Entry, media: str) -> dict[str, Any]:
    if media != "application/x-www-form-urlencoded":
        return {"schema": {"type": "string"}}
    known = table()["parameters"]
    properties = {name: known[name].get("schema", {"type": "string"}) for name in entry.get("form", ())}
    return {"schema": {"type": "object", "properties": properties}}


def _responses(entry: Entry, language: Language) -> dict[str, Any]:
    told = table()["statuses"]
    found = {
        "200": {
            "description": told["200"][language],
            "content": {media: {"schema": entry["schema"]} if _json(entry, media) else {} for media in entry["media"]},
        }
    }
    page = "text/html" in entry["media"] and not entry["route"].startswith("/review")
    for status in sorted({*entry.get("also", ()), *((304,) if page else ())}):
        found[str(status)] = {"description": told[str(status)][language]}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/html": {}}
    for status in sorted({*entry.get("errors", ()), *table()["everywhere"]["errors"]}):
        found[str(status)] = {"description": told[str(status)][language], "content": problem}
    for status in entry.get("plain", ()):
        found[str(status)]["content"] = {media: {} for media in entry["media"]}
    return found


def _json(entry: Entry, media: str) -> bool:
    return "schema" in entry and media == "application/json"


def _named(query: NamedQuery, language: Language) -> dict[str, Any]:
    known = table()["parameters"]
    shared = ("limit", "offset", "excel") if query.form == "SELECT" else ()
    form = {**known["form"], "schema": {"enum": [offer.suffix for offer in data(query)]}}
    form.pop("example")
    asked = [_parameter(form, "form", "path", language)]
    for parameter in query.parameters:
        schema = {**_TYPES[parameter.type], **({"default": parameter.default} if parameter.default else {})}
        asked.append(
            {
                "name": parameter.name,
                "in": "query",
                "description": parameter.labels[language],
                "schema": schema,
                "example": queries.EXAMPLES[parameter.type],
            }
        )
    asked += [_parameter(known[name], name, "query", language) for name in shared]
    entry = {
        "media": [offer.media for offer in data(query)],
        "also": [304],
        "errors": [400, 404, 406],
        "route": query.name,
    }
    return {
        "operationId": query.name,
        "tags": [table()["tags"]["queries"][language]],
        "summary": query.titles[language],
        "description": query.descriptions[language],
        "parameters": asked,
        "responses": _responses(entry, language),
    }
