"""The whole extraction against the stock spaCy pipeline, on the same texts, in the same run, on one core."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import spacy

from benchmarks.clock import best
from benchmarks.corpus.act import Document, documents
from benchmarks.corpus.paper import printed
from extract import extract_source
from extract.read import read_bytes, read_file

ROOT = Path(__file__).parents[1]
MODEL = "fr_core_news_md"
#: Documents of the corpus among which some of each layout are found.
_DRAWN = 2_000


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


@dataclass(frozen=True)
class Layout:
    """What reading costs in one layout: documents, acts and characters in all, seconds of CPU."""

    name: str
    documents: int
    acts: int
    characters: int
    seconds: float


def by_layout(each: int = 12, seed: int = 1) -> list[Layout]:
    """The layouts of :mod:`benchmarks.corpus`, ``each`` documents of one, as text, then as many printed to PDF."""
    drawn: dict[str, list[Document]] = {}
    for made in islice(documents(_DRAWN, seed), _DRAWN):
        kept = drawn.setdefault(made.layout, [])
        if len(kept) < each:
            kept.append(made)
    found = [_layout(name, [(f"{m.name}.txt", m.text.encode()) for m in made]) for name, made in sorted(drawn.items())]
    paper = [(f"{m.name}.pdf", printed(m.text)) for made in drawn.values() for m in made[:2]]
    return [*found, _layout("the same, two of each printed to PDF", paper)]


def _layout(name: str, files: Sequence[tuple[str, bytes]]) -> Layout:
    read = [extract_source(read_bytes(*file)) for file in files]  # what is loaded once is loaded
    begun = time.process_time()
    for file in files:
        extract_source(read_bytes(*file))
    spent = time.process_time() - begun
    acts, characters = sum(len(facts.acts) for facts in read), sum(len(facts.text) for facts in read)
    return Layout(name, len(files), acts, characters, spent)


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
