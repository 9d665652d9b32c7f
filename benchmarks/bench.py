"""``make bench``: measures, prints tables, writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import extraction, queries, scale
from benchmarks.identities.table import Scores, pair_lines
from service.ingest import ingest
from service.settings import Settings

REPORT = extraction.ROOT / "docs" / "benchmarks.md"
STAGES = ("resolve", "map", "gate", "load")
IDENTITY_ACTS = 10_000
Seconds = dict[str, float]
#: DESIGN §11.
RATIO_GOAL = 4.0


def main() -> None:
    """Measure everything, once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, nargs="*", default=[1000, 10_000], help="acts of the releases compared")
    sizes = parser.parse_args().scale
    paths = extraction.texts()
    speed = extraction.measure(paths)
    with tempfile.TemporaryDirectory(prefix="delibgraph-bench-") as folder:
        data = Path(folder)
        cold, warm = (ingest(paths[:1], Settings(data=data / run)).seconds for run in ("cold", "warm"))
        report = ingest(paths, Settings(data=data / "all"))
        latency = queries.measure(data / "all")
    stages = _stages(speed, cold, warm, report.seconds, len(report.published))
    lines = [*_head(speed), *_by_layout(), *stages, *_latencies(latency), *_identities(), *_growth(sizes)]
    text = "\n".join(lines) + "\n"
    REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _head(speed: extraction.Speed) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield f"Written by `make bench` on Python {platform.python_version()}, {os.cpu_count()} cores."
    yield "What is measured, and on what: `benchmarks/README.md`."
    yield ""
    yield f"## Extraction ({speed.documents} acts, {speed.characters:,} characters, one core)"
    yield ""
    yield "| | documents/s |"
    yield "|---|---:|"
    yield f"| delibgraph, file to facts | {speed.ours:.1f} |"
    yield f"| stock {extraction.MODEL}, text to annotations | {speed.stock:.1f} |"
    yield f"| ratio (goal ≥ {RATIO_GOAL:.0f}) | {speed.ratio:.1f} × |"


def _by_layout() -> Iterator[str]:
    yield ""
    yield "## Reading by layout (generated corpus, seconds of CPU)"
    yield ""
    yield "| layout | documents | acts | characters each | ms a document | documents/s |"
    yield "|---|---:|---:|---:|---:|---:|"
    for each in extraction.by_layout():
        milliseconds, rate = 1000 * each.seconds / each.documents, each.documents / each.seconds
        characters = each.characters / each.documents
        yield f"| {each.name} | {each.documents} | {each.acts} | {characters:,.0f} | {milliseconds:.1f} | {rate:.1f} |"


def _identities() -> Iterator[str]:
    scores = Scores(IDENTITY_ACTS)
    yield ""
    yield "## Who is who (generated corpus)"
    yield ""
    yield from scores.lines()
    yield ""
    yield from scores.cost_lines()
    yield ""
    yield "Labelled pairs of an independent author (`tests/graph/pairs`):"
    yield ""
    yield from pair_lines()


def _stages(speed: extraction.Speed, cold: Seconds, warm: Seconds, whole: Seconds, documents: int) -> Iterator[str]:
    """Cost of each stage: `cold` and `warm` are of one document alone, first and again; `whole` of all, warm too."""
    once = {stage: cold[stage] - warm[stage] for stage in STAGES}
    each = {stage: (whole[stage] - warm[stage]) / (documents - 1) for stage in STAGES}
    release = {stage: warm[stage] - each[stage] for stage in STAGES}
    share = {stage: (once[stage] + whole[stage]) / documents for stage in STAGES}
    columns = (each, release, once, share)
    yield ""
    yield f"## Facts to release ({documents} documents, ms)"
    yield ""
    yield f"| stage | each document | once a release | once a process | in all, over {documents} documents |"
    yield "|---|---:|---:|---:|---:|"
    yield f"| extraction, for comparison | {1000 / speed.ours:.1f} | | | |"
    for stage in STAGES:
        yield f"| {stage} | " + " | ".join(f"{1000 * column[stage]:.1f}" for column in columns) + " |"
    sums = [sum(column[stage] for stage in STAGES[1:]) for column in columns]
    yield "| map + gate + load (goal ≤ extraction) | " + " | ".join(f"{1000 * total:.1f}" for total in sums) + " |"


def _latencies(latency: queries.Latency) -> Iterator[str]:
    yield ""
    yield "## Queries (median)"
    yield ""
    yield "| query | ms |"
    yield "|---|---:|"
    for name, seconds in latency.named.items():
        yield f"| {name} | {1000 * seconds:.2f} |"
    yield f"| amounts of all fundings, in process | {1000 * latency.in_process:.2f} |"
    yield f"| the same over HTTP at /sparql | {1000 * latency.over_http:.2f} |"


def _growth(sizes: list[int]) -> Iterator[str]:
    """How all that grows with the number of acts."""
    if sizes:
        yield ""
        yield "## Growth (generated acts, facts alone; seconds of CPU, medians of queries in process)"
        yield ""
        yield scale.table([scale.alone(acts, latency=True) for acts in sizes])


if __name__ == "__main__":
    main()
