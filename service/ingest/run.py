"""One ingest, from paths to the live release. Use :func:`service.ingest.ingest`."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from extract import EXTRACTOR
from graph.curation import audit
from graph.iri import dockey
from graph.registers import INDEX, RegisterIndex, RegisterMatch, reconcile
from graph.release import (
    BuildOptions,
    Identities,
    Later,
    Piece,
    Published,
    Release,
    ReleaseError,
    build,
    current,
    rolled_back,
)
from graph.remembered import forget
from graph.resolve import Registry, Resolution, read_judgements
from graph.resolve.judgement import Judgements
from graph.whole import Whole
from graph.whole import kept as kept_whole
from ontology.terms import ONTOLOGY_IRI
from service.ingest.archive import ArchiveLimits
from service.ingest.checked import checked
from service.ingest.documents import DocumentStore
from service.ingest.further import further_graphs, vocabulary
from service.ingest.intake import Doors, Received, receive
from service.ingest.lock import writing
from service.ingest.mapped import Mapped, mapped
from service.ingest.quarantine import Quarantine
from service.ingest.reading import Readers, read_all, readers_here
from service.ingest.removals import Removals
from service.ingest.report import Document, IngestReport, Offered, Progress, Watcher
from service.ingest.seen import seen
from service.ingest.settle import PREPARED, Candidate, Gated, Terms, settle
from service.ingest.sources import Limits
from service.ingest.verdicts import Gate, judged_here, verdicts
from service.prepared import questions
from service.settings import Settings

#: Stage: the graphs of the whole, who is who among them, are made.
WHOLE: Final = "load: whole"
#: Objects made and not freed after which the garbage collector looks at the youngest (Python's own: 700).
_OBJECTS: Final = 50_000


@dataclass(frozen=True)
class Crew:
    """Who reads documents and judges graphs: this machine, or a cluster."""

    read: Readers
    judge: Gate


def run(
    paths: Iterable[Path],
    settings: Settings,
    watch: Watcher,
    *,
    wait: float,
    take_back: bool,
    fresh: bool,
    scheduler: str | None,
) -> IngestReport:
    """The whole ingest, alone on its data directory. Raises DataDirectoryBusy, ReleaseError, ClusterError, OSError."""
    with _crew(settings, scheduler) as crew, at_work(settings, wait) as doors:
        return take_in(paths, replace(doors, take_back=take_back, fresh=fresh), settings, watch, crew)


@contextmanager
def _crew(settings: Settings, scheduler: str | None) -> Iterator[Crew]:
    """The processes of this machine, or the workers of a dask scheduler. Raises ClusterError."""
    if scheduler is None:
        yield _here(settings)
        return
    from service.ingest.cluster import connected

    with connected(scheduler) as cluster:
        yield Crew(lambda tasks: cluster.read(tasks, settings.extract_timeout), cluster.judge)


def _here(settings: Settings) -> Crew:
    return Crew(readers_here(settings.workers, settings.extract_timeout), judged_here)


@contextmanager
def at_work(settings: Settings, wait: float) -> Iterator[Doors]:
    """Alone on the data directory, once what a killed writer left is put in order. Raises DataDirectoryBusy."""
    with writing(settings.data, wait=wait), seen(settings.data) as read_before, checked(settings.data) as good:
        store = DocumentStore(settings.data, good)
        store.sweep_partial()
        removals = Removals(settings.data, store)
        removals.complete()
        yield Doors(store, removals, _limits(settings), seen=read_before)


def take_in(
    paths: Iterable[Path], doors: Doors, settings: Settings, watch: Watcher, crew: Crew | None = None
) -> IngestReport:
    """Take documents in, read them, publish; within :func:`at_work`. Raises ReleaseError, ClusterError, OSError."""
    store, report, crew = doors.store, IngestReport(), crew or _here(settings)
    known = set(map(dockey, store.digests()))
    with _timed(report, "collect"):
        received = receive(paths, doors, watch)
    with _timed(report, "read"):
        report.new = read_all(received, store, EXTRACTOR, readers=crew.read, watch=watch)
    report.received = len(received.names)
    report.refused, report.ignored = sorted(received.refused), received.ignored
    report.kept_out, report.back = sorted(received.kept_out), received.back
    _publish(doors, settings, watch, report, crew.judge)
    report.offered = _offered(received, report, known)
    store.sweep()
    doors.removals.purge()
    return report


def _offered(received: Received, report: IngestReport, known: set[str]) -> list[Offered]:
    """What was offered and could be read; the same content under two names is told under each."""
    read = {document.key for document in (*report.published, *report.quarantined)}
    return sorted(
        Offered(shown, key, key in known)
        for sha256, names in received.shown.items()
        if (key := dockey(sha256)) in read
        for shown in names
    )


def _limits(settings: Settings) -> Limits:
    archive = ArchiveLimits(settings.max_archive_files, settings.max_archive_bytes, settings.max_archive_ratio)
    return Limits(settings.max_file_bytes, archive)


@contextmanager
def _timed(report: IngestReport, stage: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    report.seconds[stage] = time.perf_counter() - begun


@contextmanager
def _lasting() -> Iterator[None]:
    """Keep the garbage collector from walking through all that is held again and again while graphs are made of it.

    What is made for a document and goes with it is looked for every dozen documents or so.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def _publish(doors: Doors, settings: Settings, watch: Watcher, report: IngestReport, judge: Gate) -> None:
    """Settle all documents of the store, hold back what does not pass, release the rest."""
    live, store, quarantine = _live(settings, report), doors.store, Quarantine(settings.data)
    candidates = list(_candidates(store))
    if not candidates and live is None:
        quarantine.release(())
        return
    with (
        mapped(settings.data, (settings.base, settings.publish_threshold), fresh=doors.fresh) as kept,
        kept_whole(settings.data / "cache", settings.base, fresh=doors.fresh) as db,
    ):
        whole = Whole(db, settings.base)
        (passed, held), identities, further = _settled(candidates, settings, watch, report, (judge, kept, whole))
        for gated in held:
            quarantine.hold(gated.candidate.read(), gated.report, store.raw_path(gated.candidate.sha256))
        report.quarantined = _documents(held)
        quarantine.release({dockey(gated.candidate.sha256) for gated in held})
        if not passed and live is None:
            return
        watch(Progress("release", 0, 1))
        with _timed(report, "load"), _lasting():
            options = _options(settings, further, doors)
            release = build(settings.data, map(_published, passed), identities, options)
    report.seconds["load"] += report.seconds[PREPARED] + report.seconds[WHOLE]
    report.seconds |= {f"load: {stage}": seconds for stage, seconds in options.seconds.items()}
    watch(Progress("release", 1, 1, release.id))
    report.release, report.changed = release.id, live is None or live.id != release.id
    report.published = _documents(passed)
    report.to_review = _to_review(passed)


def _settled(
    candidates: Sequence[Candidate],
    settings: Settings,
    watch: Watcher,
    report: IngestReport,
    made_with: tuple[Gate, Mapped, Whole],
) -> tuple[tuple[list[Gated], list[Gated]], Identities, dict[str, Piece]]:
    """What passes and what is held back, who is who in it, and the further graphs to publish.

    Of the resolution, which remembers much, and the graphs of the whole no more is kept than what is published.
    """
    judge, kept, whole = made_with
    judgements = read_judgements(settings.data / "curation" / "judgements.jsonl")
    with _lasting(), Registry(settings.data / "identities.sqlite") as registry:
        with verdicts(settings.data, judge) as gate:
            terms = Terms(settings.base, settings.publish_threshold, gate, kept)
            settled = settle(candidates, registry, judgements, terms, watch)
            gate.forget()
            kept.forget()
        judged = Judgements(judgements, registry)
        facts = (gated.candidate.read() for gated in settled.passed)
        findings = audit(judged, settled.resolution, facts, terms.threshold)
        begun = time.perf_counter()
        registers = _registered(settled.resolution, settings.data / INDEX)
        whole.update(settled.resolution, [gated.saying for gated in settled.passed], registers)
        pieces = further_graphs(settled.resolution, judged, findings, whole, settings.base)
    who, pieces[ONTOLOGY_IRI] = whole.identities(), vocabulary()
    settled.seconds[WHOLE] = time.perf_counter() - begun
    forget()
    report.curation = [str(finding) for finding in findings]
    report.english = _english((*settled.held, *settled.passed))
    report.seconds |= settled.seconds
    return (settled.passed, settled.held), who, pieces


def _live(settings: Settings, report: IngestReport) -> Release | None:
    """The live release; one that is damaged, or that somebody went back to, is replaced, and that is told."""
    if (older := rolled_back(settings.data)) is not None:
        report.notices.append(
            f"la version {older} avait été remise en ligne (rollback) ; tout ce qui est reçu est publié de nouveau."
            " Pour écarter un document : delibgraph remove."
        )
    try:
        return current(settings.data)
    except ReleaseError as error:
        report.notices.append(f"la version en ligne était abîmée, elle est remplacée : {error}")
        return None


def _candidates(store: DocumentStore) -> Iterator[Candidate]:
    """Every document of the store that has valid facts, in the order of their hashes."""
    reader = partial(store.good_facts, extractor=EXTRACTOR)
    for record in store.records():
        if store.is_read(record.sha256, EXTRACTOR):
            yield Candidate(record.sha256, record.names, store.stamp(record.sha256), reader)


def _registered(resolution: Resolution, index: Path) -> tuple[RegisterMatch, ...]:
    """The numbers that the owner's registers give."""
    if not index.exists():
        return ()
    with RegisterIndex(index) as registers:
        return reconcile(resolution, registers)


def _options(settings: Settings, further: dict[str, Piece], doors: Doors) -> BuildOptions:
    return BuildOptions(
        base=settings.base,
        keep=settings.keep_releases,
        removed=doors.removals.gone(),
        extra=further,
        versions={"delibgraph": version("delibgraph")},
        fresh=doors.fresh,
        questions=questions(),
    )


def _published(gated: Gated) -> Published:
    candidate = gated.candidate
    return Published(Later(candidate.sha256, candidate.read), gated.whole.prepared, None, candidate.names)


def _to_review(passed: Iterable[Gated]) -> int:
    """How many readings await review; one that two copies of an act give is one."""
    return len({reading for gated in passed for reading in gated.made.readings})


def _english(gated: Iterable[Gated]) -> dict[str, str]:
    """The findings of the gate in English, by the French ones."""
    results = (result for item in gated for result in item.report.results)
    return {result.message_fr: result.message_en for result in results}


def _documents(gated: Sequence[Gated]) -> list[Document]:
    return [
        Document(
            file=item.candidate.name,
            key=dockey(item.candidate.sha256),
            violations=tuple(result.message_fr for result in item.report.violations),
            warnings=tuple(result.message_fr for result in item.report.warnings),
        )
        for item in gated
    ]
