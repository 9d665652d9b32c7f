"""/healthz and /metrics: how the service fares."""

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from service import metrics
from service.problems import Problem
from service.store import NoReleaseError

router = APIRouter()


@router.get("/healthz")
async def healthz(request: Request) -> Response:
    """200 when the store opens and a worker answers, else 503; the body says which does not."""
    state = request.app.state
    reason = ""
    state.reader.doubt()
    try:
        release = (await run_in_threadpool(state.reader.live)).id
    except (NoReleaseError, Problem) as error:
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
    """Requests by route and their time, queries by outcome, workers by state, release, process; for Prometheus."""
    text = request.app.state.metrics.text()
    return Response(text, headers={"Cache-Control": "no-store", "Content-Type": metrics.CONTENT_TYPE})
