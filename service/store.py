"""The published release as the service reads it: a read-only store that follows the `current` link.

A release is a directory `releases/<id>/` with `store/` (RocksDB), `dumps/` and `manifest.json`; `current` is a
symbolic link that the ingest swaps atomically (graph.release). Only trusted queries, ours, run here, in the
process of the service; those of users run in `service.sparql`.
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = dict[str, Term]


class NoReleaseError(Exception):
    """There is nothing to serve: no release yet, or its store cannot be read; str() is in French."""


class QueryKindError(TypeError):
    """A trusted query was not of the kind its caller needs (SELECT, ASK, CONSTRUCT): a fault of ours."""


@dataclass(frozen=True)
class LiveRelease:
    """One release, opened: its id, its directory, its store."""

    id: str
    path: Path
    store: Store


def current_id(data: Path) -> str | None:
    """Id of the live release of a data directory, None before the first; costs one readlink."""
    try:
        # Asked at every request: half the price of Path.readlink.
        return os.readlink(f"{data}/current").rpartition("/")[2]  # noqa: PTH115
    except OSError:
        return None


class ReleaseReader:
    """Runs trusted queries on the live release; opens the next one when `current` is swapped. Thread-safe.

    The default graph holds the union of the named graphs (graph.rdf.with_union). A query under way keeps the
    release it started on.
    """

    def __init__(self, data: Path) -> None:
        """Nothing is opened before the first query."""
        self._data = data
        self._lock = threading.Lock()
        self._live: LiveRelease | None = None

    @property
    def release_id(self) -> str | None:
        """Id of the live release, None before the first."""
        return current_id(self._data)

    def live(self) -> LiveRelease:
        """The live release, opened. Raises NoReleaseError."""
        wanted = current_id(self._data)
        if wanted is None:
            raise NoReleaseError(f"{self._data} : aucune version publiée. Lancez « delibgraph ingest ».")
        with self._lock:
            if self._live is None or self._live.id != wanted:
                path = self._data / "releases" / wanted
                try:
                    self._live = LiveRelease(wanted, path, Store.read_only(str(path / "store")))
                except OSError as error:
                    raise NoReleaseError(f"{path} : entrepôt illisible ({error}). Relancez l'ingestion.") from error
            return self._live

    def select(self, query: str, /, **substitutions: Term) -> list[Row]:
        """Rows of a SELECT; an unbound variable is absent from its row.

        `substitutions` gives variables a value before evaluation: never splice a value into the text.
        """
        solutions = self._query(query, substitutions)
        if not isinstance(solutions, QuerySolutions):
            raise QueryKindError("select() needs a SELECT query")
        names = [variable.value for variable in solutions.variables]
        return [
            {name: term for name, term in zip(names, solution, strict=True) if term is not None}
            for solution in solutions
        ]

    def construct(self, query: str, /, **substitutions: Term) -> list[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE."""
        triples = self._query(query, substitutions)
        if not isinstance(triples, QueryTriples):
            raise QueryKindError("construct() needs a CONSTRUCT or DESCRIBE query")
        return list(triples)

    def ask(self, query: str, /, **substitutions: Term) -> bool:
        """Answer of an ASK."""
        answer = self._query(query, substitutions)
        if not isinstance(answer, QueryBoolean):
            raise QueryKindError("ask() needs an ASK query")
        return bool(answer)

    def _query(self, query: str, values: Mapping[str, Term]) -> QuerySolutions | QueryBoolean | QueryTriples:
        substitutions = {Variable(name): term for name, term in values.items()}
        return self.live().store.query(query, substitutions=substitutions)
