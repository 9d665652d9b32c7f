"""Values in our queries, as another store is sent them: the same answers as by substitution, whatever the values."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.remote.asking import graphs
from service.remote.bound import bind
from service.store import QueryKindError

QUERY = """PREFIX x: <urn:x:>
SELECT ?_name ?_year ?s (COUNT(?o) AS ?n) WHERE {
  ?s x:name ?o # a comment: ?_name } "
  FILTER(COALESCE(STR(?_year), "") = "" || STR(?_year) = "2023")
  FILTER(IF(COALESCE(?_name, "") = "", true, IF(BOUND(?s), ?o = ?_name, false)))
  FILTER(!?no || (COALESCE(?_name, "") != "" && ?o = "never")  || STRLEN("?_name") = 6)
}
GROUP BY ?_name ?_year ?s ORDER BY ?s"""
NAMES = ['a"b', "\\", "}", "# ?_year", "'''", "<urn:x:a>", "a\nb", "é", "?_name", "$1\\1"]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for number, name in enumerate(NAMES):
        found.add(ox.Quad(ox.NamedNode(f"urn:x:{number}"), ox.NamedNode("urn:x:name"), ox.Literal(name)))
    return found


def answers(store: ox.Store, query: str, **values: ox.Literal) -> list[tuple[str, str]]:
    found = store.query(query, substitutions={ox.Variable(name): term for name, term in values.items()})
    assert isinstance(found, ox.QuerySolutions)
    return [(str(row["s"]), str(row["n"])) for row in found]


@settings(deadline=None)
@given(
    name=st.one_of(st.sampled_from(["", *NAMES]), st.text(st.characters(exclude_categories=["Cs"]))),
    year=st.sampled_from(["", "2023", "2024"]),
)
def test_a_bound_query_answers_as_a_substituted_one(store: ox.Store, name: str, year: str) -> None:
    values = {"_name": ox.Literal(name), "_year": ox.Literal(year)}
    assert answers(store, bind(QUERY, values)) == answers(store, QUERY, **values)


def test_what_means_any_leaves_nothing_of_its_filter() -> None:
    bound = bind(QUERY, {"_name": ox.Literal(""), "_year": ox.Literal("")})
    assert "COALESCE" not in bound
    assert "IF(" not in bound
    assert "?_name" not in bound.replace("# a comment: ?_name", "").replace('"?_name"', "")


def test_a_filter_between_two_triples_leaves_them_apart() -> None:
    bound = bind('SELECT ?_x ?a { ?a ?b ?c FILTER(STR(?_x) = "") ?d ?e ?f }', {"_x": ox.Literal("")})
    assert isinstance(ox.Store().query(bound), ox.QuerySolutions)


def test_grouped_by_what_is_known_there_is_still_no_row_of_nothing(store: ox.Store) -> None:
    query = "SELECT ?thing (COUNT(?o) AS ?n) { ?thing <urn:x:name> ?o } GROUP BY ?thing"
    known, unknown = ox.NamedNode("urn:x:1"), ox.NamedNode("urn:x:none")
    assert [str(row["n"].value) for row in store.query(bind(query, {"thing": known}))] == ["1"]  # type: ignore[union-attr]
    assert list(store.query(bind(query, {"thing": unknown}))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("rest", ["", "\n", " LIMIT 5", " # a comment\nOFFSET 0"])
def test_ordered_by_what_is_known_is_not_ordered(store: ox.Store, rest: str) -> None:
    query = (
        "SELECT ?thing ?o { { SELECT ?thing ?o { ?thing <urn:x:name> ?o } ORDER BY ?thing } } ORDER BY ?thing" + rest
    )
    bound = bind(query, {"thing": ox.NamedNode("urn:x:1")})
    assert "ORDER" not in bound
    assert list(store.query(bound))  # type: ignore[arg-type]
    assert "ORDER BY DESC(?o)" in bind(
        query.replace("ORDER BY ?thing" + rest, "ORDER BY DESC(?o) ?thing"), {"thing": ox.NamedNode("urn:x:1")}
    )


def test_a_blank_node_cannot_be_said() -> None:
    with pytest.raises(QueryKindError):
        bind("SELECT ?x {}", {"x": ox.BlankNode("b")})


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (
            "SELECT * { GRAPH <urn:x:a> { ?s ?p ?o } graph # <urn:x:c>\n <urn:x:b> { ?s ?p <urn:x:d> } }",
            ["urn:x:a", "urn:x:b"],
        ),
        ("SELECT * { GRAPH <urn:x:a> { ?s ?p ?o } GRAPH ?g { ?s ?p 'GRAPH <urn:x:b>' } }", []),
        ("SELECT * { ?s ?p ?o }", []),
    ],
)
def test_graphs_that_a_query_names_are_told_beside_the_union(query: str, named: list[str]) -> None:
    assert graphs(query) == named
