"""`delibgraph load` against real stores: all of a release arrives, once, and again only what is missing."""

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph.release import current
from service.cli.app import run
from service.remote import RemoteError
from service.remote.push import GraphStore, Journal, push
from tests.service.conftest import PATIENCE, TRIG, publish
from tests.service.remote.conftest import Remote

EVERY = "GRAPH ?g { ?s ?p ?o } FILTER(?g != <urn:delibgraph:loaded>)"
OURS = EVERY + ' FILTER(STRSTARTS(STR(?g), "http://localhost:8000/"))'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return publish(folder, "r1", TRIG.read_bytes())


def sizes(data: Path) -> tuple[int, int]:
    """Quads of the named graphs and triples of the default graph of the live release."""
    store = ox.Store.read_only(str(data / "current" / "store"))
    union = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return len(store) - union, union


def load(data: Path, remote: Remote, *options: str) -> int:
    return run(["load", "--data", str(data), "--endpoint", remote.graphs, *options])


@pytest.mark.parametrize("options", [[], ["--bulk"]], ids=["by graph", "at once"])
def test_all_of_a_release_arrives(data: Path, oxigraph: Remote, options: list[str]) -> None:
    assert load(data, oxigraph, *options) == 0
    assert (oxigraph.count(EVERY), oxigraph.count("?s ?p ?o")) == sizes(data)


def test_a_second_load_sends_only_what_changed(
    data: Path, oxigraph: Remote, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load(data, oxigraph) == 0
    before = capsys.readouterr().err
    assert load(data, oxigraph) == 0
    assert ": 0 graphes envoyés" in capsys.readouterr().err
    publish(data, "r2", TRIG.read_bytes().replace(b"Jeanne MOREL", b"Jeanne DUVAL"))
    assert load(data, oxigraph) == 0
    after = capsys.readouterr().err
    assert ": 0 graphes envoyés" not in after
    assert after.split(":")[1].split()[0] < before.split(":")[1].split()[0]
    assert oxigraph.count('?s ?p "Jeanne DUVAL"') == 1
    assert oxigraph.count('?s ?p "Jeanne MOREL"') == 0
    assert (oxigraph.count(EVERY), oxigraph.count("?s ?p ?o")) == sizes(data)


def test_a_graph_that_a_release_no_longer_has_goes(data: Path, oxigraph: Remote) -> None:
    journal = Journal.of(data, oxigraph.graphs)
    target = GraphStore(oxigraph.graphs)
    target.put("http://localhost:8000/graph/old", b"<http://x.test/s> <http://x.test/p> 1 .\n")
    journal.note("http://localhost:8000/graph/old", "of before")
    assert load(data, oxigraph) == 0
    assert oxigraph.count("GRAPH <http://localhost:8000/graph/old> { ?s ?p ?o }") == 0


class _Cut(GraphStore):
    """A store that goes away after two graphs."""

    puts = 0

    def put(self, graph: str | None, triples: bytes) -> None:
        self.puts += 1
        if self.puts > 2:
            raise RemoteError("gone")
        super().put(graph, triples)


def test_an_interrupted_load_goes_on_where_it_was(data: Path, oxigraph: Remote) -> None:
    release = current(data)
    assert release is not None
    with pytest.raises(RemoteError):
        push(release, _Cut(oxigraph.graphs), Journal.of(data, oxigraph.graphs), lambda _d, _s: None)
    kept = Journal.of(data, oxigraph.graphs)
    assert len(kept.graphs) == 2
    with kept.path.open("a") as torn:
        torn.write('["http://localhost:8000/gra')
    done = push(release, GraphStore(oxigraph.graphs), Journal.of(data, oxigraph.graphs), lambda _d, _s: None)
    assert done.kept == 2
    assert (oxigraph.count(EVERY), oxigraph.count("?s ?p ?o")) == sizes(data)


def test_virtuoso_takes_every_named_graph_with_digest_credentials(
    data: Path, virtuoso: Remote, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load(data, virtuoso, "--no-default-graph") == 1
    assert "DELIBGRAPH_STORE_USER" in capsys.readouterr().err
    monkeypatch.setenv("DELIBGRAPH_STORE_USER", "dba")
    monkeypatch.setenv("DELIBGRAPH_STORE_PASSWORD", "dba")
    assert load(data, virtuoso, "--no-default-graph") == 0
    assert virtuoso.count(OURS) == sizes(data)[0]


def test_what_is_wrong_with_a_store_is_said(data: Path, oxigraph: Remote, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", "--data", str(data), "--endpoint", "http://127.0.0.1:1/store"]) == 1
    assert "ne répond pas" in capsys.readouterr().err
    assert run(["load", "--data", str(data), "--endpoint", oxigraph.query]) == 1
    assert "Graph Store Protocol" in capsys.readouterr().err
    assert run(["load", "--data", str(data)]) == 2
    assert httpx.get(oxigraph.graphs, params={"default": ""}, timeout=PATIENCE).status_code == 200
