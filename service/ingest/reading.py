"""Documents → facts, on several processes, each document accepted as soon as it is read."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extract.errors import DocumentError
from service.ingest import pool
from service.ingest.documents import DocumentRecord, DocumentStore
from service.ingest.files import write_atomically
from service.ingest.intake import Received
from service.ingest.report import Progress, Refusal, Watcher

if TYPE_CHECKING:
    from extract.facts import DocumentFacts

Item = TypeVar("Item")

#: What takes some four seconds to load (spaCy's French tokenizer compiles its patterns) is loaded once for all readers.
READY = "service.ingest.ready"
#: One more reader, forked from there, costs about what it takes to read this many acts.
_WORTH_A_READER = 10


@dataclass(frozen=True)
class ReadingTask:
    """One document to read: its bytes are at `raw`, its facts go to `facts`; `name` is its base name.

    `extractor` is the version of the reader that the ingest began with.
    """

    sha256: str
    name: str
    extractor: str
    raw: Path
    facts: Path


def read_document(task: ReadingTask) -> str:
    """Read one document and write its facts; returns its media type. Raises DocumentError. Runs in a worker."""
    facts = _read((task.name, task.raw.read_bytes()))
    if facts.extractor != task.extractor:
        raise DocumentError(task.name, "delibgraph a été mis à jour pendant la lecture", "Relancez la commande.")
    write_atomically(task.facts, facts.model_dump_json().encode())
    return facts.media_type


def read_alone(path: Path, timeout: float) -> DocumentFacts:
    """The facts of one document, which are kept nowhere; it has ``timeout`` seconds. Raises DocumentError.

    Its bytes are taken here: what a shell gives as a file (/dev/fd/63) is one in this process alone.
    """
    from extract.read import content

    task = (path.name, content(path))
    [outcome] = pool.run(_read, [task], workers=1, timeout=timeout, ready=READY)
    if isinstance(outcome, pool.Done):
        return outcome.value
    if isinstance(outcome, pool.Refused):
        raise outcome.error
    reason, remedy = _failure(outcome)
    raise DocumentError(path.name, reason, remedy)


def _read(document: tuple[str, bytes]) -> DocumentFacts:
    """The facts of a document by its name and its bytes, whose size was looked at. Raises DocumentError.

    Runs in a worker.
    """
    from extract import extract_source
    from extract.read import read_bytes

    name, content = document
    return extract_source(read_bytes(name, content, max_bytes=len(content)))


#: Reads documents and writes their facts; the outcomes come as they are ready.
Readers = Callable[[Sequence[ReadingTask]], Iterable[pool.Outcome[ReadingTask, str]]]


def readers_here(workers: int, timeout: float) -> Readers:
    """Processes of this machine; `workers` 0 means one a core, where the documents are many enough."""

    def read(tasks: Sequence[ReadingTask]) -> Iterable[pool.Outcome[ReadingTask, str]]:
        crew = workers or min(os.cpu_count() or 1, 1 + len(tasks) // _WORTH_A_READER)
        return pool.run(read_document, tasks, workers=max(1, min(crew, len(tasks))), timeout=timeout, ready=READY)

    return read


def read_all(received: Received, store: DocumentStore, extractor: str, *, readers: Readers, watch: Watcher) -> int:
    """Read what has no valid facts yet, among the documents received and those already in the store.

    Each document is accepted as soon as it is read, so that a killed ingest is resumed, not begun again. Refusals are
    added to `received`. Returns the number of documents that are new to the dataset.
    """
    tasks, new = [], 0
    for sha256 in sorted({*store.digests(), *received.names}):
        record = store.record(sha256)
        names = _names(record, received.names.get(sha256, set()))
        is_read = store.is_read(sha256, extractor)
        if is_read and record is not None and record.names == names:
            continue
        task = ReadingTask(sha256, names[0], extractor, store.raw_path(sha256), store.facts_path(sha256))
        if not is_read:
            tasks.append(task)
        elif record is not None:
            store.accept(_record(task, names, record.media_type, record))
        elif (facts := store.facts(sha256, names[0], extractor)) is not None:
            new += 1
            store.accept(_record(task, names, facts.media_type, record))
    for count, outcome in enumerate(readers(tasks), start=1):
        task = outcome.item
        if isinstance(outcome, pool.Done):
            record = store.record(task.sha256)
            new += record is None
            names = _names(record, received.names.get(task.sha256, set()))
            store.accept(_record(task, names, outcome.value, record))
        else:
            received.refused.append(_refusal(outcome, received.shown.get(task.sha256, [task.name])[0]))
        watch(Progress("read", count, len(tasks), task.name))
    return new


def _names(record: DocumentRecord | None, given: set[str]) -> tuple[str, ...]:
    return tuple(sorted({*(record.names if record else ()), *given}))


def _record(
    task: ReadingTask, names: tuple[str, ...], media_type: str, before: DocumentRecord | None
) -> DocumentRecord:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return DocumentRecord(
        sha256=task.sha256,
        names=names,
        media_type=media_type,
        size=task.raw.stat().st_size,
        first_seen=before.first_seen if before else now,
    )


def _refusal(outcome: pool.Refused[ReadingTask] | pool.Crashed[ReadingTask], shown: str) -> Refusal:
    if isinstance(outcome, pool.Refused):
        return Refusal(shown, outcome.error.reason, outcome.error.remedy)
    if outcome.timed_out:
        return Refusal(
            shown,
            "lecture abandonnée, trop longue",
            "Vérifiez le document, ou relevez DELIBGRAPH_EXTRACT_TIMEOUT.",
        )
    if _starved(outcome):
        return Refusal(
            shown,
            "la lecture a manqué de mémoire",
            "Donnez plus de mémoire, ou lisez moins de documents à la fois (--workers 1) ; les autres sont publiés.",
        )
    return Refusal(
        shown,
        f"la lecture s'est arrêtée net ({_cause(outcome)})",
        "C'est un défaut de delibgraph : signalez-le avec ce document ; les autres sont publiés.",
    )


def _failure(crash: pool.Crashed[Item]) -> tuple[str, str]:
    """Why a document read alone was not read, that did not refuse itself, and what to do."""
    if crash.timed_out:
        return "lecture abandonnée, trop longue", "Vérifiez le document, ou relevez DELIBGRAPH_EXTRACT_TIMEOUT."
    if _starved(crash):
        return "la lecture a manqué de mémoire", "Donnez plus de mémoire."
    told = f"la lecture s'est arrêtée net ({_cause(crash)})"
    return told, "C'est un défaut de delibgraph : signalez-le avec ce document."


def _starved(crash: pool.Crashed[Item]) -> bool:
    """Whether memory was what the worker lacked: it says so, or the system killed it, which nobody else does."""
    return "MemoryError" in _cause(crash) or crash.exit_code == -signal.SIGKILL


def _cause(crash: pool.Crashed[Item]) -> str:
    """The last line of the worker's traceback, else how its process ended."""
    if lines := crash.log.strip().splitlines():
        return lines[-1]
    if crash.exit_code is not None and crash.exit_code < 0:
        return f"signal {signal.Signals(-crash.exit_code).name}"
    return f"code {crash.exit_code}"
