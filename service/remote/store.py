"""Another store read as pages read the embedded one: by patterns of quads, asked as SPARQL."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import IO, Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from service.remote import faults
from service.remote.asking import RESULTS, TRIPLES, Asker, Question
from service.store import QueryKindError, Row, Term

FORMATS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
}
_PLACES: Final = ("s", "p", "o")


class RemoteStore:
    """A store that answers SPARQL 1.1 queries. Thread-safe."""

    def __init__(self, asker: Asker) -> None:
        """Asks through `asker`."""
        self._asker = asker

    def select(self, query: str, seconds: float | None = None) -> list[Row]:
        """Rows of a SELECT; an unbound variable is absent from its row. Raises Problem, QueryKindError."""
        found = self._read(query, seconds)
        if isinstance(found, bool):
            raise QueryKindError("select() needs a SELECT query")
        return found

    def ask(self, query: str) -> bool:
        """Answer of an ASK. Raises Problem, QueryKindError."""
        found = self._read(query)
        if not isinstance(found, bool):
            raise QueryKindError("ask() needs an ASK query")
        return found

    def _read(self, query: str, seconds: float | None = None) -> bool | list[Row]:
        body, media = self._asker.whole(Question(query, RESULTS), seconds)
        if media not in (RESULTS, "application/json"):
            raise faults.unreadable(f"{media or 'sans type'} au lieu de {RESULTS}")
        try:
            return _rows(body)
        except (SyntaxError, ValueError) as error:
            reason = str(error)
        raise faults.unreadable(reason)  # without its cause, whose frames hold solutions: they belong to this thread

    def triples(self, query: str) -> list[Triple]:
        """The graph of a CONSTRUCT or DESCRIBE. Raises Problem."""
        body, media = self._asker.whole(Question(query, TRIPLES))
        return read_triples(body, media)

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: Term | None,  # noqa: A002 (pyoxigraph's name)
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """As service.store.Quads; None for the graph is the default one, which is the union. Raises Problem.

        Read as it comes: who takes the first few does not wait for all.
        """
        known = {"s": subject, "p": predicate, "o": object}
        if any(isinstance(term, BlankNode | Triple) for term in (*known.values(), graph_name)):
            raise QueryKindError("a blank node has no name in another store")
        pattern = " ".join(f"?{place}" if known[place] is None else str(known[place]) for place in _PLACES)
        graph = graph_name if isinstance(graph_name, NamedNode) else None
        where = pattern if graph is None else f"GRAPH {graph} {{ {pattern} }}"
        asked = " ".join(f"?{place}" for place in _PLACES if known[place] is None) or "(1 AS ?known)"
        limit = "" if None in known.values() else " LIMIT 1"
        question = Question(f"SELECT {asked} WHERE {{ {where} }}{limit}", RESULTS)
        with self._asker.opened(question) as (parts, _media):
            yield from _quads(parts, known, graph or DefaultGraph())


def _quads(parts: Iterator[bytes], known: Mapping[str, Term | None], graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """The quads of solutions as they come. Solutions belong to a thread: no frame of an error keeps them."""
    solutions = None
    reason = ""
    try:
        solutions = parse_query_results(_file(parts), QueryResultsFormat.JSON)
        for row in solutions:  # type: ignore[union-attr]  # a SELECT has solutions
            s, p, o = (row[place] if known[place] is None else known[place] for place in _PLACES)
            yield Quad(s, p, o, graph)  # type: ignore[arg-type]  # places of a triple
    except (SyntaxError, ValueError, TypeError) as error:
        reason = str(error)
    finally:
        del solutions
    if reason:
        raise faults.unreadable(reason)


def _rows(body: bytes) -> bool | list[Row]:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return [{name: term for name, term in zip(names, solution, strict=True) if term is not None} for solution in found]


class _Parts(io.RawIOBase):
    """The parts of an answer as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def _file(parts: Iterator[bytes]) -> IO[bytes]:
    return io.BufferedReader(_Parts(parts))  # type: ignore[type-var]  # a raw reader is all that it needs


def read_triples(body: bytes, media: str) -> list[Triple]:
    """The triples of an answer in one of the formats asked for. Raises Problem 502."""
    if media not in FORMATS:
        raise faults.unreadable(f"{media or 'sans type'} au lieu de {TRIPLES}")
    try:
        return [quad.triple for quad in parse(body, format=FORMATS[media])]
    except (SyntaxError, ValueError) as error:
        raise faults.unreadable(str(error)) from error
