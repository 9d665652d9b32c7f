"""The command line run in this process, and one data directory with the sample acts for all who only read it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.cli.app import run
from service.cli.serve import samples
from service.ingest import ingest
from service.settings import Settings


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def delibgraph(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """delibgraph("query", "acts") → its exit code, standard output and standard error."""
    monkeypatch.delenv("DELIBGRAPH_DATA", raising=False)

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return call


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the sample acts published; not to be changed."""
    data = tmp_path_factory.mktemp("published")
    texts = [path for path in samples() if path.suffix == ".txt"]
    report = ingest(texts, Settings(data=data))
    assert report.exit_code == 0, report.as_dict()
    return data
