"""What an ingest costs by stage, as acts are added to a register: ``python -m benchmarks.incremental --acts 1000``.

The acts are those of :mod:`benchmarks.register`, their facts put into the data directory as read ones: what is measured
is all that follows the reading. After the first ingest, one act is added, then a hundred, each by a process of its own,
as the command does: what is loaded once a process is counted each time. "MB, its own" is what of the release no older
one shares, "MB of memory" the most that was resident (Linux). CPU seconds are told beside those of the clock, with
``--cpu`` in their place: others may use the machine too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.register import documents
from extract import EXTRACTOR
from extract.facts import DocumentFacts
from graph.release import history
from service.ingest import ingest
from service.ingest.documents import DocumentRecord, DocumentStore
from service.settings import Settings

_ADDED = (1, 100)


def plant(data: Path, made: Iterable[DocumentFacts]) -> None:
    """Put documents into a data directory, as if they had been received and read."""
    store = DocumentStore(data)
    for each in made:
        facts = each.model_copy(update={"extractor": EXTRACTOR})
        store.raw_path(facts.sha256).write_text(facts.text, encoding="utf-8")
        store.facts_path(facts.sha256).write_text(facts.model_dump_json(), encoding="utf-8")
        store.accept(
            DocumentRecord(
                sha256=facts.sha256,
                names=(facts.file_name,),
                media_type=facts.media_type,
                size=len(facts.text),
                first_seen="2026-01-01",
            )
        )


def ingested(data: Path, *, cpu: bool) -> dict[str, float]:
    """Seconds by stage and the most memory (MB) of an ingest by this process, which has done nothing before."""
    if cpu:
        time.perf_counter = time.process_time
    begun, spent = time.perf_counter(), time.process_time()
    report = ingest([], Settings(data=data))
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:"))
    latest = history(data)[0]
    return dict(report.seconds) | {
        "total": time.perf_counter() - begun,
        "total, CPU": time.process_time() - spent,
        "MB of memory": peak * 1024 / 1e6,
        "MB": latest.size / 1e6,
        "MB, its own": latest.own / 1e6,
    }


def measure(data: Path, acts: int, *, cpu: bool = False) -> dict[str, dict[str, float]]:
    """Seconds by stage, of the first ingest ("all") and of those that add some acts ("+1", "+100")."""
    made = documents(acts + sum(_ADDED))
    found = {}
    for label, count in (("all", acts), *((f"+{count}", count) for count in _ADDED)):
        plant(data, islice(made, count))
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            found[label] = alone.submit(ingested, data, cpu=cpu).result()
    return found


def table(acts: int, found: dict[str, dict[str, float]]) -> str:
    """The seconds as a table in Markdown."""
    stages = list(dict.fromkeys(stage for seconds in found.values() for stage in seconds))
    lines = [f"| seconds, {acts:,} acts | {' | '.join(found)} |", "|---|" + "---:|" * len(found)]
    for stage in stages:
        cells = (f"{seconds.get(stage, 0):.2f}" for seconds in found.values())
        lines += [f"| {stage} | {' | '.join(cells)} |"]
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--cpu", action="store_true", help="seconds of CPU for the stages too")
    asked = parser.parse_args()
    for acts in asked.acts:
        with TemporaryDirectory() as folder:
            sys.stdout.write(f"{table(acts, measure(Path(folder), acts, cpu=asked.cpu))}\n\n")


if __name__ == "__main__":
    main()
