"""The HTTP application: middleware, errors, then the routers of each face.

`create_app(settings)` hangs on `app.state` what the routes share: `settings`, `reader`
(service.store.ReleaseReader: trusted queries), `pool` (service.sparql.pool.Pool: users' queries), `clients`
(service.sparql.clients.Clients: how many each may have), `statistics` (service.catalogue.statistics.Statistics),
`exports` (service.linked_data.exports.Exports), `metrics` (service.metrics.Metrics), `attempts`
(service.attempts.Attempts) and `jobs` (service.uploads.jobs.Jobs).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service import pages, problems
from service.attempts import Attempts
from service.caching import ValidatedPages
from service.catalogue import routes as catalogue
from service.catalogue.statistics import Statistics
from service.compression import Compression
from service.direct import Direct
from service.headers import CommonHeaders
from service.linked_data.exports import Exports
from service.linked_data.routes import router as linked_data
from service.metrics import Metrics
from service.observing import Observing
from service.openapi import routes as openapi
from service.reconcile.routes import router as reconcile
from service.remote.pool import RemotePool
from service.remote.reader import RemoteReader
from service.repeated import Repeated
from service.settings import Settings
from service.sparql import protocol
from service.sparql.clients import Clients
from service.sparql.pool import Pool, WorkerPool
from service.store import ReleaseReader
from service.uploads.jobs import Jobs
from service.uploads.routes import router as uploads


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool: Pool = app.state.pool
    pool.start()
    app.state.jobs.sweep()
    try:
        yield
    finally:
        await app.state.jobs.close()
        await app.state.exports.close()
        await pool.close()
        app.state.reader.close()


def _answering(settings: Settings) -> tuple[ReleaseReader, Pool]:
    """What answers queries, ours and users': the embedded store, or the endpoint of the settings."""
    if not settings.endpoint:
        return ReleaseReader(settings.data), WorkerPool(settings)
    reader = RemoteReader(settings)
    # Users' queries cannot be asked as patterns alone: where faults are accepted, the store on the disk answers them.
    return reader, WorkerPool(settings) if settings.endpoint_faults else RemotePool(settings, reader)


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application over the releases of `settings.data`; it serves also before a first release (503)."""
    app = FastAPI(title="delibgraph", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.reader, app.state.pool = _answering(settings)
    app.state.statistics = Statistics(app.state.reader, settings.base)
    app.state.clients = Clients(settings.sparql_per_client)
    app.state.exports = Exports()
    app.state.metrics = Metrics(app.state.pool, lambda: app.state.reader.release_id)
    app.state.attempts = Attempts(settings.token_attempts)
    app.state.jobs = Jobs(settings)
    # The last added is the outermost.
    app.add_middleware(Direct, owner=app, routes=protocol.router.routes)
    app.add_middleware(ValidatedPages)
    app.add_middleware(Compression)
    app.add_middleware(
        CommonHeaders, release=lambda: app.state.reader.release_id, https=settings.base.startswith("https://")
    )
    app.add_middleware(
        Repeated,
        release=lambda: app.state.reader.release_id,
        most=settings.sparql_cache_bytes,
        outcomes=app.state.pool.outcomes,
    )
    app.add_middleware(Observing, metrics=app.state.metrics, queries=settings.log_queries)
    problems.install(app)
    routers = (protocol.router, catalogue.router, linked_data, reconcile, uploads, openapi.router, pages.router)
    for router in routers:
        app.include_router(router)
    return app
