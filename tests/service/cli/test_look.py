"""Where `delibgraph demo` sends its user first."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.cli import serve
from service.cli.look import looks
from service.ingest import ingest
from service.ingest.report import Document, IngestReport
from service.settings import Settings


def test_each_address_shows_what_is_said_of_it(published: Path) -> None:
    settings = Settings(data=published)
    report = ingest((), settings)
    told = list(looks(report, settings))
    assert [look.path.split("/")[1] for look in told] == ["funding", "id", "document"]
    assert "410\u202f000" in told[1].seen
    assert "à vérifier" in told[2].seen
    with TestClient(create_app(settings), headers={"Accept": "text/html"}) as client:
        answers = [client.get(look.path) for look in told]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "410\u202f000" in answers[1].text
    assert "Points à vérifier" in answers[2].text


def test_nothing_published_sends_nowhere(tmp_path: Path) -> None:
    report = IngestReport(published=[Document("a.txt", "0" * 16)])
    assert list(looks(report, Settings(data=tmp_path))) == []


def test_the_demo_tells_them_under_its_own_address(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("service.stopping.GracefulServer.run", lambda _self, sockets: None)
    monkeypatch.setattr(serve, "samples", list)
    monkeypatch.setattr(serve, "_refuse_foreign", lambda _data, _ours: None)
    serve.demo(data=published, port=0)
    lines = capsys.readouterr().err.splitlines()
    (root,) = [line.split("/  ")[0] for line in lines if line.startswith("http://")]
    assert sum(line.startswith(f"  {root}/") for line in lines) == 3
