"""Downloads of a real release: every format, made once, while others are answered."""

import contextlib
import gzip
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.export import FORMATS
from graph.release import Release
from service.linked_data import exports
from service.settings import Settings
from tests.graph.conftest import act, document, name, roster, session
from tests.graph.export.conftest import documents, publish
from tests.service.conftest import PATIENCE, running

BROWSER = {"Accept": "text/html"}


class Make:
    """The builders of facts of tests.graph."""

    act, document, session = staticmethod(act), staticmethod(document), staticmethod(session)
    roster, name = staticmethod(roster), staticmethod(name)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return publish(documents(Make), tmp_path)


@pytest.fixture
def client(release: Release, tmp_path: Path) -> Iterator[httpx.Client]:
    with running(Settings(data=tmp_path)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as found:
        yield found


def _when_written(client: httpx.Client, address: str) -> httpx.Response:
    """The answer once the file is written: on a busy machine it is asked for again, as Retry-After says."""
    until = time.monotonic() + PATIENCE
    while (answer := client.get(address)).status_code == 503 and "retry-after" in answer.headers:
        assert time.monotonic() < until
        time.sleep(0.2)
    return answer


def test_every_format_is_listed_made_kept_and_tagged(client: httpx.Client, release: Release) -> None:
    listed = client.get("/dump/").json()["files"]
    assert {file["name"] for file in listed} == set(exports.offers())
    assert all(file["title"] for file in listed)
    assert [file["name"] for file in listed if file["bytes"]] == ["delibgraph.nq.gz"]
    for file in listed:
        answer = _when_written(client, file["href"])
        assert answer.status_code == 200, file["name"]
        assert answer.headers["content-type"] == exports.offers()[file["name"]].media
        again = client.get(file["href"], headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(file["href"], headers={"Accept-Encoding": "identity"}).headers["content-length"] == str(
            len(answer.content)
        )
        text = gzip.decompress(answer.content) if file["name"].endswith(".gz") else answer.content
        assert b"DUPONT" not in text.upper()
    assert all(file["bytes"] for file in client.get("/dump").json()["files"])
    assert not [path for path in exports.kept(release.path, "").iterdir() if path.name.startswith(".")]


def test_the_page_says_in_french_what_each_is(client: httpx.Client) -> None:
    page = client.get("/dump/", headers=BROWSER).text
    assert 'href="/dump/scdl-subventions.csv"' in page
    assert "SCDL Subventions 2.1, pour un portail open data" in page
    assert "scdl-subventions.a-completer.csv" in page


def test_a_csv_is_saved_and_points_to_its_description(client: httpx.Client) -> None:
    answer = client.get("/dump/financements-csvw.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="financements-csvw.csv"'
    described = client.get(f"/dump/{answer.links['describedby']['url']}")
    assert json.loads(described.text)["url"] == "financements-csvw.csv"


def test_one_file_asked_for_by_many_is_made_once(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = exports.Exports._make

    async def counted(self: exports.Exports, release: Path, form: str, target: Path) -> str | None:
        made.append(form)
        return await make(self, release, form, target)

    monkeypatch.setattr(exports.Exports, "_make", counted)
    answers: list[int] = []

    def ask() -> None:
        answers.append(httpx.get(f"{client.base_url}/dump/popolo.json", timeout=PATIENCE).status_code)

    threads = [threading.Thread(target=ask) for _ in range(60)]  # more than the service has threads
    for thread in threads:
        thread.start()
    while not made:
        time.sleep(0.01)
    assert client.get("/healthz").status_code == 200
    for thread in threads:
        thread.join()
    assert (made, set(answers)) == (["popolo"], {200})


def test_who_would_wait_long_is_told_to_come_back(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PATIENCE", 0.0)
    first = client.get("/dump/delibgraph.ttl")
    assert (first.status_code, first.headers["retry-after"]) == (503, "20")
    assert "en préparation" in first.json()["detail"]
    deadline = time.monotonic() + PATIENCE
    while client.get("/dump/delibgraph.ttl").status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert client.get("/dump/delibgraph.ttl").status_code == 200


def test_what_cannot_be_written_is_503_without_the_paths_of_the_server(
    client: httpx.Client, release: Release, tmp_path: Path
) -> None:
    (release.path / "exports").write_text("in the way")
    answer = client.get("/dump/reseau.gexf")
    assert answer.status_code == 503
    assert "delibgraph export" in answer.json()["detail"]
    assert str(tmp_path) not in answer.text
    (release.path / "exports").unlink()
    assert client.get("/dump/reseau.gexf").status_code == 200


def test_parquet_is_offered_where_its_library_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for found, offered in ((None, False), (object(), True)):
        monkeypatch.setattr(exports, "find_spec", lambda _, found=found: found)
        assert (FORMATS["parquet"].file in exports.offers()) is offered


def test_a_new_release_has_its_own_files(client: httpx.Client, tmp_path: Path) -> None:
    before = client.get("/dump/scdl-deliberations.csv")
    publish([*documents(Make), document([act(title="Nouvelle")], [session()], file_name="n.txt")], tmp_path)
    after = client.get("/dump/scdl-deliberations.csv", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Nouvelle" in after.text
    assert "Nouvelle" not in before.text


def test_stopping_the_service_gives_up_what_is_under_way(release: Release, tmp_path: Path) -> None:
    with running(Settings(data=tmp_path)) as url:
        asked = threading.Thread(target=lambda: _quietly(f"{url}/dump/delibgraph.trig"))
        asked.start()
        time.sleep(0.2)
    asked.join(PATIENCE)
    assert not asked.is_alive()


def _quietly(url: str) -> None:
    with contextlib.suppress(httpx.HTTPError):  # the service is gone
        httpx.get(url, timeout=PATIENCE)
