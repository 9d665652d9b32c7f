"""`delibgraph serve --endpoint` over real stores: what the embedded store answers, and the rules that users have."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, QueryResultsFormat, Triple, parse_query_results
from rdflib import Graph
from rdflib.compare import isomorphic

import queries
from service.app import create_app
from service.cli.app import run
from service.remote.reader import RemoteReader
from service.settings import Settings
from service.sparql.pool import WorkerPool
from service.store import ReleaseReader, Row
from tests.service.conftest import PATIENCE, TRIG, publish, running
from tests.service.remote.conftest import Remote, askings, oxigraph_in

REGISTER = Path(__file__).parents[2] / "queries" / "register" / "register.trig"
UNION = "urn:delibgraph:union"
Clients = tuple[httpx.Client, httpx.Client]


def rows(answer: httpx.Response) -> list[str]:
    """Rows sorted, numbers by their value."""
    assert answer.status_code == 200, answer.text
    solutions = parse_query_results(answer.content, QueryResultsFormat.JSON)
    names = [variable.value for variable in solutions.variables]
    return sorted(str({n: _value(t) for n, t in zip(names, row, strict=True) if t is not None}) for row in solutions)


def _value(term: object) -> object:
    number = isinstance(term, Literal) and term.datatype.value.endswith(("#decimal", "#integer", "#double"))
    return float(term.value) if number else str(term)


def same(one: httpx.Response, other: httpx.Response) -> bool:
    if "json" in one.headers["content-type"]:
        return rows(one) == rows(other)
    return isomorphic(Graph().parse(data=one.text, format="turtle"), Graph().parse(data=other.text, format="turtle"))


@contextmanager
def served(folder: Path, oxigraph: Remote) -> Iterator[Clients]:
    with ExitStack() as stack:
        data = publish(folder, "r1", REGISTER.read_bytes())
        assert run(["load", "--data", str(data), "--endpoint", oxigraph.graphs]) == 0
        limits = {"data": data, "sparql_timeout": 3.0, "max_result_bytes": 300_000, "page_size": 3}
        urls = [
            stack.enter_context(running(Settings.model_validate({**limits, "endpoint": endpoint})))
            for endpoint in ("", oxigraph.query)
        ]
        ours, theirs = (stack.enter_context(httpx.Client(base_url=url, timeout=PATIENCE)) for url in urls)
        yield ours, theirs


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    """The same release, served from the embedded store and from Oxigraph, for those who only read."""
    folder = tmp_path_factory.mktemp("kept")
    with oxigraph_in(folder / "oxigraph") as remote, served(folder, remote) as clients:
        yield clients


@pytest.fixture
def both(tmp_path: Path, oxigraph: Remote) -> Iterator[Clients]:
    """The same, to be changed, stopped or kept busy."""
    with served(tmp_path, oxigraph) as clients:
        yield clients


def test_named_queries_give_the_same_answers(kept: Clients) -> None:
    ours, theirs = kept
    asked = askings()
    assert len(asked) > 80
    for name, values in asked:
        form = "srj" if queries.find(name).form == "SELECT" else "ttl"
        answers = [client.get(f"/queries/{name}.{form}", params=values) for client in (ours, theirs)]
        assert same(*answers), (name, values)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/quality.json",
        "/documents",
        "/ns",
        "/id/organisation/cesam",
        "/id/organisation/cesam.ttl",
        "/id/organisation/dijon-metropole.nt?page=2",
        "/id/organisation/unknown",
        "/id/release/r1.ttl",
        "/sitemap.xml",
        "/sparql?query=DESCRIBE+<id/organisation/cesam>&format=nt",
        "/sparql?query=SELECT*{?s+dg:amount+?o}ORDER+BY+?o&format=csv",
        "/sparql?query=SELECT*{?s+dg:amount+?o}ORDER+BY+?o&format=xml",
        "/sparql?query=SELECT*{?s+dg:amount+?o}ORDER+BY+?o",
        "/sparql?query=ASK{?s+dg:amount+60000}&format=tsv",
        "/sparql?query=SELECT(COUNT(*)AS+?n){?s+?p+?o}",
        "/sparql?query=SELECT(COUNT(*)AS+?n){?s+?p+?o}&default-graph-uri=urn:none",
    ],
)
def test_pages_linked_data_and_results_are_the_same(kept: Clients, path: str) -> None:
    ours, theirs = (client.get(path, headers={"Accept": "text/html, */*;q=0.5"}) for client in kept)
    assert ours.status_code == theirs.status_code
    assert ours.headers["content-type"] == theirs.headers["content-type"]
    assert _lines(ours) == _lines(theirs)


def _lines(answer: httpx.Response) -> list[str]:
    """Lines sorted, as no order was asked for, without the time that the answer took."""
    return sorted(re.sub(r"en \d+,\d+ s", "", answer.text).splitlines())


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "service-refused"),
        (r"SELECT * { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "service-refused"),
        (r'SELECT * { FILTER("\u0022) SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #") }', 403, "service-refused"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 403, "update-refused"),
        ("SELECT * {} ; DELETE WHERE { ?s ?p ?o }", 403, "update-refused"),
        ('DEFINE get:soft "replacing" SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }', 403, "extension-refused"),
        ("SELECT (bif:http_get('http://127.0.0.1:1/') AS ?x) {}", 403, "extension-refused"),
        ("PREFIX x: <bif:> SELECT (x:http_get('http://127.0.0.1:1/') AS ?x) {}", 403, "extension-refused"),
        ("SELECT * { ?s ?p", 400, "query-failed"),
        ("SELECT * {" + "{" * 101 + "}" * 101 + "}", 400, "query-too-deep"),
    ],
)
def test_users_are_refused_what_our_own_endpoint_refuses(kept: Clients, query: str, status: int, slug: str) -> None:
    _refused(kept[1], query, status, slug)


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422, "result-too-large"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 504, "query-timeout"),
    ],
)
def test_what_is_too_much_is_ended_as_by_our_own_endpoint(both: Clients, query: str, status: int, slug: str) -> None:
    _refused(both[1], query, status, slug)


def _refused(client: httpx.Client, query: str, status: int, slug: str) -> None:
    answer = client.post("/sparql", data={"query": query, "timeout": "1.5"})
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (status, slug), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/sparql?query=ASK{}").status_code == 200


def test_a_release_that_the_store_does_not_hold_is_not_served(
    tmp_path: Path, oxigraph: Remote, both: Clients, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path, "r2", TRIG.read_bytes())
    for path in ("/id/organisation/cesam", "/sparql?query=ASK{}", "/queries/acts.csv", "/healthz"):
        assert both[1].get(path).status_code == 503, path
    assert run(["serve", "--data", str(tmp_path), "--endpoint", oxigraph.query]) == 1
    assert "contient la version r1, pas r2" in capsys.readouterr().err
    httpx.delete(oxigraph.graphs, params={"graph": "urn:delibgraph:loaded"}, timeout=PATIENCE).raise_for_status()
    assert run(["serve", "--data", str(tmp_path), "--endpoint", oxigraph.query]) == 1
    assert "delibgraph load" in capsys.readouterr().err
    assert run(["serve", "--data", str(tmp_path), "--endpoint", "http://127.0.0.1:1/query"]) == 1
    assert "ne répond pas" in capsys.readouterr().err


def test_a_default_graph_that_is_not_the_union_is_refused(
    tmp_path: Path, oxigraph: Remote, capsys: pytest.CaptureFixture[str]
) -> None:
    data = publish(tmp_path, "r1", REGISTER.read_bytes())
    assert run(["load", "--data", str(data), "--endpoint", oxigraph.graphs]) == 0
    httpx.delete(oxigraph.graphs, params={"default": ""}, timeout=PATIENCE).raise_for_status()
    assert run(["serve", "--data", str(data), "--endpoint", oxigraph.query]) == 1
    assert "store_union" in capsys.readouterr().err


def test_a_store_that_goes_away_is_told_as_such(both: Clients, oxigraph: Remote) -> None:
    oxigraph.stop()
    for path in ("/sparql?query=ASK{}", "/id/organisation/cesam.ttl", "/queries/acts.csv"):
        answer = both[1].get(path)
        assert answer.status_code == 502, path
        assert answer.json()["type"].endswith("#store-unreachable")
    assert both[1].get("/healthz").status_code == 503
    assert both[0].get("/healthz").status_code == 200


def test_virtuoso_is_refused_or_asked_for_patterns_alone(
    tmp_path: Path, virtuoso: Remote, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It works out IF, DISTINCT and others wrongly (docs/stores.md)."""
    data = publish(tmp_path, "r1", REGISTER.read_bytes())
    monkeypatch.setenv("DELIBGRAPH_STORE_USER", "dba")
    monkeypatch.setenv("DELIBGRAPH_STORE_PASSWORD", "dba")
    monkeypatch.setenv("DELIBGRAPH_STORE_UNION", UNION)
    assert run(["load", "--data", str(data), "--endpoint", virtuoso.graphs]) == 0
    assert run(["serve", "--data", str(data), "--endpoint", virtuoso.query]) == 1
    told = capsys.readouterr().err
    assert "ne suit pas SPARQL 1.1" in told
    assert "--endpoint-faults" in told
    named = [line.split(" : ")[0] for line in told.splitlines() if line.startswith("- ")]
    assert {"- boolean", "- if", "- group", "- optional", "- branches"} <= {*named}  # and, where years differ, distinct
    chosen = Settings(data=data, endpoint=virtuoso.query, endpoint_faults=True, store_union=UNION)
    ours, theirs = ReleaseReader(data), RemoteReader(chosen)
    for name, values in askings():
        query = queries.find(name)
        bound = query.bind(values)
        if query.form == "SELECT":
            answers = [sorted(map(_text, reader.select(query.ordered, **bound))) for reader in (ours, theirs)]
        else:
            answers = [sorted(map(_said, reader.construct(query.text, **bound))) for reader in (ours, theirs)]
        assert answers[0] == answers[1], (name, values)
    # all else is read from the disk: the store gives 1 for true, and users' queries cannot be parted
    assert [type(part.live().store) for part in (ours, theirs)] == [type(ours.live().store)] * 2
    assert isinstance(create_app(chosen).state.pool, WorkerPool)
    theirs.close()


def _text(row: Row) -> str:
    return str(sorted((name, _value(term)) for name, term in row.items() if not name.startswith("_")))


def _said(triple: Triple) -> str:
    return f"{triple.subject} {triple.predicate} {_value(triple.object)}"
