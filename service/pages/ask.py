"""How pages ask the live release: named queries, and their own queries in ``service/pages/sparql``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final, TypeAlias, TypeVar

import pyoxigraph as ox
from fastapi import Request

import queries
from graph.release import answers
from service import prepared
from service.settings import Settings
from service.store import ReleaseReader, Row, Term

Record: TypeAlias = dict[str, str]

#: Results kept in memory, of each shelf: the pages that a reader goes back and forth between.
KEPT = 24
#: The shelf of what queries gave, which is dear: what is made of single things must not push it out.
RESULTS: Final = "results"
_lock = threading.Lock()
T = TypeVar("T")


def settings(request: Request) -> Settings:
    """The settings of the running application."""
    found: Settings = request.app.state.settings
    return found


def reader(request: Request) -> ReleaseReader:
    """The reader of the live release of the running application."""
    found: ReleaseReader = request.app.state.reader
    return found


def remember(request: Request, key: Hashable, make: Callable[[], T], shelf: str = RESULTS) -> T:
    """What ``make`` gives for the live release: made once, kept while it is among the ``KEPT`` latest of its shelf.

    A release never changes, so what was made of it stays true until the next one. Who asks for what is being made (a
    reader who reloads a page that is long to come) waits for it; where that fails, it is made again.
    """
    state = request.app.state
    whole = (reader(request).release_id, key)
    with _lock:
        if not hasattr(state, "page_memory"):
            state.page_memory, state.page_turns = {}, {}
        kept: dict[Hashable, T] = state.page_memory.setdefault(shelf, {})
        if (known := kept.get(whole)) is not None:
            return known
        turn: threading.Lock = state.page_turns.setdefault((shelf, whole), threading.Lock())
    with turn:
        if (known := kept.get(whole)) is not None:
            return known
        try:
            made = make()
            with _lock:
                kept[whole] = made
                while len(kept) > KEPT:
                    del kept[next(iter(kept))]
        finally:
            with _lock:
                state.page_turns.pop((shelf, whole), None)
    return made


def rows(
    request: Request, query: queries.NamedQuery, values: Mapping[str, str] | None = None, shelf: str = RESULTS
) -> list[Record]:
    """Rows of ``query`` as text, unbound cells absent, parameters left out; kept on a ``shelf`` (:func:`remember`).

    Raises queries.ValueRefusedError, service.store.NoReleaseError.
    """
    bound = query.bind(values or {})

    def made() -> list[Record]:
        kept = None if bound else answer(request, query)
        return kept.rows() if kept else plain(_solutions(request, query, bound))

    return remember(request, ("rows", query.name, _key(bound)), made, shelf)


def remembered(request: Request, query: queries.NamedQuery, values: Mapping[str, str]) -> bool:
    """Whether the page of these rows need not wait for the store. Raises queries.ValueRefusedError."""
    kind = "rows" if query.form == "SELECT" else "graph"
    kept: dict[Hashable, object] = getattr(request.app.state, "page_memory", {}).get(RESULTS, {})
    return (reader(request).release_id, (kind, query.name, _key(query.bind(values)))) in kept


def answer(request: Request, query: queries.NamedQuery) -> answers.Answer | None:
    """The rows that the live release keeps of a query without values; None where it keeps none.

    Raises service.store.NoReleaseError.
    """
    return answers.find(reader(request).live().path, query.ordered)


def plain(rows: Iterable[Row]) -> list[Record]:
    """Rows of terms as text."""
    return [{name: text(term) for name, term in row.items()} for row in rows]


def solutions(request: Request, query: queries.NamedQuery, values: Mapping[str, str]) -> list[Row]:
    """The same rows as terms."""
    bound = query.bind(values)
    return remember(request, ("terms", query.name, _key(bound)), lambda: _solutions(request, query, bound))


def triples(request: Request, query: queries.NamedQuery, values: Mapping[str, str]) -> list[ox.Triple]:
    """The graph that a CONSTRUCT query gives, in the order of its text. Raises as :func:`rows`."""
    bound = query.bind(values)

    def run() -> list[ox.Triple]:
        return sorted(reader(request).construct(query.text, **bound), key=str)

    return remember(request, ("graph", query.name, _key(bound)), run)


def _solutions(request: Request, query: queries.NamedQuery, bound: Mapping[str, Term]) -> list[Row]:
    found = reader(request).select(query.ordered, **bound)
    kept = [{name: term for name, term in row.items() if not name.startswith("_")} for row in found]
    return [_sorted_within(row, query.joined) for row in kept] if query.joined else kept


def _sorted_within(row: Row, joined: Mapping[str, str]) -> Row:
    """The row, with the parts of a cell that has several in their alphabetical order."""
    for name, separator in joined.items():
        term = row.get(name)
        if isinstance(term, ox.Literal) and separator in term.value:
            row[name] = ox.Literal(separator.join(sorted(term.value.split(separator), key=queries.fold)))
    return row


def _key(bound: Mapping[str, Term]) -> Hashable:
    return tuple(sorted((name, str(term)) for name, term in bound.items()))


def page_rows(request: Request, name: str, **values: str) -> list[Record]:
    """Rows of a query of the pages (see :func:`rows`), those about one thing apart from those about all."""
    return rows(request, prepared.page_query(name), values, "things" if values else RESULTS)


def text(term: Term) -> str:
    """A term as text: the IRI, the value."""
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
