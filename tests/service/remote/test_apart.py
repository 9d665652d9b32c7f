"""Patterns asked of a store, the rest worked out here: the same answers as the query asked whole."""

import pyoxigraph as ox
import pytest

import queries
from graph.rdf import with_union
from service.remote import apart
from service.remote.bound import bind
from service.store import QueryKindError, Row, rows_of
from tests.queries.conftest import REGISTER
from tests.service.remote.conftest import askings

RUNS = """PREFIX x: <urn:x:>
SELECT ?name (COUNT(?o) AS ?n) WHERE {
  # matched {
  ?s x:name ?name . OPTIONAL { ?s x:knows ?o FILTER(STR(?o) != ?not) }
  FILTER NOT EXISTS { ?s x:hides ?what }
  # } matched
  FILTER(IF(BOUND(?o), EXISTS {
    # matched {
    ?o x:name ?known
    # } matched
  }, true))
}
GROUP BY ?name ORDER BY ?name"""
NAMES = ['a"b', "\\", "}", "# } matched", "'''", "a\nb", "a\n# matched {\nb", "é", "UNDEF)"]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The made-up acts, their union in the default graph as a release has it."""
    found = ox.Store()
    quads = ox.serialize(ox.parse(path=str(REGISTER), format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    found.bulk_load(with_union(quads), format=ox.RdfFormat.N_QUADS)
    return found


def rows(store: ox.Store, query: str) -> list[Row]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return rows_of(found)


def told(found: object) -> list[str]:
    if isinstance(found, ox.QueryTriples):
        return sorted(map(str, found))
    assert isinstance(found, ox.QuerySolutions)
    return sorted(str(sorted((name, str(term)) for name, term in row.items())) for row in rows_of(found))


def test_each_named_query_answers_as_a_whole(store: ox.Store) -> None:
    tried = 0
    for name, values in askings():
        query = queries.find(name)
        text = bind(query.ordered, query.bind(values))
        found = apart.worked_out(text, lambda asked: rows(store, asked))
        assert apart.is_marked(text), name
        assert told(found) == told(store.query(text)), (name, values)
        tried += 1
    assert tried > 80


def test_a_store_is_asked_nothing_but_patterns() -> None:
    assert [" ".join(asked.split()) for asked in apart.asked(RUNS)] == [
        "PREFIX x: <urn:x:> SELECT ?name ?o WHERE { ?s x:name ?name . OPTIONAL { ?s x:knows ?o "
        "FILTER(STR(?o) != ?not) } FILTER NOT EXISTS { ?s x:hides ?what } }",
        "PREFIX x: <urn:x:> SELECT ?o WHERE { ?o x:name ?known }",
    ]


def test_what_an_exists_asks_for_is_looked_up(store: ox.Store) -> None:
    """VALUES of all names that have an "a" would be read through for each funding: minutes over some thousand acts."""
    query = queries.find("money-to")
    text = bind(query.ordered, query.bind({"name": "a"}))
    here, left = apart.local(text, lambda asked: rows(store, asked))
    assert left.count("VALUES") == 1
    assert len(here) > 0
    assert told(here.query(left)) == told(store.query(text)) != []


def test_no_value_breaks_out_of_its_place() -> None:
    own = ox.Store()
    things = [ox.NamedNode(f"urn:x:{number}") for number in range(len(NAMES))]
    for thing, other, name in zip(things, things[1:] + things[:1], NAMES, strict=True):
        own.add(ox.Quad(thing, ox.NamedNode("urn:x:name"), ox.Literal(name)))
        own.add(ox.Quad(thing, ox.NamedNode("urn:x:knows"), other))
    found = apart.worked_out(RUNS, lambda asked: rows(own, asked))
    assert isinstance(found, ox.QuerySolutions)
    assert rows_of(found) == rows(own, RUNS)
    assert len(rows(own, RUNS)) == len(NAMES)


def test_nothing_found_is_no_row_and_a_blank_node_no_value() -> None:
    found = apart.worked_out(RUNS, lambda _asked: [])
    assert isinstance(found, ox.QuerySolutions)
    assert rows_of(found) == []
    with pytest.raises(QueryKindError):
        apart.worked_out(RUNS, lambda _asked: [{"o": ox.BlankNode()}])
