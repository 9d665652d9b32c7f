"""What it costs to keep who is who between runs: all documents at once, then a few one by one, into a file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from benchmarks.identities.corpus import Corpus
from extract.facts import DocumentFacts
from graph.resolve import Registry
from graph.resolve.incremental import KeptResolver, State

#: So many documents are taken in one by one, and out again.
_ONES = 50


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of one processor: for all but the last documents at once, each of those taken in, and out; bytes."""

    bulk: float
    added: tuple[float, ...]
    removed: tuple[float, ...]
    size: int

    def __str__(self) -> str:
        """In one line, as printed."""
        one, out = (f"{1000 * median(t):.0f} ms (at most {1000 * max(t):.0f})" for t in (self.added, self.removed))
        return f"kept: from nothing {self.bulk:.1f} s, one more act {one}, one less {out}; {self.size / 1e6:.0f} MB"


def measure(corpus: Corpus) -> Costs:
    """The costs on a corpus of more than fifty documents: of all that the resolution does, its commit left out.

    Time of one processor: what other programs of the machine do does not count.
    """
    digests = [facts.sha256 for facts in corpus.documents]
    first = len(digests) - _ONES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "identities.sqlite"
        with Registry(path) as registry:
            kept = _Kept(registry, {facts.sha256: facts for facts in corpus.documents})
            bulk = kept.resolve(digests[:first])
            added = [kept.resolve(digests[: first + number]) for number in range(1, _ONES + 1)]
            removed = [kept.resolve(digests[: len(digests) - number]) for number in range(1, _ONES + 1)]
            return Costs(bulk, tuple(added), tuple(removed), kept.state.path.stat().st_size if kept.state.path else 0)


@dataclass(frozen=True)
class _Kept:
    registry: Registry
    facts: dict[str, DocumentFacts]

    @cached_property
    def state(self) -> State:
        return State(self.registry)

    def resolve(self, digests: Sequence[str]) -> float:
        """Seconds of one processor that it takes to resolve these documents after those of the last call."""
        state = self.state
        with self.registry.transaction():
            begun = time.process_time()
            KeptResolver(state, self.registry, ()).resolve(dict.fromkeys(digests, ""), self.facts.__getitem__)
            return time.process_time() - begun
