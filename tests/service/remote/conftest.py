"""Real stores on free ports: oxigraph (from PyPI) and Virtuoso (from Debian; tests are skipped where it is not)."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import queries
from tests.service.conftest import PATIENCE

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
VIRTUOSO = shutil.which("virtuoso-t")
_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 1000000
"""


VALUES = {
    "iri": "http://localhost:8000/id/organisation/cesam",
    "name": "cesam",
    "string": "0.9",
    "year": "2023",
    "integer": "10",
    "date": "2023-06-28",
    "status": "Budgeted",
}


def askings() -> list[tuple[str, dict[str, str]]]:
    """Every named query bare, with each of its parameters, and with all of them."""
    found = []
    for query in queries.catalogue().values():
        values = {parameter.name: VALUES[parameter.type] for parameter in query.parameters}
        alone = [{name: value} for name, value in values.items()]
        found += [(query.name, asked) for asked in ({}, *alone, *([values] if len(values) > 1 else []))]
    return found


@dataclass(frozen=True)
class Remote:
    """A store: where it is asked, where its graphs are put."""

    query: str
    graphs: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """The store goes away."""
        self.process.kill()
        self.process.wait()

    def count(self, pattern: str) -> int:
        """How many solutions a pattern has."""
        asked = {"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"}
        headers = {"Accept": "application/sparql-results+json"}
        answer = httpx.get(self.query, params=asked, headers=headers, timeout=PATIENCE).raise_for_status()
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _started(command: list[str], folder: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    with (
        (folder / "out.log").open("w") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process,
    ):
        try:
            for _ in range(1200):
                try:
                    httpx.get(url, timeout=2)
                    break
                except httpx.HTTPError:
                    assert process.poll() is None, (folder / "out.log").read_text()
                    time.sleep(0.1)
            yield process
        finally:
            process.kill()


@contextmanager
def oxigraph_in(folder: Path) -> Iterator[Remote]:
    """An Oxigraph whose data is in ``folder``."""
    port = _free_port()
    folder.mkdir()
    root = f"http://127.0.0.1:{port}"
    command = [str(OXIGRAPH), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with _started(command, folder, root) as process:
        yield Remote(f"{root}/query", f"{root}/store", process)


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Remote]:
    with oxigraph_in(tmp_path / "oxigraph") as remote:
        yield remote


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[Remote]:
    if VIRTUOSO is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin; .ci/install-system brings it)")
    sql, port = _free_port(), _free_port()
    folder = tmp_path / "virtuoso"
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=port))
    root = f"http://127.0.0.1:{port}"
    with _started([VIRTUOSO, "-f", "+configfile", "virtuoso.ini"], folder, f"{root}/sparql") as process:
        yield Remote(f"{root}/sparql", f"{root}/sparql-graph-crud-auth", process)
