"""/healthz and /metrics: how the service fares."""

import time
from collections.abc import Iterable
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from service import metrics
from service.sparql.pool import WorkerPool
from service.store import NoReleaseError

router = APIRouter()

_STARTED: Final = time.time()


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
