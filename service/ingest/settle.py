"""Facts → the graphs to publish: resolve, map and gate, until what is left passes.

A quarantined document must influence nothing that is published, neither who is merged with whom nor which IRI is
minted first. So what was resolved with it is taken back, and the others are resolved again without it.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rdflib import Graph

from extract.facts import DocumentFacts
from graph.iri import Iris, dockey
from graph.mapping import map_document, map_identities
from graph.mapping.footprint import Footprint, Stamps
from graph.release import Prepared
from graph.remembered import forget
from graph.resolve import Judgement, Registry, Resolution
from graph.resolve.incremental import KeptResolver, State, StateError
from graph.whole import Saying, Told
from ontology.terms import DG, RDF
from service.ingest.made import Made, Origin, Whole
from service.ingest.mapped import Mapped
from service.ingest.report import Progress, Watcher
from service.ingest.verdicts import Pair, Verdict, Verdicts
from shapes.gate import Report

#: Stage: what the release takes of each document that passes is made, packed and kept.
PREPARED: Final = "load: prepared"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document to publish: its SHA-256, every base name its content came under, what changes with its facts.

    ``reader`` reads the facts of a document by its SHA-256 and name, which only what is new needs: one for all.
    """

    sha256: str
    names: tuple[str, ...]
    stamp: str
    reader: Callable[[str, str], DocumentFacts]

    @property
    def name(self) -> str:
        """The name it is published under."""
        return self.names[0]

    def read(self) -> DocumentFacts:
        """Its facts, read now. Raises RecordError."""
        return self.reader(self.sha256, self.name)


@dataclass(frozen=True, slots=True)
class Gated:
    """A document that went through the gate: what it came to."""

    candidate: Candidate
    made: Made

    @property
    def report(self) -> Report:
        """What the gate said of it."""
        return self.made.report

    @property
    def whole(self) -> Whole:
        """What is published of it, read now; it has passed. Raises ReleaseError."""
        if self.made.whole is None:
            raise ValueError(f"{self.candidate.sha256} did not pass the gate")
        return self.made.whole()

    @property
    def saying(self) -> Saying:
        """What it says of the whole; it has passed."""
        return Saying(self.candidate.sha256, self.made.key, self.made.told or (lambda: self.whole.told))


@dataclass
class Settled:
    """What passes, with the resolution of exactly that, and what is held back. `seconds` by stage."""

    resolution: Resolution
    passed: list[Gated]
    held: list[Gated] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class _Held(Exception):
    """Some documents do not pass: undo what was minted with them."""

    def __init__(self, attempt: Settled) -> None:
        super().__init__()
        self.attempt = attempt


@dataclass(frozen=True)
class Terms:
    """What publication depends on beside facts and curation: base of the IRIs, confidence an award must reach.

    ``gate`` judges graphs of documents, each with the identities it names, in their order; it may look ahead. ``kept``
    has what documents came to before.
    """

    base: str
    threshold: float
    gate: Verdicts
    kept: Mapped


def settle(
    candidates: Sequence[Candidate], registry: Registry, judgements: Sequence[Judgement], terms: Terms, watch: Watcher
) -> Settled:
    """Resolve, map and gate the candidates; keys are minted for what passes only.

    What is remembered of the last resolution is used, and forgotten where it turns out to be damaged.
    """
    held: list[Gated] = []
    seconds = {"resolve": 0.0, "map": 0.0, "gate": 0.0, PREPARED: 0.0}
    state = State(registry)
    is_new = False
    while True:
        try:
            with registry.transaction():
                resolve = KeptResolver(state, registry, judgements).resolve
                settled = _attempt(candidates, resolve, terms, watch, seconds)
        except _Held as undone:
            held += undone.attempt.held
            candidates = [gated.candidate for gated in undone.attempt.passed]
        except (StateError, sqlite3.DatabaseError) as error:
            if is_new or isinstance(error, sqlite3.OperationalError):
                raise
            is_new = True
            state.forget()
        else:
            settled.held, settled.seconds = held, seconds
            return settled


def _attempt(
    candidates: Sequence[Candidate],
    resolve: Callable[[Mapping[str, str], Callable[[str], DocumentFacts]], Resolution],
    terms: Terms,
    watch: Watcher,
    seconds: dict[str, float],
) -> Settled:
    begun = time.perf_counter()
    watch(Progress("resolve", 0, len(candidates)))
    known = {candidate.sha256: candidate for candidate in candidates}
    stamps = {candidate.sha256: candidate.stamp for candidate in candidates}
    resolution = resolve(stamps, lambda digest: known[digest].read())
    watch(Progress("resolve", len(candidates), len(candidates)))
    forget()  # names were compared, and are no more: the gate asks other things
    seconds["resolve"] += time.perf_counter() - begun
    attempt = Settled(resolution, [])
    begun, others = time.perf_counter(), seconds["map"] + seconds[PREPARED]
    for gated in _gated(candidates, resolution, terms, watch, seconds):
        (attempt.passed if gated.report.conforms else attempt.held).append(gated)
    seconds["gate"] += time.perf_counter() - begun - (seconds["map"] + seconds[PREPARED] - others)
    if attempt.held:
        raise _Held(attempt)
    return attempt


@dataclass(frozen=True)
class _Open:
    """A document under way: what was looked up for it, its facts and graph; of one known already, what it came to."""

    candidate: Candidate
    origin: Origin
    seen: tuple[str, ...] = ()
    facts: DocumentFacts | None = None
    graph: Graph | None = None
    told: Told = field(default_factory=Told)
    made: Made | None = None


def _gated(
    candidates: Sequence[Candidate], resolution: Resolution, terms: Terms, watch: Watcher, seconds: dict[str, float]
) -> Iterator[Gated]:
    """Map and judge the candidates, in their order, but for those that came to something before and did not change."""
    under_way: deque[_Open] = deque()
    stamps, alone, iris = Stamps(resolution), len(candidates) == 1, Iris(terms.base)

    def pairs() -> Iterator[Pair]:
        for count, candidate in enumerate(candidates, start=1):
            begun = time.perf_counter()
            origin = Origin(candidate.sha256, candidate.stamp, candidate.names)
            if (made := terms.kept.find(origin, stamps, alone=alone)) is not None:
                terms.gate.still(made.verdict)
                under_way.append(_Open(candidate, origin, made=made))
                seconds["map"] += time.perf_counter() - begun
            else:
                footprint = Footprint(resolution)
                facts = candidate.read()
                graph, identities = _mapped(facts, candidate.names, footprint.resolution, terms)
                told = Told.of(facts, resolution, terms.threshold)
                under_way.append(_Open(candidate, origin, tuple(sorted(footprint.seen)), facts, graph, told))
                seconds["map"] += time.perf_counter() - begun
                yield Pair(graph, identities, str(iris.graph(dockey(candidate.sha256))))
            watch(Progress("gate", count, len(candidates), candidate.name))

    for verdict in terms.gate.judge(pairs()):
        yield from _known(under_way)
        begun = time.perf_counter()
        gated = _made(under_way.popleft(), verdict, terms, stamps, alone=alone)
        seconds[PREPARED] += time.perf_counter() - begun
        yield gated
    yield from _known(under_way)


def _known(under_way: deque[_Open]) -> Iterator[Gated]:
    """Those at the head that are not judged."""
    while under_way and (made := under_way[0].made) is not None:
        yield Gated(under_way.popleft().candidate, made)


def _mapped(facts: DocumentFacts, names: Sequence[str], resolution: Resolution, terms: Terms) -> tuple[Graph, Graph]:
    graph = map_document(facts, resolution, terms.base, names, terms.threshold)
    return graph, map_identities(resolution, [facts.sha256], terms.base)


def _made(document: _Open, verdict: Verdict, terms: Terms, stamps: Stamps, *, alone: bool) -> Gated:
    """What a document came to, remembered where it passes."""
    facts, graph, report, candidate = document.facts, document.graph, verdict.report, document.candidate
    if facts is None or graph is None or not report.conforms:
        return Gated(candidate, Made(report, (), verdict.key, None))
    found = report.graph if report.results else None
    prepared = Prepared.of(facts, graph, found, terms.base, candidate.names, lines=verdict.lines)
    whole = Whole(prepared, document.told)
    made = Made(report, _readings(graph), verdict.key, lambda: whole)
    return Gated(candidate, terms.kept.keep(document.origin, document.seen, made, whole, stamps, alone=alone))


def _readings(graph: Graph) -> tuple[str, ...]:
    """The readings that await review."""
    is_a, reading = RDF.type, DG.FundingToReview
    return tuple(sorted(str(node) for node, link, kind in graph if link == is_a and kind == reading))
