"""The published release as the service reads it: a read-only store that follows the `current` link.

A release is a directory `releases/<id>/` with `store/` (RocksDB), `dumps/` and `manifest.json`; `current` is a
symbolic link that the ingest swaps atomically (graph.release). Only trusted queries, ours, run here, in the
process of the service; those of users run in `service.sparql`. `service.remote.reader` asks another store instead.
"""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from graph.release import STORE_ERRORS

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = dict[str, Term]


class NoReleaseError(Exception):
    """There is nothing to serve: no release yet, or its store cannot be read; str() is in French."""


class DamagedStoreError(NoReleaseError):
    """There is a release, and a file of its store cannot be read; str() is in French and says what to do."""


class QueryKindError(TypeError):
    """A trusted query was not of the kind its caller needs (SELECT, ASK, CONSTRUCT): a fault of ours."""


class Quads(Protocol):
    """What pages read by patterns: the embedded store, or another that holds the same release."""

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: Term | None,  # noqa: A002 (pyoxigraph's name)
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Quads that match; None is any. Without a graph, a triple may come once for each graph that states it."""
        ...


@dataclass(frozen=True)
class LiveRelease:
    """One release, opened: its id, its directory, and what holds its triples."""

    id: str
    path: Path
    store: Quads


def current_id(data: Path) -> str | None:
    """Id of the live release of a data directory, None before the first; costs one readlink."""
    try:
        # Asked at every request: half the price of Path.readlink.
        return os.readlink(f"{data}/current").rpartition("/")[2]  # noqa: PTH115
    except OSError:
        return None


def rows_of(solutions: QuerySolutions) -> list[Row]:
    """Solutions as rows; an unbound variable is absent from its row."""
    names = [variable.value for variable in solutions.variables]
    return [
        {name: term for name, term in zip(names, solution, strict=True) if term is not None} for solution in solutions
    ]


@contextmanager
def legible(data: Path) -> Iterator[None]:
    """Files of a data directory's store that turn out to be damaged while they are read are told as those that cannot
    be opened, by DamagedStoreError."""
    try:
        yield
    except STORE_ERRORS as error:
        raise DamagedStoreError(
            f"{data} : entrepôt abîmé ({error}). Relancez « delibgraph ingest --fresh »."
        ) from error


class _Legible:
    """The embedded store as pages read it: damage that is met at any quad is told with what to do."""

    def __init__(self, store: Store, data: Path) -> None:
        self._store = store
        self._data = data

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: Term | None,  # noqa: A002 (pyoxigraph's name)
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Quads that match. Raises DamagedStoreError."""
        with legible(self._data):
            yield from self._store.quads_for_pattern(subject, predicate, object, graph_name)


class ReleaseReader:
    """Runs trusted queries on the live release; opens the next one when `current` is swapped. Thread-safe.

    The default graph holds the union of the named graphs (graph.rdf.with_union). A query under way keeps the
    release it started on.
    """

    def __init__(self, data: Path) -> None:
        """Nothing is opened before the first query."""
        self._data = data
        self._lock = threading.Lock()
        self._store: tuple[str, Store] | None = None

    @property
    def release_id(self) -> str | None:
        """Id of the live release, None before the first."""
        return current_id(self._data)

    def live(self) -> LiveRelease:
        """The live release, opened. Raises NoReleaseError."""
        wanted, path = self._wanted()
        return LiveRelease(wanted, path, _Legible(self._opened(wanted, path), self._data))

    def close(self) -> None:
        """Nothing is held that must be closed."""

    def doubt(self) -> None:
        """Make sure anew that what answers holds the live release; the embedded store always does."""

    def on_disk(self) -> Store:
        """The embedded store of the live release, whatever answers queries. Raises NoReleaseError."""
        return self._opened(*self._wanted())

    def quads_on_disk(self) -> Quads:
        """The same, read by patterns."""
        return _Legible(self.on_disk(), self._data)

    def _wanted(self) -> tuple[str, Path]:
        """Id and directory of the live release."""
        wanted = current_id(self._data)
        if wanted is None:
            raise NoReleaseError(f"{self._data} : aucune version publiée. Lancez « delibgraph ingest ».")
        return wanted, self._data / "releases" / wanted

    def _opened(self, wanted: str, path: Path) -> Store:
        with self._lock:
            if self._store is None or self._store[0] != wanted:
                try:
                    self._store = wanted, Store.read_only(str(path / "store"))
                except STORE_ERRORS as error:
                    raise DamagedStoreError(
                        f"{path} : entrepôt illisible ({error}). Relancez « delibgraph ingest --fresh »."
                    ) from error
            return self._store[1]

    def select(self, query: str, /, **substitutions: Term) -> list[Row]:
        """Rows of a SELECT; an unbound variable is absent from its row.

        `substitutions` gives variables a value before evaluation: never splice a value into the text.
        """
        solutions = self._query(query, substitutions)
        if not isinstance(solutions, QuerySolutions):
            raise QueryKindError("select() needs a SELECT query")
        with legible(self._data):
            return rows_of(solutions)

    def construct(self, query: str, /, **substitutions: Term) -> list[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE."""
        triples = self._query(query, substitutions)
        if not isinstance(triples, QueryTriples):
            raise QueryKindError("construct() needs a CONSTRUCT or DESCRIBE query")
        with legible(self._data):
            return list(triples)

    def ask(self, query: str, /, **substitutions: Term) -> bool:
        """Answer of an ASK."""
        answer = self._query(query, substitutions)
        if not isinstance(answer, QueryBoolean):
            raise QueryKindError("ask() needs an ASK query")
        return bool(answer)

    def _query(self, query: str, values: Mapping[str, Term]) -> QuerySolutions | QueryBoolean | QueryTriples:
        substitutions = {Variable(name): term for name, term in values.items()}
        store = self.on_disk()
        with legible(self._data):
            return store.query(query, substitutions=substitutions)
