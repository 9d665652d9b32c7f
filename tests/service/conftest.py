"""Releases in the layout of graph.release, real servers over them on free ports, and documents planted with facts
written by hand, so that the gate's verdict is chosen by the test."""

import asyncio
import datetime as dt
import hashlib
import json
import os
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path

import httpx
import pytest
import uvicorn
from pyoxigraph import RdfFormat, Store, parse, serialize

from extract.facts import (
    ActFacts,
    AttendanceFact,
    DocumentFacts,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonName,
    SessionFacts,
)
from extract.version import EXTRACTOR
from graph.rdf import with_union
from service.app import create_app
from service.cli.serve import samples
from service.ingest import ingest, reading
from service.ingest.documents import DocumentRecord, DocumentStore
from service.server import bounded_protocol
from service.settings import Settings
from tests.service.processes import READY

_context = ssl.create_default_context


@cache
def _trusting(cafile: str) -> ssl.SSLContext:
    return _context(cafile=cafile)


def _context_once(*given: object, **named: object) -> ssl.SSLContext:
    """Who trusts the authorities of a file, and says nothing else, may share that: httpx reads them anew, 40 ms of
    processor, for each client that a test makes, though none of them speaks TLS."""
    return _trusting(**named) if not given and [*named] == ["cafile"] else _context(*given, **named)


ssl.create_default_context = _context_once
reading.READY = READY  # what reads documents in these tests is loaded once, with what tests/service/processes.py runs
#: How long a client of the tests waits for an answer, in seconds: on a busy machine all comes late.
PATIENCE = 120
TRIG = Path(__file__).parent / "data" / "release.trig"
CREATED = "2026-11-27T08:00:00+00:00"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the sample acts published; not to be changed."""
    data = tmp_path_factory.mktemp("published")
    texts = [path for path in samples() if path.suffix == ".txt"]
    report = ingest(texts, Settings(data=data))
    assert report.exit_code == 0, report.as_dict()
    return data


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
    (path / "manifest.json").write_text(json.dumps({"id": release, "created": CREATED}), encoding="utf-8")
    link = data / "current.new"
    link.symlink_to(Path("releases") / release)
    os.replace(link, data / "current")  # noqa: PTH105 (the call graph.release makes)
    return data


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """A server in a thread of its own; its root URL."""
    config = uvicorn.Config(
        create_app(settings),
        host="127.0.0.1",
        port=0,
        log_level="warning",
        access_log=False,
        http=bounded_protocol(settings),
    )
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
        thread.join(PATIENCE)
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
        until = time.monotonic() + PATIENCE
        while httpx.get(f"{url}/sparql", params={"query": "ASK {}"}, timeout=PATIENCE).status_code == 503:
            assert time.monotonic() < until, "no worker answers"  # they start late on a busy machine
        yield url


@pytest.fixture(scope="session")
def http(server: str) -> Iterator[httpx.Client]:
    """A client of that server; redirects are shown, not followed."""
    with httpx.Client(base_url=server, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., httpx.Client]]:
    """serve(trig, **settings) → a client of a server of its own."""
    with ExitStack() as stack:

        def start(trig: bytes = TRIG.read_bytes(), **values: object) -> httpx.Client:
            data = publish(tmp_path, "r1", trig)
            url = stack.enter_context(running(Settings.model_validate({"data": data, **values})))
            return stack.enter_context(httpx.Client(base_url=url, timeout=PATIENCE))

        yield start


@pytest.fixture
def swap(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """swap(release, trig) publishes another release where `serve` serves from."""
    return lambda release, trig: publish(tmp_path, release, trig)


@pytest.fixture(scope="session")
def trig() -> bytes:
    """The text of release.trig."""
    return TRIG.read_bytes()


Plant = Callable[..., str]


def facts(
    name: str,
    *,
    date: dt.date | None = dt.date(2023, 3, 16),
    to: str = "Les Amis du Livre",
    amount: int = 1000,
    title: str | None = None,
    confidence: float = 0.9,
    member: str = "Anne DURAND",
) -> DocumentFacts:
    """An act by which Dijon métropole gives `amount` to an association; without a date it is a violation."""
    text = f"Séance de {date} : {amount} € à {to} ({name})"
    passage = (Evidence(start=0, end=len(text), page=1),)
    given, family = member.split()
    return DocumentFacts(
        extractor=EXTRACTOR,
        file_name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        text=text,
        sessions=(
            SessionFacts(
                date=date,
                authority="Dijon métropole",
                body="Bureau métropolitain",
                attendance=(AttendanceFact(
                        member=PersonName(written=member, given=given, family=family),
                        status="present",
                        evidence=passage,
                    ),
                ),
                evidence={"date": passage},
            ),
        ),
        acts=(
            ActFacts(
                session=0,
                span=passage[0],
                title=title or f"Subvention à {to}, {name}",
                organisations=(
                    OrganisationFact(id="o1", name="Dijon métropole", kind="local_authority", evidence=passage),
                    OrganisationFact(id="o2", name=to, kind="association", evidence=passage),
                ),
                fundings=(
                    FundingFact(
                        id="f1", status="awarded", funder="o1", beneficiary="o2", amount=Decimal(amount),
                        amount_written=f"{amount} €", rule="test", confidence=confidence, evidence=passage,
                    ),
                ),
                evidence={"title": passage},
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def plant() -> Plant:
    """plant(data, name, **facts) puts a document with its facts into the store, as a read one; its key."""

    def planted(data: Path, name: str, **values: object) -> str:
        told = facts(name, **values)  # type: ignore[arg-type]
        store = DocumentStore(data)
        store.raw_path(told.sha256).write_text(told.text)
        store.facts_path(told.sha256).write_text(told.model_dump_json())
        store.accept(
            DocumentRecord(
                sha256=told.sha256,
                names=(name,),
                media_type="text/plain",
                size=len(told.text),
                first_seen="2026-01-01",
            )
        )
        return told.sha256[:16]

    return planted
