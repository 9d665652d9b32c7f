"""Pages say the same whether a release keeps the answers of their questions or they are asked of its store."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from benchmarks.register import publish
from graph import ledger
from graph.release import answers
from service.app import create_app
from service.pages import ask, render
from service.prepared import page_query, questions
from service.settings import Settings

PAGES = (
    "/organisation.json", "/person.json", "/programme.json", "/session.json", "/document.json", "/quality.json",
    "/person?filter=MARTIN", "/organisation?filter=saint-&page=2", "/catalog", "/", "/search?q=somme",
    "/id/organisation/dijon-metropole",
)  # fmt: skip


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared") / "data"
    publish(data, 60)
    return data


def told(data: Path) -> dict[str, str]:
    with TestClient(create_app(Settings(data=data))) as client:
        found = {
            page: client.get(page, headers={"Accept": "application/json" if page.endswith(".json") else "text/html"})
            for page in PAGES
        }
        assert {answer.status_code for answer in found.values()} == {200}
        return {page: answer.text for page, answer in found.items()}


def test_kept_or_asked_the_answers_are_the_same(release: Path) -> None:
    kept = told(release)
    live = (release / "current").resolve()
    for name in (answers.FILE, ledger.FILE):
        (live / name).rename(live / f"{name}.aside")
    asked = told(release)
    for name in (answers.FILE, ledger.FILE):
        (live / f"{name}.aside").rename(live / name)
    assert asked == kept


def test_every_question_of_the_pages_is_kept(release: Path) -> None:
    for name in ("documents", "list-organisation", "completeness", "warnings", "latest-acts"):
        assert answers.find(release / "current", page_query(name).ordered) is not None
    assert len(questions()) > 10


def test_a_ledger_of_another_version_is_made_anew(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.ledger.reading.VERSION", ledger.VERSION + 1)
    with TestClient(create_app(Settings(data=release))) as client:
        assert client.get("/funding.json").json()["count"] > 0


def test_what_is_being_made_is_waited_for_and_made_again_where_that_fails(release: Path) -> None:
    """A reader who reloads a page that is long to come does not have it made twice."""
    made: list[int] = []
    begun = threading.Event()

    def make() -> str:
        made.append(len(made))
        begun.set()
        time.sleep(0.05)
        if len(made) == 1:
            raise ValueError("the first fails")
        return f"made {len(made)}"

    app = create_app(Settings(data=release))
    with TestClient(app), ThreadPoolExecutor(4) as readers:
        request = Request({"type": "http", "app": app, "headers": [], "path": "/", "query_string": b""})
        first = readers.submit(ask.remember, request, "long", make)
        assert begun.wait(10)
        others = [readers.submit(ask.remember, request, "long", make) for _ in range(3)]
        assert isinstance(first.exception(), ValueError)
        assert {other.result() for other in others} == {"made 2"}
        assert ask.remember(request, "long", make) == "made 2"
    assert len(made) == 2


def test_a_portrait_that_is_remembered_is_told_in_each_language_and_page(release: Path) -> None:
    """The first page of a portrait is kept in memory: it must not be given to who asks for another page or language."""
    with TestClient(create_app(Settings(data=release)), headers={"Accept": "text/html"}) as client:
        where = "/id/organisation/dijon-metropole"
        asked = ("", "?lang=en", "?acts=2", "?acts=2&lang=en")
        first, again = ([client.get(where + query).text for query in asked] for _ in range(2))
        assert first == again
        assert len(set(first)) == len(asked)


def test_portraits_do_not_push_out_the_answers_of_queries(release: Path) -> None:
    app = create_app(Settings(data=release))
    with TestClient(app) as client:
        request = Request({"type": "http", "app": app, "headers": [], "path": "/", "query_string": b""})
        dear = ask.remember(request, "dear", object)
        for one in client.get("/person.json").json()[: ask.KEPT + 1]:
            page = "/id/" + one["name_iri"].partition("/id/")[2]
            assert client.get(page, headers={"Accept": "text/html"}).status_code == 200
        assert ask.remember(request, "dear", object) is dear


def test_templates_stay_compiled_where_python_may_keep_what_it_compiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next service starts half a second of processor sooner; where nothing may be written it starts as before."""

    def compiled() -> int:
        asked: list[str] = []
        made = render.environment.__wrapped__()
        compile_, name = made._compile, "parts.html"
        monkeypatch.setattr(made, "_compile", lambda source, file: asked.append(file) or compile_(source, file))
        assert made.get_template(name).name == name
        return len(asked)

    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert [compiled(), compiled()] == [1, 1]  # there is no such folder
    kept = Path(cache_from_source(render.__file__)).parent
    kept.mkdir(parents=True)
    assert [compiled(), compiled()] == [1, 0]
    for file in kept.iterdir():
        file.write_bytes(file.read_bytes()[:40])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [compiled(), compiled()] == [1, 1]
