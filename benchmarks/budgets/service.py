"""A service of its own over a data directory, and what its release holds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pyoxigraph as ox

from ontology.terms import PREFIXES

_PATIENCE: Final = 60.0  # seconds


class BudgetError(RuntimeError):
    """The measure cannot be taken; str() says why."""


@dataclass(frozen=True)
class Running:
    """A service: its address, the id of its process (the workers of /sparql are others)."""

    address: str
    process: int

    def spent(self) -> float:
        """Milliseconds of processor used so far, by Linux's /proc: what else the machine does is not in it."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(data: Path) -> Iterator[Running]:
    """A service just started, that nobody has asked for a page yet. Raises BudgetError."""
    command = [sys.executable, "-m", "service.cli", "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 (our own program)
        try:
            told = process.stderr.readline() if process.stderr else ""
            address = told.partition("/  ")[0]
            if not address.startswith("http"):
                raise BudgetError(f"the service did not start: {told.strip()}")
            _await_health(address)
            yield Running(address, process.pid)
        finally:
            process.terminate()


def _await_health(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(f"{address}/healthz", timeout=_PATIENCE)
        except httpx.ConnectError:
            time.sleep(0.05)
            continue
        if answer.status_code == httpx.codes.OK:
            return
        raise BudgetError(f"the service is not well: {answer.text}")
    raise BudgetError(f"{address} does not answer")


def found(data: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """What each query of ``wanted`` finds in the live release: an IRI without its base; absent where nothing is."""
    store = ox.Store.read_only(str(data / "current" / "store"))
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    paths: dict[str, str] = {}
    for name, query in wanted.items():
        rows = store.query(prefixes + query)
        row = next(rows, None) if isinstance(rows, ox.QuerySolutions) else None
        if row is not None and isinstance(row["it"], ox.NamedNode):
            paths[name] = "/id/" + row["it"].value.partition("/id/")[2]
    return paths
