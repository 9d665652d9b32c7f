"""Releases in the layout of graph.release, and real servers over them on free ports."""

import asyncio
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from pyoxigraph import RdfFormat, Store, parse, serialize

from graph.rdf import with_union
from service.app import create_app
from service.settings import Settings

TRIG = Path(__file__).parent / "data" / "release.trig"


def publish(data: Path, release: str, trig: bytes) -> Path:
    """A release of `trig` in `data`, made live by one atomic swap; the data directory."""
    path = data / "releases" / release
    (path / "dumps").mkdir(parents=True)
    store = Store(str(path / "store"))
    quads = serialize(parse(trig, format=RdfFormat.TRIG), format=RdfFormat.N_QUADS)
    store.bulk_load(with_union(quads), format=RdfFormat.N_QUADS)
    store.flush()
    del store
    (path / "dumps" / "delibgraph.trig").write_bytes(trig)
    (path / "manifest.json").write_text(json.dumps({"id": release}), encoding="utf-8")
    link = data / "current.new"
    link.symlink_to(Path("releases") / release)
    os.replace(link, data / "current")  # noqa: PTH105 (the call graph.release makes)
    return data


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """A server in a thread of its own; its root URL."""
    config = uvicorn.Config(create_app(settings), host="127.0.0.1", port=0, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        assert not thread.is_alive(), "the server did not stop"


@pytest.fixture(scope="session")
def release_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the release r1 of release.trig."""
    return publish(tmp_path_factory.mktemp("release"), "r1", TRIG.read_bytes())


@pytest.fixture(scope="session")
def server(release_dir: Path) -> Iterator[str]:
    """A server with short limits, shared by the tests that leave it as it was."""
    settings = Settings(
        data=release_dir,
        sparql_timeout=1.0,
        sparql_max_timeout=2.0,
        sparql_workers=2,
        sparql_queue=16,
        sparql_slice=0.2,
        max_result_bytes=2_000_000,
        page_size=3,
    )
    with running(settings) as url:
        yield url


@pytest.fixture(scope="session")
def http(server: str) -> Iterator[httpx.Client]:
    """A client of that server; redirects are shown, not followed."""
    with httpx.Client(base_url=server, timeout=20) as client:
        yield client


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., httpx.Client]]:
    """serve(trig, **settings) → a client of a server of its own."""
    with ExitStack() as stack:

        def start(trig: bytes = TRIG.read_bytes(), **values: object) -> httpx.Client:
            data = publish(tmp_path, "r1", trig)
            url = stack.enter_context(running(Settings.model_validate({"data": data, **values})))
            return stack.enter_context(httpx.Client(base_url=url, timeout=20))

        yield start


@pytest.fixture
def swap(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """swap(release, trig) publishes another release where `serve` serves from."""
    return lambda release, trig: publish(tmp_path, release, trig)


@pytest.fixture(scope="session")
def trig() -> bytes:
    """The text of release.trig."""
    return TRIG.read_bytes()
