"""Documents that the gate holds back: each in a folder of its own, with all that is needed to judge why.

::

    quarantine/<dockey>/document.<suffix>   the document, as received
    quarantine/<dockey>/facts.json          what was read in it
    quarantine/<dockey>/report.json         the findings, in French and English
    quarantine/<dockey>/report.ttl          the same as an sh:ValidationReport

A folder goes away when its document passes the gate, or leaves the dataset.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from extract.facts import DocumentFacts
from service.ingest.files import write_atomically
from shapes.gate import Report


@dataclass(frozen=True)
class Held:
    """A quarantined document, as its report.json tells it: `results` are those of shapes.gate.Result."""

    key: str
    file: str
    results: tuple[dict[str, str | None], ...]


class Quarantine:
    """The `quarantine/` folder of one data directory. Writers hold the lock of the directory."""

    def __init__(self, data: Path) -> None:
        """Nothing is made before something is held."""
        self._folder = data / "quarantine"

    def hold(self, facts: DocumentFacts, report: Report, raw: Path) -> None:
        """Keep a document with its facts and report; report.json comes last, and makes it held."""
        folder = self._folder / facts.sha256[:16]
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"document{Path(facts.file_name).suffix}"
        if not copy.exists():
            os.link(raw, copy)
        write_atomically(folder / "facts.json", facts.model_dump_json(indent=1).encode())
        write_atomically(folder / "report.ttl", report.graph.serialize(format="longturtle").encode())
        told = {"file": facts.file_name, "results": [asdict(result) for result in report.results]}
        write_atomically(folder / "report.json", orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def release(self, held: Collection[str]) -> None:
        """Remove every folder whose key is not in `held`."""
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if folder.name not in held:
                    shutil.rmtree(folder)

    def held(self) -> list[Held]:
        """Every quarantined document, in the order of their keys."""
        out = []
        for path in sorted(self._folder.glob("*/report.json")):
            told = orjson.loads(path.read_bytes())
            out.append(Held(path.parent.name, told["file"], tuple(told["results"])))
        return out
