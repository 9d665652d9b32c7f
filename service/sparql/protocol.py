"""Routes of /sparql: SPARQL 1.1 Protocol query operations, service description, form for browsers.

Source: SPARQL 1.1 Protocol (W3C 2013) §2.1. HEAD and CORS are the middleware's (service.headers).
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from service import rdf
from service.caching import CACHE_CONTROL, etag, not_modified
from service.headers import RELEASE_HEADER
from service.negotiation import GRAPHS, HTML, RESULTS, TRIPLES, Choice, choose
from service.problems import Problem
from service.settings import Settings
from service.sparql import html
from service.sparql.clients import Admission, Clients
from service.sparql.description import describe
from service.sparql.pool import Answer, Pool
from service.sparql.process import Job
from service.sparql.request import QueryRequest, read
from service.sparql.screen import Screened, screen
from service.store import NoReleaseError, ReleaseReader

router = APIRouter()

_CHUNK: Final = 64 * 2**10
_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_GRAPH_FORMS: Final = ("CONSTRUCT", "DESCRIBE")
_GRAPH_OFFERS: Final = (*GRAPHS, HTML)
_RESULT_OFFERS: Final = (*RESULTS, HTML)


async def sparql(request: Request) -> Response:
    """The endpoint: a query operation, or without query its description (RDF) or its form (HTML)."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": _METHODS})
    settings: Settings = request.app.state.settings
    try:
        asked = await read(request, settings.max_query_bytes, settings.body_timeout)
        return await (_description(request) if asked is None else _query(request, asked))
    except Problem as problem:
        if _prefers_html(request):
            return await html.failure(request, problem)
        raise


for path in ("/sparql", "/sparql/"):
    router.add_route(path, sparql, methods=["GET", "POST", "OPTIONS"], name="sparql")


def _prefers_html(request: Request) -> bool:
    chosen = choose(request.headers.get("accept"), (*RESULTS, *TRIPLES, HTML))
    return chosen is not None and chosen.format is HTML and "format" not in request.query_params


async def _description(request: Request) -> Response:
    choice = rdf.negotiate(request, (*TRIPLES, HTML), request.query_params.get("format"))
    if choice.format is HTML:
        return html.form(request)
    try:
        counts = await run_in_threadpool(request.app.state.statistics.counts)
    except NoReleaseError:
        counts = None
    body = rdf.write(describe(request.app.state.settings.base, counts), choice.format.name)
    return Response(body, headers={"Vary": "Accept", "Cache-Control": CACHE_CONTROL}, media_type=choice.content_type)


async def _query(request: Request, asked: QueryRequest) -> Response:
    settings: Settings = request.app.state.settings
    reader: ReleaseReader = request.app.state.reader
    screened = screen(asked.query, max_bytes=settings.max_query_bytes, max_nesting=settings.max_nesting)
    offers = _GRAPH_OFFERS if screened.form in _GRAPH_FORMS else _RESULT_OFFERS
    choice = rdf.negotiate(request, offers, asked.format)
    release = reader.release_id
    tag = _tag(release, asked, screened, choice)
    if tag and (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    clients: Clients = request.app.state.clients
    admission = clients.admit(request.client.host if request.client else None)
    kept = False  # whether the answer, sent from the disk, keeps its place among the client's until its last byte
    try:
        pool: Pool = request.app.state.pool
        job = _job(asked, screened, choice, settings)
        answer = await pool.run(job, admission.client, lambda: _disconnected(request))
        if choice.format is HTML:
            return html.results(request, asked, screened, answer)
        if answer.release != release:  # another went live meanwhile
            tag = _tag(answer.release, asked, screened, choice)
        headers = _headers(answer, asked, choice, tag)
        if answer.size <= _CHUNK:
            with answer.body as body:
                return Response(body.read(), headers=headers, media_type=choice.content_type)
        kept = True
        return _LongAnswer(answer, choice, headers, admission)
    finally:
        if not kept:
            admission.leave()


def _headers(answer: Answer, asked: QueryRequest, choice: Choice, tag: str | None) -> dict[str, str]:
    headers = {
        RELEASE_HEADER: answer.release,
        "Vary": "Accept",
        "Cache-Control": CACHE_CONTROL,
        "Server-Timing": f"queue;dur={answer.waited * 1000:.1f}, engine;dur={answer.ran * 1000:.1f}",
    }
    if tag:
        headers["ETag"] = tag
    if asked.format:
        headers["Content-Disposition"] = f'inline; filename="delibgraph.{choice.format.suffix}"'
    return headers


class _LongAnswer(StreamingResponse):
    """A result sent from the disk; whatever becomes of the client, the file is closed and its place given back."""

    def __init__(self, answer: Answer, choice: Choice, headers: dict[str, str], admission: Admission) -> None:
        headers["Content-Length"] = str(answer.size)
        super().__init__(_chunks(answer), headers=headers, media_type=choice.content_type)
        self._answer = answer
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._answer.body.close()
            self._admission.leave()


async def _chunks(answer: Answer) -> AsyncIterator[bytes]:
    with answer.body as body:
        while chunk := body.read(_CHUNK):
            yield chunk
            await asyncio.sleep(0)  # a reader as quick as we are would keep the loop from all others


def _job(asked: QueryRequest, screened: Screened, choice: Choice, settings: Settings) -> Job:
    wanted = choice.format.name
    if choice.format is HTML:
        wanted = "turtle" if screened.form in _GRAPH_FORMS else "json"
    return Job(
        query=asked.query,
        format=wanted,
        # The protocol's dataset replaces that of the query (§2.1.4); naming only the one empties the other.
        default=asked.default_graphs if asked.has_dataset else None,
        named=asked.named_graphs if asked.has_dataset else None,
        seconds=_seconds(asked.timeout, settings),
        cap=settings.max_result_bytes,
    )


def _seconds(asked: str | None, settings: Settings) -> float:
    """The deadline: what was asked for, within the limit of the service. Raises Problem 400."""
    if asked is None:
        return settings.sparql_timeout
    try:
        seconds = float(asked)
    except ValueError:
        seconds = -1.0
    if not seconds > 0:
        raise Problem(400, "bad-request", "Demande mal formée", "timeout se donne en secondes, par exemple timeout=5.")
    return min(seconds, settings.sparql_max_timeout)


def _tag(release: str | None, asked: QueryRequest, screened: Screened, choice: Choice) -> str | None:
    if release is None or screened.volatile or choice.format is HTML:
        return None
    graphs = ("default", *asked.default_graphs, "named", *asked.named_graphs)
    return etag(release, asked.query, choice.format.name, *graphs)


async def _disconnected(request: Request) -> None:
    """Returns when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
