"""/.well-known/void, /healthz and /metrics: what the service holds and how it fares."""

import time
from collections.abc import Iterable
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.terms import PREFIXES
from service import metrics, rdf
from service.caching import CACHE_CONTROL, etag, not_modified
from service.negotiation import HTML, TRIPLES
from service.settings import Settings
from service.sparql.pool import WorkerPool
from service.store import NoReleaseError
from service.void import Counts

router = APIRouter()

_STARTED: Final = time.time()
_VOID: Final = PREFIXES["void"]


@router.get("/.well-known/void")
def void(request: Request) -> Response:
    """VoID with the counts of the live release; a browser is shown the Turtle rather than handed a file."""
    settings: Settings = request.app.state.settings
    counts: Counts = request.app.state.statistics.counts()
    choice = rdf.negotiate(request, (*TRIPLES, HTML), request.query_params.get("format"))
    name, content_type = choice.format.name, choice.content_type
    if choice.format is HTML:
        name, content_type = "turtle", "text/plain; charset=utf-8"
    tag = etag(counts.release, settings.base, content_type)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    headers = {"Vary": "Accept", "Cache-Control": CACHE_CONTROL, "ETag": tag}
    return Response(rdf.write(_dataset(settings.base, counts), name), headers=headers, media_type=content_type)


def _dataset(base: str, counts: Counts) -> list[Triple]:
    dataset = NamedNode(f"{base}/.well-known/void#dataset")
    a = NamedNode(PREFIXES["rdf"] + "type")
    title, version = NamedNode(PREFIXES["dct"] + "title"), NamedNode(PREFIXES["owl"] + "versionInfo")

    def term(name: str) -> NamedNode:
        return NamedNode(_VOID + name)

    triples = [
        Triple(dataset, a, term("Dataset")),
        Triple(dataset, title, Literal("delibgraph", language="fr")),
        Triple(dataset, version, Literal(counts.release)),
        Triple(dataset, term("sparqlEndpoint"), NamedNode(f"{base}/sparql")),
        Triple(dataset, term("uriSpace"), Literal(f"{base}/id/")),
        Triple(dataset, term("vocabulary"), NamedNode(PREFIXES["dg"])),
        Triple(dataset, term("triples"), Literal(counts.triples)),
        Triple(dataset, term("distinctSubjects"), Literal(counts.subjects)),
        Triple(dataset, term("distinctObjects"), Literal(counts.objects)),
        Triple(dataset, term("properties"), Literal(counts.properties)),
        Triple(dataset, term("classes"), Literal(len(counts.classes))),
    ]
    for iri, entities in counts.classes.items():
        part = BlankNode()
        triples += [
            Triple(dataset, term("classPartition"), part),
            Triple(part, term("class"), NamedNode(iri)),
            Triple(part, term("entities"), Literal(entities)),
        ]
    return triples


@router.get("/healthz")
async def healthz(request: Request) -> Response:
    """200 when the store opens and a worker answers, else 503; the body says which does not."""
    state = request.app.state
    reason = ""
    try:
        release = (await run_in_threadpool(state.reader.live)).id
    except NoReleaseError as error:
        release, reason = None, str(error)
    workers = release is not None and await state.pool.probe()
    healthy = release is not None and workers
    body = {
        "status": "ok" if healthy else "unavailable",
        "release": release,
        "store": release is not None,
        "workers": workers,
        **({"reason": reason} if reason else {}),
    }
    return Response(
        orjson.dumps(body), 200 if healthy else 503, {"Cache-Control": "no-store"}, media_type="application/json"
    )


@router.get("/metrics")
def prometheus(request: Request) -> Response:
    """Requests, queries by outcome, workers by state, release, uptime."""
    state = request.app.state
    pool: WorkerPool = state.pool
    release = state.reader.release_id
    families: tuple[tuple[str, str, str, Iterable[metrics.Sample]], ...] = (
        ("delibgraph_http_requests_total", "counter", "HTTP answers.", state.requests.samples()),
        (
            "delibgraph_sparql_queries_total", "counter", "SPARQL queries of users by outcome.",
            [({"outcome": outcome}, count) for outcome, count in sorted(pool.outcomes.items())],
        ),
        (
            "delibgraph_sparql_workers", "gauge", "Worker processes and queued queries by state.",
            [({"state": name}, count) for name, count in pool.state.items()],
        ),
        ("delibgraph_release_info", "gauge", "The live release.", [({"release": release}, 1)] if release else []),
        ("delibgraph_start_time_seconds", "gauge", "When the process started, Unix time.", [({}, _STARTED)]),
    )  # fmt: skip
    text = "".join(metrics.family(*family) for family in families)
    return Response(text, headers={"Cache-Control": "no-store", "Content-Type": metrics.CONTENT_TYPE})
