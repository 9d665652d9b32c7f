"""Errors as the service tells them: RFC 9457 problem details, or a page for browsers, in the language of the reader.

French is told where the error is found; English by its type (problems-en.toml), the French sentence beside it.
"""

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib import resources
from string import Formatter
from typing import TypedDict

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from graph.search import SearchIndexError, SearchTooLongError
from service import language
from service.headers import COMMON_HEADERS
from service.language import VARY, Language
from service.negotiation import HTML, Format, choose
from service.store import DamagedStoreError, NoReleaseError

PROBLEM_JSON = Format("problem", "application/problem+json", "json", also=("application/json",))
_TYPE = "https://w3id.org/delibgraph/problems#"
_TITLES = {
    400: "Demande mal formée",
    401: "Jeton manquant ou refusé",
    403: "Demande refusée",
    404: "Introuvable",
    405: "Méthode non permise",
    406: "Format non proposé",
    413: "Demande trop longue",
    415: "Type de contenu non pris en charge",
    422: "Demande inexploitable",
    500: "Erreur du service",
    503: "Service momentanément indisponible",
}


class _English(TypedDict):
    title: str
    said: list[str]


@functools.cache
def english() -> Mapping[str, _English]:
    """The errors in English, by slug (problems-en.toml)."""
    source = resources.files("service").joinpath("problems-en.toml").read_text(encoding="utf-8")
    found: Mapping[str, _English] = tomllib.loads(source)
    return found


@dataclass(frozen=True)
class Told:
    """An error in one language; ``french``: the sentence that French readers get, where ``detail`` is another."""

    title: str
    detail: str
    french: str = ""


#: What to say in French where nobody said more.
_DETAILS = {
    404: "Rien n’a cette adresse dans la version publiée.",
    405: "Cette adresse ne se demande pas de cette façon.",
}


class Problem(Exception):
    """An answer other than success; the slug names its type, `extra` its own members (line, column, formats …)."""

    def __init__(
        self,
        status: int,
        slug: str,
        title: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        """`status`: HTTP status; `title` and `detail` in French, the detail saying what to do about it."""
        super().__init__(f"{title} : {detail}")
        self.status = status
        self.slug = slug
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = extra

    def told(self, spoken: Language) -> Told:
        """What to say of it to a reader of that language."""
        if spoken == "fr":
            return Told(self.title, self.detail)
        known = english().get(self.slug, {"title": HTTPStatus(self.status).phrase, "said": []})
        values = {name: _listed(value) for name, value in self.extra.items()}
        values["wait"] = self.headers.get("Retry-After", "")
        return Told(known["title"], " ".join(_filled(known["said"], values)), self.detail)

    @classmethod
    def of_value(cls, detail: str, parameter: str, expected: str, example: str = "") -> "Problem":
        """400 for a value of the address: which parameter, what was expected, a value that it takes (empty: none)."""
        problem = cls(400, "value-refused", "Valeur refusée", detail, parameter=parameter, expected=expected)
        if example:
            problem.extra["example"] = example
        return problem

    @classmethod
    def of_status(cls, status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> "Problem":
        """A problem with no more to say than its status."""
        slug = HTTPStatus(status).name.lower().replace("_", "-")
        title = _TITLES.get(status, HTTPStatus(status).phrase)
        return cls(status, slug, title, detail or _DETAILS.get(status, ""), headers)


def _listed(value: object) -> str:
    """A value of an error as its sentence tells it."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _filled(sentences: list[str], values: Mapping[str, str]) -> Iterator[str]:
    """The sentences whose values are known, with them."""
    for sentence in sentences:
        names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        if all(values.get(name) for name in names):
            yield sentence.format_map(values)


def problem_response(request: Request, problem: Problem) -> Response:
    """The problem as a page where the client prefers HTML, else as application/problem+json; in its language."""
    chosen = choose(request.headers.get("accept"), (PROBLEM_JSON, HTML))
    headers = {**problem.headers, "Cache-Control": "no-store", "Vary": VARY}
    spoken = language.of(request)
    told = problem.told(spoken)
    if chosen is not None and chosen.format is HTML:
        # Deferred: the pages raise problems, so their package may be the one that imports this module.
        from service.pages.render import page

        response: Response = page(
            request, "problem.html", problem.status, spoken, bilingual=True, told=told, code=problem.status
        )
        response.headers.update(headers)
        return response
    members = {
        "type": _TYPE + problem.slug,
        "title": told.title,
        "status": problem.status,
        "detail": told.detail,
        **({"detail_fr": told.french} if told.french else {}),
        **problem.extra,
    }
    return Response(orjson.dumps(members), problem.status, headers, PROBLEM_JSON.media)


def install(app: FastAPI) -> None:
    """Answer every error of `app` as a problem."""

    @app.exception_handler(Problem)
    async def on_problem(request: Request, error: Problem) -> Response:
        return problem_response(request, error)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        detail = "" if error.detail == HTTPStatus(error.status_code).phrase else str(error.detail)
        return problem_response(request, Problem.of_status(error.status_code, detail, error.headers))

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        detail = " ; ".join(f"{'.'.join(map(str, item['loc']))} : {item['msg']}" for item in error.errors())
        return problem_response(request, Problem.of_status(422, detail))

    @app.exception_handler(ClientDisconnect)
    async def on_gone(_request: Request, _error: ClientDisconnect) -> Response:
        # Hung up before the end of its body: nobody reads this, and it is no fault of ours to log.
        return Response(status_code=400)

    @app.exception_handler(DamagedStoreError)
    async def on_damage(request: Request, error: DamagedStoreError) -> Response:
        problem = Problem(503, "store-damaged", "Entrepôt abîmé", str(error), {"Retry-After": "60"})
        return problem_response(request, problem)

    @app.exception_handler(NoReleaseError)
    async def on_no_release(request: Request, error: NoReleaseError) -> Response:
        chosen = choose(request.headers.get("accept"), (PROBLEM_JSON, HTML))
        if chosen is not None and chosen.format is HTML:
            from service.pages.render import welcome  # deferred, as above

            return welcome(request)
        return problem_response(request, Problem.of_status(503, str(error), {"Retry-After": "60"}))

    @app.exception_handler(SearchIndexError)
    async def on_no_index(request: Request, error: SearchIndexError) -> Response:
        return problem_response(request, Problem.of_status(503, str(error), {"Retry-After": "60"}))

    @app.exception_handler(SearchTooLongError)
    async def on_long_search(request: Request, error: SearchTooLongError) -> Response:
        return problem_response(request, Problem.of_status(503, str(error), {"Retry-After": "5"}))

    @app.exception_handler(Exception)
    async def on_fault(request: Request, _error: Exception) -> Response:
        # The last resort, outside every middleware: uvicorn logs the traceback, the client learns nothing of it.
        response = problem_response(request, Problem.of_status(500, "L'erreur est consignée ; réessayez plus tard."))
        response.headers.update(COMMON_HEADERS)
        if "request_id" in request.scope:
            response.headers["X-Request-ID"] = request.scope["request_id"]
        return response
