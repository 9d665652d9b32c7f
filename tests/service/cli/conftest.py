"""The command line run in this process, and one data directory with the sample acts for all who only read it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from service.cli.app import run


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
