"""The SPARQL page for browsers: a form that works without JavaScript, and results as a table."""

from typing import Any, Final
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response

from ontology.terms import PREFIXES
from service.labels import compact, local_path
from service.negotiation import GRAPHS, RESULTS
from service.pages.render import page
from service.problems import Problem
from service.sparql.pool import Answer
from service.sparql.request import QueryRequest
from service.sparql.screen import Screened

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
    shown = _triples(data) if offers is GRAPHS else _rows(data, request.app.state.settings.base)
    seconds = answer.waited + answer.ran
    return _page(request, 200, query=asked.query, downloads=downloads, seconds=seconds, **shown)


def _triples(data: bytes) -> dict[str, object]:
    text = data.decode()
    return {"turtle": text[:_CHARACTERS], "cut": len(text) > _CHARACTERS}


def _rows(data: bytes, base: str) -> dict[str, object]:
    answer = orjson.loads(data)
    if "boolean" in answer:
        return {"boolean": answer["boolean"]}
    bindings = answer["results"]["bindings"]
    names = answer["head"]["vars"]
    rows = [[_cell(binding.get(name), base) for name in names] for binding in bindings[:_ROWS]]
    return {"names": names, "rows": rows, "count": len(bindings)}


def _cell(term: dict[str, object] | None, base: str) -> tuple[str, str | None]:
    """Text of a cell and where it leads: our own resources to their page on this host, others to themselves."""
    if term is None:
        return "", None
    value = str(term["value"])
    if term["type"] != "uri":
        return value, None
    path = local_path(value, base)
    return compact(value, base), path if path is not None else _external(value)


def _external(iri: str) -> str | None:
    return iri if iri.startswith(("http://", "https://")) else None


def _page(request: Request, status: int, **context: Any) -> Response:
    values: dict[str, Any] = {
        "problem": None, "downloads": [], "seconds": None, "boolean": None, "turtle": None, "cut": False,
        "names": None, "rows": [], "count": 0, "prefixes": PREFIXES,
    }  # fmt: skip
    response = page(request, "sparql.html", status, **{**values, **context})
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-cache"
    return response
