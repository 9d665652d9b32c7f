"""What is made of the store of a release under way: ledger, answers, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graph import ledger
from graph.delta import Delta
from graph.question import rows_of
from graph.release import answers, sums
from graph.release.layout import Release
from ontology.terms import DG

_COUNTS = (Path(__file__).parent / "counts.rq").read_text(encoding="utf-8")


def counts(release: Path) -> dict[str, int]:
    """How many things of each class of ours there are; once the answers are written."""
    found = answers.find(release, _COUNTS)
    rows = () if found is None else found.rows()
    return {_local(row["class"]): int(row["count"]) for row in rows if row["class"].startswith(DG)}


def write_ledger(store: ox.Store, path: Path, kept: ledger.Kept | None = None) -> None:
    """The ledger of the fundings that the store holds; ``kept``: what is known of them."""
    ledger.write(path, _select(store), kept)


def write_answers(
    store: ox.Store,
    path: Path,
    questions: Iterable[str],
    earlier: answers.Earlier | None,
    counted: Mapping[str, int] | None = None,
) -> None:
    """What the store answers to these questions, and how many things there are of each class.

    ``counted``: its subjects, properties and objects, where they are known.
    """
    answers.write(path, partial(rows_of, store), (*questions, _COUNTS), earlier, counted)


def earlier_answers(last: Release, delta: Delta) -> answers.Earlier | None:
    """The answers of the last release to build upon; None where they are damaged."""
    path = last.path / answers.FILE
    told = sums.read(last.path).get(answers.FILE)
    try:
        return answers.Earlier(path, delta) if told is not None and told == sums.digest(path) else None
    except OSError:
        return None


def _select(store: ox.Store) -> ledger.Select:
    """How the ledger asks the store."""

    def select(query: str) -> Iterator[dict[str, str]]:
        for row in rows_of(store, query):
            yield {name: _value(term) for name, term in row.items() if term is not None}

    return select


def _local(term: object) -> str:
    return _value(term).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
