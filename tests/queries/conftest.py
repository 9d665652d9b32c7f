"""A store of three made-up acts (register/register.trig), and a way to run a named query on it."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

import queries

REGISTER = Path(__file__).parent / "register" / "register.trig"
BASE = "http://localhost:8000/id/"
Run = Callable[..., list[dict[str, str]]]


@pytest.fixture(scope="session")
def store() -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(REGISTER), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def run(store: ox.Store) -> Run:
    """run(name, **values) → rows as text, without unbound cells and parameters; IRIs without the base."""

    def run(name: str, /, **values: str) -> list[dict[str, str]]:
        query = queries.find(name)
        solutions = store.query(query.text, substitutions=query.substitutions(values), use_default_graph_as_union=True)
        names = [variable.value for variable in solutions.variables]
        return [
            {n: t.value.removeprefix(BASE) for n, t in zip(names, row, strict=True) if t and not n.startswith("_")}
            for row in solutions
        ]

    return run
