"""Facts → the graphs to publish: resolve, map and gate, until what is left passes.

A quarantined document must influence nothing that is published, neither who is merged with whom nor which IRI is
minted first. So what was resolved with it is taken back, and the others are resolved again without it.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap

from rdflib import Graph

from extract.facts import DocumentFacts
from graph.mapping import map_document, map_identities
from graph.resolve import Judgement, Registry, Resolution
from graph.resolve.incremental import KeptResolver, State, StateError
from service.ingest.report import Progress, Watcher
from shapes.gate import Report, check


@dataclass(frozen=True)
class Candidate:
    """A document to publish: its facts, every base name its content came under, and what changes with the facts."""

    facts: DocumentFacts
    names: tuple[str, ...]
    stamp: str


@dataclass(frozen=True)
class Gated:
    """A document that went through the gate: its graph and the report on it."""

    candidate: Candidate
    graph: Graph
    report: Report


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

    ``gate`` judges graphs of documents, each with the identities it names, in their order; it may look ahead.
    """

    base: str
    threshold: float
    gate: Callable[[Iterable[tuple[Graph, Graph]]], Iterator[Report]] = lambda pairs: starmap(check, pairs)


def settle(
    candidates: Sequence[Candidate], registry: Registry, judgements: Sequence[Judgement], terms: Terms, watch: Watcher
) -> Settled:
    """Resolve, map and gate the candidates; keys are minted for what passes only.

    What is remembered of the last resolution is used, and forgotten where it turns out to be damaged.
    """
    held: list[Gated] = []
    seconds = {"resolve": 0.0, "map": 0.0, "gate": 0.0}
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
    facts = {candidate.facts.sha256: candidate.facts for candidate in candidates}
    resolution = resolve({candidate.facts.sha256: candidate.stamp for candidate in candidates}, facts.__getitem__)
    watch(Progress("resolve", len(candidates), len(candidates)))
    seconds["resolve"] += time.perf_counter() - begun
    attempt = Settled(resolution, [])
    begun, mapped = time.perf_counter(), seconds["map"]
    for gated in _gated(candidates, resolution, terms, watch, seconds):
        (attempt.passed if gated.report.conforms else attempt.held).append(gated)
    seconds["gate"] += time.perf_counter() - begun - (seconds["map"] - mapped)
    if attempt.held:
        raise _Held(attempt)
    return attempt


def _gated(
    candidates: Sequence[Candidate], resolution: Resolution, terms: Terms, watch: Watcher, seconds: dict[str, float]
) -> Iterator[Gated]:
    """Map and judge the candidates, in their order."""
    graphs: deque[Graph] = deque()

    def pairs() -> Iterator[tuple[Graph, Graph]]:
        for count, candidate in enumerate(candidates, start=1):
            begun = time.perf_counter()
            graphs.append(map_document(candidate.facts, resolution, terms.base, candidate.names, terms.threshold))
            identities = map_identities(resolution, [candidate.facts.sha256], terms.base)
            seconds["map"] += time.perf_counter() - begun
            yield graphs[-1], identities
            watch(Progress("gate", count, len(candidates), candidate.facts.file_name))

    for candidate, report in zip(candidates, terms.gate(pairs()), strict=True):
        yield Gated(candidate, graphs.popleft(), report)
