"""True counts of the live release, for VoID, the service description and the metrics; counted once a release."""

import threading
from dataclasses import dataclass
from importlib import resources

from pyoxigraph import Literal

from service.store import ReleaseReader, Term


@dataclass(frozen=True)
class Counts:
    """Figures of one release; a triple stated in several graphs counts once."""

    release: str
    triples: int
    subjects: int
    properties: int
    objects: int
    classes: dict[str, int]
    """Entities by class IRI."""


class Statistics:
    """Counts of the live release, kept until the next one. Thread-safe; the first call reads the whole store."""

    def __init__(self, reader: ReleaseReader) -> None:
        """Counts nothing yet."""
        self._reader = reader
        self._lock = threading.Lock()
        self._counts: Counts | None = None

    def counts(self) -> Counts:
        """The counts of the live release. Raises NoReleaseError."""
        release = self._reader.live().id
        with self._lock:
            if self._counts is None or self._counts.release != release:
                self._counts = _count(self._reader, release)
            return self._counts


def _count(reader: ReleaseReader, release: str) -> Counts:
    row = reader.select(_text("counts.rq"))[0]
    classes = {str(line["class"].value): _int(line["entities"]) for line in reader.select(_text("classes.rq"))}  # type: ignore[union-attr]
    return Counts(
        release,
        _int(row["triples"]),
        _int(row["subjects"]),
        _int(row["properties"]),
        _int(row["objects"]),
        classes,
    )


def _text(name: str) -> str:
    return resources.files("service.linked_data").joinpath("rq", name).read_text(encoding="utf-8")


def _int(term: Term) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
