"""The whole extraction against the stock spaCy pipeline, on the same texts, in the same run, on one core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from benchmarks.clock import best
from extract import extract_source
from extract.read import read_file

ROOT = Path(__file__).parents[1]
MODEL = "fr_core_news_md"


@dataclass(frozen=True)
class Speed:
    """Documents per second of both, over `documents` texts of `characters` in all."""

    documents: int
    characters: int
    ours: float
    stock: float

    @property
    def ratio(self) -> float:
        """How many times faster than the stock pipeline."""
        return self.ours / self.stock


def texts() -> list[Path]:
    """The acts at hand, as text."""
    folders = (ROOT / "samples", ROOT / "tests/acts/dijon-template/dev", ROOT.parent / "shared/seeds")
    return [path for folder in folders for path in sorted(folder.glob("*.txt"))]


def measure(paths: Sequence[Path]) -> Speed:
    """Read each file from disk and extract it, against the stock pipeline on the text alone."""
    sources = [read_file(path) for path in paths]
    stock = spacy.load(MODEL)

    def ours() -> None:
        for path in paths:
            extract_source(read_file(path))

    def theirs() -> None:
        for _ in stock.pipe(source.text for source in sources):
            pass

    ours()  # both have their data loaded before the clock runs
    theirs()
    count = len(paths)
    return Speed(count, sum(len(source.text) for source in sources), count / best(ours), count / best(theirs, 3))
