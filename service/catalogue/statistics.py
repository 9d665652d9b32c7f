"""True counts of the live release, for VoID, the catalogue, the service description and the metrics; once a release.

What is slow on a large store, the partitions, is counted apart, when VoID or the catalogue is first asked for.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode

from graph.release import answers
from service.prepared import catalogue_query
from service.store import ReleaseReader, Row, Term


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


@dataclass(frozen=True)
class PropertyCounts:
    """Figures of one property."""

    iri: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class Links:
    """Triples of one property from our resources to those of another site, by the start of their IRIs."""

    property: str
    site: str
    triples: int


@dataclass(frozen=True)
class Place:
    """An authority that decides: its IRI, its name, its INSEE code or SIREN (empty where neither is known)."""

    iri: str
    name: str
    code: str


@dataclass(frozen=True)
class Partitions:
    """What one release holds, in parts: by property, by site linked to."""

    release: str
    properties: tuple[PropertyCounts, ...]
    links: tuple[Links, ...]


@dataclass(frozen=True)
class Coverage:
    """From which day to which one release goes, and of whom it tells."""

    release: str
    period: tuple[str, str] | None
    """First and last day of a séance, ISO; None where there is none."""
    places: tuple[Place, ...]


class Statistics:
    """Figures of the live release, kept until the next one. Thread-safe; the first call of each reads the store."""

    def __init__(self, reader: ReleaseReader, base: str) -> None:
        """Counts nothing yet; ``base``: what our own IRIs start with."""
        self._counts = _Kept(reader, lambda release: _count(reader, release))
        self._partitions = _Kept(reader, lambda release: _part(reader, release, base))
        self._coverage = _Kept(reader, lambda release: _cover(reader, release))

    def counts(self) -> Counts:
        """The counts of the live release. Raises NoReleaseError."""
        return self._counts.get()

    def partitions(self) -> Partitions:
        """The partitions of the live release. Raises NoReleaseError."""
        return self._partitions.get()

    def coverage(self) -> Coverage:
        """The coverage of the live release. Raises NoReleaseError."""
        return self._coverage.get()


T = TypeVar("T", Counts, Partitions, Coverage)


class _Kept(Generic[T]):
    """What is made once a release; who comes while it is made waits for it."""

    def __init__(self, reader: ReleaseReader, make: Callable[[str], T]) -> None:
        self._reader = reader
        self._make: Callable[[str], T] = make
        self._lock = threading.Lock()
        self._made: T | None = None

    def get(self) -> T:
        release = self._reader.live().id
        with self._lock:
            if self._made is None or self._made.release != release:
                self._made = self._make(release)
            return self._made


def _rows(reader: ReleaseReader, name: str) -> list[answers.Record]:
    """Rows of a query of the catalogue as text: those kept with the live release, else asked of its store."""
    text = catalogue_query(name)
    if kept := answers.find(reader.live().path, text):
        return kept.rows()
    return [{column: _value(term) for column, term in row.items()} for row in reader.select(text)]


def _count(reader: ReleaseReader, release: str) -> Counts:
    row = _rows(reader, "counts.rq")[0]
    classes = {row.get("class", ""): int(row["entities"]) for row in _rows(reader, "classes.rq")}
    return Counts(
        release,
        int(row["triples"]),
        int(row["subjects"]),
        int(row["properties"]),
        int(row["objects"]),
        classes,
    )


def _part(reader: ReleaseReader, release: str, base: str) -> Partitions:
    properties = (
        PropertyCounts(_told(row, "property"), _int(row["triples"]), _int(row["subjects"]), _int(row["objects"]))
        for row in reader.select(catalogue_query("properties.rq"))
    )
    links = (
        Links(_told(row, "property"), _told(row, "site"), _int(row["triples"]))
        for row in reader.select(catalogue_query("links.rq"), _base=Literal(f"{base}/"))
    )
    return Partitions(release, tuple(properties), tuple(links))


def _cover(reader: ReleaseReader, release: str) -> Coverage:
    period = next(iter(_rows(reader, "period.rq")), {})
    return Coverage(
        release,
        (period["start"], period["end"]) if "start" in period else None,
        tuple(
            Place(row["authority"], row.get("name", ""), row.get("code", ""))
            for row in _rows(reader, "places.rq")
            if "authority" in row
        ),
    )


def _told(row: Row, name: str) -> str:
    term = row.get(name)
    return "" if term is None else _value(term)


def _value(term: Term) -> str:
    return str(term.value) if isinstance(term, Literal | NamedNode) else ""


def _int(term: Term) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
