"""A release of the three made-up acts of tests/queries/register, and the application over it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings

REGISTER = Path(__file__).parents[2] / "queries" / "register"
EMPTY = b""


def release(data: Path, trig: bytes, texts: list[Path]) -> Path:
    """A data directory with one live release: a store of ``trig`` and the published ``texts``."""
    path = data / "releases" / "r1"
    (path / "texts").mkdir(parents=True)
    store = ox.Store(str(path / "store"))
    store.bulk_load(trig, format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    for text in texts:
        shutil.copy(text, path / "texts")
    (path / "manifest.json").write_text(json.dumps({"id": "r1"}))
    (data / "current").symlink_to("releases/r1")
    return data


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = release(
        tmp_path_factory.mktemp("data"),
        (REGISTER / "register.trig").read_bytes(),
        sorted(REGISTER.glob("*.json")),
    )
    kept = data / "quarantine" / "dddd000000000004"
    kept.mkdir(parents=True)
    (kept / "facts.json").write_text(json.dumps({"file_name": "2021-acte-sans-date.pdf"}))
    results = [{"severity": "violation", "message_fr": "La séance n'a pas de date."}]
    (kept / "report.json").write_text(json.dumps({"conforms": False, "results": results}))
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
