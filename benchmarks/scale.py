"""How time, memory and storage grow with the number of acts: ``python -m benchmarks.scale --acts 1000 10000 30000``.

The acts are those of :mod:`benchmarks.register`, facts alone: extraction is measured by ``benchmarks.bench``. Each
size runs in a process of its own, by the stages of an ingest: facts lie in files and are read where they are needed,
documents are mapped one at a time. The gate judges a sample. ``peak`` is the most that was resident in a stage. Seconds
are of CPU: others may use the machine too. ``--latency`` asks the release each named query as well, in process, and one
over HTTP. Figures: docs/scale.md.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks import queries
from benchmarks.register import BASE, THRESHOLD, documents
from extract.facts import DocumentFacts
from graph.mapping import map_document, map_identities
from graph.release import BuildOptions, Published, Release, build
from graph.resolve import Registry, Resolution
from graph.resolve.incremental import KeptResolver, State
from service.prepared import questions
from shapes.gate import check

_SAMPLE = 200
_MB = 1e6


@dataclass
class Gauge:
    """CPU seconds and peak of resident memory (MB) by stage. Linux only: reads and resets ``/proc/self``."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done in the block."""
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        begun = time.process_time()
        yield
        self.seconds[name] = time.process_time() - begun
        self.peak[name] = _peak()


@contextmanager
def _of_cpu() -> Iterator[None]:
    """The stages of a release are timed by the clock: let it be that of the processor."""
    clock = time.perf_counter
    time.perf_counter = time.process_time
    try:
        yield
    finally:
        time.perf_counter = clock


def _peak() -> float:
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in told.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / _MB


def measure(data: Path, acts: int, *, latency: bool = False) -> dict[str, dict[str, float]]:
    """``seconds`` and ``peak`` by stage, ``MB`` on the disk by part, ``counts``; milliseconds by query if asked for."""
    gauge = Gauge()
    with gauge.stage("facts"):
        made = _Facts.write(data / "facts", acts)
    gc.freeze()
    mapped: dict[str, float] = {"map": 0.0}
    with Registry(data / "identities.sqlite") as registry:
        state = State(registry)
        with gauge.stage("resolve"), registry.transaction():
            resolver = KeptResolver(state, registry, ())
            resolution = resolver.resolve(dict.fromkeys(made.digests, "1"), made.read)
        with gauge.stage("gate"):
            for digest in made.digests[:_SAMPLE]:
                _judge(made.read(digest), resolution)
        with gauge.stage("identities"):
            identities = map_identities(resolution, made.digests, BASE)
        with gauge.stage("release"), _of_cpu():
            options = BuildOptions(base=BASE, questions=questions())
            release = build(data, _published(made, resolution, mapped), identities, options)
    gauge.seconds["gate"] *= acts / min(acts, _SAMPLE)
    gauge.seconds["release"] -= mapped["map"]
    seconds = gauge.seconds | mapped | {f"release: {stage}": spent for stage, spent in options.seconds.items()}
    counts = {"acts": acts, "quads": release.manifest["counts"]["quads"]}
    found = {"seconds": seconds, "peak": gauge.peak, "MB": _sizes(data, release), "counts": counts}
    return found | {"latency": _latencies(data)} if latency else found


def _latencies(data: Path) -> dict[str, float]:
    """Milliseconds by query."""
    found = queries.measure(data)
    named = {f"query {name}": 1000 * seconds for name, seconds in found.named.items()}
    probe = {"amounts of all fundings, in process": found.in_process, "the same over HTTP": found.over_http}
    return named | {name: 1000 * seconds for name, seconds in probe.items()}


@dataclass(frozen=True)
class _Facts:
    """The facts of all acts, in files."""

    folder: Path
    digests: list[str]

    @classmethod
    def write(cls, folder: Path, acts: int) -> _Facts:
        folder.mkdir()
        digests = []
        for facts in documents(acts):
            (folder / facts.sha256).write_text(facts.model_dump_json(), encoding="utf-8")
            digests.append(facts.sha256)
        return cls(folder, digests)

    def read(self, digest: str) -> DocumentFacts:
        return DocumentFacts.model_validate_json((self.folder / digest).read_bytes())


def _judge(facts: DocumentFacts, resolution: Resolution) -> None:
    graph = map_document(facts, resolution, BASE, (facts.file_name,), THRESHOLD)
    check(graph, map_identities(resolution, [facts.sha256], BASE))


def _published(made: _Facts, resolution: Resolution, spent: dict[str, float]) -> Iterator[Published]:
    for facts in map(made.read, sorted(made.digests)):
        begun = time.process_time()
        graph = map_document(facts, resolution, BASE, (facts.file_name,), THRESHOLD)
        spent["map"] += time.process_time() - begun
        yield Published(facts, graph, None, (facts.file_name,))


def _sizes(data: Path, release: Release) -> dict[str, float]:
    """What lies on the disk, by part; the facts as JSON are counted by their texts alone."""
    parts = [*release.path.iterdir(), *data.glob("*.sqlite")]
    return {part.name: sum(each.stat().st_size for each in _files(part)) / _MB for part in sorted(parts)}


def _files(path: Path) -> Iterator[Path]:
    yield from (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else (path,)


def table(found: list[dict[str, dict[str, float]]]) -> str:
    """A column a size, a row a figure; then what each act costs: of the largest size, of memory what it adds."""
    acts = [each["counts"]["acts"] for each in found]
    last, added = acts[-1], acts[-1] - acts[0] or acts[-1]
    lines = [
        f"| | {' | '.join(f'{count:,.0f} acts' for count in acts)} | each act |",
        "|---|" + "---:|" * (len(acts) + 1),
    ]
    units = {"seconds": (" (CPU s)", 1e3, " ms"), "peak": (" (peak MB)", 1e3, " kB")}
    units |= {"MB": (" (MB)", 1e3, " kB"), "counts": ("", 1.0, ""), "latency": (" (ms)", 0.0, "")}
    for group, (unit, scale, each_unit) in units.items():
        for name, whole in found[-1].get(group, {}).items():
            cells = [f"{each[group].get(name, 0):,.1f}" for each in found]
            before = found[0][group].get(name, 0) if group == "peak" and len(found) > 1 else 0
            one = (whole - before) * scale / (added if group == "peak" else last)
            lines.append(f"| {name}{unit} | {' | '.join(cells)} | {f'{one:,.2f}{each_unit}' if scale else ''} |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure each size in a new process, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--json", type=Path, help="add a line for each size to this file, as soon as it is known")
    parser.add_argument("--latency", action="store_true", help="of each named query, too")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        with TemporaryDirectory() as folder:
            sys.stdout.buffer.write(orjson.dumps(measure(Path(folder), asked.acts[0], latency=asked.latency)))
        return
    found = []
    for acts in asked.acts:
        found.append(alone(acts, latency=asked.latency))
        if asked.json:
            with asked.json.open("ab") as kept:
                kept.write(orjson.dumps(found[-1]) + b"\n")
    sys.stdout.write(f"{table(found)}\n")


def alone(acts: int, *, latency: bool) -> dict[str, dict[str, float]]:
    """What :func:`measure` gives in a new process."""
    command = [sys.executable, "-m", "benchmarks.scale", "--one", "--acts", str(acts)]
    command += ["--latency"] if latency else []
    line = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603 (this very module)
    found: dict[str, dict[str, float]] = orjson.loads(line)
    return found


if __name__ == "__main__":
    main()
