"""The SPARQL page for browsers: a form that works without JavaScript, and results as a table, bars or a network."""

from __future__ import annotations

import functools
import re
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response

import queries
from ontology.terms import PREFIXES
from service import language
from service.labels import compact, vocabulary
from service.negotiation import GRAPHS, RESULTS
from service.pages import links
from service.pages.render import page
from service.problems import Problem
from service.sparql.pool import Answer
from service.sparql.request import QueryRequest
from service.sparql.screen import Screened
from service.sparql.views import MOST_BARS, MOST_LINKS, Link, cell, chart, links_of_rows, links_of_triples

_ROWS: Final = 500
_CHARACTERS: Final = 100_000
_WORDS: Final = {
    "json": "JSON",
    "xml": "XML",
    "csv": "CSV",
    "tsv": "TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "ntriples": "N-Triples",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def form(request: Request) -> Response:
    """The empty form."""
    return _page(request, 200, query="")


async def failure(request: Request, problem: Problem) -> Response:
    """The form with the query as it was and what is wrong with it."""
    query = request.query_params.get("query", "")
    response = _page(request, problem.status, query=query, problem=problem)
    response.headers.update(problem.headers)
    return response


def results(request: Request, asked: QueryRequest, screened: Screened, answer: Answer) -> Response:
    """The form with the results below it: at most 500 rows or 100,000 characters, and links to all of them."""
    offers = GRAPHS if screened.form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    fields = [("query", asked.query)]
    fields += [("default-graph-uri", iri) for iri in asked.default_graphs]
    fields += [("named-graph-uri", iri) for iri in asked.named_graphs]
    downloads = [(_WORDS[o.name], "/sparql?" + urlencode([*fields, ("format", o.name)])) for o in offers]
    with answer.body as body:
        data = body.read()
    base = request.app.state.settings.base
    shown = _triples(data, base) if offers is GRAPHS else _rows(data, base)
    wanted = request.query_params.get("view", "")
    views = [name for name in ("table", "chart", "graph") if name == "table" or shown.get(name)]
    shown["views"] = [(name, "/sparql?" + urlencode([*fields, ("view", name)])) for name in views]
    shown["view"] = wanted if wanted in views else "table"
    seconds = answer.waited + answer.ran
    return _page(request, 200, query=asked.query, downloads=downloads, seconds=seconds, **shown)


def _triples(data: bytes, base: str) -> dict[str, Any]:
    text = data.decode()
    graph = links_of_triples(data, base)
    return {"turtle": text[:_CHARACTERS], "cut": len(text) > _CHARACTERS, "graph": graph, "network": _network(graph)}


def _rows(data: bytes, base: str) -> dict[str, Any]:
    answer = orjson.loads(data)
    if "boolean" in answer:
        return {"boolean": answer["boolean"]}
    bindings = answer["results"]["bindings"]
    names = answer["head"]["vars"]
    rows = [[cell(binding.get(name), base) for name in names] for binding in bindings[:_ROWS]]
    graph = links_of_rows(names, bindings, base)
    return {
        "names": names, "rows": rows, "count": len(bindings), "chart": chart(names, bindings, base),
        "graph": graph, "network": _network(graph),
    }  # fmt: skip


def _network(graph: tuple[Link, ...]) -> list[dict[str, str | None]]:
    """The same links for the script that draws them."""
    return [
        {
            "source": link.source,
            "from": link.source_href,
            "name": link.name,
            "target": link.target,
            "to": link.target_href,
        }
        for link in graph
    ]


@functools.cache
def _known() -> list[str]:
    """What the editor completes: every term of the vocabulary, and those of others that the named queries use."""
    ours = "|".join(re.escape(prefix) for prefix in PREFIXES)
    found = {name for name in map(compact, vocabulary()) if name.startswith("dg:")}
    for query in queries.catalogue().values():
        found |= set(re.findall(rf"(?<![\w?$:/<#-])(?:{ours}):[A-Za-z]\w*", query.text))
    return sorted(found)


def _examples() -> list[tuple[queries.NamedQuery, str]]:
    return [(query, links.sparql(query.text)) for query in queries.catalogue().values()]


def _page(request: Request, status: int, **context: Any) -> Response:
    values: dict[str, Any] = {
        "problem": None, "downloads": [], "seconds": None, "boolean": None, "turtle": None, "cut": False,
        "names": None, "rows": [], "count": 0, "chart": None, "graph": (), "network": [], "views": [], "view": "table",
        "prefixes": PREFIXES, "known": _known(), "examples": _examples(),
        "most": {"chart": MOST_BARS, "graph": MOST_LINKS},
    }  # fmt: skip
    spoken = language.of(request)
    response = page(request, "sparql.html", status, language=spoken, bilingual=True, **{**values, **context})
    response.headers["Cache-Control"] = "no-cache"
    return response
