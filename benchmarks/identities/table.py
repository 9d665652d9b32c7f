"""The scores of who is who as lines of Markdown, for the command line and for ``make bench``."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.identities import baseline, one_by_one
from benchmarks.identities.corpus import Corpus, Mention, generate
from benchmarks.identities.measure import b_cubed, pairs
from benchmarks.identities.pairs import SETS, alike, load, score
from graph.resolve import Registry, Resolution, resolve

TYPES = ("person", "organisation")


class Scores:
    """A generated corpus, resolved, with the time it took."""

    def __init__(self, acts: int, seed: int = 1) -> None:
        """``acts`` acts; the same seed gives the same corpus."""
        self.corpus = generate(acts, seed)
        begun = time.perf_counter()
        resolution = resolve(self.corpus.documents, Registry())
        self.seconds = time.perf_counter() - begun
        self.found = assigned(self.corpus, resolution)

    def truth(self, kind: str) -> dict[Mention, str]:
        """The true identity of each mention of a kind (:data:`TYPES`)."""
        return {m: identity for m, identity in self.corpus.truth.items() if m[1] == kind}

    def lines(self) -> Iterator[str]:
        """B³ and pairwise scores, beside those of a threshold on likeness."""
        corpus, plain = self.corpus, baseline.resolve(self.corpus)
        identities = len(set(corpus.truth.values()))
        yield f"{len(corpus.documents):,} acts, {len(corpus.truth):,} mentions, {identities:,} identities"
        yield f"resolved in {self.seconds:.1f} s"
        yield ""
        yield "| | | B³ P | B³ R | B³ F1 | pairs P | pairs R |"
        yield "|---|---|---:|---:|---:|---:|---:|"
        for kind in TYPES:
            truth = self.truth(kind)
            for name, found in (("delibgraph", self.found), (f"rapidfuzz ≥ {baseline.THRESHOLD:.0f}", plain)):
                cubed, paired = b_cubed(truth, found), pairs(truth, found)
                figures = (cubed.precision, cubed.recall, cubed.f1, paired.precision, paired.recall)
                yield f"| {kind} | {name} | " + " | ".join(f"{figure:.4f}" for figure in figures) + " |"

    def cost_lines(self) -> Iterator[str]:
        """What it costs to keep the identities of the corpus between runs."""
        yield str(one_by_one.measure(self.corpus))


def pair_lines() -> Iterator[str]:
    """The labelled pairs of ``tests/graph/pairs``."""
    yield "| | | pairs | precision | recall |"
    yield "|---|---|---:|---:|---:|"
    for file, ours in SETS.items():
        for name, decide in (("delibgraph", ours), (f"rapidfuzz ≥ {baseline.THRESHOLD:.0f}", alike)):
            found = score(file, decide)
            yield f"| {file} | {name} | {len(load(file))} | {found.precision:.4f} | {found.recall:.4f} |"


def assigned(corpus: Corpus, resolution: Resolution) -> dict[Mention, str]:
    """The key that the resolution gives each mention."""
    found: dict[Mention, str] = {}
    for document in corpus.documents:
        keys = resolution[document.sha256]
        session, act = keys.sessions[0], keys.acts[0]
        people = [(f"member {i}", key) for i, key in enumerate(session.members)]
        people += [("president", session.president or ""), ("secretary", session.secretary or "")]
        for place, key in people:
            found[document.sha256, "person", place] = f"person/{key}"
        for local, key in act.organisations.items():
            found[document.sha256, "organisation", local] = f"organisation/{key}"
    return found
