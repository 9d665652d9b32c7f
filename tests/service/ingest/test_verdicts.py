"""A verdict that was kept is the verdict the gate would give; nothing depends on its being kept."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from ontology.terms import DG
from service.ingest import ingest, mapped, verdicts
from service.settings import Settings
from shapes.engine import Document
from shapes.gate import Report, check, check_all

Plant = Callable[..., str]
ACT = URIRef("http://localhost:8000/id/deliberation/a")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many triples each graph had that the gate itself was asked about."""
    seen: list[int] = []

    def watched(documents: Sequence[Document]) -> Iterator[Report]:
        seen.extend(len(document.graphs[0]) for document in documents)
        return check_all(documents)

    monkeypatch.setattr(verdicts, "check_all", watched)
    return seen


def publish(data: Path, plant: Plant) -> tuple[list[object], list[object]]:
    report = ingest([], Settings(data=data))
    return list(report.published), list(report.quarantined)


def test_only_graphs_that_changed_are_judged_again(tmp_path: Path, plant: Plant, asked: list[int]) -> None:
    plant(tmp_path, "a.txt", to="Les Amis du Livre")
    plant(tmp_path, "sans-date.txt", date=None, to="Les Amis du Train")
    first = publish(tmp_path, plant)
    told = len(asked)
    assert publish(tmp_path, plant) == first, "warnings and violations are those of the first time"
    assert len(asked) == told
    plant(tmp_path, "c.txt", to="Les Amis du Vélo", member="Luc PETIT")
    publish(tmp_path, plant)
    assert len(asked) == told + 1


@pytest.mark.parametrize("harm", ["rubbish", "cut", "gone", "findings"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, plant: Plant, asked: list[int], harm: str) -> None:
    plant(tmp_path, "a.txt")
    plant(tmp_path, "sans-date.txt", date=None)
    first = publish(tmp_path, plant)
    path = tmp_path / "cache" / "verdicts.sqlite"
    if harm == "rubbish":
        path.write_bytes(os.urandom(5000))
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:1000])
    elif harm == "gone":
        path.unlink()
    else:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE verdict SET findings = X'5B5D'")
    asked.clear()
    assert publish(tmp_path, plant) == first
    assert asked


def test_another_gate_asks_anew(
    tmp_path: Path, plant: Plant, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "a.txt")
    publish(tmp_path, plant)
    asked.clear()
    for module in (verdicts, mapped):
        monkeypatch.setattr(module, "gate_version", lambda: "another")
    publish(tmp_path, plant)
    assert len(asked) == 1


def test_a_term_that_rdf_does_not_allow_is_told_by_the_gate(tmp_path: Path) -> None:
    graph = Graph().add((ACT, RDF.type, DG.Deliberation)).add((ACT, DG.text, Literal("x", datatype=URIRef("a b"))))
    odd = Graph().add((URIRef("http://a b"), RDF.type, DG.Deliberation))
    with verdicts.verdicts(tmp_path) as gate:
        for each in (graph, odd):
            for _ in range(2):
                told = list(gate.judge([verdicts.Pair(each, Graph(), "urn:a")]))
                assert [verdict.report.results for verdict in told] == [check(each, Graph()).results]


def test_what_is_kept_does_not_grow_with_what_is_gone(tmp_path: Path, plant: Plant) -> None:
    for amount in (1, 2, 3):
        plant(tmp_path, "a.txt", amount=amount)
        publish(tmp_path, plant)
        for path in [*(tmp_path / "documents").iterdir(), *(tmp_path / "facts").iterdir()]:
            path.unlink()
    with sqlite3.connect(tmp_path / "cache" / "verdicts.sqlite") as db:
        assert db.execute("SELECT count(*) FROM verdict").fetchone() == (1,)
