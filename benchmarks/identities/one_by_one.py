"""What it costs to keep who is who between runs: all documents at once, then a few one by one, into a file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.identities.corpus import Corpus
from graph.resolve import Registry
from graph.resolve.incremental import Identities

#: So many documents are taken in one by one, and out again.
_ONES = 50


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds: for all but the last documents at once, for each of those taken in, and taken out; bytes of the file."""

    bulk: float
    added: tuple[float, ...]
    removed: tuple[float, ...]
    size: int

    def __str__(self) -> str:
        """In one line, as printed."""
        one, out = (f"{1000 * median(t):.0f} ms (at most {1000 * max(t):.0f})" for t in (self.added, self.removed))
        return f"kept: from nothing {self.bulk:.1f} s, one more act {one}, one less {out}; {self.size / 1e6:.0f} MB"


def measure(corpus: Corpus) -> Costs:
    """The costs on a corpus of more than fifty documents."""
    documents = corpus.documents
    known = {facts.sha256: facts for facts in documents}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "identities.sqlite"
        with Registry(path) as registry:
            identities = Identities(registry, known.__getitem__)
            bulk = _timed(lambda: identities.update(documents[:-_ONES]))
            added = [_timed(lambda facts=facts: identities.update([facts])) for facts in documents[-_ONES:]]
            removed = [
                _timed(lambda facts=facts: identities.update(remove=[facts.sha256])) for facts in documents[-_ONES:]
            ]
            return Costs(bulk, tuple(added), tuple(removed), path.stat().st_size)


def _timed(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun
