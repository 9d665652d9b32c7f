"""The header of a named query, its typed values and its refusals."""

import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries
from queries.loader import parse

HEADER = "# title@fr: T\n# title@en: T\n# description@fr: D\n# description@en: D\n"


def test_the_catalogue_answers_at_least_twelve_questions():
    assert len(queries.catalogue()) >= 12


SELECTS = [query for query in queries.catalogue().values() if query.form == "SELECT"]


@pytest.mark.parametrize("query", SELECTS, ids=lambda q: q.name)
def test_every_answer_has_an_order_without_ties(query):
    """Pages of an answer neither lose nor repeat a row: every column is in its ORDER BY."""
    order = query.ordered[query.ordered.rindex("ORDER BY") :]
    assert all(f"?{column.name}" in order.split() or f"(?{column.name})" in order for column in query.columns)
    assert query.ordered.startswith(query.text.rstrip())
    ox.Store().query(query.ordered, substitutions=query.substitutions({}))


@pytest.mark.parametrize("query", SELECTS, ids=lambda q: q.name)
def test_every_column_and_parameter_is_described_and_projected(query):
    solutions = ox.Store().query(query.text, substitutions=query.substitutions({}))
    projected = {variable.value for variable in solutions.variables}
    assert projected == {c.name for c in query.columns} | {p.variable for p in query.parameters}
    for item in (*query.columns, *query.parameters):
        assert item.labels["fr"]
        assert item.labels["en"]


@pytest.mark.parametrize("query", queries.catalogue().values(), ids=lambda q: q.name)
def test_no_query_tests_a_parameter_with_bound(query):
    # pyoxigraph 0.5 folds BOUND(?substituted) to false when it plans, before it substitutes
    assert not re.search(r"BOUND\(\?_", query.text)


def test_values_become_terms():
    bound = queries.find("who-funds-whom").bind({"year": "2023", "status": "Requested", "funder": " L’ÉTAT "})
    assert bound["_year"] == ox.Literal("2023", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    assert bound["_status"] == ox.NamedNode("https://w3id.org/delibgraph/ns#Requested")
    assert bound["_funder"] == ox.Literal("l etat")
    assert bound["_beneficiary"] == ox.Literal("")


@pytest.mark.parametrize(
    ("query", "values", "told"),
    [
        ("who-funds-whom", {"year": "23"}, "quatre chiffres"),
        ("who-funds-whom", {"status": "Promised"}, "Awarded"),
        ("who-funds-whom", {"colour": "red"}, "paramètre inconnu"),
        ("votes", {"date": "2023-02-30"}, "2023-01-25"),
        ("sentences", {"act": "deliberation/1"}, "adresse complète"),
        ("sentences", {"act": "http://e/> } DELETE"}, "adresse complète"),
        ("names", {"name": "a" * 501}, "500 au plus"),
    ],
)
def test_refusals_name_query_parameter_and_remedy(query, values, told):
    with pytest.raises(queries.ValueRefusedError) as caught:
        queries.find(query).bind(values)
    message = str(caught.value)
    assert query in message
    assert next(iter(values)) in message
    assert told in message


def test_an_unknown_query_is_told_with_those_there_are():
    with pytest.raises(queries.UnknownQueryError, match="money-to"):
        queries.find("nothing")


@pytest.mark.parametrize("line", ["# param year yeer", "# tilte@fr: x", '# param y colour "" @fr a @en b'])
def test_a_header_line_of_unknown_form_is_an_error(line):
    with pytest.raises(queries.HeaderError, match="README"):
        parse("q", f"{HEADER}{line}\nSELECT * WHERE {{}}")


def test_a_missing_title_is_an_error():
    with pytest.raises(queries.HeaderError, match="title@en"):
        parse("q", "# title@fr: T\n# description@fr: D\nSELECT * WHERE {}")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_value_never_leaves_its_literal(value):
    """Whatever is typed stays one term: the text taken away still parses and has the same variables."""
    query = queries.find("names")
    solutions = ox.Store().query(query.standalone({"name": value}))
    assert [v.value for v in solutions.variables][1:] == [c.name for c in query.columns]


@settings(deadline=None)
@given(st.text(alphabet="aàâäéèêëïîôöùûüçœÉÈÀÇŒ’'- zZ", min_size=1, max_size=20))
def test_the_fold_of_the_queries_is_that_of_the_loader(word):
    """A label is found by its own text, however it is accented: SPARQL and Python fold alike."""
    store = ox.Store()
    thing = ox.NamedNode("http://e/x")
    dg, skos = "https://w3id.org/delibgraph/ns#", "http://www.w3.org/2004/02/skos/core#"
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.add(ox.Quad(thing, rdf_type, ox.NamedNode(dg + "Organisation")))
    store.add(ox.Quad(thing, ox.NamedNode(skos + "prefLabel"), ox.Literal(" ".join(word.split()))))
    query = queries.find("names")
    # two apostrophes or hyphens side by side are one space to Python only: search each word alone
    for part in queries.fold(word).split() or [""]:
        rows = store.query(query.text, substitutions=query.substitutions({"name": part}))
        assert sum(1 for _ in rows) == 1
