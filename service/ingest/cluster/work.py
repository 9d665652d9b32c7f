"""What a worker does. Runs in a process of the cluster, in threads: one document at a time."""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from distributed import get_worker

from extract.errors import DocumentError

#: Seconds for an event to leave before its worker ends.
_FAREWELL: Final = 2.0
#: The reader and the shapes hold caches that threads do not share safely.
_alone = threading.Lock()


@dataclass(frozen=True)
class Document:
    """A document to read: its base name, its bytes, the version of the reader that is wanted."""

    sha256: str
    name: str
    content: bytes
    extractor: str


@dataclass(frozen=True)
class Facts:
    """The facts of a document as JSON, and its media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Abilities:
    """What a worker has: versions, and a hash of what it read of the sample; ``fault``: why it reads nothing."""

    python: str
    extractor: str
    gate: str
    reads: str
    fault: str = ""


def read(document: Document, timeout: float, topic: str) -> Facts | DocumentError:
    """Read one document; its refusal is returned, not raised, for the cluster's log is no place for names.

    Past ``timeout`` seconds the worker says so on ``topic`` and ends its process, which nothing else stops; its nanny
    starts another.
    """
    from extract import extract_source
    from extract.read import read_bytes

    with _alone, _watched(document.sha256, timeout, topic):
        try:
            facts = extract_source(read_bytes(document.name, document.content, max_bytes=len(document.content)))
        except DocumentError as error:
            return error
        if facts.extractor != document.extractor:
            return DocumentError(
                document.name,
                "un worker du cluster n'a pas la même version de delibgraph",
                "Installez partout la même, puis relancez la commande.",
            )
        return Facts(facts.model_dump_json().encode(), facts.media_type)


def judge(pairs: Sequence[tuple[bytes, bytes]]) -> list[list[tuple[Any, ...]]]:
    """The findings of the gate on documents: N-Quads lines of the graph of each, and of the identities it names."""
    from graph.rdf import read_lines
    from shapes.engine import Document
    from shapes.gate import check_all

    with _alone:
        reports = list(check_all([Document([read_lines(lines) for lines in each], each) for each in pairs]))
    return [[astuple(result) for result in report.results] for report in reports]


def abilities() -> Abilities:
    """What this process can do; asked of each worker before work begins, and of ourselves."""
    from extract import EXTRACTOR, extract_source
    from extract.read import read_bytes
    from shapes.version import gate_version

    python = ".".join(platform.python_version_tuple()[:2])
    try:
        content = files("service.ingest").joinpath("ready.txt").read_bytes()
        with _alone:
            facts = extract_source(read_bytes("ready.txt", content))
    except (OSError, ImportError, ValueError, DocumentError) as error:  # a model or a package that is not there
        return Abilities(python, EXTRACTOR, gate_version(), "", f"{type(error).__name__}: {error}")
    told = facts.model_dump_json(exclude={"extractor"})
    return Abilities(python, EXTRACTOR, gate_version(), sha256(told.encode()).hexdigest())


@contextmanager
def _watched(digest: str, timeout: float, topic: str) -> Iterator[None]:
    """End the process of the worker where the block takes longer; says which document it was."""
    worker, late = get_worker(), threading.Event()

    def give_up() -> None:
        late.set()
        worker.log_event(topic, digest)
        time.sleep(_FAREWELL)
        os._exit(1)

    timer = threading.Timer(timeout, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():  # too late to answer: the process ends
            time.sleep(2 * _FAREWELL)
