"""What is made of the store of a release under way: ledger, answers, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graph import ledger
from graph.release import answers

_COUNTS = (Path(__file__).parent / "counts.rq").read_text(encoding="utf-8")


def counts(store: ox.Store) -> dict[str, int]:
    """How many things of each class of ours the store holds."""
    found = store.query(_COUNTS)
    if not isinstance(found, ox.QuerySolutions):
        return {}
    return {_local(row["class"]): int(_value(row["count"])) for row in found}


def write_ledger(store: ox.Store, path: Path) -> None:
    """The ledger of the fundings that the store holds."""
    ledger.write(path, _select(store))


def write_answers(store: ox.Store, path: Path, questions: Iterable[str]) -> None:
    """What the store answers to these questions."""
    answers.write(path, _select(store), questions)


def _select(store: ox.Store) -> ledger.Select:
    """How ledger and answers ask the store."""

    def select(query: str) -> Iterator[dict[str, str]]:
        found = store.query(query)
        if isinstance(found, ox.QuerySolutions):
            names = [variable.value for variable in found.variables]
            for row in found:
                yield {name: _value(term) for name, term in zip(names, row, strict=True) if term is not None}

    return select


def _local(term: object) -> str:
    return _value(term).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
