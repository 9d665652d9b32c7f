"""POST /ingest: with the token alone, within bounds, one at a time; a process of its own publishes what is sent."""

import io
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.cli.serve import samples
from service.settings import Settings
from tests.service.conftest import PATIENCE, running

TOKEN = "s3cret-s3cret-s3cret"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ACT = next(path for path in samples() if path.suffix == ".txt")

Serve = Callable[..., TestClient]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """serve(**settings) → a client of a service without a release, its token set."""
    opened: list[TestClient] = []

    def start(**values: object) -> TestClient:
        given = {"data": tmp_path / "data", "token": TOKEN, "workers": 1, **values}
        client = TestClient(create_app(Settings.model_validate(given)))
        opened.append(client.__enter__())
        return client

    yield start
    for client in opened:
        client.__exit__(None, None, None)


def _incoming(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "data" / "incoming"
    return list(folder.iterdir()) if folder.exists() else []


def test_an_act_that_is_sent_is_published(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(ACT.name, ACT.read_bytes())
        file.writestr("image.bmp", b"BM")
    sent = client.post("/ingest", params={"name": "registre.zip"}, content=archive.getvalue(), headers=BEARER)
    assert sent.status_code == 202
    assert sent.headers["cache-control"] == "no-store"
    busy = client.post("/ingest", params={"name": "b.txt"}, content=b"x", headers=BEARER)
    assert busy.status_code == 409
    assert "retry-after" in busy.headers
    told = {"state": "running"}
    for _ in range(4):
        told = client.get(sent.headers["location"], params={"wait": "60"}, headers=BEARER).json()
        if told["state"] != "running":
            break
    assert told["state"] == "done", told
    assert told["file"] == "registre.zip"
    report = told["report"]
    assert (report["published"], report["changed"], report["new"]) == (1, True, 1)
    assert client.get("/healthz").json()["release"] == report["release"]
    assert ACT.name in client.get("/document", headers={"Accept": "text/html"}).text
    assert _incoming(tmp_path) == []
    assert client.get(sent.headers["location"]).status_code == 401  # the report is the owner's


def test_a_failed_ingest_says_why(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "documents").write_text("in the way")
    sent = client.post("/ingest", params={"name": "a.txt"}, content=b"x", headers=BEARER)
    told = client.get(sent.headers["location"], params={"wait": "60"}, headers=BEARER).json()
    assert told["state"] == "failed"
    assert "documents" in told["error"]
    assert (
        client.post("/ingest", params={"name": "a.txt"}, content=b"", headers=BEARER).status_code == 400
    )  # free again


def test_nobody_sends_anything_without_the_token(serve: Serve, tmp_path: Path) -> None:
    client = serve(token_attempts=3)
    for headers in (
        {},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
    ):
        answer = client.post("/ingest", params={"name": "a.txt"}, content=b"x", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    assert client.post("/ingest?name=a", headers={"Authorization": "Bearer no"}).status_code == 401
    assert client.post("/ingest?name=a", content=b"x", headers=BEARER).status_code == 429  # a guesser waits
    assert _incoming(tmp_path) == []


def test_without_a_token_set_it_is_closed(serve: Serve) -> None:
    answer = serve(token="").post("/ingest?name=a.txt", content=b"x", headers={"Authorization": "Bearer "})
    assert answer.status_code == 403
    assert "DELIBGRAPH_TOKEN" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["", "..", ".", "a/b.txt", "a\\b.txt", "../../etc/passwd", "a\x00b", "x" * 201, " . "])
def test_a_name_is_a_file_name(serve: Serve, tmp_path: Path, name: str) -> None:
    assert serve().post("/ingest", params={"name": name}, content=b"x", headers=BEARER).status_code == 400
    assert _incoming(tmp_path) == []


def test_what_is_too_large_is_refused_before_and_while_it_comes(serve: Serve, tmp_path: Path) -> None:
    client = serve(max_upload_bytes=1000)
    announced = client.post("/ingest?name=a.txt", content=b"x" * 1001, headers=BEARER)
    streamed = client.post("/ingest?name=a.txt", content=(b"x" * 100 for _ in range(50)), headers=BEARER)
    assert (announced.status_code, streamed.status_code) == (413, 413)
    assert announced.json()["most"] == 1000
    assert _incoming(tmp_path) == []
    assert client.post("/ingest?name=a.txt", content=b"", headers=BEARER).status_code == 400  # its place is free


def test_what_comes_too_slowly_is_given_up(tmp_path: Path) -> None:
    with running(Settings(data=tmp_path / "data", token=TOKEN, upload_timeout=0.3)) as url:
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as peer:
            head = ("POST /ingest?name=a.txt HTTP/1.1", "Host: x", f"Authorization: Bearer {TOKEN}")
            peer.sendall("\r\n".join((*head, "Content-Length: 10", "", "x")).encode())
            assert peer.recv(65536).startswith(b"HTTP/1.1 408")
    assert _incoming(tmp_path) == []


def test_an_outcome_that_is_not_known(serve: Serve) -> None:
    assert serve().get("/ingest/none", headers=BEARER).status_code == 404
