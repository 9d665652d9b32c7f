"""The most memory an ingest holds by stage, as acts grow: ``python -m benchmarks.memory --acts 300 1000 3000``.

The acts are those of :mod:`benchmarks.corpus`, read before: two new organisations and two new persons each; with
``--register`` those of :mod:`benchmarks.register`. Each size is ingested by a process of its own, which another one
watches two hundred times a second: what it and those that it starts hold together and no file backs (``RssAnon``,
Linux). It reads nothing, so it has loaded no reader. Figures: docs/scale.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import register
from benchmarks.incremental import plant
from extract.facts import DocumentFacts
from service.ingest import Progress, ingest
from service.ingest.report import STAGES
from service.settings import Settings

_STAGES: Final = ("start", *STAGES)
_PAUSE: Final = 0.005  # seconds


def measure(data: Path) -> dict[str, float]:
    """The most MB held in each stage of an ingest of what lies in a data directory."""
    context = get_context("spawn")
    stage: Synchronized[int] = context.Value("i", 0)
    process = context.Process(target=_ingest, args=(data, stage))
    process.start()
    most: dict[str, float] = {}
    while process.is_alive():
        name = _STAGES[stage.value]
        most[name] = max(most.get(name, 0.0), _held(str(process.pid)))
        time.sleep(_PAUSE)
    process.join()
    if process.exitcode:
        raise SystemExit(f"{data} : l'ingestion a échoué")
    return most


def _held(pid: str) -> float:
    """The MB that a process and those that it started hold; none where it ended just now."""
    path = Path(f"/proc/{pid}")
    try:
        told = (path / "status").read_text(encoding="ascii")
        children = (path / "task" / pid / "children").read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("RssAnon:"))
    return own * 1024 / 1e6 + sum(map(_held, children))


def _ingest(data: Path, stage: Synchronized[int]) -> None:
    def watch(step: Progress) -> None:
        stage.value = _STAGES.index(step.stage)

    ingest([], Settings(data=data), watch)


def _read(acts: int) -> Iterator[DocumentFacts]:
    """What is read of the acts of the corpus, by what the process that is watched would hold once it is loaded."""
    from benchmarks.corpus import act
    from extract import extract_source
    from extract.read import read_bytes

    for made in act.documents(acts, 1):
        content = made.text.encode()
        yield extract_source(read_bytes(f"{made.name}.txt", content, max_bytes=len(content)))


def table(found: dict[int, dict[str, float]]) -> str:
    """A row a stage, a column a size, then what each act adds between the last two sizes."""
    sizes = list(found)
    lines = [f"| MB | {' | '.join(f'{acts:,} acts' for acts in sizes)} | each act more |"]
    lines += ["|---|" + "---:|" * (len(sizes) + 1)]
    for name in (*_STAGES, "in all"):
        row = [max(most.values()) if name == "in all" else most.get(name, 0.0) for most in found.values()]
        more = f"{(row[-1] - row[-2]) * 1000 / (sizes[-1] - sizes[-2]):.0f} kB" if len(sizes) > 1 else ""
        lines += [f"| {name} | {' | '.join(f'{each:,.0f}' for each in row)} | {more} |"]
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure each size, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, nargs="+", default=[300, 1000, 3000])
    parser.add_argument("--register", action="store_true", help="acts of benchmarks.register, which are quick to make")
    asked = parser.parse_args()
    found = {}
    for acts in sorted(asked.acts):
        with TemporaryDirectory() as folder:
            plant(Path(folder), register.documents(acts) if asked.register else _read(acts))
            found[acts] = measure(Path(folder))
    sys.stdout.write(f"{table(found)}\n")


if __name__ == "__main__":
    main()
