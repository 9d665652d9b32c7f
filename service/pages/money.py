"""The ledger of the live release, as the pages ask it: one, opened once, with the names that readers may type.

A release has its ledger beside its store. Where there is none (a release made before there were ledgers, or by another
version of the software), it is made from the store by the same SPARQL when first asked for, and thrown away with the
process.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from fastapi import Request

from graph import ledger
from graph.ledger import Thing
from service.pages import ask
from service.store import LiveRelease, ReleaseReader, Term

_LOCK: Final = threading.Lock()


@dataclass(frozen=True)
class Money:
    """The ledger of one release, and what is asked of it again and again."""

    release: str
    ledger: ledger.Ledger
    aside: tempfile.TemporaryDirectory[str] | None = field(default=None, compare=False)

    @cached_property
    def things(self) -> dict[int, Thing]:
        """Everything that pays, receives, frames or is the subject of an act, by id."""
        return self.ledger.things()

    @cached_property
    def ids(self) -> dict[str, int]:
        """Id of each of these by its IRI."""
        return {thing.iri: thing.id for thing in self.things.values()}

    @cached_property
    def figures(self) -> dict[str, int]:
        """What the release holds: acts, sessions, bodies, organisations, persons, first and last year."""
        return self.ledger.figures()


def of(request: Request) -> Money:
    """The ledger of the live release. Raises service.store.NoReleaseError."""
    reader, state = ask.reader(request), request.app.state
    live = reader.live()
    with _LOCK:
        known: Money | None = getattr(state, "money", None)
        if known is None or known.release != live.id:
            known = state.money = _opened(reader, live)
        return known


def _opened(reader: ReleaseReader, live: LiveRelease) -> Money:
    path = live.path / ledger.FILE
    if path.exists() and (kept := ledger.Ledger(path)).current:
        return Money(live.id, kept)
    aside = tempfile.TemporaryDirectory(prefix="delibgraph-")
    path = Path(aside.name) / ledger.FILE
    ledger.write(path, lambda query: _rows(reader, query))
    return Money(live.id, ledger.Ledger(path), aside)


def _rows(reader: ReleaseReader, query: str) -> Iterator[dict[str, str]]:
    for row in reader.select(query):
        yield {name: _text(term) for name, term in row.items()}


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))
