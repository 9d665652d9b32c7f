"""``make bench``: measures, prints a table, writes docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import extraction, queries
from service.ingest import ingest
from service.settings import Settings

REPORT = extraction.ROOT / "docs" / "benchmarks.md"
STAGES = ("resolve", "map", "gate", "load")
#: DESIGN §11.
RATIO_GOAL = 4.0


def main() -> None:
    """Measure everything, once."""
    paths = extraction.texts()
    speed = extraction.measure(paths)
    with tempfile.TemporaryDirectory(prefix="delibgraph-bench-") as folder:
        data = Path(folder)
        report = ingest(paths, Settings(data=data))
        latency = queries.measure(data)
    lines = [*_head(speed), *_stages(speed, report.seconds, len(report.published)), *_latencies(latency)]
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


def _stages(speed: extraction.Speed, seconds: dict[str, float], documents: int) -> Iterator[str]:
    yield ""
    yield f"## Facts to release ({documents} documents)"
    yield ""
    yield "| stage | ms a document |"
    yield "|---|---:|"
    yield f"| extraction, for comparison | {1000 / speed.ours:.1f} |"
    for stage in STAGES:
        yield f"| {stage} | {1000 * seconds[stage] / documents:.1f} |"
    beyond = sum(seconds[stage] for stage in STAGES[1:]) / documents
    yield f"| map + gate + load (goal ≤ extraction) | {1000 * beyond:.1f} |"


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


if __name__ == "__main__":
    main()
