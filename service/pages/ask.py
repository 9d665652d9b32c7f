"""How pages ask the live release: named queries, and their own queries in ``service/pages/sparql``."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable, Mapping
from importlib import resources
from typing import TypeAlias, TypeVar

import pyoxigraph as ox
from fastapi import Request

import queries
from queries.loader import parse
from service.settings import Settings
from service.store import ReleaseReader, Term

Record: TypeAlias = dict[str, str]

#: Results kept in memory: the pages that a reader goes back and forth between.
KEPT = 24
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


def remember(request: Request, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives for the live release: made once, kept while it is among the ``KEPT`` latest.

    A release never changes, so what was made of it stays true until the next one.
    """
    state = request.app.state
    with _lock:
        if not hasattr(state, "page_memory"):
            state.page_memory = {}
        kept: dict[Hashable, T] = state.page_memory
    whole = (reader(request).release_id, key)
    if (known := kept.get(whole)) is not None:
        return known
    made = make()
    with _lock:
        kept[whole] = made
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
    return made


@functools.cache
def page_query(name: str) -> queries.NamedQuery:
    """A query of the pages, same header as the named ones."""
    source = resources.files("service.pages").joinpath("sparql", f"{name}.rq").read_text(encoding="utf-8")
    return parse(name, source)


def rows(request: Request, query: queries.NamedQuery, values: Mapping[str, str] | None = None) -> list[Record]:
    """Rows of ``query`` as text, unbound cells absent, parameters left out.

    Raises queries.ValueRefusedError, service.store.NoReleaseError.
    """
    bound = query.bind(values or {})

    def run() -> list[Record]:
        found = reader(request).select(query.text, **bound)
        return [{n: _text(t) for n, t in row.items() if not n.startswith("_")} for row in found]

    return remember(request, (query.name, tuple(sorted((n, str(t)) for n, t in bound.items()))), run)


def page_rows(request: Request, name: str, **values: str) -> list[Record]:
    """Rows of a query of the pages (see :func:`rows`)."""
    return rows(request, page_query(name), values)


def _text(term: Term) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
