"""The HTTP application: middleware, then the routers of each face.

`create_app(settings)` hangs on `app.state` what the routes share: `settings`, `reader`
(service.store.ReleaseReader: trusted queries), `pool` (service.sparql.pool.WorkerPool: users' queries).
"""

import importlib
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from service.settings import Settings
from service.store import ReleaseReader

# Included in this order when they exist; each module offers `router: fastapi.APIRouter`.
ROUTERS = ("service.sparql.protocol", "service.linked_data.routes", "service.pages")


@asynccontextmanager
async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application over the releases of `settings.data`; it serves also before a first release (503)."""
    app = FastAPI(title="delibgraph", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.reader = ReleaseReader(settings.data)
    for name in ROUTERS:
        if importlib.util.find_spec(name) is not None:
            module = importlib.import_module(name)
            if isinstance(router := getattr(module, "router", None), APIRouter):
                app.include_router(router)
    return app
