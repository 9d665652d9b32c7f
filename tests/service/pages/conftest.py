"""A release of the three made-up acts of tests/queries/register, and the application over it."""

import gzip
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5rdf
import pyoxigraph as ox
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rdflib import Graph

from extract.facts import DocumentFacts, Evidence
from graph.search import IndexWriter, Shown, Told
from service.app import create_app
from service.settings import Settings

BASE = "http://localhost:8000"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
#: What no test is about: the box of addresses of newer Chromium is a page itself, loaded anew for each window, which
#: took five times the processor of the window. The others are what Playwright switches off by this same flag, of which
#: the last counts.
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning", "AimEnabled",
)  # fmt: skip
FLAGS = [
    f"--disable-features={','.join(WITHOUT)}",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: How long a browser waits for what a test expects, ms: on a busy machine all comes late, and what never comes is rare.
PATIENCE = 180_000
REGISTER = Path(__file__).parents[2] / "queries" / "register"


def context(browser: Any, address: str, **options: Any) -> Any:
    """A context of the browser over the service at this address, French unless told otherwise, that waits long."""
    made = browser.new_context(**{"base_url": address, "locale": "fr-FR", **options})
    made.set_default_timeout(PATIENCE)
    return made


def follow(link: Any) -> None:
    """Click a link or a button, and wait until the page that it leads to is there as a whole."""
    link.click()
    link.page.wait_for_load_state()


def settle(page: Any) -> None:
    """Wait until a page that was gone to is there as a whole: half a second without requests, where it has a script
    that may ask for more; without one it was there when it was loaded, but for what is laid out a moment later."""
    if page.evaluate("[...document.scripts].some((one) => one.src)"):
        page.wait_for_load_state("networkidle")
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")


def arrived(page: Any, address: str) -> None:
    """Wait until a page that a key or a click leads to is there, to its foot; ``**`` in the address is anything.

    Not by wait_for_url: that of Playwright 1.49, the oldest that pyproject.toml admits, waits for what it has missed.
    """
    from playwright.sync_api import expect

    expect(page).to_have_url(re.compile(re.escape(address).replace(r"\*\*", ".*") + "$"), timeout=PATIENCE)
    page.locator("footer.site").wait_for()


class Page:
    """A parsed page, with the few questions that the tests ask of it."""

    def __init__(self, source: str) -> None:
        self.root = html5rdf.parse(source, treebuilder="etree", namespaceHTMLElements=False)

    def all(self, *tags: str, within=None, **attributes: str):
        """Elements of these tags (any: all) with these attributes (class_ for class), in document order."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            e
            for e in (self.root if within is None else within).iter()
            if (not tags or e.tag in tags) and all(e.get(n) == v for n, v in wanted.items())
        ]

    def one(self, *tags: str, within=None, **attributes: str):
        (found,) = self.all(*tags, within=within, **attributes)
        return found

    def hrefs(self, within=None) -> list[str]:
        return [e.get("href") for e in self.all(within=within) if e.get("href")]

    def after(self, element):
        """The element that follows, as a sibling."""
        siblings = next(list(parent) for parent in self.root.iter() if element in list(parent))
        return siblings[siblings.index(element) + 1]


def raw(element) -> str:
    return "".join(element.itertext())


def text(element) -> str:
    """Its text on one line, no-break spaces as spaces."""
    return " ".join(raw(element).replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture
def see() -> Callable[..., Page]:
    """see(client, url) → the parsed page, its status checked."""

    def see(client: TestClient, url: str, status: int = 200) -> Page:
        response = client.get(url, headers={"Accept": "text/html"})
        assert response.status_code == status, response.text[:500]
        return Page(response.text)

    return see


@pytest.fixture
def say() -> Callable[..., str]:
    return text


@pytest.fixture
def parse() -> type[Page]:
    return Page


def _union(trig: bytes) -> bytes:
    quads = ox.parse(trig, format=ox.RdfFormat.TRIG)
    return ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES)


def _graph(trig: bytes, name: str) -> bytes:
    quads = ox.parse(trig, format=ox.RdfFormat.TRIG)
    named = {quad.triple for quad in quads if quad.graph_name == ox.NamedNode(name)}
    return ox.serialize(named, format=ox.RdfFormat.N_TRIPLES)


@pytest.fixture(scope="module")
def register(release: Path) -> TestClient:
    """A client of the service over the release that a module makes (its fixture ``release``)."""
    return TestClient(create_app(Settings(data=release)))


@pytest.fixture(scope="module")
def store(release: Path) -> ox.Store:
    """The store of that release."""
    return ox.Store.read_only(str(release / "current" / "store"))


def release(data: Path, trig: bytes, texts: list[Path]) -> Path:
    """A data directory with one live release: a store of ``trig`` and the published ``texts``."""
    path = data / "releases" / "r1"
    (path / "texts").mkdir(parents=True)
    (path / "dumps").mkdir()
    quads = ox.serialize(ox.parse(trig, format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    (path / "dumps" / "delibgraph.nq.gz").write_bytes(gzip.compress(quads))
    store = ox.Store(str(path / "store"))
    store.bulk_load(trig, format=ox.RdfFormat.TRIG)
    store.bulk_load(_union(trig), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    index = IndexWriter(path / "search.sqlite")
    shares = enumerate(Told.shares(Graph().parse(data=_union(trig), format="nt")))
    index.things((f"{number:02}", share.pack()) for number, share in shares)
    for text in texts:
        shutil.copy(text, path / "texts")
        iri = f"{BASE}/id/document/{text.stem}"
        told = Graph().parse(data=_graph(trig, f"{BASE}/graph/{text.stem}"), format="nt")
        shown = json.loads(text.read_text(encoding="utf-8"))["text"]
        index.document(Told.of(told).pack(), Shown(iri, text.stem, shown, partial(str, shown)))
    index.close()
    (path / "manifest.json").write_text(json.dumps({"id": "r1", "created": "2026-11-27T08:00:00+00:00", "base": BASE}))
    (data / "current").symlink_to("releases/r1")
    return data


@pytest.fixture(scope="session")
def publish() -> Callable[[Path, bytes, list[Path]], Path]:
    return release


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = release(
        tmp_path_factory.mktemp("data"),
        (REGISTER / "register.trig").read_bytes(),
        sorted(REGISTER.glob("*.json")),
    )
    kept = data / "quarantine" / "dddd000000000004"
    kept.mkdir(parents=True)
    facts = DocumentFacts(
        extractor="test",
        file_name="2021-acte-sans-date.pdf",
        sha256="d" * 64,
        media_type="application/pdf",
        text="Une aide de 300 € est accordée à Madame Zoé PRIVEE.",
        redactions=(Evidence(start=33, end=50),),
    )
    (kept / "facts.json").write_text(facts.model_dump_json(), encoding="utf-8")
    results = [
        {"severity": "violation", "message_fr": "La séance n'a pas de date.", "message_en": "The session has no date."},
        {
            "severity": "violation",
            "message_fr": "Le financement de Madame Zoé PRIVEE n'a pas de phrase.",
            "message_en": "The funding of Madame Zoé PRIVEE has no sentence.",
        },
        {"severity": "warning", "message_fr": "Un avertissement."},
    ]
    (kept / "report.json").write_text(json.dumps({"file": facts.file_name, "results": results}), encoding="utf-8")
    return data


@pytest.fixture(scope="session")
def client(data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=data))) as client:
        yield client


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[str], TestClient]:
    """serve(trig) → a client over a release of just that."""

    def serve(trig: str) -> TestClient:
        return TestClient(create_app(Settings(data=release(tmp_path, trig.encode(), []))))

    return serve


@pytest.fixture
def app(data: Path) -> FastAPI:
    return create_app(Settings(data=data))


@pytest.fixture(scope="module")
def address(data) -> Iterator[str]:
    """The address of a running service."""
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(data=data)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium: apt-get install chromium, or set CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page of the browser, with what its console said, what broke in it and what it asked for."""

    page: Any
    told: list[str]
    asked: list[str]

    def afresh(self) -> None:
        """As a new one: nothing of a test before it, but for what the browser keeps in its cache."""
        self.page.context.clear_cookies()
        self.page.mouse.move(0, 0)
        self.told.clear()
        self.asked.clear()


@pytest.fixture(scope="module")
def opened(browser, address) -> Iterator[Callable[..., Opened]]:
    """opened(**options) → a page of a context of these options, the same for the whole module: each new one is a
    process of the browser, which costs as much as four pages."""
    kept: dict[str, Opened] = {}

    def open_page(**options: Any) -> Opened:
        key = repr(sorted(options.items()))
        if key not in kept:
            made = context(browser, address, **options)
            found = kept[key] = Opened(made.new_page(), [], [])
            found.page.on("console", lambda message: found.told.append(message.text))
            found.page.on("pageerror", lambda error: found.told.append(str(error)))
            made.on("request", lambda request: found.asked.append(request.url))
        kept[key].afresh()
        return kept[key]

    yield open_page
    for each in kept.values():
        each.page.context.close()


@pytest.fixture
def scripted(opened, address):
    """A page with scripts. What the console says (a refused style, an error) and any request that leaves the host fail
    the test."""
    found = opened(viewport={"width": 1280, "height": 800})
    yield found.page
    assert found.told == []
    assert {urlsplit(url).netloc for url in found.asked if not url.startswith("data:")} <= {urlsplit(address).netloc}
